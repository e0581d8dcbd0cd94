//! Order contracts: what must hold in every run of a scenario, written as data.
//!
//! A [`Rule`] says one thing about the lines (and sometimes the events or the result) of a run,
//! prints itself in a short stable form such as `sequential(who)`, and can be checked against any
//! [`Run`], also one read from a file. A scenario has rules that are *guaranteed* (a run that
//! breaks one shows a bug) and rules that are *likely* (reported, never failed on). Nothing here
//! knows an exercise; the invariant is that checking reads only what the run recorded.

mod amount;
mod check;
mod display;
mod exact;
mod pick;
mod reading;
mod rule;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub use amount::Amount;
pub use exact::Exact;
pub use pick::{Pick, Scalar, Step, Want, Word, index_of};
pub use reading::{LineOrder, Reading};
pub use rule::Rule;

use crate::event::{Event, Lane, Line};

/// What a rule is checked against.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// The parameters the exercise ran with.
    pub params: &'a BTreeMap<String, u32>,
    /// The files of the reader's choice it ran with.
    pub files: &'a BTreeMap<String, String>,
    /// Every thread and process.
    pub lanes: &'a [Lane],
    /// The printed lines in the order of `seq`.
    pub lines: Vec<&'a Line>,
    /// The events in the order of `seq`.
    pub events: &'a [Event],
    /// The final values.
    pub result: &'a Map<String, Value>,
    /// How long the exercise took.
    pub elapsed_ms: f64,
    /// What every sleep was multiplied with.
    pub time_scale: f64,
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the rule holds.
    pub holds: bool,
    /// The `seq` of the line or event where it is first seen broken, where there is one.
    pub at: Option<u64>,
}

impl Rule {
    /// Whether the rule speaks about this run at all.
    pub fn applies(&self, run: &Run<'_>) -> bool {
        match self {
            Rule::Unless { param, .. } => {
                run.params.get(*param).copied().unwrap_or(0) == 0 && !run.files.contains_key(*param)
            }
            _ => true,
        }
    }

    /// Checks the rule.
    pub fn check(&self, run: &Run<'_>) -> Verdict {
        match check::check(self, run) {
            Ok(()) => Verdict {
                holds: true,
                at: None,
            },
            Err(check::Broken(at)) => Verdict { holds: false, at },
        }
    }
}
