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
