//! Programs with crates beside std: what they can print, exactly.

mod crossbeam;
mod parking_lot;

use std::time::Duration;

use explorer::{Exploration, FailureKind, Settings, Verdict, explore};

fn proved(program: impl Fn() + Clone + 'static) -> Exploration {
    let found = explore(&program, &Settings::default());
    assert_eq!(found.verdict, Verdict::Proved, "{:?}", found.assumptions);
    found
}

/// Every output and how it ends, in the order of the alphabet.
fn outputs(found: &Exploration) -> Vec<String> {
    let outputs = found.outputs.as_ref().unwrap();
    let mut all: Vec<String> = outputs
        .list(1_000)
        .into_iter()
        .map(|outcome| outcome.text)
        .collect();
    all.sort();
    all
}

fn kinds(found: &Exploration) -> Vec<FailureKind> {
    found.failures.iter().map(|failure| failure.kind).collect()
}

const MILLISECOND: Duration = Duration::from_millis(1);
