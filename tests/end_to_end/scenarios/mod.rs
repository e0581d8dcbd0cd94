//! The scenarios of the fifteen core exercises through the program, checked from outside: this reads what
//! `weft run --json` prints and compares it with what is promised, knowing
//! nothing of how the exercises are made.

mod processes;
mod threads;

use crate::document::Document;
use crate::support::{Scratch, long};
use std::fmt::Debug;

/// Every sleep is this many times as long as in the book.
const SCALE: f64 = 0.05;

/// How a run was asked for.
#[derive(Clone, Copy)]
pub struct At {
    pub scenario: u32,
    pub scale: f64,
}

impl At {
    /// Sleeps give a lower bound of the time, whatever the machine does.
    pub fn took_at_least(&self, run: &Document, seconds: f64) {
        let bound = seconds * self.scale * 1000.0;
        assert!(
            run.elapsed_ms >= bound,
            "{} ms, but it sleeps for {bound} ms",
            run.elapsed_ms
        );
    }
}

type Check = fn(&Document, At);

/// An exercise, the name of its count, and what is promised of it.
const EXERCISES: &[(&str, Option<&str>, Check)] = &[
    ("s1e1", Some("n_threads"), threads::s1e1),
    ("s1e2", None, threads::s1e2),
    ("s1e3", Some("n_threads"), threads::s1e3),
    ("s1e4", Some("n_threads"), threads::s1e4),
    ("s1e5", None, threads::s1e5),
    ("s1e6", Some("n_threads"), threads::s1e6),
    ("s1e7", None, threads::s1e7),
    ("s2e1", Some("n_process"), processes::s2e1),
    ("s2e2", None, processes::s2e2),
    ("s2e3", None, processes::s2e3),
    ("s2e4", None, processes::s2e4),
    ("s2e5", Some("n_process"), processes::s2e5),
    ("s2e6", Some("n_products"), processes::s2e6),
    ("s2e7", None, processes::s2e7),
    ("s2e8", Some("n_inputs"), processes::s2e8),
];

/// The places `first` all come before the places `then`.
fn in_order(run: &Document, first: &[usize], then: &[usize]) {
    if let (Some(last), Some(next)) = (first.iter().max(), then.iter().min()) {
        assert!(
            last < next,
            "{:?} comes before {:?}",
            run.lines[*next],
            run.lines[*last]
        );
    }
}

/// The same things as often, in any order.
fn same_multiset<T: Ord + Debug>(mut left: Vec<T>, mut right: Vec<T>) {
    left.sort();
    right.sort();
    assert_eq!(left, right);
}

fn run(scratch: &Scratch, id: &str, scenario: u32, more: &[&str]) -> Document {
    let (scenario, scale) = (scenario.to_string(), SCALE.to_string());
    let mut arguments = vec![
        "run",
        id,
        "--scenario",
        &scenario,
        "--time-scale",
        &scale,
        "--json",
    ];
    arguments.extend(more);
    let done = scratch.weft(&arguments).run().exits(0);
    assert_eq!(done.stderr, "", "{} says nothing beside", done.shown);
    Document::read(&done.stdout)
}

/// Runs every scenario of every exercise in one series and checks it.
fn every_scenario(series: &str, more: &[&str]) {
    let scratch = Scratch::new(&format!("scenarios-{series}"));
    let mut broken = Vec::new();
    for (id, _, check) in EXERCISES.iter().filter(|(id, ..)| id.starts_with(series)) {
        for scenario in 1..=3 {
            let outcome = std::panic::catch_unwind(|| {
                let document = run(&scratch, id, scenario, more);
                assert_eq!(
                    (document.exercise.as_str(), document.scenario),
                    (*id, scenario)
                );
                check(
                    &document,
                    At {
                        scenario,
                        scale: SCALE,
                    },
                );
            });
            if let Err(why) = outcome {
                broken.push(format!("{id} scenario {scenario}: {}", words(&*why)));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "{} broken\n{}",
        broken.len(),
        broken.join("\n\n")
    );
}

fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_default()
}

#[test]
fn every_thread_scenario_keeps_its_promises() {
    every_scenario("s1", &[]);
}

#[test]
fn every_process_scenario_keeps_its_promises() {
    every_scenario("s2", &[]);
}

#[test]
fn the_promises_hold_under_random_delays() {
    let rounds = if long() { 20 } else { 2 };
    for round in 0..rounds {
        let seed = round.to_string();
        every_scenario("s1", &["--shake", "4", "--seed", &seed]);
        every_scenario("s2", &["--shake", "4", "--seed", &seed]);
    }
}

#[test]
fn counts_may_be_none_one_and_the_most() {
    let scratch = Scratch::new("counts");
    for (id, count, check) in EXERCISES {
        let Some(count) = count else { continue };
        for n in ["0", "1", "2", "64"] {
            for scenario in 1..=3 {
                let option = format!("--{count}");
                // The largest sizes only once a run of the tests, and quickly.
                let scale = if n == "64" { "0.002" } else { "0.02" };
                let number = scenario.to_string();
                let arguments = [
                    "run",
                    id,
                    "--scenario",
                    &number,
                    &option,
                    n,
                    "--time-scale",
                    scale,
                    "--json",
                ];
                let document = Document::read(&scratch.weft(&arguments).run().exits(0).stdout);
                assert_eq!(document.count(count).to_string(), n);
                check(
                    &document,
                    At {
                        scenario,
                        scale: scale.parse().unwrap(),
                    },
                );
            }
        }
    }
}

#[test]
fn ten_is_the_count_nobody_asked_for() {
    let scratch = Scratch::new("default-count");
    for (id, count, _) in EXERCISES {
        let document = run(&scratch, id, 1, &[]);
        match count {
            Some(count) => assert_eq!(document.count(count), 10, "{id}"),
            None => assert!(document.params.is_empty(), "{id}: {:?}", document.params),
        }
    }
}

#[test]
fn a_seed_gives_the_same_choices_again() {
    let scratch = Scratch::new("seed");
    let told = |document: &Document| -> Vec<String> {
        document
            .lines
            .iter()
            .map(|l| format!("{} {} {}", l.who, l.what, l.value))
            .collect()
    };
    let mut totals = std::collections::BTreeSet::new();
    for seed in ["1", "2", "3", "4", "5", "6", "7", "8"] {
        let twice = [(); 2].map(|()| run(&scratch, "s1e5", 3, &["--seed", seed]));
        assert_eq!(twice[0].seed.to_string(), seed);
        assert_eq!(told(&twice[0]), told(&twice[1]), "seed {seed}");
        assert_eq!(twice[0].result, twice[1].result, "seed {seed}");
        totals.insert(twice[0].result.to_string());
    }
    assert!(
        totals.len() > 1,
        "eight seeds make more than one choice: {totals:?}"
    );
}

#[test]
fn one_shared_cell_loses_what_a_queue_keeps() {
    let scratch = Scratch::new("shared-cell");
    let lost = (0..20).any(|_| {
        let document = run(&scratch, "s1e6", 1, &["--shared_cell", "1", "--shake", "5"]);
        let items = |what: &str| -> std::collections::BTreeSet<String> {
            document
                .of(what)
                .iter()
                .map(|line| line.value.to_string())
                .collect()
        };
        items("produce") != items("consume")
    });
    assert!(lost, "twenty shaken runs never showed the bug");
}

#[test]
fn a_run_without_a_seed_tells_the_one_it_took() {
    let scratch = Scratch::new("seed-told");
    let first = run(&scratch, "s1e5", 3, &[]);
    let again = run(&scratch, "s1e5", 3, &["--seed", &first.seed.to_string()]);
    assert_eq!(first.result, again.result);
}

#[test]
fn delays_take_the_order_from_those_who_only_slept() {
    let scratch = Scratch::new("shaken");
    for scenario in [2, 3] {
        let lost = (0..10).any(|seed| {
            let seed = seed.to_string();
            let document = run(
                &scratch,
                "s1e1",
                scenario,
                &["--shake", "100", "--seed", &seed],
            );
            let order: Vec<u64> = document.lines.iter().map(|line| line.index()).collect();
            let rising = document
                .order
                .likely
                .iter()
                .find(|r| r.rule.starts_with("sequential"));
            let held = rising.expect("the order is a likely rule").holds;
            assert_eq!(
                held,
                order.is_sorted(),
                "the likely rule says what was seen"
            );
            !order.is_sorted()
        });
        assert!(
            lost,
            "scenario {scenario} kept its order under long delays ten times"
        );
    }
}

#[test]
fn the_children_of_series_two_are_real_processes() {
    let scratch = Scratch::new("strace");
    let trace = scratch.path().join("trace");
    let done = scratch
        .program(
            "strace",
            &[
                "-f".as_ref(),
                "-qq".as_ref(),
                "-e".as_ref(),
                "trace=clone,clone3,fork,vfork".as_ref(),
                "-o".as_ref(),
                trace.as_os_str(),
                crate::support::weft().as_ref(),
                "run".as_ref(),
                "s2e1".as_ref(),
                "--time-scale".as_ref(),
                "0.05".as_ref(),
                "--json".as_ref(),
            ],
        )
        .run()
        .exits(0);
    let document = Document::read(&done.stdout);
    let trace = std::fs::read_to_string(trace).expect("strace wrote its trace");
    let forked: std::collections::BTreeSet<i64> = trace
        .lines()
        .filter(|line| !line.contains("CLONE_THREAD"))
        .filter_map(|line| line.rsplit_once(" = ")?.1.trim().parse().ok())
        .collect();
    let pids: std::collections::BTreeSet<i64> = document
        .lines
        .iter()
        .map(|line| document.pid_of(line))
        .collect();
    assert_eq!(pids.len(), 10);
    assert!(
        pids.is_subset(&forked),
        "the kernel forked {forked:?}, the lines name {pids:?}"
    );
}
