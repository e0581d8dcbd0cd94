//! `:run`: an exercise, played by the program `weft` itself in a process of its own.

use std::process::Command;

use messages::{Language as Tongue, text};
use recorder::document::Status;
use serde_json::Value;

use super::program::{self, Listener, Shown, show_under};
use super::{Definition, failure, timeline};
use crate::evaluate::Session;
use crate::language::{CellOutcome, StreamName};
use crate::worker::PROGRAM;

pub(super) const DEFINITION: Definition = Definition {
    name: ":run",
    arguments: "s1e1 [--scenario N] [--n_threads N] ...",
    summary: "command-run",
    run,
};

/// Exit code of `weft run`: it ran, and something went wrong that its document tells.
const WENT_WRONG: i32 = 1;

fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    if argument.is_empty() {
        return Err(failure("Usage", text(session.tongue, "command-run-usage")));
    }
    let words: Vec<&str> = argument.split_whitespace().collect();
    let earlier = session.last_run.take();
    let mut show = show_under(session, cell);
    let played = play(session, cell, session.tongue, &words, &mut show);
    // Also of a run that went wrong: that is where a picture helps most.
    match session.last_run {
        Some(_) => timeline::show_timeline(session, cell),
        None => session.last_run = earlier,
    }
    let complaints = played?;
    if !complaints.is_empty() {
        session.output.stream(cell, StreamName::Stderr, &complaints);
    }
    Ok(Vec::new())
}

/// Plays an exercise for this cell or comm message. Gives what it complained of though it ended well.
pub(crate) fn play(
    session: &mut Session,
    number: u32,
    tongue: Tongue,
    words: &[&str],
    listener: &mut Listener<'_>,
) -> Result<String, CellOutcome> {
    let cannot = |error: std::io::Error| failure("RunFailed", error.to_string());
    let note = tempfile::NamedTempFile::new().map_err(cannot)?;
    let mut command = Command::new(PROGRAM);
    command
        .arg("run")
        .args(words)
        .args(["--lang", tongue.code()])
        .arg("--save")
        .arg(note.path());
    let (status, complaints) =
        program::play(session, number, command, Shown::Output, listener).map_err(cannot)?;
    let document = std::fs::read_to_string(note.path()).unwrap_or_default();
    session.last_run = serde_json::from_str(&document)
        .ok()
        .or(session.last_run.take());
    let complaint = complaints.trim().to_owned();
    match status.code() {
        Some(0) => Ok(complaints),
        Some(WENT_WRONG) => {
            let name = match session.last_run.as_ref().map(|run| run.status) {
                Some(Status::Ok) => "OrderBroken",
                Some(Status::TimedOut) => "TimedOut",
                _ => "RunFailed",
            };
            Err(failure(name, complaint))
        }
        Some(_) => Err(failure("Usage", complaint)),
        None => Err(failure("Interrupted", text(tongue, "cell-interrupted"))),
    }
}

/// What may stand at the end of a `:run` line.
pub(super) fn arguments(line: &str) -> Vec<String> {
    let mut words = line.split_whitespace();
    if words.next() != Some(DEFINITION.name) {
        return Vec::new();
    }
    let lessons = exercises::catalogue::all();
    match words.next().and_then(exercises::catalogue::find) {
        Some(lesson) => {
            let numbers = lesson.parameters.iter().map(|parameter| parameter.name);
            let parameters = numbers.chain(lesson.files.iter().map(|file| file.name));
            let flags = parameters.chain(["scenario", "seed", "shake", "time-scale"]);
            flags.map(|name| format!("--{name}")).collect()
        }
        None => lessons.iter().map(|lesson| lesson.id.to_owned()).collect(),
    }
}
