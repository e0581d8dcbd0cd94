//! `!command`: a line for the shell.

use std::process::Command;

use messages::{format, text};
use serde_json::Value;

use super::program::{self, Shown};
use super::{Definition, failure};
use crate::evaluate::{Session, endings};
use crate::language::CellOutcome;

/// The mark a line for the shell begins with, in its first column.
pub(super) const MARK: &str = "!";

pub(super) const DEFINITION: Definition = Definition {
    name: MARK,
    arguments: "COMMAND",
    summary: "command-shell",
    run,
};

/// Exit status of a shell that does not find the program.
const NOT_FOUND: i32 = 127;

/// What follows the mark, if the line is for the shell. `!(a && b)`, `!!a`, `!=` are Rust, and so
/// is a line that is indented.
pub(super) fn line(line: &str) -> Option<&str> {
    let command = line.strip_prefix(MARK)?.trim();
    let is_rust = command.is_empty() || command.starts_with(['(', '!', '=', '[', '{']);
    (!is_rust).then_some(command)
}

/// Runs a line in the shell; its two streams come as one, in their order, as in a terminal.
fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(argument);
    let mut show = program::show_under(session, cell);
    let (status, _) = program::play(session, cell, command, Shown::Both, &mut show)
        .map_err(|error| failure("ShellFailed", error.to_string()))?;
    let tongue = session.tongue;
    if session.was_interrupted(cell) {
        return Err(failure("Interrupted", text(tongue, "cell-interrupted")));
    }
    if status.success() {
        return Ok(Vec::new());
    }
    let arguments = [
        ("command", argument.into()),
        (
            "status",
            i64::from(status.code().unwrap_or_default()).into(),
        ),
    ];
    let cause = endings::cause_of(status);
    let sentence = match status.code() {
        Some(NOT_FOUND) if is_one_name(argument) => format(tongue, "shell-not-found", &arguments),
        Some(_) => format(tongue, "shell-failed", &arguments),
        None => {
            let arguments = [
                ("command", argument.into()),
                ("cause", cause.clone().into()),
            ];
            format(tongue, "shell-killed", &arguments)
        }
    };
    Err(failure(&cause, sentence))
}

/// Whether this could have been meant as the negation of a Rust value.
fn is_one_name(argument: &str) -> bool {
    syn::parse_str::<syn::ExprPath>(argument).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negation_that_cannot_be_a_program_is_rust() {
        for rust in ["!(a && b)", "!", "!!a", "!=", " !ls", "! (x)", "x"] {
            assert_eq!(line(rust), None, "{rust}");
        }
        assert_eq!(line("!ls -l | wc"), Some("ls -l | wc"));
        assert_eq!(line("! ls"), Some("ls"));
    }
}
