//! `weft explore`: what could have happened.

mod contract;
mod document;
mod judged;
mod picture;
mod progress;
mod report;
mod request;
mod spurious;
mod steps;

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use explorer::job::{Done, Job, Question, Spurious};
use explorer::{Beyond, Turn};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use student::{Compiled, Error, NotModelled, Source, Watch, Workshop};

use crate::cli::{Call, Subcommand};
use crate::failure::{self, Exit, Failure};
use progress::Progress;
use request::Request;

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "explore",
    define: request::define,
    run,
};

/// Clears the line a terminal's cursor stands in.
const CLEAR_LINE: &str = "\x1b[2K";

fn run(call: &Call<'_>) -> Result<(), Failure> {
    listen();
    let request = Request::read(call.matches)?;
    let answer = match contract::asked(&request) {
        Some(lesson) => contract::explore(call, &request, lesson),
        None => match contract::misplaced(call.matches) {
            Some(failure) => return Err(failure),
            None => explore(call, &request),
        },
    };
    match answer {
        Ok(()) => Ok(()),
        Err(Outcome::Found) => Err(Failure::Ended(Exit::Failed as u8)),
        Err(Outcome::Undecided) => Err(Failure::Ended(Exit::Undecided as u8)),
        Err(Outcome::Failed(failure)) => Err(failure),
        Err(Outcome::Stopped(error)) => {
            if request.json
                && let Some(document) = document::stopped(&error)
            {
                document::print(&document)?;
            }
            Err(told(error))
        }
    }
}

/// Why there is nothing more to say.
enum Outcome {
    /// Everything was said, and something is wrong with the program.
    Found,
    /// Everything was said, and it is no answer.
    Undecided,
    /// The program could not be explored.
    Stopped(Error),
    /// We could not go on.
    Failed(Failure),
}

impl From<Error> for Outcome {
    fn from(error: Error) -> Self {
        Self::Stopped(error)
    }
}

impl From<std::io::Error> for Outcome {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(error.into())
    }
}

fn explore(call: &Call<'_>, request: &Request) -> Result<(), Outcome> {
    // A file that is not there is told before anything is compiled for it.
    let sources = request.files.iter().map(|file| request.source(file));
    let sources = sources.collect::<Result<Vec<Source>, Error>>()?;
    let interrupted = || INTERRUPTED.load(Ordering::Relaxed);
    let workshop = preparing(call, "explore-preparing", |progress| {
        Workshop::open_unless(progress, &interrupted)
    })?;
    let mut compiled: Vec<Compiled> = Vec::new();
    let mut remarks: Vec<NotModelled> = Vec::new();
    for source in sources {
        preparing(call, "explore-preparing-crates", |progress| {
            workshop.prepare_for(&source, progress, &interrupted)
        })?;
        let program = workshop.compile_unless(&source, &interrupted)?;
        remarks.extend_from_slice(program.remarks());
        compiled.push(program);
    }
    let job = Job {
        libraries: Vec::new(),
        budget: request.budget,
        memory_bytes: request.memory_bytes,
        classes: request.classes,
        question: request.question.clone(),
        list: request.list,
        ask: request.ask.clone(),
        workers: student::cores(),
        disturb: request.ask.is_none(),
        seal: Vec::new(),
    };
    let mut progress = Progress::new(call, request.progress.as_deref());
    let mut watch = Watch {
        progress: &mut |classes, elapsed| progress.tell(classes, elapsed),
        interrupted: &interrupted,
    };
    let programs: Vec<&Compiled> = compiled.iter().collect();
    let done = workshop.explore(&programs, job, &mut watch);
    progress.end();
    let shown = document::Shown {
        call,
        remarks: &remarks,
    };
    let done = done.map_err(|error| match (request.no_turn(), error) {
        (Some(failure), Error::Misfit { .. }) => Outcome::Failed(failure),
        (_, error) => error.into(),
    });
    let failed = match done? {
        Done::Explored {
            explored,
            comparison: None,
        } => {
            if request.json {
                document::print(&shown.explored(&explored))?;
            } else {
                report::explored(&shown, &explored, request.list > 0)?;
            }
            !explored.failures.is_empty()
                || explored.spurious.as_ref().is_some_and(Spurious::is_harmful)
        }
        Done::Explored {
            explored,
            comparison: Some(compared),
        } => {
            let both = [&*explored, &compared.explored];
            let pair = document::Pair::new(both, compared.comparison.as_ref());
            if request.json {
                document::print(&shown.compared(&pair))?;
            } else {
                report::compared(&shown, &pair)?;
            }
            match pair.relation {
                Some(relation) => {
                    relation != explorer::Relation::Equal
                        || pair.spurious.is_some_and(Spurious::is_harmful)
                }
                None if compared.comparison.is_some() || pair.cut_short.is_some() => {
                    return Err(Outcome::Undecided);
                }
                None => {
                    return Err(Outcome::Failed(Failure::new(
                        Exit::Undecided,
                        "error-explore-too-many-outputs",
                    )));
                }
            }
        }
        Done::Replayed {
            happenings,
            failures,
            turns,
        } => {
            if request.json {
                document::print(&shown.replayed(&happenings, &failures, &turns))?;
            } else {
                request.steps(&shown, &happenings, &failures, &turns)?;
            }
            request
                .draw(call, &happenings, &turns)
                .map_err(Outcome::Failed)?;
            let goes_on =
                matches!(request.question, Question::Play(_)) && turns.iter().any(Turn::can_go);
            !failures.is_empty() && !goes_on
        }
        // `student` has made errors of these.
        Done::Misfit { reason } | Done::NotLoaded { reason } => {
            return Err(Error::NotLoaded { reason }.into());
        }
        Done::NotModelled { what, line } => {
            let what = what.id().to_owned();
            let what = vec![NotModelled { what, line }];
            return Err(Error::NotModelled { what }.into());
        }
        Done::Stuck { after } => return Err(Error::Stuck { after }.into()),
    };
    if failed { Err(Outcome::Found) } else { Ok(()) }
}

/// What has to be there before a program can be explored; where it has to be made first, tells what that is, and each
/// crate that is compiled for it.
fn preparing<T>(
    call: &Call<'_>,
    what: &str,
    prepare: impl FnOnce(&mut dyn FnMut(&str)) -> Result<T, Error>,
) -> Result<T, Error> {
    let watched = std::io::stderr().is_terminal();
    let mut begun = false;
    let prepared = prepare(&mut |name| {
        if watched {
            let said = call.text(what);
            eprint!("\r{CLEAR_LINE}{said} {name}");
        } else if !begun && call.matches.get_flag("cell") && !call.matches.get_flag("json") {
            // In a notebook this is where it is seen while it lasts.
            let _ = writeln!(std::io::stdout(), "{}", call.text(what));
        } else if !begun {
            eprintln!("{}", call.text(what));
        }
        begun = true;
    });
    if watched && begun {
        eprint!("\r{CLEAR_LINE}");
    }
    prepared
}

/// What the reader is told about a program that could not be explored.
fn told(error: Error) -> Failure {
    let stopped = |id| Failure::new(Exit::Undecided, id);
    match error {
        Error::NoCacheFolder => Failure::environment("error-no-home"),
        Error::NoToolchain { .. } | Error::Compiler { .. } => {
            Failure::environment("error-explore-no-compiler")
                .with("reason", failure::reason(&error))
        }
        Error::Carried(cause) => Failure::environment("error-explore-not-prepared")
            .with("reason", failure::reason(&cause)),
        Error::File { path, source } => match no_program(&source) {
            Some(message) => Failure::usage(message),
            None => Failure::usage("error-file").because(&source),
        }
        .with("path", path.display().to_string()),
        Error::DoesNotCompile { said } => Failure::usage("error-explore-does-not-compile")
            .with("said", said.trim_end().to_owned()),
        Error::CompilesForEver { limit } => {
            Failure::usage("error-explore-compiles-for-ever").with("seconds", limit.as_secs())
        }
        Error::NotModelled { what } => {
            if let Some(one) = beyond(&what) {
                return Failure::usage("error-explore-beyond")
                    .with("what", one.what.clone())
                    .with("line", u64::from(one.line));
            }
            let lines: Vec<String> = what.iter().map(|one| one.line.to_string()).collect();
            let names: Vec<String> = what.into_iter().map(|one| one.what).collect();
            Failure::usage("error-explore-not-modelled")
                .with("what", names.join(", "))
                .with("lines", lines.join(", "))
        }
        Error::Misfit { reason } => Failure::usage("error-explore-misfit").with("reason", reason),
        Error::Stuck { after } => stopped("error-explore-stuck").with("seconds", after.as_secs()),
        Error::Interrupted => stopped("error-explore-interrupted"),
        Error::Overdue { .. } => stopped("error-explore-overdue"),
        Error::OutOfMemory { bytes } => {
            stopped("error-explore-memory").with("megabytes", bytes >> 20)
        }
        Error::Crashed { signal, said } => stopped("error-explore-crashed")
            .with("signal", signal.to_string())
            .with("said", said.trim().to_owned()),
        Error::Ended { said } => {
            stopped("error-explore-ended").with("said", said.trim().to_owned())
        }
        Error::NotLoaded { reason } => stopped("error-explore-not-loaded").with("reason", reason),
    }
}

/// What the program came to when it was explored, which has words of its own.
fn beyond(what: &[NotModelled]) -> Option<&NotModelled> {
    let [one] = what else { return None };
    let is_one = |beyond: &Beyond| beyond.id() == one.what;
    Beyond::ALL.iter().any(is_one).then_some(one)
}

/// Why a file that is there cannot be a program.
fn no_program(error: &std::io::Error) -> Option<&'static str> {
    match error.kind() {
        std::io::ErrorKind::InvalidData => Some("error-explore-no-text"),
        std::io::ErrorKind::InvalidInput => Some("error-explore-no-file"),
        std::io::ErrorKind::FileTooLarge => Some("error-explore-file-too-large"),
        _ => None,
    }
}

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

extern "C" fn interrupt(_signal: libc::c_int) {
    INTERRUPTED.store(true, Ordering::Relaxed);
}

/// Ctrl-C ends the exploration; what was found so far is told. A second one ends the program at once.
fn listen() {
    let action = SigAction::new(
        SigHandler::Handler(interrupt),
        SaFlags::SA_RESETHAND | SaFlags::SA_RESTART,
        SigSet::empty(),
    );
    // SAFETY: the handler does nothing but store to an atomic.
    let _ = unsafe { sigaction(Signal::SIGINT, &action) };
}
