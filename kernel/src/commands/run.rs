//! `:run`: an exercise, played by the program `weft` itself in a process of its own.

use std::io::Read;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use messages::text;
use serde_json::Value;

use super::{Definition, failure};
use crate::evaluate::{Session, compiler};
use crate::language::{CellOutcome, Output, StreamName};
use crate::output::text::Decoder;
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
    let cannot = |error: std::io::Error| failure("RunFailed", error.to_string());
    let note = tempfile::NamedTempFile::new().map_err(cannot)?;
    let mut command = Command::new(PROGRAM);
    command
        .arg("run")
        .args(argument.split_whitespace())
        .args(["--lang", session.tongue.code()])
        .arg("--save")
        .arg(note.path())
        .current_dir(session.folder())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // A group of its own, so that an interrupt ends the exercise's processes with it.
        .process_group(0);
    compiler::restore_environment(&mut command);
    let mut child = command.spawn().map_err(cannot)?;
    session
        .stopper()
        .program
        .store(child.id() as i32, Ordering::SeqCst);
    let stderr = child.stderr.take();
    let complaints = std::thread::spawn(move || {
        stderr.map(|stderr| std::io::read_to_string(stderr).unwrap_or_default())
    });
    if let Some(stdout) = child.stdout.take() {
        forward(stdout, &session.output, cell);
    }
    let status = child.wait();
    session.stopper().program.store(0, Ordering::SeqCst);
    let complaints = complaints.join().ok().flatten().unwrap_or_default();
    let document = std::fs::read_to_string(note.path()).unwrap_or_default();
    session.last_run = serde_json::from_str(&document)
        .ok()
        .or(session.last_run.take());
    let complaint = complaints.trim().to_owned();
    match status.map_err(cannot)?.code() {
        Some(0) => {
            if !complaints.is_empty() {
                session.output.stream(cell, StreamName::Stderr, &complaints);
            }
            Ok(Vec::new())
        }
        Some(WENT_WRONG) => {
            let status = session
                .last_run
                .as_ref()
                .and_then(|run| run["status"].as_str());
            let name = match status {
                Some("ok") => "OrderBroken",
                Some("timed-out") => "TimedOut",
                _ => "RunFailed",
            };
            Err(failure(name, complaint))
        }
        Some(_) => Err(failure("Usage", complaint)),
        None => Err(failure(
            "Interrupted",
            text(session.tongue, "cell-interrupted"),
        )),
    }
}

/// Hands on what the exercise prints, as it prints it.
fn forward(mut stdout: impl Read, output: &Arc<dyn Output>, cell: u32) {
    let mut decoder = Decoder::default();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let mut said = String::new();
        match stdout.read(&mut buffer) {
            Ok(0) => {
                decoder.finish(&mut said);
                if !said.is_empty() {
                    output.stream(cell, StreamName::Stdout, &said);
                }
                return;
            }
            Ok(count) => decoder.decode(&buffer[..count], &mut said),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
        if !said.is_empty() {
            output.stream(cell, StreamName::Stdout, &said);
        }
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
            let parameters = lesson.parameters.iter().map(|parameter| parameter.name);
            let flags = parameters.chain(["scenario", "seed", "shake", "time-scale"]);
            flags.map(|name| format!("--{name}")).collect()
        }
        None => lessons.iter().map(|lesson| lesson.id.to_owned()).collect(),
    }
}
