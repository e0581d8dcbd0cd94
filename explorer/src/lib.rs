//! What could have happened: controlled schedules of a program with virtual threads.
//!
//! - [`model`]: what the program is written with: std's names, announced instead of done;
//! - `operation`: the vocabulary of announcements; [`dependence`]: which of them depend on each other, one table;
//! - `world`: the state of one execution; `execution`: coroutines that run it;
//! - [`search`]: who decides: every class once, or every schedule;
//! - `allowance`: how long the work after a search may go on;
//! - `class`, [`outputs`]: the exact set of outputs, counted, listed, asked, compared;
//! - [`failure`]: deadlocks and the like, with their lines; [`schedule`]: how to see one again;
//! - [`loaded`], [`job`]: the same for programs that were loaded, and asked of another process;
//! - [`explore`](mod@explore): the way in.
//!
//! Nothing here knows how a student's crate is compiled against the model, and no text for a reader is made here:
//! results are data. How it works and why it is right: `docs/explorer.md`.
#![deny(missing_docs)]

mod allowance;
mod class;
pub mod dependence;
mod execution;
pub mod explore;
pub mod failure;
pub mod job;
pub mod loaded;
pub mod model;
mod operation;
pub mod outputs;
pub mod schedule;
pub mod search;
mod world;

pub use allowance::{Allowance, Spent};
pub use execution::{Ending, Stream};
pub use explore::{
    Assumption, Disturbed, Exploration, Helpers, Likely, Limit, Luck, MAX_WORKERS, Misfit, Part,
    Phase, PhaseDone, Replayed, Settings, Standing, Timing, Verdict, Woken, WorkerPool, disturbed,
    enumerate, explore, explore_helped, explore_watched, explore_with, replay, sample, schedule_of,
    timing, timing_of,
};
pub use failure::{Departure, Failure, FailureKind, Line, Waiting};
pub use operation::Kind;
pub use outputs::{
    Answer, Automaton, By, Cause, Comparison, Guarantee, Guarantees, NotCounted, Orders, Outcome,
    Projection, Relation, TooLarge, compare, compare_within,
};
pub use schedule::Schedule;
pub use search::replay::{Happening, Touched, Turn, Whom, spelled};
pub use world::Beyond;
