//! `assignment.toml`, and whether the notebook beside it agrees.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde::Deserialize;

use super::{Assignment, AssignmentError, Decides, MAX_TASKS, Task, is_name, sha256};
use crate::check;
use crate::judge::TaskSpec;
use crate::notebook::{Cell, Notebook, is_points};
use crate::release;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    name: String,
    #[serde(default)]
    title: BTreeMap<String, String>,
    #[serde(default)]
    stub: Stub,
    /// Bounds of every task that does not say otherwise.
    #[serde(default)]
    limits: toml::Table,
    #[serde(default)]
    task: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Stub {
    code: String,
    text: String,
}

impl Default for Stub {
    fn default() -> Stub {
        Stub {
            code: "todo!()".to_owned(),
            text: "…".to_owned(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    points: f64,
    #[serde(default)]
    title: BTreeMap<String, String>,
    /// The cells nbgrader gives the points in; without any, the answer cell itself.
    #[serde(default)]
    tests: Vec<String>,
    /// Cells whose code the answer may use.
    #[serde(default)]
    uses: Vec<String>,
    /// What the judge is told; without it, the task is graded by hand.
    judge: Option<toml::Table>,
}

pub(super) fn load(folder: &Path) -> Result<Assignment, AssignmentError> {
    let path = folder.join("assignment.toml");
    let text = std::fs::read_to_string(&path).map_err(AssignmentError::file(&path))?;
    let wrong = |reason: String| AssignmentError::Manifest {
        path: path.clone(),
        reason,
    };
    let manifest: Manifest = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    if !is_name(&manifest.name) {
        return Err(AssignmentError::Name(manifest.name));
    }
    let notebook_path = folder
        .join("source")
        .join(&manifest.name)
        .join(format!("{}.ipynb", manifest.name));
    let in_notebook = |source| AssignmentError::Notebook {
        path: notebook_path.clone(),
        source,
    };
    let notebook = Notebook::read(&notebook_path).map_err(in_notebook)?;
    let mut assignment = Assignment {
        folder: folder.to_owned(),
        name: manifest.name,
        notebook,
        tasks: Vec::new(),
        stub_code: manifest.stub.code,
        stub_text: manifest.stub.text,
        titles: manifest.title,
    };
    if manifest.task.is_empty() || manifest.task.len() > MAX_TASKS {
        return Err(wrong(format!(
            "there must be between 1 and {MAX_TASKS} `[[task]]`"
        )));
    }
    let mut ids = HashSet::new();
    for entry in manifest.task {
        if !ids.insert(entry.id.clone()) {
            return Err(wrong(format!("the task {:?} is there twice", entry.id)));
        }
        let task = task(&assignment, entry, &manifest.limits, &wrong, &in_notebook)?;
        assignment.tasks.push(task);
    }
    let answers = |cell: &&Cell| cell.role.as_ref().is_some_and(|role| role.is_answer());
    for cell in assignment.notebook.cells.iter().filter(answers) {
        let id = cell.role.as_ref().map_or("", |role| role.grade_id.as_str());
        if !ids.contains(id) {
            return Err(wrong(format!(
                "the answer cell {id:?} belongs to no `[[task]]`"
            )));
        }
    }
    Ok(assignment)
}

fn task(
    assignment: &Assignment,
    entry: Entry,
    limits: &toml::Table,
    wrong: &dyn Fn(String) -> AssignmentError,
    in_notebook: &dyn Fn(crate::notebook::NotebookError) -> AssignmentError,
) -> Result<Task, AssignmentError> {
    let id = entry.id;
    let found = |name: &str| {
        let is_it = |cell: &Cell| cell.role.as_ref().is_some_and(|role| role.grade_id == name);
        let index = assignment.notebook.cells.iter().position(is_it);
        index.ok_or_else(|| wrong(format!("task {id:?}: the notebook has no cell {name:?}")))
    };
    let index = found(&id)?;
    let cell = &assignment.notebook.cells[index];
    if !cell.role.as_ref().is_some_and(|role| role.is_answer()) {
        return Err(wrong(format!(
            "task {id:?}: its cell is not marked as an answer"
        )));
    }
    let mut given = 0.0;
    for name in entry
        .tests
        .iter()
        .chain(entry.tests.is_empty().then_some(&id))
    {
        let cell = &assignment.notebook.cells[found(name)?];
        given += cell
            .role
            .as_ref()
            .and_then(|role| role.points)
            .unwrap_or(0.0);
    }
    if !is_points(entry.points) || entry.points != given {
        let points = entry.points;
        return Err(wrong(format!(
            "task {id:?} has {points} points here and {given} in the notebook; both must be the same"
        )));
    }
    let stub =
        release::without_solution(cell, index + 1, &assignment.stubs()).map_err(in_notebook)?;
    let decides = match entry.judge {
        None => Decides::Hand,
        Some(mut judge) => {
            let mut prelude = match judge.remove("prelude") {
                None => String::new(),
                Some(toml::Value::String(prelude)) => prelude,
                Some(_) => return Err(wrong(format!("task {id:?}: its prelude is no text"))),
            };
            if !prelude.is_empty() && !prelude.ends_with('\n') {
                prelude.push('\n');
            }
            for name in &entry.uses {
                prelude.push_str(&assignment.notebook.cells[found(name)?].source);
                prelude.push('\n');
            }
            let reference = release::reference(cell, index + 1).map_err(in_notebook)?;
            judge.insert("id".to_owned(), id.clone().into());
            judge.insert("prelude".to_owned(), prelude.into());
            judge.insert("reference".to_owned(), reference.into());
            let mut bounds = limits.clone();
            if let Some(own) = judge.get("limits").and_then(toml::Value::as_table) {
                bounds.extend(own.clone());
            }
            if !bounds.is_empty() {
                judge.insert("limits".to_owned(), bounds.into());
            }
            let spec = TaskSpec::deserialize(judge)
                .map_err(|error| wrong(format!("task {id:?}: {}", error.message())))?;
            if let Some(what) = check::wrong_task(&spec) {
                return Err(wrong(what));
            }
            // The fields of a spec are written in the order of their declaration: the same spec, the same bytes.
            let written = serde_json::to_vec(&spec).map_err(|error| wrong(error.to_string()))?;
            Decides::Judge {
                hash: sha256(&written),
                spec: Box::new(spec),
            }
        }
    };
    Ok(Task {
        points: entry.points,
        decides,
        stub,
        titles: entry.title,
        id,
    })
}
