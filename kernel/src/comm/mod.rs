//! Comms: channels between something in the page (a widget) and something here.
//!
//! A [`Target`] is what a page can ask to stand at the other end; each comm it accepts gets an
//! [`End`]. All of them are called on the language's thread, between cells. A comm to a target
//! nobody knows is closed at once, as the protocol wants.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::publisher::Publisher;
use crate::session::{Frames, Parent};
use crate::wire::ReplyStatus;
use crate::wire::comm::{CommClose, CommInfo, CommInfoReply, CommMsg, CommOpen};

/// Comms that can be open at once; a page that opens more has them closed.
const MOST_COMMS: usize = 4096;

/// Something a page can open a comm to.
pub trait Target: Send + Sync {
    /// A comm was opened; `None` refuses it.
    fn open(&self, comm: &Comm<'_>, data: &Value) -> Option<Box<dyn End>>;
}

/// Our end of an open comm.
pub trait End: Send {
    /// A message arrived.
    fn receive(&mut self, comm: &Comm<'_>, data: &Value, buffers: &Frames);
    /// The page closed the comm.
    fn closed(&mut self, data: &Value);
}

/// A comm while a message of it is handled.
pub struct Comm<'a> {
    /// Its identity.
    pub id: &'a str,
    publisher: &'a Publisher,
    parent: &'a Parent,
}

impl Comm<'_> {
    /// Sends a message to the page.
    pub fn send(&self, data: Value) {
        let message = CommMsg {
            comm_id: self.id.to_owned(),
            data,
        };
        self.publisher.publish(self.parent, &message);
    }
}

/// The targets, by name.
pub type Targets = HashMap<String, Arc<dyn Target>>;

/// All open comms.
pub(crate) struct Comms {
    targets: Targets,
    open: BTreeMap<String, Open>,
}

struct Open {
    target: String,
    end: Box<dyn End>,
}

impl Comms {
    pub(crate) fn new(targets: Targets) -> Comms {
        Comms {
            targets,
            open: BTreeMap::new(),
        }
    }

    pub(crate) fn open(&mut self, publisher: &Publisher, parent: &Parent, request: CommOpen) {
        let comm = Comm {
            id: &request.comm_id,
            publisher,
            parent,
        };
        let room = self.open.len() < MOST_COMMS && !self.open.contains_key(&request.comm_id);
        let end = self
            .targets
            .get(&request.target_name)
            .filter(|_| room)
            .and_then(|target| target.open(&comm, &request.data));
        match end {
            Some(end) => {
                let target = request.target_name;
                self.open.insert(request.comm_id, Open { target, end });
            }
            None => {
                tracing::warn!(target = request.target_name, "comm refused");
                let close = CommClose {
                    comm_id: request.comm_id,
                    data: Value::Object(Map::new()),
                };
                publisher.publish(parent, &close);
            }
        }
    }

    pub(crate) fn receive(
        &mut self,
        publisher: &Publisher,
        parent: &Parent,
        message: &CommMsg,
        buffers: &Frames,
    ) {
        let Some(open) = self.open.get_mut(&message.comm_id) else {
            tracing::warn!(
                comm = message.comm_id,
                "message for a comm that is not open"
            );
            return;
        };
        let comm = Comm {
            id: &message.comm_id,
            publisher,
            parent,
        };
        open.end.receive(&comm, &message.data, buffers);
    }

    pub(crate) fn close(&mut self, request: &CommClose) {
        match self.open.remove(&request.comm_id) {
            Some(mut open) => open.end.closed(&request.data),
            None => tracing::debug!(comm = request.comm_id, "not open"),
        }
    }

    pub(crate) fn info(&self, target: Option<&str>) -> CommInfoReply {
        let comms = self
            .open
            .iter()
            .filter(|(_, open)| target.is_none_or(|target| target == open.target))
            .map(|(id, open)| {
                let target_name = open.target.clone();
                (id.clone(), CommInfo { target_name })
            })
            .collect();
        CommInfoReply {
            status: ReplyStatus::Ok,
            comms,
        }
    }
}
