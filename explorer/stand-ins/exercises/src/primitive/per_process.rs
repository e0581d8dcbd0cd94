//! What a process has for itself.

use std::sync::OnceLock;

/// A `static` of the library. It lies in the program's memory, which is put back before each execution.
pub(crate) struct PerProcess<T: 'static> {
    // std's own: it is made without any operation in between, so nobody can come before.
    value: OnceLock<T>,
    make: fn() -> T,
}

impl<T: Send + Sync> PerProcess<T> {
    pub(crate) const fn new(make: fn() -> T) -> PerProcess<T> {
        PerProcess {
            value: OnceLock::new(),
            make,
        }
    }

    pub(crate) fn get(&'static self) -> &'static T {
        self.value.get_or_init(self.make)
    }
}
