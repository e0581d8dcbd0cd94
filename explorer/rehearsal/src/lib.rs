//! The exercises once more, on the explorer's model: what their order contracts are worth.
//!
//! The sources are those of `exercises`, line by line; what differs is [`primitive`], the one place where they name
//! threads, locks and clocks. There it stands for the system's, here for the explorer's. A lesson is thus played by
//! virtual threads, in every order that is possible ([`player`]), all that it can print is counted ([`possible`]), and its contract is judged on all that it can print
//! ([`judge`]): a rule that is called guaranteed holds in each of them, or there is one that breaks it.
//!
//! What cannot be played so is named in one place ([`repertoire`]), with the reason, and so is how small each lesson is
//! played. The invariant: nothing is left out silently. An exercise is either played or listed, a rule is either judged
//! or said not to be.
#![deny(missing_docs)]

/// As everywhere in the model: a value for each virtual thread.
macro_rules! thread_local {
    ($($declared:tt)*) => { explorer::model_thread_local! { $($declared)* } };
}

pub mod gil;
pub mod judge;
pub mod lack;
pub mod player;
pub mod possible;
pub mod primitive;
pub mod repertoire;

#[path = "../../../exercises/src/broker.rs"]
pub mod broker;
#[path = "../../../exercises/src/lesson.rs"]
pub mod lesson;
mod lessons;
pub mod process;
#[path = "../../../exercises/src/stage.rs"]
pub mod stage;
#[path = "../../../exercises/src/sync/mod.rs"]
#[allow(
    rustdoc::broken_intra_doc_links,
    reason = "its pages also lead to what is not played"
)]
pub mod sync;
