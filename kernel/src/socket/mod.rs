//! The five sockets, one file and one named thread each. A ZeroMQ socket belongs to its thread
//! alone; other threads hand it messages through an [`Outbox`], which is bounded.
//!
//! Nothing here knows what a request means: a checked message goes to whoever was given to the
//! thread, and a message that is not valid is logged and dropped.

pub mod control;
pub mod heartbeat;
pub mod iopub;
mod outbox;
mod router;
pub mod shell;
pub mod stdin;
mod wake;

pub use outbox::Outbox;
pub use wake::Wake;

use crate::connection::ConnectionFile;

/// How long a socket that is closed goes on delivering. A client that reads has everything
/// within a fraction of it; one that does not must not keep the process from ending.
const LINGER_MS: i32 = 500;
/// Messages ZeroMQ keeps for one client that does not read.
const SEND_HIGH_WATER: i32 = 2_000;
/// Requests ZeroMQ keeps while ours are not taken.
const RECEIVE_HIGH_WATER: i32 = 200;
/// The largest message that is taken at all. ZeroMQ ends the connection of a client that sends more.
const LARGEST_MESSAGE: i64 = 128 * 1024 * 1024;

/// Why the sockets could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("cannot open the {name} socket at {endpoint}: {source}")]
pub struct BindError {
    name: &'static str,
    endpoint: String,
    source: zmq::Error,
}

/// The five sockets, bound, before their threads have them.
pub struct Sockets {
    pub(crate) shell: zmq::Socket,
    pub(crate) control: zmq::Socket,
    pub(crate) iopub: zmq::Socket,
    pub(crate) stdin: zmq::Socket,
    pub(crate) heartbeat: zmq::Socket,
}

impl Sockets {
    /// Opens all five.
    pub fn bind(context: &zmq::Context, at: &ConnectionFile) -> Result<Sockets, BindError> {
        let bind = |kind, name, port| {
            let endpoint = at.endpoint(port);
            open(context, kind, &endpoint).map_err(|source| BindError {
                name,
                endpoint: endpoint.clone(),
                source,
            })
        };
        Ok(Sockets {
            shell: bind(zmq::ROUTER, "shell", at.shell_port)?,
            control: bind(zmq::ROUTER, "control", at.control_port)?,
            iopub: bind(zmq::XPUB, "iopub", at.iopub_port)?,
            stdin: bind(zmq::ROUTER, "stdin", at.stdin_port)?,
            heartbeat: bind(zmq::ROUTER, "heartbeat", at.hb_port)?,
        })
    }
}

fn open(
    context: &zmq::Context,
    kind: zmq::SocketType,
    endpoint: &str,
) -> Result<zmq::Socket, zmq::Error> {
    let mut socket = context.socket(kind)?;
    socket.set_linger(LINGER_MS)?;
    socket.set_maxmsgsize(LARGEST_MESSAGE)?;
    socket.set_sndhwm(SEND_HIGH_WATER)?;
    socket.set_rcvhwm(RECEIVE_HIGH_WATER)?;
    if kind == zmq::ROUTER {
        // A client that connects again under its old identity takes over from its dead
        // connection; otherwise its requests would be ignored until the old one times out.
        socket.set_router_handover(true)?;
    }
    if kind == zmq::XPUB {
        iopub::set_verbose(&mut socket)?;
        // Never drop a message silently when a client reads slowly; `iopub` decides.
        iopub::set_lossless(&mut socket, true)?;
    }
    socket.bind(endpoint)?;
    Ok(socket)
}
