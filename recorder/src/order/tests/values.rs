//! Rules about what the lines carry.

use serde_json::json;

use super::*;

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
fn consecutive_values_leave_none_out() {
    let rule = Rule::Consecutive {
        of: Pick::what(&["count"]),
        field: "",
        from: 1,
    };
    assert_eq!(rule.to_string(), "consecutive(value: count) from 1");
    holds(rule, &said("a.count=1 b.count=2 b.other=9 a.count=3"));
    holds(rule, &said(""));
    breaks_at(rule, &said("a.count=1 a.count=3"), 1);
    breaks_at(rule, &said("a.count=1 b.count=1"), 1);
    breaks_at(rule, &said("a.count=0 b.count=1"), 0);
    breaks_at(rule, &said("a.count"), 0);
}

#[test]
fn values_that_never_rise_may_stay() {
    let rule = Rule::NeverRising {
        of: Pick::what(&["active"]),
        field: "",
    };
    assert_eq!(rule.to_string(), "never-rising(value: active)");
    holds(rule, &said("m.active=3 m.active=3 m.other=9 m.active=1"));
    holds(rule, &said(""));
    breaks_at(rule, &said("m.active=1 m.active=1 m.active=2"), 2);
    breaks_at(rule, &said("m.active"), 0);
}

#[test]
fn the_messages_of_each_sender_rise() {
    let rule = Rule::RisingBy {
        of: CALL,
        by: "sender",
        field: "number",
    };
    assert_eq!(rule.to_string(), "rising(number by sender: call)");
    let run = |pairs: &[(i64, i64)]| {
        let values = pairs
            .iter()
            .map(|(sender, number)| ("main", "call", json!({"sender": sender, "number": number})));
        printed(&values.collect::<Vec<_>>())
    };
    holds(rule, &run(&[(1, 1), (2, 1), (2, 2), (1, 2)]));
    breaks_at(rule, &run(&[(1, 2), (2, 1), (1, 1)]), 2);
    breaks_at(rule, &run(&[(1, 1), (1, 1)]), 1);
    breaks_at(rule, &said("main.call=1"), 0);
}

#[test]
fn nothing_comes_out_before_it_went_in() {
    let rule = Rule::PutFirst {
        put: "wash",
        take: "dry",
    };
    assert_eq!(rule.to_string(), "put-first(wash, dry)");
    holds(rule, &said("w.wash=1 w.wash=2 d.dry=2 d.dry=1 w.wash=3"));
    breaks_at(rule, &said("w.wash=1 d.dry=2 w.wash=2"), 1);
    breaks_at(rule, &said("w.wash=1 d.dry=1 d.dry=1"), 2);
}

#[test]
fn a_text_of_one_line_has_no_newline() {
    let rule = Rule::OneLine {
        of: CALL,
        field: "",
    };
    let text = |text: &str| printed(&[("main", "call", json!(text))]);
    holds(rule, &text("Sat Nov 21"));
    breaks_at(rule, &text("Sat Nov 21\n"), 0);
    breaks_at(rule, &text(""), 0);
    breaks_at(rule, &said("main.call=1"), 0);
    let field = Rule::OneLine {
        of: CALL,
        field: "text",
    };
    assert_eq!(field.to_string(), "one-line(text: call)");
    holds(field, &printed(&[("main", "call", json!({"text": "x"}))]));
    breaks_at(field, &text("x"), 0);
}

#[test]
fn a_list_in_the_result_is_compared_number_by_number() {
    let rule = Rule::ResultList {
        field: "exit_codes",
        is: &[0, -9],
    };
    assert_eq!(rule.to_string(), "result.exit_codes = [0, -9]");
    let with = |value: Value| {
        let mut run = said("");
        run.result.insert("exit_codes".to_owned(), value);
        run
    };
    holds(rule, &with(json!([0, -9])));
    for wrong in [
        json!([0]),
        json!([-9, 0]),
        json!([0, -9, 0]),
        json!([0, null]),
        json!(0),
    ] {
        breaks(rule, &with(wrong));
    }
    breaks(rule, &said(""));
}

#[test]
fn a_step_may_want_a_text() {
    const STEPS: &[Step] = &[
        Step::text("main", "call", "mytime"),
        Step::fields("main", "call", &[("code", Scalar::Number(0))]),
    ];
    let rule = Rule::Exactly {
        of: CALL,
        steps: STEPS,
    };
    assert_eq!(
        rule.to_string(),
        "exactly(main call mytime, main call code=0)"
    );
    let code = ("main", "call", json!({"code": 0}));
    holds(
        rule,
        &printed(&[("main", "call", json!("mytime")), code.clone()]),
    );
    breaks_at(rule, &printed(&[("main", "call", json!("other")), code]), 0);
}

#[test]
fn each_value_comes_once() {
    let rule = Rule::Values {
        of: CALL,
        field: "",
        from: 1,
        count: Amount::Is(3),
    };
    holds(rule, &said("a.call=2 b.call=1 a.call=3 a.over=9"));
    breaks_at(rule, &said("a.call=2 b.call=1 c.call=2"), 2);
    breaks(rule, &said("a.call=2 b.call=1"));
    breaks(rule, &said("a.call=2 b.call=1 a.call=3 a.call=4"));
    breaks_at(rule, &said("a.call"), 0);
}

#[test]
fn a_field_of_the_result_is_exactly_as_written() {
    const TWO: Amount = Amount::Is(2);
    let with = |value: Value| {
        let mut run = said("");
        run.result.insert("x".to_owned(), value);
        run
    };
    let rule = |is| Rule::ResultIs { field: "x", is };
    let is = |exact, value: Value| holds(rule(exact), &with(value));
    let is_not = |exact, value: Value| breaks(rule(exact), &with(value));

    is(Exact::Null, json!(null));
    is_not(Exact::Null, json!(0));
    is(Exact::Number(TWO), json!(2));
    is_not(Exact::Number(TWO), json!("2"));
    is_not(Exact::Number(Amount::Result("none")), json!(2));
    is(Exact::Text("a"), json!("a"));
    is_not(Exact::Text("a"), json!("b"));

    const PAIR: Exact = Exact::List(&[Exact::Null, Exact::Text("a")]);
    is(PAIR, json!([null, "a"]));
    is_not(PAIR, json!(["a", null]));
    is_not(PAIR, json!([null, "a", "a"]));
    const FIELDS: Exact = Exact::Fields(&[("b", Exact::Null), ("a", Exact::Number(TWO))]);
    is(FIELDS, json!({"b": null, "a": 2}));
    is_not(FIELDS, json!({"a": 2, "b": null}));
    is_not(FIELDS, json!({"b": null}));
    is(Exact::Repeat(&Exact::Null, TWO), json!([null, null]));
    is_not(Exact::Repeat(&Exact::Null, TWO), json!([null]));
    is_not(Exact::Repeat(&Exact::Null, TWO), json!([null, 1]));

    let down = Exact::Steps {
        from: TWO,
        step: -1,
        count: Amount::Is(3),
    };
    is(down, json!([2, 1, 0]));
    is_not(down, json!([0, 1, 2]));
    is_not(down, json!([2, 1]));
    let squares = Exact::Squares {
        from: 2,
        count: TWO,
    };
    is(squares, json!([4, 9]));
    is_not(squares, json!([9, 4]));
    let any = Exact::AnyOrder {
        from: 1,
        count: TWO,
    };
    is(any, json!([2, 1]));
    is_not(any, json!([2, 2]));
    is_not(any, json!([1, 2, 3]));
    breaks(rule(Exact::Null), &said(""));
}

#[test]
fn each_number_comes_once() {
    let rule = Rule::EachOnce {
        of: Pick::what(&["up", "down"]),
        field: "",
        from: 0,
        count: Amount::Is(3),
    };
    assert_eq!(rule.to_string(), "each-once(value: up|down) = 3 from 0");
    holds(rule, &said("a.up=2 b.down=0 c.other=7 a.up=1"));
    breaks(rule, &said("a.up=2 b.down=0"));
    breaks(rule, &said("a.up=2 b.down=0 a.up=3"));
    breaks_at(rule, &said("a.up=2 b.down=0 a.up=1 c.up=2"), 3);
    breaks_at(rule, &said("a.up"), 0);
}

#[test]
fn the_numbers_of_each_name_rise() {
    let rule = Rule::RisingEach {
        of: Pick::what(&["up"]),
        field: "",
    };
    assert_eq!(rule.to_string(), "rising(value for each who: up)");
    holds(rule, &said("a.up=2 b.up=0 a.other=0 a.up=5 b.up=4"));
    breaks_at(rule, &said("a.up=2 b.up=0 a.up=1"), 2);
    breaks_at(rule, &said("a.up=2 a.up=2"), 1);
}

#[test]
fn a_result_may_have_an_upper_bound() {
    let rule = Rule::ResultAtMost {
        field: "most",
        max: Amount::Param("workers"),
    };
    assert_eq!(rule.to_string(), "result.most <= workers");
    let mut run = said("");
    breaks(rule, &run);
    run.params.insert("workers".to_owned(), 4);
    breaks(rule, &run);
    run.result.insert("most".to_owned(), json!(4));
    holds(rule, &run);
    run.result.insert("most".to_owned(), json!(5));
    breaks(rule, &run);
}
