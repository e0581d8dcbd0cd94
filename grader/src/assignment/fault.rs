//! What can be wrong with `assignment.toml`.

use super::MAX_TASKS;
use crate::check::WrongTask;

/// What stands in a place where something else has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A text.
    Text,
    /// `true` or `false`.
    Truth,
    /// A number.
    Number,
    /// A number without a fraction.
    Whole,
    /// A whole number, or the name of one that the question carries.
    Much,
    /// A list of texts.
    Texts,
    /// A list of anything.
    List,
    /// A table.
    Table,
    /// A list of tables.
    Tables,
    /// A text, or one for each language.
    Title,
}

/// What is wrong with `assignment.toml`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ManifestFault {
    /// It is no TOML.
    #[error("`{found}` is no TOML")]
    Syntax {
        /// The line, or its beginning.
        found: String,
    },
    /// A key stands there twice.
    #[error("`{key}` is there twice")]
    KeyTwice {
        /// Which.
        key: String,
    },
    /// A key that nobody knows.
    #[error("unknown field `{key}`; known are {known}")]
    Unknown {
        /// Which.
        key: String,
        /// Those that can stand there.
        known: String,
    },
    /// A key is missing.
    #[error("`{key}` is missing")]
    Missing {
        /// Which.
        key: &'static str,
    },
    /// Something of another kind.
    #[error("`{key}` is {found}, which is no {wanted:?}")]
    Kind {
        /// Of which key.
        key: String,
        /// What is there.
        found: String,
        /// What has to be there.
        wanted: Wanted,
    },
    /// A number that is too small or too large.
    #[error("`{key}` is {found}; it can be {least} to {most}")]
    Range {
        /// Of which key.
        key: String,
        /// The number.
        found: String,
        /// The smallest.
        least: u64,
        /// The largest.
        most: u64,
    },
    /// A number that has to be above 0.
    #[error("`{key}` is {found}; it is a number above 0")]
    Positive {
        /// Of which key.
        key: String,
        /// The number.
        found: String,
    },
    /// A number that has to be 0 or more.
    #[error("`{key}` is {found}; it is a number from 0")]
    NotNegative {
        /// Of which key.
        key: String,
        /// The number.
        found: String,
    },
    /// A word that is none of those that can stand there.
    #[error("`{key}` is {found}; it can be {known}")]
    Choice {
        /// Of which key.
        key: String,
        /// The word.
        found: String,
        /// Those that can stand there.
        known: String,
    },
    /// A name nothing can be called by.
    #[error("{0:?} is not a name; use letters, digits, `_` and `-`")]
    Name(String),
    /// There are no tasks, or too many.
    #[error("there must be between 1 and {MAX_TASKS} `[[task]]`")]
    Tasks,
    /// A task is there twice.
    #[error("the task {0:?} is there twice")]
    TaskTwice(String),
    /// The notebook lacks a cell.
    #[error("task {task:?}: the notebook has no cell {cell:?}")]
    NoCell {
        /// For which task.
        task: String,
        /// Which.
        cell: String,
    },
    /// The cell of a task is no answer.
    #[error("task {0:?}: its cell is not marked as an answer")]
    NoAnswer(String),
    /// The points are others than in the notebook.
    #[error(
        "task {task:?} has {here} points here and {notebook} in the notebook; both must be the same"
    )]
    Points {
        /// Of which task.
        task: String,
        /// Those of the manifest.
        here: f64,
        /// Those of the notebook.
        notebook: f64,
    },
    /// An answer cell of the notebook is in no task.
    #[error("the answer cell {0:?} belongs to no `[[task]]`")]
    CellWithoutTask(String),
    /// A task with which nothing could be judged.
    #[error("{task}: {what}")]
    Task {
        /// Which.
        task: String,
        /// Why.
        what: WrongTask,
    },
    /// Something else.
    #[error("{0}")]
    Other(String),
}
