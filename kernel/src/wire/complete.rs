//! Completion. Positions count Unicode code points.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{ReplyStatus, outgoing};
use crate::language::Completions;

/// Asks what could stand at a position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompleteRequest {
    /// The source.
    pub code: String,
    /// The position; the end where it is left out.
    #[serde(default)]
    pub cursor_pos: Option<usize>,
}

/// Says it.
#[derive(Debug, Serialize)]
pub struct CompleteReply {
    status: ReplyStatus,
    matches: Vec<String>,
    cursor_start: usize,
    cursor_end: usize,
    metadata: Map<String, Value>,
}

impl CompleteReply {
    /// The reply with these proposals. Kinds and signatures go where clients look for them.
    pub fn new(completions: Completions) -> CompleteReply {
        let (start, end) = (completions.start, completions.end);
        let types: Vec<Value> = completions
            .matches
            .iter()
            .map(|item| {
                json!({"start": start, "end": end, "text": item.text,
                       "type": item.kind, "signature": item.signature})
            })
            .collect();
        let mut metadata = Map::new();
        if !types.is_empty() {
            metadata.insert("_jupyter_types_experimental".to_owned(), types.into());
        }
        CompleteReply {
            status: ReplyStatus::Ok,
            matches: completions
                .matches
                .into_iter()
                .map(|item| item.text)
                .collect(),
            cursor_start: start,
            cursor_end: end,
            metadata,
        }
    }
}

/// A position inside the code, whatever was asked for.
pub fn cursor_within(code: &str, cursor: Option<usize>) -> usize {
    let end = code.chars().count();
    cursor.map_or(end, |cursor| cursor.min(end))
}

outgoing! {
    CompleteRequest => "complete_request",
    CompleteReply => "complete_reply",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_counts_code_points_and_never_leaves_the_code() {
        assert_eq!(cursor_within("سلام𝄞", None), 5);
        assert_eq!(cursor_within("سلام𝄞", Some(2)), 2);
        assert_eq!(cursor_within("ab", Some(usize::MAX)), 2);
    }
}
