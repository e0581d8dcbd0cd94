//! The end of the kernel.

use serde::{Deserialize, Serialize};

use super::{ReplyStatus, null_is_default, outgoing};

/// Asks the kernel to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShutdownRequest {
    /// Another kernel takes its place at once.
    #[serde(default, deserialize_with = "null_is_default")]
    pub restart: bool,
}

/// It is about to.
#[derive(Debug, Serialize)]
pub struct ShutdownReply {
    /// Always `ok`.
    pub status: ReplyStatus,
    /// As in the request.
    pub restart: bool,
}

outgoing! {
    ShutdownRequest => "shutdown_request",
    ShutdownReply => "shutdown_reply",
}
