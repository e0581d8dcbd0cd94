//! `lesson.md`: Markdown in which a line that begins with a colon is a directive.
//!
//! | directive | places |
//! |---|---|
//! | `:exercises s1e1 s1e2` | (first line) the exercises this chapter holds |
//! | `:cell NAME` | the region NAME of `cells.rs` |
//! | `:task NAME` | the same, as a task the student fills in |
//! | `:check NAME` | the same, as the self-check of a task |
//! | `:explored NAME ...` | the region NAME below the line `:explore ...`: a cell of its own imports, not run |
//! | `:run ...`, `:explore ...`, `:ask ...` | a command cell for the kernel, with this very line |
//! | `:chapters` | (index only) the table of all chapters |
//!
//! Prose between two directives becomes one Markdown cell; a heading of level
//! two starts a new one.

use crate::{Error, Result};
use std::path::Path;

/// What a placed region is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Something to run and look at.
    Example,
    /// A task, given as a stub.
    Task,
    /// The self-check of a task.
    Check,
}

impl Role {
    /// The tag of the cell in the notebook.
    pub fn tag(self) -> Option<&'static str> {
        match self {
            Role::Example => None,
            Role::Task => Some("task"),
            Role::Check => Some("self-check"),
        }
    }
}

/// One piece of a lesson, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Markdown.
    Prose(String),
    /// A named region of `cells.rs`.
    Rust {
        /// The region.
        name: String,
        /// What it is for.
        role: Role,
        /// The kernel's command above the code, e.g. `:explore --list 2`.
        command: Option<String>,
    },
    /// A command of the kernel, e.g. `:run s1e1 --scenario 1`.
    Command(String),
    /// The table of all chapters.
    Chapters,
}

/// A lesson read from its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// The first heading.
    pub title: String,
    /// Ids of the exercises the chapter holds.
    pub exercises: Vec<String>,
    /// What the notebook is made of.
    pub pieces: Vec<Piece>,
}

/// Reads a lesson; `path` is named in errors.
pub fn parse(path: &Path, text: &str) -> Result<Lesson> {
    let mut exercises = Vec::new();
    let mut pieces = Vec::new();
    let mut prose = String::new();
    let mut title = None;
    let mut in_fence = false;

    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if line.starts_with("```") {
            in_fence = !in_fence;
        }
        if !in_fence && let Some(directive) = line.strip_prefix(':') {
            let (word, rest) = directive.split_once(' ').unwrap_or((directive, ""));
            let rest = rest.trim();
            let missing = || Error::source(path, number, "one name of a cell is missing");
            let named = |role| {
                if rest.is_empty() || rest.contains(' ') {
                    return Err(missing());
                }
                Ok(Piece::Rust {
                    name: rest.to_owned(),
                    role,
                    command: None,
                })
            };
            let piece = match word {
                "exercises" => {
                    exercises.extend(rest.split_whitespace().map(str::to_owned));
                    continue;
                }
                "cell" => named(Role::Example)?,
                "task" => named(Role::Task)?,
                "check" => named(Role::Check)?,
                "explored" => {
                    let (name, options) = rest.split_once(' ').unwrap_or((rest, ""));
                    if name.is_empty() || name.starts_with('-') {
                        return Err(missing());
                    }
                    Piece::Rust {
                        name: name.to_owned(),
                        role: Role::Example,
                        command: Some(format!(":explore {options}").trim_end().to_owned()),
                    }
                }
                "run" | "explore" | "ask" | "why" => Piece::Command(line.trim_end().to_owned()),
                "chapters" => Piece::Chapters,
                _ => {
                    let problem = format!("`:{word}` is not a directive");
                    return Err(Error::source(path, number, problem));
                }
            };
            flush(&mut prose, &mut pieces);
            pieces.push(piece);
            continue;
        }
        if !in_fence && line.starts_with("## ") {
            flush(&mut prose, &mut pieces);
        }
        if !in_fence
            && title.is_none()
            && let Some(heading) = line.strip_prefix("# ")
        {
            title = Some(heading.trim().to_owned());
        }
        prose.push_str(line);
        prose.push('\n');
    }
    if in_fence {
        return Err(Error::source(
            path,
            text.lines().count(),
            "a code fence is not closed",
        ));
    }
    flush(&mut prose, &mut pieces);
    let title =
        title.ok_or_else(|| Error::source(path, 1, "the lesson has no heading of level one"))?;
    Ok(Lesson {
        title,
        exercises,
        pieces,
    })
}

fn flush(prose: &mut String, pieces: &mut Vec<Piece>) {
    let text = prose.trim();
    if !text.is_empty() {
        pieces.push(Piece::Prose(text.to_owned()));
    }
    prose.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(text: &str) -> Result<Lesson> {
        parse(Path::new("lesson.md"), text)
    }

    #[test]
    fn prose_and_directives_become_pieces_in_reading_order() {
        let lesson = lesson(
            ":exercises s1e1\n# Title\n\nOne.\n:run s1e1 --scenario 1\n## Two\ntext\n:task stub\n",
        )
        .unwrap();
        assert_eq!(lesson.title, "Title");
        assert_eq!(lesson.exercises, ["s1e1"]);
        assert_eq!(
            lesson.pieces,
            [
                Piece::Prose("# Title\n\nOne.".into()),
                Piece::Command(":run s1e1 --scenario 1".into()),
                Piece::Prose("## Two\ntext".into()),
                Piece::Rust {
                    name: "stub".into(),
                    role: Role::Task,
                    command: None,
                },
            ]
        );
    }

    #[test]
    fn an_explored_cell_has_its_command_above_the_code() {
        let explored = |command: &str| Piece::Rust {
            name: "locked".into(),
            role: Role::Example,
            command: Some(command.into()),
        };
        let lesson =
            lesson("# T\n:explored locked --list 2\n:ask \"a | b\"\n:explored locked\n").unwrap();
        assert_eq!(
            lesson.pieces[1..],
            [
                explored(":explore --list 2"),
                Piece::Command(":ask \"a | b\"".into()),
                explored(":explore"),
            ]
        );
        for wrong in ["# T\n:explored\n", "# T\n:explored --list 2\n"] {
            assert!(self::lesson(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_colon_inside_a_code_fence_is_not_a_directive() {
        let lesson = lesson("# T\n```\n:nonsense\n```\n").unwrap();
        assert_eq!(lesson.pieces.len(), 1);
    }

    #[test]
    fn an_unknown_directive_is_an_error_with_its_line() {
        let error = lesson("# T\n:cel x\n").unwrap_err();
        assert_eq!(error.to_string(), "lesson.md:2: `:cel` is not a directive");
    }

    #[test]
    fn a_lesson_without_a_title_is_refused() {
        assert!(lesson("text\n").is_err());
    }
}
