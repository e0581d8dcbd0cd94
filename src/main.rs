//! `weft`: a Rust kernel for Jupyter and a workbook of threads and processes.
//!
//! One file a subcommand; `cli` holds the table of them, from which parsing, help and completions
//! come. `main` does two things: it lets a process that was started to run students' code become
//! that worker, and it turns how a command ended into an exit code and a message.
#![deny(missing_docs)]

mod child;
mod cli;
mod completions;
mod doctor;
mod failure;
mod install;
mod jupyter;
mod kernel_command;
mod kernelspec;
mod lab;
mod lesson_text;
mod list;
mod notebooks_command;
mod parameters;
mod run;

use std::process::ExitCode;

fn main() -> ExitCode {
    // A worker never returns from here, and must not have done anything else before.
    kernel::worker::dispatch();
    let (language, outcome) = cli::run(std::env::args_os().collect());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(language),
    }
}
