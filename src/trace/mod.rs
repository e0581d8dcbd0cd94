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
use nix::errno::Errno;
use nix::sys::signal::{
    SaFlags, SigAction, SigHandler, SigSet, SigmaskHow, Signal, kill, sigaction,
};
use nix::sys::wait::{Id, WaitPidFlag, waitid};
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

/// What is for the program while it runs: Ctrl-C and Ctrl-\ reach it from the terminal, what ends us is passed on.
const FOR_THE_PROGRAM: [Signal; 4] = [
    Signal::SIGTERM,
    Signal::SIGHUP,
    Signal::SIGINT,
    Signal::SIGQUIT,
];

extern "C" fn pass_on(signal: i32) {
    // What this thread was doing may look at it next.
    let saved = Errno::last_raw();
    let program = PROGRAM.load(Ordering::Relaxed);
    if program > 0
        && let Ok(signal) = Signal::try_from(signal)
    {
        let _ = kill(Pid::from_raw(program), signal);
    }
    Errno::set_raw(saved);
}

/// Signals as they were before a program ran; so again when this is dropped.
struct Former(Vec<(Signal, SigAction)>);

impl Former {
    /// From here on signals are the program's.
    fn pass_on() -> Former {
        let action = |handler| SigAction::new(handler, SaFlags::SA_RESTART, SigSet::empty());
        let mut former = Former(Vec::new());
        for signal in FOR_THE_PROGRAM {
            // SAFETY: the handler loads an atomic and calls kill(2), which is async-signal-safe; the thread's error
            // number is as before when it returns.
            let before = unsafe { sigaction(signal, &action(SigHandler::Handler(pass_on))) };
            former.0.extend(before.ok().map(|before| (signal, before)));
        }
        former
    }

    /// The program gets them from the terminal: a second one could be taken for impatience.
    fn leave_to_the_terminal(&self) {
        for signal in [Signal::SIGINT, Signal::SIGQUIT] {
            let ignored = SigAction::new(SigHandler::SigIgn, SaFlags::empty(), SigSet::empty());
            // SAFETY: to ignore a signal runs no code.
            let _ = unsafe { sigaction(signal, &ignored) };
        }
    }
}

impl Drop for Former {
    fn drop(&mut self) {
        for (signal, before) in &self.0 {
            // SAFETY: it was in force before.
            let _ = unsafe { sigaction(*signal, before) };
        }
    }
}

/// Runs the program to its end. Ctrl-C is for the program: we wait for what it makes of it. What ends us is passed
/// on, so that a picture is left. Once the program has ended, all of them are for us again.
fn play(command: &mut Command) -> io::Result<(ExitStatus, i32)> {
    let mut held = SigSet::empty();
    for signal in FOR_THE_PROGRAM {
        held.add(signal);
    }
    // What comes before there is somebody to pass it on to waits; not so in the program.
    let before = held.thread_swap_mask(SigmaskHow::SIG_BLOCK)?;
    // SAFETY: between fork and exec one system call is made.
    unsafe { command.pre_exec(move || before.thread_set_mask().map_err(io::Error::from)) };
    let spawned = command.spawn().map(|child| {
        PROGRAM.store(child.id() as i32, Ordering::Relaxed);
        (child, Former::pass_on())
    });
    before.thread_set_mask()?;
    let (mut child, former): (Child, Former) = spawned?;
    former.leave_to_the_terminal();
    let pid = child.id() as i32;
    // Not reaped yet: until nothing is passed on any more, its number is nobody else's.
    while let Err(error) = waitid(
        Id::Pid(Pid::from_raw(pid)),
        WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT,
    ) {
        if error != Errno::EINTR {
            return Err(error.into());
        }
    }
    PROGRAM.store(0, Ordering::Relaxed);
    drop(former);
    Ok((child.wait()?, pid))
}
