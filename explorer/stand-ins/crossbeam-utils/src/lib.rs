//! What stands in for `crossbeam_utils` when a student's program is compiled to be explored.
//!
//! By name: what is missing here is refused with its line.
#![deny(missing_docs)]

pub use facade::weft_beside::crossbeam::{sync, thread};
