//! Values: how they stand in an assignment, and when two are the same.

use crate::judge::Compare;
use crate::wire::Value;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A value as it stands in an assignment: a number, a text, a truth, a list, a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Datum(pub Value);

impl Serialize for Datum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Value::Nothing => serializer.serialize_unit(),
            Value::Truth(truth) => serializer.serialize_bool(*truth),
            Value::Whole(number) => match (i64::try_from(*number), u64::try_from(*number)) {
                (Ok(number), _) => serializer.serialize_i64(number),
                (_, Ok(number)) => serializer.serialize_u64(number),
                _ => serializer.collect_str(number),
            },
            // JSON has no word for the others.
            Value::Real(number) if number.is_finite() => serializer.serialize_f64(*number),
            Value::Real(number) => serializer.collect_str(number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&Datum(item.clone()))?;
                }
                list.end()
            }
            Value::Fields(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, &Datum(value.clone()))?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Datum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Datum)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a text, a truth, a list or a table")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Truth(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Whole(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Whole(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Real(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Datum(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some((name, Datum(value))) = entries.next_entry()? {
            fields.push((name, value));
        }
        Ok(Value::Fields(fields))
    }
}

/// Whether the answer is what is expected.
pub fn fits(expected: &Value, found: &Value, compare: Compare) -> bool {
    match (expected, found) {
        (Value::List(a), Value::List(b)) if compare == Compare::AnyOrder => {
            let sorted = |items: &[Value]| {
                let mut bytes: Vec<Vec<u8>> = items.iter().map(Value::bytes).collect();
                bytes.sort();
                bytes
            };
            sorted(a) == sorted(b)
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| fits(a, b, compare))
        }
        (Value::Fields(a), Value::Fields(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|((name, a), (other, b))| name == other && fits(a, b, compare))
        }
        // A teacher writes 3 where a program says 3.0.
        (Value::Whole(a), Value::Real(b)) => near(*a as f64, *b, compare),
        (Value::Real(a), Value::Real(b)) => near(*a, *b, compare),
        (Value::Whole(a), Value::Whole(b)) if matches!(compare, Compare::Within(_)) => {
            near(*a as f64, *b as f64, compare)
        }
        (a, b) => a == b,
    }
}

fn near(expected: f64, found: f64, compare: Compare) -> bool {
    match compare {
        Compare::Within(most) => (expected - found).abs() <= most,
        _ => expected == found || (expected.is_nan() && found.is_nan()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(json: &str) -> Value {
        serde_json::from_str::<Datum>(json).expect("JSON").0
    }

    #[test]
    fn values_are_compared_as_the_task_says() {
        let fits = |a: &str, b: &str, compare| fits(&value(a), &value(b), compare);
        assert!(fits("[1, 2]", "[1, 2]", Compare::Exact));
        assert!(!fits("[1, 2]", "[2, 1]", Compare::Exact));
        assert!(fits("[1, 2, 1]", "[2, 1, 1]", Compare::AnyOrder));
        assert!(!fits("[1, 2]", "[2, 1, 1]", Compare::AnyOrder));
        assert!(fits("[0.5]", "[0.51]", Compare::Within(0.1)));
        assert!(!fits("[0.5]", "[0.7]", Compare::Within(0.1)));
        assert!(fits("3", "3.0", Compare::Exact));
        assert!(!fits("3", "\"3\"", Compare::Exact));
        assert!(!fits("null", "0", Compare::Exact));
    }

    #[test]
    fn a_number_that_is_none_equals_nothing_but_itself() {
        let nan = Value::Real(f64::NAN);
        for other in [Value::Real(1.0), Value::Whole(1), Value::Nothing] {
            assert!(!fits(&other, &nan, Compare::Within(1e300)));
            assert!(!fits(&other, &nan, Compare::Exact));
        }
        assert!(fits(&nan, &nan, Compare::Exact));
        assert!(!fits(&nan, &nan, Compare::Within(1.0)));
    }

    #[test]
    fn values_survive_the_channel_and_what_is_cut_does_not() {
        let whole = value(r#"{"a": [1, -2, 0.5, "x", true, null], "b": {"c": [[]]}}"#);
        let bytes = whole.bytes();
        assert_eq!(Value::read(&bytes), Some(whole));
        for length in 0..bytes.len() {
            assert_eq!(Value::read(&bytes[..length]), None, "{length}");
        }
        // A count that the bytes cannot hold, and more depth than anybody needs.
        assert_eq!(Value::read(&[5, 255, 255, 255, 255]), None);
        let mut deep = Vec::new();
        for _ in 0..100_000 {
            deep.extend([5, 1, 0, 0, 0]);
        }
        deep.push(0);
        assert_eq!(Value::read(&deep), None);
    }
}
