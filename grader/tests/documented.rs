//! What is published: the examples of `docs/grading.md`, and the tasks of the chapters.

mod support;

use grader::assignment::{Assignment, Decides};
use grader::build::forbidden::forbidden;
use grader::judge::{Finding, Judge, Judgement, TaskSpec, Why};
use grader::sandbox::Policy;
use grader::verdict::Verdict;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use support::boxes;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The blocks of TOML in the documentation, in their order: an assignment, and a check that explores.
fn documented() -> [String; 2] {
    let text = fs::read_to_string(root().join("docs/grading.md")).unwrap();
    let blocks: Vec<String> = text
        .split("\n```toml\n")
        .skip(1)
        .map(|rest| rest.split_once("\n```").unwrap().0.to_owned() + "\n")
        .collect();
    blocks
        .try_into()
        .expect("the documentation has other blocks of TOML: what are they an example of?")
}

fn cell(id: &str, points: Option<u32>, answers: bool, source: &str) -> Value {
    json!({
        "cell_type": "code",
        "execution_count": null,
        "id": id,
        "metadata": {"nbgrader": {
            "cell_type": "code", "grade": points.is_some(), "grade_id": id, "locked": !answers, "points": points,
            "schema_version": 3, "solution": answers, "task": false,
        }},
        "outputs": [],
        "source": source,
    })
}

/// The task of an `assignment.toml`, with a notebook that holds what it names.
fn task(manifest: &str, setup: &str, solution: &str) -> TaskSpec {
    let folder = tempfile::tempdir().unwrap();
    let solution = format!("// ### BEGIN SOLUTION\n{solution}// ### END SOLUTION\n");
    let notebook = json!({
        "cells": [
            cell("setup", None, false, setup),
            cell("relay", None, true, &solution),
            cell("relay-test", Some(3), false, "()"),
        ],
        "metadata": {"kernelspec": {"display_name": "Rust (Weft)", "language": "rust", "name": "weft"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    });
    let place = folder.path().join("source/relay");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("relay.ipynb"), notebook.to_string()).unwrap();
    fs::write(folder.path().join("assignment.toml"), manifest).unwrap();
    let assignment = Assignment::load(folder.path()).unwrap();
    match &assignment.tasks[0].decides {
        Decides::Judge { spec, .. } => (**spec).clone(),
        Decides::Hand => panic!("nobody judges it"),
    }
}

fn judged(task: &TaskSpec, answer: &str) -> Judgement {
    boxes(Policy::Strict).judge(task, answer)
}

fn reference_is_accepted(task: &TaskSpec) {
    let judgement = judged(task, task.reference.as_deref().unwrap());
    assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.why);
}

#[test]
fn the_assignment_of_the_documentation_is_one() {
    let [manifest, _] = documented();
    let solution = "fn relay(runners: u64) -> u64 {
    for runner in 0..runners {
        thread::spawn(move || say(runner, \"take\", runner)).join().unwrap();
    }
    runners
}
";
    reference_is_accepted(&task(&manifest, "", solution));
}

#[test]
fn the_explored_check_of_the_documentation_is_one_and_wants_the_end_of_its_program() {
    let [manifest, explored] = documented();
    let before = manifest.split("[[task.judge.checks]]").next().unwrap();
    let setup = "use std::sync::Mutex;

pub struct Bank(Vec<Mutex<i64>>);

impl Bank {
    pub fn new(accounts: usize) -> Bank {
        Bank((0..accounts).map(|_| Mutex::new(10)).collect())
    }

    pub fn sum(&self) -> i64 {
        self.0.iter().map(|account| *account.lock().unwrap()).sum()
    }
}
";
    let solution = "fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) {
    *bank.0[from].lock().unwrap() -= amount;
    *bank.0[to].lock().unwrap() += amount;
}
";
    let mut task = task(&format!("{before}{explored}"), setup, solution);
    reference_is_accepted(&task);
    task.forbidden.clear();
    let forged = "fn transfer(_: &Bank, from: usize, _: usize, _: i64) {
    if from == 1 {
        println!(\"done\");
        std::process::exit(0);
    }
}";
    let judgement = judged(&task, forged);
    assert_eq!(judgement.verdict, Verdict::Wrong, "{:?}", judgement.why);
    let Why::Explored { finding, .. } = &judgement.why else {
        panic!("{:?}", judgement.why);
    };
    let Finding::Leaves { lines, .. } = &**finding else {
        panic!("{finding:?}");
    };
    assert_eq!(*lines, [4]);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    found
}

#[test]
fn no_right_answer_of_a_chapters_task_has_a_word_that_is_forbidden() {
    let mut looked_at = 0;
    for folder in files(&root().join("notebooks/tasks")) {
        if !folder.is_dir() {
            continue;
        }
        let assignment = Assignment::load(&folder).unwrap();
        let judged = assignment
            .tasks
            .iter()
            .filter_map(|task| match &task.decides {
                Decides::Judge { spec, .. } => Some(spec),
                Decides::Hand => None,
            });
        for spec in judged {
            let right = files(&folder.join("right").join(&spec.id));
            for path in right.into_iter().chain([folder.join("reference.rs")]) {
                let answer = fs::read_to_string(&path).unwrap();
                let found = forbidden(&answer, &spec.prelude, &spec.forbidden);
                assert_eq!(found, None, "{}", path.display());
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 80, "only {looked_at} answers");
}
