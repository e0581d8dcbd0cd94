//! The wrong answers of the graded tasks: each says of which kind it is, and no task lacks a kind that it could have.
//!
//! The kind is a line of its own, `// kind: racy`, above the sentence that says what somebody believes who writes such an
//! answer. Where an answer has to fail in a way of its own, `// verdict: TimeLimit` stays the first line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What an answer is wrong by.
const KINDS: [&str; 7] = [
    "racy",
    "sleeps",
    "over-synchronised",
    "deadlock",
    "leaks",
    "luck",
    "other",
];

/// Tasks in which a kind is not possible: the beginning of the folder's name, the kinds, and why.
const IMPOSSIBLE: &[(&str, &[&str], &str)] = &[
    (
        "01",
        &["racy", "sleeps", "over-synchronised", "deadlock", "leaks"],
        "the answer plays exercises; it starts nothing and locks nothing",
    ),
    (
        "03",
        &["racy"],
        "the guests share nothing that is changed in steps",
    ),
    (
        "05",
        &["leaks"],
        "the office is only lent: threads that borrow it end before the answer returns",
    ),
    (
        "06",
        &["over-synchronised", "leaks"],
        "one lock for the whole of a transfer is the solution, and nothing is started",
    ),
    (
        "08",
        &["over-synchronised", "leaks"],
        "that all wait for all is the solution, and the friends' threads are the judge's",
    ),
    (
        "09",
        &["over-synchronised", "leaks"],
        "one lock around everything is the solution, and nothing is started",
    ),
    (
        "10",
        &["over-synchronised", "leaks"],
        "one lock around everything is the solution, and nothing is started",
    ),
    (
        "11",
        &["racy"],
        "when a press and the end of the window meet, either may come first: nobody is wrong by that",
    ),
    (
        "12",
        &["sleeps", "over-synchronised", "deadlock", "leaks"],
        "nobody waits for anybody, and nothing is started",
    ),
    (
        "14",
        &["racy", "sleeps", "deadlock", "leaks"],
        "the job is only lent, and the answer shares nothing; to sleep measures nothing",
    ),
    (
        "16",
        &["racy"],
        "the programs share only pipes, which lose nothing",
    ),
    (
        "17",
        &["over-synchronised", "deadlock"],
        "one child after the other is a solution, and each process waits only for what it has started",
    ),
    (
        "20",
        &["over-synchronised", "leaks"],
        "that the line belongs to one message at a time is the solution, and nothing is started",
    ),
    (
        "23",
        &["racy", "sleeps", "over-synchronised", "deadlock", "leaks"],
        "the server calls one function at a time, and is given back",
    ),
    (
        "24",
        &["over-synchronised"],
        "that one car crosses at a time is a solution",
    ),
    (
        "25",
        &["racy"],
        "the workers share nothing, and results have places of their own",
    ),
    ("25", &["leaks"], "a pool that is dropped ends its workers"),
    ("26", &["racy"], "there is one thread"),
    (
        "27",
        &["racy"],
        "each verdict has a place of its own, and the list is taken from under a lock",
    ),
];

fn tasks() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tasks");
    let entries = fs::read_dir(folder).expect("the tasks");
    let mut tasks: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    tasks.sort();
    tasks
}

/// The wrong answers of a task, with what stands in their leading comments.
fn wrong_answers(task: &Path) -> BTreeMap<String, Vec<String>> {
    let mut answers = BTreeMap::new();
    for folder in fs::read_dir(task.join("wrong")).expect("wrong answers") {
        for file in fs::read_dir(folder.unwrap().path()).expect("a task's wrong answers") {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).expect("an answer");
            let comments = text.lines().map_while(|line| line.strip_prefix("// "));
            let comments = comments.map(str::to_owned).collect();
            answers.insert(path.display().to_string(), comments);
        }
    }
    answers
}

/// The only kind that the comments name.
fn kind(comments: &[String]) -> Option<&str> {
    let mut kinds = comments
        .iter()
        .filter_map(|line| line.strip_prefix("kind: "));
    kinds.next().filter(|_| kinds.next().is_none())
}

fn impossible(task: &str) -> impl Iterator<Item = &'static str> {
    let of_this = IMPOSSIBLE
        .iter()
        .filter(move |(number, ..)| task.starts_with(number));
    of_this.flat_map(|(_, kinds, _)| kinds.iter().copied())
}

#[test]
fn every_wrong_answer_says_its_kind_and_what_somebody_believes_who_writes_it() {
    let mut wrong = Vec::new();
    for (file, comments) in tasks().iter().flat_map(|task| wrong_answers(task)) {
        let place = usize::from(
            comments
                .first()
                .is_some_and(|line| line.starts_with("verdict: ")),
        );
        let is_at_its_place = comments
            .get(place)
            .is_some_and(|line| line.starts_with("kind: "));
        let is_known = kind(&comments).is_some_and(|kind| KINDS.contains(&kind));
        let is_explained = comments.get(place + 1).is_some_and(|line| line.len() > 10);
        if !(is_at_its_place && is_known && is_explained) {
            wrong.push((file, comments));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_task_has_a_wrong_answer_of_each_kind_that_is_possible_in_it() {
    let mut missing = Vec::new();
    let mut outdated = Vec::new();
    for task in tasks() {
        let name = task.file_name().unwrap().to_str().unwrap();
        let answers = wrong_answers(&task);
        let there: BTreeSet<&str> = answers.values().filter_map(|lines| kind(lines)).collect();
        let exceptions: BTreeSet<&str> = impossible(name).collect();
        for wanted in KINDS.iter().filter(|kind| **kind != "other") {
            match (there.contains(wanted), exceptions.contains(wanted)) {
                (false, false) => missing.push((name.to_owned(), *wanted)),
                (true, true) => outdated.push((name.to_owned(), *wanted)),
                _ => {}
            }
        }
    }
    assert!(missing.is_empty(), "no such wrong answer: {missing:?}");
    assert!(
        outdated.is_empty(),
        "said to be impossible, and there: {outdated:?}"
    );
}

#[test]
fn what_is_impossible_has_a_task_a_known_kind_and_a_reason() {
    let tasks = tasks();
    for (number, kinds, reason) in IMPOSSIBLE {
        let is_task = |task: &PathBuf| {
            let name = task.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.starts_with(number))
        };
        assert_eq!(
            tasks.iter().filter(|task| is_task(task)).count(),
            1,
            "{number}"
        );
        assert!(
            kinds.iter().all(|kind| KINDS.contains(kind)),
            "{number}: {kinds:?}"
        );
        assert!(reason.len() > 10, "{number}: {reason}");
    }
}
