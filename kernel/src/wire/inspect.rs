//! Descriptions of what stands in the code.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{ReplyStatus, null_is_default, outgoing};
use crate::language::MimeBundle;

/// Asks what stands at a position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InspectRequest {
    /// The source.
    pub code: String,
    /// The position; the end where it is left out.
    #[serde(default)]
    pub cursor_pos: Option<usize>,
    /// 0, or 1 for more.
    #[serde(default, deserialize_with = "null_is_default")]
    pub detail_level: u8,
}

/// Says it.
#[derive(Debug, Serialize)]
pub struct InspectReply {
    status: ReplyStatus,
    found: bool,
    data: Map<String, Value>,
    metadata: Map<String, Value>,
}

impl InspectReply {
    /// The reply with this description, or that there is none.
    pub fn new(bundle: Option<MimeBundle>) -> InspectReply {
        let found = bundle.is_some();
        let bundle = bundle.unwrap_or_default();
        InspectReply {
            status: ReplyStatus::Ok,
            found,
            data: bundle.data,
            metadata: bundle.metadata,
        }
    }
}

outgoing! {
    InspectRequest => "inspect_request",
    InspectReply => "inspect_reply",
}
