//! `weft grade --queue`: a class is judged by workers on other machines.

use std::sync::Arc;
use std::time::Duration;

use clap::Arg;
use grader::grade::MAX_JOBS;
use grader::queue::{Address, Announcement, Desk};

use super::{Judging, TRUST, progress, refused};
use crate::cli::{Call, Words};
use crate::failure::Failure;

/// The option, and the variable of the environment that stands in for it: a command line can be read by everybody on
/// a machine, and the address holds a password.
const OPTION: &str = "queue";
const VARIABLE: &str = "WEFT_QUEUE";
/// For each job a worker does at once, another one is ready for it.
const AHEAD: usize = 2;
/// Between two looks for workers.
const PAUSE: Duration = Duration::from_secs(1);

/// `--queue URL`.
pub fn option(words: Words) -> Arg {
    words.option(OPTION, "URL", "help-grade-queue")
}

/// Where the queue is: as the command line says. There is none for a grading where it says nothing.
pub fn address(call: &Call<'_>) -> Result<Option<Address>, Failure> {
    let given = call.matches.get_one::<String>(OPTION);
    given.map(|given| parsed(given)).transpose()
}

/// Where the queue of a worker is: as the command line or the environment says.
pub fn address_of_worker(call: &Call<'_>) -> Result<Address, Failure> {
    let given = call.matches.get_one::<String>(OPTION).cloned();
    let given = given.or_else(|| std::env::var(VARIABLE).ok());
    parsed(&given.ok_or_else(|| Failure::usage("error-queue-none").with("variable", VARIABLE))?)
}

fn parsed(given: &str) -> Result<Address, Failure> {
    // What is no address may be half a password: it is not shown.
    given.parse().map_err(|error| refused::queue(&"", &error))
}

/// Waits until somebody is there to work.
pub fn ask_workers(call: &Call<'_>, address: &Address) -> Result<Judging, Failure> {
    let refuse = |error| refused::queue(address, &error);
    let desk = Desk::open(address).map_err(refuse)?;
    let mut told = false;
    let all = loop {
        let workers = desk.workers().map_err(refuse)?;
        if let Some(all) = Announcement::of_all(&workers).map_err(refuse)? {
            break all;
        }
        if !told {
            let known = [("address", address.to_string().into())];
            progress::say(&call.format("grade-queue-waiting", &known));
            told = true;
        }
        std::thread::sleep(PAUSE);
    };
    if all.sandbox.trusted && !call.matches.get_flag(TRUST) {
        return Err(Failure::environment("error-queue-trusting"));
    }
    let known = [
        ("jobs", all.jobs.into()),
        (
            "toolchain",
            all.toolchain.lines().next().unwrap_or_default().into(),
        ),
    ];
    progress::say(&call.format("grade-queue-workers", &known));
    Ok(Judging {
        judge: Arc::new(desk.judge(&all)),
        jobs: (all.jobs * AHEAD).min(MAX_JOBS),
        toolchain: all.toolchain,
        sandbox: all.sandbox,
    })
}
