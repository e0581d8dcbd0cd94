//! Objects that live in a server process and are used from all others.

mod client;
mod command;
mod error;
mod key;
mod proxy;
mod remote;
mod server;
mod store;
mod value;
mod wire;
mod written;

pub use error::ManagerError;
pub use key::Key;
pub use proxy::{DictProxy, ListProxy, Namespace, ValueProxy};
pub use remote::{Answer, Registry, RemoteClient, RemoteServer};
pub use value::{Datum, Dict, MOST_DEPTH};

use crate::primitive::Arc;
use crate::primitive::process::{Bond, Child, ExitStatus, Signal, fork_with, getpid};
use crate::primitive::socket::{Address, Listener, secret};
use client::Client;
use command::{Kind, Reply, Request};
use recorder::{Object, ObjectKind, current};
use std::collections::HashMap;
use std::fmt;

/// Requests to a manager of this machine may have so many bytes.
const LARGEST_FRAME: usize = 1 << 26;

/// A server process that owns dictionaries, lists, values and namespaces. What one gets are
/// **proxies**: cheap to clone, to be moved into other processes, all of them on the same object.
///
/// A command is a message to the server and a reply, some ten microseconds: for data that changes
/// all the time, memory that is shared is a hundred times faster. In exchange, the objects hold
/// anything a [`Datum`] can be, and grow.
///
/// **Nested objects.** A list or dictionary inside another one is an object of the server, too.
/// There are two ways to it: [`get`](DictProxy::get) gives a *copy* (changing it changes nothing in
/// the server until it is [`set`](DictProxy::set) again), [`list_at`](DictProxy::list_at) and
/// [`dict_at`](DictProxy::dict_at) give a *proxy* (a change is seen by everybody at once). In Python
/// `d["x"].append(1)` on a plain nested list changes a copy that is thrown away, which is the usual
/// mistake with managers; here the two cannot be mixed up. A nested object belongs to its place:
/// when that is replaced or removed, proxies on it get [`ManagerError::NoSuchObject`].
///
/// **Order.** The server does one command at a time, in the order in which they arrive, and a
/// command is done when its call returns: nothing is lost, and whoever asks afterwards sees it. Two
/// commands are two: between `get` and `set` others may come. To count, use
/// [`add`](DictProxy::add).
///
/// **When the server dies**, all calls give [`ManagerError::ServerGone`] at once, also those that
/// wait. It ends with its manager (dropped, or [`shutdown`](Manager::shutdown)) and with the process
/// that made it. Bounds: 256 connections (one for each thread of each process that uses it), 64 MiB
/// a request, [`MOST_DEPTH`] levels.
///
/// | | difference |
/// |---|---|
/// | std, parking_lot, crossbeam, nix | have nothing like it: a `Mutex<HashMap>` is for the threads of one process |
/// | Python's `multiprocessing.Manager` | the same idea and the same proof of a key for each connection. There, any object can be had; values are pickled, so that a client can make the server run code. Here only values travel |
///
/// ```
/// use exercises::process::{Manager, Process};
///
/// let manager = Manager::new().unwrap();
/// let (dict, list) = (manager.dict().unwrap(), manager.list().unwrap());
/// let mut child = Process::new("child", { let (dict, list) = (dict.clone(), list.clone()); move || {
///     dict.set("name", "test").unwrap();
///     dict.set("tags", vec!["a"]).unwrap();
///     dict.list_at("tags").unwrap().push("b").unwrap(); // in place
///     list.extend([1, 2]).unwrap();
/// }});
/// child.start().unwrap();
/// child.join().unwrap();
/// assert_eq!(dict.snapshot().unwrap().to_string(), "{'name': 'test', 'tags': ['a', 'b']}");
/// assert_eq!(list.len().unwrap(), 2);
/// manager.shutdown().unwrap();
/// assert!(list.len().is_err()); // gone with the server
/// ```
pub struct Manager {
    client: Arc<Client>,
    child: Child,
}

impl Manager {
    /// Starts the server process.
    pub fn new() -> Result<Manager, ManagerError> {
        let key = secret::<32>()?;
        let name: Vec<u8> = [b"weft-manager-".as_slice(), &secret::<16>()?].concat();
        let address = Address::Unix(name);
        let listener = Listener::bind(&address)?;
        let object = Object::new(ObjectKind::Pipe, current::next_object());
        let plan = server::Plan {
            listener,
            key: key.to_vec(),
            functions: HashMap::new(),
            largest_frame: LARGEST_FRAME,
            object,
            parent: getpid(),
        };
        let child = fork_with("manager", Bond::Daemon, move || server::serve(plan))?;
        Ok(Manager {
            client: Client::new(
                address,
                key.to_vec(),
                Some(child.pid()),
                object,
                LARGEST_FRAME,
            ),
            child,
        })
    }

    fn create(&self, kind: Kind, value: Datum) -> Result<proxy::Proxy, ManagerError> {
        match self.client.ask(&Request::Create(kind, value))? {
            Reply::Object(id) => Ok(proxy::Proxy::new(self.client.clone(), id)),
            _ => Err(ManagerError::NotAManager),
        }
    }

    /// An empty dictionary.
    pub fn dict(&self) -> Result<DictProxy, ManagerError> {
        self.dict_from(Dict::new())
    }

    /// A dictionary with this in it.
    pub fn dict_from(&self, dict: Dict) -> Result<DictProxy, ManagerError> {
        Ok(DictProxy::of(self.create(Kind::Dict, dict.into())?))
    }

    /// An empty list.
    pub fn list(&self) -> Result<ListProxy, ManagerError> {
        self.list_from(Vec::<Datum>::new())
    }

    /// A list with this in it.
    pub fn list_from<V: Into<Datum>>(
        &self,
        items: impl IntoIterator<Item = V>,
    ) -> Result<ListProxy, ManagerError> {
        let items = items.into_iter().map(Into::into).collect();
        Ok(ListProxy::of(self.create(Kind::List, Datum::List(items))?))
    }

    /// A single value.
    pub fn value(&self, value: impl Into<Datum>) -> Result<ValueProxy, ManagerError> {
        Ok(ValueProxy::of(self.create(Kind::Cell, value.into())?))
    }

    /// Values by name.
    pub fn namespace(&self) -> Result<Namespace, ManagerError> {
        Ok(Namespace::of(self.create(Kind::Dict, Dict::new().into())?))
    }

    /// The server's process.
    pub fn pid(&self) -> i32 {
        self.child.pid()
    }

    /// Tells the server to end and waits for it; how it ended.
    pub fn shutdown(self) -> Result<ExitStatus, ManagerError> {
        if self.child.parent() != getpid() {
            return Err(ManagerError::NotOurs(self.child.parent()));
        }
        let told = self.client.ask(&Request::Stop);
        self.client.hang_up();
        match told {
            Ok(_) | Err(ManagerError::ServerGone { .. }) => Ok(self.child.wait()?),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Manager {
    fn drop(&mut self) {
        self.client.hang_up();
        if self.child.parent() == getpid() {
            if self.child.is_alive() {
                let _ = self.child.signal(Signal::SIGKILL);
            }
            let _ = self.child.wait();
        }
    }
}

impl fmt::Debug for Manager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manager")
            .field("pid", &self.pid())
            .finish_non_exhaustive()
    }
}
