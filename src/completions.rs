//! `weft completions SHELL`: the completion script of a shell.

use std::io::Write;

use clap::{Arg, Command};
use clap_complete::Shell;

use crate::cli::{self, Call, Subcommand, Words};
use crate::failure::Failure;

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "completions",
    define,
    run,
};

fn define(command: Command, words: Words) -> Command {
    command
        .about(words.of("help-completions"))
        .arg(shell_argument(words))
}

fn shell_argument(words: Words) -> Arg {
    words
        .positional("shell", "SHELL", "help-completions-shell")
        .required(true)
        .value_parser(clap::value_parser!(Shell))
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let Some(shell) = call.matches.get_one::<Shell>("shell") else {
        return Err(Failure::usage("error-missing-argument").with("argument", "SHELL"));
    };
    // Into memory first: the generator panics when its output is closed.
    let mut script = Vec::new();
    clap_complete::generate(
        *shell,
        &mut cli::command(call.language),
        "weft",
        &mut script,
    );
    std::io::stdout().write_all(&script)?;
    Ok(())
}
