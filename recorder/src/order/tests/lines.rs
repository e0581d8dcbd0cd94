//! Rules about which line comes before which.

use serde_json::json;

use super::*;

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
    let rule = Rule::Indices {
        of: CALL,
        from: 1,
        count: Amount::Is(3),
    };
    holds(rule, &said("t_2.call t_1.call t_3.call t_3.call main.over"));
    breaks(rule, &said("t_2.call t_1.call"));
    breaks(rule, &said("t_2.call t_1.call t_4.call"));
    breaks(rule, &said("t_0.call t_1.call t_2.call"));
    breaks_at(rule, &said("t_1.call t.call"), 1);
    holds(
        Rule::Indices {
            of: CALL,
            from: 0,
            count: Amount::Is(0),
        },
        &said("t_1.exit"),
    );
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

#[test]
fn how_many_may_be_inside_can_be_a_parameter() {
    let rule = Rule::InsideUpTo {
        enter: "enter",
        leave: "leave",
        max: Amount::Param("permits"),
    };
    assert_eq!(rule.to_string(), "inside(enter..leave) <= permits");
    let with = |permits, text| {
        let mut run = said(text);
        run.params.insert("permits".to_owned(), permits);
        run
    };
    let two_inside = "a.enter b.enter a.leave b.leave";
    holds(rule, &with(2, two_inside));
    breaks_at(rule, &with(1, two_inside), 1);
    breaks_at(rule, &with(0, two_inside), 0);
    breaks(rule, &with(2, "a.enter"));
    breaks(rule, &said("a.enter a.leave"));
}

#[test]
fn what_follows_a_beginning_does_not_matter() {
    const STEPS: &[Step] = &[Step::number("a", "go", 0), Step::any("b", "go")];
    let rule = Rule::Begins {
        of: Pick::ALL,
        steps: STEPS,
    };
    assert_eq!(rule.to_string(), "begins(a go 0, b go)");
    holds(rule, &said("a.go=0 b.go=7"));
    holds(rule, &said("a.go=0 b.go=7 c.stop a.go=0"));
    breaks_at(rule, &said("b.go=7 a.go=0"), 0);
    breaks_at(rule, &said("a.go=0 a.go=1 b.go"), 1);
    breaks(rule, &said("a.go=0"));
}

#[test]
fn a_step_can_ask_for_a_word() {
    const STEPS: &[Step] = &[Step::text("a", "set", "t1")];
    let rule = Rule::Exactly {
        of: Pick::ALL,
        steps: STEPS,
    };
    assert_eq!(rule.to_string(), "exactly(a set t1)");
    holds(rule, &printed(&[("a", "set", json!("t1"))]));
    breaks_at(rule, &printed(&[("a", "set", json!("t2"))]), 0);
    breaks_at(rule, &printed(&[("a", "set", json!(1))]), 0);
}
