//! Every rule is shown a run it holds in and runs it is broken in, written by hand.

mod carried;
mod lanes;
mod lines;
mod together;
mod values;

use serde_json::{Value, json};

use super::*;
use crate::document::{Document, OrderReport, Params, Status};
use crate::event::{Kind, LaneId, LaneKind, Object};

/// A run in which these lines were printed, each by the lane with its name (lane 0 is main).
pub(super) fn printed(lines: &[(&str, &str, Value)]) -> Document {
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
        params: Params::default(),
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
pub(super) fn said(text: &str) -> Document {
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

/// A rule says the same of a run without the lines it does not read, and with those it does in another order, as far
/// as it says that the order does not matter.
#[track_caller]
fn reads_as_it_says(rule: Rule, document: &Document) {
    let reading = rule.reading();
    let whole = document.as_run();
    let verdict = rule.check(&whole).holds;
    let mut read = document.as_run();
    read.lines.retain(|line| reading.takes(line));
    if !reading.lives {
        read.events = &[];
    }
    if !reading.time {
        read.elapsed_ms = f64::NAN;
    }
    assert_eq!(
        rule.check(&read).holds,
        verdict,
        "{rule} reads other lines than it says"
    );
    match reading.order {
        LineOrder::Full => return,
        LineOrder::OfEachName => read.lines.sort_by_key(|line| &line.who),
        LineOrder::None => read.lines.reverse(),
    }
    assert_eq!(
        rule.check(&read).holds,
        verdict,
        "{rule} minds the order of lines"
    );
}

#[track_caller]
pub(super) fn holds(rule: Rule, document: &Document) {
    reads_as_it_says(rule, document);
    let verdict = rule.check(&document.as_run());
    assert!(
        verdict.holds,
        "{rule} should hold, but breaks at {:?}",
        verdict.at
    );
}

#[track_caller]
pub(super) fn breaks(rule: Rule, document: &Document) {
    reads_as_it_says(rule, document);
    assert!(
        !rule.check(&document.as_run()).holds,
        "{rule} should not hold"
    );
}

#[track_caller]
pub(super) fn breaks_at(rule: Rule, document: &Document, seq: u64) {
    reads_as_it_says(rule, document);
    assert_eq!(
        rule.check(&document.as_run()),
        Verdict {
            holds: false,
            at: Some(seq)
        },
        "{rule}"
    );
}

pub(super) const CALL: Pick = Pick::what(&["call"]);

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
    assert_eq!(
        Amount::Min(&Amount::Is(2), &Amount::Total("list")).of(&run.as_run()),
        Some(2)
    );
    assert_eq!(
        Amount::Max(&Amount::Is(2), &Amount::Total("list")).of(&run.as_run()),
        Some(16)
    );
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

#[test]
fn a_rule_may_be_left_out_where_a_file_was_chosen() {
    let rule = Rule::Unless {
        param: "sites",
        rule: &Rule::AtMost {
            of: CALL,
            max: Amount::Is(0),
        },
    };
    let mut run = said("a.call");
    assert!(rule.applies(&run.as_run()));
    breaks(rule, &run);
    let chosen = [("sites".to_owned(), "mine.txt".to_owned())];
    run.params = Params::new(BTreeMap::new(), chosen.into());
    assert!(!rule.applies(&run.as_run()));
}
