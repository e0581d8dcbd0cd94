//! Why something was not graded: from the grader's errors to messages with a cause and a next step.
//!
//! Wrong input is code 2, a machine that lacks something is code 3; where a list of verdicts is the answer, the command
//! says it itself.

use std::io::ErrorKind;
use std::path::Path;

use grader::assignment::AssignmentError;
use grader::build::BuildError;
use grader::collect::CollectError;
use grader::forget::ForgetError;
use grader::grade::{
    GRADER, GradeError, HandError, HandFault, MAX_JOBS, MAX_SHARDS, NoShard, Overlap,
};
use grader::ledger::LedgerError;
use grader::merge::MergeError;
use grader::notebook::NotebookError;
use grader::queue::QueueError;
use grader::report::ReportError;
use grader::sandbox::{Layer, SandboxError};
use grader::submission::{MAX_SUBMISSIONS, RemoveError, SubmissionsError};

use messages::Value;

use super::{cause, harmless, shown};
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
            } else {
                about("error-assignment-no-folder", folder)
            }
        }
        AssignmentError::File { path, source } => about("error-file", path).because(source),
        AssignmentError::Manifest { path, reason } => {
            about("error-assignment-manifest", path).with("reason", harmless_lines(reason))
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

fn is_missing_manifest(path: &Path, kind: ErrorKind) -> bool {
    let missing = matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
    missing && path.ends_with("assignment.toml")
}

/// A message of several lines, such as one that shows a place in a file, below the word that announces it.
fn harmless_lines(text: &str) -> String {
    let lines = text.trim().lines().map(harmless);
    lines.collect::<Vec<_>>().join("\n    ")
}

pub fn submissions(error: &SubmissionsError) -> Failure {
    match error {
        SubmissionsError::Unreadable { path, .. } if !path.exists() => {
            about("error-submissions-absent", path)
        }
        SubmissionsError::Unreadable { path, reason } => {
            about("error-submissions-unreadable", path).with("reason", harmless(reason))
        }
        SubmissionsError::None(path) => about("error-submissions-none", path),
        SubmissionsError::TooMany { path } => {
            about("error-submissions-too-many", path).with("max", MAX_SUBMISSIONS)
        }
    }
}

pub fn ledger(error: &LedgerError) -> Failure {
    match error {
        LedgerError::Sqlite { path, source } => because("error-grade-out", path, source),
        LedgerError::File { path, source } => because("error-grade-out", path, source),
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
        ReportError::File { path, source } => because("error-grade-out", path, source),
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
        GradeError::Jobs(jobs) => jobs_refused(&jobs.to_string()),
    }
}

/// Results that would lie among what is graded.
pub fn overlap(error: &Overlap) -> Failure {
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

/// A folder that holds no grading.
pub fn no_grading(folder: &Path) -> Failure {
    about("error-merge-no-grading", folder)
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
