//! `weft kernel -f FILE`: what Jupyter starts.

use std::path::PathBuf;

use clap::{Arg, Command};
use kernel::ServeError;

use crate::cli::{Call, Subcommand, Words};
use crate::failure::{Exit, Failure};

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "kernel",
    define,
    run,
};

fn define(command: Command, words: Words) -> Command {
    command
        .about(words.of("help-kernel"))
        .arg(connection_file(words))
}

fn connection_file(words: Words) -> Arg {
    words
        .option("file", "FILE", "help-kernel-file")
        .short('f')
        .required(true)
        .value_parser(clap::value_parser!(PathBuf))
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let Some(file) = call.matches.get_one::<PathBuf>("file") else {
        return Err(Failure::usage("error-missing-argument").with("argument", "-f FILE"));
    };
    // Without it, programs that cells start are known only by their birth and their end.
    let library = crate::trace::library::path().ok();
    kernel::run(file, library.as_deref()).map_err(|error| {
        let exit = match error {
            ServeError::Connection(_) => Exit::Usage,
            ServeError::Bind(_) | ServeError::System(_) => Exit::Failed,
        };
        Failure::new(exit, "error-kernel")
            .with("path", file.display().to_string())
            .with("reason", error.to_string())
    })
}
