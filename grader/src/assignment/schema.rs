//! What may stand in `assignment.toml`: every key, and what it can be.
//!
//! The manifest is held against this before it is read, so that a teacher is told the line, the key, and what can stand
//! there. Invariant: what passes here can be read; what cannot is a fault of this table, and is told as it comes.

pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) is: Is,
    pub(super) must: bool,
}

/// What a value has to be.
pub(super) enum Is {
    Text,
    Truth,
    /// A number from 0.
    NotNegative,
    /// A number above 0.
    Positive,
    Whole {
        least: u64,
        most: u64,
    },
    /// A whole number or a text.
    Much,
    Anything,
    List,
    Texts,
    /// Texts under any names.
    TextEach,
    /// A text, or texts under any names.
    Title,
    Choice(&'static [&'static str]),
    Choices(&'static [&'static str]),
    /// One of these words, or a table.
    ChoiceOr(&'static [&'static str], &'static [Key]),
    Table(&'static [Key]),
    Tables(&'static [Key]),
    /// Tables whose keys depend on the word under this key.
    TablesBy(&'static str, &'static [(&'static str, &'static [Key])]),
}

const fn may(name: &'static str, is: Is) -> Key {
    Key {
        name,
        is,
        must: false,
    }
}

const fn must(name: &'static str, is: Is) -> Key {
    Key {
        name,
        is,
        must: true,
    }
}

const fn whole(least: u64, most: u64) -> Is {
    Is::Whole { least, most }
}

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
const TERABYTE_MB: u64 = 1 << 20;
const MOST_THREADS: u64 = 1 << 20;
const MOST_EVENTS: u64 = 1 << 32;
/// Each question is asked that often: a class could not be graded with more.
const MOST_REPEATS: u64 = 100_000;
const MOST_SHAKE_US: u64 = 1_000_000;

pub(super) const MANIFEST: &[Key] = &[
    must("name", Is::Text),
    may("title", Is::TextEach),
    may("stub", Is::Table(STUB)),
    may("limits", Is::Table(LIMITS)),
    must("task", Is::Tables(TASK)),
];

const STUB: &[Key] = &[may("code", Is::Text), may("text", Is::Text)];

const LIMITS: &[Key] = &[
    may("wall_ms", whole(1, DAY_MS)),
    may("cpu_ms", whole(1, DAY_MS)),
    may("memory_mb", whole(1, TERABYTE_MB)),
    may("threads", whole(1, MOST_THREADS)),
    may("output_kb", whole(0, TERABYTE_MB)),
    may("events", whole(1, MOST_EVENTS)),
    may("disk_mb", whole(0, TERABYTE_MB)),
    may("compile_ms", whole(1, DAY_MS)),
    may("compile_memory_mb", whole(1, TERABYTE_MB)),
];

const TASK: &[Key] = &[
    must("id", Is::Text),
    must("points", Is::NotNegative),
    may("title", Is::TextEach),
    may("tests", Is::Texts),
    may("uses", Is::Texts),
    may("judge", Is::Table(JUDGE)),
];

const JUDGE: &[Key] = &[
    may("prelude", Is::Text),
    may("forbidden", Is::Texts),
    may("unsafe", Is::Truth),
    may("sleep", Is::Truth),
    may("library", Is::Truth),
    may("limits", Is::Table(LIMITS)),
    must("checks", Is::Tables(CHECK)),
];

const CHECK: &[Key] = &[
    may("title", Is::Title),
    may("weight", Is::Positive),
    may("probe", Is::Text),
    may("explore", Is::Table(EXPLORE)),
    may("cases", Is::Tables(CASE)),
    may("repeats", whole(1, MOST_REPEATS)),
    may("shake_us", whole(0, MOST_SHAKE_US)),
    may(
        "compare",
        Is::ChoiceOr(&["exact", "any-order"], &[must("within", Is::NotNegative)]),
    ),
    may("order", Is::TablesBy("rule", RULES)),
    may("max_threads", whole(1, MOST_THREADS)),
    may("leftovers", Is::Truth),
];

const CASE: &[Key] = &[
    may("args", Is::List),
    may("expect", Is::Anything),
    may("shown", Is::Truth),
];

const EXPLORE: &[Key] = &[
    must("main", Is::Text),
    may("budget_ms", whole(1, 600_000)),
    may("memory_mb", whole(64, 65_536)),
    may(
        "failures",
        Is::Choices(&[
            "deadlock",
            "lost-update",
            "data-race",
            "panic",
            "livelock",
            "lost-wakeup",
            "blocked-at-exit",
            "nondeterminism",
        ]),
    ),
    may("same_outputs", Is::Truth),
    may("spurious_wakeups", Is::Truth),
    may("or", Is::Choice(&["hand", "accept"])),
    may("shown", Is::Truth),
];

const LINES: Is = Is::Table(&[may("who", Is::Texts), may("what", Is::Texts)]);
const LANES: Is = Is::Choice(&["thread", "process"]);
const ANY_WHOLE: Is = whole(0, i64::MAX as u64);

const RULES: &[(&str, &[Key])] = &[
    ("count", &[must("of", LINES), must("is", Is::Much)]),
    ("at-most", &[must("of", LINES), must("max", Is::Much)]),
    (
        "indices",
        &[
            must("of", LINES),
            must("from", ANY_WHOLE),
            must("count", Is::Much),
        ],
    ),
    ("sequential", &[must("of", LINES), must("from", ANY_WHOLE)]),
    ("blocks", &[must("of", LINES)]),
    ("within", &[must("of", LINES), must("words", Is::Texts)]),
    ("all-before", &[must("first", LINES), must("then", LINES)]),
    ("first", &[must("of", LINES)]),
    ("last", &[must("of", LINES)]),
    ("fifo", &[must("put", Is::Text), must("take", Is::Text)]),
    (
        "same-values",
        &[must("put", Is::Text), must("take", Is::Text)],
    ),
    ("balance", &[must("less", Is::Text), must("more", Is::Text)]),
    (
        "inside",
        &[
            must("enter", Is::Text),
            must("leave", Is::Text),
            must("max", ANY_WHOLE),
        ],
    ),
    ("alternating", &[must("a", Is::Text), must("b", Is::Text)]),
    ("rising", &[must("of", LINES), may("field", Is::Text)]),
    ("distinct", &[must("of", LINES), may("field", Is::Text)]),
    ("own-lane", &[must("of", LINES), must("kind", LANES)]),
    ("all-ended", &[must("kind", LANES), must("count", Is::Much)]),
    (
        "groups",
        &[
            must("arrive", Is::Text),
            must("pass", Is::Text),
            must("members", Is::Much),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explored::ExploreSpec;
    use crate::judge::{Case, CheckSpec, Limits, TaskSpec};
    use serde::de::value::MapDeserializer;
    use serde::de::{DeserializeOwned, Error};
    use std::collections::BTreeSet;

    /// What is said of a key that no struct has: serde lists those it has.
    #[derive(Debug, thiserror::Error)]
    #[error("{0:?}")]
    struct Fields(BTreeSet<&'static str>);

    impl Error for Fields {
        fn custom<T: std::fmt::Display>(message: T) -> Fields {
            panic!("{message}")
        }

        fn unknown_field(_: &str, fields: &'static [&'static str]) -> Fields {
            Fields(fields.iter().copied().collect())
        }
    }

    fn fields<T: DeserializeOwned + std::fmt::Debug>() -> BTreeSet<&'static str> {
        let nobody = [("no key of any table", 0u8)];
        let table = MapDeserializer::new(nobody.into_iter());
        let Fields(fields) = T::deserialize(table).unwrap_err();
        fields
    }

    fn names(keys: &[Key]) -> BTreeSet<&'static str> {
        keys.iter().map(|key| key.name).collect()
    }

    #[test]
    fn every_key_that_is_read_may_be_written() {
        assert_eq!(names(EXPLORE), fields::<ExploreSpec>());
        assert_eq!(names(CASE), fields::<Case>());
        assert_eq!(names(LIMITS), fields::<Limits>());
        assert_eq!(names(CHECK), fields::<CheckSpec>());
        let mut judge = names(JUDGE);
        judge.extend(["id", "reference"]);
        assert_eq!(judge, fields::<TaskSpec>());
    }
}
