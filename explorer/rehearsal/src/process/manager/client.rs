//! Where the objects are.

use crate::lack::Lack;
use explorer::model::fork::in_shared_memory;

use super::ManagerError;
use super::command::{Kind, Reply, Request};
use super::store::Store;
use super::value::Datum;
use crate::primitive::Arc;
use crate::primitive::lock::{Mutex, MutexGuard};
use crate::primitive::not_modelled;

/// One object that was made by itself, with all that is in it. The server does one command at a time; which of two
/// comes first that are about different such objects makes no difference, so each has its own turn.
pub(super) struct Client {
    /// The server's process.
    pub server: Option<i32>,
    /// None: the server has ended.
    store: Mutex<Option<Store>>,
}

impl Client {
    pub fn create(
        server: i32,
        kind: Kind,
        value: Datum,
    ) -> Result<(Arc<Client>, Reply), ManagerError> {
        let mut store = Store::default();
        let reply = store.create(kind, value)?;
        let client = Client {
            server: Some(server),
            store: Mutex::new(Some(store)),
        };
        Ok((Arc::new(client), reply))
    }

    /// To be used in shared memory.
    pub fn hold(&self) -> MutexGuard<'_, Option<Store>> {
        self.store.lock()
    }

    pub fn ask(&self, request: &Request) -> Result<Reply, ManagerError> {
        in_shared_memory(|| {
            let mut store = self.hold();
            let pid = self.server.unwrap_or(0);
            let store = store.as_mut().ok_or(ManagerError::ServerGone { pid })?;
            match request {
                Request::Do(id, command) => Ok(store.perform(*id, command.clone())?),
                Request::Create(..) | Request::Call(..) | Request::Stop => {
                    not_modelled(Lack::RawManagerRequest)
                }
            }
        })
    }
}
