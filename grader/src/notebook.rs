//! The instructor's notebook: read whole, changed cell by cell, written as Python's `nbformat` writes.
//!
//! It is trusted (the teacher made it), so it may be read as a tree; a student's notebook never is, see
//! [`graft`](crate::graft). What we do not know stays as it is: unknown metadata survives a reading and a writing.

use std::path::{Path, PathBuf};

use md5::{Digest, Md5};
use serde_json::{Map, Value, json};

/// The version of nbgrader's cell metadata we read and write.
pub const SCHEMA_VERSION: u64 = 3;

/// Why a notebook cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NotebookError {
    /// It could not be read from or written to the disk.
    #[error("{path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is not a notebook.
    #[error("this is not a Jupyter notebook ({reason}); save it again in JupyterLab")]
    Malformed {
        /// What is wrong with it.
        reason: String,
    },
    /// A cell's metadata for grading is wrong.
    #[error("cell {number}: {reason}; correct it in the Create Assignment panel")]
    Metadata {
        /// Which cell, from 1.
        number: usize,
        /// What is wrong.
        reason: String,
    },
    /// A BEGIN without an END, or one inside another.
    #[error(
        "cell {number}: `BEGIN {region}` and `END {region}` do not come in pairs; every BEGIN needs its END"
    )]
    Markers {
        /// Which cell, from 1.
        number: usize,
        /// `SOLUTION` or `HIDDEN TESTS`.
        region: &'static str,
    },
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Code.
    Code,
    /// Text.
    Markdown,
    /// Neither.
    Raw,
}

impl CellKind {
    /// The word in the file.
    pub fn name(self) -> &'static str {
        match self {
            CellKind::Code => "code",
            CellKind::Markdown => "markdown",
            CellKind::Raw => "raw",
        }
    }
}

/// What a cell is for when a notebook is graded: nbgrader's metadata, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// The cell's name, unique in its notebook.
    pub grade_id: String,
    /// Whether it gives points.
    pub grade: bool,
    /// Whether the student writes here.
    pub solution: bool,
    /// Whether it is read-only although it gives no points.
    pub locked: bool,
    /// Whether it is a task the student adds cells to.
    pub task: bool,
    /// How many points, where it gives any.
    pub points: Option<f64>,
}

impl Role {
    /// The role of a code or text cell: an answer can be written to, every other cell is locked.
    pub fn new(id: &str, grade: bool, solution: bool, points: Option<f64>) -> Role {
        Role {
            grade_id: id.to_owned(),
            grade,
            solution,
            locked: !solution,
            task: false,
            points,
        }
    }

    /// Whether the student's text in this cell is thrown away.
    pub fn is_locked(&self) -> bool {
        !self.solution && (self.grade || self.locked)
    }

    /// Whether a student's answer stands here.
    pub fn is_answer(&self) -> bool {
        self.solution
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub kind: CellKind,
    /// Its text.
    pub source: String,
    /// Its metadata, nbgrader's included.
    pub metadata: Map<String, Value>,
    /// What it is for.
    pub role: Option<Role>,
    rest: Map<String, Value>,
}

/// A notebook of format 4.
#[derive(Clone, Debug, PartialEq)]
pub struct Notebook {
    /// Its cells, in order.
    pub cells: Vec<Cell>,
    /// Its own metadata.
    pub metadata: Map<String, Value>,
    rest: Map<String, Value>,
}

fn malformed(reason: impl Into<String>) -> NotebookError {
    NotebookError::Malformed {
        reason: reason.into(),
    }
}

impl Notebook {
    /// A notebook without cells.
    pub fn empty() -> Notebook {
        let mut rest = Map::new();
        rest.insert("nbformat".to_owned(), json!(4));
        rest.insert("nbformat_minor".to_owned(), json!(5));
        Notebook {
            cells: Vec::new(),
            metadata: Map::new(),
            rest,
        }
    }

    /// Reads a file.
    pub fn read(path: &Path) -> Result<Notebook, NotebookError> {
        let text = std::fs::read_to_string(path).map_err(|source| NotebookError::File {
            path: path.to_owned(),
            source,
        })?;
        Notebook::parse(&text)
    }

    /// Reads the text of a file.
    pub fn parse(text: &str) -> Result<Notebook, NotebookError> {
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| malformed(error.to_string()))?;
        let Value::Object(mut rest) = value else {
            return Err(malformed("the file holds no object"));
        };
        if rest.get("nbformat").and_then(Value::as_u64) != Some(4) {
            return Err(malformed("its format is not 4"));
        }
        let Some(Value::Array(raw)) = rest.shift_remove("cells") else {
            return Err(malformed("it has no list of cells"));
        };
        let metadata = match rest.shift_remove("metadata") {
            Some(Value::Object(metadata)) => metadata,
            None => Map::new(),
            Some(_) => return Err(malformed("its metadata is no object")),
        };
        let mut cells = Vec::with_capacity(raw.len());
        let mut names = std::collections::HashSet::new();
        for (index, cell) in raw.into_iter().enumerate() {
            let cell = read_cell(cell, index + 1)?;
            if let Some(role) = &cell.role
                && !names.insert(role.grade_id.clone())
            {
                return Err(NotebookError::Metadata {
                    number: index + 1,
                    reason: format!("the name {:?} is used twice", role.grade_id),
                });
            }
            cells.push(cell);
        }
        Ok(Notebook {
            cells,
            metadata,
            rest,
        })
    }

    /// The text of the file, byte for byte as Python's `nbformat` writes it: sorted keys, indented by one space.
    pub fn text(&self) -> String {
        let mut root = self.rest.clone();
        root.insert("metadata".to_owned(), Value::Object(self.metadata.clone()));
        let cells = self.cells.iter().map(write_cell).collect();
        root.insert("cells".to_owned(), Value::Array(cells));
        let mut bytes = Vec::new();
        let format = serde_json::ser::PrettyFormatter::with_indent(b" ");
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, format);
        // A tree of JSON values in memory can always be written down.
        let written = serde::Serialize::serialize(&sorted(Value::Object(root)), &mut serializer);
        debug_assert!(written.is_ok());
        bytes.push(b'\n');
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The cell with this name.
    pub fn cell(&self, grade_id: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| {
            cell.role
                .as_ref()
                .is_some_and(|role| role.grade_id == grade_id)
        })
    }

    /// The language of its kernel, as nbgrader reads it.
    pub fn language(&self) -> Option<&str> {
        self.metadata.get("kernelspec")?.get("language")?.as_str()
    }
}

fn read_cell(value: Value, number: usize) -> Result<Cell, NotebookError> {
    let Value::Object(mut rest) = value else {
        return Err(malformed(format!("cell {number} is no object")));
    };
    let kind = match rest
        .shift_remove("cell_type")
        .as_ref()
        .and_then(Value::as_str)
    {
        Some("code") => CellKind::Code,
        Some("markdown") => CellKind::Markdown,
        Some("raw") => CellKind::Raw,
        _ => return Err(malformed(format!("cell {number} has no known type"))),
    };
    let source = match rest.shift_remove("source") {
        Some(Value::String(source)) => source,
        Some(Value::Array(lines)) => lines
            .iter()
            .map(|line| {
                line.as_str()
                    .ok_or_else(|| malformed(format!("cell {number} has no text")))
            })
            .collect::<Result<String, _>>()?,
        _ => return Err(malformed(format!("cell {number} has no text"))),
    };
    let metadata = match rest.shift_remove("metadata") {
        Some(Value::Object(metadata)) => metadata,
        None => Map::new(),
        Some(_) => return Err(malformed(format!("cell {number} has no metadata object"))),
    };
    let role = match metadata.get("nbgrader") {
        Some(raw) => {
            read_role(raw, kind).map_err(|reason| NotebookError::Metadata { number, reason })?
        }
        None => None,
    };
    Ok(Cell {
        kind,
        source,
        metadata,
        role,
        rest,
    })
}

/// `None` for a cell that only carries the traces of a role it once had.
fn read_role(raw: &Value, kind: CellKind) -> Result<Option<Role>, String> {
    let flag = |name: &str| match raw.get(name) {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(other) => Err(format!("`{name}` is {other}, not true or false")),
    };
    let (grade, solution, locked, task) = (
        flag("grade")?,
        flag("solution")?,
        flag("locked")?,
        flag("task")?,
    );
    if !(grade || solution || locked || task) {
        return Ok(None);
    }
    match raw.get("schema_version").and_then(Value::as_u64) {
        Some(SCHEMA_VERSION) => {}
        _ => return Err("its `schema_version` is not 3".to_owned()),
    }
    let grade_id = raw
        .get("grade_id")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !is_name(grade_id) {
        return Err(format!(
            "{grade_id:?} is not a name (letters, digits, `_` and `-`)"
        ));
    }
    let points = match raw.get("points") {
        _ if !grade => None,
        Some(points) => Some(
            points
                .as_f64()
                .filter(|points| is_points(*points))
                .ok_or_else(|| format!("{points} are no points (0 or more, in steps of 0.001)"))?,
        ),
        None => return Err("it gives points, but does not say how many".to_owned()),
    };
    if !task && kind == CellKind::Markdown && grade != solution {
        return Err("a text cell is graded by hand, or not at all".to_owned());
    }
    if task && kind != CellKind::Markdown {
        return Err("a task cell has to be text".to_owned());
    }
    Ok(Some(Role {
        grade_id: grade_id.to_owned(),
        grade,
        solution,
        locked,
        task,
        points,
    }))
}

/// Whether these are points somebody may give: not negative, finite, and written the same in Python and here.
pub fn is_points(points: f64) -> bool {
    points == 0.0 || (0.001..=1_000_000.0).contains(&points)
}

/// Whether this can be the name of a cell, a task or an assignment: `[A-Za-z0-9_-]+`, at most 100 letters.
pub fn is_name(name: &str) -> bool {
    (1..=100).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

impl Cell {
    /// A new cell.
    pub fn new(kind: CellKind, id: &str, source: &str, role: Option<Role>) -> Cell {
        let mut rest = Map::new();
        rest.insert("id".to_owned(), json!(id));
        if kind == CellKind::Code {
            rest.insert("execution_count".to_owned(), Value::Null);
            rest.insert("outputs".to_owned(), json!([]));
        }
        let mut metadata = Map::new();
        if let Some(role) = &role {
            let mut raw = json!({
                "grade": role.grade, "grade_id": role.grade_id, "locked": role.locked,
                "schema_version": SCHEMA_VERSION, "solution": role.solution, "task": role.task,
            });
            if let Some(points) = role.points {
                raw["points"] = json!(points);
            }
            metadata.insert("nbgrader".to_owned(), raw);
        }
        Cell {
            kind,
            source: source.to_owned(),
            metadata,
            role,
            rest,
        }
    }

    /// Its id in the notebook, or nothing in notebooks older than those.
    pub fn id(&self) -> &str {
        self.rest.get("id").and_then(Value::as_str).unwrap_or("")
    }

    /// nbgrader's checksum: over what a student must not change, in Python's spelling.
    pub fn checksum(&self) -> Option<String> {
        let role = self.role.as_ref()?;
        let python = |flag: bool| if flag { "True" } else { "False" };
        let mut md5 = Md5::new();
        md5.update(&self.source);
        md5.update(self.kind.name());
        md5.update(python(role.grade));
        md5.update(python(role.solution));
        md5.update(python(role.is_locked()));
        md5.update(&role.grade_id);
        if let Some(points) = role.points {
            md5.update(format!("{points:?}"));
        }
        Some(
            md5.finalize()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }

    /// Forgets what running it left behind.
    pub fn clear_output(&mut self) {
        if self.kind == CellKind::Code {
            self.rest.insert("execution_count".to_owned(), Value::Null);
            self.rest.insert("outputs".to_owned(), json!([]));
        }
        self.metadata.shift_remove("collapsed");
        self.metadata.shift_remove("scrolled");
    }

    /// Writes a value into nbgrader's metadata of this cell.
    pub fn set_grading(&mut self, name: &str, value: Value) {
        if let Some(Value::Object(raw)) = self.metadata.get_mut("nbgrader") {
            raw.insert(name.to_owned(), value);
        }
    }
}

fn write_cell(cell: &Cell) -> Value {
    let mut whole = cell.rest.clone();
    whole.insert("cell_type".to_owned(), json!(cell.kind.name()));
    whole.insert("metadata".to_owned(), Value::Object(cell.metadata.clone()));
    let lines: Vec<&str> = cell.source.split_inclusive('\n').collect();
    whole.insert("source".to_owned(), json!(lines));
    Value::Object(whole)
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map.into_iter().collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| (key, sorted(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
