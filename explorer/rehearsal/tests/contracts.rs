//! Every order contract in the catalogue: proved, or in one of the lists here and in `repertoire`.
//!
//! What is explored is bounded by classes and not by time, so that the lists do not depend on the machine. With
//! `WEFT_LONG=1` the bound is what the explorer itself has.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use explorer::{Allowance, Ending, FailureKind, Settings, Spent, Verdict};
use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};
use rehearsal::judge::{Budget, Judgement, Open, Standing, judge};
use rehearsal::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use rehearsal::player::Play;
use rehearsal::primitive::thread;
use rehearsal::repertoire::{self, GAPS};
use rehearsal::stage::Stage;

/// So many classes, where the long mode was not asked for.
const CLASSES: u64 = 200_000;

/// So many of those that have more anyway.
const FIRST_CLASSES: u64 = 500;

/// Scenarios with more classes: what was found in the first of them is all that is known.
const TOO_MANY_CLASSES: &[(&str, u32)] = &[
    // With processes for threads all is proved: see below.
    ("s4e10", 2),
    ("s4e10", 3),
    // Eight chunks, two workers: 362,880 classes.
    ("s7e7", 2),
    ("s7e8", 1),
    ("s7e8", 2),
];

/// Scenarios with rules that have more outputs than are checked one by one.
const TOO_MANY_OUTPUTS: &[(&str, u32)] = &[];

/// Likely rules that nothing breaks, as small as the lessons are played.
const NEVER_FAILS: &[(&str, u32)] = &[
    // One notification follows the other only where there are ten counts.
    ("s6e12", 1),
    // Whoever ends the daemons waits for each of them, and that counts, however it ended.
    ("s6e3", 2),
    ("s6e3", 3),
    ("s6e6", 3),
    // The same: the last of ten counts is the one that may be missed.
    ("s7e11", 1),
    // Two jobs that two workers begin at once are due at the same time.
    ("s4e11", 1),
    // With one permit there is never more than one inside.
    ("s6e9", 3),
];

fn is_long() -> bool {
    std::env::var_os("WEFT_LONG").is_some_and(|value| value == "1")
}

fn budget() -> Budget {
    let short = Budget {
        // Reached by no machine that reaches the bound on classes.
        time: Duration::from_secs(600),
        classes: CLASSES,
        fallback: false,
        schedules_of_likely: false,
        afterwards: Duration::from_secs(600),
        // Others are judged in this process at the same time.
        bytes: u64::MAX,
        ..Budget::default()
    };
    if is_long() {
        Budget {
            classes: Budget::default().classes,
            outputs: 200_000,
            states: 2_000_000,
            ..short
        }
    } else {
        short
    }
}

/// What is allowed where nothing is said; the memory of this process is not that of one exploration alone.
fn by_default() -> Budget {
    Budget {
        bytes: u64::MAX,
        ..Budget::default()
    }
}

/// The ids of the catalogue, as its source names them: also those that need a feature.
fn catalogue() -> BTreeSet<&'static str> {
    let source = include_str!("../../../exercises/src/catalogue.rs");
    let ids = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("&lessons::"));
    ids.filter_map(|rest| rest.strip_suffix("::LESSON,"))
        .collect()
}

#[test]
fn every_exercise_of_the_catalogue_is_played_or_said_not_to_be() {
    let catalogue = catalogue();
    assert!(catalogue.len() > 60, "the catalogue was found");
    let played: BTreeSet<&str> = repertoire::all().iter().map(|lesson| lesson.id).collect();
    let left_out: BTreeSet<&str> = GAPS.iter().map(|gap| gap.id).collect();
    let both: Vec<_> = played.intersection(&left_out).collect();
    assert!(both.is_empty(), "played, and said not to be: {both:?}");
    let all: BTreeSet<&str> = played.union(&left_out).copied().collect();
    assert_eq!(all, catalogue);
    // What is left out cannot grow unnoticed.
    assert_eq!(
        (played.len(), left_out.len()),
        (PLAYED, catalogue.len() - PLAYED)
    );
}

/// How many exercises are played.
const PLAYED: usize = 59;

/// The scenarios that are played, in as many parts as there are tests, so that they run at the same time.
fn judged(part: usize) -> Vec<(&'static str, u32, Judgement)> {
    let scenarios = repertoire::all()
        .iter()
        .flat_map(|lesson| Scene::ALL.map(|scene| (*lesson, scene)));
    scenarios
        .enumerate()
        .filter(|(number, _)| number % 2 == part)
        .map(|(_, (lesson, scene))| {
            let play = Play::new(lesson, scene, &repertoire::reduced(lesson, scene));
            let mut budget = budget();
            if TOO_MANY_CLASSES.contains(&(lesson.id, scene.number())) && !is_long() {
                budget.classes = FIRST_CLASSES;
            }
            let judgement = judge(&play, &budget, &mut |_| true);
            (lesson.id, scene.number(), judgement)
        })
        .collect()
}

fn contracts_are_worth_what_is_said(part: usize) {
    let mut wrong = Vec::new();
    for (id, scenario, judgement) in judged(part) {
        let here = format!("{id} scenario {scenario}");
        if let Some(what) = &judgement.not_modelled {
            wrong.push(format!("{here} is not modelled: {what:?}"));
            continue;
        }
        if let Some(counterexample) = &judgement.unfinished {
            wrong.push(format!("{here} does not end: {counterexample:?}"));
        }
        let mut many_outputs = false;
        for judged in &judgement.guaranteed {
            match &judged.standing {
                Standing::Holds | Standing::Open(Open::Time) => {}
                Standing::Open(Open::TooManyOutputs) => many_outputs = true,
                Standing::Open(Open::Spent(why)) => {
                    wrong.push(format!("{here}: {} was given up: {why}", judged.rule));
                }
                Standing::Broken(counterexample) => wrong.push(format!(
                    "{here}: {} can be broken: {counterexample:?}",
                    judged.rule
                )),
            }
        }
        let listed = |list: &[(&str, u32)]| list.contains(&(id, scenario));
        let cut = judgement.verdict != Verdict::Proved;
        let proved_after_all = is_long() && !cut;
        if cut != listed(TOO_MANY_CLASSES) && !proved_after_all {
            let verdict = judgement.verdict;
            wrong.push(format!(
                "{here}: {verdict:?}, {} classes",
                judgement.classes
            ));
        }
        let never_fails = judgement
            .likely
            .iter()
            .any(|judged| judged.standing == Standing::Holds);
        if !cut && never_fails != listed(NEVER_FAILS) {
            wrong.push(format!("{here}: a likely rule that holds is {never_fails}"));
        }
        if many_outputs != listed(TOO_MANY_OUTPUTS) && !is_long() {
            wrong.push(format!("{here}: too many outputs is {many_outputs}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_order_contract_that_can_be_played_is_kept_one_half() {
    contracts_are_worth_what_is_said(0);
}

#[test]
fn every_order_contract_that_can_be_played_is_kept_other_half() {
    contracts_are_worth_what_is_said(1);
}

/// Played in another way, in the small.
const OTHERWISE: &[(&str, &str, u32)] = &[
    ("s3e1", "gil", 1),
    ("s3e2", "gil", 1),
    ("s4e10", "processes", 1),
];

fn otherwise(id: &str, parameter: &str, value: u32, scene: Scene) -> Play {
    let lesson = repertoire::find(id).expect("a lesson that is played");
    let mut sizes = repertoire::reduced(lesson, scene);
    sizes.insert(parameter.to_owned(), value);
    Play::new(lesson, scene, &sizes)
}

/// Eight chunks for two workers: far more orders than can be gone through in a second.
fn judged_in_a_hurry(hurry: Budget) -> Judgement {
    let lesson = repertoire::find("s7e7").expect("it is played");
    let play = Play::new(
        lesson,
        Scene::Second,
        &repertoire::reduced(lesson, Scene::Second),
    );
    judge(&play, &hurry, &mut |_| true)
}

fn all_open(judgement: &Judgement, why: Spent) {
    assert_eq!(judgement.end_open, Some(Open::Spent(why)), "{judgement:?}");
    let rules = judgement.guaranteed.iter().chain(&judgement.likely);
    for judged in rules {
        let is_open = matches!(judged.standing, Standing::Open(Open::Time))
            || judged.standing == Standing::Open(Open::Spent(why));
        assert!(is_open, "{}: {:?}", judged.rule, judged.standing);
    }
    assert!(!judgement.is_proof() && !judgement.is_refuted());
}

#[test]
fn what_there_is_no_time_left_for_is_left_open() {
    let judgement = judged_in_a_hurry(Budget {
        time: Duration::from_secs(1),
        afterwards: Duration::ZERO,
        ..budget()
    });
    assert!(judgement.classes > 0, "the search was made");
    all_open(&judgement, Spent::Time);
}

#[test]
fn what_there_is_no_memory_left_for_is_left_open() {
    all_open(
        &judged_in_a_hurry(Budget {
            bytes: 0,
            ..budget()
        }),
        Spent::Memory,
    );
}

#[test]
fn what_can_be_chosen_changes_no_contract() {
    for (id, parameter, value) in OTHERWISE {
        for scene in Scene::ALL {
            let play = otherwise(id, parameter, *value, scene);
            let judgement = judge(&play, &budget(), &mut |_| true);
            assert!(judgement.is_proof(), "{id} {scene:?}: {judgement:?}");
        }
    }
}

#[test]
fn pythons_lock_may_be_handed_over_at_each_checkpoint_and_need_not() {
    let play = otherwise("s3e2", "gil", 1, Scene::Second);
    let found = explorer::explore(&play.program(), &Settings::default());
    let endless = Allowance::endless();
    let told = |text: &str| {
        let told = text.split(',').find(|part| part.contains("handovers"))?;
        Some(format!("{told}\n"))
    };
    let results = found.projected(told, &endless).expect("no end of time");
    let results = results.outputs(1_000, &endless).expect("few results");
    let results = results.list(10);
    let handovers: Vec<&str> = results.iter().map(|one| one.text.trim_end()).collect();
    // The one is at its checkpoint while the other waits, and then it may be the other way round.
    let expected = [0, 1, 2].map(|times| format!("\"handovers\":{times}"));
    assert_eq!(handovers, expected);
}

// What the judge says of contracts that are known to be wrong.

/// Two threads print `start` and `exit`; main waits for both, or only for the first.
fn two_threads(stage: &Stage) -> Result<Outcome, LessonError> {
    thread::scope(|scope| {
        let threads = ["thread 0", "thread 1"].map(|name| {
            scope.spawn(Some(name), move || {
                stage.print(name, "start", ());
                stage.print(name, "exit", ());
            })
        });
        for thread in threads {
            thread.join()?;
        }
        Ok(Outcome::none().with("threads", 2))
    })
}

const START: Pick = Pick::what(&["start"]);
const TRUE: &[Rule] = &[
    Rule::Count {
        of: START,
        is: Amount::Result("threads"),
    },
    Rule::AllEnded {
        kind: LaneKind::Thread,
        count: Amount::Is(2),
    },
    Rule::OwnLane {
        of: Pick::ALL,
        kind: LaneKind::Thread,
    },
    Rule::Balance {
        less: "exit",
        more: "start",
    },
];
const FALSE: &[Rule] = &[
    Rule::Sequential { of: START, from: 0 },
    Rule::Blocks { of: Pick::ALL },
    Rule::First {
        of: Pick::who(&["thread 0"]),
    },
    Rule::Last {
        of: Pick {
            who: &["thread 1"],
            what: &["exit"],
        },
    },
    Rule::AliveTogether {
        kind: LaneKind::Thread,
        max: 1,
    },
    Rule::Count {
        of: START,
        is: Amount::Is(3),
    },
    Rule::AllEnded {
        kind: LaneKind::Thread,
        count: Amount::Is(3),
    },
    Rule::AllBefore {
        first: START,
        then: Pick::what(&["exit"]),
    },
];
const NO_SCENARIO: Scenario = Scenario {
    guaranteed: &[],
    likely: &[],
};

static WRONG: Lesson = Lesson {
    id: "wrong",
    parameters: &[],
    files: &[],
    always: TRUE,
    scenarios: [
        Scenario {
            guaranteed: FALSE,
            likely: TRUE,
        },
        NO_SCENARIO,
        NO_SCENARIO,
    ],
    run: two_threads,
};

#[test]
fn what_can_be_broken_is_shown_and_what_holds_is_not() {
    let play = Play::new(&WRONG, Scene::First, &BTreeMap::new());
    let judgement = judge(&play, &by_default(), &mut |_| true);
    assert!(judgement.is_refuted() && !judgement.is_proof());
    assert_eq!(judgement.verdict, Verdict::Proved);
    assert_eq!(judgement.guaranteed.len(), FALSE.len() + TRUE.len());
    for (judged, is_true) in judgement
        .guaranteed
        .iter()
        .zip(FALSE.iter().map(|_| false).chain(TRUE.iter().map(|_| true)))
    {
        match &judged.standing {
            Standing::Holds => assert!(is_true, "{} was not refuted", judged.rule),
            Standing::Broken(counterexample) => {
                assert!(!is_true, "{}: {counterexample:?}", judged.rule);
                let schedule = counterexample.schedule.as_ref().expect("a schedule");
                let schedule = schedule.parse().expect("a schedule that can be read");
                explorer::replay(&play.program(), &Settings::default(), &schedule)
                    .expect("a schedule that fits");
            }
            Standing::Open(open) => panic!("{}: {open:?}", judged.rule),
        }
    }
}

/// Takes two locks in opposite order; the third scenario gives up with an error.
fn stuck(stage: &Stage) -> Result<Outcome, LessonError> {
    if stage.scene() == Scene::Third {
        return Err(std::io::Error::other("on purpose").into());
    }
    let locks = [
        rehearsal::sync::Mutex::new(()),
        rehearsal::sync::Mutex::new(()),
    ];
    thread::scope(|scope| {
        let locks = &locks;
        for (name, order) in [("thread 0", [0, 1]), ("thread 1", [1, 0])] {
            scope.spawn(Some(name), move || {
                let _first = locks[order[0]].lock();
                let _second = locks[order[1]].lock();
                stage.print(name, "both", ());
            });
        }
    });
    Ok(Outcome::none())
}

static STUCK: Lesson = Lesson {
    id: "stuck",
    parameters: &[],
    files: &[],
    always: &[],
    scenarios: [NO_SCENARIO, NO_SCENARIO, NO_SCENARIO],
    run: stuck,
};

#[test]
fn an_exercise_that_may_not_end_is_shown_with_its_schedule() {
    let play = Play::new(&STUCK, Scene::First, &BTreeMap::new());
    let judgement = judge(&play, &by_default(), &mut |_| true);
    let counterexample = judgement.unfinished.as_ref().expect("a deadlock");
    assert!(judgement.is_refuted());
    assert_eq!(
        counterexample.printed,
        [format!("{:?}", Ending::Deadlock)],
        "{counterexample:?}"
    );
    let schedule = counterexample.schedule.as_ref().expect("a schedule");
    let schedule = schedule.parse().expect("a schedule that can be read");
    let replayed = explorer::replay(&play.program(), &Settings::default(), &schedule);
    let failures = replayed.expect("a schedule that fits").failures;
    assert!(
        failures
            .iter()
            .any(|failure| failure.kind == FailureKind::Deadlock)
    );

    let play = Play::new(&STUCK, Scene::Third, &BTreeMap::new());
    let judgement = judge(&play, &by_default(), &mut |_| true);
    let counterexample = judgement.unfinished.expect("an error");
    assert_eq!(counterexample.printed, ["on purpose"]);
}

#[test]
fn an_exploration_that_was_cut_short_is_no_proof() {
    let lesson = repertoire::find("s1e6").expect("a lesson that is played");
    let play = Play::new(
        lesson,
        Scene::Second,
        &repertoire::reduced(lesson, Scene::Second),
    );
    let few = Budget {
        classes: 10,
        ..budget()
    };
    let judgement = judge(&play, &few, &mut |_| true);
    assert!(!judgement.is_proof() && !judgement.is_refuted());
    let judgement = judge(&play, &budget(), &mut |_| true);
    assert!(judgement.is_proof());
    // Nobody waits to be told again. With so many threads it takes longer than until the first time, whatever the machine.
    let mut sizes = repertoire::reduced(lesson, Scene::Second);
    sizes.insert("n_threads".to_owned(), 5);
    let large = Play::new(lesson, Scene::Second, &sizes);
    let mut told = 0;
    let judgement = judge(&large, &budget(), &mut |_| {
        told += 1;
        false
    });
    assert_eq!(told, 1);
    assert!(!judgement.is_proof());
}
