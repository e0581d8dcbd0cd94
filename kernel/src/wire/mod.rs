//! Messages of the protocol, one file a family: what they carry, and nothing about who handles
//! them. What comes in is parsed once into a [`Request`]; inside, no message type is compared
//! as text any more.

pub mod comm;
pub mod complete;
pub mod connect;
pub mod debug;
pub mod display;
pub mod error;
pub mod execute;
pub mod header;
pub mod history;
pub mod input;
pub mod inspect;
pub mod interrupt;
pub mod is_complete;
pub mod kernel_info;
pub mod shutdown;
pub mod status;
pub mod stream;
pub mod welcome;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// The version of the messaging protocol spoken here.
pub const PROTOCOL_VERSION: &str = "5.5";

/// The content of a message that can be sent.
pub trait Outgoing: Serialize {
    /// Its type in the header.
    fn msg_type(&self) -> &'static str;
    /// Roughly how long it gets, so that a large one is not copied while it grows.
    fn size_hint(&self) -> usize {
        128
    }
}

/// Gives content types their name in the header.
macro_rules! outgoing {
    ($($content:ty => $name:literal),* $(,)?) => {
        $(impl $crate::wire::Outgoing for $content {
            fn msg_type(&self) -> &'static str { $name }
        })*
    };
}
pub(crate) use outgoing;

/// The `status` of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReplyStatus {
    /// It was done.
    Ok,
    /// It failed.
    Error,
    /// It was not tried.
    Aborted,
}

/// What a client may ask for.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Who are you?
    KernelInfo,
    /// Run a cell.
    Execute(execute::ExecuteRequest),
    /// What could stand here?
    Complete(complete::CompleteRequest),
    /// What is this?
    Inspect(inspect::InspectRequest),
    /// Can this be run?
    IsComplete(is_complete::IsCompleteRequest),
    /// What was run before?
    History(history::HistoryRequest),
    /// Which comms are open?
    CommInfo(comm::CommInfoRequest),
    /// Open a comm.
    CommOpen(comm::CommOpen),
    /// A message for a comm.
    CommMsg(comm::CommMsg),
    /// Close a comm.
    CommClose(comm::CommClose),
    /// Where are the sockets?
    Connect,
    /// Stop what runs.
    Interrupt,
    /// End.
    Shutdown(shutdown::ShutdownRequest),
    /// Something for a debugger.
    Debug(debug::DebugRequest),
}

/// Why a request was dropped.
#[derive(Debug, thiserror::Error)]
pub enum BadRequest {
    /// Nobody here knows this type.
    #[error("unknown message type")]
    Unknown,
    /// A field is missing or has the wrong type.
    #[error("content is not valid: {0}")]
    Content(#[from] serde_json::Error),
}

impl Request {
    /// Parses the content of a request.
    pub fn parse(msg_type: &str, content: Map<String, Value>) -> Result<Request, BadRequest> {
        Ok(match msg_type {
            "kernel_info_request" => Request::KernelInfo,
            "execute_request" => Request::Execute(parse(content)?),
            "complete_request" => Request::Complete(parse(content)?),
            "inspect_request" => Request::Inspect(parse(content)?),
            "is_complete_request" => Request::IsComplete(parse(content)?),
            "history_request" => Request::History(parse(content)?),
            "comm_info_request" => Request::CommInfo(parse(content)?),
            "comm_open" => Request::CommOpen(parse(content)?),
            "comm_msg" => Request::CommMsg(parse(content)?),
            "comm_close" => Request::CommClose(parse(content)?),
            "connect_request" => Request::Connect,
            "interrupt_request" => Request::Interrupt,
            "shutdown_request" => Request::Shutdown(parse(content)?),
            "debug_request" => Request::Debug(parse(content)?),
            _ => return Err(BadRequest::Unknown),
        })
    }
}

fn parse<T: DeserializeOwned>(content: Map<String, Value>) -> Result<T, serde_json::Error> {
    serde_json::from_value(Value::Object(content))
}

/// Several clients send `null` for a field they leave out.
fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(msg_type: &str, content: Value) -> Result<Request, BadRequest> {
        let Value::Object(content) = content else {
            panic!("content is an object")
        };
        Request::parse(msg_type, content)
    }

    #[test]
    fn an_execute_request_has_the_defaults_of_the_protocol() {
        let Ok(Request::Execute(request)) = parse("execute_request", json!({"code": "1"})) else {
            panic!()
        };
        assert!(!request.silent && request.store_history);
        assert!(request.allow_stdin && request.stop_on_error);
        assert!(request.user_expressions.is_empty());
    }

    #[test]
    fn wrong_types_are_errors_and_not_panics() {
        for (msg_type, content) in [
            ("execute_request", json!({})),
            ("execute_request", json!({"code": 7})),
            ("execute_request", json!({"code": "", "silent": "no"})),
            ("complete_request", json!({"code": "x", "cursor_pos": -1})),
            ("inspect_request", json!({"code": [], "cursor_pos": 1})),
            ("history_request", json!({"hist_access_type": "all"})),
            ("comm_open", json!({"comm_id": 1, "target_name": "x"})),
            ("shutdown_request", json!({"restart": "maybe"})),
        ] {
            assert!(
                matches!(
                    parse(msg_type, content.clone()),
                    Err(BadRequest::Content(_))
                ),
                "{msg_type} {content}"
            );
        }
        assert!(matches!(
            parse("dance_request", json!({})),
            Err(BadRequest::Unknown)
        ));
    }
}
