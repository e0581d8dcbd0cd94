//! The engine against a witness that knows no reduction: random small programs, every schedule one by one with
//! prints as scheduling points. The outputs and the failures must be the same.
//!
//! A seed in a message is all that is needed to see a program again: `WEFT_SEED=17 cargo test -p explorer --release
//! --test differential one_seed -- --nocapture`. `WEFT_LONG=1` tries ten times as many.
mod consumers;
mod draw;
mod program;
mod statement;

use explorer::dependence::{Dependence, Relation};
use explorer::search::naive::Naive as Witness;
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
            // They are in the order of their files; the witness knows numbers only.
            let mut lines: Vec<u32> = failure.lines.iter().map(|line| line.line).collect();
            lines.sort_unstable();
            (failure.kind, lines)
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
    let program = program.clone();
    compared(move || program.run(), dependence, symmetry)
}

fn compared(
    body: impl Fn() + Clone + 'static,
    dependence: &Dependence,
    symmetry: bool,
) -> Verdicts {
    compared_within(body, dependence, &settings(symmetry))
}

fn compared_within(
    body: impl Fn() + Clone + 'static,
    dependence: &Dependence,
    settings: &Settings,
) -> Verdicts {
    let witness = enumerate(&body, settings, WITNESS);
    if witness.incomplete {
        return Verdicts::TooLarge;
    }
    let explored = explore_with(&body, settings, dependence, &mut |_, _| true);
    match difference(&explored, &witness).or_else(|| in_other_ways(&body, settings, &explored)) {
        Some(how) => Verdicts::Differ(how),
        None => Verdicts::Agree,
    }
}

/// What the engine says that the witness does not, or the other way round.
fn difference(explored: &Exploration, witness: &Witness) -> Option<String> {
    if explored.verdict != Verdict::Proved {
        return Some(format!("{:?}", explored.verdict));
    }
    let outputs = explored.outputs.as_ref().expect("small");
    let found: BTreeSet<_> = outputs.list(100_000).into_iter().collect();
    if outputs.count().to_string() != found.len().to_string() {
        return Some(format!("counts {} lists {}", outputs.count(), found.len()));
    }
    if found != witness.outcomes {
        let missing: Vec<_> = witness.outcomes.difference(&found).take(3).collect();
        let extra: Vec<_> = found.difference(&witness.outcomes).take(3).collect();
        return Some(format!(
            "{} outputs instead of {}: missing {missing:?}, extra {extra:?}",
            found.len(),
            witness.outcomes.len()
        ));
    }
    // A thread that panics after main has ended never does so for the witness, and the engine knows no "after":
    // both see it in the schedule where it comes first.
    (failures(explored) != witness.failures).then(|| {
        format!(
            "failures {:?} instead of {:?}",
            failures(explored),
            witness.failures
        )
    })
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

/// So many programs, and ten times as many in the long mode.
fn wanted(usually: usize) -> usize {
    let long = std::env::var_os("WEFT_LONG").is_some();
    usually * if long { 10 } else { 1 }
}

/// The first of the seeds: others for another night.
fn first_seed() -> u64 {
    let given = std::env::var("WEFT_SEED").ok();
    given.and_then(|seed| seed.parse().ok()).unwrap_or(0)
}

/// Until so many programs from this seed on agree.
fn the_engine_agrees(begin: u64, wanted: usize) {
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

// Two tests, so that both run at a time.
#[test]
fn the_engine_agrees_with_naive_enumeration() {
    the_engine_agrees(first_seed(), wanted(1_000));
}

#[test]
fn the_engine_agrees_with_naive_enumeration_of_other_programs() {
    the_engine_agrees(first_seed() + 500_000, wanted(1_000));
}

/// Until so many programs, each from the next seed, agree.
fn each_agrees<P: std::fmt::Debug>(
    wanted: usize,
    random: impl Fn(u64) -> P,
    verdict: impl Fn(&P, u64) -> Verdicts,
) {
    let (mut agreed, mut tried) = (0, 0);
    while agreed < wanted {
        let seed = first_seed() + tried;
        let program = random(seed);
        match verdict(&program, seed) {
            Verdicts::Agree => agreed += 1,
            Verdicts::TooLarge => {}
            Verdicts::Differ(how) => panic!("seed {seed}: {how}\n{program:#?}"),
        }
        tried += 1;
        assert!(
            tried < 20 * wanted as u64,
            "too few programs are small enough for the witness"
        );
    }
    println!("{agreed} of {tried} programs agree, the others were too large for the witness");
}

#[test]
fn programs_that_choose_agree_with_naive_enumeration() {
    each_agrees(wanted(300), Program::choosing, |program, seed| {
        compare(program, &Dependence::default(), seed / 2 % 2 == 0)
    });
}

#[test]
fn waits_that_end_without_a_notification_agree_with_naive_enumeration() {
    // The family with conditions; others have few waits.
    let random = |seed| Program::of_family(seed, Some(3));
    each_agrees(wanted(25), random, |program, seed| {
        let calm = settings(seed / 2 % 2 == 0);
        let body = program.clone();
        let body = move || body.run();
        if !explore(&body, &calm).waits {
            return Verdicts::TooLarge;
        }
        let spurious = calm.with_spurious_wakeups();
        compared_within(body, &Dependence::default(), &spurious)
    });
}

fn consumers(seed: u64, dependence: &Dependence) -> Verdicts {
    let program = consumers::Program::random(seed);
    compared(move || program.run(), dependence, false)
}

#[test]
fn channels_with_many_receivers_agree_with_naive_enumeration() {
    each_agrees(wanted(400), consumers::Program::random, |_, seed| {
        consumers(seed, &Dependence::default())
    });
}

/// Entries of the table that matter where there are many receivers, each made wrong: the fuzzer must notice every one,
/// by a program that the right table explores right.
///
/// `Send` and `LeaveEmpty` are not among them, because nobody could: right after a send the channel is not empty, so
/// that a receiver who goes is no `LeaveEmpty`, and one who sleeps wakes because what it touches has changed. Right
/// before a send that succeeds it was not the last receiver who went, and then either order leads to the same state.
/// That they are said to conflict costs a little time.
#[test]
fn a_wrong_entry_about_receivers_is_noticed() {
    let mut unnoticed = vec![
        (Kind::Recv, Kind::Recv),
        (Kind::Recv, Kind::TryRecvHit),
        (Kind::Recv, Kind::RecvEnded),
        (Kind::Recv, Kind::TryRecvEnded),
        (Kind::TryRecvHit, Kind::RecvEnded),
        (Kind::Send, Kind::Count),
        (Kind::Recv, Kind::Count),
        (Kind::SendFailed, Kind::LeaveEmpty),
        (Kind::Send, Kind::DropReceiver),
        (Kind::DropReceiver, Kind::Count),
    ];
    let (settings, right) = (settings(false), Dependence::default());
    for seed in 0..3_000 {
        let program = consumers::Program::random(seed);
        let body = move || program.run();
        let witness = enumerate(&body, &settings, WITNESS);
        let agrees = |dependence: &Dependence| {
            let explored = explore_with(&body, &settings, dependence, &mut |_, _| true);
            difference(&explored, &witness).is_none()
        };
        if witness.incomplete || !agrees(&right) {
            continue;
        }
        unnoticed.retain(|&(one, other)| {
            let wrong = right.clone().with_mistake(one, other, Relation::Commute);
            let agrees = agrees(&wrong);
            if !agrees {
                println!("{one:?} - {other:?}: noticed by seed {seed}");
            }
            agrees
        });
        if unnoticed.is_empty() {
            return;
        }
    }
    panic!("nobody notices that these are said to commute: {unnoticed:?}");
}

/// Programs in which the engine was wrong once.
#[test]
fn programs_that_found_a_fault_once() {
    for seed in [650, 1607, 1970, 2527, 1_002_821, 11_001_490] {
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
        let right = Dependence::default();
        let noticed = (0..2_000).find(|&seed| {
            let program = Program::of_family(seed, Some(family));
            matches!(compare(&program, &wrong, false), Verdicts::Differ(_))
                && compare(&program, &right, false) == Verdicts::Agree
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
