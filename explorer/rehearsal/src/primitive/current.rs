//! What is recorded: printed lines, and the lives of lanes. Both are prints of the model, one JSON object a line.

use recorder::{Kind, LaneId, LaneKind, Object};
use serde_json::{Value, json};

use super::{lane, mortal};

pub fn is_recording() -> bool {
    true
}

/// Nothing that rules look at has a number of its own.
pub fn next_object() -> u64 {
    1
}

pub fn lane() -> LaneId {
    lane::own()
}

pub(crate) fn open_lane(kind: LaneKind) -> LaneId {
    lane::open(kind)
}

/// Records the kinds of events that rules look at.
pub fn emit(kind: Kind, object: Object) {
    if matches!(kind, Kind::Start | Kind::Exit | Kind::JoinEnd) {
        mortal::look();
        say(&json!({"lane": lane::own(), "kind": kind, "object": object}));
    }
}

pub fn print(who: &str, what: &str, value: &Value) {
    mortal::look();
    say(&json!({"lane": lane::own(), "who": who, "what": what, "value": value}));
}

/// The lesson is over.
pub(crate) fn say(said: &Value) {
    explorer::model::println!("{said}");
}
