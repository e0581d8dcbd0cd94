//! The broadcast of a cell's failure.

use serde::Serialize;

use super::outgoing;

/// A cell failed.
#[derive(Debug, Serialize)]
pub struct ErrorMessage<'a> {
    /// Name of the error.
    pub ename: &'a str,
    /// One line about it.
    pub evalue: &'a str,
    /// Lines for the user.
    pub traceback: &'a [String],
}

outgoing! { ErrorMessage<'_> => "error" }
