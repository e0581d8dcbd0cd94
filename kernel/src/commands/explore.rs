//! `:explore`, `:ask` and `:replay`: what could have happened in the code below them, or in the last cell; or in an
//! exercise. The program `weft` itself explores, in a process of its own; the code is not run.

use std::ffi::OsStr;
use std::io::Write as _;
use std::process::Command;

use messages::{Language as Tongue, text};
use serde_json::Value;
use tempfile::NamedTempFile;

use super::program::{self, Listener, Shown};
use super::{Definition, failure, progress, timeline};
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

/// `weft explore` ends so where it came to no answer.
const UNDECIDED: i32 = 4;

/// The code that is explored.
#[derive(Debug, Default)]
pub(crate) struct Explored {
    /// Of this cell, or of the last one that had any, on its lines.
    pub(super) code: String,
    /// This cell was explored, so it is not run.
    pub(super) instead_of_running: bool,
    /// What was chosen with `:play`, step by step.
    pub(super) chosen: Vec<String>,
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

    /// A game goes on with this code after these steps: what `:play` and the like look at from now on.
    pub(crate) fn go_on(&mut self, code: &str, chosen: &[String]) {
        code.clone_into(&mut self.code);
        self.chosen = chosen.to_vec();
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
        _ => {
            let words: Vec<&OsStr> = words.into_iter().map(OsStr::new).collect();
            play_code(session, cell, &words)
        }
    }
}

fn ask(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let lines = argument.trim().trim_matches('"');
    if lines.is_empty() {
        return Err(usage(session.tongue, "command-ask-usage"));
    }
    let options = ["--ask", lines];
    play_code(session, cell, &options.map(OsStr::new))
}

fn replay(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    if argument.is_empty() || argument.contains(char::is_whitespace) {
        return Err(usage(session.tongue, "command-replay-usage"));
    }
    let note = NamedTempFile::new().map_err(cannot)?;
    let options = [OsStr::new("--replay"), OsStr::new(argument)];
    let saved = [OsStr::new("--save"), note.path().as_os_str()];
    let played = play_code(session, cell, &[options, saved].concat());
    // Also where the schedule ends in a failure: that is what it is looked at for.
    let document = std::fs::read(note.path()).unwrap_or_default();
    if let Ok(document) = serde_json::from_slice(&document) {
        session.last_run = Some(document);
        timeline::show_timeline(session, cell);
    }
    played
}

pub(super) fn usage(tongue: Tongue, id: &str) -> CellOutcome {
    failure("Usage", text(tongue, id))
}

pub(super) fn cannot(error: std::io::Error) -> CellOutcome {
    failure("ExploreFailed", error.to_string())
}

fn play_code(
    session: &mut Session,
    cell: u32,
    options: &[&OsStr],
) -> Result<Vec<Value>, CellOutcome> {
    if session.explored.code.trim().is_empty() {
        return Err(usage(session.tongue, "command-explore-nothing"));
    }
    session.explored.instead_of_running = true;
    let file = written(&session.explored.code)?;
    let mut words = vec![file.path().as_os_str(), OsStr::new("--cell")];
    words.extend(options);
    play(session, cell, &words)
}

/// A file with this code.
pub(super) fn written(code: &str) -> Result<NamedTempFile, CellOutcome> {
    let file = tempfile::Builder::new().suffix(".rs").tempfile();
    let mut file = file.map_err(cannot)?;
    file.write_all(code.as_bytes()).map_err(cannot)?;
    Ok(file)
}

/// Runs `weft explore` with these words, for a cell that shows what it says.
fn play(
    session: &mut Session,
    cell: u32,
    words: &[impl AsRef<OsStr>],
) -> Result<Vec<Value>, CellOutcome> {
    let folder = tempfile::tempdir().map_err(cannot)?;
    let far = folder.path().join("far");
    let told = [OsStr::new("--progress"), far.as_os_str()];
    let words: Vec<&OsStr> = words.iter().map(AsRef::as_ref).chain(told).collect();
    let session = &*session;
    let complaints = progress::watched(session, cell, &far, |show| {
        let mut listener = |said: &str| {
            show(said);
            None
        };
        explored(session, cell, session.tongue, &words, &mut listener)
    })?;
    if !complaints.is_empty() {
        session.output.stream(cell, StreamName::Stderr, &complaints);
    }
    Ok(Vec::new())
}

/// Runs `weft explore` with these words, for this cell or comm message. Gives what it complained of though it ended well.
pub(super) fn explored(
    session: &Session,
    number: u32,
    tongue: Tongue,
    words: &[impl AsRef<OsStr>],
    listener: &mut Listener<'_>,
) -> Result<String, CellOutcome> {
    let mut command = Command::new(PROGRAM);
    command
        .arg("explore")
        .args(words)
        .args(["--lang", tongue.code()]);
    let (status, complaints) =
        program::play(session, number, command, Shown::Output, listener).map_err(cannot)?;
    let complaint = complaints.trim();
    match status.code() {
        // What was found in the program has been said.
        Some(0) => Ok(complaints),
        Some(1 | UNDECIDED) if complaint.is_empty() => Ok(String::new()),
        Some(_) => Err(failure("ExploreFailed", complaint.to_owned())),
        None => Err(failure("Interrupted", text(tongue, "cell-interrupted"))),
    }
}
