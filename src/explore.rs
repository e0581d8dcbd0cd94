//! `weft explore`: what could have happened.

mod contract;
mod document;
mod judged;
mod picture;
mod report;
mod steps;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::{ArgGroup, ArgMatches, Command, value_parser};
use explorer::job::{Done, Job, Question};
use explorer::{Happening, Turn};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use student::{Compiled, Edition, Error, NotModelled, Source, Watch, Workshop};

use crate::cli::{Call, Subcommand, Words};
use crate::failure::{self, Exit, Failure};
use crate::parameters;
use crate::timeline;
use crate::values;

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "explore",
    define,
    run,
};

/// The time an exploration may take where nothing is said.
const BUDGET_SECONDS: u64 = 10;
/// The longest one that may be asked for.
const BUDGET_LIMIT: u64 = 24 * 60 * 60;
/// The exploration ends when it has filled so much memory.
const MEMORY_BYTES: u64 = 1 << 30;
/// As many outputs as anybody looks at.
const LIST_LIMIT: u64 = 100_000;
/// More than can be gone through in the longest time.
const CLASSES_LIMIT: u64 = 1_000_000_000_000;
/// Clears the line a terminal's cursor stands in.
const CLEAR_LINE: &str = "\x1b[2K";

fn define(command: Command, words: Words) -> Command {
    command
        .about(words.of("help-explore"))
        .after_help(words.of("help-explore-after"))
        .arg(
            words
                .positional("file", "FILE.rs", "help-explore-file")
                .value_parser(value_parser!(PathBuf))
                .required_unless_present("equal"),
        )
        .arg(words.option("scenario", "N", "help-explore-scenario"))
        .args(parameters::flags(words))
        .arg(words.flag("json", "help-json"))
        .arg(values::whole::<u64>(
            words.option("budget", "SECONDS", "help-explore-budget"),
            1..=BUDGET_LIMIT,
        ))
        .arg(words.option("replay", "SCHEDULE", "help-explore-replay"))
        .arg(
            words
                .option(timeline::OPTION, "FILE", "help-explore-timeline")
                .value_parser(value_parser!(PathBuf))
                .requires("steps"),
        )
        .arg(
            words
                .option("play", "STEPS", "help-explore-play")
                .num_args(0..=1)
                .default_missing_value("")
                .conflicts_with_all(["replay", "ask", "list", "equal"]),
        )
        .arg(words.option("ask", "LINES", "help-explore-ask"))
        .arg(values::whole::<u64>(
            words.option("list", "N", "help-explore-list"),
            1..=LIST_LIMIT,
        ))
        .arg(values::whole::<u64>(
            words.option("classes", "N", "help-explore-classes"),
            1..=CLASSES_LIMIT,
        ))
        .arg(
            words
                .option("equal", "A.rs B.rs", "help-explore-equal")
                .num_args(2)
                .value_names(["A.rs", "B.rs"])
                .value_parser(value_parser!(PathBuf))
                .conflicts_with_all(["file", "replay", "ask", "list"]),
        )
        .arg(
            words
                .option("edition", "YEAR", "help-explore-edition")
                .value_parser(Edition::ALL.map(Edition::name))
                .default_value(Edition::default().name())
                .hide_default_value(true),
        )
        .arg(
            // For the kernel: the file holds a cell, which may be statements without a `main`.
            words.flag("cell", "help-explore-cell").hide(true),
        )
        .arg(
            // The same: what `--play` shows is written there, in words and in parts.
            words
                .option("save", "FILE", "help-run-save")
                .value_parser(value_parser!(PathBuf))
                .requires("steps")
                .requires("cell")
                .hide(true),
        )
        .group(ArgGroup::new("steps").args(["replay", "play"]))
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    listen();
    let request = Request::read(call.matches)?;
    let answer = match contract::asked(&request) {
        Some(lesson) => contract::explore(call, &request, lesson),
        None => match contract::misplaced(&request, call.matches) {
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

/// What was asked for.
struct Request {
    files: Vec<PathBuf>,
    edition: Edition,
    cell: bool,
    json: bool,
    budget: Duration,
    question: Question,
    list: usize,
    /// For exercises: no more classes than this.
    classes: Option<u64>,
    ask: Option<Vec<String>>,
    save: Option<PathBuf>,
    /// Where a schedule is drawn.
    picture: Option<timeline::Place>,
}

impl Request {
    fn read(matches: &ArgMatches) -> Result<Self, Failure> {
        let files: Vec<PathBuf> = match matches.get_many::<PathBuf>("equal") {
            Some(files) => files.cloned().collect(),
            None => matches
                .get_one::<PathBuf>("file")
                .cloned()
                .into_iter()
                .collect(),
        };
        let text = |name: &str| matches.get_one::<String>(name);
        let number = |name: &str| matches.get_one::<u64>(name).copied();
        Ok(Self {
            files,
            edition: text("edition")
                .and_then(|year| year.parse().ok())
                .unwrap_or_default(),
            cell: matches.get_flag("cell"),
            json: matches.get_flag("json"),
            budget: Duration::from_secs(number("budget").unwrap_or(BUDGET_SECONDS)),
            question: match (text("replay"), text("play")) {
                (Some(schedule), _) => Question::Replay(schedule.clone()),
                (None, Some(chosen)) => Question::Play(chosen.clone()),
                (None, None) => Question::Explore,
            },
            list: number("list").map_or(0, |count| usize::try_from(count).unwrap_or(usize::MAX)),
            classes: number("classes"),
            ask: text("ask").map(|lines| asked(lines)),
            save: matches.get_one::<PathBuf>("save").cloned(),
            picture: timeline::Place::asked(matches)?,
        })
    }

    /// A schedule, in words.
    fn steps(
        &self,
        shown: &document::Shown<'_>,
        happenings: &[Happening],
        failures: &[explorer::Failure],
        turns: &[Turn],
    ) -> std::io::Result<()> {
        let Question::Play(chosen) = &self.question else {
            let drawn = self.picture.is_some() || self.save.is_some();
            steps::replayed(shown, happenings, failures, drawn)?;
            return match &self.save {
                Some(place) => {
                    let document = picture::document(shown.call, happenings, turns);
                    std::fs::write(place, serde_json::to_vec(&document)?)
                }
                None => Ok(()),
            };
        };
        let step = |name: &str| match (self.cell, chosen.as_str()) {
            (true, _) => format!(":play {name}"),
            (false, "") => format!("--play {name}"),
            (false, before) => format!("--play {before}.{name}"),
        };
        let Some(place) = &self.save else {
            return steps::played(shown, happenings, failures, turns, &step);
        };
        let game = steps::game(shown, happenings, failures, turns, &step)?;
        std::fs::write(place, serde_json::to_vec(&game)?)
    }

    /// A schedule, as a picture, where one was asked for.
    fn draw(
        &self,
        call: &Call<'_>,
        happenings: &[Happening],
        turns: &[Turn],
    ) -> Result<(), Failure> {
        match &self.picture {
            Some(place) => {
                let document = picture::document(call, happenings, turns);
                place.draw(&mut std::io::stdout().lock(), call, &document)
            }
            None => Ok(()),
        }
    }

    /// What is wrong with the last step the user chose.
    fn no_turn(&self) -> Option<Failure> {
        let Question::Play(chosen) = &self.question else {
            return None;
        };
        let step = chosen.rsplit('.').next().unwrap_or_default();
        Some(Failure::usage("error-explore-turn").with("step", step.to_owned()))
    }

    fn source(&self, path: &Path) -> Result<Source, Error> {
        let source = Source::read(path, self.edition)?;
        Ok(if self.cell {
            Source::cell(&source.text, self.edition)
        } else {
            source
        })
    }
}

/// "a|b" is two lines. Spaces around the bar belong to nobody.
fn asked(lines: &str) -> Vec<String> {
    if lines.trim().is_empty() {
        return Vec::new();
    }
    lines
        .split('|')
        .map(|line| line.trim().to_owned())
        .collect()
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
        memory_bytes: MEMORY_BYTES,
        question: request.question.clone(),
        list: request.list,
        ask: request.ask.clone(),
        workers: student::cores(),
        seal: Vec::new(),
    };
    let watched = std::io::stderr().is_terminal();
    let mut watch = Watch {
        progress: &mut |classes, elapsed| {
            if watched {
                let args = [
                    ("classes", classes.into()),
                    ("seconds", elapsed.as_secs().into()),
                ];
                let said = call.format("explore-progress", &args);
                eprint!("\r{CLEAR_LINE}{said}");
            }
        },
        interrupted: &interrupted,
    };
    let programs: Vec<&Compiled> = compiled.iter().collect();
    let done = workshop.explore(&programs, job, &mut watch);
    if watched {
        eprint!("\r{CLEAR_LINE}");
    }
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
        }
        Done::Explored {
            explored,
            comparison: Some(compared),
        } => {
            let both = [&*explored, &compared.explored];
            let pair = document::Pair::new(both, compared.comparison.as_ref());
            if request.json {
                document::print(&document::compared(&pair))?;
            } else {
                report::compared(&shown, &pair)?;
            }
            match pair.relation {
                Some(relation) => relation != explorer::Relation::Equal,
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
        } else if !begun && call.matches.get_flag("cell") {
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
        Error::File { path, source } if no_program(&source).is_some() => {
            Failure::usage(no_program(&source).unwrap_or_default())
                .with("path", path.display().to_string())
        }
        Error::File { path, source } => Failure::usage("error-file")
            .with("path", path.display().to_string())
            .because(&source),
        Error::DoesNotCompile { said } => Failure::usage("error-explore-does-not-compile")
            .with("said", said.trim_end().to_owned()),
        Error::CompilesForEver { limit } => {
            Failure::usage("error-explore-compiles-for-ever").with("seconds", limit.as_secs())
        }
        Error::NotModelled { what } => {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_lines_between_bars() {
        assert_eq!(
            asked("start A | exit A|main"),
            ["start A", "exit A", "main"]
        );
        assert_eq!(asked(" "), Vec::<String>::new());
    }
}
