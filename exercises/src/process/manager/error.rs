//! What can go wrong with a manager.

use super::MOST_DEPTH;
use super::command::{Kind, Refusal};
use std::io;

/// Why a manager did not do what was asked. What it refused has changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum ManagerError {
    /// The server has ended, or was killed; what it had is gone with it. Whether the last command
    /// was still done cannot be known.
    #[error("the manager's server (process {pid}) has ended, and its objects with it")]
    ServerGone {
        /// Its process; 0 where that is not known (over the network).
        pid: i32,
    },
    /// One of the two sides does not know the key.
    #[error("the two sides do not have the same key")]
    WrongKey,
    /// Whoever answers there speaks another language, or too slowly.
    #[error("whoever answers there is no manager of this kind")]
    NotAManager,
    /// The object was inside another one, and was replaced or removed there.
    #[error("the object is gone: it was replaced or removed where it stood")]
    NoSuchObject,
    /// There is no such key.
    #[error("there is no such key")]
    NoSuchKey,
    /// There is no such index.
    #[error("index {index} is out of range: the list has {length} items")]
    OutOfRange {
        /// What was asked for.
        index: i64,
        /// How many there are.
        length: usize,
    },
    /// The object, or what stands in that place, is something else.
    #[error("that is not {0}")]
    NotA(&'static str),
    /// Only numbers can be added.
    #[error("only a number can be added to a number")]
    NotANumber,
    /// A list is sorted if it holds only numbers or only text.
    #[error("the items cannot be compared: only numbers, or only text, can be sorted")]
    NotComparable,
    /// See [`MOST_DEPTH`].
    #[error("values are nested deeper than {MOST_DEPTH} levels")]
    TooDeep,
    /// The sum is no number of 64 bits any more.
    #[error("the sum is too large")]
    TooLarge,
    /// The request has more bytes than the server takes.
    #[error("the request has {length} bytes, and at most {most} are taken")]
    TooLong {
        /// How many.
        length: usize,
        /// How many may be.
        most: usize,
    },
    /// The request could not be turned into bytes, or not back again.
    #[error("the request cannot be sent: {0}")]
    Unsendable(String),
    /// The server has no function of that name.
    #[error("the server has no function `{0}`")]
    NoSuchFunction(String),
    /// The function failed, or panicked, in the server.
    #[error("the function failed in the server: {0}")]
    Failed(String),
    /// Only the process that started a server can wait for it.
    #[error("the server was started by process {0}, and only that one can do this")]
    NotOurs(i32),
    /// The system refused.
    #[error("the manager cannot be reached")]
    System(#[from] io::Error),
}

impl From<Refusal> for ManagerError {
    fn from(refusal: Refusal) -> ManagerError {
        match refusal {
            Refusal::NoSuchObject => ManagerError::NoSuchObject,
            Refusal::NoSuchKey => ManagerError::NoSuchKey,
            Refusal::OutOfRange { index, length } => ManagerError::OutOfRange { index, length },
            Refusal::NotA(Kind::List) => ManagerError::NotA("a list"),
            Refusal::NotA(Kind::Dict) => ManagerError::NotA("a dictionary"),
            Refusal::NotA(Kind::Cell) => ManagerError::NotA("a single value"),
            Refusal::NotANumber => ManagerError::NotANumber,
            Refusal::NotComparable => ManagerError::NotComparable,
            Refusal::TooDeep => ManagerError::TooDeep,
            Refusal::TooLarge => ManagerError::TooLarge,
            Refusal::Unreadable => ManagerError::Unsendable("the server cannot read it".to_owned()),
            Refusal::NoSuchFunction(name) => ManagerError::NoSuchFunction(name),
            Refusal::Failed(text) => ManagerError::Failed(text),
        }
    }
}
