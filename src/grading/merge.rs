//! `weft grade merge`: parts of a class, graded on many machines, put together.

use std::io::Write;
use std::path::PathBuf;

use clap::{Command, value_parser};
use grader::grade::{Sandbox, Settings};
use grader::merge::MergeOptions;
use grader::report::ReportOptions;
use grader::{Assignment, merge};

use super::grade::{tell_by_hand, tell_files, timeline, warn_of_passed_over, warn_of_unknown};
use super::{is_path, path, refused};
use crate::cli::{Call, Words};
use crate::failure::Failure;

/// The word behind `weft grade`.
pub const NAME: &str = "merge";

pub fn define(words: Words) -> Command {
    let place = |name, value, help| is_path(words.option(name, value, help));
    words
        .subcommand(NAME)
        .about(words.of("help-merge"))
        .arg(
            words
                .positional("parts", "PART", "help-merge-parts")
                .value_parser(value_parser!(PathBuf))
                .num_args(1..)
                .required(true),
        )
        .arg(place("out", "OUT", "help-grade-out").required(true))
        .arg(place("assignment", "A", "help-merge-assignment"))
        .arg(place("hand", "CSV", "help-grade-hand"))
}

pub fn run(call: &Call<'_>) -> Result<(), Failure> {
    let out = path(call.matches, "out");
    let given = |name: &str| call.matches.get_one::<PathBuf>(name).cloned();
    let parts = call.matches.get_many::<PathBuf>("parts");
    let parts: Vec<PathBuf> = parts.into_iter().flatten().cloned().collect();
    let folder = match (given("assignment"), parts.first()) {
        (Some(folder), _) => folder,
        (None, first) => {
            let first = first.cloned().unwrap_or_default();
            let settings = Settings::read(&first).map_err(|_| refused::no_grading(&first))?;
            settings.assignment
        }
    };
    let assignment = Assignment::load(&folder).map_err(|error| refused::assignment(&error))?;
    let merged = merge(
        &assignment,
        &MergeOptions {
            parts,
            hand: given("hand"),
            report: ReportOptions {
                out: out.to_owned(),
                language: call.language,
                sandbox: Sandbox::default(),
                passed_over: Vec::new(),
                timeline: Some(timeline),
            },
        },
    )
    .map_err(|error| refused::merge(&error))?;
    let count = [("count", merged.submissions.into())];
    writeln!(std::io::stdout(), "{}", call.format("merged", &count))?;
    tell_files(call, out)?;
    tell_by_hand(call, out, merged.open.len())?;
    warn_of_unknown(call, out, &merged.unknown);
    warn_of_passed_over(call, &merged.passed_over);
    Ok(())
}
