//! Rules about what several participants do together.

use serde_json::json;

use super::*;

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

#[test]
fn a_result_reads_exactly_as_it_should() {
    let rule = Rule::ResultReads {
        field: "value",
        json: "3.5",
    };
    assert_eq!(rule.to_string(), "result.value = 3.5");
    let mut run = said("");
    breaks(rule, &run);
    run.result.insert("value".to_owned(), json!(3.5));
    holds(rule, &run);
    run.result.insert("value".to_owned(), json!([3.5]));
    breaks(rule, &run);
    let unreadable = Rule::ResultReads {
        field: "value",
        json: "[",
    };
    breaks(unreadable, &run);
}

#[test]
fn a_result_is_a_field_of_a_line() {
    let rule = Rule::ResultIsField {
        field: "pid",
        of: Pick::what(&["worker"]),
        part: "pid",
    };
    assert_eq!(rule.to_string(), "result.pid = pid(worker)");
    let mut run = printed(&[("p1", "worker", json!({"pid": 7, "parent": 1}))]);
    breaks_at(rule, &run, 0);
    run.result.insert("pid".to_owned(), json!(7));
    holds(rule, &run);
    run.result.insert("pid".to_owned(), json!(1));
    breaks_at(rule, &run, 0);
    breaks(rule, &said("p1.other"));
}

#[test]
fn every_line_carries_the_item_of_its_index() {
    let rule = Rule::FromList {
        of: Pick::what(&["write"]),
        list: "array",
        from: 1,
    };
    assert_eq!(rule.to_string(), "value(write) = result.array[index]");
    let mut run = said("p_2.write=5 p_1.write=9");
    breaks(rule, &run);
    run.result.insert("array".to_owned(), json!([9, 5]));
    holds(rule, &run);
    run.result.insert("array".to_owned(), json!([9, 6]));
    breaks_at(rule, &run, 0);
    run.result.insert("array".to_owned(), json!([9]));
    breaks_at(rule, &run, 0);
    let mut early = said("p_0.write=9");
    early.result.insert("array".to_owned(), json!([9]));
    breaks_at(rule, &early, 0);
}

#[test]
fn everybody_takes_all_that_went_in() {
    let rule = Rule::EachTakesAll {
        put: "notify",
        take: "event",
    };
    assert_eq!(rule.to_string(), "each-takes-all(notify, event)");
    holds(rule, &said("c.count=1 c.notify=10"));
    holds(
        rule,
        &said("c.notify=10 c.notify=20 a.event=10 b.event=10 b.event=20 a.event=20"),
    );
    breaks_at(rule, &said("c.notify=10 c.notify=20 a.event=10"), 2);
    breaks_at(rule, &said("c.notify=10 a.event=10 a.event=10"), 2);
    breaks_at(
        rule,
        &said("c.notify=10 c.notify=20 a.event=20 a.event=10"),
        2,
    );
}

#[test]
fn a_gate_keeps_out_until_it_is_open_and_lets_a_late_one_slip_through() {
    let rule = Rule::Gate {
        open: "set",
        shut: "clear",
        keeps_out: "work",
        late: 1,
    };
    assert_eq!(rule.to_string(), "gate(set/clear: work) <= 1");
    holds(
        rule,
        &said("p.wait m.set p.work p.work m.clear p.work m.set p.work m.clear"),
    );
    breaks_at(rule, &said("p.work m.set"), 0);
    breaks_at(rule, &said("m.set m.clear p.work p.work"), 3);
}

#[test]
fn groups_pass_whole_and_only_when_they_are_whole() {
    let rule = Rule::Groups {
        arrive: "arrive",
        pass: "pass",
        members: Amount::Is(2),
    };
    assert_eq!(rule.to_string(), "groups(arrive, pass) of 2");
    holds(
        rule,
        &said("a.arrive b.arrive c.arrive b.pass=0 d.arrive d.pass=1 a.pass=0 c.pass=1"),
    );
    holds(rule, &said(""));
    breaks_at(rule, &said("a.arrive a.pass=0 b.arrive b.pass=0"), 1);
    breaks_at(
        rule,
        &said("a.arrive b.arrive c.arrive a.pass=0 b.pass=0 c.pass=1 d.arrive d.pass=1"),
        5,
    );
    breaks_at(
        rule,
        &said("a.arrive b.arrive c.arrive d.arrive a.pass=0 b.pass=0 c.pass=0 d.pass=1"),
        6,
    );
    breaks(rule, &said("a.arrive b.arrive a.pass=0"));
    breaks_at(rule, &said("a.arrive b.arrive a.pass=-1"), 2);
}
