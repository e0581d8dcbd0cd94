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
fn every_test_that_a_document_calls_exists() {
    let scratch = Scratch::new("docs-tests");
    let manifest = repository().join("Cargo.toml");
    let arguments = [
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version=1",
        "--manifest-path",
        manifest.to_str().expect("a path of letters"),
    ];
    let said = scratch.program("cargo", &arguments).run().exits(0).json();
    let packages = said["packages"].as_array().expect("packages");
    let targets = packages
        .iter()
        .flat_map(|package| package["targets"].as_array().into_iter().flatten());
    let known: Vec<&str> = targets
        .filter(|target| target["kind"][0] == "test")
        .filter_map(|target| target["name"].as_str())
        .collect();
    let mut called = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document can be read");
        for rest in text.split("--test ").skip(1) {
            let ends = |c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-';
            let name = rest.split(ends).next().unwrap_or_default();
            assert!(known.contains(&name), "{}: {name}", document.display());
            called += 1;
        }
    }
    assert!(called > 4, "only {called} calls were found");
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

/// The chapter of each exercise, as the chapters themselves say.
fn chapters() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let folder = repository().join("notebooks/chapters");
    for entry in fs::read_dir(folder).expect("the chapters").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let lesson = fs::read_to_string(entry.path().join("lesson.md")).expect("a lesson");
        let first = lesson.lines().next().unwrap_or_default();
        let exercises = first.strip_prefix(":exercises ").unwrap_or_default();
        found.extend(exercises.split(' ').map(|id| (id.to_owned(), name.clone())));
    }
    found
}

#[test]
fn the_readme_has_every_exercise_with_its_chapter_and_what_can_be_chosen() {
    let scratch = Scratch::new("docs-exercises");
    let list = scratch.weft(&["list", "--json"]).run().exits(0).json();
    let exercises = list["exercises"].as_array().expect("a list");
    let chapters = chapters();
    let wanted: Vec<String> = exercises
        .iter()
        .map(|exercise| {
            let id = exercise["id"].as_str().expect("an id");
            let title = exercise["title"].as_str().expect("a title");
            let params = exercise["params"].as_array().expect("parameters");
            let params: Vec<String> = params
                .iter()
                .filter_map(|parameter| parameter["name"].as_str())
                .map(|name| format!("`{name}`"))
                .collect();
            let chapter = &chapters[id];
            format!(
                "| [`{id}`](notebooks/en/{chapter}.ipynb) | {title} | {} |",
                params.join(", ")
            )
        })
        .collect();
    let readme = fs::read_to_string(repository().join("README.md")).expect("README.md");
    let rows: Vec<&str> = readme
        .lines()
        .filter(|line| line.starts_with("| [`s") || line.starts_with("| `s"))
        .collect();
    assert_eq!(rows, wanted);
    let heading = format!("## The {} exercises", wanted.len());
    assert!(readme.lines().any(|line| line == heading), "{heading}");
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
