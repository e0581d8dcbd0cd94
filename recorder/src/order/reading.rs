//! What a rule reads of a run: for those who have many runs at once and need not tell apart what no rule looks at.

use super::{Pick, Rule};
use crate::event::Line;

/// What a rule reads.
#[derive(Clone, Debug)]
pub struct Reading {
    picks: Vec<Pick>,
    words: Vec<&'static str>,
    names: Vec<&'static str>,
    /// The lives of the lanes: their starts, their ends, and who waited for them.
    pub lives: bool,
    /// How long the run took.
    pub time: bool,
    /// What of the lines' order matters.
    pub order: LineOrder,
}

/// What of the order of the lines that it reads matters to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineOrder {
    /// All of it.
    Full,
    /// Among the lines of each single name.
    OfEachName,
    /// Nothing.
    None,
}

impl Reading {
    fn nothing() -> Reading {
        Reading {
            picks: Vec::new(),
            words: Vec::new(),
            names: Vec::new(),
            lives: false,
            time: false,
            order: LineOrder::Full,
        }
    }

    fn of(pick: Pick) -> Reading {
        Reading {
            picks: vec![pick],
            ..Reading::nothing()
        }
    }

    fn words(words: &[&'static str]) -> Reading {
        Reading {
            words: words.to_vec(),
            ..Reading::nothing()
        }
    }

    fn ordered(self, order: LineOrder) -> Reading {
        Reading { order, ..self }
    }

    /// Whether the rule reads this line.
    pub fn takes(&self, line: &Line) -> bool {
        self.picks.iter().any(|pick| pick.takes(line))
            || self.words.contains(&line.what.as_str())
            || self.names.contains(&line.who.as_str())
    }
}

impl Rule {
    /// What it reads, beside the parameters, the lanes that print and the result.
    pub fn reading(&self) -> Reading {
        match *self {
            Rule::Count { of, .. }
            | Rule::AtMost { of, .. }
            | Rule::DistinctWho { of, .. }
            | Rule::Indices { of, .. }
            | Rule::IndexIsPid { of }
            | Rule::Same { of, .. }
            | Rule::Distinct { of, .. }
            | Rule::OwnPid { of, .. }
            | Rule::OwnLane { of, .. }
            | Rule::ResultCounts { of, .. }
            | Rule::Squares { of }
            | Rule::FromList { of, .. }
            | Rule::OneLine { of, .. }
            | Rule::ChildrenOfMain { of }
            | Rule::Values { of, .. }
            | Rule::EachOnce { of, .. }
            | Rule::Named { of, .. }
            | Rule::Carries { of, .. }
            | Rule::Roots { of }
            | Rule::OneLane { of } => Reading::of(of).ordered(LineOrder::None),
            Rule::Within { of, .. } | Rule::Ramp { of, .. } | Rule::RisingEach { of, .. } => {
                Reading::of(of).ordered(LineOrder::OfEachName)
            }
            Rule::Sequential { of, .. }
            | Rule::Blocks { of }
            | Rule::Exactly { of, .. }
            | Rule::ProperPrefix { of, .. }
            | Rule::Prefix { of, .. }
            | Rule::ResultIsValue { of, .. }
            | Rule::ResultIsField { of, .. }
            | Rule::Rising { of, .. }
            | Rule::RisingInChunks { of, .. }
            | Rule::OddRising { of }
            | Rule::EvenAfterOdd { of }
            | Rule::OrderedBy { of, .. }
            | Rule::Consecutive { of, .. }
            | Rule::NeverRising { of, .. }
            | Rule::Begins { of, .. }
            | Rule::RisingBy { of, .. }
            | Rule::ResultCollects { of, .. }
            | Rule::ResultLists { of, .. } => Reading::of(of),
            Rule::AllBefore { first, then } => Reading {
                picks: vec![first, then],
                ..Reading::nothing()
            },
            Rule::First { .. } | Rule::Last { .. } => Reading::of(Pick::ALL),
            Rule::Countdown { who, .. } => Reading {
                names: vec![who],
                ..Reading::nothing()
            },
            Rule::ParentOf { child, parent } => Reading {
                names: vec![child, parent],
                order: LineOrder::None,
                ..Reading::nothing()
            },
            Rule::SameValues { put, take } => Reading::words(&[put, take]).ordered(LineOrder::None),
            Rule::Fifo { put, take }
            | Rule::EachTakesAll { put, take }
            | Rule::PutFirst { put, take } => Reading::words(&[put, take]),
            Rule::Balance { less, more } => Reading::words(&[less, more]),
            Rule::Inside { enter, leave, .. } | Rule::InsideUpTo { enter, leave, .. } => {
                Reading::words(&[enter, leave])
            }
            Rule::Alternating { a, b } => Reading::words(&[a, b]),
            Rule::Gate {
                open,
                shut,
                keeps_out,
                ..
            } => Reading::words(&[open, shut, keeps_out]),
            Rule::Groups { arrive, pass, .. } => Reading::words(&[arrive, pass]),
            Rule::FollowsSame { first, then } => Reading::words(&[first, then]),
            Rule::Result { .. }
            | Rule::ResultBetween { .. }
            | Rule::ResultReads { .. }
            | Rule::ResultList { .. }
            | Rule::ResultIs { .. } => Reading::nothing().ordered(LineOrder::None),
            Rule::ResultAtMost { field, .. } => Reading {
                // So many milliseconds: how long the run took, or a part of it.
                time: field.ends_with("_ms"),
                order: LineOrder::None,
                ..Reading::nothing()
            },
            Rule::AliveTogether { .. } => Reading {
                lives: true,
                ..Reading::nothing()
            },
            Rule::AllEnded { .. } | Rule::Programs { .. } => Reading {
                lives: true,
                order: LineOrder::None,
                ..Reading::nothing()
            },
            Rule::EndedBefore { of, .. } => Reading {
                lives: true,
                ..Reading::of(of)
            },
            Rule::TimeAtLeast { .. } | Rule::TimeAtMost { .. } => Reading {
                time: true,
                ..Reading::nothing()
            },
            Rule::Unless { rule, .. } => rule.reading(),
        }
    }
}
