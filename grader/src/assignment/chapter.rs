//! The task of a chapter as an assignment: its notebook is the end of the chapter's, with nbgrader's marks.
//!
//! A chapter's notebook holds everything students need for the task, in their language: the text, the imports, the
//! cells the task builds on, the stub and a self-check. What a teacher needs beside it (points, checks, a reference,
//! right and wrong answers) is the same in all languages and comes as [`ChapterTask::files`].

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Assignment, AssignmentError, CONFIGURATION, is_name, write};
use crate::notebook::{Cell, CellKind, Notebook, Role};

const MANIFEST: &str = "assignment.toml";
const REFERENCE: &str = "reference.rs";
/// The cell with the chapter's imports.
const IMPORTS: &str = "cell-imports";

/// What an assignment is made of that is a chapter's task.
#[derive(Clone, Debug)]
pub struct ChapterTask {
    /// The chapter's notebook, in the language of the students.
    pub lesson: String,
    /// The same in English: `assignment.toml` has its stub.
    pub english: String,
    /// `assignment.toml`, `reference.rs`, `right/TASK/*.rs`, `wrong/TASK/*.rs`.
    pub files: Vec<(PathBuf, String)>,
}

/// What has to be known of a manifest before there is a notebook to load it with.
#[derive(Deserialize)]
struct Head {
    name: String,
    stub: Stub,
    task: [Task; 1],
}

#[derive(Deserialize)]
struct Stub {
    code: String,
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
struct Task {
    id: String,
    points: f64,
    #[serde(default)]
    tests: Vec<String>,
}

fn head(manifest: &str) -> Result<Head, AssignmentError> {
    toml::from_str(manifest).map_err(|error| lesson(error.to_string()))
}

fn lesson(reason: impl Into<String>) -> AssignmentError {
    AssignmentError::Lesson(reason.into())
}

fn lesson_notebook(text: &str) -> Result<Notebook, AssignmentError> {
    Notebook::parse(text).map_err(|error| lesson(error.to_string()))
}

/// Writes the assignment into a folder (which the caller knows to be empty), and loads it.
pub(super) fn write_all(
    folder: &Path,
    name: Option<&str>,
    task: &ChapterTask,
) -> Result<Assignment, AssignmentError> {
    let file = |name: &str| {
        let found = task.files.iter().find(|(path, _)| path == Path::new(name));
        found
            .map(|(_, text)| text.as_str())
            .ok_or_else(|| lesson(format!("it has no {name}")))
    };
    let path = folder.join(MANIFEST);
    let written = file(MANIFEST)?;
    let old = head(written)?;
    let stub = stub(&lesson_notebook(&task.lesson)?)?;
    let mut manifest = written.replace(old.stub.code.trim(), stub.trim());
    if let Some(name) = name {
        if !is_name(name) {
            return Err(AssignmentError::Name(name.to_owned()));
        }
        let line = |name: &str| format!("name = \"{name}\"");
        manifest = manifest.replacen(&line(&old.name), &line(name), 1);
    }
    for (path, text) in &task.files {
        if path != Path::new(MANIFEST) && path != Path::new(REFERENCE) {
            write(&folder.join(path), text)?;
        }
    }
    for (path, text) in made(&manifest, file(REFERENCE)?, &task.lesson)? {
        write(&folder.join(path), &text)?;
    }
    write(&path, &manifest)?;
    let assignment = Assignment::load(folder)?;
    if stub.trim() != assignment.stub_code.trim() {
        return Err(lesson(
            "the stub of its assignment.toml is not its English task cell",
        ));
    }
    Ok(assignment)
}

/// The files of a chapter's assignment that are not written by hand, by their paths in its folder: the source
/// notebook, and nbgrader's configuration.
pub fn made(
    manifest: &str,
    reference: &str,
    lesson: &str,
) -> Result<[(PathBuf, String); 2], AssignmentError> {
    let head = head(manifest)?;
    let notebook = notebook(&head, reference, &lesson_notebook(lesson)?)?;
    let source = Path::new("source")
        .join(&head.name)
        .join(format!("{}.ipynb", head.name));
    let configuration = CONFIGURATION
        .replace("\"todo!()\"", &json!(head.stub.code).to_string())
        .replace("{stub}", &json!(head.stub.text).to_string());
    Ok([
        (source, notebook.text()),
        (PathBuf::from("nbgrader_config.py"), configuration),
    ])
}

/// The chapter's task cell.
fn stub(lesson_notebook: &Notebook) -> Result<String, AssignmentError> {
    let index = tagged(lesson_notebook, "task")?;
    Ok(lesson_notebook.cells[index].source.clone())
}

fn tagged(notebook: &Notebook, tag: &str) -> Result<usize, AssignmentError> {
    let has = |cell: &Cell| {
        let tags = cell.metadata.get("tags").and_then(Value::as_array);
        tags.is_some_and(|tags| tags.iter().any(|known| known == tag))
    };
    let mut found = (0..notebook.cells.len()).filter(|&index| has(&notebook.cells[index]));
    match (found.next(), found.next()) {
        (Some(index), None) => Ok(index),
        (None, _) => Err(lesson(format!("it has no cell with the tag {tag:?}"))),
        (Some(_), Some(_)) => Err(lesson(format!("it has several cells with the tag {tag:?}"))),
    }
}

fn notebook(head: &Head, reference: &str, chapter: &Notebook) -> Result<Notebook, AssignmentError> {
    let [task] = &head.task;
    let answer = tagged(chapter, "task")?;
    let check = tagged(chapter, "self-check")?;
    // A text that begins with a heading is called by it; other texts are called after the cell before them.
    let begin = (0..answer)
        .rfind(|&index| chapter.cells[index].id().starts_with("text-"))
        .ok_or_else(|| lesson("no heading stands before its task"))?;
    let imports = chapter.cells.iter().find(|cell| cell.id() == IMPORTS);
    let given = |cell: &Cell| Role::new(cell.id(), false, false, None);
    let mut cells = Vec::new();
    for (index, cell) in chapter.cells.iter().enumerate().take(check + 1).skip(begin) {
        let (source, role) = if index == answer {
            let solution = reference.trim();
            let by_hand = task.tests.is_empty();
            (
                format!("// ### BEGIN SOLUTION\n{solution}\n// ### END SOLUTION"),
                Role::new(&task.id, by_hand, true, by_hand.then_some(task.points)),
            )
        } else {
            (cell.source.clone(), given(cell))
        };
        cells.push(Cell::new(cell.kind, cell.id(), &source, Some(role)));
        if index == begin {
            cells.extend(
                imports.map(|cell| {
                    Cell::new(CellKind::Code, cell.id(), &cell.source, Some(given(cell)))
                }),
            );
        }
    }
    match &task.tests[..] {
        [] => {}
        [test] => {
            let source = assertion(&chapter.cells[check].source)?;
            let role = Role::new(test, true, false, Some(task.points));
            cells.push(Cell::new(CellKind::Code, test, &source, Some(role)));
        }
        _ => return Err(lesson("its task has one self-check, not several `tests`")),
    }
    let mut notebook = Notebook::empty();
    notebook.cells = cells;
    notebook.metadata.clone_from(&chapter.metadata);
    let weft = notebook.metadata.entry("weft").or_insert_with(|| json!({}));
    if let Some(weft) = weft.as_object_mut() {
        weft.insert("assignment".to_owned(), json!(head.name));
        weft.insert("tasks".to_owned(), json!([task.id]));
    }
    Ok(notebook)
}

/// What fails where the self-check only says that the task is not solved yet.
fn assertion(check: &str) -> Result<String, AssignmentError> {
    let call = check.lines().find_map(|line| {
        let call = line.trim().strip_prefix("match ")?.strip_suffix(" {")?;
        call.starts_with("check_").then_some(call)
    });
    let call = call.ok_or_else(|| lesson("its self-check has no line `match check_...(...) {`"))?;
    Ok(format!("assert_eq!({call}, Ok(()));"))
}
