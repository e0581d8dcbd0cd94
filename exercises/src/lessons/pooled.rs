//! What the lessons on `map`, `starmap` and their asynchronous kin share.

use recorder::LaneKind;
use recorder::order::{Amount, Exact, Pick, Rule};
use serde_json::json;

use crate::process::{self, Datum};
use crate::stage::Stage;

/// The arguments of one call.
pub(super) type Arguments = (u32, u32, u32);
/// What `starmap` is called with.
pub(super) const TUPLES: [Arguments; 2] = [(1, 2, 3), (4, 5, 6)];

pub(super) const VALUE: Pick = Pick::what(&["value"]);
pub(super) const TUPLE: Pick = Pick::what(&["tuple"]);
/// What the workers print.
pub(super) const WORK: Pick = Pick::what(&["value", "tuple"]);
pub(super) const RESULT: Pick = Pick::what(&["result"]);

pub(super) const AT_MOST: Rule = Rule::DistinctWho {
    of: WORK,
    max: Amount::Result("workers"),
};
pub(super) const OWN_PIDS: Rule = Rule::IndexIsPid { of: WORK };
pub(super) const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: WORK,
    kind: LaneKind::Process,
};
/// One worker takes neighbours, one after the other.
pub(super) const IN_CHUNKS: Rule = Rule::RisingInChunks {
    of: VALUE,
    field: "",
    chunk: Amount::Result("chunk"),
};
pub(super) const LAST: Rule = Rule::Last { of: RESULT };
pub(super) const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Result("workers"),
};
/// One call for each tuple.
pub(super) const ALL_TUPLES: Rule = Rule::Count {
    of: TUPLE,
    is: Amount::Is(TUPLES.len() as i64),
};
/// Each value is printed once.
pub(super) const fn values(count: i64) -> Rule {
    Rule::Values {
        of: VALUE,
        field: "",
        from: 0,
        count: Amount::Is(count),
    }
}

/// The function gave nothing back, so many times.
pub(super) const fn nothing(times: i64) -> Rule {
    Rule::ResultIs {
        field: "outputs",
        is: Exact::Repeat(&Exact::Null, Amount::Is(times)),
    }
}

/// Prints a value, in the name of the worker.
pub(super) fn print_value(stage: &Stage, value: u32) {
    stage.print(&format!("worker {}", process::id()), "value", value);
}

/// Prints the arguments of a call, in the name of the worker.
pub(super) fn print_tuple(stage: &Stage, (a, b, c): Arguments) {
    let who = format!("worker {}", process::id());
    stage.print(&who, "tuple", json!({"a": a, "b": b, "c": c}));
}

/// What main got, as Python writes it, for the last line.
pub(super) fn print_result(stage: &Stage, outputs: &Datum) {
    let content = outputs.to_string();
    stage.print("main", "result", json!({"content": content}));
}
