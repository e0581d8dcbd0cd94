//! What clients ask of a manager's server, and what it answers.

use super::key::Key;
use super::store::ObjectId;
use super::value::Datum;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    List,
    Dict,
    /// One value.
    Cell,
}

/// A place in an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Place {
    Key(Key),
    Index(i64),
    Whole,
}

impl Place {
    pub fn kind(&self) -> Kind {
        match self {
            Place::Key(_) => Kind::Dict,
            Place::Index(_) => Kind::List,
            Place::Whole => Kind::Cell,
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Command {
    Snapshot,
    Len,
    Clear,
    Get(Place),
    Set(Place, Datum),
    Remove(Place),
    /// The object in a place, which must be of this kind.
    Nested(Place, Kind),
    Add(Place, Datum),
    Keys,
    Extend(Vec<Datum>),
    Insert(i64, Datum),
    Pop,
    Reverse,
    Sort,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Request {
    Create(Kind, Datum),
    Do(ObjectId, Command),
    Call(String, Vec<Datum>),
    Stop,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Reply {
    Nothing,
    Datum(Datum),
    Keys(Vec<Key>),
    Object(ObjectId),
    /// The result of a function, and the process it ran in.
    Result(Datum, i32),
    Refused(Refusal),
}

/// Why the server did not do a command. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Refusal {
    NoSuchObject,
    NoSuchKey,
    OutOfRange { index: i64, length: usize },
    NotA(Kind),
    NotANumber,
    NotComparable,
    TooDeep,
    TooLarge,
    Unreadable,
    NoSuchFunction(String),
    Failed(String),
}
