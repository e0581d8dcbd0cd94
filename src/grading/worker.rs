//! `weft grade worker`: judges what others put into a queue.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use clap::Command;
use grader::queue::{Announcement, Desk, Told, work};

use super::grade::{a_job_for_each_core, jobs, stop_when_interrupted};
use super::{harmless, judge, policy, progress, proven, queue, refused, trust};
use crate::cli::{Call, Words};
use crate::failure::Failure;

/// The word behind `weft grade`.
pub const NAME: &str = "worker";

pub fn define(words: Words) -> Command {
    words
        .subcommand(NAME)
        .about(words.of("help-worker"))
        .arg(queue::option(words))
        .arg(words.option("jobs", "N", "help-grade-jobs"))
        .arg(trust(words))
}

pub fn run(call: &Call<'_>) -> Result<(), Failure> {
    let address = queue::address_of_worker(call)?;
    let jobs = jobs(call)?.unwrap_or_else(a_job_for_each_core);
    // What can be seen to be wrong at once is said before anything is prepared.
    Desk::open(&address).map_err(|error| refused::queue(&address, &error))?;
    progress::say(&call.text("grade-preparing"));
    // Any task may come, also one whose answers use the library.
    let judge = judge(call, policy(call.matches), Path::new("."), true)?;
    let announcement = Announcement {
        toolchain: judge.toolchain().identity(),
        sandbox: proven(call, &judge)?,
        jobs,
    };
    let known = |reason: &str| {
        [
            ("address", address.to_string().into()),
            ("jobs", jobs.into()),
            ("reason", harmless(reason).into()),
        ]
    };
    let tell = &mut |told: &Told| match told {
        Told::Ready => progress::say(&call.format("worker-ready", &known(""))),
        Told::Lost(reason) => progress::say(&call.format("worker-lost", &known(reason))),
    };
    let stop = stop_when_interrupted();
    let judged = work(&address, Arc::new(judge), &announcement, stop, tell)
        .map_err(|error| refused::queue(&address, &error))?;
    let count = [("count", judged.into())];
    writeln!(std::io::stdout(), "{}", call.format("worker-done", &count))?;
    Ok(())
}
