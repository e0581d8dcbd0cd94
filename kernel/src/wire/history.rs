//! What was run before.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{ReplyStatus, null_is_default, outgoing};

/// Asks for entries of the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryRequest {
    /// With the results of the cells.
    #[serde(default, deserialize_with = "null_is_default")]
    pub output: bool,
    /// The source as it was typed. It is never kept in another form here.
    #[serde(default = "super::yes")]
    pub raw: bool,
    /// Which entries.
    pub hist_access_type: Access,
    /// For a range: a session, 0 for this one, negative counting back from it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub session: i64,
    /// For a range: the first number.
    #[serde(default, deserialize_with = "null_is_default")]
    pub start: i64,
    /// For a range: one past the last number; to the end where it is left out.
    #[serde(default)]
    pub stop: Option<i64>,
    /// For the tail and a search: at most so many of the newest.
    #[serde(default)]
    pub n: Option<usize>,
    /// For a search: `*` is any text, `?` any one character.
    #[serde(default)]
    pub pattern: Option<String>,
    /// For a search: the same source only once.
    #[serde(default, deserialize_with = "null_is_default")]
    pub unique: bool,
}

/// Which entries of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Numbers of one session.
    Range,
    /// The newest.
    Tail,
    /// Those that match.
    Search,
}

/// Says them, oldest first.
#[derive(Debug, Serialize)]
pub struct HistoryReply {
    status: ReplyStatus,
    history: Vec<Value>,
}

impl HistoryReply {
    /// The reply with these entries, with or without the results.
    pub fn new(entries: &[crate::history::Entry], with_output: bool) -> HistoryReply {
        let history = entries
            .iter()
            .map(|entry| {
                if with_output {
                    json!([entry.session, entry.line, [entry.input, entry.output]])
                } else {
                    json!([entry.session, entry.line, entry.input])
                }
            })
            .collect();
        HistoryReply {
            status: ReplyStatus::Ok,
            history,
        }
    }
}

outgoing! {
    HistoryRequest => "history_request",
    HistoryReply => "history_reply",
}
