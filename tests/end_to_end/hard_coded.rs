//! No sentence for readers stands in Rust source: under the pseudo-locale (`messages::pseudo`) every text of the
//! catalogue is in brackets, so what is English outside of them came from somewhere else.

use crate::support::{Finished, Scratch};
use messages::pseudo::{CLOSING, OPENING};
use serde_json::Value;
use std::collections::BTreeSet;

/// The words outside of brackets that are neither code nor among `names`.
fn english(text: &str, names: &BTreeSet<String>) -> Vec<String> {
    let mut outside = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPENING) {
        outside += before;
        outside.push(' ');
        rest = after.split_once(CLOSING).map_or("", |(_, after)| after);
    }
    outside += rest;
    words(&outside)
        .filter(|word| !names.contains(*word))
        .map(str::to_owned)
        .collect()
}

/// What looks like a word of a language: letters alone, small ones among them. Options, paths, numbers, names with a
/// digit or a sign in them and words in capitals (`FILE`) are code.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "\"'`“”()[]{}<>,;:|".contains(c))
        .map(|word| word.trim_matches(['.', '!', '?']))
        .filter(|word| word.len() > 2 && word.chars().all(|c| c.is_ascii_alphabetic()))
        .filter(|word| word.chars().any(|c| c.is_ascii_lowercase()))
}

fn no_english(done: &Finished, names: &BTreeSet<String>) {
    for text in [&done.stdout, &done.stderr] {
        let found = english(text, names);
        assert!(
            found.is_empty(),
            "{}: {found:?} stand in no catalogue:\n{text}",
            done.shown
        );
    }
    assert!(
        done.stdout.contains(OPENING) || done.stderr.contains(OPENING),
        "{} says nothing in the pseudo-locale:\n{}{}",
        done.shown,
        done.stdout,
        done.stderr
    );
}

fn names<'a>(words: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    words.into_iter().map(str::to_owned).collect()
}

/// A scratch folder whose reader reads the pseudo-locale.
fn pseudo(name: &str) -> Scratch {
    let mut scratch = Scratch::new(name);
    scratch.set("WEFT_LANG", "qps");
    scratch
}

/// The words of a help that stand in its left column: names of commands and options.
fn left_column(help: &str) -> BTreeSet<String> {
    help.lines()
        .filter(|line| line.starts_with("  ") && line.contains(OPENING))
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn english_outside_of_the_catalogue_would_be_found() {
    let known = names(["weft", "main"]);
    assert_eq!(
        english(
            "weft: ⟦Ťĥéé⟧ lane main waits. ⟦(⟧--seed 5, s1e1, FILE⟦)⟧",
            &known
        ),
        ["lane", "waits"]
    );
    let scratch = Scratch::new("pseudo-english");
    let done = scratch.weft(&["list"]).run().exits(0);
    assert!(english(&done.stdout, &known).len() > 100);
}

#[test]
fn the_help_of_every_command_and_step_is_from_the_catalogue() {
    let scratch = pseudo("pseudo-help");
    let mut seen = 0;
    let mut open: Vec<Vec<String>> = vec![Vec::new()];
    while let Some(command) = open.pop() {
        let mut arguments = command.clone();
        arguments.push("--help".to_owned());
        let done = scratch.weft(&arguments).run().exits(0);
        let mut known = left_column(&done.stdout);
        // Not options, which begin with a hyphen, nor values, which are in capitals: commands.
        let steps: Vec<String> = known
            .iter()
            .filter(|name| {
                name.chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            })
            .cloned()
            .collect();
        known.insert("weft".to_owned());
        known.extend(command.iter().cloned());
        no_english(&done, &known);
        seen += 1;
        assert!(command.len() < 3, "{command:?}");
        for step in steps {
            let mut deeper = command.clone();
            deeper.push(step);
            open.push(deeper);
        }
    }
    assert!(seen >= 20, "only {seen} commands");
}

#[test]
fn the_list_and_what_authors_read_are_from_the_catalogue() {
    let scratch = pseudo("pseudo-list");
    no_english(&scratch.weft(&["list"]).run().exits(0), &BTreeSet::new());
    let root = crate::support::repository().display().to_string();
    let run = |words: &[&str]| scratch.weft(&[words, &["--root", &root]].concat()).run();
    no_english(&run(&["i18n", "report"]).exits(0), &names(["index"]));
    no_english(&run(&["notebooks", "--check"]).exits(0), &BTreeSet::new());
}

#[test]
fn mistakes_are_explained_from_the_catalogue() {
    let scratch = pseudo("pseudo-mistakes");
    for (words, more) in [
        (&["run", "s9e9"][..], &[][..]),
        (&["run", "s1e1", "--scenario", "4"], &[]),
        (&["run", "s1e1", "--scenario", "two"], &[]),
        (&["run", "s1e1", "--n_threads", "65"], &[]),
        (&["run", "s1e1", "--n_cats", "3"], &[]),
        (&["run", "s1e2", "--n_threads", "3"], &[]),
        (&["run", "s1e1", "--seed", "-1"], &[]),
        (&["run", "s1e1", "--shake", "much"], &[]),
        (&["run", "s1e1", "--time-scale", "nan"], &[]),
        (&["run", "s1e1", "--scenario"], &[]),
        (&["run"], &[]),
        (&["lsit"], &["list"]),
        (&["frobnicate"], &[]),
        (&["list", "--jason"], &[]),
        (&["list", "--json", "--json"], &[]),
        (&["install", "--user", "--sys-prefix"], &[]),
        (&["install", "--user", "--name", "../../evil"], &[]),
        (
            &["completions", "tcl"],
            &["bash", "elvish", "fish", "powershell", "zsh"],
        ),
        (&["assignment", "frobnicate"], &[]),
        (&["i18n", "report"], &[]),
        (&["notebooks"], &[]),
        (&["lab", "--port", "0x50"], &[]),
        (&["explore", "s1e1", "--ask", "a"], &[]),
        (&["explore", "s9e9"], &[]),
        (&["trace"], &[]),
        (&["serve", "--addr", "here"], &[]),
        (&["serve", "--runs", "0"], &[]),
        (&["serve", "--behind-proxy=x"], &[]),
        (&["lab", "--ip", "300.1.1.1"], &[]),
        (&["explore", "s1e6", "--list", "-3"], &[]),
        (&["trace", "--", "/no/such"], &[]),
    ] {
        let done = scratch.weft(words).run().exits(2);
        let known = words.iter().chain(more).chain(&["weft"]).copied();
        no_english(&done, &names(known));
    }
}

/// What a run prints that is a name: of a thread, of a rule, of a result.
fn of_document(document: &Value) -> BTreeSet<String> {
    let mut known = names(["weft", "seed"]);
    let parts = [&document["result"], &document["order"], &document["lanes"]];
    let mut open: Vec<&Value> = parts.to_vec();
    for line in document["lines"].as_array().into_iter().flatten() {
        open.extend([&line["who"], &line["value"]]);
    }
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => known.extend(words(text).map(str::to_owned)),
            Value::Array(values) => open.extend(values),
            Value::Object(fields) => {
                known.extend(fields.keys().cloned());
                open.extend(fields.values());
            }
            _ => {}
        }
    }
    known
}

#[test]
fn a_run_is_told_from_the_catalogue() {
    let scratch = pseudo("pseudo-run");
    for id in [
        "s1e1", "s1e2", "s1e3", "s1e4", "s1e5", "s1e6", "s1e7", "s2e1", "s2e2", "s2e3", "s2e4",
        "s2e5", "s2e6", "s2e7", "s2e8",
    ] {
        let arguments = ["run", id, "--seed", "7", "--time-scale", "0.02"];
        let run = |more: &[&str]| {
            scratch
                .weft(&[&arguments[..], more].concat())
                .run()
                .exits(0)
        };
        let document = run(&["--json"]).json();
        let known = of_document(&document);
        no_english(&run(&[]), &known);
        let texts = document["lines"].as_array().into_iter().flatten();
        for text in texts.map(|line| &line["text"]).chain([&document["note"]]) {
            let text = text.as_str().unwrap_or_default();
            assert_eq!(english(text, &known), Vec::<String>::new(), "{id}: {text}");
            assert!(text.contains(OPENING), "{id}: {text}");
        }
    }
}
