//! `weft trace -- PROGRAM ARGS...`: the timeline of any dynamically linked program and of what it starts.
//!
//! The program runs as it would without us: its standard streams and its exit code are its own. What was seen is
//! written afterwards, to the files asked for; to standard error, as text, where none was.

pub mod library;
mod program;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Instant;

use clap::{Arg, ArgAction};
use messages::Spoken;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, kill, sigaction};
use nix::unistd::Pid;
use recorder::document::Document;
use recorder::timeline::text;
use recorder::{Journal, trace};

use crate::cli::{Call, Subcommand, Words};
use crate::failure::{Exit, Failure};
use crate::timeline::Form;

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "trace",
    define,
    run,
};

/// Half of them for events and half for lines: 64 MiB, used as they are filled.
const JOURNAL_SLOTS: u32 = 1 << 21;
/// Columns and rows of the text.
const WIDTH_OF_LOGS: usize = 120;
const ROWS: usize = 2000;
/// The program that runs, for signals to pass on to; 0 = none.
static PROGRAM: AtomicI32 = AtomicI32::new(0);

fn define(command: clap::Command, words: Words) -> clap::Command {
    let file = |name, help| {
        words
            .option(name, "FILE", help)
            .value_parser(clap::value_parser!(PathBuf))
    };
    command
        .about(words.of("help-trace"))
        .after_help(words.of("help-trace-after"))
        .arg(file("timeline", "help-trace-timeline"))
        .arg(file("json", "help-trace-json"))
        .arg(
            Arg::new("program")
                .value_name("PROGRAM")
                .help(words.of("help-trace-program"))
                .help_heading(words.of("help-heading-arguments"))
                .required(true)
                .num_args(1..)
                .trailing_var_arg(true)
                .action(ArgAction::Append)
                .value_parser(clap::value_parser!(OsString)),
        )
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let path = |name| call.matches.get_one::<PathBuf>(name);
    let mut words = call
        .matches
        .get_many::<OsString>("program")
        .into_iter()
        .flatten();
    let name = words.next().cloned().unwrap_or_default();
    let program = program::find(&name)?;
    // Before the program runs: what it does cannot be done again.
    let form = path("timeline").map(|path| Form::of(path)).transpose()?;
    let drawing = path("timeline").map(|path| open(path)).transpose()?;
    let json = path("json").map(|path| open(path)).transpose()?;
    let library = library::path()
        .map_err(|reason| Failure::environment("error-trace").with("reason", reason))?;
    let journal = Journal::create(JOURNAL_SLOTS)
        .map_err(|error| Failure::environment("error-trace").with("reason", error.to_string()))?;

    let mut command = Command::new(&program);
    command.arg0(&name).args(words);
    trace::record(&mut command, &library, &journal);
    let begun = Instant::now();
    let (status, pid) = play(&mut command).map_err(|error| {
        Failure::usage("error-trace-start")
            .with("program", name.to_string_lossy().into_owned())
            .with("reason", error.to_string())
    })?;
    journal.process_ended(pid, status.into_raw());
    let name = Path::new(&name).file_name().unwrap_or(&name);
    let milliseconds = begun.elapsed().as_secs_f64() * 1000.0;
    let document = trace::document(&journal, &name.to_string_lossy(), milliseconds);

    if document.lanes.is_empty() {
        // Its own code all the same; but a picture there is none.
        let failure = Failure::environment("error-trace-nothing");
        let _ = writeln!(io::stderr(), "{}", failure.message(call.language));
    }
    if let Some((mut file, path)) = json {
        let content = serde_json::to_vec(&document).map_err(io::Error::from)?;
        file.write_all(&content)
            .map_err(|error| Failure::file(path, &error))?;
    }
    match form.zip(drawing) {
        Some((form, (mut file, path))) => file
            .write_all(&form.drawn(&document, Spoken(call.language)))
            .map_err(|error| Failure::file(path, &error))?,
        None if path("json").is_none() => {
            let stderr = io::stderr();
            let width = if stderr.is_terminal() {
                100
            } else {
                WIDTH_OF_LOGS
            };
            // Whoever closed it does not want to know.
            let _ = stderr
                .lock()
                .write_all(as_text(&document, width).as_bytes());
        }
        None => {}
    }
    match code(status) {
        0 => Ok(()),
        code => Err(Failure::Ended(code)),
    }
}

/// The program's own code, or 128 and the signal that ended it, as shells tell it.
fn code(status: ExitStatus) -> u8 {
    let code = status
        .code()
        .or_else(|| status.signal().map(|signal| 128 + signal));
    code.map_or(Exit::Failed as u8, |code| code as u8)
}

fn as_text(document: &Document, width: usize) -> String {
    let options = text::Options {
        width,
        rows: ROWS,
        ..text::Options::default()
    };
    text::draw(document, &options)
}

fn open(path: &Path) -> Result<(File, &Path), Failure> {
    File::create(path)
        .map(|file| (file, path))
        .map_err(|error| {
            Failure::usage("error-file")
                .with("path", path.display().to_string())
                .because(&error)
        })
}

/// Runs the program to its end. Ctrl-C is for the program: we wait for what it makes of it. What ends us is passed
/// on, so that a picture is left.
fn play(command: &mut Command) -> io::Result<(ExitStatus, i32)> {
    extern "C" fn pass_on(signal: i32) {
        let program = PROGRAM.load(Ordering::Relaxed);
        if program > 0
            && let Ok(signal) = Signal::try_from(signal)
        {
            let _ = kill(Pid::from_raw(program), signal);
        }
    }
    let mut child: Child = command.spawn()?;
    let pid = child.id() as i32;
    PROGRAM.store(pid, Ordering::Relaxed);
    let action = |handler| SigAction::new(handler, SaFlags::SA_RESTART, SigSet::empty());
    for signal in [Signal::SIGINT, Signal::SIGQUIT] {
        // SAFETY: to ignore a signal runs no code.
        let _ = unsafe { sigaction(signal, &action(SigHandler::SigIgn)) };
    }
    for signal in [Signal::SIGTERM, Signal::SIGHUP] {
        // SAFETY: the handler loads an atomic and calls kill(2), which is async-signal-safe.
        let _ = unsafe { sigaction(signal, &action(SigHandler::Handler(pass_on))) };
    }
    let status = child.wait()?;
    PROGRAM.store(0, Ordering::Relaxed);
    Ok((status, pid))
}
