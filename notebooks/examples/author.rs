//! For authors: `author generate`, `author check`,
//! `author update CHAPTER LANG` (bring a PO file up to its lesson).

use notebooks::{Language, generator};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(words: &[&str]) -> notebooks::Result<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    match words {
        ["generate"] => {
            for change in notebooks::generate(root)? {
                println!("written: {}", change.path.display());
            }
            Ok(true)
        }
        ["check"] => {
            let differences = notebooks::check(root)?;
            for difference in &differences {
                println!("{difference}");
            }
            Ok(differences.is_empty())
        }
        ["update", chapter, language] => {
            let path = generator::update_translation(root, chapter, language.parse::<Language>()?)?;
            println!("written: {}", path.display());
            Ok(true)
        }
        _ => {
            eprintln!("author generate | check | update CHAPTER LANG");
            Ok(false)
        }
    }
}
