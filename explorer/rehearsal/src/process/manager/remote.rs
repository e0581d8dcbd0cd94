//! Functions of a server process, for clients who know its key.
//!
//! Here the server does one request after the other, because a function runs in it. That both sides prove the key is
//! one look at it.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use explorer::model::fork::Messages;

use super::ManagerError;
use super::command::{Refusal, Reply, Request};
use super::store::Store;
use super::value::Datum;
use crate::primitive::Arc;
use crate::primitive::panic::{AssertUnwindSafe, catch_unwind};
use crate::primitive::ports;
use crate::primitive::process::{Bond, Child, ExitStatus, fork_with, getpid};
use crate::primitive::thread::panic_message;
use crate::process::leave::Leave;

type Function = Box<dyn Fn(&[Datum]) -> Result<Datum, String>>;

#[derive(Default)]
pub struct Registry {
    functions: HashMap<String, Function>,
}

/// What comes to a server.
enum Visit {
    /// The reply; none if the server ends.
    Ask(Request, Messages<Option<Reply>>),
    Leave(Leave),
}

/// Where a server is found.
struct Door {
    key: Vec<u8>,
    visits: Messages<Visit>,
}

impl Door {
    /// Nobody comes any more, and whoever has come and will not be served hears so.
    fn shut(self: &Arc<Door>, port: u16) {
        let host: ports::Host = self.clone();
        ports::leave(port, &host, || {
            while let Some(visit) = self.visits.try_recv() {
                if let Visit::Ask(_, reply) = visit {
                    reply.send(None);
                }
            }
        });
    }
}

struct Server {
    door: Arc<Door>,
    functions: HashMap<String, Function>,
    store: Store,
    served: i64,
}

impl Server {
    /// Its life; the exit code.
    fn serve(mut self, port: u16) -> i32 {
        loop {
            match self.door.visits.recv() {
                Some(Visit::Ask(Request::Stop, reply)) => {
                    reply.send(Some(Reply::Datum(Datum::Int(self.served))));
                    self.door.shut(port);
                    return 0;
                }
                Some(Visit::Ask(request, reply)) => {
                    self.served += 1;
                    reply.send(Some(self.answer(request).unwrap_or_else(Reply::Refused)));
                }
                Some(Visit::Leave(how)) => return how.now(),
                // The execution is over.
                None => return 0,
            }
        }
    }

    fn answer(&mut self, request: Request) -> Result<Reply, Refusal> {
        match request {
            Request::Create(kind, value) => self.store.create(kind, value),
            Request::Do(object, command) => self.store.perform(object, command),
            Request::Call(name, arguments) => {
                let function = self.functions.get(&name);
                let function = function.ok_or(Refusal::NoSuchFunction(name))?;
                let called = catch_unwind(AssertUnwindSafe(|| function(&arguments)));
                let called = called.unwrap_or_else(|payload| Err(panic_message(payload.as_ref())));
                let value = called.map_err(Refusal::Failed)?;
                Ok(Reply::Result(value, getpid()))
            }
            Request::Stop => Ok(Reply::Nothing),
        }
    }
}

impl Registry {
    pub fn new() -> Registry {
        Registry::default()
    }

    #[must_use]
    pub fn register(
        mut self,
        name: &str,
        function: impl Fn(&[Datum]) -> Result<Datum, String> + 'static,
    ) -> Registry {
        self.functions.insert(name.to_owned(), Box::new(function));
        self
    }

    pub fn serve(self, port: u16, key: &[u8]) -> Result<RemoteServer, ManagerError> {
        let door = Arc::new(Door {
            key: key.to_vec(),
            visits: Messages::new(),
        });
        let host: ports::Host = door.clone();
        let port = ports::listen(port, &host)?;
        let server = Server {
            door: door.clone(),
            functions: self.functions,
            store: Store::default(),
            served: 0,
        };
        let child = fork_with("server", Bond::None, move || server.serve(port))?;
        Ok(RemoteServer { port, child, door })
    }
}

pub struct RemoteServer {
    port: u16,
    child: Child,
    door: Arc<Door>,
}

impl RemoteServer {
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    pub fn pid(&self) -> i32 {
        self.child.pid()
    }

    pub fn is_alive(&self) -> bool {
        self.child.is_alive()
    }

    pub fn join(&self) -> Result<ExitStatus, ManagerError> {
        if self.child.parent() != getpid() {
            return Err(ManagerError::NotOurs(self.child.parent()));
        }
        Ok(self.child.wait()?)
    }
}

impl Drop for RemoteServer {
    fn drop(&mut self) {
        if explorer::model::is_over() || self.child.parent() != getpid() {
            return;
        }
        if self.child.is_alive() {
            self.door.shut(self.port);
            self.door.visits.send(Visit::Leave(Leave::Killed));
        }
        // Cannot fail: it is a child of this process.
        let _ = self.child.wait();
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub value: Datum,
    pub pid: i32,
}

#[derive(Clone)]
pub struct RemoteClient {
    port: u16,
    key: Vec<u8>,
}

impl RemoteClient {
    pub fn connect(address: SocketAddr, key: &[u8]) -> Result<RemoteClient, ManagerError> {
        let port = address.port();
        match ports::visit(port, |door: &Door| door.key == key) {
            Some(true) => Ok(RemoteClient {
                port,
                key: key.to_vec(),
            }),
            Some(false) => Err(ManagerError::WrongKey),
            None => Err(io::Error::from(io::ErrorKind::ConnectionRefused).into()),
        }
    }

    fn ask(&self, request: Request) -> Result<Reply, ManagerError> {
        let reply = Messages::new();
        let asked = ports::visit(self.port, |door: &Door| {
            let known = door.key == self.key;
            if known {
                door.visits.send(Visit::Ask(request, reply.clone()));
            }
            known
        });
        match asked {
            Some(true) => {}
            Some(false) => return Err(ManagerError::WrongKey),
            None => return Err(ManagerError::ServerGone { pid: 0 }),
        }
        match reply.recv().flatten() {
            Some(Reply::Refused(refusal)) => Err(refusal.into()),
            Some(reply) => Ok(reply),
            None => Err(ManagerError::ServerGone { pid: 0 }),
        }
    }

    pub fn call<V: Into<Datum>>(
        &self,
        function: &str,
        arguments: impl IntoIterator<Item = V>,
    ) -> Result<Answer, ManagerError> {
        let arguments = arguments.into_iter().map(Into::into).collect();
        match self.ask(Request::Call(function.to_owned(), arguments))? {
            Reply::Result(value, pid) => Ok(Answer { value, pid }),
            _ => Err(ManagerError::NotAManager),
        }
    }

    pub fn stop_server(&self) -> Result<u64, ManagerError> {
        match self.ask(Request::Stop)? {
            Reply::Datum(Datum::Int(served)) => Ok(served.unsigned_abs()),
            _ => Err(ManagerError::NotAManager),
        }
    }

    pub fn disconnect(&self) {}
}
