//! `:explore`, `:ask`, `:replay` and `:play`: what could have happened in the code below them, or in the last cell; or in an
//! exercise. The program `weft` itself explores, in a process of its own; the code is not run.

use std::ffi::OsStr;
use std::io::Write as _;
use std::process::Command;

use messages::{Language as Tongue, text};
use serde_json::Value;

use super::program::{self, Shown};
use super::{Definition, failure};
use crate::evaluate::Session;
use crate::language::{CellOutcome, StreamName};
use crate::worker::PROGRAM;

pub(super) const EXPLORE: Definition = Definition {
    name: ":explore",
    arguments: "[EXERCISE --scenario N] [--budget SECONDS] [--list N]",
    summary: "command-explore",
    run: explore,
};

pub(super) const ASK: Definition = Definition {
    name: ":ask",
    arguments: "\"LINE | LINE | ...\"",
    summary: "command-ask",
    run: ask,
};

pub(super) const REPLAY: Definition = Definition {
    name: ":replay",
    arguments: "SCHEDULE",
    summary: "command-replay",
    run: replay,
};

pub(super) const PLAY: Definition = Definition {
    name: ":play",
    arguments: "[THREAD ... | back]",
    summary: "command-play",
    run: choose,
};

/// Takes the last step of `:play` back.
const BACK: &str = "back";

/// The code that is explored.
#[derive(Debug, Default)]
pub(crate) struct Explored {
    /// Of this cell, or of the last one that had any, on its lines.
    code: String,
    /// This cell was explored, so it is not run.
    instead_of_running: bool,
    /// What was chosen with `:play`, step by step.
    chosen: Vec<String>,
}

impl Explored {
    /// A cell begins.
    pub(crate) fn begin(&mut self, code: &str) {
        self.instead_of_running = false;
        if !code.trim().is_empty() && code != self.code {
            code.clone_into(&mut self.code);
            self.chosen.clear();
        }
    }

    /// The cell's code has been explored and is not to be run.
    pub(crate) fn instead_of_running(&self) -> bool {
        self.instead_of_running
    }
}

fn explore(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let words: Vec<&str> = argument.split_whitespace().collect();
    match words.first() {
        // An exercise: what stands below it is code like any other.
        Some(word) if !word.starts_with('-') => play(session, cell, &words),
        _ => play_code(session, cell, &words),
    }
}

fn ask(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let lines = argument.trim().trim_matches('"');
    if lines.is_empty() {
        return Err(usage(session.tongue, "command-ask-usage"));
    }
    play_code(session, cell, &["--ask", lines])
}

fn replay(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    if argument.is_empty() || argument.contains(char::is_whitespace) {
        return Err(usage(session.tongue, "command-replay-usage"));
    }
    play_code(session, cell, &["--replay", argument])
}

/// Who goes next is chosen by the user, one cell after another.
fn choose(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let mut chosen = session.explored.chosen.clone();
    match argument {
        "" => chosen.clear(),
        BACK => drop(chosen.pop()),
        _ if argument.starts_with(|first: char| first.is_ascii_digit()) => {
            chosen.extend(argument.split_whitespace().map(str::to_owned));
        }
        _ => return Err(usage(session.tongue, "command-play-usage")),
    }
    let answer = play_code(session, cell, &["--play", &chosen.join(".")])?;
    session.explored.chosen = chosen;
    Ok(answer)
}

fn usage(tongue: Tongue, id: &str) -> CellOutcome {
    failure("Usage", text(tongue, id))
}

fn cannot(error: std::io::Error) -> CellOutcome {
    failure("ExploreFailed", error.to_string())
}

fn play_code(
    session: &mut Session,
    cell: u32,
    options: &[&str],
) -> Result<Vec<Value>, CellOutcome> {
    if session.explored.code.trim().is_empty() {
        return Err(usage(session.tongue, "command-explore-nothing"));
    }
    session.explored.instead_of_running = true;
    let mut file = tempfile::Builder::new()
        .suffix(".rs")
        .tempfile()
        .map_err(cannot)?;
    file.write_all(session.explored.code.as_bytes())
        .map_err(cannot)?;
    let mut words = vec![file.path().as_os_str(), OsStr::new("--cell")];
    words.extend(options.iter().map(OsStr::new));
    play(session, cell, &words)
}

/// Runs `weft explore` with these words.
fn play(
    session: &mut Session,
    cell: u32,
    words: &[impl AsRef<OsStr>],
) -> Result<Vec<Value>, CellOutcome> {
    let tongue = session.tongue;
    let mut command = Command::new(PROGRAM);
    command
        .arg("explore")
        .args(words)
        .args(["--lang", tongue.code()]);
    let output = std::sync::Arc::clone(&session.output);
    let (status, complaints) = program::play(session, cell, command, Shown::Output, &mut |said| {
        if !said.is_empty() {
            output.stream(cell, StreamName::Stdout, said);
        }
        None
    })
    .map_err(cannot)?;
    let complaint = complaints.trim().to_owned();
    match status.code() {
        // What was found in the program has been said.
        Some(0 | 1) if complaint.is_empty() => Ok(Vec::new()),
        Some(0) => {
            session.output.stream(cell, StreamName::Stderr, &complaints);
            Ok(Vec::new())
        }
        Some(_) => Err(failure("ExploreFailed", complaint)),
        None => Err(failure("Interrupted", text(tongue, "cell-interrupted"))),
    }
}
