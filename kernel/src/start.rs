//! A whole kernel: the protocol of [`crate::server`] with the language of [`crate::evaluate`].

use std::path::Path;
use std::time::Duration;

use messages::Language as Tongue;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::connection::{ConnectionFile, Transport};
use crate::evaluate::{EvaluateError, Process, Session, language_info};
use crate::language::{StartFailure, Started};
use crate::server::{Listening, ServeError, Setup, serve};
use crate::worker::waiting;

/// How often it is tried to remove the kernel's folder, and how long each time waits for the next.
const REMOVALS: u32 = 100;
const BETWEEN_REMOVALS: Duration = Duration::from_millis(5);

/// Serves the Rust kernel described by a connection file until it is shut down.
///
/// `recorder` is the library that programs which cells start are to load first, so that they are recorded too.
///
/// Must be called while the process has one thread: it changes the environment and the working
/// folder.
///
/// # Errors
/// [`ServeError`] where the sockets cannot be opened. A missing compiler is no error here: the
/// kernel comes up and every cell says what is missing.
pub fn run(connection_file: &Path, recorder: Option<&Path>) -> Result<(), ServeError> {
    let mut connection = ConnectionFile::load(connection_file)?;
    if connection.transport == Transport::Ipc
        && let Ok(absolute) = std::path::absolute(&connection.ip)
    {
        connection.ip = absolute.display().to_string();
    }
    let listening = Listening::open(connection)?;
    // SAFETY: this function is called with one thread, and those of `Listening` are no matter.
    let process = unsafe { Process::prepare(recorder) };
    let version = process
        .as_ref()
        .map_or_else(|_| String::new(), |process| process.facts.release.clone());
    let scratch = process.as_ref().ok().map(|process| process.scratch());
    let served = serve(
        listening,
        Setup::new(language_info(&version)),
        move |output, questions| {
            let (session, stopper) = process
                .and_then(|process| Session::start(process, output, questions))
                .map_err(|error| failure(&error))?;
            Ok(Started {
                language: Box::new(session),
                interrupt: stopper,
            })
        },
    );
    if let Some(scratch) = scratch {
        remove(&scratch);
    }
    served
}

/// Removes the folder of this kernel. The language's thread removes it too, but it may still be busy when the kernel
/// ends, and is left behind then; what it writes meanwhile is the reason for more than one try. The programs it started
/// (cargo, asked by rust-analyzer) would make their folders again after us, so they are ended first.
fn remove(scratch: &Path) {
    for _ in 0..REMOVALS {
        let quiet = !end_children();
        let _ = std::fs::remove_dir_all(scratch);
        if quiet && !scratch.exists() {
            return;
        }
        std::thread::sleep(BETWEEN_REMOVALS);
    }
    if scratch.exists() {
        tracing::warn!("a temporary folder stays: {}", scratch.display());
    }
}

/// Ends the programs of the toolchain that this process started; true where there was one. Where the system does not
/// list them (proc(5)) there is none.
fn end_children() -> bool {
    let mut found = false;
    for child in waiting::children() {
        let stat = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
        // The name stands in parentheses; behind it the state, of which Z has ended already.
        let Some((name, rest)) = stat.rsplit_once(") ") else {
            continue;
        };
        let tools = ["(cargo", "(rustc", "(rustup"];
        if tools.iter().any(|tool| name.ends_with(tool)) && !rest.starts_with('Z') {
            found = true;
            let _ = kill(Pid::from_raw(child), Signal::SIGKILL);
        }
    }
    found
}

fn failure(error: &EvaluateError) -> StartFailure {
    let sentence = messages::format(
        Tongue::from_environment(),
        "kernel-cannot-start",
        &[("reason", error.to_string().into())],
    );
    StartFailure {
        ename: "NotReady".to_owned(),
        traceback: vec![sentence.clone()],
        evalue: sentence,
    }
}
