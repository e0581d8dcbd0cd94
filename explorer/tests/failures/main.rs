//! The classic mistakes, found with their lines, and shown again by their schedule.
mod ends;
mod mistakes;
mod never_proved;
mod objects;
mod plain_memory;
mod replays;

use explorer::{Exploration, FailureKind, Schedule, Settings, explore, replay};

fn kinds(exploration: &Exploration) -> Vec<FailureKind> {
    let mut kinds: Vec<_> = exploration
        .failures
        .iter()
        .map(|failure| failure.kind)
        .collect();
    kinds.dedup();
    kinds
}

/// Explores, and replays every failure.
fn found(program: impl Fn() + Clone + 'static, settings: &Settings) -> Exploration {
    let exploration = explore(&program, settings);
    for failure in &exploration.failures {
        let schedule: Schedule = failure.schedule.parse().unwrap();
        assert_eq!(schedule.to_string(), failure.schedule);
        let replayed = replay(&program, settings, &schedule).unwrap();
        assert!(
            replayed
                .failures
                .iter()
                .any(|again| again.signature() == failure.signature()),
            "{failure:?} is not shown by its schedule"
        );
    }
    exploration
}

fn texts(found: &Exploration) -> Vec<String> {
    let list = found.outputs.as_ref().unwrap().list(100);
    list.into_iter().map(|outcome| outcome.text).collect()
}
