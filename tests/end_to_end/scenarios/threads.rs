//! What a stranger may expect of series 1: only what is guaranteed, final
//! values, and times from below.

use super::{At, in_order, same_multiset};
use crate::document::{Document, Line};

/// Starting threads: three ways to get an order, one of which is one.
pub fn s1e1(run: &Document, at: At) {
    let n = run.count("n_threads");
    let called: Vec<u64> = run.of("call").iter().map(|line| line.index()).collect();
    assert_eq!(run.lines.len() as u64, n);
    same_multiset(called.clone(), (0..n).collect());
    match at.scenario {
        1 => {
            assert_eq!(called, (0..n).collect::<Vec<_>>());
            one_thread_at_a_time(run);
        }
        2 => at.took_at_least(run, 0.3 * n as f64),
        _ => at.took_at_least(run, 0.2 * n.saturating_sub(1) as f64),
    }
}

/// The lives of the started threads do not overlap.
fn one_thread_at_a_time(run: &Document) {
    let started: Vec<u64> = run
        .lanes
        .iter()
        .filter(|lane| lane.parent.is_some())
        .map(|lane| lane.lane)
        .collect();
    let mut alive = 0;
    for event in run
        .events
        .iter()
        .filter(|event| started.contains(&event.lane))
    {
        match event.kind.as_str() {
            "start" => alive += 1,
            "exit" => alive -= 1,
            _ => {}
        }
        assert!(
            alive <= 1,
            "two threads were alive together at seq {}",
            event.seq
        );
    }
}

/// Names.
pub fn s1e2(run: &Document, at: At) {
    let lines: Vec<(&str, &str)> = run
        .lines
        .iter()
        .map(|line| (line.what.as_str(), line.who.as_str()))
        .collect();
    let blocks = [
        ("start", "A"),
        ("exit", "A"),
        ("start", "B"),
        ("exit", "B"),
        ("start", "C"),
        ("exit", "C"),
    ];
    same_multiset(lines.clone(), blocks.to_vec());
    for name in ["A", "B", "C"] {
        let own: Vec<&str> = run.by(name).iter().map(|line| line.what.as_str()).collect();
        assert_eq!(own, ["start", "exit"], "thread {name}");
    }
    if at.scenario == 2 {
        assert_eq!(lines, blocks);
    }
    at.took_at_least(run, if at.scenario == 2 { 0.9 } else { 0.6 });
}

/// The lines that s1e3 and s1e4 share: n pairs with one pid, then the time.
fn pairs_then_elapsed(run: &Document) -> Vec<&Line> {
    let n = run.count("n_threads");
    assert_eq!(run.lines.len() as u64, 2 * n + 1);
    let (last, pairs) = run
        .lines
        .split_last()
        .expect("the time is printed at least");
    assert_eq!((last.what.as_str(), last.who.as_str()), ("elapsed", "main"));
    for k in 1..=n {
        let own: Vec<&Line> = pairs.iter().filter(|line| line.index() == k).collect();
        let what: Vec<&str> = own.iter().map(|line| line.what.as_str()).collect();
        assert_eq!(what, ["start", "exit"], "thread {k}");
    }
    for line in pairs {
        assert_eq!(
            line.number(),
            run.pid_of(line),
            "the pid in a line is the pid of its lane"
        );
        assert_eq!(line.number(), run.main_pid(), "threads share their process");
    }
    let elapsed = run.result["elapsed_ms"]
        .as_f64()
        .expect("result.elapsed_ms is a number");
    assert!(
        elapsed >= 0.0 && elapsed <= run.elapsed_ms + 1.0,
        "{elapsed} {}",
        run.elapsed_ms
    );
    pairs.iter().collect()
}

/// Every `start k` is followed at once by `exit k`.
fn adjacent_pairs(pairs: &[&Line]) -> Vec<u64> {
    pairs
        .chunks(2)
        .map(|pair| {
            let what = [pair[0].what.as_str(), pair[1].what.as_str()];
            assert_eq!(
                what,
                ["start", "exit"],
                "critical sections overlap: {pair:?}"
            );
            assert_eq!(
                pair[0].index(),
                pair[1].index(),
                "critical sections overlap: {pair:?}"
            );
            pair[0].index()
        })
        .collect()
}

/// A thread as an own type.
pub fn s1e3(run: &Document, at: At) {
    pairs_then_elapsed(run);
    if at.scenario == 1 && run.count("n_threads") > 0 {
        at.took_at_least(run, 1.0);
        // The longest nap, not the sum of ten of them: more than a third of the sum is wrong.
        assert!(
            run.elapsed_ms < at.scale * 3000.0 + 2000.0,
            "the threads slept one after the other: {} ms",
            run.elapsed_ms
        );
    }
}

/// A lock around the whole body.
pub fn s1e4(run: &Document, at: At) {
    let pairs = pairs_then_elapsed(run);
    let order = adjacent_pairs(&pairs);
    let n = run.count("n_threads");
    if at.scenario == 3 {
        assert_eq!(order, (1..=n).collect::<Vec<_>>());
    }
    if at.scenario != 2 {
        at.took_at_least(run, 0.5 * n as f64);
    }
}

/// The re-entrant lock.
pub fn s1e5(run: &Document, at: At) {
    let mut totals = Vec::new();
    for (who, step, few, many) in [("adder", "add", 10, 15), ("remover", "remove", 5, 10)] {
        let own = run.by(who);
        assert_eq!(own[0].what, "begin", "{who} says first how many");
        let amount = own[0].number();
        assert!((few..=many).contains(&amount), "{who}: {amount}");
        let left: Vec<i64> = own[1..].iter().map(|line| line.number()).collect();
        assert!(
            own[1..].iter().all(|line| line.what == step),
            "{who} does only {step}"
        );
        assert_eq!(
            left,
            (0..amount).rev().collect::<Vec<_>>(),
            "{who} counts down to 0"
        );
        totals.push(amount);
    }
    assert_eq!(run.result["adds"], totals[0]);
    assert_eq!(run.result["removes"], totals[1]);
    assert_eq!(run.result["total"], totals[0] - totals[1]);
    assert_eq!(run.lines.len() as i64, 2 + totals[0] + totals[1]);
    match at.scenario {
        1 => at.took_at_least(run, 0.2 * totals[0].max(totals[1]) as f64),
        2 => {}
        _ => {
            let adder = run.places(|line| line.who == "adder");
            let remover = run.places(|line| line.who == "remover");
            in_order(run, &adder, &remover);
            at.took_at_least(run, 0.2 * (totals[0] + totals[1]) as f64);
        }
    }
}

/// The semaphore of consumers and producers.
pub fn s1e6(run: &Document, at: At) {
    let n = run.count("n_threads");
    let produced = run.of("produce");
    let consumed = run.of("consume");
    for lines in [&produced, &consumed] {
        same_multiset(
            lines.iter().map(|line| line.index()).collect(),
            who_numbers(lines, n),
        );
    }
    let items = |lines: &[&Line]| lines.iter().map(|line| line.value.to_string()).collect();
    let (made, used): (Vec<String>, Vec<String>) = (items(&produced), items(&consumed));
    same_multiset(made.clone(), used.clone());
    assert_eq!(made, used, "first in, first out");
    let mut stock = 0;
    for line in &run.lines {
        match line.what.as_str() {
            "produce" => stock += 1,
            "consume" => stock -= 1,
            "wait" => assert!(line.who.starts_with("consumer"), "{line:?}"),
            other => panic!("not a word of s1e6: {other}"),
        }
        assert!(stock >= 0, "consumed before it was produced: {line:?}");
    }
    let mut waited: Vec<u64> = run.of("wait").iter().map(|line| line.index()).collect();
    let all = waited.len();
    waited.sort_unstable();
    waited.dedup();
    assert_eq!(waited.len(), all, "a consumer says once that it waits");
    assert_eq!(run.result["permits_left"], 0);
    if at.scenario == 1 && n > 0 {
        at.took_at_least(run, 0.2);
    }
}

/// n different numbers, counted from 0 or from 1.
fn who_numbers(lines: &[&Line], n: u64) -> Vec<u64> {
    let first = lines.iter().map(|line| line.index()).min().unwrap_or(0);
    assert!(first <= 1, "numbers begin at 0 or 1");
    (first..first + n).collect()
}

/// The race to a barrier of three.
pub fn s1e7(run: &Document, at: At) {
    assert_eq!(run.lines.len(), 8);
    let edges = [&run.lines[0], &run.lines[7]].map(|line| (line.what.as_str(), line.who.as_str()));
    assert_eq!(edges, [("begin", "main"), ("over", "main")]);
    for what in ["arrive", "pass"] {
        let names = run.of(what).iter().map(|line| line.who.as_str()).collect();
        same_multiset(names, vec!["Ali", "Hassan", "Reza"]);
    }
    in_order(
        run,
        &run.places(|line| line.what == "arrive"),
        &run.places(|line| line.what == "pass"),
    );
    at.took_at_least(run, if at.scenario == 1 { 1.0 } else { 3.0 });
}
