//! Comms: channels between something in the page and something in the kernel.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ReplyStatus, outgoing};

/// Opens a comm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommOpen {
    /// Unique for the comm.
    pub comm_id: String,
    /// What is to stand at its other end.
    pub target_name: String,
    /// The first message.
    #[serde(default)]
    pub data: Value,
}

/// A message over a comm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommMsg {
    /// The comm.
    pub comm_id: String,
    /// The message.
    #[serde(default)]
    pub data: Value,
}

/// Closes a comm; answers an opening nobody wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommClose {
    /// The comm.
    pub comm_id: String,
    /// The last message.
    #[serde(default)]
    pub data: Value,
}

/// Asks which comms are open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommInfoRequest {
    /// Only those to this target.
    #[serde(default)]
    pub target_name: Option<String>,
}

/// Says it.
#[derive(Debug, Serialize)]
pub struct CommInfoReply {
    /// Always `ok`.
    pub status: ReplyStatus,
    /// By their identities.
    pub comms: BTreeMap<String, CommInfo>,
}

/// One open comm.
#[derive(Debug, Serialize)]
pub struct CommInfo {
    /// What stands at its other end.
    pub target_name: String,
}

outgoing! {
    CommOpen => "comm_open",
    CommMsg => "comm_msg",
    CommClose => "comm_close",
    CommInfoRequest => "comm_info_request",
    CommInfoReply => "comm_info_reply",
}
