//! The greeting on the iopub socket: a client that has it misses nothing from here on.

use serde::Serialize;

use super::outgoing;

/// A subscription has become effective.
#[derive(Debug, Serialize)]
pub struct IopubWelcome<'a> {
    /// Its topic; empty for everything.
    pub subscription: &'a str,
}

outgoing! { IopubWelcome<'_> => "iopub_welcome" }
