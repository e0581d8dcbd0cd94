//! For authors and translators: `weft notebooks`, `weft i18n`.
//!
//! Here are command lines, words and exit codes; what a notebook is made of and how far a language is, the crate
//! `notebooks` knows. All of it works on a checkout of Weft's source.

mod i18n;
mod notebooks;

use std::path::{Path, PathBuf};

use ::notebooks::Error;
use ::notebooks::checkout::Checkout;
use clap::{Arg, ArgMatches};

pub use self::i18n::SUBCOMMAND as I18N;
pub use self::notebooks::SUBCOMMAND as NOTEBOOKS;
use crate::cli::Words;
use crate::failure::{Exit, Failure};

/// The option that names the checkout.
fn root(words: Words) -> Arg {
    words
        .option("root", "DIR", "help-authors-root")
        .value_parser(clap::value_parser!(PathBuf))
}

/// The checkout that is asked for: the current folder, or the one named.
fn checkout(matches: &ArgMatches) -> Result<Checkout, Failure> {
    let root = matches
        .get_one::<PathBuf>("root")
        .map_or(Path::new("."), PathBuf::as_path);
    Checkout::at(root).map_err(refused)
}

/// What the crate `notebooks` refuses, as the reader is told.
fn refused(error: Error) -> Failure {
    match error {
        Error::NoCheckout { root, expected } => {
            // "." alone says little to somebody who is in the wrong folder.
            let root = std::path::absolute(&root).unwrap_or(root);
            Failure::usage("error-no-checkout")
                .with("path", shown(&root))
                .with("expected", shown(&expected))
        }
        Error::LanguageCode(code) => Failure::usage("error-language-code").with("code", code),
        Error::English => Failure::usage("error-language-english"),
        Error::LanguageExists { code, path } => Failure::usage("error-language-begun")
            .with("code", code)
            .with("path", shown(&path)),
        Error::NoLanguage { code, path } => Failure::usage("error-language-not-begun")
            .with("code", code)
            .with("path", shown(&path)),
        Error::NoChapter(name) => Failure::usage("error-no-chapter").with("name", name),
        Error::File { path, source } => Failure::file(&path, &source),
        other => {
            Failure::new(Exit::Failed, "error-notebook-source").with("reason", other.to_string())
        }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
