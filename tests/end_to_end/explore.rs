//! `weft explore`: what could have happened in a program of a file.

use crate::support::{Finished, Scratch, refused};
use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;
use std::sync::Once;
use std::thread;
use std::time::Duration;

/// The explorer is made for the compiler once, which takes a while on a busy machine.
const FIRST: Duration = Duration::from_secs(600);

const OPPOSITE: &str = "use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let one = Arc::new(Mutex::new(()));
    let two = Arc::new(Mutex::new(()));
    let (a, b) = (Arc::clone(&one), Arc::clone(&two));
    let other = thread::spawn(move || {
        let _a = a.lock().unwrap();
        let _b = b.lock().unwrap();
    });
    {
        let _b = two.lock().unwrap();
        let _a = one.lock().unwrap();
    }
    other.join().unwrap();
    println!(\"done\");
}
";

const JOINED: &str = "use std::thread;

fn main() {
    let a = thread::spawn(|| println!(\"A\"));
    let b = thread::spawn(|| println!(\"B\"));
    a.join().unwrap();
    b.join().unwrap();
    println!(\"main\");
}
";

/// Right as long as nobody wakes without a notification.
const WAITS_ONCE: &str = "use std::sync::{Arc, Condvar, Mutex};
use std::thread;

fn main() {
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let other = Arc::clone(&pair);
    let waiter = thread::spawn(move || {
        let mut ready = other.0.lock().unwrap();
        if !*ready {
            ready = other.1.wait(ready).unwrap();
        }
        println!(\"ready: {}\", *ready);
    });
    *pair.0.lock().unwrap() = true;
    pair.1.notify_one();
    waiter.join().unwrap();
}
";

fn explore(scratch: &Scratch, arguments: &[&str]) -> Finished {
    // Making the explorer is announced, on the stream of errors: once, and not in the test that asks what stands there.
    static MADE: Once = Once::new();
    MADE.call_once(|| {
        scratch.write("nothing.rs", "fn main() {}\n");
        for made in [&["nothing.rs"][..], &["s1e1", "--scenario", "2"]] {
            let all = [&["explore"], made].concat();
            scratch.weft(&all).within(FIRST).run().exits(0);
        }
    });
    let mut all = vec!["explore"];
    all.extend(arguments);
    scratch.weft(&all).within(FIRST).run()
}

#[test]
fn an_exercise_with_more_schedules_than_the_budget_lets_it_try_ends_with_what_was_tried() {
    let scratch = Scratch::new("explore-budget");
    let said = explore(&scratch, &["s4e10", "--scenario", "2", "--budget", "1"]);
    assert!(
        said.stdout.contains("SAMPLED") && said.stderr.is_empty(),
        "{}\n{}",
        said.stdout,
        said.stderr
    );
}

/// How the last thread that can go is let go, as the output offers it.
fn offered(said: &str) -> Option<String> {
    let (_, last) = said.rsplit_once("`--play ")?;
    Some(last.split_once('`')?.0.to_owned())
}

#[test]
fn whoever_plays_chooses_who_goes_next_until_it_is_over() {
    let scratch = Scratch::new("explore-play");
    scratch.write("opposite.rs", OPPOSITE);
    let play = |steps: &str| explore(&scratch, &["opposite.rs", "--play", steps]);
    let mut said = explore(&scratch, &["opposite.rs", "--play"])
        .exits(0)
        .stdout;
    let mut turns = 0;
    while let Some(steps) = offered(&said) {
        said = play(&steps).exits(0).stdout;
        turns += 1;
        assert!(turns < 100, "{said}");
    }
    // The other thread went whenever it could, so nothing went wrong.
    assert!(
        said.contains("prints “done”") && said.contains("It is over"),
        "{said}"
    );

    let found = explore(&scratch, &["opposite.rs"]).exits(1).stdout;
    let schedule = found
        .split("--replay ")
        .nth(1)
        .and_then(|rest| rest.split('`').next());
    let schedule = schedule.expect("a schedule");
    let stuck = play(schedule).exits(1).stdout;
    assert!(
        stuck.contains("Deadlock") && stuck.contains("It is over"),
        "{stuck}"
    );
    assert_eq!(offered(&stuck), None);

    let refused = play("0.9").exits(2).stderr;
    assert!(refused.contains("Thread 9 cannot go"), "{refused}");
    let lesson = explore(&scratch, &["s1e1", "--scenario", "2", "--play", "0"]);
    assert!(lesson.exits(0).stdout.contains("`--play 0."));
}

#[test]
fn a_clean_program_is_proved_and_its_orders_are_told() {
    let scratch = Scratch::new("explore-clean");
    scratch.write("joined.rs", JOINED);
    let said = explore(&scratch, &["joined.rs"]).exits(0).stdout;
    for word in [
        "PROVED",
        "outcomes: 2",
        "“A” before “main”",
        "join, line 6",
        "“A” and “B”",
    ] {
        assert!(said.contains(word), "{word}:\n{said}");
    }
    let document = explore(&scratch, &["joined.rs", "--json", "--list", "5"])
        .exits(0)
        .json();
    assert_eq!(document["verdict"], "proved");
    assert_eq!(document["outputs"], "2");
    assert_eq!(document["outputs_list"][0][0], "A");
    assert_eq!(document["failures"].as_array().map(Vec::len), Some(0));
    assert_eq!(document["guaranteed"][0]["by"], "join");
    assert_eq!(document["guaranteed"][0]["line"], 6);
    let asked = explore(&scratch, &["joined.rs", "--json", "--ask", "A | main | B"])
        .exits(0)
        .json();
    assert_eq!(asked["ask"]["possible"], false);
    assert_eq!(asked["ask"]["from_line"], 2);
    assert_eq!(asked["ask"]["could_be"][0], "B");
}

#[test]
fn a_deadlock_is_found_and_shown_again() {
    let scratch = Scratch::new("explore-deadlock");
    scratch.write("opposite.rs", OPPOSITE);
    let found = explore(&scratch, &["opposite.rs"]).exits(1);
    assert_eq!(found.stderr, "");
    for word in [
        "Deadlock",
        "thread 1 (line 10)",
        "since line 13",
        "--replay ",
    ] {
        assert!(found.stdout.contains(word), "{word}:\n{}", found.stdout);
    }
    let document = explore(&scratch, &["opposite.rs", "--json"])
        .exits(1)
        .json();
    let failure = &document["failures"][0];
    assert_eq!(failure["kind"], "deadlock");
    let schedule = failure["schedule"].as_str().unwrap_or_default();
    let again = explore(&scratch, &["opposite.rs", "--json", "--replay", schedule])
        .exits(1)
        .json();
    assert_eq!(again["failures"][0]["kind"], "deadlock");
    let drawn = ["opposite.rs", "--replay", schedule, "--timeline"];
    let terminal = explore(&scratch, &[&drawn[..], &["-"]].concat()).exits(1);
    for line in ["main      waits for lock 2", "thread 1  waits for lock 1"] {
        assert!(
            terminal.stdout.contains(line),
            "{line}:\n{}",
            terminal.stdout
        );
    }
    explore(&scratch, &[&drawn[..], &["stuck.svg"]].concat()).exits(1);
    let picture = std::fs::read_to_string(scratch.path().join("stuck.svg")).expect("a picture");
    assert!(picture.contains("thread 1"), "{picture}");
    explore(&scratch, &["opposite.rs", "--timeline", "all.svg"]).exits(2);
    for language in ["fa", "tr", "ru", "zh-TW"] {
        let said = explore(&scratch, &["opposite.rs", "--lang", language])
            .exits(1)
            .stdout;
        assert!(!said.contains("explore-"), "{said}");
    }
}

#[test]
fn an_if_around_a_wait_is_told_below_the_proof_that_does_not_reckon_with_it() {
    let scratch = Scratch::new("explore-spurious");
    scratch.write("once.rs", WAITS_ONCE);
    scratch.write("again.rs", WAITS_ONCE.replace("if !*", "while !*"));
    let said = explore(&scratch, &["once.rs"]).exits(1).stdout;
    for word in [
        "PROVED",
        "The wait in line 10",
        "ready: false",
        "--replay ",
        "`while` in place of `if`",
    ] {
        assert!(said.contains(word), "{word}:\n{said}");
    }
    let document = explore(&scratch, &["once.rs", "--json"]).exits(1).json();
    assert_eq!(document["verdict"], "proved");
    assert_eq!(document["failures"].as_array().map(Vec::len), Some(0));
    let spurious = &document["spurious"];
    assert_eq!(spurious["complete"], true);
    assert_eq!(spurious["waits"][0], 10);
    assert_eq!(spurious["output"][0], "ready: false");
    assert_eq!(spurious["ending"], "finished");
    let schedule = spurious["schedule"].as_str().expect("a schedule");
    let again = ["once.rs", "--replay", schedule];
    let replayed = explore(&scratch, &again).exits(0).stdout;
    assert!(replayed.contains("spurious-wake"), "{replayed}");
    assert!(replayed.contains("prints “ready: false”"), "{replayed}");
    let again = explore(&scratch, &["again.rs", "--json"]).exits(0).json();
    assert_eq!(again["spurious"]["complete"], true);
    assert_eq!(again["spurious"]["waits"].as_array().map(Vec::len), Some(0));
    let said = explore(&scratch, &["again.rs"]).exits(0).stdout;
    assert!(!said.contains("purious"), "{said}");
    for (language, word) in [
        ("fa", "بی‌جا"),
        ("tr", "Sahte uyanma"),
        ("ru", "ложное пробуждение"),
        ("zh-TW", "虛假喚醒"),
    ] {
        let all = ["once.rs", "--lang", language];
        let said = explore(&scratch, &all).exits(1).stdout;
        assert!(!said.contains("explore-") && said.contains(word), "{said}");
    }
}

#[test]
fn the_contract_of_an_exercise_is_judged_rule_by_rule() {
    let scratch = Scratch::new("explore-exercise");
    let said = explore(&scratch, &["s1e1", "--scenario", "2"])
        .exits(0)
        .stdout;
    for word in [
        "PROVED",
        "--n_threads 2",
        "Guaranteed",
        "sequential(who)",
        "Can fail",
        "thread 1 call | thread 0 call",
        "--replay",
    ] {
        assert!(said.contains(word), "{word}:\n{said}");
    }
    let arguments = ["s1e1", "--scenario", "2", "--n_threads", "3", "--json"];
    let document = explore(&scratch, &arguments).exits(0).json();
    assert_eq!(document["exercise"], "s1e1");
    assert_eq!(document["params"]["n_threads"], 3);
    assert_eq!(document["verdict"], "proved");
    let rules = document["guaranteed"].as_array().expect("rules");
    assert!(rules.len() > 3);
    assert!(
        rules
            .iter()
            .all(|rule| rule["standing"] == "holds" || rule["standing"] == "time"),
        "{rules:?}"
    );
    assert_eq!(document["likely"][0]["standing"], "broken");
    let schedule = document["likely"][0]["schedule"].as_str();
    let schedule = schedule.expect("a schedule");
    let mut again = arguments.to_vec();
    again.extend(["--replay", schedule]);
    let replayed = explore(&scratch, &again).exits(0).json();
    assert!(replayed["happenings"].to_string().contains("thread 1 call"));
}

#[test]
fn what_is_said_of_an_exercise_does_not_depend_on_how_many_processors_explore_it() {
    let scratch = Scratch::new("explore-processors");
    // Of its 9,746 classes most are met after others have begun to help, and a likely rule fails in some of them.
    let arguments = ["s7e10", "--scenario", "2", "--json", "--list", "20"];
    let said = || {
        let mut document = explore(&scratch, &arguments).exits(0).json();
        assert_eq!(document["verdict"], "proved");
        document
            .as_object_mut()
            .expect("an object")
            .remove("elapsed_ms");
        document
    };
    let by_all = said();
    // What a thread may run on its children may run on.
    let by_one = thread::scope(|scope| {
        let alone = scope.spawn(|| {
            let own = sched_getaffinity(Pid::from_raw(0)).expect("processors");
            let first = (0..CpuSet::count()).find(|&at| own.is_set(at) == Ok(true));
            let mut one = CpuSet::new();
            one.set(first.expect("a processor")).expect("its number");
            sched_setaffinity(Pid::from_raw(0), &one).expect("one of one's own");
            said()
        });
        alone.join().expect("an answer")
    });
    assert_eq!(by_all, by_one);
}

#[test]
fn all_that_an_exercise_can_print_is_counted_and_listed() {
    let scratch = Scratch::new("explore-outputs");
    let threads = ["--n_threads", "3", "--list", "10"];
    let of = |scenario: &str, more: &[&str]| {
        let mut arguments = vec!["s1e1", "--scenario", scenario];
        arguments.extend(threads.iter().chain(more));
        explore(&scratch, &arguments).exits(0)
    };
    let together = of("2", &["--json"]).json();
    assert_eq!(together["outputs"], "6");
    let list = together["outputs_list"].as_array().expect("a list");
    let whos = |output: &serde_json::Value| -> Vec<String> {
        let lines = output["lines"].as_array().expect("lines");
        lines.iter().map(|line| line["who"].to_string()).collect()
    };
    let different: std::collections::BTreeSet<Vec<String>> = list.iter().map(whos).collect();
    assert_eq!((list.len(), different.len()), (6, 6));
    assert_eq!(together["orders"], serde_json::json!([]));
    // Each pair of the three: now one first, now the other.
    let luck = together["luck"].as_array().expect("pairs");
    assert_eq!(luck.len(), 3);
    assert_eq!(luck[0]["one"]["who"], "thread 0");
    assert_eq!(luck[0]["other"]["who"], "thread 1");
    assert_eq!(
        (&together["more_luck"], &together["seed"]),
        (&0.into(), &7.into())
    );
    let one_by_one = of("1", &["--json"]).json();
    assert_eq!(one_by_one["outputs"], "1");
    let order = &one_by_one["orders"][0];
    assert_eq!(order["before"]["who"], "thread 0");
    assert_eq!(order["after"]["who"], "thread 1");
    assert_eq!(order["by"], "join");
    assert_eq!(one_by_one["luck"], serde_json::json!([]));
    let said = of("2", &[]).stdout;
    let listed = "thread 2 call | thread 1 call | thread 0 call";
    assert!(said.contains(listed), "{said}");
    // As many classes as were asked for, and no proof.
    let arguments = ["s1e6", "--scenario", "2", "--json", "--classes", "10"];
    let few = explore(&scratch, &arguments).exits(0).json();
    assert_eq!(few["verdict"], "sampled");
    assert!(few["executions"].as_u64().expect("a number") >= 10);
    // What cannot be explored says so in the document too.
    let arguments = ["s4e1", "--scenario", "3", "--json"];
    let refused = explore(&scratch, &arguments).exits(2).json();
    assert_eq!(refused["scenario"], 3);
    assert!(
        refused["not_modelled"][0]
            .as_str()
            .expect("a word")
            .contains("Subprocess")
    );
}

#[test]
fn two_files_are_compared() {
    let scratch = Scratch::new("explore-equal");
    scratch.write("a.rs", JOINED);
    scratch.write("b.rs", JOINED.replace("    a.join().unwrap();\n", ""));
    let same = explore(&scratch, &["--equal", "a.rs", "a.rs", "--json"])
        .exits(0)
        .json();
    assert_eq!(same["relation"], "equal");
    let under = explore(&scratch, &["--equal", "a.rs", "b.rs", "--json"])
        .exits(1)
        .json();
    assert_eq!(under["relation"], "under-synchronised");
    assert_eq!(under["witness_of"], "B");
    let said = explore(&scratch, &["--equal", "b.rs", "a.rs"])
        .exits(1)
        .stdout;
    assert!(said.contains("OVER-SYNCHRONISED"), "{said}");
}

/// Three threads that print five lines each under one lock: 756,756 classes, each with an order of its own to be kept.
const SPEAKERS: &str = "use std::sync::Mutex;
use std::thread;

fn main() {
    let turn = Mutex::new(());
    thread::scope(|s| {
        for speaker in 1..=3 {
            let turn = &turn;
            s.spawn(move || {
                for line in 1..=5 {
                    let _mine = turn.lock().unwrap();
                    println!(\"{speaker} {line}\");
                }
            });
        }
    });
}
";

/// Three threads that take one lock four times each: 34,650 classes.
const CROWD: &str = "use std::sync::Mutex;
use std::thread;

fn main() {
    let lock = Mutex::new(0);
    thread::scope(|s| {
        for n in 1..=3 {
            let lock = &lock;
            s.spawn(move || {
                for _ in 0..4 {
                    let mut all = lock.lock().unwrap();
                    *all = *all * 3 + n;
                }
            });
        }
    });
    assert!(lock.into_inner().unwrap() > 0);
}
";

#[test]
fn classes_and_memory_are_bounded_where_that_is_asked_for() {
    let scratch = Scratch::new("explore-bounded");
    scratch.write("crowd.rs", CROWD);
    let whole = explore(&scratch, &["crowd.rs", "--json", "--memory", "2048"]);
    let whole = whole.exits(0).json();
    assert_eq!(
        (&whole["verdict"], &whole["classes"]),
        (&"proved".into(), &34_650.into())
    );
    let few = explore(&scratch, &["crowd.rs", "--json", "--classes", "100"]);
    let few = few.exits(0).json();
    assert_ne!(few["verdict"], "proved");
    scratch.write("speakers.rs", SPEAKERS);
    let small = ["speakers.rs", "--json", "--memory", "64", "--budget", "600"];
    let small = explore(&scratch, &small).exits(0).json();
    assert_eq!(small["cut_short"], "memory");
    assert_ne!(small["verdict"], "proved");
}

#[test]
fn a_file_that_is_not_there_is_told_before_anything_is_prepared() {
    let mut scratch = Scratch::new("explore-gone");
    let cache = scratch.path().join("cache");
    scratch.set("WEFT_CACHE_DIR", &cache);
    refused(scratch.weft(&["explore", "gone.rs"]).run(), &["gone.rs"]);
    assert!(!cache.exists(), "something was prepared");
}

#[test]
fn what_cannot_be_explored_is_refused_with_its_line() {
    let scratch = Scratch::new("explore-refused");
    scratch.write("wrong.rs", "fn main() {\n    let n: i32 = \"no\";\n}\n");
    scratch.write(
        "files.rs",
        "fn main() {\n    println!(\"{:?}\", std::fs::read(\"x\"));\n}\n",
    );
    scratch.write("loop.rs", "fn main() { loop {} }\n");
    for (arguments, code, words) in [
        (&["wrong.rs"][..], 2, &["wrong.rs:2:18", "E0308"][..]),
        (&["files.rs"], 2, &["Not modelled: std::fs::read, line 2"]),
        (&["files.rs", "--json"], 2, &["std::fs::read"]),
        (&["loop.rs"], 4, &["without a lock"]),
        (&["gone.rs"], 2, &["gone.rs"]),
        (&["s4e1"], 2, &["s4e1", "Subprocess"]),
        (&["s3e5"], 2, &["s3e5", "squirrel"]),
        (&["s1e6", "--scenario", "4"], 2, &["4"]),
        (&["s1e6", "--ask", "a | b"], 2, &["--ask"]),
        (&["s1e6", "--memory", "1"], 2, &["--memory"]),
        (&["files.rs", "--memory", "much"], 2, &["--memory", "much"]),
        (&["s1e6", "--classes", "0"], 2, &["--classes"]),
        (&["s1e6", "--n_threads", "65"], 2, &["65", "64"]),
        (&["s1e6", "--replay", "9x9"], 2, &["schedule"]),
        (&["files.rs", "--scenario", "2"], 2, &["--scenario"]),
        (&["files.rs", "--edition", "2015"], 2, &["2015"]),
        (&["files.rs", "--budget", "0"], 2, &["--budget"]),
        (&["--equal", "files.rs"], 2, &["--equal"]),
    ] {
        let done = explore(&scratch, arguments).exits(code);
        for word in words {
            assert!(done.stderr.contains(word), "{word}:\n{}", done.stderr);
        }
        assert!(!done.stderr.contains("panicked"), "{}", done.stderr);
    }
    scratch.write("opposite.rs", OPPOSITE);
    explore(&scratch, &["opposite.rs", "--replay", "0x2.9"]).exits(2);
    explore(&scratch, &["opposite.rs", "--replay", "nonsense"]).exits(2);
}
