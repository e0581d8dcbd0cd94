//! How much a channel takes, and why a message was not put or not taken.

use crate::primitive::robust::Abandoned;
use std::io;

/// How much a channel takes before a writer has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::process) enum Capacity {
    /// So many messages.
    Messages(u64),
    /// So many bytes, with their lengths; or one message, however long.
    Bytes(u64),
}

/// Why a message was not put.
#[derive(Debug)]
pub(in crate::process) enum PutFailure {
    Closed,
    Full,
    NobodyTakes,
    Abandoned(Abandoned),
    TooLong,
    System(io::Error),
}

/// Why no message was taken.
#[derive(Debug)]
pub(in crate::process) enum TakeFailure {
    /// None will come.
    Ended,
    TimedOut,
    Abandoned(Abandoned),
    System(io::Error),
}

impl From<io::Error> for PutFailure {
    fn from(error: io::Error) -> PutFailure {
        PutFailure::System(error)
    }
}

impl From<io::Error> for TakeFailure {
    fn from(error: io::Error) -> TakeFailure {
        TakeFailure::System(error)
    }
}
