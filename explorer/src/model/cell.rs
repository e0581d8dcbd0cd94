//! Plain memory that threads share without synchronisation: a `static mut`, as the facade rewrites it.
//!
//! Reading and writing are operations, so that every order of them is tried; but they order nothing: two of them with
//! nothing else between them are a race. The value is kept in a mutex, so that the exploration itself has none.
use super::machine;
use crate::execution::Tag;
use crate::operation::{ObjectId, Operation};
use crate::world::{AtomicWrite, Object};
use std::panic::Location;
use std::sync::Mutex;

/// A place in memory.
#[derive(Debug, Default)]
pub struct Plain<T> {
    tag: Tag,
    value: Mutex<T>,
}

impl<T: Clone> Plain<T> {
    /// With this value.
    pub const fn new(value: T) -> Self {
        Self {
            tag: Tag::new(),
            value: Mutex::new(value),
        }
    }

    fn id(&self) -> ObjectId {
        machine().object(&self.tag, Object::plain)
    }

    /// Reads it.
    #[track_caller]
    pub fn get(&self) -> T {
        machine().announce(Operation::Load(self.id()), Location::caller());
        self.value
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .clone()
    }

    /// Writes it.
    #[track_caller]
    pub fn set(&self, value: T) {
        let id = self.id();
        let machine = machine();
        machine.announce(Operation::Store(id), Location::caller());
        *self
            .value
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner()) = value;
        let before = machine.with(|inner| inner.world.atomic(id));
        let after = before + 1;
        machine.wrote(id, AtomicWrite { before, after });
    }
}
