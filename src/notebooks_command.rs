//! `weft notebooks [--check]`: for authors, write the notebooks from their sources or compare.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Command;
use notebooks::generator::Kind;

use crate::cli::{Call, Subcommand, Words};
use crate::failure::{Exit, Failure};

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "notebooks",
    define,
    run,
};

fn define(command: Command, words: Words) -> Command {
    command
        .about(words.of("help-notebooks"))
        .arg(words.flag("check", "help-notebooks-check"))
        .arg(
            words
                .option("dir", "D", "help-notebooks-dir")
                .default_value("notebooks")
                .hide_default_value(true)
                .value_parser(clap::value_parser!(PathBuf)),
        )
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let root = call
        .matches
        .get_one::<PathBuf>("dir")
        .map_or(Path::new("notebooks"), PathBuf::as_path);
    if !root.join("chapters").is_dir() {
        return Err(Failure::usage("error-no-sources").with("path", root.display().to_string()));
    }
    let check = call.matches.get_flag("check");
    let compared = if check {
        notebooks::check(root)
    } else {
        notebooks::generate(root)
    };
    let differences = compared.map_err(|error| {
        Failure::new(Exit::Failed, "error-notebook-source").with("reason", error.to_string())
    })?;
    let mut out = std::io::stdout();
    for difference in &differences {
        let id = match (check, difference.kind) {
            (true, Kind::Missing) => "notebook-missing",
            (true, Kind::Different) => "notebook-different",
            (true, Kind::Extra) => "notebook-extra",
            (false, Kind::Missing | Kind::Different) => "notebook-written",
            (false, Kind::Extra) => "notebook-removed",
        };
        let path = root.join(&difference.path).display().to_string();
        writeln!(out, "{}", call.format(id, &[("path", path.into())]))?;
    }
    match (check, differences.len()) {
        (_, 0) => Ok(writeln!(out, "{}", call.text("notebooks-up-to-date"))?),
        (false, _) => Ok(()),
        (true, count) => {
            Err(Failure::new(Exit::Failed, "error-notebooks-differ").with("count", count))
        }
    }
}
