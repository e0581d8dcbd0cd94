//! How a rule says which lines it speaks about, and what it expects of them.

use std::fmt;

use serde_json::Value;

use crate::event::Line;

/// Which lines a rule speaks about. An empty list means "any".
#[derive(Clone, Copy, Debug)]
pub struct Pick {
    /// Names, without their number: `consumer` also picks `consumer 3`.
    pub who: &'static [&'static str],
    /// Words of the exercise's vocabulary.
    pub what: &'static [&'static str],
}

impl Pick {
    /// Every line.
    pub const ALL: Pick = Pick {
        who: &[],
        what: &[],
    };

    /// The lines with one of these words.
    pub const fn what(what: &'static [&'static str]) -> Pick {
        Pick { who: &[], what }
    }

    /// The lines of these names.
    pub const fn who(who: &'static [&'static str]) -> Pick {
        Pick { who, what: &[] }
    }

    /// Whether the line is meant.
    pub fn takes(&self, line: &Line) -> bool {
        let named = |name: &&str| {
            line.who == **name
                || line
                    .who
                    .strip_prefix(*name)
                    .and_then(|rest| rest.strip_prefix(' '))
                    .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        (self.who.is_empty() || self.who.iter().any(named))
            && (self.what.is_empty() || self.what.iter().any(|what| line.what == **what))
    }
}

impl fmt::Display for Pick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.who.is_empty(), self.what.is_empty()) {
            (true, true) => f.write_str("lines"),
            (true, false) => f.write_str(&self.what.join("|")),
            (false, true) => f.write_str(&self.who.join("|")),
            (false, false) => write!(f, "{} {}", self.who.join("|"), self.what.join("|")),
        }
    }
}

/// The first number in a name: the index of a thread or process.
pub fn index_of(who: &str) -> Option<u64> {
    let start = who.find(|c: char| c.is_ascii_digit())?;
    let digits = &who[start..];
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    digits[..end].parse().ok()
}

/// The value of a line, or one field of it where the rule names one.
pub(super) fn field_of<'a>(line: &'a Line, field: &str) -> Option<&'a Value> {
    if field.is_empty() {
        Some(&line.value)
    } else {
        line.value.get(field)
    }
}

/// A word in the order of one participant's lines.
#[derive(Clone, Copy, Debug)]
pub enum Word {
    /// Exactly one line with this word.
    Once(&'static str),
    /// One line or none.
    Optional(&'static str),
    /// Any number of lines.
    Many(&'static str),
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Word::Once(word) => f.write_str(word),
            Word::Optional(word) => write!(f, "{word}?"),
            Word::Many(word) => write!(f, "{word}*"),
        }
    }
}

/// One line of a fixed sequence.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Exactly this name.
    pub who: &'static str,
    /// Exactly this word.
    pub what: &'static str,
    /// What its value must be.
    pub want: Want,
}

impl Step {
    /// A line whose value does not matter here.
    pub const fn any(who: &'static str, what: &'static str) -> Step {
        Step {
            who,
            what,
            want: Want::Any,
        }
    }

    /// A line that carries this number.
    pub const fn number(who: &'static str, what: &'static str, number: i64) -> Step {
        Step {
            who,
            what,
            want: Want::Number(number),
        }
    }

    /// A line that carries this word.
    pub const fn text(who: &'static str, what: &'static str, text: &'static str) -> Step {
        Step {
            who,
            what,
            want: Want::Text(text),
        }
    }

    /// A line that carries an object with (at least) these fields.
    pub const fn fields(
        who: &'static str,
        what: &'static str,
        fields: &'static [(&'static str, Scalar)],
    ) -> Step {
        Step {
            who,
            what,
            want: Want::Fields(fields),
        }
    }

    pub(super) fn fits(&self, line: &Line) -> bool {
        line.who == self.who && line.what == self.what && self.want.fits(&line.value)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.who, self.what, self.want)
    }
}

/// What a value must be.
#[derive(Clone, Copy, Debug)]
pub enum Want {
    /// Anything.
    Any,
    /// This number.
    Number(i64),
    /// This word.
    Text(&'static str),
    /// An object with (at least) these fields.
    Fields(&'static [(&'static str, Scalar)]),
}

impl Want {
    fn fits(&self, value: &Value) -> bool {
        match self {
            Want::Any => true,
            Want::Number(number) => value.as_i64() == Some(*number),
            Want::Text(text) => value.as_str() == Some(*text),
            Want::Fields(fields) => fields
                .iter()
                .all(|(name, scalar)| value.get(*name).is_some_and(|field| scalar.fits(field))),
        }
    }
}

impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Want::Any => Ok(()),
            Want::Number(number) => write!(f, " {number}"),
            Want::Text(text) => write!(f, " {text}"),
            Want::Fields(fields) => {
                for (name, scalar) in *fields {
                    write!(f, " {name}={scalar}")?;
                }
                Ok(())
            }
        }
    }
}

/// A plain value in an object.
#[derive(Clone, Copy, Debug)]
pub enum Scalar {
    /// A word.
    Text(&'static str),
    /// True or false.
    Truth(bool),
    /// A whole number.
    Number(i64),
}

impl Scalar {
    fn fits(&self, value: &Value) -> bool {
        match self {
            Scalar::Text(text) => value.as_str() == Some(text),
            Scalar::Truth(truth) => value.as_bool() == Some(*truth),
            Scalar::Number(number) => value.as_i64() == Some(*number),
        }
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scalar::Text(text) => f.write_str(text),
            Scalar::Truth(truth) => write!(f, "{truth}"),
            Scalar::Number(number) => write!(f, "{number}"),
        }
    }
}
