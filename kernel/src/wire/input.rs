//! Questions to the user, over the stdin socket.

use serde::{Deserialize, Serialize};

use super::outgoing;

/// Asks the user for a line.
#[derive(Debug, Serialize)]
pub struct InputRequest<'a> {
    /// Shown before the field.
    pub prompt: &'a str,
    /// Hide what is typed.
    pub password: bool,
}

/// What the user typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputReply {
    /// The line, without its end.
    pub value: String,
}

outgoing! {
    InputRequest<'_> => "input_request",
    InputReply => "input_reply",
}
