//! The only place that names the threads, locks, clocks and processes of std, lock_api, nix and libc.
//!
//! Everything else in this crate (`sync`, `process`, the lessons) goes through here, for two
//! reasons: whatever happens is recorded once, at the bottom; and the whole layer can be swapped
//! for one whose schedule is controlled, as crossbeam swaps std for loom. A test reads the sources
//! and keeps it so.
//!
//! What every call here has in common:
//! - with a journal installed ([`recorder::current`]) it records what it does; without one it costs
//!   a load more than what it wraps;
//! - it makes room for [`settings::shake`]: random delays that bring rare orders to light;
//! - every duration it is given is multiplied by [`settings::time_scale`], once, here;
//! - it never writes to stdout.

pub mod cut;
pub mod file_lock;
mod futex;
pub mod identity;
pub mod lock;
pub mod net;
pub mod participants;
pub(crate) mod per_process;
pub mod pipe;
pub mod process;
pub mod program;
mod raw_lock;
pub mod reactor;
pub mod robust;
#[cfg(feature = "squirrel")]
pub mod service;
pub mod settings;
pub mod shared;
pub(crate) mod slot;
pub(crate) mod socket;
pub mod supervise;
pub mod thread;
pub mod time;
pub(crate) mod turns;

pub use recorder::current;
pub use std::hint::black_box;
pub use std::panic;
pub use std::sync::Arc;
pub use std::sync::LazyLock;
pub use std::sync::OnceLock;
pub use std::sync::atomic;
