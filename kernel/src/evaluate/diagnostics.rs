//! Compile errors as rustc draws them, with the cell's own lines.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use evcxr::CompilationError;

use super::edited::Edited;
use crate::language::CellOutcome;

/// So many errors are drawn; the rest is counted.
const MAX_DRAWN: usize = 20;
/// The name of an error without a code.
const UNNAMED: &str = "CompileError";

/// The outcome of a cell that does not compile. `name`: where the source stands.
pub(super) fn outcome(errors: &[CompilationError], cell: &Edited<'_>, name: &str) -> CellOutcome {
    let code = errors
        .iter()
        .find_map(CompilationError::code)
        .unwrap_or(UNNAMED);
    let first = errors
        .first()
        .map(CompilationError::message)
        .unwrap_or_default();
    let told: Vec<&CompilationError> = errors
        .iter()
        .filter(|error| !is_echo(error, errors, cell))
        .collect();
    let mut traceback: Vec<String> = told
        .iter()
        .take(MAX_DRAWN)
        .map(|error| draw(error, cell, name))
        .collect();
    if told.len() > MAX_DRAWN {
        traceback.push(format!("+ {}", told.len() - MAX_DRAWN));
    }
    CellOutcome::Error {
        ename: code.to_owned(),
        evalue: first,
        traceback,
    }
}

/// Whether an error concerns what we repeated of the student's, and stands there too.
fn is_echo(error: &CompilationError, all: &[CompilationError], cell: &Edited<'_>) -> bool {
    let is_at_ours = |error: &CompilationError| {
        let messages = error.spanned_messages();
        let span = messages.iter().find(|message| message.is_primary)?.span?;
        let at = byte_offset(&cell.text, span.start_line, span.start_column)?;
        Some(cell.is_ours(at))
    };
    is_at_ours(error) == Some(true)
        && all
            .iter()
            .any(|other| other.message() == error.message() && is_at_ours(other) == Some(false))
}

/// One error. Where no place in the cell is known, rustc's own drawing.
fn draw(error: &CompilationError, cell: &Edited<'_>, name: &str) -> String {
    let places: Vec<_> = error
        .spanned_messages()
        .iter()
        .filter_map(|message| {
            let span = message.span?;
            let start = byte_offset(&cell.text, span.start_line, span.start_column)?;
            let end = byte_offset(&cell.text, span.end_line, span.end_column)?;
            let (start, end) = (cell.original_offset(start), cell.original_offset(end));
            (start <= end).then_some((message, start..end))
        })
        .collect();
    if places.is_empty() {
        let drawn = error.rendered();
        return if drawn.is_empty() {
            error.message()
        } else {
            drawn
        };
    }
    let message = error.message();
    let helps = error.help();
    let mut title = Level::ERROR.primary_title(&message);
    if let Some(code) = error.code() {
        title = title.id(code);
    }
    let mut snippet = Snippet::source(cell.original).path(name).line_start(1);
    for (spanned, range) in &places {
        let kind = if spanned.is_primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        // A span without a label of its own carries the message again.
        let label = Some(spanned.label.as_str())
            .filter(|label| !label.is_empty() && !label.ends_with(&message));
        snippet = snippet.annotation(kind.span(range.clone()).label(label));
    }
    let mut group = title.element(snippet);
    for help in &helps {
        group = group.element(Level::HELP.message(help));
    }
    Renderer::styled().render(&[group])
}

/// A line and a column (characters), both from 1, to bytes.
pub(super) fn byte_offset(cell: &str, line: usize, column: usize) -> Option<usize> {
    let text = cell.lines().nth(line.checked_sub(1)?)?;
    let start = text.as_ptr() as usize - cell.as_ptr() as usize;
    let inside = text
        .char_indices()
        .nth(column.checked_sub(1)?)
        .map_or(text.len(), |(at, _)| at);
    Some(start + inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let cell = "let é = 1;\nlet x: i32 = \"漢\";";
        assert_eq!(byte_offset(cell, 1, 7), Some(7));
        assert_eq!(
            byte_offset(cell, 2, 14).map(|at| &cell[at..]),
            Some("\"漢\";")
        );
        assert_eq!(byte_offset(cell, 2, 99), Some(cell.len()));
        assert_eq!(byte_offset(cell, 3, 1), None);
    }
}
