//! What the lessons of the racing threads share: n threads that start and finish, and at the end the time all of
//! them took together.
//!
//! Lines: `start` and `exit` (thread k, k from 1), value = pid; the last line is `elapsed` (main).

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};
use serde_json::Value;

use crate::primitive::time::Instant;
use crate::stage::Stage;

/// How many race.
pub(super) const N: Amount = Amount::Param("n_threads");
/// The lines of those who start.
pub(super) const STARTS: Pick = Pick::what(&["start"]);
/// The lines of those who have finished.
pub(super) const EXITS: Pick = Pick::what(&["exit"]);
/// Both.
pub(super) const RACERS: Pick = Pick::what(&["start", "exit"]);
/// The last line: how long all of them took.
pub(super) const ELAPSED: Pick = Pick::what(&["elapsed"]);
/// Each one starts, and then finishes.
pub(super) const START_THEN_EXIT: Rule = Rule::Within {
    of: RACERS,
    words: &[Word::Once("start"), Word::Once("exit")],
};
/// All start.
pub(super) const ALL_START: Rule = Rule::Count { of: STARTS, is: N };
/// All finish.
pub(super) const ALL_EXIT: Rule = Rule::Count { of: EXITS, is: N };
/// They are numbered from 1.
pub(super) const EVERY_INDEX: Rule = Rule::Indices {
    of: RACERS,
    from: 1,
    count: N,
};
/// All are in one process.
pub(super) const ONE_PID: Rule = Rule::Same {
    of: RACERS,
    field: "",
};
/// And that is this one.
pub(super) const OWN_PID: Rule = Rule::OwnPid {
    of: RACERS,
    field: "",
};
/// Each is a thread of its own.
pub(super) const OWN_THREADS: Rule = Rule::OwnLane {
    of: RACERS,
    kind: LaneKind::Thread,
};
/// Nobody is left.
pub(super) const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: N,
};
/// The time is told when all is over.
pub(super) const ELAPSED_LAST: Rule = Rule::Last { of: ELAPSED };
/// The time that is told is the result.
pub(super) const ELAPSED_IS_RESULT: Rule = Rule::ResultIsValue {
    field: "elapsed_ms",
    of: ELAPSED,
};

/// Says how long it has taken since then, in milliseconds.
pub(super) fn tell_elapsed(stage: &Stage, begin: Instant) -> Value {
    let elapsed_ms = Value::from(begin.elapsed().as_micros() as f64 / 1000.0);
    stage.print("main", "elapsed", elapsed_ms.clone());
    elapsed_ms
}
