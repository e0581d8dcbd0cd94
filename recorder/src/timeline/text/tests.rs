//! Drawings of runs written by hand.

use serde_json::json;

use super::*;

fn run_of(threads: u32, text: &str) -> Document {
    let mut lanes = vec![json!({
        "lane": 0, "kind": "process", "name": "main", "pid": 1, "tid": 1, "parent": null
    })];
    let (mut events, mut lines) = (Vec::new(), Vec::new());
    let mut seq = 0;
    for lane in 1..=threads {
        let name = format!("thread {}", lane - 1);
        lanes.push(json!({
            "lane": lane, "kind": "thread", "name": name, "pid": 1, "tid": 1 + lane, "parent": 0
        }));
        let object = format!("lane:{lane}");
        let mut event = |by: u32, kind: &str| {
            seq += 1;
            events.push(json!({
                "seq": seq, "at_us": seq * 10, "lane": by, "kind": kind, "object": object
            }));
            seq
        };
        event(0, "spawn");
        event(lane, "start");
        let line = event(lane, "print");
        lines.push(json!({
            "seq": line, "at_us": line * 10, "lane": lane, "who": name, "what": "call",
            "value": null, "text": text
        }));
        event(0, "join-begin");
        event(lane, "exit");
        event(0, "join-end");
    }
    serde_json::from_value(json!({
        "exercise": "s1e1", "scenario": 1, "params": {}, "seed": 0, "lanes": lanes,
        "lines": lines, "events": events, "result": {},
        "order": {"guaranteed": [], "likely": []}, "status": "ok", "elapsed_ms": 1.0
    }))
    .unwrap()
}

#[test]
fn one_thread_leaves_and_comes_back() {
    let drawing = draw(&run_of(1, "Function called"), &Options::default());
    assert_eq!(
        drawing,
        "    0.01  ├─╮  main      spawn thread 0
    0.02  │ ╷  thread 0  start
    0.03  │ ●  thread 0  Function called
    0.04  ┬ │  main      join-begin thread 0
    0.05  ╎ ╵  thread 0  exit
    0.06  ┴    main      join-end thread 0
"
    );
}

#[test]
fn threads_one_after_the_other_share_a_column() {
    let drawing = draw(
        &run_of(64, "x"),
        &Options {
            rows: 1000,
            ..Options::default()
        },
    );
    assert!(
        drawing.lines().all(|row| row.chars().nth(14) == Some(' ')),
        "{drawing}"
    );
    assert_eq!(drawing.lines().count(), 64 * 6);
}

#[test]
fn only_the_lines_where_events_are_not_wanted() {
    let drawing = draw(
        &run_of(3, "x"),
        &Options {
            events: false,
            ..Options::default()
        },
    );
    assert_eq!(drawing.lines().count(), 3);
    assert!(drawing.lines().all(|row| row.contains('●')));
}

#[test]
fn no_row_is_wider_than_asked_whatever_the_script() {
    for text in [
        "函式由執行緒呼叫".repeat(20),
        "تابع از نخ فراخوانده شد ".repeat(20),
        "ab\ncd".repeat(99),
    ] {
        for width in [0, 40, 53, 80, 200] {
            let drawing = draw(
                &run_of(3, &text),
                &Options {
                    width,
                    ..Options::default()
                },
            );
            for row in drawing.lines() {
                assert!(row.width() <= width.max(LEAST_WIDTH), "{width}: {row}");
            }
            assert_eq!(drawing.lines().count(), 18);
            assert!(drawing.contains('…'));
            assert_eq!(
                drawing.matches('\u{2068}').count(),
                drawing.matches('\u{2069}').count()
            );
        }
    }
}

#[test]
fn of_a_long_run_the_middle_is_left_out() {
    let drawing = draw(
        &run_of(64, "x"),
        &Options {
            rows: 21,
            ..Options::default()
        },
    );
    assert_eq!(drawing.lines().count(), 21);
    assert_eq!(drawing.lines().nth(10), Some("        ⋮  364"));
    assert!(drawing.ends_with("join-end thread 63\n"));
}

#[test]
fn more_lanes_than_columns_still_fit() {
    let mut run = run_of(64, "x");
    // All threads are started before the first one ends.
    run.events
        .sort_by_key(|event| (event.kind != Kind::Spawn, event.seq));
    for (seq, event) in run.events.iter_mut().enumerate() {
        event.seq = seq as u64;
    }
    run.lines.clear();
    let drawing = draw(
        &run,
        &Options {
            rows: 1000,
            ..Options::default()
        },
    );
    assert!(drawing.lines().all(|row| row.width() <= 80));
    assert_eq!(drawing.lines().count(), 64 * 5);
}

#[test]
fn nothing_happened_draws_nothing() {
    let mut run = run_of(0, "");
    run.lanes.clear();
    assert_eq!(draw(&run, &Options::default()), "");
}
