//! Values of any kind, as Python has them.

use super::key::{Key, Ordered};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize};
use std::cell::Cell;

/// How deep values may be nested.
pub const MOST_DEPTH: usize = 64;

/// A value of any kind, as the objects of a [`Manager`](super::Manager) hold them. Written
/// (`Display`) as Python writes it.
///
/// ```
/// use exercises::process::{Dict, Datum};
///
/// let mut dict = Dict::new();
/// dict.insert(1, "1");
/// dict.insert("2", 2);
/// dict.insert(0.25, Datum::None);
/// dict.insert("list", vec![1, 2]);
/// assert_eq!(Datum::from(dict).to_string(), "{1: '1', '2': 2, 0.25: None, 'list': [1, 2]}");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub enum Datum {
    /// Nothing.
    #[default]
    None,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// Text.
    Str(String),
    /// Values, one after the other.
    List(Vec<Datum>),
    /// Values by key, in the order in which the keys came.
    Dict(Dict),
}

/// Values by key, in the order in which the keys came. Equal if the same keys have the same values,
/// in whatever order, as in Python.
#[derive(Clone, Debug, Default)]
pub struct Dict {
    entries: Ordered<Datum>,
}

impl Dict {
    /// No keys.
    pub fn new() -> Dict {
        Dict::default()
    }

    /// Sets a key; the value that it had.
    pub fn insert(&mut self, key: impl Into<Key>, value: impl Into<Datum>) -> Option<Datum> {
        self.entries.insert(key.into(), value.into())
    }

    /// The value of a key.
    pub fn get(&self, key: impl Into<Key>) -> Option<&Datum> {
        self.entries.get(&key.into())
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: impl Into<Key>) -> Option<&mut Datum> {
        self.entries.get_mut(&key.into())
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: impl Into<Key>) -> Option<Datum> {
        self.entries.remove(&key.into())
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keys and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Datum)> {
        self.entries.iter()
    }
}

impl PartialEq for Dict {
    fn eq(&self, other: &Dict) -> bool {
        self.len() == other.len()
            && self
                .iter()
                .all(|(key, value)| other.entries.get(key) == Some(value))
    }
}

impl<K: Into<Key>, V: Into<Datum>> FromIterator<(K, V)> for Dict {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(entries: T) -> Dict {
        let mut dict = Dict::new();
        for (key, value) in entries {
            dict.insert(key, value);
        }
        dict
    }
}

impl Serialize for Dict {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A list of pairs, because keys are not all text.
        let mut entries = serializer.serialize_seq(Some(self.len()))?;
        for entry in self.iter() {
            entries.serialize_element(&entry)?;
        }
        entries.end()
    }
}

impl<'de> Deserialize<'de> for Dict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Dict, D::Error> {
        let entries = Vec::<(Key, Datum)>::deserialize(deserializer)?;
        Ok(entries.into_iter().collect())
    }
}

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// One level deeper, as long as it lives. Bytes from outside could nest lists until the stack is
/// full.
struct Deeper;

impl Deeper {
    fn go<E: serde::de::Error>() -> Result<Deeper, E> {
        DEPTH.set(DEPTH.get() + 1);
        let deeper = Deeper;
        if DEPTH.get() > MOST_DEPTH {
            return Err(E::custom("values are nested too deep"));
        }
        Ok(deeper)
    }
}

impl Drop for Deeper {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

impl<'de> Deserialize<'de> for Datum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Datum, D::Error> {
        // As it is written above, field for field.
        #[derive(Deserialize)]
        enum Written {
            None,
            Bool(bool),
            Int(i64),
            Float(f64),
            Str(String),
            List(Vec<Datum>),
            Dict(Dict),
        }
        let _deeper = Deeper::go()?;
        Ok(match Written::deserialize(deserializer)? {
            Written::None => Datum::None,
            Written::Bool(truth) => Datum::Bool(truth),
            Written::Int(number) => Datum::Int(number),
            Written::Float(number) => Datum::Float(number),
            Written::Str(text) => Datum::Str(text),
            Written::List(items) => Datum::List(items),
            Written::Dict(dict) => Datum::Dict(dict),
        })
    }
}

impl Datum {
    /// The whole number, if it is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Datum::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The number, whole or not.
    pub fn as_float(&self) -> Option<f64> {
        match self {
            Datum::Int(number) => Some(*number as f64),
            Datum::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Datum::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_list(&self) -> Option<&[Datum]> {
        match self {
            Datum::List(items) => Some(items),
            _ => None,
        }
    }

    /// The dictionary, if it is one.
    pub fn as_dict(&self) -> Option<&Dict> {
        match self {
            Datum::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// As JSON has it; keys become text.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Datum::None => serde_json::Value::Null,
            Datum::Bool(truth) => (*truth).into(),
            Datum::Int(number) => (*number).into(),
            Datum::Float(number) => (*number).into(),
            Datum::Str(text) => text.as_str().into(),
            Datum::List(items) => items.iter().map(Datum::to_json).collect(),
            Datum::Dict(dict) => dict
                .iter()
                .map(|(key, value)| match key {
                    Key::Str(text) => (text.clone(), value.to_json()),
                    key => (key.to_string(), value.to_json()),
                })
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}

macro_rules! from {
    ($($source:ty => $variant:ident;)+) => {$(
        impl From<$source> for Key {
            fn from(value: $source) -> Key {
                Key::$variant(value.into())
            }
        }
        impl From<$source> for Datum {
            fn from(value: $source) -> Datum {
                Datum::$variant(value.into())
            }
        }
    )+};
}

from! {
    bool => Bool;
    i32 => Int;
    i64 => Int;
    u32 => Int;
    f64 => Float;
    &str => Str;
    String => Str;
}

impl From<()> for Datum {
    fn from((): ()) -> Datum {
        Datum::None
    }
}

impl From<Dict> for Datum {
    fn from(dict: Dict) -> Datum {
        Datum::Dict(dict)
    }
}

impl<V: Into<Datum>> From<Vec<V>> for Datum {
    fn from(items: Vec<V>) -> Datum {
        Datum::List(items.into_iter().map(Into::into).collect())
    }
}

impl<V: Into<Datum>> From<Option<V>> for Datum {
    fn from(value: Option<V>) -> Datum {
        value.map_or(Datum::None, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_were_sent() {
        let mut dict = Dict::new();
        dict.insert(1, "1");
        dict.insert(0.25, Datum::None);
        dict.insert(true, vec![Datum::from(2.0), "it's".into()]);
        let value = Datum::from(dict);
        let bytes = postcard::to_stdvec(&value).expect("bytes");
        let back: Datum = postcard::from_bytes(&bytes).expect("a value");
        assert_eq!(back, value);
        assert_eq!(
            back.to_string(),
            r"{1: '1', 0.25: None, True: [2.0, 'it\'s']}"
        );
    }

    #[test]
    fn bytes_that_nest_lists_without_end_are_refused() {
        // A list of one item (tag 5, length 1), again and again.
        let hostile = [5u8, 1].repeat(1 << 20);
        assert!(postcard::from_bytes::<Datum>(&hostile).is_err());
        // And the counter is back where it was.
        let bytes = postcard::to_stdvec(&Datum::Int(1)).expect("bytes");
        assert!(postcard::from_bytes::<Datum>(&bytes).is_ok());
    }
}
