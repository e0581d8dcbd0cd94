//! Checks as tasks in a queue that other processes work on.
//!
//! - [`Broker`]: the server that holds the queue: a Redis of our own where `redis-server` is installed, else an
//!   SQLite file;
//! - [`Desk`]: a connection to it: put tasks in, see what waits, read results, work.
//!
//! Both queues are those of the `apalis` crates; what they do not do is start a Redis, or choose between the two.

mod broker;
mod desk;

pub use broker::{Broker, BrokerError, Kind, Place};
pub use desk::{Desk, TaskError};
