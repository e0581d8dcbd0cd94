//! `assignment.toml`, and whether the notebook beside it agrees.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde::Deserialize;

use super::fault::ManifestFault;
use super::written::Written;
use super::{Assignment, AssignmentError, Decides, MAX_TASKS, Task, is_name, sha256};
use crate::check::{self, WrongCheck, WrongTask};
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
    let wrong = |line: Option<usize>, fault: ManifestFault| AssignmentError::Manifest {
        path: path.clone(),
        line,
        fault: Box::new(fault),
    };
    let written = Written::read(&text).map_err(|(line, fault)| wrong(line, fault))?;
    let manifest: Manifest = toml::from_str(&text)
        .map_err(|error| wrong(None, ManifestFault::Other(error.message().to_owned())))?;
    if !is_name(&manifest.name) {
        let line = written.line_of("name");
        return Err(wrong(line, ManifestFault::Name(manifest.name)));
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
        return Err(wrong(written.line_of("task"), ManifestFault::Tasks));
    }
    let mut ids = HashSet::new();
    for (place, entry) in manifest.task.into_iter().enumerate() {
        if !ids.insert(entry.id.clone()) {
            let line = written.line(place, "id");
            return Err(wrong(line, ManifestFault::TaskTwice(entry.id)));
        }
        let context = Context {
            place,
            written: &written,
            limits: &manifest.limits,
            wrong: &wrong,
            in_notebook: &in_notebook,
        };
        let task = task(&assignment, entry, &context)?;
        assignment.tasks.push(task);
    }
    let answers = |cell: &&Cell| cell.role.as_ref().is_some_and(|role| role.is_answer());
    for cell in assignment.notebook.cells.iter().filter(answers) {
        let id = cell.role.as_ref().map_or("", |role| role.grade_id.as_str());
        if !ids.contains(id) {
            return Err(wrong(None, ManifestFault::CellWithoutTask(id.to_owned())));
        }
    }
    Ok(assignment)
}

/// What one task is read with.
struct Context<'a> {
    /// Which task it is, from 0.
    place: usize,
    written: &'a Written<'a>,
    limits: &'a toml::Table,
    wrong: &'a dyn Fn(Option<usize>, ManifestFault) -> AssignmentError,
    in_notebook: &'a dyn Fn(crate::notebook::NotebookError) -> AssignmentError,
}

impl Context<'_> {
    fn wrong(&self, key: &str, fault: ManifestFault) -> AssignmentError {
        (self.wrong)(self.written.line(self.place, key), fault)
    }

    fn wrong_task(&self, task: &str, what: WrongTask) -> AssignmentError {
        let (check, key) = match what {
            WrongTask::NoChecks => (0, "checks"),
            WrongTask::Check { place, what } => (place, key_of(what)),
        };
        let line = self.written.line_of_check(self.place, check, key);
        let task = task.to_owned();
        (self.wrong)(line, ManifestFault::Task { task, what })
    }
}

/// Where a teacher has to look.
fn key_of(what: WrongCheck) -> &'static str {
    match what {
        WrongCheck::NoCases => "cases",
        WrongCheck::Repeats => "repeats",
        WrongCheck::Weight => "weight",
        WrongCheck::OrderUnsafe => "order",
        WrongCheck::NoProbe => "probe",
        WrongCheck::ExploresAndAsks
        | WrongCheck::ExploresUnsafe
        | WrongCheck::NoReference
        | WrongCheck::NoMain
        | WrongCheck::Budget
        | WrongCheck::Memory
        | WrongCheck::NothingCounts => "explore",
    }
}

fn task(
    assignment: &Assignment,
    entry: Entry,
    context: &Context<'_>,
) -> Result<Task, AssignmentError> {
    let in_notebook = context.in_notebook;
    let id = entry.id;
    let found = |name: &str, key: &str| {
        let is_it = |cell: &Cell| cell.role.as_ref().is_some_and(|role| role.grade_id == name);
        let index = assignment.notebook.cells.iter().position(is_it);
        index.ok_or_else(|| {
            let (task, cell) = (id.clone(), name.to_owned());
            context.wrong(key, ManifestFault::NoCell { task, cell })
        })
    };
    let index = found(&id, "id")?;
    let cell = &assignment.notebook.cells[index];
    if !cell.role.as_ref().is_some_and(|role| role.is_answer()) {
        return Err(context.wrong("id", ManifestFault::NoAnswer(id)));
    }
    let mut given = 0.0;
    for name in entry
        .tests
        .iter()
        .chain(entry.tests.is_empty().then_some(&id))
    {
        let cell = &assignment.notebook.cells[found(name, "tests")?];
        given += cell
            .role
            .as_ref()
            .and_then(|role| role.points)
            .unwrap_or(0.0);
    }
    if !is_points(entry.points) || entry.points != given {
        let fault = ManifestFault::Points {
            task: id,
            here: entry.points,
            notebook: given,
        };
        return Err(context.wrong("points", fault));
    }
    let stub =
        release::without_solution(cell, index + 1, &assignment.stubs()).map_err(in_notebook)?;
    let decides = match entry.judge {
        None => Decides::Hand,
        Some(mut judge) => {
            let mut prelude = match judge.remove("prelude") {
                Some(toml::Value::String(prelude)) => prelude,
                _ => String::new(),
            };
            if !prelude.is_empty() && !prelude.ends_with('\n') {
                prelude.push('\n');
            }
            for name in &entry.uses {
                prelude.push_str(&assignment.notebook.cells[found(name, "uses")?].source);
                prelude.push('\n');
            }
            let reference = release::reference(cell, index + 1).map_err(in_notebook)?;
            judge.insert("id".to_owned(), id.clone().into());
            judge.insert("prelude".to_owned(), prelude.into());
            judge.insert("reference".to_owned(), reference.into());
            let mut bounds = context.limits.clone();
            if let Some(own) = judge.get("limits").and_then(toml::Value::as_table) {
                bounds.extend(own.clone());
            }
            if !bounds.is_empty() {
                judge.insert("limits".to_owned(), bounds.into());
            }
            let other = |what| context.wrong("judge", ManifestFault::Other(what));
            let spec =
                TaskSpec::deserialize(judge).map_err(|error| other(error.message().to_owned()))?;
            if let Some(what) = check::wrong_task(&spec) {
                return Err(context.wrong_task(&id, what));
            }
            // The fields of a spec are written in the order of their declaration: the same spec, the same bytes.
            let written = serde_json::to_vec(&spec).map_err(|error| other(error.to_string()))?;
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
