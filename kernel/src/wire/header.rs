//! The header every message carries.

use serde::{Deserialize, Serialize};

use super::null_is_default;

/// Who says what kind of thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Unique for the message.
    pub msg_id: String,
    /// Unique for the sender's life.
    #[serde(default, deserialize_with = "null_is_default")]
    pub session: String,
    /// The sender's name; of no importance.
    #[serde(default, deserialize_with = "null_is_default")]
    pub username: String,
    /// When it was made, ISO 8601.
    #[serde(default, deserialize_with = "null_is_default")]
    pub date: String,
    /// Which message it is.
    pub msg_type: String,
    /// Version of the protocol.
    #[serde(default, deserialize_with = "null_is_default")]
    pub version: String,
}
