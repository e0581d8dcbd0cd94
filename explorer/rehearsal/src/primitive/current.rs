//! What is recorded: printed lines, and the lives of lanes. Both are prints of the model, one JSON object a line.

use recorder::{Kind, LaneId, LaneKind, Object};
use serde_json::{Value, json};

use super::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use super::{lane, mortal};
use std::any::Any;

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

/// What a thread does from its first moment to its last.
pub(crate) fn life<T>(lane: LaneId, f: impl FnOnce() -> T) -> T {
    emit(Kind::Start, Object::lane(lane));
    let result = catch_unwind(AssertUnwindSafe(f));
    emit(Kind::Exit, Object::lane(lane));
    result.unwrap_or_else(|payload| resume_unwind(payload))
}

/// A thread has ended with this panic. Its contract is judged, whatever it ends with.
pub(crate) fn panicked(_payload: &(dyn Any + Send)) {}

pub fn print(who: &str, what: &str, value: &Value) {
    mortal::look();
    say(&json!({"lane": lane::own(), "who": who, "what": what, "value": value}));
}

/// The lesson is over.
pub(crate) fn say(said: &Value) {
    explorer::model::println!("{said}");
}
