//! What a process has for itself.

use std::sync::{Mutex, PoisonError};

use super::process::getpid;

/// A `static` of the library that a forked child does not inherit. It lies in the program's memory, which is put back
/// before each execution.
pub(crate) struct PerProcess<T: 'static> {
    // std's own: it is made without any operation in between, so nobody can come before.
    value: Mutex<Option<(i32, &'static T)>>,
    make: fn() -> T,
}

impl<T: Send + Sync> PerProcess<T> {
    pub(crate) const fn new(make: fn() -> T) -> PerProcess<T> {
        PerProcess {
            value: Mutex::new(None),
            make,
        }
    }

    pub(crate) fn get(&'static self) -> &'static T {
        let own = getpid();
        let mut value = self.value.lock().unwrap_or_else(PoisonError::into_inner);
        match *value {
            Some((pid, value)) if pid == own => value,
            _ => {
                let made: &'static T = Box::leak(Box::new((self.make)()));
                *value = Some((own, made));
                made
            }
        }
    }
}
