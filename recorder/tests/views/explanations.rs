//! Why one line came before another, and what is said of the order of a run.

use messages::{Language, Spoken};
use recorder::document::{Document, RuleReport};
use recorder::explanation::{
    Answer, Asked, Cause, Guarantee, Holds, Likely, LineNumber, Surprise, explain, lines_like,
    say_answer, sentences, why,
};
use recorder::{Kind, LaneId};

use crate::story::{BARRIER, FLAG, FUTEX, LOCK, QUEUE, SEMAPHORE, Story, two_threads};

fn line(document: &Document, text: &str) -> LineNumber {
    match lines_like(document, text) {
        Asked::Line(line) => line,
        other => panic!("{text}: {other:?}"),
    }
}

/// How far the order of two lines can be relied on, and by what; `None` where nothing orders them.
fn order(document: &Document, one: &str, other: &str) -> Option<(Holds, Vec<Cause>)> {
    match why(document, line(document, one), line(document, other)).expect("both lines are there") {
        Answer::Ordered { holds, steps, .. } => {
            Some((holds, steps.iter().map(|step| step.cause).collect()))
        }
        Answer::Unordered { .. } => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_join_orders_in_every_run_and_a_lock_in_this_one() {
    let document = two_threads();
    assert_eq!(
        order(&document, "B is in", "over"),
        Some((Holds::Always, vec![Cause::Join]))
    );
    assert_eq!(
        order(&document, "A is in", "B is in"),
        Some((Holds::ThisRun, vec![Cause::Handover]))
    );
    // Asked the other way round, the answer is the same.
    assert_eq!(
        order(&document, "B is in", "A is in"),
        Some((Holds::ThisRun, vec![Cause::Handover]))
    );
}

#[test]
fn two_threads_of_their_own_are_not_ordered() {
    let mut story = Story::of(&["main", "A", "B"]);
    story.starts(1).starts(2).prints(2, "two").prints(1, "one");
    let answer = why(&story.document, LineNumber(0), LineNumber(1));
    let expected = Answer::Unordered {
        first: LineNumber(0),
        then: LineNumber(1),
        gap_us: 10,
    };
    assert_eq!(answer, Some(expected));
    let surprises = explain(&story.document).surprises;
    let overtaken = Surprise::Overtaken {
        first: LineNumber(0),
        then: LineNumber(1),
    };
    assert_eq!(surprises[0], overtaken);
}

#[test]
fn lines_of_one_lane_stand_in_the_order_of_its_program() {
    let mut story = Story::of(&["main"]);
    story.prints(0, "a").prints(0, "b");
    let answer = why(&story.document, LineNumber(1), LineNumber(0));
    assert_eq!(
        answer,
        Some(Answer::SameLane {
            first: LineNumber(0),
            then: LineNumber(1)
        })
    );
    assert_eq!(
        why(&story.document, LineNumber(1), LineNumber(1)),
        Some(Answer::Same)
    );
    assert_eq!(why(&story.document, LineNumber(1), LineNumber(2)), None);
}

#[test]
fn a_start_orders_what_came_before_it_and_nothing_after() {
    let mut story = Story::of(&["main", "A"]);
    story
        .prints(0, "before")
        .starts(1)
        .prints(0, "after")
        .prints(1, "child");
    let document = &story.document;
    assert_eq!(
        order(document, "before", "child"),
        Some((Holds::Always, vec![Cause::Start]))
    );
    assert_eq!(order(document, "after", "child"), None);
    assert!(explain(document).surprises.iter().any(|surprise| {
        *surprise
            == Surprise::Unended {
                lanes: vec![LaneId(1)],
            }
    }));
}

#[test]
fn the_way_leads_through_several_lanes() {
    let mut story = Story::of(&["main", "A", "B"]);
    story.starts(1).prints(1, "child of main").ends(1).joins(1);
    story.starts(2).prints(2, "started after");
    let found = order(&story.document, "child of main", "started after");
    assert_eq!(
        found,
        Some((Holds::Always, vec![Cause::Join, Cause::Start]))
    );
}

#[test]
fn a_barrier_orders_arrivals_before_departures_and_not_arrivals() {
    let mut story = Story::of(&["main", "A", "B", "C"]);
    story.starts(1).starts(2).starts(3);
    for round in 0..2 {
        for lane in 1..=3 {
            story
                .prints(lane, &format!("{lane} arrives {round}"))
                .gives(lane, BARRIER);
        }
        for lane in [3, 1, 2] {
            story
                .takes(lane, BARRIER)
                .prints(lane, &format!("{lane} passes {round}"));
        }
    }
    let document = &story.document;
    let always = Some((Holds::Always, vec![Cause::Barrier]));
    assert_eq!(order(document, "1 arrives 0", "2 passes 0"), always);
    assert_eq!(order(document, "3 arrives 1", "1 passes 1"), always);
    assert_eq!(order(document, "1 arrives 0", "2 arrives 0"), None);
    assert_eq!(order(document, "3 passes 0", "1 passes 0"), None);
    let guaranteed = explain(document).guaranteed;
    assert!(guaranteed.contains(&Guarantee::Barrier {
        object: BARRIER,
        rounds: 2
    }));
}

#[test]
fn who_leaves_a_barrier_late_is_not_woken_by_the_next_round() {
    let mut story = Story::of(&["main", "A", "B"]);
    story.starts(1).starts(2);
    story.gives(1, BARRIER).event(1, Kind::WaitBegin, BARRIER);
    story
        .gives(2, BARRIER)
        .takes(2, BARRIER)
        .prints(2, "again")
        .gives(2, BARRIER);
    story
        .event(1, Kind::WaitEnd, BARRIER)
        .takes(1, BARRIER)
        .prints(1, "out at last");
    assert_eq!(order(&story.document, "again", "out at last"), None);
}

#[test]
fn a_message_orders_sender_and_receiver() {
    let mut story = Story::of(&["main", "A", "B"]);
    story.starts(1).starts(2);
    story.prints(1, "wrote one").event(1, Kind::Send, QUEUE);
    story.prints(1, "wrote two").event(1, Kind::Send, QUEUE);
    story.event(2, Kind::Receive, QUEUE).prints(2, "read one");
    story.event(2, Kind::Receive, QUEUE).prints(2, "read two");
    let document = &story.document;
    let always = Some((Holds::Always, vec![Cause::Message]));
    assert_eq!(order(document, "wrote one", "read one"), always);
    assert_eq!(order(document, "wrote two", "read two"), always);
    // The first in is the first out: the second was sent, but it is not what was read first.
    assert_eq!(order(document, "wrote two", "read one"), None);
}

#[test]
fn with_two_senders_the_next_run_may_do_it_the_other_way() {
    let mut story = Story::of(&["main", "A", "B", "C"]);
    story.starts(1).starts(2).starts(3);
    story
        .prints(1, "from A")
        .event(1, Kind::Send, QUEUE)
        .event(2, Kind::Send, QUEUE);
    story.event(3, Kind::Receive, QUEUE).prints(3, "read");
    let found = order(&story.document, "from A", "read");
    assert_eq!(found, Some((Holds::ThisRun, vec![Cause::Message])));
}

#[test]
fn a_semaphore_that_was_empty_guarantees_and_one_with_permits_does_not() {
    let tell = |waits: bool| {
        let mut story = Story::of(&["main", "giver", "taker"]);
        story.starts(1).starts(2);
        if waits {
            story.event(2, Kind::WaitBegin, SEMAPHORE);
        }
        story.prints(1, "given").gives(1, SEMAPHORE);
        if waits {
            story.event(2, Kind::WaitEnd, SEMAPHORE);
        }
        story.takes(2, SEMAPHORE).prints(2, "taken");
        story.document
    };
    let handed = |holds| Some((holds, vec![Cause::Handover]));
    assert_eq!(order(&tell(true), "given", "taken"), handed(Holds::Always));
    assert_eq!(
        order(&tell(false), "given", "taken"),
        handed(Holds::ThisRun)
    );
    let permit = Guarantee::Permit {
        object: SEMAPHORE,
        taken: 1,
    };
    assert!(explain(&tell(true)).guaranteed.contains(&permit));
    assert!(!explain(&tell(false)).guaranteed.contains(&permit));
}

#[test]
fn a_flag_orders_who_sets_it_and_who_waits() {
    let mut story = Story::of(&["main", "A"]);
    story.starts(1).event(1, Kind::WaitBegin, FLAG);
    story.prints(0, "set").event(0, Kind::Signal, FLAG);
    story
        .event(1, Kind::WaitEnd, FLAG)
        .takes(1, FLAG)
        .prints(1, "seen");
    let found = order(&story.document, "set", "seen");
    assert_eq!(found, Some((Holds::Always, vec![Cause::Flag])));
}

#[test]
fn a_futex_orders_where_one_wake_alone_can_have_been_it() {
    let tell = |wakes: usize| {
        let mut story = Story::of(&["main", "A", "B"]);
        story.starts(1).starts(2).event(2, Kind::WaitBegin, FUTEX);
        story.prints(1, "unlocked");
        for _ in 0..wakes {
            story.event(1, Kind::Signal, FUTEX);
        }
        story.event(2, Kind::WaitEnd, FUTEX).prints(2, "locked");
        story.document
    };
    let woken = Some((Holds::ThisRun, vec![Cause::Wake]));
    assert_eq!(order(&tell(1), "unlocked", "locked"), woken);
    assert_eq!(order(&tell(2), "unlocked", "locked"), None);
    assert_eq!(order(&tell(0), "unlocked", "locked"), None);
}

#[test]
fn a_wait_that_was_given_up_orders_nothing() {
    let mut story = Story::of(&["main", "A"]);
    story
        .starts(1)
        .prints(1, "first")
        .joins(1)
        .prints(0, "gave up")
        .prints(1, "still here")
        .ends(1);
    assert_eq!(order(&story.document, "first", "gave up"), None);
}

#[test]
fn only_a_sleep_between_two_lines_is_likely_and_no_more() {
    let mut story = Story::of(&["main", "A", "B"]);
    story.starts(1).starts(2).prints(1, "quick");
    story
        .does(2, Kind::SleepBegin)
        .after(100_000)
        .does(2, Kind::SleepEnd)
        .prints(2, "slow");
    story.document.order.likely = vec![RuleReport {
        rule: "quick first".to_owned(),
        holds: true,
        at: None,
    }];
    let likely = explain(&story.document).likely;
    assert_eq!(
        likely[0],
        Likely::Rule {
            rule: "quick first".to_owned(),
            holds: true
        }
    );
    assert!(
        matches!(likely[1], Likely::Sleep { first: LineNumber(0), then: LineNumber(1), gap_us } if gap_us > 99_999),
        "{likely:?}"
    );
}

#[test]
fn a_lock_two_held_at_once_is_not_called_exclusive() {
    let mut story = Story::of(&["main", "A", "B"]);
    story
        .starts(1)
        .starts(2)
        .takes(1, LOCK)
        .takes(2, LOCK)
        .gives(1, LOCK)
        .gives(2, LOCK);
    let guaranteed = explain(&story.document).guaranteed;
    assert!(
        !guaranteed
            .iter()
            .any(|order| matches!(order, Guarantee::Lock { .. }))
    );
    let guaranteed = explain(&two_threads()).guaranteed;
    assert!(guaranteed.contains(&Guarantee::Lock {
        object: LOCK,
        lanes: 2,
        turns: 2
    }));
}

#[test]
fn a_broken_guarantee_is_the_first_surprise() {
    let mut document = two_threads();
    document.order.guaranteed = vec![RuleReport {
        rule: "sequential(who)".to_owned(),
        holds: false,
        at: Some(3),
    }];
    let broken = Surprise::Broken {
        rule: "sequential(who)".to_owned(),
    };
    assert_eq!(explain(&document).surprises[0], broken);
}

#[test]
fn lines_are_found_by_text_part_or_number() {
    let mut story = Story::of(&["main"]);
    story
        .prints(0, "one fish")
        .prints(0, "two fish")
        .prints(0, "two fish")
        .prints(0, "Red");
    let document = &story.document;
    assert_eq!(lines_like(document, "one"), Asked::Line(LineNumber(0)));
    assert_eq!(lines_like(document, " red "), Asked::Line(LineNumber(3)));
    assert_eq!(
        lines_like(document, "two fish"),
        Asked::Several(vec![LineNumber(1), LineNumber(2)])
    );
    assert_eq!(lines_like(document, "#3"), Asked::Line(LineNumber(2)));
    for nothing in ["", "#0", "#5", "#99999999999999999999", "blue"] {
        assert_eq!(lines_like(document, nothing), Asked::None, "{nothing}");
    }
}

#[test]
fn the_answer_is_a_sentence_a_step_in_every_language() {
    let document = two_threads();
    let answer = why(&document, LineNumber(0), LineNumber(1)).expect("two lines");
    for language in Language::ALL {
        let said = say_answer(&document, &answer, &Spoken(language));
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(
            said[0].contains("A is in") && said[0].contains("B is in"),
            "{said:?}"
        );
        assert!(
            said.iter().all(|sentence| !sentence.starts_with("why-")),
            "{said:?}"
        );
        let explained = sentences(&document, &explain(&document), &Spoken(language));
        assert!(
            explained
                .iter()
                .all(|sentence| !sentence.contains("order-")),
            "{explained:?}"
        );
        assert!(
            explained.iter().any(|sentence| sentence.contains("join")),
            "{explained:?}"
        );
    }
}

#[test]
fn a_long_run_is_explained_in_a_few_lines() {
    let document = crate::story::busy(40, 50_000);
    let said = sentences(&document, &explain(&document), &Spoken(Language::En));
    assert!((3..=21).contains(&said.len()), "{said:#?}");
}
