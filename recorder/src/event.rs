//! The vocabulary: lanes, kinds of events, the objects they are about, printed lines.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// One row of a timeline: a thread, or the main thread of a process. Numbered from 0 in the order
/// of opening.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct LaneId(pub u32);

impl fmt::Display for LaneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Whether a lane shares the memory of its parent (a thread) or has its own (a process).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LaneKind {
    /// A thread of the process that opened the lane.
    Thread,
    /// The main thread of a process of its own.
    Process,
}

/// Who a lane is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// The number events carry.
    pub lane: LaneId,
    /// Thread or process.
    pub kind: LaneKind,
    /// The name given by the program, or a default one.
    pub name: String,
    /// Process id; 0 until the lane has started.
    pub pid: i32,
    /// Kernel thread id; 0 until the lane has started.
    pub tid: i32,
    /// The lane that started this one.
    pub parent: Option<LaneId>,
}

pub use crate::vocabulary::{Kind, ObjectKind};

/// A word that is not in one of the vocabularies of this module.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not {vocabulary}")]
pub struct UnknownWord {
    /// What was expected.
    pub vocabulary: &'static str,
    /// What was found.
    pub word: String,
}

macro_rules! read_from_word {
    ($($name:ident: $text:literal),+) => {
        $(impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|known| known.word() == word).ok_or_else(|| UnknownWord {
                    vocabulary: $text,
                    word: word.to_owned(),
                })
            }
        })+
    };
}

read_from_word!(Kind: "a kind of event", ObjectKind: "a kind of object");

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// The thing an event is about: a kind and an identity. Written `lock:3`, or the empty text for
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Object {
    /// What kind of thing.
    pub kind: ObjectKind,
    /// Which one; see [`Journal::next_object`](crate::Journal::next_object).
    pub id: u64,
}

impl Object {
    /// No object.
    pub const NONE: Object = Object {
        kind: ObjectKind::None,
        id: 0,
    };

    /// An object of a kind.
    pub const fn new(kind: ObjectKind, id: u64) -> Object {
        Object { kind, id }
    }

    /// A lane as an object.
    pub const fn lane(lane: LaneId) -> Object {
        Object {
            kind: ObjectKind::Lane,
            id: lane.0 as u64,
        }
    }
}

impl From<LaneId> for Object {
    fn from(lane: LaneId) -> Object {
        Object::lane(lane)
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            ObjectKind::None => Ok(()),
            kind => write!(f, "{}:{}", kind.word(), self.id),
        }
    }
}

impl FromStr for Object {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Object, UnknownWord> {
        if text.is_empty() {
            return Ok(Object::NONE);
        }
        let unknown = || UnknownWord {
            vocabulary: "an object",
            word: text.to_owned(),
        };
        let (kind, id) = text.split_once(':').ok_or_else(unknown)?;
        match (kind.parse()?, id.parse()) {
            (ObjectKind::None, _) | (_, Err(_)) => Err(unknown()),
            (kind, Ok(id)) => Ok(Object { kind, id }),
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// Something that happened, with its place in the one order of the whole run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Place in the order of all threads and processes; unique and rising, with gaps.
    pub seq: u64,
    /// Microseconds since the run began, on the monotonic clock.
    pub at_us: u64,
    /// Who.
    pub lane: LaneId,
    /// What.
    pub kind: Kind,
    /// About what.
    pub object: Object,
}

/// What a [`Kind::Print`] event carried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Place in the order; the same number as the event's.
    pub seq: u64,
    /// Microseconds since the run began.
    pub at_us: u64,
    /// The lane that printed.
    pub lane: LaneId,
    /// Who prints, in the words of the exercise ("thread 0").
    pub who: String,
    /// What is said: a stable word of the exercise's vocabulary.
    pub what: String,
    /// What was carried.
    pub value: serde_json::Value,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_and_kinds_are_written_as_words_and_read_back() {
        for kind in Kind::ALL {
            let text = serde_json::to_string(kind).unwrap();
            assert_eq!(serde_json::from_str::<Kind>(&text).unwrap(), *kind);
            assert_eq!(Kind::from_code(*kind as u8), Some(*kind));
        }
        assert_eq!(Object::new(ObjectKind::Lock, 3).to_string(), "lock:3");
        assert_eq!(Object::NONE.to_string(), "");
        for text in ["lane:1", "futex:18446744073709551615", ""] {
            assert_eq!(text.parse::<Object>().unwrap().to_string(), text);
        }
        for wrong in ["lock", "lock:", ":1", "door:1", "lock:-1"] {
            assert!(wrong.parse::<Object>().is_err(), "{wrong}");
        }
        assert_eq!(Kind::from_code(200), None);
    }
}
