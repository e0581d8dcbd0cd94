//! What a value of the result must be, to the last item.

use std::fmt;

use serde_json::Value;

use super::{Amount, Run};

/// A value written as data.
#[derive(Clone, Copy, Debug)]
pub enum Exact {
    /// Nothing.
    Null,
    /// A whole number.
    Number(Amount),
    /// A text.
    Text(&'static str),
    /// A list of these.
    List(&'static [Exact]),
    /// An object with exactly these fields, in this order.
    Fields(&'static [(&'static str, Exact)]),
    /// A list of the same, so many times.
    Repeat(&'static Exact, Amount),
    /// A list of so many numbers: the first one, and each the step further than the one before.
    Steps {
        /// The first number.
        from: Amount,
        /// From one to the next.
        step: i64,
        /// How many.
        count: Amount,
    },
    /// A list of the squares of so many numbers.
    Squares {
        /// The number whose square is first.
        from: i64,
        /// How many.
        count: Amount,
    },
    /// A list of so many numbers, each once, in any order.
    AnyOrder {
        /// The smallest number.
        from: i64,
        /// How many.
        count: Amount,
    },
}

impl Exact {
    pub(super) fn fits(&self, value: &Value, run: &Run<'_>) -> bool {
        let numbers =
            || -> Option<Vec<i64>> { value.as_array()?.iter().map(Value::as_i64).collect() };
        let is_list = |wanted: &mut dyn Iterator<Item = Option<i64>>| {
            numbers().is_some_and(|found| found.into_iter().map(Some).eq(wanted))
        };
        match self {
            Exact::Null => value.is_null(),
            Exact::Number(amount) => amount.of(run).is_some() && value.as_i64() == amount.of(run),
            Exact::Text(text) => value.as_str() == Some(text),
            Exact::List(items) => value.as_array().is_some_and(|found| {
                found.len() == items.len()
                    && items
                        .iter()
                        .zip(found)
                        .all(|(item, value)| item.fits(value, run))
            }),
            Exact::Fields(fields) => value.as_object().is_some_and(|found| {
                found.len() == fields.len()
                    && fields
                        .iter()
                        .zip(found)
                        .all(|((name, item), (key, value))| name == key && item.fits(value, run))
            }),
            Exact::Repeat(item, times) => value.as_array().is_some_and(|found| {
                times.of(run) == i64::try_from(found.len()).ok()
                    && found.iter().all(|value| item.fits(value, run))
            }),
            Exact::Steps { from, step, count } => {
                let (Some(from), Some(count)) = (from.of(run), count.of(run)) else {
                    return false;
                };
                is_list(&mut (0..count).map(|place| from.checked_add(step.checked_mul(place)?)))
            }
            Exact::Squares { from, count } => count.of(run).is_some_and(|count| {
                is_list(&mut (0..count).map(|place| {
                    let number = from.checked_add(place)?;
                    number.checked_mul(number)
                }))
            }),
            Exact::AnyOrder { from, count } => count.of(run).is_some_and(|count| {
                numbers().is_some_and(|mut found| {
                    found.sort_unstable();
                    found
                        .into_iter()
                        .map(Some)
                        .eq((0..count).map(|place| from.checked_add(place)))
                })
            }),
        }
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Exact::Null => f.write_str("null"),
            Exact::Number(amount) => write!(f, "{amount}"),
            Exact::Text(text) => write!(f, "\"{text}\""),
            Exact::List(items) => {
                f.write_str("[")?;
                for (place, item) in items.iter().enumerate() {
                    let comma = if place > 0 { ", " } else { "" };
                    write!(f, "{comma}{item}")?;
                }
                f.write_str("]")
            }
            Exact::Fields(fields) => {
                f.write_str("{")?;
                for (place, (name, item)) in fields.iter().enumerate() {
                    let comma = if place > 0 { ", " } else { "" };
                    write!(f, "{comma}{name}: {item}")?;
                }
                f.write_str("}")
            }
            Exact::Repeat(item, times) => write!(f, "{times} times {item}"),
            Exact::Steps { from, step, count } => {
                write!(f, "{count} from {from} by {step}")
            }
            Exact::Squares { from, count } => write!(f, "{count} squares from {from}"),
            Exact::AnyOrder { from, count } => write!(f, "{count} from {from} in any order"),
        }
    }
}
