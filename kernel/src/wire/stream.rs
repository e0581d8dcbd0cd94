//! Text a cell wrote.

use serde::Serialize;

use super::Outgoing;

/// A piece of standard output or standard error.
#[derive(Debug, Serialize)]
pub struct Stream<'a> {
    /// `stdout` or `stderr`.
    pub name: &'static str,
    /// The text.
    pub text: &'a str,
}

impl Outgoing for Stream<'_> {
    fn msg_type(&self) -> &'static str {
        "stream"
    }

    fn size_hint(&self) -> usize {
        // Line ends become two bytes.
        self.text.len() + self.text.len() / 16 + 64
    }
}
