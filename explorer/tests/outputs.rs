//! Asking and comparing.
use explorer::model::sync::{Arc, Mutex};
use explorer::model::{print, println, thread};
use explorer::{
    Allowance, Answer, Automaton, Ending, Exploration, NotCounted, Relation, Settings, Spent,
    compare, explore,
};
use std::time::Duration;

fn outputs(program: impl Fn() + Clone + 'static) -> Automaton {
    explore(&program, &Settings::default()).outputs.unwrap()
}

fn blocks(joined_at_once: bool) {
    let threads: Vec<_> = ["A", "B"]
        .into_iter()
        .map(|name| {
            let thread = thread::spawn(move || {
                println!("start {name}");
                println!("exit {name}");
            });
            if joined_at_once {
                thread.join().unwrap();
                return None;
            }
            Some(thread)
        })
        .collect();
    threads
        .into_iter()
        .flatten()
        .for_each(|thread| thread.join().unwrap());
    println!("main done");
}

#[test]
fn a_question_is_answered_with_the_line_from_which_it_is_impossible() {
    let outputs = outputs(|| blocks(false));
    assert_eq!(
        outputs.ask("start A\nexit A\nstart B\nexit B\nmain done\n"),
        Answer::Possible {
            endings: vec![Ending::Finished(0)]
        }
    );
    let Answer::Impossible {
        from_line,
        could_be,
        could_end,
    } = outputs.ask("start A\nexit A\nmain done\n")
    else {
        panic!("main waits for B");
    };
    assert_eq!(
        (from_line, could_be, could_end),
        (3, vec!["start B".to_owned()], vec![])
    );
    let Answer::Impossible { from_line, .. } = outputs.ask("start A\nexit A\n") else {
        panic!("too short")
    };
    assert_eq!(from_line, 3);
    for hostile in [
        "",
        "\n",
        "start A",
        "\u{0}",
        "start A\nexit A\nstart B\nexit B\nmain done\nmore\n",
    ] {
        assert!(
            matches!(outputs.ask(hostile), Answer::Impossible { .. }),
            "{hostile:?}"
        );
    }
}

#[test]
fn programs_are_equal_or_have_a_shortest_witness() {
    let (strict, loose) = (outputs(|| blocks(true)), outputs(|| blocks(false)));
    assert_eq!(compare(&strict, &strict).relation, Relation::Equal);
    let under = compare(&strict, &loose);
    assert_eq!(under.relation, Relation::UnderSynchronised);
    assert!(matches!(
        strict.ask(&under.only_program.unwrap().text),
        Answer::Impossible { .. }
    ));
    let over = compare(&loose, &strict);
    assert_eq!(
        (over.relation, over.only_program),
        (Relation::OverSynchronised, None)
    );
    let other = outputs(|| println!("other"));
    assert_eq!(compare(&strict, &other).relation, Relation::Different);
    let disjoint = |one, two| compare(one, two).disjoint;
    assert!(!disjoint(&strict, &loose) && !disjoint(&loose, &strict));
    assert!(disjoint(&strict, &other) && disjoint(&other, &strict));
}

#[test]
fn the_same_text_printed_in_other_pieces_is_the_same_output() {
    let pieces = outputs(|| {
        print!("a");
        print!("b\n");
    });
    let whole = outputs(|| println!("ab"));
    assert_eq!(compare(&whole, &pieces).relation, Relation::Equal);
    assert_eq!(compare(&pieces, &whole).relation, Relation::Equal);
    assert!(!compare(&pieces, &whole).disjoint && !compare(&whole, &pieces).disjoint);
    let more = outputs(|| println!("ac"));
    assert_eq!(compare(&pieces, &more).relation, Relation::Different);
    assert!(compare(&pieces, &more).disjoint);
}

#[test]
fn what_was_not_explored_whole_proves_nothing_missing() {
    let (few, more) = (outputs(|| blocks(true)), outputs(|| blocks(false)));
    let (over, under) = (compare(&more, &few), compare(&few, &more));
    // What the program was not seen to print it may print all the same.
    assert_eq!(over.certain(true, false), None);
    assert_eq!(over.certain(false, true), Some(Relation::OverSynchronised));
    // So may the reference.
    assert_eq!(under.certain(false, true), None);
    let known = under.certain(true, false);
    assert_eq!(known, Some(Relation::UnderSynchronised));
    let same = compare(&few, &few);
    assert_eq!(same.certain(true, false), None);
    assert_eq!(same.certain(false, true), None);
    assert_eq!(same.certain(true, true), Some(Relation::Equal));
}

#[test]
fn different_ends_of_the_same_text_are_different_outputs() {
    let deadlock = || {
        let lock = Arc::new(Mutex::new(()));
        println!("x");
        let _first = lock.lock().unwrap();
        let _second = lock.lock().unwrap();
    };
    let comparison = compare(&outputs(|| println!("x")), &outputs(deadlock));
    assert_eq!(comparison.only_program.unwrap().ending, Ending::Deadlock);
}

#[test]
fn what_always_comes_first_is_guaranteed() {
    let guaranteed = |program: fn()| {
        let orders = outputs(program).orders(&Allowance::endless()).unwrap();
        let pairs = orders.unwrap().guarantees();
        pairs
            .into_iter()
            .map(|one| format!("{} < {}", one.before, one.after))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        guaranteed(|| blocks(false)),
        [
            "exit A < main done",
            "exit B < main done",
            "start A < exit A",
            "start B < exit B"
        ]
    );
    assert_eq!(
        guaranteed(|| blocks(true)),
        [
            "exit A < start B",
            "exit B < main done",
            "start A < exit A",
            "start B < exit B"
        ]
    );
    assert_eq!(
        guaranteed(|| drop(thread::spawn(|| println!("luck")))),
        [""; 0]
    );
}

/// One class, and more outputs than anybody can count one state after the other.
fn ten_threads_print() -> Exploration {
    let program = || {
        let threads: Vec<_> = (0..10)
            .map(|name| thread::spawn(move || (0..5).for_each(|line| println!("{name} {line}"))))
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    };
    let settings = Settings {
        max_states: 0,
        ..Settings::default()
    };
    let found = explore(&program, &settings);
    assert_eq!(found.classes, 1);
    found
}

fn given_up(mut found: Exploration, allowance: &Allowance<'_>) -> NotCounted {
    found.find_outputs(usize::MAX, allowance);
    found.outputs.unwrap_err()
}

#[test]
fn outputs_are_given_up_when_their_time_is_spent() {
    let mut never = || false;
    let allowance = Allowance::new(Duration::from_millis(50), u64::MAX, &mut never);
    let why = given_up(ten_threads_print(), &allowance);
    assert_eq!(why, NotCounted::Spent(Spent::Time));
}

#[test]
fn outputs_are_given_up_when_their_memory_is_spent() {
    let mut never = || false;
    let so_far = explorer::explore::resident_bytes();
    let allowance = Allowance::new(Duration::from_secs(600), so_far + (16 << 20), &mut never);
    let why = given_up(ten_threads_print(), &allowance);
    assert_eq!(why, NotCounted::Spent(Spent::Memory));
}

#[test]
fn outputs_are_given_up_after_an_interrupt() {
    let mut looks = 0;
    let mut on_the_third_look = || {
        looks += 1;
        looks == 3
    };
    let allowance = Allowance::new(Duration::from_secs(600), u64::MAX, &mut on_the_third_look);
    let why = given_up(ten_threads_print(), &allowance);
    assert_eq!(why, NotCounted::Spent(Spent::Interrupted));
}
