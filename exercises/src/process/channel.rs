//! What [`Queue`](super::Queue) and [`pipe`](super::pipe()) are made of: a sequence of messages in
//! a file in memory.
//!
//! Messages lie one after the other in the file, each a length and its bytes. Writers have their
//! own lock and their own state (where the last message ends, how many were put), readers theirs
//! (where the next one begins, how many were taken), in different cache lines: one who puts and one
//! who takes do not wait for each other. Each side reads the other's state without its lock, and
//! only where it must: a reader when it has taken all it knows of, a writer when there is a bound
//! and it seems to be reached. Each state is there twice, and one word says which of the two counts
//! ([`Versioned`](versioned::Versioned)), so one store makes a message visible, or takes it away.
//! **A writer that is killed in the middle of a message has written nothing**: its bytes lie behind
//! the end, and the next one writes over them. A reader killed before that store has taken nothing.
//! The locks are robust, so neither leaves one locked.
//!
//! The beginning of the file is mapped, so a message costs no system call unless somebody sleeps;
//! and who finds nothing looks for a few microseconds before it sleeps
//! ([`Patience`](crate::primitive::shared::Patience)).
//!
//! The file grows as needed and is used from its beginning again when everything was read
//! ([`Place`](place::Place)), so putting into a queue without a bound never waits: a child can
//! always end before its messages are read ("join before drain" blocks for ever in Python, from
//! some 64 KiB on).
//!
//! | bytes of the file | are touched by |
//! |---|---|
//! | between head and tail | readers, under their lock; no writer, because no new epoch begins before they were taken |
//! | behind the tail | writers, under their lock; no reader, because they are not there yet |
//! | before the head | given back to the system: by a reader while something is left (then no epoch begins), by the writer that begins an epoch, or under both locks |
//!
//! Readers wait for the writers' lock only to learn that nothing will come: one who puts all the
//! time would keep them out of it, as no such lock is fair.

mod body;
mod failure;
mod partners;
mod place;
mod putting;
mod taking;
#[cfg(test)]
mod tests;
mod versioned;

use crate::primitive::Arc;
use crate::primitive::participants::{Body, Handle, Roles};
use crate::primitive::settings::shake;
use crate::primitive::shared::Scratch;
use body::ChannelBody;
pub(super) use failure::{Capacity, PutFailure, TakeFailure};
use recorder::{Object, ObjectKind};
use std::io;

/// Memory of messages that were read is given back in steps of this size.
const STEP: u64 = 1 << 20;
/// Every message begins with its length.
const LENGTH_BYTES: usize = 4;

/// A handle on a channel, for one or both directions.
#[derive(Clone)]
pub(super) struct Channel {
    handle: Handle<ChannelBody>,
    store: Arc<Scratch>,
    capacity: Option<Capacity>,
    roles: Roles,
}

impl Channel {
    pub fn new(kind: ObjectKind, capacity: Option<Capacity>, roles: Roles) -> io::Result<Channel> {
        Ok(Channel {
            handle: Handle::new(kind, ChannelBody::new(), roles)?,
            store: Arc::new(Scratch::new()?),
            capacity,
            roles,
        })
    }

    /// A handle on the same channel for another direction.
    pub fn for_roles(&self, roles: Roles) -> Channel {
        Channel {
            handle: self.handle.for_roles(roles),
            store: self.store.clone(),
            capacity: self.capacity,
            roles,
        }
    }

    pub fn close(&self) {
        shake();
        self.handle.body().writers.close();
        self.handle.body().wake_all();
    }

    pub fn is_closed(&self) -> bool {
        self.handle.body().writers.is_closed()
    }

    pub fn len(&self) -> usize {
        let body = self.handle.body();
        // Only readers can make it less, and writers make it more by one store.
        let _readers = body.readers.enter();
        body.count() as usize
    }

    /// Does something while nobody takes.
    pub fn while_nobody_takes<R>(&self, act: impl FnOnce() -> R) -> R {
        let _readers = self.handle.body().readers.enter();
        act()
    }

    /// Does something while nobody puts or takes; it is told how many messages there are.
    pub fn while_still<R>(&self, act: impl FnOnce(u64) -> R) -> R {
        let body = self.handle.body();
        let _readers = body.readers.enter();
        let _writers = body.writers.enter();
        act(body.count())
    }

    /// Whether nothing is there, as far as one can see without waiting for anybody.
    pub fn seems_empty(&self) -> bool {
        self.handle.body().seems_empty()
    }

    /// The bound on messages, if there is one.
    pub fn capacity(&self) -> Option<usize> {
        match self.capacity? {
            Capacity::Messages(most) => Some(most as usize),
            Capacity::Bytes(_) => None,
        }
    }

    pub fn object(&self) -> Object {
        self.handle.object()
    }
}
