//! For teachers and their students: `weft assignment`, `weft grade`, `weft submit`.
//!
//! Here are command lines, words and exit codes; everything that decides lives in the crate `grader`. This program is
//! also the first process of each box that answers run in ([`first_of_a_box`]).

mod assignment;
pub mod chapter_tasks;
mod grade;
mod merge;
mod progress;
mod queue;
mod refused;
mod submit;
mod worker;

use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Arg, ArgMatches};
use grader::build::{Library, Toolchain};
use grader::check::BoxJudge;
use grader::grade::{MAX_JOBS, Sandbox};
use grader::judge::Judge;
use grader::report::visible;
use grader::sandbox::{self, Helper, Level, Policy};
use kernel::evaluate::EvaluateError;

pub use self::assignment::SUBCOMMAND as ASSIGNMENT;
pub use self::grade::SUBCOMMAND as GRADE;
pub use self::submit::SUBCOMMAND as SUBMIT;
use crate::cli::{Call, Words};
use crate::failure::{self, Failure};

/// The word that makes this program the first process of a box. No command line of a user has it.
const BOX: &str = "first-of-a-box";
/// The option without which nothing runs where a layer of the sandbox is missing.
const TRUST: &str = "i-trust-these-students";

/// Of many names, so many are told in a sentence.
const NAMED: usize = 10;

/// Plays the first process of a box to its end, where this process was started for that.
pub fn first_of_a_box() -> Option<ExitCode> {
    let mut words = std::env::args_os().skip(1);
    if words.next().is_none_or(|word| word != BOX) {
        return None;
    }
    let word = words.next_back().unwrap_or_default();
    Some(match sandbox::first::serve(&word.to_string_lossy()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Read by the grader, which says it in its own words.
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    })
}

/// This program as the first process of a box.
pub fn helper() -> Result<Helper, Failure> {
    let program = std::env::current_exe()
        .map_err(|error| Failure::environment("error-sandbox").with("reason", error.to_string()))?;
    Ok(Helper {
        program,
        arguments: vec![BOX.to_owned()],
    })
}

fn trust(words: Words) -> Arg {
    words.flag(TRUST, "help-trust")
}

fn policy(matches: &ArgMatches) -> Policy {
    if matches.get_flag(TRUST) {
        Policy::TrustStudents
    } else {
        Policy::Strict
    }
}

/// A judge with boxes of this policy and the compiler that is used in this folder; with the library of cells for
/// answers, where a task asks for it.
fn judge(
    call: &Call<'_>,
    policy: Policy,
    folder: &Path,
    asks_for_library: bool,
) -> Result<BoxJudge, Failure> {
    let sandbox = sandbox::Sandbox::new(helper()?, policy).map_err(|e| refused::sandbox(&e))?;
    let mut toolchain = Toolchain::find(folder).map_err(|error| refused::build(&error))?;
    if asks_for_library {
        let library = library(call, &toolchain.sysroot)
            .map_err(|error| refused::library(&error.to_string()))?;
        toolchain = toolchain
            .with_library(&library)
            .map_err(|error| refused::library(&failure::reason(&error)))?;
    }
    Ok(BoxJudge::new(sandbox, toolchain))
}

/// Who judges, and what has to be known about it.
struct Judging {
    judge: Arc<dyn Judge + Send + Sync>,
    toolchain: String,
    sandbox: Sandbox,
    /// How many jobs at once, where nobody says.
    jobs: usize,
}

impl Judging {
    /// Boxes on this machine, proved, with the compiler that is used in this folder; a job for each core.
    fn here(call: &Call<'_>, folder: &Path, asks_for_library: bool) -> Result<Judging, Failure> {
        progress::say(&call.text("grade-preparing"));
        let judge = judge(call, policy(call.matches), folder, asks_for_library)?;
        Ok(Judging {
            toolchain: judge.toolchain().identity(),
            sandbox: proven(call, &judge)?,
            jobs: std::thread::available_parallelism()
                .map_or(1, NonZero::get)
                .min(MAX_JOBS),
            judge: Arc::new(judge),
        })
    }
}

/// The library of cells for this compiler. The grader knows nothing of cells: it is told where crates are.
fn library(call: &Call<'_>, sysroot: &Path) -> Result<Library, EvaluateError> {
    let announce = &mut || progress::say(&call.text("doctor-library-announce"));
    let prepared = kernel::evaluate::prepare_for(sysroot, announce)?;
    Ok(Library {
        folder: prepared.crates,
        crates: vec![("exercises".to_owned(), prepared.exercises)],
        digest: prepared.digest,
    })
}

/// What holds here, found out by trying. Where something gets out of a box, nothing is graded unless the students are
/// trusted; that they are is said before anything runs.
fn proven(call: &Call<'_>, judge: &BoxJudge) -> Result<Sandbox, Failure> {
    let level: Level = judge.sandbox().level().map_err(|e| refused::sandbox(&e))?;
    let holes: Vec<&str> = level.holes().map(|hole| hole.name.as_str()).collect();
    if level.policy == Policy::Strict && !holes.is_empty() {
        return Err(Failure::environment("error-sandbox-holes").with("holes", holes.join(", ")));
    }
    if level.policy == Policy::TrustStudents {
        progress::say(&call.text("grade-trusted"));
    }
    Ok(Sandbox::from(&level))
}

/// A name somebody else chose, harmless to a terminal.
fn harmless(name: &str) -> String {
    visible::line(name).into_owned()
}

/// The first of many, with commas between them.
fn first_of<T>(all: &[T], name: impl Fn(&T) -> String) -> String {
    let names: Vec<String> = all.iter().take(NAMED).map(name).collect();
    let more = if all.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}

/// A path for a sentence.
fn shown(path: &Path) -> String {
    harmless(&path.display().to_string())
}

/// A path the command line must have.
fn path<'a>(matches: &'a ArgMatches, name: &str) -> &'a Path {
    matches
        .get_one::<std::path::PathBuf>(name)
        .map_or(Path::new(""), std::path::PathBuf::as_path)
}

/// An argument that is a path.
fn is_path(argument: Arg) -> Arg {
    argument.value_parser(clap::value_parser!(std::path::PathBuf))
}

/// What an error says, for the line of a message that gives the cause.
fn cause(error: &dyn std::error::Error) -> String {
    harmless(failure::reason(error).trim())
}
