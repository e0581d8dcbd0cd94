//! Managers: objects that live in a server process.
//!
//! What is done to them ([`store`]), what they hold and the handles on them are the exercises' own sources. What is
//! between them is not. Where the real ones send a command and wait for the reply, a command is done here in one piece,
//! which is what a manager promises: between two commands anybody may come, inside of one nobody. The server is a
//! process that waits until it is told to end. That it must have begun before it answers is left out: nothing that is
//! printed depends on it.

mod client;
#[path = "../../../../../exercises/src/process/manager/command.rs"]
mod command;
#[path = "../../../../../exercises/src/process/manager/error.rs"]
mod error;
#[path = "../../../../../exercises/src/process/manager/key.rs"]
mod key;
#[path = "../../../../../exercises/src/process/manager/proxy.rs"]
mod proxy;
mod remote;
#[path = "../../../../../exercises/src/process/manager/store.rs"]
mod store;
#[path = "../../../../../exercises/src/process/manager/value.rs"]
mod value;
#[path = "../../../../../exercises/src/process/manager/written.rs"]
mod written;

pub use error::ManagerError;
pub use key::Key;
pub use proxy::{DictProxy, ListProxy, Namespace, ValueProxy};
pub use remote::{Answer, Registry, RemoteClient, RemoteServer};
pub use value::{Datum, Dict, MOST_DEPTH};

use explorer::model::fork::{Messages, in_shared_memory};

use super::leave::Leave;
use crate::primitive::Arc;
use crate::primitive::lock::Mutex;
use crate::primitive::process::{Bond, Child, ExitStatus, fork_with, getpid};
use client::Client;
use command::{Kind, Reply};

pub struct Manager {
    child: Child,
    orders: Messages<Leave>,
    /// The objects that were made by themselves.
    objects: Mutex<Vec<Arc<Client>>>,
}

impl Manager {
    pub fn new() -> Result<Manager, ManagerError> {
        let orders = Messages::<Leave>::new();
        let own = orders.clone();
        let child = fork_with("manager", Bond::None, move || {
            own.recv().map_or(0, Leave::now)
        })?;
        Ok(Manager {
            child,
            orders,
            objects: Mutex::new(Vec::new()),
        })
    }

    fn create(&self, kind: Kind, value: Datum) -> Result<proxy::Proxy, ManagerError> {
        let (client, reply) = Client::create(self.child.pid(), kind, value)?;
        in_shared_memory(|| self.objects.lock().push(client.clone()));
        match reply {
            Reply::Object(id) => Ok(proxy::Proxy::new(client, id)),
            _ => Err(ManagerError::NotAManager),
        }
    }

    pub fn dict(&self) -> Result<DictProxy, ManagerError> {
        self.dict_from(Dict::new())
    }

    pub fn dict_from(&self, dict: Dict) -> Result<DictProxy, ManagerError> {
        Ok(DictProxy::of(self.create(Kind::Dict, dict.into())?))
    }

    pub fn list(&self) -> Result<ListProxy, ManagerError> {
        self.list_from(Vec::<Datum>::new())
    }

    pub fn list_from<V: Into<Datum>>(
        &self,
        items: impl IntoIterator<Item = V>,
    ) -> Result<ListProxy, ManagerError> {
        let items = items.into_iter().map(Into::into).collect();
        Ok(ListProxy::of(self.create(Kind::List, Datum::List(items))?))
    }

    pub fn value(&self, value: impl Into<Datum>) -> Result<ValueProxy, ManagerError> {
        Ok(ValueProxy::of(self.create(Kind::Cell, value.into())?))
    }

    pub fn namespace(&self) -> Result<Namespace, ManagerError> {
        Ok(Namespace::of(self.create(Kind::Dict, Dict::new().into())?))
    }

    pub fn pid(&self) -> i32 {
        self.child.pid()
    }

    /// All its objects go at once.
    fn stop(&self, leave: Leave) {
        in_shared_memory(|| {
            let objects = self.objects.lock();
            let all: Vec<_> = objects.iter().map(|object| object.hold()).collect();
            for mut object in all {
                *object = None;
            }
        });
        self.orders.send(leave);
    }

    pub fn shutdown(self) -> Result<ExitStatus, ManagerError> {
        if self.child.parent() != getpid() {
            return Err(ManagerError::NotOurs(self.child.parent()));
        }
        self.stop(Leave::Home);
        Ok(self.child.wait()?)
    }
}

impl Drop for Manager {
    fn drop(&mut self) {
        if explorer::model::is_over() || self.child.parent() != getpid() {
            return;
        }
        if self.child.is_alive() {
            self.stop(Leave::Killed);
        }
        // Cannot fail: it is a child of this process.
        let _ = self.child.wait();
    }
}
