use serde_json::json;

use super::*;

#[test]
fn a_word_may_hold_the_index() {
    let run = printed(&[
        ("worker 1", "call", json!({"thread": "Thread-1"})),
        ("worker 12", "call", json!({"thread": "Thread-12"})),
    ]);
    let rule = |is| Rule::Named {
        of: CALL,
        field: "thread",
        is,
    };
    holds(rule("Thread-#"), &run);
    assert_eq!(
        rule("Thread-#").to_string(),
        "named(thread: call) = Thread-#"
    );
    breaks_at(rule("Thread-1"), &run, 1);
    breaks_at(rule("Process-#"), &run, 0);
    let number = printed(&[("worker 1", "call", json!(1))]);
    breaks(
        Rule::Named {
            of: CALL,
            field: "",
            is: "1",
        },
        &number,
    );
    let word = printed(&[("main", "call", json!("fine"))]);
    holds(
        Rule::Named {
            of: CALL,
            field: "",
            is: "fine",
        },
        &word,
    );
}

#[test]
fn a_number_may_be_the_same_in_every_line() {
    let rule = Rule::Carries {
        of: CALL,
        field: "count",
        is: Amount::Param("limit"),
    };
    let mut run = printed(&[
        ("a", "call", json!({"count": 7})),
        ("b", "call", json!({"count": 7})),
        ("b", "exit", json!({"count": 1})),
    ]);
    run.params.insert("limit".to_owned(), 7);
    holds(rule, &run);
    assert_eq!(rule.to_string(), "carries(count: call) = limit");
    run.params.insert("limit".to_owned(), 8);
    breaks_at(rule, &run, 0);
    breaks(rule, &printed(&[("a", "call", json!(7))]));
}

#[test]
fn what_follows_has_the_value_of_what_went_before() {
    let rule = Rule::FollowsSame {
        first: "wash",
        then: "dry",
    };
    holds(rule, &said("w.wash=1 w.wash=2 d.dry=2 d.dry=1 w.wash=3"));
    breaks_at(rule, &said("w.wash=1 d.dry=2 w.wash=2"), 1);
    breaks_at(rule, &said("w.wash=1 d.dry=1 d.dry=1"), 2);
    assert_eq!(rule.to_string(), "follows-same-value(wash, dry)");
}

#[test]
fn a_root_is_that_of_the_index() {
    let rule = Rule::Roots { of: CALL };
    let run = |value: f64| printed(&[("job 3", "call", json!(value))]);
    holds(rule, &run(1.7321));
    breaks(rule, &run(1.7322));
    breaks(rule, &run(1.73));
    breaks(rule, &printed(&[("job 3", "call", json!(null))]));
    breaks(rule, &printed(&[("main", "call", json!(1.0))]));
}

#[test]
fn lines_of_one_lane_are_told_from_lines_of_two() {
    let rule = Rule::OneLane { of: CALL };
    let mut run = said("task_1.call task_2.call other.exit");
    breaks_at(rule, &run, 1);
    for line in &mut run.lines[..2] {
        line.line.lane = LaneId(1);
    }
    holds(rule, &run);
    assert_eq!(rule.to_string(), "one-lane(call)");
}

#[test]
fn a_list_of_the_result_is_the_values_in_order() {
    let rule = Rule::ResultLists {
        field: "dishes",
        of: CALL,
    };
    let mut run = said("a.call=1 b.exit=9 b.call=2");
    breaks(rule, &run);
    run.result.insert("dishes".to_owned(), json!([1, 2]));
    holds(rule, &run);
    run.result.insert("dishes".to_owned(), json!([2, 1]));
    breaks_at(rule, &run, 0);
    run.result.insert("dishes".to_owned(), json!([1]));
    breaks_at(rule, &run, 2);
    run.result.insert("dishes".to_owned(), json!([1, 2, 3]));
    breaks(rule, &run);
    assert_eq!(rule.to_string(), "result.dishes = values(call)");
}

#[test]
fn a_result_with_a_fraction_has_a_bound() {
    let rule = Rule::ResultAtMost {
        field: "elapsed_ms",
        max: Amount::Result("serial_ms"),
    };
    let mut run = said("a.call");
    run.result.insert("serial_ms".to_owned(), json!(5));
    breaks(rule, &run);
    run.result.insert("elapsed_ms".to_owned(), json!(4.9));
    holds(rule, &run);
    run.result.insert("elapsed_ms".to_owned(), json!(5.1));
    breaks(rule, &run);
    assert_eq!(rule.to_string(), "result.elapsed_ms <= result.serial_ms");
}
