//! Order contracts as they stand in an assignment. The recorder checks them; here they are only read.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::{Mutex, OnceLock};

/// Which lines a rule speaks about; an empty list means any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lines {
    /// Names without their number.
    pub who: Vec<String>,
    /// Words.
    pub what: Vec<String>,
}

/// A number: written down, or carried by the question (`arg0`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Much {
    /// Written down.
    Is(i64),
    /// The whole number the question carries at that place.
    Of(String),
}

/// A thread or a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lanes {
    /// Threads.
    Thread,
    /// Processes.
    Process,
}

/// One rule; the recorder's rule of the same name says what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs)]
pub enum OrderRule {
    Count {
        of: Lines,
        is: Much,
    },
    AtMost {
        of: Lines,
        max: Much,
    },
    Indices {
        of: Lines,
        from: u64,
        count: Much,
    },
    Sequential {
        of: Lines,
        from: u64,
    },
    Blocks {
        of: Lines,
    },
    Within {
        of: Lines,
        words: Vec<String>,
    },
    AllBefore {
        first: Lines,
        then: Lines,
    },
    First {
        of: Lines,
    },
    Last {
        of: Lines,
    },
    Fifo {
        put: String,
        take: String,
    },
    SameValues {
        put: String,
        take: String,
    },
    Balance {
        less: String,
        more: String,
    },
    Inside {
        enter: String,
        leave: String,
        max: u64,
    },
    Alternating {
        a: String,
        b: String,
    },
    Rising {
        of: Lines,
        #[serde(default)]
        field: String,
    },
    Distinct {
        of: Lines,
        #[serde(default)]
        field: String,
    },
    OwnLane {
        of: Lines,
        kind: Lanes,
    },
    AllEnded {
        kind: Lanes,
        count: Much,
    },
    Groups {
        arrive: String,
        pass: String,
        members: Much,
    },
}

/// The recorder's rules are made for programs that know them; here they come from a file. Each text is kept once, for
/// the life of the grader.
fn kept(text: &str) -> &'static str {
    static TEXTS: OnceLock<Mutex<HashSet<&'static str>>> = OnceLock::new();
    let texts = TEXTS.get_or_init(Mutex::default);
    let mut texts = texts.lock().unwrap_or_else(|lock| lock.into_inner());
    match texts.get(text) {
        Some(text) => text,
        None => {
            let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
            texts.insert(text);
            text
        }
    }
}

fn all(texts: &[String]) -> Box<[&'static str]> {
    texts.iter().map(|text| kept(text)).collect()
}

impl OrderRule {
    /// As the recorder has it. Kept for the life of the grader: to be called once for each rule of an assignment.
    fn make(&self) -> Rule {
        let pick = |lines: &Lines| Pick {
            who: Box::leak(all(&lines.who)),
            what: Box::leak(all(&lines.what)),
        };
        let amount = |much: &Much| match much {
            Much::Is(number) => Amount::Is(*number),
            Much::Of(name) => Amount::Param(kept(name)),
        };
        let kind = |lanes: &Lanes| match lanes {
            Lanes::Thread => LaneKind::Thread,
            Lanes::Process => LaneKind::Process,
        };
        match self {
            OrderRule::Count { of, is } => Rule::Count {
                of: pick(of),
                is: amount(is),
            },
            OrderRule::AtMost { of, max } => Rule::AtMost {
                of: pick(of),
                max: amount(max),
            },
            OrderRule::Indices { of, from, count } => Rule::Indices {
                of: pick(of),
                from: *from,
                count: amount(count),
            },
            OrderRule::Sequential { of, from } => Rule::Sequential {
                of: pick(of),
                from: *from,
            },
            OrderRule::Blocks { of } => Rule::Blocks { of: pick(of) },
            OrderRule::Within { of, words } => Rule::Within {
                of: pick(of),
                words: words
                    .iter()
                    .map(|word| Word::Once(kept(word)))
                    .collect::<Vec<_>>()
                    .leak(),
            },
            OrderRule::AllBefore { first, then } => Rule::AllBefore {
                first: pick(first),
                then: pick(then),
            },
            OrderRule::First { of } => Rule::First { of: pick(of) },
            OrderRule::Last { of } => Rule::Last { of: pick(of) },
            OrderRule::Fifo { put, take } => Rule::Fifo {
                put: kept(put),
                take: kept(take),
            },
            OrderRule::SameValues { put, take } => Rule::SameValues {
                put: kept(put),
                take: kept(take),
            },
            OrderRule::Balance { less, more } => Rule::Balance {
                less: kept(less),
                more: kept(more),
            },
            OrderRule::Inside { enter, leave, max } => Rule::Inside {
                enter: kept(enter),
                leave: kept(leave),
                max: *max,
            },
            OrderRule::Alternating { a, b } => Rule::Alternating {
                a: kept(a),
                b: kept(b),
            },
            OrderRule::Rising { of, field } => Rule::Rising {
                of: pick(of),
                field: kept(field),
            },
            OrderRule::Distinct { of, field } => Rule::Distinct {
                of: pick(of),
                field: kept(field),
            },
            OrderRule::OwnLane { of, kind: lanes } => Rule::OwnLane {
                of: pick(of),
                kind: kind(lanes),
            },
            OrderRule::AllEnded { kind: lanes, count } => Rule::AllEnded {
                kind: kind(lanes),
                count: amount(count),
            },
            OrderRule::Groups {
                arrive,
                pass,
                members,
            } => Rule::Groups {
                arrive: kept(arrive),
                pass: kept(pass),
                members: amount(members),
            },
        }
    }

    /// The recorder's rule. The same rule of an assignment is made once, however many submissions there are.
    pub fn rule(&self) -> Rule {
        static MADE: OnceLock<Mutex<Vec<(OrderRule, Rule)>>> = OnceLock::new();
        let mut made = MADE
            .get_or_init(Mutex::default)
            .lock()
            .unwrap_or_else(|lock| lock.into_inner());
        if let Some((_, rule)) = made.iter().find(|(spec, _)| spec == self) {
            return *rule;
        }
        let rule = self.make();
        made.push((self.clone(), rule));
        rule
    }
}
