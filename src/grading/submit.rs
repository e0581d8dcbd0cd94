//! `weft submit`: a student's notebook in a zip file that can be graded.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Command;
use grader::build::BuildError;
use grader::check::BoxJudge;
use grader::report::mark;
use grader::sandbox::Policy;
use grader::submission::{
    Compile, PackError, Problem, SubmitOptions, asks_for_library, foresee, submit,
};

use super::{harmless, is_path, judge, path, progress, refused, shown};
use crate::cli::{Call, Subcommand, Words};
use crate::failure::{Exit, Failure};

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "submit",
    define,
    run,
};

fn define(command: Command, words: Words) -> Command {
    command
        .about(words.of("help-submit"))
        .arg(
            is_path(words.positional("notebook", "NOTEBOOK", "help-submit-notebook"))
                .required(true),
        )
        .arg(is_path(words.option("out", "ZIP", "help-submit-out")))
        .arg(words.option("assignment", "NAME", "help-submit-assignment"))
        .arg(words.flag("incomplete", "help-submit-incomplete"))
        .arg(words.flag("no-compile", "help-submit-no-compile"))
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let notebook = path(call.matches, "notebook");
    if !notebook.exists() {
        return Err(Failure::usage("error-submit-absent").with("path", shown(notebook)));
    }
    let mut options = SubmitOptions {
        notebook: notebook.to_owned(),
        out: call.matches.get_one::<PathBuf>("out").cloned(),
        assignment: call.matches.get_one::<String>("assignment").cloned(),
        compile: None,
        incomplete: call.matches.get_flag("incomplete"),
    };
    foresee(&options).map_err(|error| not_packed(call, error))?;
    let judge = if call.matches.get_flag("no-compile") {
        None
    } else {
        progress::say(&call.text("submit-compiling"));
        // Her own code on her own machine, and nothing of it is run: as many layers as there are will do.
        let folder = notebook.parent().filter(|folder| folder.is_dir());
        Some(self::judge(
            call,
            Policy::TrustStudents,
            folder.unwrap_or(Path::new(".")),
            asks_for_library(notebook),
        )?)
    };
    let compile = judge.as_ref().map(|judge| {
        |prelude: &str, answer: &str, library: bool| {
            BoxJudge::compiles(judge, prelude, answer, library)
        }
    });
    options.compile = compile.as_ref().map(|compile| compile as &Compile<'_>);
    let packed = submit(&options).map_err(|error| not_packed(call, error))?;
    let open: Vec<&str> = packed
        .tasks
        .iter()
        .filter(|(_, answer)| answer.problem().is_some())
        .map(|(task, _)| task.as_str())
        .collect();
    let mut out = std::io::stdout();
    let told = [
        ("path", shown(&packed.path).into()),
        ("assignment", harmless(&packed.assignment).into()),
        ("count", (packed.tasks.len() - open.len()).into()),
        ("total", packed.tasks.len().into()),
    ];
    writeln!(out, "{}", call.format("submit-packed", &told))?;
    if !open.is_empty() {
        let open = [("tasks", harmless(&open.join(", ")).into())];
        writeln!(out, "{}", call.format("submit-open", &open))?;
    }
    Ok(())
}

fn not_packed(call: &Call<'_>, error: PackError) -> Failure {
    match error {
        PackError::Unreadable { path, problem } => Failure::usage("error-submit-unreadable")
            .with("path", shown(&path))
            .with("reason", mark::problem_said(&problem, call.language)),
        PackError::NoAssignment(path) => {
            Failure::usage("error-submit-no-assignment").with("path", shown(&path))
        }
        PackError::WrongAssignment { found, wanted } => {
            Failure::usage("error-submit-other-assignment")
                .with("found", harmless(&found))
                .with("wanted", harmless(&wanted))
        }
        PackError::Task { task, problem } => {
            let id = if problem == Problem::Untouched {
                "error-submit-untouched"
            } else {
                "error-submit-task"
            };
            Failure::new(Exit::Failed, id)
                .with("task", harmless(&task))
                .with("reason", mark::problem_said(&problem, call.language))
        }
        PackError::Compile { task, why } => {
            let (said, details) = mark::told(&why, call.language);
            let lines: Vec<String> = std::iter::once(said)
                .chain(details.iter().map(|detail| harmless(&detail.text)))
                .collect();
            Failure::new(Exit::Failed, "error-submit-compile")
                .with("task", harmless(&task))
                .with("reason", lines.join("\n    "))
        }
        PackError::Compiler(error @ (BuildError::Start { .. } | BuildError::NoLinker)) => {
            refused::build(&error)
        }
        PackError::Compiler(error) => {
            Failure::environment("error-submit-compiler").with("reason", super::cause(&error))
        }
        PackError::OverNotebook(path) => {
            Failure::usage("error-submit-over").with("path", shown(&path))
        }
        PackError::Write { path, source } => Failure::usage("error-submit-out")
            .with("path", shown(&path))
            .because(&source),
    }
}
