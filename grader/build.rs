//! Tells two graders apart that may judge the same answer in two ways, although they have the same version.
use carried::fingerprint;
use std::path::Path;

/// Everything a verdict comes from: the grader, what is compiled into answers, what reads orders, what explores; and
/// which versions of other crates they are made with.
const JUDGES: [&str; 9] = [
    "Cargo.lock",
    "carried/src",
    "explorer/facade/src",
    "explorer/runner/src",
    "explorer/src",
    "explorer/student/src",
    "grader/src",
    "grader/task/src",
    "recorder/src",
];

/// What only tells of verdicts.
const TELLS: [&str; 3] = [
    "grader/src/report",
    "recorder/src/explanation",
    "recorder/src/timeline",
];

fn main() {
    // Not an absolute path, as in the explorer's build script: several clones may share a target folder.
    let judging = fingerprint(Path::new(".."), &JUDGES, &TELLS);
    println!("cargo::rustc-env=WEFT_JUDGING={judging}");
}
