//! The process that explores: it loads programs compiled against the facade, explores them, and writes what it found to
//! its stdout. See [`explorer::job`] for what it is asked and what it answers.
//!
//! Where there are several processors it asks others like it for help with what is not small: see `helpers`.
//!
//! It is built for the compiler the programs are compiled with, and linked to the same facade, so that there is one
//! engine for both. Nothing here protects the machine from the program: whoever starts this process bounds it.
#![deny(missing_docs)]

mod answer;
mod heap;
mod helpers;
mod interrupt;
mod memory;
mod program;
mod seal;
mod stall;

use explorer::job::{Done, Job, Line};
// The engine in the facade's shared object is the one that is linked, not another copy of it.
use facade as _;
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    interrupt::listen();
    stall::watch();
    let job = match job() {
        Ok(job) => job,
        Err(error) => return refuse(&error.to_string()),
    };
    match serde_json::from_str::<Job>(&job) {
        Ok(job) => {
            tell(&Line::Done(Box::new(answer::answer(&job))));
            // What the programs left behind is nobody's business.
            std::process::exit(0)
        }
        Err(error) => refuse(&error.to_string()),
    }
}

/// The job: in the file that is named, or on stdin. In the grader's boxes there is nothing on stdin.
fn job() -> std::io::Result<String> {
    match std::env::args_os().nth(1) {
        Some(path) => std::fs::read_to_string(path),
        None => std::io::read_to_string(std::io::stdin()),
    }
}

fn refuse(reason: &str) -> ExitCode {
    eprintln!("this program is started by `weft explore`, with a job on its stdin: {reason}");
    ExitCode::from(2)
}

/// Writes a line to whoever asked. If nobody listens any more there is nothing left to do.
fn tell(line: &Line) {
    let Ok(mut text) = serde_json::to_vec(line) else {
        std::process::exit(2)
    };
    text.push(b'\n');
    let mut out = std::io::stdout().lock();
    if out.write_all(&text).and_then(|()| out.flush()).is_err() {
        std::process::exit(2);
    }
}

/// A job that could not be done.
fn not_loaded(reason: String) -> Done {
    Done::NotLoaded { reason }
}
