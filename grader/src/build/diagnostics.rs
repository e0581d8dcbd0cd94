//! What the compiler says, in lines of the answer.

use super::source::task_file;
use crate::judge::CompilerNote;
use serde::Deserialize;

#[derive(Deserialize)]
struct Message {
    message: String,
    level: String,
    code: Option<Code>,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u32,
    column_start: u32,
    is_primary: bool,
}

/// More is not read by anybody.
const MOST: usize = 20;

/// The errors in what the compiler said. Where several answers were compiled together, a line is counted in its own.
pub(super) fn notes(said: &str, offsets: &[u32]) -> Vec<CompilerNote> {
    said.lines()
        .filter_map(|line| serde_json::from_str::<Message>(line).ok())
        .filter(|message| message.level == "error" && !message.message.starts_with("aborting due"))
        .take(MOST)
        .map(|message| {
            let place = message
                .spans
                .iter()
                .filter(|span| span.is_primary)
                .find_map(|span| {
                    let task =
                        (0..offsets.len()).find(|task| span.file_name == task_file(*task))?;
                    let line = span.line_start.checked_sub(offsets[task])?;
                    Some((line, span.column_start))
                });
            let (line, column) = place.unwrap_or((0, 0));
            CompilerNote {
                line,
                column,
                code: message.code.map(|code| code.code),
                message: message.message.chars().take(1_000).collect(),
            }
        })
        .collect()
}
