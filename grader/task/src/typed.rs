//! Between Rust's types and [`Value`]s.

use crate::wire::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::time::Duration;

/// What can be an answer.
pub trait Answer {
    /// As a value.
    fn answer(&self) -> Value;
}

/// What can be given with a question.
pub trait Given: Sized {
    /// From a value, if it is one of these.
    fn given(value: &Value) -> Option<Self>;
}

macro_rules! whole {
    ($($number:ty)*) => {$(
        impl Answer for $number {
            fn answer(&self) -> Value {
                // The one number that does not fit is larger than any right answer.
                Value::Whole(i128::try_from(*self).unwrap_or(i128::MAX))
            }
        }

        impl Given for $number {
            fn given(value: &Value) -> Option<Self> {
                match value {
                    Value::Whole(number) => (*number).try_into().ok(),
                    _ => None,
                }
            }
        }
    )*};
}
whole!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

impl Answer for Value {
    fn answer(&self) -> Value {
        self.clone()
    }
}

impl Given for Value {
    fn given(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
}

impl Answer for () {
    fn answer(&self) -> Value {
        Value::Nothing
    }
}

impl Answer for bool {
    fn answer(&self) -> Value {
        Value::Truth(*self)
    }
}

impl Given for bool {
    fn given(value: &Value) -> Option<Self> {
        match value {
            Value::Truth(truth) => Some(*truth),
            _ => None,
        }
    }
}

impl Answer for f64 {
    fn answer(&self) -> Value {
        Value::Real(*self)
    }
}

impl Answer for f32 {
    fn answer(&self) -> Value {
        Value::Real(f64::from(*self))
    }
}

impl Given for f64 {
    fn given(value: &Value) -> Option<Self> {
        match value {
            Value::Real(number) => Some(*number),
            Value::Whole(number) => Some(*number as f64),
            _ => None,
        }
    }
}

impl Answer for str {
    fn answer(&self) -> Value {
        Value::Text(self.to_owned())
    }
}

impl Answer for String {
    fn answer(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl Given for String {
    fn given(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl Answer for char {
    fn answer(&self) -> Value {
        Value::Text(self.to_string())
    }
}

/// In whole microseconds.
impl Answer for Duration {
    fn answer(&self) -> Value {
        Value::Whole(self.as_micros() as i128)
    }
}

impl<T: Answer + ?Sized> Answer for &T {
    fn answer(&self) -> Value {
        (**self).answer()
    }
}

impl<T: Answer + ?Sized> Answer for Box<T> {
    fn answer(&self) -> Value {
        (**self).answer()
    }
}

impl<T: Answer> Answer for Option<T> {
    fn answer(&self) -> Value {
        self.as_ref().map_or(Value::Nothing, Answer::answer)
    }
}

impl<T: Given> Given for Option<T> {
    fn given(value: &Value) -> Option<Self> {
        match value {
            Value::Nothing => Some(None),
            value => T::given(value).map(Some),
        }
    }
}

impl<T: Answer, E: Answer> Answer for Result<T, E> {
    fn answer(&self) -> Value {
        let (name, value) = match self {
            Ok(value) => ("ok", value.answer()),
            Err(error) => ("err", error.answer()),
        };
        Value::Fields(vec![(name.to_owned(), value)])
    }
}

fn list<'a, T: Answer + 'a>(items: impl IntoIterator<Item = &'a T>) -> Value {
    Value::List(items.into_iter().map(Answer::answer).collect())
}

impl<T: Answer> Answer for [T] {
    fn answer(&self) -> Value {
        list(self)
    }
}

impl<T: Answer, const N: usize> Answer for [T; N] {
    fn answer(&self) -> Value {
        list(self)
    }
}

impl<T: Answer> Answer for Vec<T> {
    fn answer(&self) -> Value {
        list(self)
    }
}

impl<T: Answer> Answer for VecDeque<T> {
    fn answer(&self) -> Value {
        list(self)
    }
}

impl<T: Answer> Answer for BTreeSet<T> {
    fn answer(&self) -> Value {
        list(self)
    }
}

/// In an order that is the same for the same members.
impl<T: Answer + Ord, S> Answer for HashSet<T, S> {
    fn answer(&self) -> Value {
        let mut members: Vec<&T> = self.iter().collect();
        members.sort();
        list(members)
    }
}

impl<T: Given> Given for Vec<T> {
    fn given(value: &Value) -> Option<Self> {
        match value {
            Value::List(items) => items.iter().map(T::given).collect(),
            _ => None,
        }
    }
}

fn pairs<'a, K: Answer + 'a, V: Answer + 'a>(items: impl Iterator<Item = (&'a K, &'a V)>) -> Value {
    Value::List(items.map(|(key, value)| Value::List(vec![key.answer(), value.answer()])).collect())
}

/// As a list of pairs.
impl<K: Answer, V: Answer> Answer for BTreeMap<K, V> {
    fn answer(&self) -> Value {
        pairs(self.iter())
    }
}

/// As a list of pairs, in an order that is the same for the same keys.
impl<K: Answer + Ord, V: Answer, S> Answer for HashMap<K, V, S> {
    fn answer(&self) -> Value {
        let mut entries: Vec<(&K, &V)> = self.iter().collect();
        entries.sort_by_key(|(key, _)| *key);
        pairs(entries.into_iter())
    }
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {$(
        impl<$($name: Answer),+> Answer for ($($name,)+) {
            fn answer(&self) -> Value {
                #[allow(non_snake_case)]
                let ($($name,)+) = self;
                Value::List(vec![$($name.answer()),+])
            }
        }

        impl<$($name: Given),+> Given for ($($name,)+) {
            fn given(value: &Value) -> Option<Self> {
                let Value::List(items) = value else { return None };
                let mut items = items.iter();
                let tuple = ($($name::given(items.next()?)?,)+);
                items.next().is_none().then_some(tuple)
            }
        }
    )*};
}
tuples! { A; A B; A B C; A B C D; A B C D E; A B C D E F; }

/// What a question carries.
pub struct Input {
    items: Vec<Value>,
}

impl Input {
    pub(crate) fn new(value: Value) -> Input {
        match value {
            Value::List(items) => Input { items },
            other => Input { items: vec![other] },
        }
    }

    /// What stands at this place. Panics where there is nothing of this type: then the task is wrong.
    pub fn get<T: Given>(&self, place: usize) -> T {
        let value = self.items.get(place);
        value.and_then(T::given).unwrap_or_else(|| {
            let (carried, wanted) = (value.map_or("nothing".to_owned(), described), short(std::any::type_name::<T>()));
            panic!("the question carries {carried} at place {place}, and `{wanted}` is asked for")
        })
    }
}

/// A value as a teacher writes it; of what can be long, only what it is.
fn described(value: &Value) -> String {
    match value {
        Value::Nothing => "nothing".to_owned(),
        Value::Truth(truth) => truth.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Real(number) => format!("{number:?}"),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => format!("a list of {}", items.len()),
        Value::Fields(_) => "a table".to_owned(),
    }
}

/// The name of a type without the modules it is in.
fn short(name: &str) -> String {
    let mut short = String::new();
    for part in name.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_' && c != ':') {
        short.push_str(part.rsplit("::").next().unwrap_or(part));
    }
    short
}
