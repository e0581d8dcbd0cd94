//! Stopping what runs.

use serde::Serialize;

use super::{ReplyStatus, outgoing};

/// Asks for the running cell to be ended.
#[derive(Debug, Serialize)]
pub struct InterruptRequest {}

/// It was told to end.
#[derive(Debug, Serialize)]
pub struct InterruptReply {
    /// Always `ok`.
    pub status: ReplyStatus,
}

outgoing! {
    InterruptRequest => "interrupt_request",
    InterruptReply => "interrupt_reply",
}
