//! Things to show that are not the value of a cell.

use serde::Serialize;
use serde_json::{Map, Value};

use super::outgoing;

/// Shows something.
#[derive(Debug, Serialize)]
pub struct DisplayData<'a> {
    /// MIME type to content.
    pub data: &'a Map<String, Value>,
    /// MIME type to hints.
    pub metadata: &'a Map<String, Value>,
    /// What is not kept in the notebook.
    pub transient: Transient<'a>,
}

/// Replaces everything shown under a name.
#[derive(Debug, Serialize)]
pub struct UpdateDisplayData<'a> {
    /// MIME type to content.
    pub data: &'a Map<String, Value>,
    /// MIME type to hints.
    pub metadata: &'a Map<String, Value>,
    /// The name.
    pub transient: Transient<'a>,
}

/// What is not kept in the notebook.
#[derive(Debug, Serialize)]
pub struct Transient<'a> {
    /// Names what is shown, for later updates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_id: Option<&'a str>,
}

/// Removes the output of a cell.
#[derive(Debug, Serialize)]
pub struct ClearOutput {
    /// Only when something new arrives.
    pub wait: bool,
}

outgoing! {
    DisplayData<'_> => "display_data",
    UpdateDisplayData<'_> => "update_display_data",
    ClearOutput => "clear_output",
}
