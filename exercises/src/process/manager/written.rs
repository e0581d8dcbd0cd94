//! Values written as Python writes them.

use super::key::Key;
use super::value::{Datum, Dict};
use std::fmt;

fn write_text(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("'")?;
    for letter in text.chars() {
        match letter {
            '\'' => f.write_str("\\'")?,
            '"' => f.write_str("\"")?,
            other => write!(f, "{}", other.escape_debug())?,
        }
    }
    f.write_str("'")
}

fn write_truth(truth: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(if truth { "True" } else { "False" })
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::None => f.write_str("None"),
            Key::Bool(truth) => write_truth(*truth, f),
            Key::Int(number) => write!(f, "{number}"),
            Key::Float(number) => write!(f, "{number:?}"),
            Key::Str(text) => write_text(text, f),
        }
    }
}

impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Datum::None => f.write_str("None"),
            Datum::Bool(truth) => write_truth(*truth, f),
            Datum::Int(number) => write!(f, "{number}"),
            Datum::Float(number) => write!(f, "{number:?}"),
            Datum::Str(text) => write_text(text, f),
            Datum::List(items) => {
                f.write_str("[")?;
                for (place, item) in items.iter().enumerate() {
                    let comma = if place > 0 { ", " } else { "" };
                    write!(f, "{comma}{item}")?;
                }
                f.write_str("]")
            }
            Datum::Dict(dict) => dict.fmt(f),
        }
    }
}

impl fmt::Display for Dict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (place, (key, value)) in self.iter().enumerate() {
            let comma = if place > 0 { ", " } else { "" };
            write!(f, "{comma}{key}: {value}")?;
        }
        f.write_str("}")
    }
}
