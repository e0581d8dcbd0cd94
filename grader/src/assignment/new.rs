//! A new assignment: one small task that works, for the teacher to write over, or the task of a chapter.

use std::path::{Path, PathBuf};

use messages::Language;
use serde_json::json;

use super::{Assignment, AssignmentError, CONFIGURATION, ChapterTask, chapter, is_name, write};
use crate::notebook::{Cell, CellKind, Notebook, Role};

/// How a new assignment is made.
#[derive(Clone, Debug)]
pub struct NewOptions {
    /// Its folder, which must not hold anything yet.
    pub folder: PathBuf,
    /// Its name; otherwise the folder's.
    pub name: Option<String>,
    /// The language of its texts.
    pub language: Language,
    /// The task of a chapter; otherwise a small example.
    pub chapter: Option<ChapterTask>,
}

const MANIFEST: &str = include_str!("../../template/assignment.toml");
const ANSWER: &str = include_str!("../../template/answer.rs");
const TEST: &str = include_str!("../../template/test.rs");
const WRONG: &str = include_str!("../../template/wrong.rs");
const RIGHT: &str = include_str!("../../template/right.rs");

/// Makes the folder, and loads what was made.
pub fn new(options: &NewOptions) -> Result<Assignment, AssignmentError> {
    let folder = &options.folder;
    if std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(AssignmentError::NotEmpty(folder.clone()));
    }
    if let Some(task) = &options.chapter {
        return chapter::write_all(folder, options.name.as_deref(), task);
    }
    let name = match &options.name {
        Some(name) => name.clone(),
        None => folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
    };
    if !is_name(&name) {
        return Err(AssignmentError::Name(name));
    }
    let say = |id: &str| messages::text(options.language, id);
    let quoted = |text: String| toml::Value::String(text).to_string();
    let manifest = MANIFEST
        .replace("{name}", &name)
        .replace("{language}", options.language.code())
        .replace("{title}", &quoted(say("grading-new-title")))
        .replace("{task}", &quoted(say("grading-new-task")))
        .replace("{by-hand}", &quoted(say("grading-new-by-hand")))
        .replace("{stub}", &quoted(say("grading-new-stub")));
    let put = |path: &str, text: &str| write(&folder.join(path), text);
    put("assignment.toml", &manifest)?;
    put(
        "nbgrader_config.py",
        &CONFIGURATION.replace("{stub}", &json!(say("grading-new-stub")).to_string()),
    )?;
    put("wrong/doubled/adds-one.rs", WRONG)?;
    put("right/doubled/by-addition.rs", RIGHT)?;
    put(
        &format!("source/{name}/{name}.ipynb"),
        &notebook(&name, &say).text(),
    )?;
    Assignment::load(Path::new(folder))
}

fn notebook(name: &str, say: &dyn Fn(&str) -> String) -> Notebook {
    let role = |id: &str, grade: bool, solution: bool, points: Option<f64>| {
        Some(Role::new(id, grade, solution, points))
    };
    let heading = format!(
        "# {}\n\n{}",
        say("grading-new-title"),
        say("grading-new-text")
    );
    let question = format!(
        "## {}\n\n{}",
        say("grading-new-by-hand"),
        say("grading-new-question")
    );
    let cells = vec![
        Cell::new(
            CellKind::Markdown,
            "heading",
            &heading,
            role("heading", false, false, None),
        ),
        Cell::new(
            CellKind::Code,
            "doubled",
            ANSWER.trim_end(),
            role("doubled", false, true, None),
        ),
        Cell::new(
            CellKind::Code,
            "doubled-test",
            TEST.trim_end(),
            role("doubled-test", true, false, Some(2.0)),
        ),
        Cell::new(
            CellKind::Markdown,
            "question",
            &question,
            role("question", false, false, None),
        ),
        Cell::new(
            CellKind::Markdown,
            "reason",
            &say("grading-new-answer"),
            role("reason", true, true, Some(1.0)),
        ),
    ];
    let mut notebook = Notebook::empty();
    notebook.cells = cells;
    notebook.metadata.insert(
        "kernelspec".to_owned(),
        json!({"display_name": "Rust (Weft)", "language": "rust", "name": "weft"}),
    );
    // Here already, so that nbgrader's release and ours are the same bytes.
    notebook.metadata.insert(
        "weft".to_owned(),
        json!({"assignment": name, "tasks": ["doubled", "reason"]}),
    );
    notebook
}
