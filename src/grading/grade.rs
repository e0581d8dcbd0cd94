//! `weft grade`: a class from notebooks to grades; `weft grade forget`: a student's data, deleted.

use std::io::Write;
use std::iter::repeat;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Arg, Command};
use grader::forget::{ForgetOptions, Forgotten};
use grader::grade::{GradeOptions, Inputs, MAX_JOBS, Outcome, Settings, Shard, foresee};
use grader::report::ReportOptions;
use grader::{Assignment, forget, grade};
use messages::{Language, Spoken};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use recorder::document::Document;
use recorder::timeline::svg;

use super::progress::{self, Meter};
use super::{
    Judging, first_of, harmless, is_path, merge, path, queue, refused, shown, trust, worker,
};
use crate::cli::{Call, Subcommand, Words};
use crate::failure::{Exit, Failure};

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "grade",
    define,
    run,
};

fn define(command: Command, words: Words) -> Command {
    let place = |name, value, help| is_path(words.option(name, value, help));
    command
        .about(words.of("help-grade"))
        .after_help(words.of("help-grade-after"))
        .subcommand_negates_reqs(true)
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .arg(place("assignment", "A", "help-grade-assignment").required(true))
        .arg(place("submissions", "DIR", "help-grade-submissions").required(true))
        .arg(place("out", "OUT", "help-grade-out").required(true))
        .arg(
            words
                .option("jobs", "N", "help-grade-jobs")
                .allow_negative_numbers(true),
        )
        .arg(words.flag("resume", "help-grade-resume"))
        .arg(words.option("only", "STUDENT", "help-grade-only"))
        .arg(words.option("shard", "I/N", "help-grade-shard"))
        .arg(place("hand", "CSV", "help-grade-hand"))
        .arg(queue::option(words))
        .arg(trust(words))
        .subcommand(merge::define(words))
        .subcommand(worker::define(words))
        .subcommand(
            words
                .subcommand("forget")
                .about(words.of("help-forget"))
                .arg(student(words))
                .arg(
                    place("out", "OUT", "help-forget-out")
                        .default_value(".")
                        .hide_default_value(true),
                )
                .arg(place("assignment", "A", "help-forget-assignment"))
                .arg(place("submissions", "DIR", "help-forget-submissions")),
        )
}

fn student(words: Words) -> Arg {
    words
        .positional("student", "STUDENT", "help-forget-student")
        .required(true)
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let of = |matches| Call {
        matches,
        language: call.language,
    };
    match call.matches.subcommand() {
        Some((merge::NAME, matches)) => merge::run(&of(matches)),
        Some((worker::NAME, matches)) => worker::run(&of(matches)),
        Some((_, matches)) => forget_one(&of(matches)),
        None => grade_all(call),
    }
}

fn grade_all(call: &Call<'_>) -> Result<(), Failure> {
    let asked_jobs = jobs(call)?;
    let out = path(call.matches, "out");
    let submissions = path(call.matches, "submissions");
    let assignment = Assignment::load(path(call.matches, "assignment"))
        .map_err(|error| refused::assignment(&error))?;
    // What can be seen to be wrong at once is said before anything is prepared.
    if let Some(absent) = refused::absent(submissions) {
        return Err(absent);
    }
    let shard = shard(call)?;
    let resume = call.matches.get_flag("resume");
    let only = call.matches.get_one::<String>("only").cloned();
    let hand = call.matches.get_one::<PathBuf>("hand").cloned();
    let inputs = Inputs {
        submissions,
        out,
        resume,
        only: only.as_deref(),
        shard,
        hand: hand.as_deref(),
    };
    foresee(&assignment, &inputs).map_err(|error| refused::grade(&error))?;
    let judging = match queue::address(call)? {
        Some(address) => queue::ask_workers(call, &address)?,
        None => Judging::here(call, &assignment.folder, assignment.asks_for_library())?,
    };
    let options = GradeOptions {
        submissions: submissions.to_owned(),
        out: out.to_owned(),
        jobs: asked_jobs.unwrap_or(judging.jobs),
        resume,
        only,
        shard,
        language: call.language,
        toolchain: judging.toolchain,
        sandbox: judging.sandbox,
        timeline: Some(timeline),
        hand,
        stop: Some(stop_when_interrupted()),
    };
    let mut meter = Meter::new(call);
    let graded = grade(&assignment, &*judging.judge, &options, &mut |done| {
        meter.tell(done)
    });
    meter.end();
    let outcome = graded.map_err(|error| refused::grade(&error))?;
    if outcome.stopped {
        return Err(Failure::new(Exit::Failed, "error-grade-stopped").with("path", shown(out)));
    }
    tell(call, out, &outcome)?;
    match outcome.for_a_human.len() {
        0 => Ok(()),
        count => Err(Failure::new(Exit::Failed, "error-grade-internal")
            .with("count", count)
            .with("answers", named(&outcome.for_a_human))
            .with("path", shown(out))),
    }
}

/// As many jobs at once as were asked for.
pub(super) fn jobs(call: &Call<'_>) -> Result<Option<usize>, Failure> {
    let given = call.matches.get_one::<String>("jobs");
    given
        .map(|given| {
            let jobs = given.parse().ok();
            jobs.filter(|jobs| (1..=MAX_JOBS).contains(jobs))
                .ok_or_else(|| refused::jobs_refused(given))
        })
        .transpose()
}

/// The part of the class that was asked for.
fn shard(call: &Call<'_>) -> Result<Option<Shard>, Failure> {
    let given = call.matches.get_one::<String>("shard");
    given
        .map(|given| given.parse().map_err(|error| refused::shard(&error)))
        .transpose()
}

pub(super) fn timeline(document: &Document, language: Language) -> String {
    svg::draw(document, &Spoken(language))
}

/// What was done, and where everything is.
fn tell(call: &Call<'_>, out: &Path, outcome: &Outcome) -> Result<(), Failure> {
    let mut stdout = std::io::stdout();
    let counts = [
        ("count", outcome.submissions.into()),
        ("judged", outcome.judged.into()),
        ("reused", outcome.reused.into()),
    ];
    writeln!(stdout, "{}", call.format("graded", &counts))?;
    tell_files(call, out)?;
    let by_hand = outcome.open.iter();
    let by_hand = by_hand.filter(|answer| !outcome.for_a_human.contains(answer));
    let by_hand = by_hand.count();
    tell_by_hand(call, out, by_hand)?;
    warn_of_unknown(call, out, &outcome.unknown);
    warn_of_passed_over(call, &outcome.passed_over);
    Ok(())
}

/// Where everything is.
pub(super) fn tell_files(call: &Call<'_>, out: &Path) -> Result<(), Failure> {
    let mut stdout = std::io::stdout();
    for (id, file) in [
        ("graded-overview", "overview.html"),
        ("graded-students", "students"),
        ("graded-grades", "grades.csv"),
        ("graded-moodle", "moodle.csv"),
        ("graded-points", "points.csv"),
        ("graded-json", "grades.json"),
    ] {
        let path = out.join(file);
        if path.exists() {
            let path = [("path", shown(&path).into())];
            writeln!(stdout, "  {}", call.format(id, &path))?;
        }
    }
    Ok(())
}

/// How many answers wait for a teacher, and where they are listed.
pub(super) fn tell_by_hand(call: &Call<'_>, out: &Path, count: usize) -> Result<(), Failure> {
    let mut stdout = std::io::stdout();
    if count > 0 {
        let told = [
            ("count", count.into()),
            ("open", shown(&out.join("hand-open.csv")).into()),
            ("hand", shown(&out.join("hand.csv")).into()),
        ];
        writeln!(stdout, "{}", call.format("graded-by-hand", &told))?;
    }
    Ok(())
}

/// Points for somebody of whom there is no submission: a name that is written in another way, mostly.
pub(super) fn warn_of_unknown(call: &Call<'_>, out: &Path, students: &[String]) {
    if !students.is_empty() {
        let hand = call.matches.get_one::<PathBuf>("hand");
        let hand = hand.cloned().unwrap_or_else(|| out.join("hand.csv"));
        let told = [
            ("count", students.len().into()),
            ("path", shown(&hand).into()),
            ("students", first_of(students, |name| harmless(name)).into()),
        ];
        progress::say(&call.format("graded-hand-unknown", &told));
    }
}

/// What lay among the submissions and is none: perhaps somebody has handed it in.
pub(super) fn warn_of_passed_over(call: &Call<'_>, paths: &[String]) {
    if !paths.is_empty() {
        let told = [
            ("count", paths.len().into()),
            ("files", first_of(paths, |path| harmless(path)).into()),
        ];
        progress::say(&call.format("graded-passed-over", &told));
    }
}

fn named(answers: &[(String, String)]) -> String {
    first_of(answers, |(student, task)| {
        format!("{} ({task})", harmless(student))
    })
}

/// Ctrl-C stops after what is being judged; a second one ends the program at once, and even then nothing is lost.
pub(super) fn stop_when_interrupted() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    extern "C" fn stop(_: libc::c_int) {
        STOP.store(true, Ordering::Relaxed);
    }
    let action = SigAction::new(
        SigHandler::Handler(stop),
        SaFlags::SA_RESETHAND | SaFlags::SA_RESTART,
        SigSet::empty(),
    );
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        // SAFETY: the handler does nothing but store to an atomic.
        // Where it cannot be set, an interrupt ends the program as ever.
        let _ = unsafe { sigaction(signal, &action) };
    }
    &STOP
}

fn forget_one(call: &Call<'_>) -> Result<(), Failure> {
    let out = path(call.matches, "out");
    let given = |name: &str| call.matches.get_one::<PathBuf>(name).cloned();
    let settings = Settings::read(out).map_err(|error| {
        Failure::usage("error-forget-no-grading")
            .with("path", shown(out))
            .because(&error)
    })?;
    let folder = given("assignment").unwrap_or_else(|| settings.assignment.clone());
    let assignment = Assignment::load(&folder).map_err(|error| refused::assignment(&error))?;
    let id = call
        .matches
        .get_one::<String>("student")
        .cloned()
        .unwrap_or_default();
    let submissions = given("submissions");
    let forgotten = forget(
        &assignment,
        &ForgetOptions {
            id: id.clone(),
            report: ReportOptions {
                out: out.to_owned(),
                // The reports stay as they were, without her.
                language: settings.language(),
                sandbox: settings.sandbox.clone(),
                passed_over: settings.passed_over.clone(),
                timeline: Some(timeline),
            },
            submissions: submissions.clone(),
        },
    )
    .map_err(|error| refused::forget(&error))?;
    if !forgotten.known && forgotten.still_in.is_empty() && forgotten.left.is_empty() {
        return Err(Failure::usage("error-forget-unknown")
            .with("student", harmless(&id))
            .with("path", shown(out)));
    }
    tell_forgotten(call, &id, &forgotten)?;
    if submissions.is_none() && settings.submissions.exists() {
        let still = [("path", shown(&settings.submissions).into())];
        writeln!(
            std::io::stdout(),
            "{}",
            call.format("forgotten-handed-in", &still)
        )?;
    }
    Ok(())
}

fn tell_forgotten(call: &Call<'_>, id: &str, forgotten: &Forgotten) -> Result<(), Failure> {
    let mut stdout = std::io::stdout();
    if forgotten.known {
        let student = [("student", harmless(id).into())];
        writeln!(stdout, "{}", call.format("forgotten", &student))?;
    }
    for path in &forgotten.deleted {
        let path = [("path", shown(path).into())];
        writeln!(stdout, "  {}", call.format("forgotten-file", &path))?;
    }
    let still = forgotten.still_in.iter().zip(repeat("forgotten-still-in"));
    let left = forgotten.left.iter().zip(repeat("forgotten-left"));
    for (path, id) in still.chain(left) {
        let path = [("path", shown(path).into())];
        writeln!(stdout, "{}", call.format(id, &path))?;
    }
    Ok(())
}
