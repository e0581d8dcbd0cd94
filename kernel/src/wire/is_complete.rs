//! Whether Enter runs the code or opens another line.

use serde::{Deserialize, Serialize};

use super::outgoing;
use crate::language::Completeness;

/// Asks whether code can be run as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IsCompleteRequest {
    /// The source.
    pub code: String,
}

/// Says it.
#[derive(Debug, Serialize)]
pub struct IsCompleteReply {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    indent: Option<String>,
}

impl From<Completeness> for IsCompleteReply {
    fn from(completeness: Completeness) -> IsCompleteReply {
        let (status, indent) = match completeness {
            Completeness::Complete => ("complete", None),
            Completeness::Incomplete { indent } => ("incomplete", Some(indent)),
            Completeness::Invalid => ("invalid", None),
            Completeness::Unknown => ("unknown", None),
        };
        IsCompleteReply { status, indent }
    }
}

outgoing! {
    IsCompleteRequest => "is_complete_request",
    IsCompleteReply => "is_complete_reply",
}
