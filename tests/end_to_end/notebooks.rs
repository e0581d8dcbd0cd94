//! Committed notebooks run to their end.

use crate::support::{Scratch, UnitReport, long, repository};
use messages::Language;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// Chapters that are run in every language. The code is the same in all of them, which a test of
/// `notebooks` proves; the others are run in English, and all of them by `tests/run --long`.
const EVERYWHERE: [&str; 6] = ["01", "02", "08", "13", "19", "25"];

// Two tests, so that both run at a time.
#[test]
fn english_notebooks_run_without_an_error() {
    let english = committed("en");
    assert!(english.len() >= 29, "{english:?}");
    run_without_an_error("notebooks-english", &english);
}

#[test]
fn notebooks_of_other_languages_run_without_an_error() {
    let mut chosen = Vec::new();
    for language in Language::ALL.map(Language::code) {
        if language == "en" {
            continue;
        }
        let mut files = committed(language);
        let is_chosen = |name: &str| EVERYWHERE.iter().any(|one| name.starts_with(one));
        files.retain(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            long() || is_chosen(&name)
        });
        assert!(files.len() >= EVERYWHERE.len(), "{language}: {files:?}");
        chosen.extend(files);
    }
    run_without_an_error("notebooks-others", &chosen);
}

/// The notebooks of a language, in order.
fn committed(language: &str) -> Vec<PathBuf> {
    let folder = repository().join("notebooks").join(language);
    let files = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut files: Vec<_> = files.flatten().map(|file| file.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "ipynb"));
    files.sort();
    files
}

fn run_without_an_error(name: &str, notebooks: &[PathBuf]) {
    let listed: Vec<String> = notebooks
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let mut scratch = Scratch::with_kernel(name);
    scratch.set("WEFT_TIME_SCALE", "0.05");
    scratch.set("WEFT_TEST_NOTEBOOKS", listed.join("\n"));
    let most = Duration::from_secs(60 + 60 * notebooks.len() as u64);
    let report = UnitReport::of(&scratch, "notebooks.py", most);
    report.all_passed();
    assert_eq!(report.ran.len(), notebooks.len(), "{:?}", report.ran);
}

#[test]
fn the_english_chapters_are_all_there() {
    let found: BTreeSet<String> = fs::read_dir(repository().join("notebooks/en"))
        .expect("notebooks/en")
        .flatten()
        .filter_map(|file| file.file_name().to_str()?.get(..2).map(str::to_owned))
        .collect();
    for chapter in (1..=28).map(|number| format!("{number:02}")) {
        assert!(
            found.contains(&chapter),
            "chapter {chapter} among {found:?}"
        );
    }
}
