//! Running a cell: the request, its broadcast, its result, its reply.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{ReplyStatus, null_is_default, outgoing, yes};

/// Asks for a cell to be run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExecuteRequest {
    /// The source.
    pub code: String,
    /// Broadcast nothing, count nothing.
    #[serde(default)]
    pub silent: bool,
    /// Count it and keep it in the history.
    #[serde(default = "yes")]
    pub store_history: bool,
    /// Expressions to evaluate afterwards.
    #[serde(default, deserialize_with = "null_is_default")]
    pub user_expressions: Map<String, Value>,
    /// Whether the user can be asked for input.
    #[serde(default = "yes")]
    pub allow_stdin: bool,
    /// Whether an error aborts the cells that wait.
    #[serde(default = "yes")]
    pub stop_on_error: bool,
}

/// Tells every client what is being run.
#[derive(Debug, Serialize)]
pub struct ExecuteInput<'a> {
    /// The source.
    pub code: &'a str,
    /// The number beside the cell.
    pub execution_count: u32,
}

/// The value of a cell.
#[derive(Debug, Serialize)]
pub struct ExecuteResult<'a> {
    /// The number beside the cell.
    pub execution_count: u32,
    /// MIME type to content.
    pub data: &'a Map<String, Value>,
    /// MIME type to hints.
    pub metadata: &'a Map<String, Value>,
}

/// How a cell ended.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum ExecuteReply {
    /// It ran to its end.
    Ok {
        /// Always `ok`.
        status: ReplyStatus,
        /// The number beside the cell.
        execution_count: u32,
        /// Things for the client to do, e.g. open a pager.
        payload: Vec<Value>,
        /// What the user expressions gave.
        user_expressions: Map<String, Value>,
    },
    /// It failed. Clients read the three fields here, not only from the broadcast.
    Error {
        /// Always `error`.
        status: ReplyStatus,
        /// The number beside the cell.
        execution_count: u32,
        /// Name of the error.
        ename: String,
        /// One line about it.
        evalue: String,
        /// Lines for the user.
        traceback: Vec<String>,
        /// Always empty.
        payload: Vec<Value>,
        /// Always empty.
        user_expressions: Map<String, Value>,
    },
    /// It was not run.
    Aborted {
        /// Always `aborted`.
        status: ReplyStatus,
        /// The number of the last cell that ran.
        execution_count: u32,
    },
}

outgoing! {
    ExecuteRequest => "execute_request",
    ExecuteInput<'_> => "execute_input",
    ExecuteResult<'_> => "execute_result",
    ExecuteReply => "execute_reply",
}
