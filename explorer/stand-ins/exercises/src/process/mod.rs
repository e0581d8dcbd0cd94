//! Processes, as `exercises::process` has them, on the explorer's model: the process itself is the library's own source.
#![allow(
    missing_docs,
    reason = "the names and their meaning are those of `exercises::process`, where they are explained"
)]

#[path = "../../../../../exercises/src/process/process_type.rs"]
mod process_type;

pub use crate::primitive::process::{
    ExitStatus, Signal, current_name, getpid as id, getppid as parent_id, is_child,
};
pub use process_type::{IntoExitCode, Process, ProcessError};
