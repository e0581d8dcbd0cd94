//! What the kernel is doing.

use serde::Serialize;

use super::outgoing;

/// Broadcast around every request.
#[derive(Debug, Serialize)]
pub struct StatusMessage {
    /// The state.
    pub execution_state: ExecutionState,
}

/// States a kernel announces itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ExecutionState {
    /// Once, at the very beginning.
    Starting,
    /// A request is being handled.
    Busy,
    /// That request, and all it caused, is done.
    Idle,
}

outgoing! { StatusMessage => "status" }
