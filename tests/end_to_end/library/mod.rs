//! Tasks whose answers are compiled with the library of cells, as a teacher proves them and a student packs them.

mod answers;

use crate::support::{Finished, Scratch};
use answers::{REFERENCES, RIGHT, WRONG};
use serde_json::{Value, json};
use std::time::Duration;

/// The library may have to be compiled first.
const PREPARING: Duration = Duration::from_secs(600);

const ASSIGNMENT: &str = r#"
name = "children"

[limits]
wall_ms = 4000
memory_mb = 64
threads = 20

[[task]]
id = "squares"
points = 1

[task.judge]
library = true
prelude = """
use exercises::process::{Process, Queue};
use exercises::sync::ThreadPool;
use weft_task::say;
fn square(n: u64) -> u64 { say(format!("child {n}"), "square", n); n * n }
"""

[[task.judge.checks]]
probe = "squares(input.get(0))"
cases = [{ args = [0] }, { args = [4], expect = [0, 1, 4, 9] }]
order = [
    { rule = "count", of = { what = ["square"] }, is = "arg0" },
    { rule = "own-lane", of = { what = ["square"] }, kind = "process" },
]
compare = "any-order"
repeats = 3
shake_us = 500

[[task]]
id = "pooled"
points = 1

[task.judge]
library = true
prelude = "use exercises::sync::ThreadPool;"

[[task.judge.checks]]
probe = "pooled(input.get(0))"
cases = [{ args = [5] }]
max_threads = 4

[[task]]
id = "ended"
points = 1

[task.judge]
library = true
sleep = false
prelude = "use exercises::process::{Barrier, Process, Semaphore};"

[[task.judge.checks]]
probe = "ended()"
cases = [{ expect = -9 }]

[[task]]
id = "added"
points = 1

[task.judge]
library = true
prelude = "use exercises::process::{Lock, Process, Value};"

[[task.judge.checks]]
title = "Two children add"

[task.judge.checks.explore]
same_outputs = true
main = """
fn main() {
    let (total, lock) = (Value::new(0).unwrap(), Lock::new().unwrap());
    let children: Vec<Process> = (1..=2)
        .map(|n| {
            let (total, lock) = (total.clone(), lock.clone());
            Process::new(format!("child {n}"), move || add(&total, &lock, n))
        })
        .collect();
    let children = children.into_iter().map(|mut child| {
        child.start().unwrap();
        child
    });
    for child in children.collect::<Vec<_>>() {
        child.join().unwrap();
    }
    println!("{}", total.get());
}
"""

[[task]]
id = "plain"
points = 1

[[task.judge.checks]]
probe = "plain()"
cases = [{ expect = 7 }]
"#;

fn assignment(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write("children/assignment.toml", ASSIGNMENT);
    for (task, name, text) in RIGHT {
        scratch.write(&format!("children/right/{task}/{name}.rs"), text);
    }
    for (task, name, text) in WRONG {
        scratch.write(&format!("children/wrong/{task}/{name}.rs"), text);
    }
    // Each task needs a wrong answer.
    let earlier = "fn ended() -> Option<i32> { Some(0) }";
    scratch.write("children/wrong/ended/by_itself.rs", earlier);
    let cells: Vec<Value> = REFERENCES
        .iter()
        .map(|(task, answer)| {
            let source = format!("// ### BEGIN SOLUTION\n{answer}\n// ### END SOLUTION");
            json!({
                "cell_type": "code", "id": task, "execution_count": null, "outputs": [], "source": source,
                "metadata": {"nbgrader": {
                    "grade": true, "solution": true, "locked": false, "task": false,
                    "schema_version": 3, "grade_id": task, "points": 1,
                }},
            })
        })
        .collect();
    let notebook = json!({
        "cells": cells, "nbformat": 4, "nbformat_minor": 5,
        "metadata": {"kernelspec": {"display_name": "Rust (Weft)", "language": "rust", "name": "weft"}},
    });
    scratch.write(
        "children/source/children/children.ipynb",
        notebook.to_string(),
    );
    scratch
}

fn weft(scratch: &Scratch, words: &[&str]) -> Finished {
    scratch.weft(words).within(PREPARING).run()
}

#[test]
fn answers_use_the_library_where_the_task_gives_it_and_are_held_all_the_same() {
    let scratch = assignment("library");
    let check = ["assignment", "check", "children", "--repeats", "3"];
    let proved = weft(&scratch, &check);
    let proved = proved.exits(0).stdout;
    for (task, name, _) in RIGHT.iter().chain(WRONG) {
        let told = format!("{task}/{name}.rs");
        assert!(proved.contains(&told), "{told}: {proved}");
    }
}

#[test]
fn a_student_packs_an_answer_that_uses_the_library() {
    let scratch = assignment("library-packed");
    weft(&scratch, &["assignment", "release", "children"]).exits(0);
    let released = scratch
        .path()
        .join("children/release/children/children.ipynb");
    let released = std::fs::read_to_string(released).expect("the released notebook");
    let mut notebook: Value = serde_json::from_str(&released).expect("JSON");
    assert_eq!(
        notebook["metadata"]["weft"]["library"],
        json!(["squares", "pooled", "ended", "added"])
    );
    let write = |notebook: &Value| scratch.write("mine.ipynb", notebook.to_string());
    for (place, (_, answer)) in REFERENCES.iter().enumerate() {
        notebook["cells"][place]["source"] = json!(answer);
    }
    write(&notebook);
    weft(&scratch, &["submit", "mine.ipynb"]).exits(0);
    // Not where the task does not give it.
    notebook["cells"][4]["source"] = json!("use exercises::sync::Lock;\nfn plain() -> u64 { 7 }");
    write(&notebook);
    let refused = weft(&scratch, &["submit", "mine.ipynb"]).exits(1);
    assert!(refused.stderr.contains("plain"), "{}", refused.stderr);
}

#[test]
fn a_library_that_cannot_be_prepared_is_said_with_what_to_do() {
    let mut scratch = assignment("library-unprepared");
    let file = scratch.write("a-file", "");
    scratch.set("WEFT_CACHE_DIR", &file);
    for language in ["en", "fa", "tr", "ru", "zh-TW"] {
        let check = ["assignment", "check", "children", "--lang", language];
        let refused = weft(&scratch, &check).exits(3);
        let said = refused.stderr;
        assert!(said.contains(&file.display().to_string()), "{said}");
        assert!(said.contains("weft doctor"), "{said}");
    }
}
