//! What students get: the instructor's notebook without solutions and hidden tests, with locked cells and checksums.
//!
//! The result is the one `nbgrader generate_assignment` makes of the same notebook with the configuration we ship: a
//! teacher may change from one to the other in the middle of a course.

use serde_json::{Value, json};

use crate::notebook::{Cell, CellKind, Notebook, NotebookError};

const SOLUTION: &str = "SOLUTION";
const HIDDEN_TESTS: &str = "HIDDEN TESTS";

/// What stands in the place of a solution.
#[derive(Clone, Debug, PartialEq)]
pub struct Stubs<'a> {
    /// In cells of code.
    pub code: &'a str,
    /// In cells of text.
    pub text: &'a str,
}

/// The notebook students get.
pub fn release(notebook: &Notebook, stubs: &Stubs<'_>) -> Result<Notebook, NotebookError> {
    let mut released = notebook.clone();
    released.metadata.shift_remove("celltoolbar");
    for (index, cell) in released.cells.iter_mut().enumerate() {
        let number = index + 1;
        lock(cell);
        cell.source = without_solution(cell, number, stubs)?;
        cell.clear_output();
        cell.source = without_hidden_tests(cell, number)?;
        if let Some(checksum) = cell
            .role
            .as_ref()
            .filter(|role| role.grade || role.solution || role.locked)
            .and_then(|_| cell.checksum())
        {
            cell.set_grading("checksum", json!(checksum));
            cell.set_grading("cell_type", json!(cell.kind.name()));
        }
    }
    Ok(released)
}

fn lock(cell: &mut Cell) {
    let Some(role) = &cell.role else { return };
    if role.solution {
        cell.metadata
            .insert("deletable".to_owned(), Value::Bool(false));
    } else if role.grade || role.locked {
        cell.metadata
            .insert("deletable".to_owned(), Value::Bool(false));
        cell.metadata
            .insert("editable".to_owned(), Value::Bool(false));
    }
}

/// A cell's text as the student gets it: stubs where solutions were.
pub fn without_solution(
    cell: &Cell,
    number: usize,
    stubs: &Stubs<'_>,
) -> Result<String, NotebookError> {
    let stub = match cell.kind {
        CellKind::Code => stubs.code,
        CellKind::Markdown | CellKind::Raw => stubs.text,
    };
    let is_solution = cell.role.as_ref().is_some_and(|role| role.solution);
    let (text, found) = cut(&cell.source, number, SOLUTION, Some(stub))?;
    match (found, is_solution) {
        (true, false) => Err(NotebookError::Metadata {
            number,
            reason: "it holds a solution, but is not marked as an answer".to_owned(),
        }),
        (false, true) => Ok(stub.to_owned()),
        _ => Ok(text),
    }
}

fn without_hidden_tests(cell: &Cell, number: usize) -> Result<String, NotebookError> {
    let (text, found) = cut(&cell.source, number, HIDDEN_TESTS, None)?;
    if found && !cell.role.as_ref().is_some_and(|role| role.grade) {
        return Err(NotebookError::Metadata {
            number,
            reason: "it holds hidden tests, but gives no points".to_owned(),
        });
    }
    Ok(text)
}

/// A solution cell's text without the two marker lines: what the reference answer is.
pub fn reference(cell: &Cell, number: usize) -> Result<String, NotebookError> {
    // Checks the pairs before the lines are dropped.
    cut(&cell.source, number, SOLUTION, None)?;
    let marks = |line: &&str| !line.contains("BEGIN SOLUTION") && !line.contains("END SOLUTION");
    Ok(cell
        .source
        .split('\n')
        .filter(marks)
        .collect::<Vec<_>>()
        .join("\n"))
}

/// Removes every region, puts the stub in its place, and tells whether there was one.
fn cut(
    text: &str,
    number: usize,
    region: &'static str,
    stub: Option<&str>,
) -> Result<(String, bool), NotebookError> {
    let (begin, end) = (format!("BEGIN {region}"), format!("END {region}"));
    let mut kept: Vec<String> = Vec::new();
    let (mut inside, mut found) = (false, false);
    for line in text.split('\n') {
        if line.contains(&begin) {
            if inside {
                return Err(NotebookError::Markers { number, region });
            }
            (inside, found) = (true, true);
            let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
            let stub = stub.into_iter().flat_map(|stub| stub.split('\n'));
            kept.extend(stub.map(|line| format!("{indent}{line}")));
        } else if line.contains(&end) {
            inside = false;
        } else if !inside {
            kept.push(line.to_owned());
        }
    }
    if inside {
        return Err(NotebookError::Markers { number, region });
    }
    Ok((kept.join("\n"), found))
}
