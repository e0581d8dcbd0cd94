//! What anybody outside may rely on, written down a second time: words, numbers of lines, counts. One file a series.

mod s1;
mod s2;
mod s3;
mod s4;
mod s5;
mod s6;
mod s7;

use recorder::document::Document;

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    Null,
    Count,
    Pid,
    Time,
    Process,
    Status,
    Square,
    /// A word.
    Text,
    /// An object with exactly these fields.
    Fields(&'static [&'static str]),
    /// A number, whole or not.
    Decimal,
    /// A word or a count.
    Item,
    /// A whole number that may be negative.
    Whole,
}

pub struct Word {
    pub what: &'static str,
    /// Names; `#` stands for a number.
    pub who: &'static [&'static str],
    pub value: Shape,
}

pub const fn word(what: &'static str, who: &'static [&'static str], value: Shape) -> Word {
    Word { what, who, value }
}

/// The words of an exercise, and the fields its result always has.
pub type Expected = (Vec<Word>, &'static [&'static str]);

/// The count of an exercise: its first parameter.
#[derive(Debug, PartialEq, Eq)]
pub struct Count {
    pub name: &'static str,
    pub min: u32,
    pub max: u32,
    pub default: u32,
}

impl Count {
    /// The usual one.
    pub fn of(name: &'static str) -> Count {
        Count {
            name,
            min: 0,
            max: 64,
            default: 10,
        }
    }
}

/// The words of an exercise, and the fields its result always has.
#[track_caller]
pub fn vocabulary(id: &str) -> Expected {
    [
        s1::vocabulary,
        s2::vocabulary,
        s3::vocabulary,
        s4::vocabulary,
        s5::vocabulary,
        s6::vocabulary,
        s7::vocabulary,
    ]
    .into_iter()
    .find_map(|series| series(id))
    .unwrap_or_else(|| panic!("{id} is not in the table"))
}

/// How many lines a scenario prints with a count of n: at least, at most.
#[track_caller]
pub fn lines(document: &Document, n: usize) -> (usize, usize) {
    [
        s1::lines,
        s2::lines,
        s3::lines,
        s4::lines,
        s5::lines,
        s6::lines,
        s7::lines,
    ]
    .into_iter()
    .find_map(|series| series(document, n))
    .unwrap_or_else(|| panic!("{} is not in the contract", document.exercise))
}

/// The count of an exercise that has one.
pub fn count(id: &str) -> Option<Count> {
    [
        s1::count,
        s2::count,
        s3::count,
        s4::count,
        s5::count,
        s6::count,
        s7::count,
    ]
    .into_iter()
    .find_map(|series| series(id))
}

/// A number in the result.
#[track_caller]
fn result(document: &Document, field: &str) -> usize {
    document.result[field].as_u64().expect(field) as usize
}
