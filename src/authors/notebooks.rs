//! `weft notebooks [--check]`: write the notebooks from their sources, or compare.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};
use messages::Language;
use notebooks::generator::{self, Difference, Kind, Workbook};

use super::{checkout, refused, root, shown};
use crate::cli::{Call, Subcommand, Words};
use crate::failure::{Exit, Failure};
use crate::grading::chapter_tasks;

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
        .arg(root(words).conflicts_with("dir"))
        .arg(
            words
                .option("dir", "DIR", "help-notebooks-dir")
                .value_parser(clap::value_parser!(PathBuf)),
        )
}

/// Files that are made, by their paths below the folder with `chapters`.
type Made = BTreeMap<PathBuf, String>;

/// The folder with `chapters`: the one named, or that of the checkout.
fn folder(matches: &ArgMatches) -> Result<PathBuf, Failure> {
    let Some(dir) = matches.get_one::<PathBuf>("dir") else {
        return Ok(checkout(matches)?.notebooks());
    };
    if dir.join("chapters").is_dir() {
        return Ok(dir.clone());
    }
    Err(Failure::usage("error-no-sources").with("path", shown(dir)))
}

/// How many notebooks of each language go though there is one in English: something of them is not translated.
fn unpublished(root: &Path, differences: &[Difference]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let extra = differences.iter().filter(|one| one.kind == Kind::Extra);
    for difference in extra {
        let mut parts = difference.path.iter();
        let (Some(language), Some(name), None) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        if root.join(Language::En.code()).join(name).exists() {
            let language = language.to_string_lossy().into_owned();
            *counts.entry(language).or_default() += 1;
        }
    }
    counts
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let root = folder(call.matches)?;
    let check = call.matches.get_flag("check");
    let mut differences = Vec::new();
    let mut bring = |made: &Made, compare: fn(&Path, &Made) -> ::notebooks::Result<_>| {
        let found: Vec<Difference> = compare(&root, made)?;
        if !check {
            generator::write(&root, made, &found)?;
        }
        differences.extend(found);
        Ok(())
    };
    let workbook = Workbook::read(&root).map_err(refused)?;
    let notebooks = workbook.notebooks().map_err(refused)?;
    bring(&notebooks, generator::compare_notebooks).map_err(refused)?;
    let pictures = workbook.pictures(showcase::typical::picture);
    bring(&pictures.map_err(refused)?, generator::compare_pictures).map_err(refused)?;
    // They are made from the notebooks, so these come first.
    bring(&chapter_tasks::made(&root)?, generator::differing).map_err(refused)?;
    differences.sort_by(|one, other| one.path.cmp(&other.path));
    let mut out = std::io::stdout();
    for difference in &differences {
        let id = match (check, difference.kind) {
            (true, Kind::Missing) => "notebook-missing",
            (true, Kind::Different) => "notebook-different",
            (true, Kind::Extra) => "notebook-extra",
            (false, Kind::Missing | Kind::Different) => "notebook-written",
            (false, Kind::Extra) => "notebook-removed",
        };
        let path = shown(&root.join(&difference.path));
        writeln!(out, "{}", call.format(id, &[("path", path.into())]))?;
    }
    for (language, count) in unpublished(&root, &differences) {
        let told = [("lang", language.into()), ("count", count.into())];
        writeln!(out, "{}", call.format("notebooks-unpublished", &told))?;
    }
    match (check, differences.len()) {
        (_, 0) => Ok(writeln!(out, "{}", call.text("notebooks-up-to-date"))?),
        (false, _) => Ok(()),
        (true, count) => {
            Err(Failure::new(Exit::Failed, "error-notebooks-differ").with("count", count))
        }
    }
}
