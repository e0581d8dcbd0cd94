//! Every rule is shown a run it holds in and runs it is broken in, written by hand.

use serde_json::{Value, json};

use super::*;
use crate::document::{Document, OrderReport, Status};
use crate::event::{Kind, LaneId, Object};

/// A run in which these lines were printed, each by the lane with its name (lane 0 is main).
fn printed(lines: &[(&str, &str, Value)]) -> Document {
    let lane = |number: u32, name: &str| Lane {
        lane: LaneId(number),
        kind: LaneKind::Thread,
        name: name.to_owned(),
        pid: 100,
        tid: 100 + number as i32,
        parent: (number > 0).then_some(LaneId(0)),
    };
    let mut document = Document {
        exercise: "test".to_owned(),
        scenario: 1,
        params: BTreeMap::new(),
        seed: 0,
        lanes: vec![lane(0, "main")],
        lines: Vec::new(),
        events: Vec::new(),
        result: Map::new(),
        order: OrderReport::default(),
        status: Status::Ok,
        elapsed_ms: 0.0,
        time_scale: 1.0,
        lost: 0,
        error: None,
        note: None,
    };
    for (seq, (who, what, value)) in lines.iter().enumerate() {
        let known = document.lanes.iter().position(|lane| lane.name == *who);
        let number = known.unwrap_or_else(|| {
            document.lanes.push(lane(document.lanes.len() as u32, who));
            document.lanes.len() - 1
        });
        document.lines.push(
            Line {
                seq: seq as u64,
                at_us: seq as u64,
                lane: LaneId(number as u32),
                who: (*who).to_owned(),
                what: (*what).to_owned(),
                value: value.clone(),
            }
            .into(),
        );
    }
    document
}

/// The same, from "who what" or "who/what/number" written in a row: `A.start B.produce=3`.
fn said(text: &str) -> Document {
    let lines: Vec<(String, String, Value)> = text
        .split_whitespace()
        .map(|word| {
            let (who, rest) = word.split_once('.').expect("who.what");
            let (what, value) = match rest.split_once('=') {
                Some((what, number)) => (what, json!(number.parse::<i64>().expect("a number"))),
                None => (rest, Value::Null),
            };
            (who.replace('_', " "), what.to_owned(), value)
        })
        .collect();
    let borrowed: Vec<(&str, &str, Value)> = lines
        .iter()
        .map(|(who, what, value)| (who.as_str(), what.as_str(), value.clone()))
        .collect();
    printed(&borrowed)
}

#[track_caller]
fn holds(rule: Rule, document: &Document) {
    let verdict = rule.check(&document.as_run());
    assert!(
        verdict.holds,
        "{rule} should hold, but breaks at {:?}",
        verdict.at
    );
}

#[track_caller]
fn breaks(rule: Rule, document: &Document) {
    assert!(
        !rule.check(&document.as_run()).holds,
        "{rule} should not hold"
    );
}

#[track_caller]
fn breaks_at(rule: Rule, document: &Document, seq: u64) {
    assert_eq!(
        rule.check(&document.as_run()),
        Verdict {
            holds: false,
            at: Some(seq)
        },
        "{rule}"
    );
}

const CALL: Pick = Pick::what(&["call"]);

#[test]
fn a_count_may_depend_on_parameters_and_results() {
    let rule = Rule::Count {
        of: CALL,
        is: Amount::Param("n"),
    };
    let mut run = said("thread_0.call thread_1.call thread_1.exit");
    run.params.insert("n".to_owned(), 2);
    holds(rule, &run);
    run.params.insert("n".to_owned(), 3);
    breaks(rule, &run);
    run.params.clear();
    breaks(rule, &run);

    const N: Amount = Amount::Param("n");
    let triangle = Amount::Over(
        &Amount::Times(&N, &Amount::Minus(&N, &Amount::Is(1))),
        &Amount::Is(2),
    );
    for (n, expected) in [(0, 0), (1, 0), (10, 45), (64, 2016)] {
        run.params.insert("n".to_owned(), n);
        assert_eq!(triangle.of(&run.as_run()), Some(expected));
    }
    run.result = json!({"list": [3, 9, 4], "odd": [1, "x"]})
        .as_object()
        .unwrap()
        .clone();
    assert_eq!(Amount::Largest("list").of(&run.as_run()), Some(9));
    assert_eq!(Amount::Total("list").of(&run.as_run()), Some(16));
    assert_eq!(Amount::Total("odd").of(&run.as_run()), None);
    assert_eq!(Amount::Largest("odd").of(&run.as_run()), None);
    assert_eq!(Amount::Over(&N, &Amount::Is(0)).of(&run.as_run()), None);
    assert_eq!(
        Amount::Times(&N, &Amount::Is(i64::MAX)).of(&run.as_run()),
        None
    );
}

#[test]
fn at_most_counts_from_above() {
    let rule = Rule::AtMost {
        of: CALL,
        max: Amount::Is(1),
    };
    holds(rule, &said(""));
    holds(rule, &said("a.call"));
    breaks(rule, &said("a.call b.call"));
}

#[test]
fn distinct_names_are_counted_once() {
    let rule = Rule::DistinctWho {
        of: CALL,
        max: Amount::Is(2),
    };
    holds(rule, &said("a.call b.call a.call"));
    breaks(rule, &said("a.call b.call c.call"));
}

#[test]
fn sequential_means_block_after_block_in_the_order_of_the_index() {
    let rule = Rule::Sequential {
        of: Pick::ALL,
        from: 0,
    };
    assert_eq!(rule.to_string(), "sequential(who)");
    holds(rule, &said(""));
    holds(rule, &said("t_0.call t_1.call t_2.call"));
    holds(rule, &said("t_0.call t_1.call t_1.loop t_2.call main.over"));
    breaks_at(rule, &said("t_0.call t_2.call t_1.call"), 1);
    breaks_at(rule, &said("t_1.call t_0.call"), 0);
    breaks_at(rule, &said("t_0.call t_1.call t_0.call"), 2);
    breaks_at(
        Rule::Sequential {
            of: Pick::ALL,
            from: 1,
        },
        &said("t_0.call t_1.call"),
        0,
    );
    holds(
        Rule::Sequential {
            of: Pick::ALL,
            from: 1,
        },
        &said("t_1.call t_2.call"),
    );
    holds(
        Rule::Sequential {
            of: Pick::what(&["start"]),
            from: 0,
        },
        &said("t_5.call t_0.start"),
    );
}

#[test]
fn every_index_of_a_range_occurs() {
    let rule = Rule::Indices { of: CALL, from: 1, count: Amount::Is(3) };
    holds(rule, &said("t_2.call t_1.call t_3.call t_3.call main.over"));
    breaks(rule, &said("t_2.call t_1.call"));
    breaks(rule, &said("t_2.call t_1.call t_4.call"));
    breaks(rule, &said("t_0.call t_1.call t_2.call"));
    breaks_at(rule, &said("t_1.call t.call"), 1);
    holds(Rule::Indices { of: CALL, from: 0, count: Amount::Is(0) }, &said("t_1.exit"));
}

#[test]
fn a_worker_may_be_named_by_its_pid() {
    let rule = Rule::IndexIsPid { of: CALL };
    holds(rule, &said("worker_100.call"));
    breaks_at(rule, &said("worker_100.call worker_101.call"), 1);
    breaks_at(rule, &said("worker.call"), 0);
}

#[test]
fn blocks_are_not_interleaved() {
    let rule = Rule::Blocks {
        of: Pick::what(&["loop"]),
    };
    holds(rule, &said("p_2.call p_2.loop p_1.call p_2.loop p_1.loop"));
    breaks_at(rule, &said("p_2.loop p_1.loop p_2.loop"), 2);
}

#[test]
fn within_each_name_the_words_follow_each_other() {
    let pair = Rule::Within {
        of: Pick::what(&["start", "exit"]),
        words: &[Word::Once("start"), Word::Once("exit")],
    };
    holds(pair, &said("A.start B.start B.exit A.exit"));
    breaks(pair, &said("A.exit A.start"));
    breaks_at(pair, &said("A.start B.start B.exit"), 0);
    breaks_at(pair, &said("A.start A.exit A.start"), 2);

    let waiting = Rule::Within {
        of: Pick::who(&["consumer"]),
        words: &[Word::Optional("wait"), Word::Once("consume")],
    };
    holds(
        waiting,
        &said("consumer_0.wait consumer_1.consume consumer_0.consume producer_0.produce"),
    );
    breaks(waiting, &said("consumer_0.wait"));
    breaks(waiting, &said("consumer_0.consume consumer_0.wait"));
    breaks(
        waiting,
        &said("consumer_0.wait consumer_0.wait consumer_0.consume"),
    );

    let many = Rule::Within {
        of: Pick::ALL,
        words: &[Word::Once("call"), Word::Many("loop")],
    };
    holds(many, &said("p_0.call p_1.call p_1.loop p_1.loop"));
    breaks_at(many, &said("p_0.loop p_0.call"), 0);
}

#[test]
fn a_fixed_sequence_is_matched_line_by_line() {
    const STEPS: &[Step] = &[
        Step::any("A", "start"),
        Step::number("A", "number", 0),
        Step::any("A", "exit"),
    ];
    let exactly = Rule::Exactly {
        of: Pick::who(&["A"]),
        steps: STEPS,
    };
    let prefix = Rule::Prefix {
        of: Pick::who(&["A"]),
        steps: STEPS,
    };
    let proper = Rule::ProperPrefix {
        of: Pick::who(&["A"]),
        steps: STEPS,
    };
    assert_eq!(exactly.to_string(), "exactly(A start, A number 0, A exit)");

    let whole = said("A.start B.start A.number=0 A.exit");
    holds(exactly, &whole);
    holds(prefix, &whole);
    breaks(proper, &whole);

    let part = said("A.start A.number=0");
    breaks(exactly, &part);
    holds(prefix, &part);
    holds(proper, &part);
    holds(proper, &said(""));

    for rule in [exactly, prefix, proper] {
        breaks_at(rule, &said("A.start A.number=1"), 1);
        breaks_at(rule, &said("A.start A.exit"), 1);
        breaks_at(rule, &said("A.start A.number=0 A.exit A.exit"), 3);
    }

    let fields = Rule::Exactly {
        of: Pick::ALL,
        steps: &[Step {
            who: "main",
            what: "status",
            want: Want::Fields(&[
                ("when", Scalar::Text("joined")),
                ("alive", Scalar::Truth(false)),
            ]),
        }],
    };
    assert_eq!(
        fields.to_string(),
        "exactly(main status when=joined alive=false)"
    );
    holds(
        fields,
        &printed(&[("main", "status", json!({"when": "joined", "alive": false}))]),
    );
    breaks(
        fields,
        &printed(&[("main", "status", json!({"when": "joined", "alive": true}))]),
    );
    breaks(
        fields,
        &printed(&[("main", "status", json!({"when": "joined"}))]),
    );
}

#[test]
fn one_group_comes_wholly_before_another() {
    let rule = Rule::AllBefore {
        first: Pick::what(&["arrive"]),
        then: Pick::what(&["pass"]),
    };
    assert_eq!(rule.to_string(), "all(arrive) < all(pass)");
    holds(rule, &said("a.arrive b.arrive b.pass a.pass"));
    holds(rule, &said("a.arrive"));
    breaks_at(rule, &said("a.arrive a.pass b.arrive"), 2);
    let pairs = Rule::AllBefore {
        first: Pick::who(&["p1", "p2"]),
        then: Pick::who(&["p3", "p4"]),
    };
    holds(pairs, &said("p2.pass p1.pass p4.pass p3.pass"));
    breaks(pairs, &said("p2.pass p3.pass p1.pass"));
}

#[test]
fn the_first_and_the_last_line_are_alone_of_their_kind() {
    let first = Rule::First {
        of: Pick::what(&["begin"]),
    };
    let last = Rule::Last {
        of: Pick::what(&["over"]),
    };
    let good = said("main.begin a.arrive main.over");
    holds(first, &good);
    holds(last, &good);
    breaks_at(first, &said("a.arrive main.begin"), 1);
    breaks_at(last, &said("main.over a.pass"), 0);
    breaks(first, &said("main.begin main.begin"));
    breaks(first, &said("a.arrive"));
    breaks(last, &said(""));
}

#[test]
fn a_countdown_starts_where_it_says_and_ends_at_zero() {
    let rule = Rule::Countdown {
        who: "adder",
        begin: "begin",
        what: "add",
    };
    holds(
        rule,
        &said("adder.begin=2 remover.begin=1 adder.add=1 remover.remove=0 adder.add=0"),
    );
    holds(rule, &said("adder.begin=0"));
    breaks_at(rule, &said("adder.begin=2 adder.add=0"), 1);
    breaks_at(rule, &said("adder.add=1 adder.begin=2"), 0);
    breaks(rule, &said("adder.begin=2 adder.add=1"));
    breaks_at(
        rule,
        &said("adder.begin=1 adder.add=0 adder.add=-1 adder.add=3"),
        3,
    );
    breaks(rule, &said(""));
}

#[test]
fn each_index_counts_up_to_itself() {
    let rule = Rule::Ramp {
        of: Pick::ALL,
        what: "loop",
    };
    holds(
        rule,
        &said("p_0.call p_2.call p_1.call p_2.loop=0 p_1.loop=0 p_2.loop=1"),
    );
    breaks_at(rule, &said("p_2.call p_2.loop=1 p_2.loop=0"), 1);
    breaks(rule, &said("p_2.call p_2.loop=0"));
    breaks(rule, &said("p_1.call p_1.loop=0 p_1.loop=1"));
}

#[test]
fn a_queue_hands_out_the_beginning_of_what_went_in_in_order() {
    let rule = Rule::Fifo {
        put: "produce",
        take: "consume",
    };
    assert_eq!(rule.to_string(), "fifo(produce, consume)");
    holds(rule, &said("p.produce=7 c.consume=7 p.produce=3"));
    holds(rule, &said("c.consume=7 p.produce=7"));
    breaks_at(
        rule,
        &said("p.produce=7 p.produce=3 c.consume=3 c.consume=7"),
        2,
    );
    breaks_at(rule, &said("p.produce=7 c.consume=7 c.consume=7"), 2);

    let same = Rule::SameValues {
        put: "produce",
        take: "consume",
    };
    holds(
        same,
        &said("p.produce=7 p.produce=3 c.consume=3 c.consume=7"),
    );
    breaks(
        same,
        &said("p.produce=7 p.produce=3 c.consume=3 c.consume=3"),
    );
    breaks(same, &said("p.produce=7 p.produce=3 c.consume=3"));
}

#[test]
fn nothing_is_consumed_before_it_is_produced() {
    let rule = Rule::Balance {
        less: "consume",
        more: "produce",
    };
    assert_eq!(rule.to_string(), "always(count(consume) <= count(produce))");
    holds(rule, &said("p.produce p.produce c.consume c.consume"));
    breaks_at(rule, &said("p.produce c.consume c.consume p.produce"), 2);
}

#[test]
fn no_more_than_so_many_are_inside() {
    let rule = Rule::Inside {
        enter: "start",
        leave: "exit",
        max: 1,
    };
    holds(rule, &said("a.start a.exit b.start b.exit"));
    breaks_at(rule, &said("a.start b.start a.exit b.exit"), 1);
    breaks_at(rule, &said("a.start b.exit"), 1);
    breaks_at(rule, &said("a.start a.start"), 1);
    breaks(rule, &said("a.start"));
    holds(
        Rule::Inside {
            enter: "start",
            leave: "exit",
            max: 2,
        },
        &said("a.start b.start a.exit b.exit"),
    );
}

#[test]
fn values_are_the_same_or_distinct() {
    let same = Rule::Same {
        of: Pick::what(&["start"]),
        field: "",
    };
    holds(same, &said("a.start=5 b.start=5 c.exit=6"));
    breaks_at(same, &said("a.start=5 b.start=6"), 1);
    breaks_at(same, &said("a.start"), 0);

    let distinct = Rule::Distinct {
        of: Pick::ALL,
        field: "pid",
    };
    let line = |who, pid: i64| (who, "start", json!({"pid": pid}));
    holds(
        distinct,
        &printed(&[line("a", 1), line("b", 2), line("a", 1)]),
    );
    breaks_at(distinct, &printed(&[line("a", 1), line("b", 1)]), 1);
    breaks_at(distinct, &printed(&[line("a", 1), line("a", 2)]), 1);
    breaks_at(distinct, &said("a.start=5"), 0);
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
fn results_are_compared_with_amounts_lines_and_counts() {
    let mut run = said("adder.add=1 adder.add=0 main.elapsed=30");
    run.result = json!({"total": -15, "adds": 2, "elapsed_ms": 30, "text": "2"})
        .as_object()
        .unwrap()
        .clone();
    holds(
        Rule::Result {
            field: "total",
            is: Amount::Is(-15),
        },
        &run,
    );
    breaks(
        Rule::Result {
            field: "total",
            is: Amount::Result("adds"),
        },
        &run,
    );
    breaks(
        Rule::Result {
            field: "missing",
            is: Amount::Is(0),
        },
        &run,
    );
    breaks(
        Rule::Result {
            field: "text",
            is: Amount::Is(2),
        },
        &run,
    );
    holds(
        Rule::ResultBetween {
            field: "adds",
            min: 2,
            max: 3,
        },
        &run,
    );
    breaks(
        Rule::ResultBetween {
            field: "adds",
            min: 3,
            max: 5,
        },
        &run,
    );
    holds(
        Rule::ResultCounts {
            field: "adds",
            of: Pick::what(&["add"]),
        },
        &run,
    );
    breaks(
        Rule::ResultCounts {
            field: "adds",
            of: Pick::ALL,
        },
        &run,
    );
    holds(
        Rule::ResultIsValue {
            field: "elapsed_ms",
            of: Pick::what(&["elapsed"]),
        },
        &run,
    );
    breaks_at(
        Rule::ResultIsValue {
            field: "adds",
            of: Pick::what(&["elapsed"]),
        },
        &run,
        2,
    );
    breaks(
        Rule::ResultIsValue {
            field: "adds",
            of: CALL,
        },
        &run,
    );
}

#[test]
fn squares_and_their_collection_are_complete() {
    let square =
        |input: i64, output: i64| ("w", "square", json!({"input": input, "output": output}));
    let squares = Rule::Squares {
        of: Pick::what(&["square"]),
    };
    let collects = Rule::ResultCollects {
        field: "outputs",
        of: Pick::what(&["square"]),
    };
    let mut run = printed(&[square(1, 1), square(0, 0), square(2, 4)]);
    run.result = json!({"outputs": [0, 1, 4]}).as_object().unwrap().clone();
    holds(squares, &run);
    holds(collects, &run);
    holds(squares, &said(""));
    breaks_at(squares, &printed(&[square(2, 5)]), 0);
    breaks_at(squares, &printed(&[square(0, 0), square(0, 0)]), 1);
    breaks(squares, &printed(&[square(0, 0), square(2, 4)]));
    run.result = json!({"outputs": [1, 0, 4]}).as_object().unwrap().clone();
    breaks(collects, &run);
    run.result = json!({"outputs": [0, 1]}).as_object().unwrap().clone();
    breaks(collects, &run);
    run.result.clear();
    breaks(collects, &run);
}

#[test]
fn values_rise_altogether_or_inside_their_chunk() {
    let rising = Rule::Rising {
        of: Pick::ALL,
        field: "",
    };
    holds(rising, &said("a.n=0 b.n=1 a.n=5"));
    breaks_at(rising, &said("a.n=0 b.n=2 a.n=1"), 2);
    breaks_at(rising, &said("a.n=0 b.n=0"), 1);

    let chunks = Rule::RisingInChunks {
        of: Pick::ALL,
        field: "",
        chunk: Amount::Is(2),
    };
    holds(chunks, &said("a.n=2 b.n=0 a.n=3 b.n=1"));
    breaks_at(chunks, &said("a.n=3 b.n=0 a.n=2"), 2);
    // An empty run has chunks of 0: nothing to divide by.
    holds(
        Rule::RisingInChunks {
            of: Pick::ALL,
            field: "",
            chunk: Amount::Is(0),
        },
        &said(""),
    );
}

#[test]
fn odd_names_rise_and_even_names_follow_the_odd_one_before() {
    let odd = Rule::OddRising { of: Pick::ALL };
    let even = Rule::EvenAfterOdd { of: Pick::ALL };
    for order in [
        "M-1.r M-2.r M-3.r",
        "M-1.r M-3.r M-2.r M-4.r",
        "M-1.r M-3.r M-4.r M-2.r",
        "",
    ] {
        holds(odd, &said(order));
        holds(even, &said(order));
    }
    breaks_at(odd, &said("M-3.r M-1.r"), 1);
    breaks_at(even, &said("M-2.r M-1.r"), 0);
    breaks_at(even, &said("M-1.r M-4.r M-2.r M-3.r"), 1);
}

#[test]
fn turns_are_taken_until_one_side_has_ended() {
    let rule = Rule::Alternating {
        a: "add",
        b: "remove",
    };
    holds(rule, &said("a.add r.remove a.add r.remove a.add a.add"));
    holds(rule, &said("r.remove a.add a.add"));
    holds(rule, &said("a.add a.add"));
    breaks_at(rule, &said("a.add a.add r.remove r.remove"), 1);
}

#[test]
fn lines_follow_a_list_of_the_result() {
    let by_index = Rule::OrderedBy {
        of: Pick::ALL,
        list: "ms",
        from: 1,
        names: &[],
    };
    let mut run = said("t_2.exit t_3.exit t_1.exit");
    run.result = json!({"ms": [3, 1, 1]}).as_object().unwrap().clone();
    holds(by_index, &run);
    run.result = json!({"ms": [1, 3, 1]}).as_object().unwrap().clone();
    breaks_at(by_index, &run, 1);
    run.result = json!({"ms": [1, 3]}).as_object().unwrap().clone();
    breaks(by_index, &run);
    breaks_at(
        Rule::OrderedBy {
            of: Pick::ALL,
            list: "ms",
            from: 3,
            names: &[],
        },
        &run,
        0,
    );

    let by_name = Rule::OrderedBy {
        of: Pick::ALL,
        list: "ms",
        from: 0,
        names: &["Reza", "Ali"],
    };
    let mut run = said("Ali.arrive Reza.arrive");
    run.result = json!({"ms": [2, 1]}).as_object().unwrap().clone();
    holds(by_name, &run);
    run.result = json!({"ms": [1, 2]}).as_object().unwrap().clone();
    breaks_at(by_name, &run, 1);
}

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
fn time_bounds_follow_the_time_scale() {
    let least = Rule::TimeAtLeast {
        ms: Amount::Times(&Amount::Is(300), &Amount::Param("n")),
    };
    assert_eq!(least.to_string(), "elapsed >= 300 * n ms");
    let most = Rule::TimeAtMost {
        ms: Amount::Is(2000),
    };
    let mut run = said("");
    run.params.insert("n".to_owned(), 10);
    run.elapsed_ms = 3000.1;
    holds(least, &run);
    breaks(most, &run);
    run.elapsed_ms = 2999.9;
    breaks(least, &run);
    run.time_scale = 0.05;
    run.elapsed_ms = 150.2;
    holds(least, &run);
    holds(most, &run);
    run.elapsed_ms = 149.9;
    breaks(least, &run);
}

#[test]
fn a_rule_may_be_left_out_where_a_switch_is_on() {
    let rule = Rule::Unless {
        param: "shared",
        rule: &Rule::Fifo {
            put: "produce",
            take: "consume",
        },
    };
    let mut run = said("p.produce=1 c.consume=2");
    run.params.insert("shared".to_owned(), 0);
    assert!(rule.applies(&run.as_run()));
    breaks(rule, &run);
    run.check_order(&[rule], &[]);
    assert!(!run.keeps_its_contract());
    run.params.insert("shared".to_owned(), 1);
    assert!(!rule.applies(&run.as_run()));
    run.check_order(&[rule], &[]);
    assert!(run.order.guaranteed.is_empty() && run.keeps_its_contract());
}

#[test]
fn a_pick_takes_names_with_and_without_number() {
    let run = said("consumer_12.wait consumers.wait consumer.wait consumer_x.wait");
    let taken: Vec<bool> = run
        .lines
        .iter()
        .map(|line| Pick::who(&["consumer"]).takes(line))
        .collect();
    assert_eq!(taken, [true, false, true, false]);
    assert_eq!(index_of("process 12 of 3"), Some(12));
    assert_eq!(index_of("MyClass-7"), Some(7));
    assert_eq!(index_of("main"), None);
}

#[test]
fn a_report_names_the_broken_rules() {
    let mut run = said("t_1.call t_0.call");
    run.check_order(
        &[
            Rule::Sequential {
                of: Pick::ALL,
                from: 0,
            },
            Rule::Count {
                of: CALL,
                is: Amount::Is(2),
            },
        ],
        &[Rule::Last { of: CALL }],
    );
    assert_eq!(
        serde_json::to_value(&run.order).unwrap(),
        json!({
            "guaranteed": [
                {"rule": "sequential(who)", "holds": false, "at": 0},
                {"rule": "count(call) = 2", "holds": true}
            ],
            "likely": [{"rule": "last(call)", "holds": false}]
        })
    );
    assert!(!run.keeps_its_contract());
}
