//! A case: what was handed in, and what must be found.

use crate::host::Host;
use grader::judge::TaskSpec;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The name of the verdict; several where the machine decides which bound is reached first.
    pub verdict: Vec<String>,
    /// The reason's tag.
    pub reason: Option<Vec<String>>,
    /// Something the reason must say.
    pub says: Option<String>,
    /// What is different in the task.
    #[serde(default)]
    pub task: toml::Table,
}

pub struct Case {
    pub name: String,
    pub answer: String,
    pub task: TaskSpec,
    pub expected: Expected,
}

/// Where the cases are for a run as another user, who cannot enter the place where they usually are.
pub const GUEST: &str = "WEFT_HOSTILE_GUEST";

pub fn guest() -> Option<PathBuf> {
    std::env::var_os(GUEST).map(PathBuf::from)
}

pub fn folder() -> PathBuf {
    match guest() {
        Some(folder) => folder.join("hostile"),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile"),
    }
}

/// The names of all cases.
pub fn all() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("cases")
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// What every case is asked unless it says otherwise.
pub fn usual_task() -> toml::Table {
    let text = fs::read_to_string(folder().join("task.toml")).expect("the task");
    text.parse().expect("TOML")
}

fn task(changes: &toml::Table) -> TaskSpec {
    let mut task = usual_task();
    for (name, change) in changes {
        match (task.get_mut(name), change) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) => old.extend(new.clone()),
            _ => drop(task.insert(name.clone(), change.clone())),
        }
    }
    task.try_into().expect("a task")
}

impl Case {
    /// Reads a case. Its answer names what is planted on this host, and leaves marks by the case's name.
    pub fn read(name: &str, host: &Host) -> Case {
        let place = folder().join(name);
        let read = |file: &str| {
            fs::read_to_string(place.join(file)).unwrap_or_else(|error| panic!("{name}: {error}"))
        };
        let expected: Expected = toml::from_str(&read("expected.toml"))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        Case {
            name: name.to_owned(),
            answer: host.named_in(&read("answer.rs"), name),
            task: task(&expected.task),
            expected,
        }
    }
}
