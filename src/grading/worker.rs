//! `weft grade worker`: judges what others put into a queue.

use std::io::Write;
use std::path::Path;

use clap::Command;
use grader::grade::GRADER;
use grader::queue::{Announcement, Desk, Told, work};

use super::grade::{jobs, stop_when_interrupted};
use super::{Judging, harmless, progress, queue, refused, trust};
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
    let asked_jobs = jobs(call)?;
    // What can be seen to be wrong at once is said before anything is prepared.
    Desk::open(&address).map_err(|error| refused::queue(&address, &error))?;
    // Any task may come, also one whose answers use the library.
    let judging = Judging::here(call, Path::new("."), true)?;
    let jobs = asked_jobs.unwrap_or(judging.jobs);
    let announcement = Announcement {
        grader: GRADER.to_owned(),
        toolchain: judging.toolchain,
        sandbox: judging.sandbox,
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
    let judged = work(&address, judging.judge, &announcement, stop, tell)
        .map_err(|error| refused::queue(&address, &error))?;
    let count = [("count", judged.into())];
    writeln!(std::io::stdout(), "{}", call.format("worker-done", &count))?;
    Ok(())
}
