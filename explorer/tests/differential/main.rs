//! The engine against a witness that knows no reduction: random small programs, every schedule one by one with
//! prints as scheduling points. The outputs and the failures must be the same.
//!
//! A seed in a message is all that is needed to see a program again: `WEFT_SEED=17 cargo test -p explorer --release
//! --test differential one_seed -- --nocapture`. `WEFT_LONG=1` tries 2,000 programs.
mod program;

use explorer::dependence::{Dependence, Relation};
use explorer::{
    Exploration, FailureKind, Kind, Outcome, Settings, Verdict, enumerate, explore, explore_with,
    sample,
};
use program::Program;
use std::collections::BTreeSet;
use std::time::Duration;

/// Schedules the witness may try before a program counts as too large for it.
const WITNESS: u64 = 3_000;

#[derive(Debug, PartialEq, Eq)]
enum Verdicts {
    Agree,
    TooLarge,
    Differ(String),
}

fn failures(exploration: &Exploration) -> BTreeSet<(FailureKind, Vec<u32>)> {
    exploration
        .failures
        .iter()
        .filter(|failure| matches!(failure.kind, FailureKind::Deadlock | FailureKind::Panic))
        .map(|failure| {
            (
                failure.kind,
                failure.lines.iter().map(|line| line.line).collect(),
            )
        })
        .collect()
}

fn settings(symmetry: bool) -> Settings {
    Settings {
        symmetry,
        polls: u32::MAX,
        time: Duration::from_secs(60),
        ..Settings::default()
    }
}

fn compare(program: &Program, dependence: &Dependence, symmetry: bool) -> Verdicts {
    let settings = settings(symmetry);
    let body = {
        let program = program.clone();
        move || program.run()
    };
    let witness = enumerate(&body, &settings, WITNESS);
    if witness.incomplete {
        return Verdicts::TooLarge;
    }
    let explored = explore_with(&body, &settings, dependence, &mut |_, _| true);
    if let Some(differ) = in_other_ways(&body, &settings, &explored) {
        return Verdicts::Differ(differ);
    }
    if explored.verdict != Verdict::Proved {
        return Verdicts::Differ(format!("{:?}", explored.verdict));
    }
    let outputs = explored.outputs.as_ref().expect("small");
    let found: BTreeSet<_> = outputs.list(100_000).into_iter().collect();
    if outputs.count().to_string() != found.len().to_string() {
        return Verdicts::Differ(format!("counts {} lists {}", outputs.count(), found.len()));
    }
    if found != witness.outcomes {
        let missing: Vec<_> = witness.outcomes.difference(&found).take(3).collect();
        let extra: Vec<_> = found.difference(&witness.outcomes).take(3).collect();
        return Verdicts::Differ(format!(
            "{} outputs instead of {}: missing {missing:?}, extra {extra:?}",
            found.len(),
            witness.outcomes.len()
        ));
    }
    // A thread that panics after main has ended never does so for the witness, and the engine knows no "after":
    // both see it in the schedule where it comes first.
    if failures(&explored) != witness.failures {
        return Verdicts::Differ(format!(
            "failures {:?} instead of {:?}",
            failures(&explored),
            witness.failures
        ));
    }
    Verdicts::Agree
}

/// The other searches: without a bound that anything reaches, bounded preemptions find everything; with one, and at
/// random, nothing else.
fn in_other_ways(
    body: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    explored: &Exploration,
) -> Option<String> {
    let outcomes = |exploration: &Exploration| -> BTreeSet<Outcome> {
        let outputs = exploration.outputs.as_ref().expect("small");
        outputs.list(100_000).into_iter().collect()
    };
    let all = outcomes(explored);
    for (preemptions, everything) in [(1_000, true), (1, false)] {
        let settings = Settings {
            preemptions: Some(preemptions),
            ..settings.clone()
        };
        let found = explore(body, &settings);
        let same = outcomes(&found) == all && failures(&found) == failures(explored);
        if everything && !(same && found.verdict == Verdict::Proved)
            || !outcomes(&found).is_subset(&all)
        {
            return Some(format!("{preemptions} preemptions: {:?}", found.verdict));
        }
    }
    let sampled = sample(body, settings, 50, 7);
    (!outcomes(&sampled).is_subset(&all)).then(|| "a sample finds more".to_owned())
}

fn fuzz(seeds: impl Iterator<Item = u64>) -> (usize, usize, Vec<String>) {
    let (mut agreed, mut too_large, mut differ) = (0, 0, Vec::new());
    for seed in seeds {
        let program = Program::random(seed);
        match compare(&program, &Dependence::default(), seed / 2 % 2 == 0) {
            Verdicts::Agree => agreed += 1,
            Verdicts::TooLarge => too_large += 1,
            Verdicts::Differ(how) => differ.push(format!("seed {seed}: {how}\n{program:#?}")),
        }
    }
    (agreed, too_large, differ)
}

#[test]
fn the_engine_agrees_with_naive_enumeration() {
    let wanted = if std::env::var_os("WEFT_LONG").is_some() {
        2_000
    } else {
        600
    };
    // Other seeds for another night.
    let begin = std::env::var("WEFT_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(0);
    let (mut agreed, mut too_large, mut from) = (0, 0, begin);
    while agreed < wanted {
        let (more, large, differ) = fuzz(from..from + 100);
        assert!(
            differ.is_empty(),
            "{} of 100 programs differ; the first: {}",
            differ.len(),
            differ[0]
        );
        agreed += more;
        too_large += large;
        from += 100;
        assert!(
            from < begin + 20 * wanted as u64,
            "too few programs are small enough for the witness"
        );
    }
    println!("{agreed} programs agree, {too_large} were too large for the witness");
}

/// Programs in which the engine was wrong once.
#[test]
fn programs_that_found_a_fault_once() {
    for seed in [650, 1607, 1970, 2527] {
        for symmetry in [false, true] {
            assert_eq!(
                compare(&Program::random(seed), &Dependence::default(), symmetry),
                Verdicts::Agree,
                "seed {seed}"
            );
        }
    }
}

#[test]
fn one_seed() {
    let seed = std::env::var("WEFT_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(0);
    let program = Program::random(seed);
    println!("{program:#?}");
    for symmetry in [false, true] {
        let verdict = compare(&program, &Dependence::default(), symmetry);
        assert!(
            matches!(verdict, Verdicts::Agree | Verdicts::TooLarge),
            "{verdict:?}"
        );
    }
}

/// Entries of the table, each made wrong: the fuzzer must notice every one.
#[test]
fn a_wrong_entry_of_the_table_is_noticed() {
    let mistakes = [
        (1, Kind::Acquire, Kind::Acquire),
        (1, Kind::TryMiss, Kind::Release),
        (2, Kind::Read, Kind::Write),
        (2, Kind::Write, Kind::Write),
        (3, Kind::Enqueue, Kind::NotifyOne),
        (3, Kind::Enqueue, Kind::NotifyNobody),
        (5, Kind::EnterRun, Kind::EnterDone),
        (5, Kind::PeekNo, Kind::Finish),
        (6, Kind::Send, Kind::Send),
        (6, Kind::TryRecvEmpty, Kind::Send),
        (0, Kind::Load, Kind::Store),
        (0, Kind::Store, Kind::Store),
        (0, Kind::Rmw, Kind::Rmw),
        (0, Kind::Rmw, Kind::Load),
        (7, Kind::Park, Kind::Unpark),
        (8, Kind::End, Kind::FinishedNo),
        (1, Kind::Inspect, Kind::Acquire),
        (9, Kind::PipeWrite, Kind::PipeWrite),
        (9, Kind::PipeRead, Kind::PipeWrite),
    ];
    for (family, one, other) in mistakes {
        let wrong = Dependence::default().with_mistake(one, other, Relation::Commute);
        let noticed = (0..2_000).find(|&seed| {
            matches!(
                compare(&Program::of_family(seed, Some(family)), &wrong, false),
                Verdicts::Differ(_)
            )
        });
        assert!(
            noticed.is_some(),
            "nobody notices that {one:?} and {other:?} are said to commute"
        );
        println!(
            "{one:?} - {other:?}: noticed by seed {}",
            noticed.unwrap_or_default()
        );
    }
}
