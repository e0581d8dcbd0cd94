//! What `exercises::primitive` is to programs, on the explorer's model: threads, locks and clocks.
#![allow(
    missing_docs,
    dead_code,
    reason = "the names and their meaning are those of `exercises::primitive`, where they are explained; some are for \
              exercises alone"
)]

pub(crate) mod current;
pub mod cut;
#[path = "../../../../rehearsal/src/primitive/identity.rs"]
pub(crate) mod identity;
pub(crate) mod lane;
#[path = "../../../../rehearsal/src/primitive/lock.rs"]
pub mod lock;
pub(crate) mod mail;
pub(crate) mod participants;
pub(crate) mod per_process;
pub mod process;
pub(crate) mod seats;
pub mod shared;
#[path = "../../../../../exercises/src/primitive/slot.rs"]
pub(crate) mod slot;
#[path = "../../../../rehearsal/src/primitive/thread.rs"]
pub mod thread;
#[path = "../../../../rehearsal/src/primitive/time.rs"]
pub mod time;
#[path = "../../../../rehearsal/src/primitive/turns.rs"]
pub(crate) mod turns;
pub(crate) mod waiters;

pub use explorer::model::panic;
pub use std::hint::black_box;

pub use explorer::model::sync::{Arc, LazyLock, OnceLock, atomic};

/// Who left something as it was.
pub(crate) mod robust {
    pub use crate::process::Abandoned;
}

/// Nobody is ended by a signal.
pub(crate) mod mortal {
    pub(crate) fn is_mortal() -> bool {
        false
    }

    pub(crate) fn has_nobody() {}

    pub(crate) fn give_up() -> ! {
        unreachable!("nobody is sent a signal")
    }
}
