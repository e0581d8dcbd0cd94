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
mod pick;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub use amount::Amount;
pub use pick::{Pick, Scalar, Step, Want, Word, index_of};

use crate::event::{Event, Lane, LaneKind, Line};

/// What a rule is checked against.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// The parameters the exercise ran with.
    pub params: &'a BTreeMap<String, u32>,
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

/// One statement about a run. `of` says which lines are meant; "index" is the first number in `who`.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// There are exactly so many of these lines.
    Count {
        /// The lines that are counted.
        of: Pick,
        /// How many.
        is: Amount,
    },
    /// There are at most so many of these lines.
    AtMost {
        /// The lines that are counted.
        of: Pick,
        /// How many.
        max: Amount,
    },
    /// At most so many different names print these lines.
    DistinctWho {
        /// The lines looked at.
        of: Pick,
        /// How many names.
        max: Amount,
    },
    /// The indices that occur are `from`, `from + 1`, ..., `count` of them, in any order.
    Indices {
        /// The lines looked at.
        of: Pick,
        /// The smallest index.
        from: u64,
        /// How many.
        count: Amount,
    },
    /// The index in `who` is the process id of the lane that printed the line.
    IndexIsPid {
        /// The lines looked at.
        of: Pick,
    },
    /// The lines of each index stand together, and the indices are `from`, `from + 1`, ...
    Sequential {
        /// The lines looked at (those without an index are left out).
        of: Pick,
        /// The first index.
        from: u64,
    },
    /// The lines of each name stand together.
    Blocks {
        /// The lines looked at.
        of: Pick,
    },
    /// Each name's lines are these words in this order.
    Within {
        /// The lines looked at.
        of: Pick,
        /// The words.
        words: &'static [Word],
    },
    /// The lines are exactly these.
    Exactly {
        /// The lines looked at.
        of: Pick,
        /// The sequence.
        steps: &'static [Step],
    },
    /// The lines are the beginning of this sequence, and not the whole of it.
    ProperPrefix {
        /// The lines looked at.
        of: Pick,
        /// The sequence.
        steps: &'static [Step],
    },
    /// The lines are the beginning of this sequence, or the whole of it.
    Prefix {
        /// The lines looked at.
        of: Pick,
        /// The sequence.
        steps: &'static [Step],
    },
    /// Every line of the first group comes before every line of the second.
    AllBefore {
        /// The earlier group.
        first: Pick,
        /// The later group.
        then: Pick,
    },
    /// One such line, and it is the first of all.
    First {
        /// The line.
        of: Pick,
    },
    /// One such line, and it is the last of all.
    Last {
        /// The line.
        of: Pick,
    },
    /// The first line carries how many, the next ones count down to 0.
    Countdown {
        /// Whose lines.
        who: &'static str,
        /// The word of the line that says how many.
        begin: &'static str,
        /// The word of the lines that count.
        what: &'static str,
    },
    /// Each index i prints the values 0, 1, ..., i - 1, in this order.
    Ramp {
        /// The participants (every index with at least one of these lines).
        of: Pick,
        /// The word of the lines that count.
        what: &'static str,
    },
    /// What comes out is, in this order, the beginning of what went in.
    Fifo {
        /// The word of the lines of those who put in.
        put: &'static str,
        /// The word of the lines of those who take out.
        take: &'static str,
    },
    /// What comes out is the same as what went in, in any order.
    SameValues {
        /// The word of the first group.
        put: &'static str,
        /// The word of the second group.
        take: &'static str,
    },
    /// At no time have there been more lines of the one word than of the other.
    Balance {
        /// The word that may not get ahead.
        less: &'static str,
        /// The word it may not overtake.
        more: &'static str,
    },
    /// At most so many participants are between these two words at any time.
    Inside {
        /// The word that enters.
        enter: &'static str,
        /// The word that leaves.
        leave: &'static str,
        /// How many at most.
        max: u64,
    },
    /// The value (or this field of it) is the same in all lines.
    Same {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
    },
    /// Each name has one value (or field of it), and no two names have the same.
    Distinct {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
    },
    /// The value (or field of it) is the process id of the lane that printed the line.
    OwnPid {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
    },
    /// Each name prints from one lane of this kind, not the main one, and no two names share one.
    OwnLane {
        /// The lines looked at.
        of: Pick,
        /// Thread or process.
        kind: LaneKind,
    },
    /// The field `parent` of the one is the field `pid` of the other; `main` is the run's own process.
    ParentOf {
        /// The name of the child.
        child: &'static str,
        /// The name of the parent.
        parent: &'static str,
    },
    /// A field of the result has this value.
    Result {
        /// The field.
        field: &'static str,
        /// What it is.
        is: Amount,
    },
    /// A field of the result lies in this range.
    ResultBetween {
        /// The field.
        field: &'static str,
        /// At least.
        min: i64,
        /// At most.
        max: i64,
    },
    /// A field of the result is the value of this line.
    ResultIsValue {
        /// The field.
        field: &'static str,
        /// The line (the last of them).
        of: Pick,
    },
    /// A field of the result is the number of these lines.
    ResultCounts {
        /// The field.
        field: &'static str,
        /// The lines that are counted.
        of: Pick,
    },
    /// Each line's `output` is the square of its `input`, and the inputs are 0, 1, ..., count - 1.
    Squares {
        /// The lines looked at.
        of: Pick,
    },
    /// A list in the result is the `output` of these lines, in the order of their `input`.
    ResultCollects {
        /// The field.
        field: &'static str,
        /// The lines looked at.
        of: Pick,
    },
    /// The value (or field of it) rises from line to line.
    Rising {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
    },
    /// The field rises inside each group of `chunk` neighbours.
    RisingInChunks {
        /// The lines looked at.
        of: Pick,
        /// The field.
        field: &'static str,
        /// How many neighbours make a group.
        chunk: Amount,
    },
    /// The lines with an odd index come with rising index.
    OddRising {
        /// The lines looked at.
        of: Pick,
    },
    /// Each line with an even index comes after the line with the index before it.
    EvenAfterOdd {
        /// The lines looked at.
        of: Pick,
    },
    /// While both groups have lines left, they take turns.
    Alternating {
        /// The one word.
        a: &'static str,
        /// The other word.
        b: &'static str,
    },
    /// The lines come in the order of the numbers that this list of the result holds for each
    /// index (lines without a number: for the position in the list `names`).
    OrderedBy {
        /// The lines looked at.
        of: Pick,
        /// The list in the result.
        list: &'static str,
        /// The index that the first item of the list belongs to.
        from: u64,
        /// The names that the list belongs to, where they have no index.
        names: &'static [&'static str],
    },
    /// At most so many lanes of this kind, apart from the main one, run at the same time.
    AliveTogether {
        /// Thread or process.
        kind: LaneKind,
        /// How many at most.
        max: u64,
    },
    /// The run has so many lanes of this kind besides the main one, and each has ended.
    AllEnded {
        /// Thread or process.
        kind: LaneKind,
        /// How many.
        count: Amount,
    },
    /// The run took at least this long (times the time scale).
    TimeAtLeast {
        /// In milliseconds.
        ms: Amount,
    },
    /// The run took at most this long (times the time scale, plus a fixed allowance of 250 ms).
    TimeAtMost {
        /// In milliseconds.
        ms: Amount,
    },
    /// Only where this parameter is 0.
    Unless {
        /// The parameter.
        param: &'static str,
        /// What then holds.
        rule: &'static Rule,
    },
}

impl Rule {
    /// Whether the rule speaks about this run at all.
    pub fn applies(&self, run: &Run<'_>) -> bool {
        match self {
            Rule::Unless { param, .. } => run.params.get(*param).copied().unwrap_or(0) == 0,
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
