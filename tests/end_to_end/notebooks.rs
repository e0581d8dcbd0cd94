//! Every committed notebook runs to its end.

use crate::support::{Scratch, UnitReport, repository};
use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

#[test]
fn every_committed_notebook_runs_without_an_error() {
    let mut scratch = Scratch::with_kernel("notebooks");
    scratch.set("WEFT_TIME_SCALE", "0.05");
    scratch.set("WEFT_TEST_NOTEBOOKS", repository().join("notebooks"));
    let report = UnitReport::of(&scratch, "notebooks.py", Duration::from_secs(1800));
    report.all_passed();

    let ran: BTreeSet<&str> = report.ran.iter().map(String::as_str).collect();
    for lang in ["en", "fa", "tr", "ru", "zh-TW"] {
        let committed = fs::read_dir(repository().join("notebooks").join(lang))
            .unwrap_or_else(|why| panic!("notebooks/{lang}: {why}"));
        let mut chapters = 0;
        for name in committed.flatten().map(|file| file.file_name()) {
            let name = name.to_string_lossy().into_owned();
            if name.ends_with(".ipynb") {
                assert!(
                    ran.contains(&*format!("{lang}/{name}")),
                    "{lang}/{name} was not run"
                );
                chapters += 1;
            }
        }
        assert!(chapters > 0, "{lang} has a chapter");
    }
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
