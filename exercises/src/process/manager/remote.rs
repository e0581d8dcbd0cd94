//! Functions of a server process, for clients who know its key.

use super::ManagerError;
use super::client::Client;
use super::command::{Reply, Request};
use super::server::{self, Function, Plan};
use super::value::Datum;
use crate::primitive::Arc;
use crate::primitive::process::{Bond, Child, ExitStatus, Signal, fork_with, getpid};
use crate::primitive::socket::{Address, Listener};
use recorder::{Object, ObjectKind, current};
use std::collections::HashMap;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

/// Requests over the network may have so many bytes.
const LARGEST_FRAME: usize = 1 << 20;

/// The functions a [`RemoteServer`] will have. They are registered before it starts, because code
/// cannot be sent: see [`Workers`](crate::process::Workers).
#[derive(Default)]
pub struct Registry {
    functions: HashMap<String, Function>,
}

impl Registry {
    /// No functions.
    pub fn new() -> Registry {
        Registry::default()
    }

    /// One more. It runs in the server process, one call at a time (no other client is served
    /// meanwhile); an error or a panic goes back to the client as
    /// [`ManagerError::Failed`].
    #[must_use]
    pub fn register(
        mut self,
        name: &str,
        function: impl Fn(&[Datum]) -> Result<Datum, String> + 'static,
    ) -> Registry {
        self.functions.insert(name.to_owned(), Box::new(function));
        self
    }

    /// Starts the server process on 127.0.0.1, at this port (0: one that the system chooses).
    pub fn serve(self, port: u16, key: &[u8]) -> Result<RemoteServer, ManagerError> {
        let local = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port));
        let listener = Listener::bind(&Address::Tcp(local))?;
        let address = listener.tcp_address()?;
        let object = Object::new(ObjectKind::Pipe, current::next_object());
        let plan = Plan {
            listener,
            key: key.to_vec(),
            functions: self.functions,
            largest_frame: LARGEST_FRAME,
            object,
            parent: getpid(),
        };
        let child = fork_with("server", Bond::Daemon, move || server::serve(plan))?;
        Ok(RemoteServer { address, child })
    }
}

/// A process that serves functions to everybody who knows the key, on 127.0.0.1. Made by
/// [`Registry::serve`], used by [`RemoteClient`].
///
/// Before a client has proved that it knows the key (a random number answered with an HMAC-SHA256,
/// in both directions; the key never travels), nothing it sends is read as a command. What is said
/// afterwards is neither secret nor protected against change on the way: on one machine that is
/// enough, over a network it is not. Garbage, half frames, slow or silent clients cost a connection
/// for some seconds and disturb nobody; a frame has at most 1 MiB.
///
/// Dropped, it is killed. It ends with the process that made it.
///
/// | | difference |
/// |---|---|
/// | std, tokio | connections; what is said on them is yours to invent |
/// | Python's `BaseManager` | the same proof of a key. There, the functions' results stay in the server and one gets proxies; requests are pickles, so whoever knows the key can run any code in the server; an empty address means every network. Here one gets values, and only registered functions run |
///
/// ```
/// use exercises::process::{self, ManagerError, Registry, RemoteClient, Datum};
///
/// let server = Registry::new()
///     .register("add", |numbers| {
///         let sum: Option<i64> = numbers.iter().map(Datum::as_int).sum();
///         sum.map(Datum::Int).ok_or("numbers, please".to_owned())
///     })
///     .serve(0, b"abc")
///     .unwrap();
///
/// let refused = RemoteClient::connect(server.address(), b"wrong").unwrap_err();
/// assert!(matches!(refused, ManagerError::WrongKey));
///
/// let client = RemoteClient::connect(server.address(), b"abc").unwrap();
/// let answer = client.call("add", [1, 2, 3]).unwrap();
/// assert_eq!(answer.value, Datum::Int(6));
/// assert_eq!(answer.pid, server.pid()); // it ran there
/// assert_ne!(answer.pid, process::id());
/// assert_eq!(client.stop_server().unwrap(), 1); // one call was served
/// server.join().unwrap();
/// ```
pub struct RemoteServer {
    address: SocketAddr,
    child: Child,
}

impl RemoteServer {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process.
    pub fn pid(&self) -> i32 {
        self.child.pid()
    }

    /// Whether it still runs.
    pub fn is_alive(&self) -> bool {
        self.child.is_alive()
    }

    /// Waits until it has ended ([`RemoteClient::stop_server`] tells it to); how.
    pub fn join(&self) -> Result<ExitStatus, ManagerError> {
        if self.child.parent() != getpid() {
            return Err(ManagerError::NotOurs(self.child.parent()));
        }
        Ok(self.child.wait()?)
    }
}

impl Drop for RemoteServer {
    fn drop(&mut self) {
        if self.child.parent() == getpid() {
            if self.child.is_alive() {
                let _ = self.child.signal(Signal::SIGKILL);
            }
            let _ = self.child.wait();
        }
    }
}

impl fmt::Debug for RemoteServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteServer")
            .field("address", &self.address)
            .field("pid", &self.pid())
            .finish()
    }
}

/// What a function of a [`RemoteServer`] gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The result.
    pub value: Datum,
    /// The process in which the function ran.
    pub pid: i32,
}

/// One who knows the key of a [`RemoteServer`]. It may be cloned and moved into other threads and
/// processes: each of them has a connection, and a proof, of its own.
#[derive(Clone)]
pub struct RemoteClient {
    client: Arc<Client>,
}

impl RemoteClient {
    /// Connects, and proves the key. When this returns, both sides have.
    pub fn connect(address: SocketAddr, key: &[u8]) -> Result<RemoteClient, ManagerError> {
        let object = Object::new(ObjectKind::Pipe, current::next_object());
        let client = Client::new(
            Address::Tcp(address),
            key.to_vec(),
            None,
            object,
            LARGEST_FRAME,
        );
        client.greet()?;
        Ok(RemoteClient { client })
    }

    /// Calls a function of the server, and waits for its result as long as it takes.
    pub fn call<V: Into<Datum>>(
        &self,
        function: &str,
        arguments: impl IntoIterator<Item = V>,
    ) -> Result<Answer, ManagerError> {
        let arguments = arguments.into_iter().map(Into::into).collect();
        match self
            .client
            .ask(&Request::Call(function.to_owned(), arguments))?
        {
            Reply::Result(value, pid) => Ok(Answer { value, pid }),
            _ => Err(ManagerError::NotAManager),
        }
    }

    /// Tells the server to end; how many commands it has served. Its port is free as soon as it has
    /// ended.
    pub fn stop_server(&self) -> Result<u64, ManagerError> {
        let reply = self.client.ask(&Request::Stop)?;
        self.client.hang_up();
        match reply {
            Reply::Datum(Datum::Int(served)) => Ok(served.unsigned_abs()),
            _ => Err(ManagerError::NotAManager),
        }
    }

    /// Closes this thread's connection. The next call makes a new one.
    pub fn disconnect(&self) {
        self.client.hang_up();
    }
}

impl fmt::Debug for RemoteClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RemoteClient")
    }
}
