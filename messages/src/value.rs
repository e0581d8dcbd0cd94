//! What can be put into a text's variables.

use std::borrow::Cow;

use fluent_bundle::FluentValue;

/// The value of one variable of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// A word, a path, a name; also a choice the text selects by.
    Text(Cow<'a, str>),
    /// A count; texts may choose a plural form by it.
    Number(i64),
    /// A measure with a fraction.
    Decimal(f64),
}

impl<'a> Value<'a> {
    pub(crate) fn into_fluent(self) -> FluentValue<'a> {
        match self {
            Value::Text(text) => FluentValue::String(text),
            Value::Number(number) => FluentValue::from(number),
            Value::Decimal(number) => FluentValue::from(number),
        }
    }
}

impl<'a> From<&'a recorder::document::Argument> for Value<'a> {
    fn from(argument: &'a recorder::document::Argument) -> Self {
        use recorder::document::Argument;
        match argument {
            Argument::Text(text) => text.into(),
            Argument::Whole(number) => (*number).into(),
            Argument::Real(number) => (*number).into(),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Value::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Value::Text(text)
    }
}

impl From<bool> for Value<'_> {
    fn from(choice: bool) -> Self {
        Value::Text(Cow::Borrowed(if choice { "true" } else { "false" }))
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Value::Decimal(number)
    }
}

macro_rules! from_small_integer {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Value<'_> {
            fn from(number: $integer) -> Self {
                Value::Number(i64::from(number))
            }
        }
    )*};
}
from_small_integer!(i8, i16, i32, i64, u8, u16, u32);

macro_rules! from_large_integer {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Value<'_> {
            /// Numbers too large to count with keep all their digits as text.
            fn from(number: $integer) -> Self {
                i64::try_from(number).map_or_else(|_| number.to_string().into(), Value::Number)
            }
        }
    )*};
}
from_large_integer!(u64, usize, isize);

/// 1234567 as 1 234 567: long numbers are read in groups.
pub fn grouped(count: &str) -> String {
    let mut out = String::new();
    for (index, digit) in count.chars().enumerate() {
        if index > 0 && (count.len() - index).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_in_groups() {
        assert_eq!(grouped("7"), "7");
        assert_eq!(grouped("1570"), "1\u{202f}570");
        assert_eq!(grouped("623360743125120").chars().count(), 19);
    }
}
