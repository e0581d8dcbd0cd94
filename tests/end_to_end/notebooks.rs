//! Committed notebooks run to their end.

use crate::support::{Scratch, UnitReport, long, repository};
use messages::Language;
use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

/// Chapters that are run in every language. The code is the same in all of them, which a test of
/// `notebooks` proves; the others are run in English, and all of them by `tests/run --long`.
const EVERYWHERE: [&str; 6] = ["01", "02", "08", "13", "19", "25"];

#[test]
fn notebooks_run_without_an_error_the_english_ones_all() {
    let mut chosen = Vec::new();
    for lang in Language::ALL.map(Language::code) {
        let committed = fs::read_dir(repository().join("notebooks").join(lang))
            .unwrap_or_else(|why| panic!("notebooks/{lang}: {why}"));
        let mut files: Vec<_> = committed.flatten().map(|file| file.path()).collect();
        files.retain(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let here = lang == "en" || long() || EVERYWHERE.iter().any(|one| name.starts_with(one));
            here && name.ends_with(".ipynb")
        });
        files.sort();
        let least = if lang == "en" { 29 } else { EVERYWHERE.len() };
        assert!(files.len() >= least, "{lang}: {files:?}");
        chosen.extend(files.iter().map(|path| path.display().to_string()));
    }
    let mut scratch = Scratch::with_kernel("notebooks");
    scratch.set("WEFT_TIME_SCALE", "0.05");
    scratch.set("WEFT_TEST_NOTEBOOKS", chosen.join("\n"));
    let most = Duration::from_secs(60 + 60 * chosen.len() as u64);
    let report = UnitReport::of(&scratch, "notebooks.py", most);
    report.all_passed();
    assert_eq!(report.ran.len(), chosen.len(), "{:?}", report.ran);
}

#[test]
fn the_english_chapters_are_all_there() {
    let found: BTreeSet<String> = fs::read_dir(repository().join("notebooks/en"))
        .expect("notebooks/en")
        .flatten()
        .filter_map(|file| file.file_name().to_str()?.get(..2).map(str::to_owned))
        .collect();
    for chapter in [
        "02", "03", "05", "06", "07", "08", "17", "18", "19", "21", "24", "25",
    ] {
        assert!(found.contains(chapter), "chapter {chapter} among {found:?}");
    }
}
