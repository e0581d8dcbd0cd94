//! Plain memory that threads share without synchronisation: a `static mut`, as the facade rewrites it.
//!
//! The value is kept in an atomic, so that the exploration itself has no race; what is looked for is two accesses
//! that nothing orders.
use super::machine;
use crate::execution::Local;
use std::panic::Location;
use std::sync::Mutex;

/// A place in memory.
#[derive(Debug, Default)]
pub struct Plain<T>(Mutex<T>);

impl<T: Clone> Plain<T> {
    /// With this value.
    pub const fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    fn note(&self, write: bool, place: crate::operation::Place) {
        machine().local(Local::Access {
            address: std::ptr::from_ref(self).addr(),
            write,
            place,
        });
    }

    /// Reads it.
    #[track_caller]
    pub fn get(&self) -> T {
        self.note(false, Location::caller());
        self.0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .clone()
    }

    /// Writes it.
    #[track_caller]
    pub fn set(&self, value: T) {
        self.note(true, Location::caller());
        *self
            .0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner()) = value;
    }
}
