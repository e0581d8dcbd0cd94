//! Why something was not graded: from the grader's errors to messages with a cause and a next step.
//!
//! Wrong input is code 2, a machine that lacks something is code 3; where a list of verdicts is the answer, the command
//! says it itself.

use std::io::ErrorKind;
use std::path::Path;

use grader::assignment::{AssignmentError, MAX_SOLUTIONS, MAX_TASKS, ManifestFault, Wanted};
use grader::build::BuildError;
use grader::check::{WrongCheck, WrongTask};
use grader::collect::CollectError;
use grader::forget::ForgetError;
use grader::grade::{
    GRADER, GradeError, HandError, HandFault, MAX_JOBS, MAX_SHARDS, NoShard, Overlap, Settings,
};
use grader::ledger::LedgerError;
use grader::merge::MergeError;
use grader::notebook::NotebookError;
use grader::queue::QueueError;
use grader::report::ReportError;
use grader::sandbox::{Layer, SandboxError};
use grader::submission::{MAX_SUBMISSIONS, RemoveError, SubmissionsError};

use messages::Value;

use super::{cause, first_of, harmless, shown};
use crate::failure::Failure;

fn about(id: &'static str, path: &Path) -> Failure {
    Failure::usage(id).with("path", shown(path))
}

fn because(id: &'static str, path: &Path, error: &dyn std::error::Error) -> Failure {
    about(id, path).with("reason", cause(error))
}

pub fn assignment(error: &AssignmentError) -> Failure {
    match error {
        AssignmentError::File { path, source } if is_missing_manifest(path, source.kind()) => {
            let folder = path.parent().unwrap_or(path);
            if folder.is_dir() {
                about("error-assignment-no-manifest", folder)
            } else if folder.is_file() {
                about("error-assignment-is-file", folder)
            } else {
                about("error-assignment-no-folder", folder)
            }
        }
        AssignmentError::File { path, source } => about("error-file", path).because(source),
        AssignmentError::Manifest { path, line, fault } => manifest(path, *line, fault),
        AssignmentError::TooManySolutions { path } => {
            about("error-assignment-solutions", path).with("max", MAX_SOLUTIONS)
        }
        AssignmentError::Notebook {
            path,
            source: NotebookError::File { source, .. },
        } if source.kind() == ErrorKind::NotFound => about("error-assignment-no-notebook", path),
        AssignmentError::Notebook { path, source } => {
            because("error-assignment-notebook", path, source)
        }
        AssignmentError::NotEmpty(path) => about("error-assignment-not-empty", path),
        AssignmentError::Lesson(reason) => {
            Failure::usage("error-assignment-chapter").with("reason", harmless(reason))
        }
        AssignmentError::Name(name) => {
            Failure::usage("error-assignment-name").with("name", harmless(name))
        }
    }
}

fn manifest(path: &Path, line: Option<usize>, fault: &ManifestFault) -> Failure {
    let of_kind = |kind: &'static str| {
        about("error-assignment-manifest", path)
            .with("line", line.unwrap_or(0))
            .with("kind", kind)
    };
    let is = |kind: &'static str, key: &str, found: &str| {
        of_kind(kind)
            .with("key", harmless(key))
            .with("found", harmless(found))
    };
    match fault {
        ManifestFault::Syntax { found } => of_kind("syntax").with("found", harmless(found)),
        ManifestFault::KeyTwice { key } => of_kind("key-twice").with("key", harmless(key)),
        ManifestFault::Unknown { key, known } => of_kind("unknown")
            .with("key", harmless(key))
            .with("known", known.clone()),
        ManifestFault::Missing { key } => of_kind("missing").with("key", *key),
        ManifestFault::Kind { key, found, wanted } => is(wanted_word(*wanted), key, found),
        ManifestFault::Range {
            key,
            found,
            least,
            most,
        } => is("range", key, found)
            .with("least", least.to_string())
            .with("most", most.to_string()),
        ManifestFault::Positive { key, found } => is("positive", key, found),
        ManifestFault::NotNegative { key, found } => is("not-negative", key, found),
        ManifestFault::Choice { key, found, known } => {
            is("choice", key, found).with("known", known.clone())
        }
        ManifestFault::Name(name) => of_kind("name").with("found", harmless(name)),
        ManifestFault::Tasks => of_kind("tasks").with("max", MAX_TASKS),
        ManifestFault::TaskTwice(task) => of_kind("task-twice").with("task", harmless(task)),
        ManifestFault::NoCell { task, cell } => of_kind("no-cell")
            .with("task", harmless(task))
            .with("cell", harmless(cell)),
        ManifestFault::NoAnswer(task) => of_kind("no-answer").with("task", harmless(task)),
        ManifestFault::Points {
            task,
            here,
            notebook,
        } => of_kind("points")
            .with("task", harmless(task))
            .with("here", Value::Decimal(*here))
            .with("there", Value::Decimal(*notebook)),
        ManifestFault::CellWithoutTask(cell) => of_kind("cell").with("cell", harmless(cell)),
        ManifestFault::Task { task, what } => {
            let (kind, check) = match what {
                WrongTask::NoChecks => ("no-checks", 0),
                WrongTask::Check { place, what } => (wrong_check_word(*what), place + 1),
            };
            of_kind(kind)
                .with("task", harmless(task))
                .with("check", check)
                .with("reason", harmless(&what.to_string()))
        }
        ManifestFault::Other(reason) => of_kind("other").with("reason", harmless_lines(reason)),
    }
}

fn wanted_word(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Text => "text",
        Wanted::Truth => "truth",
        Wanted::Number => "number",
        Wanted::Whole => "whole",
        Wanted::Much => "much",
        Wanted::Texts => "texts",
        Wanted::List => "list",
        Wanted::Table => "table",
        Wanted::Tables => "tables",
        Wanted::Title => "title",
    }
}

fn wrong_check_word(what: WrongCheck) -> &'static str {
    match what {
        WrongCheck::NoCases => "no-cases",
        WrongCheck::OrderUnsafe => "order-unsafe",
        WrongCheck::NoProbe => "no-probe",
        WrongCheck::ExploresAndAsks => "explores-and-asks",
        WrongCheck::ExploresUnsafe => "explores-unsafe",
        WrongCheck::NoMain => "no-main",
        WrongCheck::NothingCounts => "nothing-counts",
        // A manifest with these numbers is refused before, and its reference is there.
        WrongCheck::Repeats
        | WrongCheck::Weight
        | WrongCheck::NoReference
        | WrongCheck::Budget
        | WrongCheck::Memory => "other",
    }
}

fn is_missing_manifest(path: &Path, kind: ErrorKind) -> bool {
    let missing = matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
    missing && path.ends_with("assignment.toml")
}

/// A message of several lines, such as one that shows a place in a file, below the word that announces it.
fn harmless_lines(text: &str) -> String {
    let lines = text.trim().lines().map(harmless);
    lines.collect::<Vec<_>>().join("\n    ")
}

/// Submissions that can be seen to be wrong before anything is prepared.
pub fn absent(submissions: &Path) -> Option<Failure> {
    match submissions.try_exists() {
        Ok(true) => None,
        Ok(false) => Some(about("error-submissions-absent", submissions)),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            Some(about("error-submissions-absent", submissions))
        }
        Err(error) => Some(about("error-submissions-unreadable", submissions).because(&error)),
    }
}

pub fn submissions(error: &SubmissionsError) -> Failure {
    match error {
        SubmissionsError::Unreadable { path, reason } => {
            let opened = || match path.is_dir() {
                true => path.read_dir().map(drop),
                false => std::fs::File::open(path).map(drop),
            };
            absent(path).unwrap_or_else(|| {
                let failure = about("error-submissions-unreadable", path);
                match opened() {
                    Err(error) => failure.because(&error),
                    Ok(()) => failure.refused(None, &harmless(reason)),
                }
            })
        }
        SubmissionsError::NoArchive { path, .. } => about("error-submissions-no-archive", path),
        SubmissionsError::None { path, passed_over } => about("error-submissions-none", path)
            .with("count", passed_over.len())
            .with("files", first_of(passed_over, |path| harmless(path))),
        SubmissionsError::TooMany { path } => {
            about("error-submissions-too-many", path).with("max", MAX_SUBMISSIONS)
        }
    }
}

pub fn ledger(error: &LedgerError) -> Failure {
    match error {
        LedgerError::Sqlite { path, source } => {
            about("error-grade-out", path).refused(error.kind(), &cause(source))
        }
        LedgerError::File { path, source } => about("error-grade-out", path).because(source),
        LedgerError::Busy(path) => about("error-ledger-busy", path),
        LedgerError::Version { path, .. } => about("error-ledger-version", path),
        LedgerError::OtherAssignment {
            path,
            found,
            wanted,
        } => about("error-ledger-other", path)
            .with("found", harmless(found))
            .with("wanted", harmless(wanted)),
        LedgerError::Damaged { path, what } => {
            about("error-ledger-damaged", path).with("reason", harmless(what))
        }
    }
}

pub fn report(error: &ReportError) -> Failure {
    match error {
        ReportError::File { path, source } => about("error-grade-out", path).because(source),
        ReportError::Ledger(error) => ledger(error),
    }
}

pub fn grade(error: &GradeError) -> Failure {
    match error {
        GradeError::Assignment(error) => assignment(error),
        GradeError::Submissions(error) => submissions(error),
        GradeError::Ledger(error) => ledger(error),
        GradeError::Report(error) => report(error),
        GradeError::Hand(error) => hand(error),
        GradeError::Overlap(error) => overlap(error),
        GradeError::Unfinished(path) => about("error-grade-unfinished", path),
        GradeError::NoSuchStudent(id) => {
            Failure::usage("error-grade-no-student").with("student", harmless(id))
        }
        GradeError::OtherPart { student, part } => Failure::usage("error-grade-other-part")
            .with("student", harmless(student))
            .with("part", part.to_string()),
        GradeError::Jobs(jobs) => jobs_refused(&jobs.to_string()),
    }
}

/// Results that would lie among what is graded.
fn overlap(error: &Overlap) -> Failure {
    about("error-grade-overlap", &error.out).with("other", shown(&error.other))
}

/// A number of jobs that makes no sense.
pub fn jobs_refused(given: &str) -> Failure {
    Failure::usage("error-grade-jobs")
        .with("value", harmless(given))
        .with("max", MAX_JOBS)
}

/// A part of a class that is none.
pub fn shard(error: &NoShard) -> Failure {
    Failure::usage("error-grade-shard")
        .with("value", harmless(&error.0))
        .with("max", MAX_SHARDS)
}

/// A folder that holds no grading, or one that cannot be read.
pub fn no_grading(folder: &Path) -> Failure {
    match Settings::read(folder) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            about("error-file", folder).because(&error)
        }
        _ => about("error-merge-no-grading", folder),
    }
}

pub fn merge(error: &MergeError) -> Failure {
    match error {
        MergeError::NoGrading(path) => no_grading(path),
        MergeError::Unfinished(path) => about("error-grade-unfinished", path),
        MergeError::Occupied(path) => about("error-merge-occupied", path),
        MergeError::Missing(parts) => {
            Failure::usage("error-merge-missing").with("parts", parts.join(", "))
        }
        MergeError::OtherSplit { path, found, of } => about("error-merge-split", path)
            .with("found", harmless(found))
            .with("of", *of),
        MergeError::TwoNotebooks {
            student,
            first,
            second,
        } => about("error-merge-two", second)
            .with("student", harmless(student))
            .with("first", shown(first)),
        MergeError::OtherJudge {
            path,
            found,
            wanted,
        } => about("error-merge-compiler", path)
            .with("found", harmless(found))
            .with("wanted", harmless(wanted)),
        MergeError::OtherDemands { path, task } => {
            about("error-merge-demands", path).with("task", harmless(task))
        }
        MergeError::Twice(path) => about("error-merge-twice", path),
        MergeError::Overlap(error) => overlap(error),
        MergeError::Ledger(error) => ledger(error),
        MergeError::Hand(error) => hand(error),
        MergeError::Report(error) => report(error),
    }
}

/// A queue that is none, or cannot be used. Its address is shown without the password, where it is one at all.
pub fn queue(address: &dyn std::fmt::Display, error: &QueueError) -> Failure {
    let there = |id| {
        Failure::environment(id)
            .with("address", harmless(&address.to_string()))
            .with("reason", cause(error))
    };
    match error {
        QueueError::Address => Failure::usage("error-queue-address"),
        QueueError::Mixed { one, other } => Failure::environment("error-queue-mixed")
            .with("one", harmless(one))
            .with("other", harmless(other)),
        QueueError::OtherWeft(theirs) => Failure::environment("error-queue-weft")
            .with("theirs", harmless(theirs))
            .with("ours", GRADER),
        QueueError::Denied(_) => there("error-queue-denied"),
        QueueError::NoDatabase(_) => there("error-queue-database"),
        QueueError::Tables(_) => there("error-queue-tables"),
        QueueError::Tls(_) => there("error-queue-tls"),
        QueueError::Server(_) | QueueError::System(_) => there("error-queue-silent"),
    }
}

fn hand(error: &HandError) -> Failure {
    let (path, line, fault) = match error {
        HandError::File { path, source } => return about("error-file", path).because(source),
        HandError::TooLarge { path, limit_mb } => {
            return about("error-hand-too-large", path).with("limit", *limit_mb);
        }
        HandError::Line { path, line, fault } => (path, *line, fault),
    };
    let of_kind = |kind: &'static str| {
        about("error-hand-line", path)
            .with("line", line)
            .with("kind", kind)
    };
    match fault {
        HandFault::Encoding => of_kind("encoding"),
        HandFault::Column(name) => of_kind("column").with("name", *name),
        HandFault::Fields { found, wanted } => of_kind("fields")
            .with("found", *found)
            .with("wanted", *wanted),
        HandFault::Task(name) => of_kind("task").with("name", harmless(name)),
        HandFault::Points { given, max } => of_kind("points")
            .with("given", harmless(given))
            .with("max", Value::Decimal(*max)),
        HandFault::Twice { task, student } => of_kind("twice")
            .with("name", harmless(task))
            .with("student", harmless(student)),
    }
}

pub fn collect(error: &CollectError) -> Failure {
    match error {
        CollectError::Submissions(error) => submissions(error),
        CollectError::Write(ReportError::File { path, source }) => {
            about("error-file", path).because(source)
        }
        CollectError::Write(error) => report(error),
    }
}

pub fn forget(error: &ForgetError) -> Failure {
    match error {
        ForgetError::Ledger(error) => ledger(error),
        ForgetError::Report(error) => report(error),
        ForgetError::Remove(RemoveError::Submissions(error)) => submissions(error),
        ForgetError::Remove(RemoveError::File { path, source })
        | ForgetError::File { path, source } => about("error-file", path).because(source),
    }
}

pub fn build(error: &BuildError) -> Failure {
    match error {
        BuildError::Sandbox(error) => sandbox(error),
        BuildError::Toolchain(reason) => {
            Failure::environment("error-grade-toolchain").with("reason", harmless_lines(reason))
        }
        BuildError::Start { program, source } => {
            let failure = Failure::environment("error-grade-no-compiler");
            failure.with("program", shown(program)).because(source)
        }
        BuildError::NoLinker => Failure::environment("error-grade-no-linker"),
        BuildError::System(source) if source.raw_os_error().is_some() => {
            let path = shown(&std::env::temp_dir());
            Failure::environment("error-grade-temporary")
                .with("path", path)
                .because(source)
        }
        BuildError::System(_) => {
            Failure::environment("error-grade-toolchain").with("reason", cause(error))
        }
    }
}

/// The library for answers.
pub fn library(reason: &str) -> Failure {
    let folder = kernel::evaluate::cache_folder();
    let folder = folder.unwrap_or_else(|_| kernel::evaluate::CACHE_VARIABLE.into());
    Failure::environment("error-grade-library")
        .with("path", shown(&folder))
        .with("reason", harmless_lines(reason))
}

pub fn sandbox(error: &SandboxError) -> Failure {
    match error {
        SandboxError::Missing { layers, told } => {
            let names: Vec<&str> = layers.iter().map(|layer| layer.name()).collect();
            let names = names.join(", ");
            match told {
                Some(told) if layers.contains(&Layer::Bubblewrap) => {
                    Failure::environment("error-sandbox-forbidden").with("reason", cause_of(told))
                }
                _ if layers.contains(&Layer::Bubblewrap) => {
                    Failure::environment("error-sandbox-bubblewrap")
                }
                _ => Failure::environment("error-sandbox-kernel"),
            }
            .with("layers", names)
        }
        _ => Failure::environment("error-sandbox").with("reason", cause(error)),
    }
}

fn cause_of(told: &str) -> String {
    harmless(told.trim())
}
