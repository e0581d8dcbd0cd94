//! The process and its end. Other programs cannot be modelled.
pub use explorer::model::process::{ExitCode, Termination, abort, exit, id};

#[doc(hidden)]
pub use explorer::model::process::{
    run_main, run_main_with_destructors, run_main_with_processes, run_main_with_signals,
};
