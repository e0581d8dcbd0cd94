//! The debug adapter protocol, refused in its own words: there is no debugger here, and
//! `kernel_info_reply` says so, but a client that asks all the same must not wait for ever.

use serde::{Deserialize, Serialize};

use super::{null_is_default, outgoing};

/// A request of the debug adapter protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebugRequest {
    /// Number of the request.
    #[serde(default, deserialize_with = "null_is_default")]
    pub seq: i64,
    /// What is asked.
    #[serde(default, deserialize_with = "null_is_default")]
    pub command: String,
}

/// The refusal.
#[derive(Debug, Serialize)]
pub struct DebugReply {
    #[serde(rename = "type")]
    kind: &'static str,
    request_seq: i64,
    success: bool,
    command: String,
    message: &'static str,
}

impl From<DebugRequest> for DebugReply {
    fn from(request: DebugRequest) -> DebugReply {
        DebugReply {
            kind: "response",
            request_seq: request.seq,
            success: false,
            command: request.command,
            message: "unsupported",
        }
    }
}

outgoing! {
    DebugRequest => "debug_request",
    DebugReply => "debug_reply",
}
