//! Rules about who printed, and who lived when.

use serde_json::json;

use super::*;

/// A run of which only the events matter: "1+" is the start of lane 1, "1-" its exit, "1j" somebody
/// has waited for it.
fn lived(text: &str) -> Document {
    let mut run = said("main.begin a.call b.call");
    for (seq, word) in text.split_whitespace().enumerate() {
        let (lane, what) = word.split_at(1);
        let lane = LaneId(lane.parse().expect("a lane"));
        let (by, kind) = match what {
            "+" => (lane, Kind::Start),
            "-" => (lane, Kind::Exit),
            _ => (LaneId(0), Kind::JoinEnd),
        };
        let (seq, object) = (seq as u64, Object::lane(lane));
        run.events.push(Event {
            seq,
            at_us: seq,
            lane: by,
            kind,
            object,
        });
    }
    run
}

#[test]
fn a_worker_may_be_named_by_its_pid() {
    let rule = Rule::IndexIsPid { of: CALL };
    holds(rule, &said("worker_100.call"));
    breaks_at(rule, &said("worker_100.call worker_101.call"), 1);
    breaks_at(rule, &said("worker.call"), 0);
}

#[test]
fn a_pid_is_that_of_the_lane_that_prints_it() {
    let rule = Rule::OwnPid {
        of: Pick::what(&["run"]),
        field: "",
    };
    holds(rule, &said("a.run=100 b.run=100"));
    breaks_at(rule, &said("a.run=100 b.run=101"), 1);
    breaks(rule, &said("a.run"));
}

#[test]
fn each_name_has_a_thread_or_process_of_its_own() {
    let thread = Rule::OwnLane {
        of: CALL,
        kind: LaneKind::Thread,
    };
    let process = Rule::OwnLane {
        of: CALL,
        kind: LaneKind::Process,
    };
    let mut run = said("a.call b.call a.call main.over");
    holds(thread, &run);
    breaks(process, &run);
    breaks_at(thread, &said("a.call main.call"), 1);

    for (position, lane) in run.lanes.iter_mut().enumerate().skip(1) {
        lane.kind = LaneKind::Process;
        lane.pid = 200 + position as i32;
        lane.tid = lane.pid;
    }
    holds(process, &run);
    run.lanes[1].pid = run.lanes[0].pid;
    breaks_at(process, &run, 0);

    let mut shared = said("a.call b.call");
    shared.lines[1].line.lane = LaneId(1);
    breaks_at(thread, &shared, 1);
    let mut moved = said("a.call b.call a.call");
    moved.lines[2].line.lane = LaneId(2);
    breaks_at(thread, &moved, 2);
    let mut pretended = said("a.call");
    pretended.lanes[1].tid = pretended.lanes[0].tid;
    breaks(thread, &pretended);
}

#[test]
fn a_child_names_its_parent() {
    let line = |who, pid: i64, parent: i64| (who, "start", json!({"pid": pid, "parent": parent}));
    let of_main = Rule::ParentOf {
        child: "myFunc",
        parent: "main",
    };
    let of_child = Rule::ParentOf {
        child: "insider",
        parent: "myFunc",
    };
    let run = printed(&[line("insider", 102, 101), line("myFunc", 101, 100)]);
    holds(of_main, &run);
    holds(of_child, &run);
    breaks(of_main, &printed(&[line("myFunc", 101, 99)]));
    breaks_at(
        of_child,
        &printed(&[line("insider", 102, 100), line("myFunc", 101, 100)]),
        0,
    );
    breaks(of_child, &printed(&[line("insider", 102, 101)]));
    breaks(of_child, &printed(&[line("myFunc", 101, 100)]));
}

#[test]
fn lanes_that_live_together_are_counted() {
    let alone = Rule::AliveTogether {
        kind: LaneKind::Thread,
        max: 1,
    };
    holds(alone, &lived("0+ 1+ 1- 2+ 2- 0-"));
    breaks_at(alone, &lived("0+ 1+ 2+ 1- 2-"), 2);
    holds(
        Rule::AliveTogether {
            kind: LaneKind::Process,
            max: 0,
        },
        &lived("1+ 2+ 1- 2-"),
    );
}

#[test]
fn every_lane_has_ended() {
    let rule = Rule::AllEnded {
        kind: LaneKind::Thread,
        count: Amount::Is(2),
    };
    holds(rule, &lived("1+ 2+ 2- 1-"));
    holds(rule, &lived("1+ 2+ 2- 1j"));
    breaks(rule, &lived("1+ 2+ 2-"));
    breaks(
        Rule::AllEnded {
            kind: LaneKind::Thread,
            count: Amount::Is(3),
        },
        &lived("1- 2-"),
    );
    breaks(
        Rule::AllEnded {
            kind: LaneKind::Process,
            count: Amount::Is(2),
        },
        &lived("1- 2-"),
    );
}

#[test]
fn programs_are_counted_and_waited_for() {
    let ran = |text: &str| {
        let mut run = lived(&text.replace('x', "+"));
        for (event, word) in run.events.iter_mut().zip(text.split_whitespace()) {
            if word.ends_with('x') {
                event.kind = Kind::Exec;
            }
        }
        run
    };
    let rule = |count| Rule::Programs {
        count: Amount::Is(count),
    };
    assert_eq!(rule(2).to_string(), "programs = 2");
    holds(rule(2), &ran("1+ 1x 2+ 2x 1j 2j"));
    holds(rule(0), &ran("1+ 1-"));
    breaks(rule(1), &ran("1+ 1x 2+ 2x 1j 2j"));
    breaks(rule(1), &ran("1+ 1-"));
    breaks(rule(1), &ran("1+ 1x 1-"));
}

#[test]
fn the_parent_of_all_children_is_main() {
    let rule = Rule::ChildrenOfMain { of: CALL };
    assert_eq!(rule.to_string(), "parent(call) = pid(main)");
    let with = |parent: i64| {
        printed(&[
            ("main", "begin", Value::Null),
            ("child 0", "call", json!({"parent": 100})),
            ("child 1", "call", json!({"parent": parent})),
        ])
    };
    holds(rule, &with(100));
    breaks_at(rule, &with(101), 2);
    breaks_at(rule, &said("a.call"), 0);
}

#[test]
fn lanes_end_before_a_line_when_somebody_has_waited_for_them() {
    let rule = Rule::EndedBefore {
        kind: LaneKind::Thread,
        of: Pick::what(&["over"]),
    };
    // The joins of both lanes come first, then the line with seq 10.
    let mut run = lived("1+ 2+ 1j 2j");
    for line in &mut run.lines {
        line.line.what = "over".to_owned();
        line.line.seq += 10;
    }
    holds(rule, &run);
    for line in &mut run.lines {
        line.line.seq -= 7;
    }
    breaks_at(rule, &run, 3);
    let mut said_only = lived("1+ 1- 2+ 2j");
    for line in &mut said_only.lines {
        line.line.what = "over".to_owned();
        line.line.seq += 10;
    }
    breaks_at(rule, &said_only, 10);
    holds(rule, &lived("1+ 2+"));
}
