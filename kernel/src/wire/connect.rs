//! Where the sockets are; asked only by old clients.

use serde::Serialize;

use super::{ReplyStatus, outgoing};
use crate::connection::ConnectionFile;

/// The ports.
#[derive(Debug, Serialize)]
pub struct ConnectReply {
    status: ReplyStatus,
    shell_port: u16,
    iopub_port: u16,
    stdin_port: u16,
    hb_port: u16,
    control_port: u16,
}

impl From<&ConnectionFile> for ConnectReply {
    fn from(connection: &ConnectionFile) -> ConnectReply {
        ConnectReply {
            status: ReplyStatus::Ok,
            shell_port: connection.shell_port,
            iopub_port: connection.iopub_port,
            stdin_port: connection.stdin_port,
            hb_port: connection.hb_port,
            control_port: connection.control_port,
        }
    }
}

outgoing! { ConnectReply => "connect_reply" }
