//! Messages between processes that the library sends itself.

use explorer::model::fork::{Messages, kept, share_memory};

/// Bytes in shared memory, first in, first out, with room for all: one operation each. It has no end.
#[derive(Clone, Copy)]
pub(crate) struct Mail(&'static Messages<Vec<u8>>);

impl Mail {
    pub fn new() -> Mail {
        Mail(kept(Messages::new))
    }

    #[track_caller]
    pub fn put(self, message: &[u8]) {
        let _shared = share_memory();
        self.0.send(message.to_vec());
    }

    /// The oldest, when there is one; `None` when the execution is over.
    #[track_caller]
    pub fn take(self) -> Option<Vec<u8>> {
        self.0.recv()
    }

    /// The oldest, if there is one. That there is none orders nothing.
    #[track_caller]
    pub fn try_take(self) -> Option<Vec<u8>> {
        self.0.try_recv()
    }
}
