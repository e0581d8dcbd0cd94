//! Grading: what students wrote becomes verdicts that can be defended, and reports they can learn from.
//!
//! What a teacher makes, and what students get:
//! - [`assignment`]: the folder a teacher makes, and the proofs it owes;
//! - [`notebook`]: the instructor's notebook;
//! - [`release`]: what students get.
//!
//! What comes back:
//! - [`submission`]: from folders and archives, and how it is packed;
//! - [`collect`](mod@collect): submissions into nbgrader's tree;
//! - [`graft`]: the text of the answers, and nothing else of a student's notebook;
//! - [`grade`](mod@grade): the pool of jobs;
//! - [`queue`]: jobs for workers on other machines.
//!
//! How an answer is judged:
//! - [`judge`]: the seam: what a task demands, and what was found;
//! - [`verdict`]: the names of what can be found;
//! - [`sandbox`]: boxes that nothing gets out of, one file a layer;
//! - [`build`]: answers become one program, in a box;
//! - [`run`](mod@run): one run of that program, in another box;
//! - [`explored`]: every schedule of it, in the model, in boxes;
//! - [`check`]: what was reported, compared with what the task demands;
//! - [`wire`]: how both sides of the channel write values.
//!
//! What is kept and shown:
//! - [`ledger`]: every judgement and every run;
//! - [`report`]: pages, tables, the overview;
//! - [`similarity`]: answers that resemble each other;
//! - [`merge`](mod@merge): parts of a class, graded on many machines, put together;
//! - [`forget`](mod@forget): a student's data, deleted.
//!
//! The invariants: nothing that runs in a box decides. A program in a box answers questions it has not seen before;
//! whether the answers are right is found out here, outside. Of what a student hands in only the text of the answers
//! counts, and what fails by our fault is never a zero.
#![deny(missing_docs)]

pub mod assignment;
pub mod build;
pub mod check;
pub mod collect;
pub mod explored;
pub mod forget;
pub mod grade;
pub mod graft;
pub mod judge;
pub mod ledger;
pub mod merge;
pub mod notebook;
pub mod queue;
pub mod release;
pub mod report;
pub mod run;
pub mod sandbox;
pub mod similarity;
pub mod submission;
pub mod verdict;
#[path = "../task/src/wire.rs"]
pub mod wire;
mod workplace;

pub use assignment::Assignment;
pub use collect::collect;
pub use forget::forget;
pub use grade::grade;
pub use merge::merge;
