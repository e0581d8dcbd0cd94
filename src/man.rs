//! `weft man DIR`: the manual pages, one for the program and one for each command.

use std::io::Write;
use std::path::PathBuf;

use clap::{Command, value_parser};

use crate::cli::{self, Call, Subcommand, Words};
use crate::failure::Failure;

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "man",
    define,
    run,
};

fn define(command: Command, words: Words) -> Command {
    command.about(words.of("help-man")).arg(
        words
            .positional("dir", "DIR", "help-man-dir")
            .value_parser(value_parser!(PathBuf)),
    )
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let command = cli::command(call.language);
    let Some(folder) = call.matches.get_one::<PathBuf>("dir") else {
        // Into memory first, as for completions.
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        return Ok(std::io::stdout().write_all(&page)?);
    };
    let failed = |error| Failure::file(folder, &error);
    std::fs::create_dir_all(folder).map_err(|error| Failure::folder(folder, &error))?;
    clap_mangen::generate_to(command, folder).map_err(failed)?;
    let place = [("path", folder.display().to_string().into())];
    writeln!(std::io::stdout(), "{}", call.format("man-written", &place))?;
    Ok(())
}
