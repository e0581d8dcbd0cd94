//! What the documents say can be typed: each command line of theirs names a command and options that exist, and the
//! images install what `weft lab` and `rust-toolchain.toml` name, and `compose.yaml` starts what the Dockerfile makes.

use crate::support::{Scratch, repository};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// README.md and its neighbours, and everything in `docs`.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in [repository().to_owned(), repository().join("docs")] {
        for entry in fs::read_dir(folder).expect("the repository can be read") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 4, "{found:?}");
    found
}

/// Calls of `weft` in a document: lines of code blocks, and code within a line of prose.
fn calls(text: &str) -> Vec<String> {
    let mut calls = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            calls.extend(line.split("&&").filter_map(call));
        } else {
            calls.extend(line.split('`').skip(1).step_by(2).filter_map(call));
        }
    }
    calls
}

/// The call in a piece of code, without what the shell makes of its end.
fn call(code: &str) -> Option<String> {
    let code = code.split(" #").next().unwrap_or_default().trim();
    let words = code
        .strip_prefix("cargo run --release --")
        .map(|rest| format!("weft {rest}"))
        .unwrap_or_else(|| code.to_owned());
    words.starts_with("weft ").then_some(words)
}

/// The words of a help text that stand at the beginning of an entry: commands and options.
fn offered(help: &str) -> Vec<String> {
    let mut offered = Vec::new();
    for line in help.lines().filter(|line| line.starts_with("  ")) {
        let entry = line.trim_start().split("  ").next().unwrap_or_default();
        for word in entry.split([' ', ',']) {
            if !word.is_empty() && !word.starts_with('<') {
                offered.push(word.to_owned());
            }
        }
    }
    offered
}

#[test]
fn every_call_in_the_documents_names_commands_and_options_that_exist() {
    let scratch = Scratch::new("docs-calls");
    let mut helps: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    let mut help = |path: &[String]| -> Vec<String> {
        helps
            .entry(path.to_vec())
            .or_insert_with(|| {
                let mut arguments = path.to_vec();
                arguments.push("--help".to_owned());
                offered(&scratch.weft(&arguments).run().exits(0).stdout)
            })
            .clone()
    };
    let mut wrong = Vec::new();
    let mut checked = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document can be read");
        for call in calls(&text) {
            checked += 1;
            // "weft assignment new | check | release" lists commands, "..." leaves something out, and quotes hold
            // what is not ours to read.
            let unquoted: String = call.split('"').step_by(2).collect();
            let mut path = Vec::new();
            let mut known = help(&path);
            let mut words = unquoted.split_whitespace().skip(1).peekable();
            while let Some(word) = words.peek() {
                let is_word = word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
                let has_commands = match path.as_slice() {
                    [] => true,
                    [command] => ["assignment", "grade", "i18n"].contains(&command.as_str()),
                    _ => false,
                };
                if !(is_word && has_commands) {
                    break;
                }
                if !known.iter().any(|name| name == word) {
                    wrong.push(format!("{}: {call}: no {word}", document.display()));
                    break;
                }
                path.push((*word).to_owned());
                known = help(&path);
                words.next();
            }
            for word in words {
                if word == "--" || word == "|" {
                    // What follows is another program's, or another command's.
                    break;
                }
                let option = word
                    .split('=')
                    .next()
                    .unwrap_or_default()
                    .trim_matches(|c| "[](),.:;".contains(c));
                if option.starts_with('-')
                    && option.len() > 1
                    && !known.iter().any(|name| name == option)
                {
                    wrong.push(format!("{}: {call}: no {option}", document.display()));
                }
            }
        }
    }
    assert!(checked > 60, "only {checked} calls were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut dead = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document can be read");
        let folder = document.parent().expect("a document lies in a folder");
        for piece in text.split("](").skip(1) {
            let target = piece.split(')').next().unwrap_or_default();
            let path = target.split('#').next().unwrap_or_default();
            let elsewhere = target.contains("://") || target.starts_with("mailto:");
            if !elsewhere && !path.is_empty() && !folder.join(path).exists() {
                dead.push(format!("{}: {target}", document.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn the_images_have_the_compiler_and_the_jupyter_that_weft_names() {
    let read = |name: &str| fs::read_to_string(repository().join(name)).expect(name);
    let quoted = |line: &str| line.split('"').nth(1).map(str::to_owned);
    let channel = read("rust-toolchain.toml")
        .lines()
        .find(|line| line.starts_with("channel"))
        .and_then(quoted)
        .expect("a channel");
    let image = read("Dockerfile");
    let pinned = image
        .lines()
        .find_map(|line| line.strip_prefix("ARG RUST="))
        .expect("the Dockerfile names its compiler");
    assert_eq!(pinned, channel);

    let lab = read("src/lab/environment.rs");
    let wanted: Vec<&str> = lab
        .split('"')
        .filter(|text| text.starts_with("jupyterlab"))
        .collect();
    assert_eq!(wanted.len(), 2, "{wanted:?}");
    let binder = read(".binder/requirements.txt");
    for package in wanted {
        assert!(image.contains(&format!("\"{package}\"")), "{package}");
        assert!(binder.lines().any(|line| line == package), "{package}");
    }

    let settings: serde_json::Value =
        serde_json::from_str(&read("packaging/labconfig/default_setting_overrides.json"))
            .expect("settings are JSON");
    let plugin = "@jupyterlab/apputils-extension:notification";
    let quiet = settings[plugin].as_object().expect("settings of a plugin");
    assert!(lab.contains(&format!("{plugin:?}")));
    for (name, value) in quiet {
        assert!(lab.contains(&format!("{name:?}: {value}")), "{name}");
    }
}

#[test]
fn the_services_are_images_that_are_made_and_none_listens_to_the_world() {
    let read = |name: &str| fs::read_to_string(repository().join(name)).expect(name);
    let (image, services) = (read("Dockerfile"), read("compose.yaml"));
    let made: Vec<&str> = image
        .lines()
        .filter(|line| line.starts_with("FROM "))
        .filter_map(|line| line.split(" AS ").nth(1))
        .collect();
    let started: Vec<&str> = services
        .lines()
        .filter_map(|line| line.trim().strip_prefix("target: "))
        .collect();
    for target in ["lab", "serve", "worker"] {
        assert!(started.contains(&target), "{started:?} without {target}");
    }
    for target in started {
        assert!(made.contains(&target), "{target} is not one of {made:?}");
    }

    // Without bubblewrap a worker judges nothing.
    let worker = image.split(" AS worker").nth(1).expect("a target");
    assert!(worker.contains("bubblewrap"));
    assert!(worker.contains(r#"CMD ["weft", "grade", "worker"]"#));
    let queue = read("src/grading/queue.rs");
    let variable = queue
        .lines()
        .find(|line| line.starts_with("const VARIABLE"))
        .and_then(|line| line.split('"').nth(1))
        .expect("the name of a variable");
    assert!(services.contains(&format!("{variable}: redis://redis:6379/")));

    let mut published = 0;
    let mut lines = services.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "ports:" {
            continue;
        }
        let port = lines.next().expect("a port").trim();
        let here = ["- \"127.0.0.1:", "- \"${WEFT_BIND:-127.0.0.1}:"];
        assert!(here.iter().any(|here| port.starts_with(here)), "{port}");
        published += 1;
    }
    assert_eq!(published, 2, "the lab and the web pages, and no queue");
}
