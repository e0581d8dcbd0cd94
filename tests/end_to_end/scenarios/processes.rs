//! What a stranger may expect of series 2. Every process is one: the pids in
//! the lines are those of the lanes, differ, and are not the parent's.

use super::{At, in_order, same_multiset};
use crate::document::{Document, Line};
use std::collections::{BTreeMap, BTreeSet};

/// The processes that printed these lines are as many as there are names, each
/// with a pid of its own.
fn own_process_each(run: &Document, lines: &[&Line]) -> BTreeMap<String, i64> {
    let mut pids = BTreeMap::new();
    for line in lines {
        let pid = run.pid_of(line);
        let known = *pids.entry(line.who.clone()).or_insert(pid);
        assert_eq!(known, pid, "{} changed its process", line.who);
        assert_ne!(
            pid,
            run.main_pid(),
            "{} is not a process of its own",
            line.who
        );
    }
    let different: BTreeSet<i64> = pids.values().copied().collect();
    assert_eq!(
        different.len(),
        pids.len(),
        "two names share a process: {pids:?}"
    );
    pids
}

/// The lines of every `who` form one block.
fn contiguous(lines: &[&Line]) {
    let mut finished = BTreeSet::new();
    for pair in lines.windows(2) {
        if pair[0].who != pair[1].who {
            finished.insert(pair[0].who.clone());
            assert!(
                !finished.contains(&pair[1].who),
                "{} is torn apart",
                pair[1].who
            );
        }
    }
}

/// Starting processes.
pub fn s2e1(run: &Document, at: At) {
    let n = run.count("n_process");
    assert_eq!(run.lines.len() as u64, n + n * n.saturating_sub(1) / 2);
    for i in 0..n {
        let own: Vec<&Line> = run.lines.iter().filter(|line| line.index() == i).collect();
        assert_eq!(own[0].what, "call", "process {i}");
        assert!(
            own[1..].iter().all(|line| line.what == "loop"),
            "process {i}"
        );
        let counted: Vec<i64> = own[1..].iter().map(|line| line.number()).collect();
        assert_eq!(counted, (0..i as i64).collect::<Vec<_>>(), "process {i}");
    }
    let all: Vec<&Line> = run.lines.iter().collect();
    own_process_each(run, &all);
    match at.scenario {
        1 => {
            contiguous(&all);
            let order: Vec<u64> = run.of("call").iter().map(|line| line.index()).collect();
            assert_eq!(order, (0..n).collect::<Vec<_>>());
        }
        2 => {}
        _ => contiguous(&run.of("loop")),
    }
}

/// Names and a process inside a process.
pub fn s2e2(run: &Document, at: At) {
    let names: &[&str] = if at.scenario == 3 {
        &["myFunc", "Process-2", "insider"]
    } else {
        &["myFunc", "Process-2"]
    };
    assert_eq!(run.lines.len(), 2 * names.len());
    let all: Vec<&Line> = run.lines.iter().collect();
    let pids = own_process_each(run, &all);
    for name in names {
        let own = run.by(name);
        let what: Vec<&str> = own.iter().map(|line| line.what.as_str()).collect();
        assert_eq!(what, ["start", "exit"], "{name}");
        let parent = if *name == "insider" {
            pids["myFunc"]
        } else {
            run.main_pid()
        };
        for line in own {
            assert_eq!(line.field("pid"), pids[*name]);
            assert_eq!(line.field("parent"), parent, "the parent of {name}");
        }
    }
    if at.scenario == 2 {
        let first = run.places(|line| line.who == "myFunc");
        in_order(run, &first, &run.places(|line| line.who == "Process-2"));
    }
}

/// Background and normal.
pub fn s2e3(run: &Document, at: At) {
    let words = |who: &str| -> Vec<(String, String)> {
        run.lines
            .iter()
            .filter(|line| line.who.starts_with(who))
            .map(|line| (line.what.clone(), line.value.to_string()))
            .collect()
    };
    let whole = |first: i64| -> Vec<String> {
        let mut lines = vec!["start".to_owned()];
        lines.extend((0..5).map(|k| format!("number {}", first + 2 * k)));
        lines.push("exit".to_owned());
        lines
    };
    let shown = |lines: Vec<(String, String)>| -> Vec<String> {
        lines
            .into_iter()
            .map(|(what, value)| {
                if what == "number" {
                    format!("number {value}")
                } else {
                    what
                }
            })
            .collect()
    };
    assert_eq!(shown(words("normal")), whole(1));
    let background = shown(words("background"));
    let all: Vec<&Line> = run.lines.iter().collect();
    own_process_each(run, &all);
    if at.scenario == 1 {
        assert!(
            whole(0).starts_with(&background),
            "a beginning of its lines: {background:?}"
        );
        assert!(
            !background.contains(&"exit".to_owned()),
            "it was ended, it did not end"
        );
        assert_eq!(run.result["background_exit_code"], -15);
        return;
    }
    assert_eq!(background, whole(0));
    assert_eq!(run.lines.len(), 14);
    assert_eq!(run.result["background_exit_code"], 0);
    if at.scenario == 3 {
        let first = run.places(|line| line.who.starts_with("background"));
        in_order(
            run,
            &first,
            &run.places(|line| line.who.starts_with("normal")),
        );
        at.took_at_least(run, 2.0);
    }
}

/// Ending a process by force.
pub fn s2e4(run: &Document, at: At) {
    let status = run.of("status");
    let when: Vec<&str> = status
        .iter()
        .filter_map(|line| line.value["when"].as_str())
        .collect();
    assert_eq!(when, ["before", "running", "terminated", "joined"]);
    assert!(status.iter().all(|line| line.who == "main"));
    assert_eq!(
        status[0].value["alive"], false,
        "not alive before its start"
    );
    assert_eq!(status[3].value["alive"], false, "not alive once joined");
    assert_eq!(run.result["exit_code"], -15);
    assert!(run.of("finish").is_empty(), "the child never finishes");
    let child: Vec<&Line> = run.lines.iter().filter(|line| line.who != "main").collect();
    if let Some((first, rest)) = child.split_first() {
        assert_eq!(first.what, "start");
        let counted: Vec<i64> = rest.iter().map(|line| line.number()).collect();
        assert!(rest.iter().all(|line| line.what == "number"));
        assert_eq!(counted, (0..counted.len() as i64).collect::<Vec<_>>());
        assert!(counted.len() < 10);
        assert_ne!(run.pid_of(first), run.main_pid());
    }
    at.took_at_least(run, if at.scenario == 1 { 0.0 } else { 1.0 });
}

/// A process as an own type.
pub fn s2e5(run: &Document, at: At) {
    let n = run.count("n_process");
    let order: Vec<u64> = run.of("run").iter().map(|line| line.index()).collect();
    assert_eq!(run.lines.len() as u64, n);
    same_multiset(order.clone(), (1..=n).collect());
    let all: Vec<&Line> = run.lines.iter().collect();
    own_process_each(run, &all);
    for line in &run.lines {
        assert_eq!(line.number(), run.pid_of(line));
    }
    match at.scenario {
        1 => {
            assert_eq!(order, (1..=n).collect::<Vec<_>>());
            at.took_at_least(run, 0.5 * n as f64);
        }
        2 => at.took_at_least(run, if n > 0 { 0.5 } else { 0.0 }),
        _ => {
            let odd: Vec<u64> = order.iter().copied().filter(|k| k % 2 == 1).collect();
            assert!(odd.is_sorted(), "the odd ones rise: {order:?}");
            let place = |k: u64| order.iter().position(|other| *other == k);
            for k in (2..=n).step_by(2) {
                assert!(place(k - 1) < place(k), "{k} after {}: {order:?}", k - 1);
            }
            at.took_at_least(run, 0.5 * n.div_ceil(2) as f64);
        }
    }
}

/// Producer and consumer with a queue.
pub fn s2e6(run: &Document, at: At) {
    let n = run.count("n_products") as usize;
    let items = |what: &str| -> Vec<String> {
        run.of(what)
            .iter()
            .map(|line| line.value.to_string())
            .collect()
    };
    let (appended, popped) = (items("append"), items("pop"));
    assert_eq!(appended.len(), n);
    assert!(
        appended.starts_with(&popped),
        "first in, first out: {appended:?} {popped:?}"
    );
    assert_eq!(run.result["appended"], n);
    assert_eq!(run.result["popped"], popped.len());
    let mut stock = 0;
    for line in &run.lines {
        match line.what.as_str() {
            "append" => stock += 1,
            "pop" => stock -= 1,
            "empty" => {}
            other => panic!("not a word of s2e6: {other}"),
        }
        assert!(
            stock >= 0,
            "popped before it was said to be appended: {line:?}"
        );
    }
    let all: Vec<&Line> = run.lines.iter().collect();
    let pids = own_process_each(run, &all);
    assert!(pids.len() <= 2, "a producer and a consumer: {pids:?}");
    if at.scenario != 2 {
        assert_eq!(popped.len(), n, "everything is popped");
    }
    assert_eq!(
        run.of("empty").len(),
        1,
        "the consumer says once that it ends"
    );
    if at.scenario == 1 {
        assert_eq!(
            run.lines.last().map(|line| line.what.as_str()),
            Some("empty")
        );
    }
    if at.scenario == 3 {
        let appends = run.places(|line| line.what == "append");
        in_order(run, &appends, &run.places(|line| line.what == "pop"));
    }
}

/// A barrier between processes.
pub fn s2e7(run: &Document, at: At) {
    let all: Vec<&Line> = run.lines.iter().collect();
    assert_eq!(own_process_each(run, &all).len(), 4);
    for line in &run.lines {
        assert_eq!(line.number(), run.pid_of(line), "{line:?}");
    }
    same_multiset(
        run.of("pass")
            .iter()
            .map(|line| line.who.as_str())
            .collect(),
        vec!["p1", "p2", "p3", "p4"],
    );
    same_multiset(
        run.of("arrive")
            .iter()
            .map(|line| line.who.as_str())
            .collect(),
        vec!["p1", "p2"],
    );
    let pair = |line: &Line| line.who == "p1" || line.who == "p2";
    if at.scenario == 2 {
        for name in ["p1", "p2"] {
            let own: Vec<&str> = run.by(name).iter().map(|line| line.what.as_str()).collect();
            assert_eq!(own, ["arrive", "pass"]);
        }
    } else {
        let arrivals = run.places(|line| pair(line) && line.what == "arrive");
        in_order(
            run,
            &arrivals,
            &run.places(|line| pair(line) && line.what == "pass"),
        );
    }
    if at.scenario == 3 {
        in_order(run, &run.places(pair), &run.places(|line| !pair(line)));
    }
}

/// A pool of two.
pub fn s2e8(run: &Document, at: At) {
    let n = run.count("n_inputs") as i64;
    let squares: Vec<(i64, i64)> = run
        .of("square")
        .iter()
        .map(|line| (line.field("input"), line.field("output")))
        .collect();
    assert_eq!(run.lines.len() as i64, n);
    let expected: Vec<(i64, i64)> = (0..n).map(|i| (i, i * i)).collect();
    same_multiset(squares.clone(), expected.clone());
    let outputs: Vec<i64> = (0..n).map(|i| i * i).collect();
    assert_eq!(
        run.result["outputs"],
        serde_json::json!(outputs),
        "outputs are in input order"
    );
    if at.scenario == 2 {
        let pids: BTreeSet<i64> = run.lines.iter().map(|line| run.pid_of(line)).collect();
        assert!(pids.len() <= 2, "two workers: {pids:?}");
        assert!(!pids.contains(&run.main_pid()), "the workers print");
        for line in &run.lines {
            assert_eq!(
                line.index() as i64,
                run.pid_of(line),
                "who is the worker's pid: {line:?}"
            );
        }
    } else {
        assert_eq!(squares, expected);
        assert!(run.lines.iter().all(|line| line.who == "main"));
    }
}
