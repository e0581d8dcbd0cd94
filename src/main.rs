//! `weft`: a Rust kernel for Jupyter and a workbook of threads and processes.
//!
//! One file a subcommand; `cli` holds the table of them, from which parsing, help and completions
//! come. `main` does two things: it lets a process that was started to run students' code, as the first process of a box
//! or to play one exercise for a web page become that, and it turns how a command ended into an exit code and a message.
#![deny(missing_docs)]

mod authors;
mod child;
mod cli;
mod completions;
mod direction;
mod doctor;
mod explore;
mod failure;
mod grading;
mod install;
mod jupyter;
mod kernel_command;
mod kernelspec;
mod lab;
mod list;
mod man;
mod parameters;
mod run;
mod serve;
mod timeline;
mod trace;
mod values;

use std::process::ExitCode;

fn main() -> ExitCode {
    // A worker never returns from here, and must not have done anything else before.
    kernel::worker::dispatch();
    if let Some(ended) = grading::first_of_a_box() {
        return ended;
    }
    showcase::player::dispatch();
    let (language, outcome) = cli::run(std::env::args_os().collect());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(language),
    }
}
