//! Crossbeam's names, announced: channels with many receivers, scopes whose threads are given the scope.
//!
//! What is not here (`select!` and the channels made for it, the concurrent collections, `AtomicCell`, `Parker`) is
//! refused with its line.
pub mod channel;
mod channel_error;
pub mod sync;
pub mod thread;

pub use thread::scope;
