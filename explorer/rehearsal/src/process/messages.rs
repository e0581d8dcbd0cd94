//! Why a message was not put or not taken. A message is handed over as it is: that it is written down and read again
//! shows nothing here.

use super::Abandoned;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PutError {
    #[error("the queue is closed")]
    Closed,
    #[error("no process is left that could take the item")]
    NobodyTakes,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GetError {
    #[error(transparent)]
    Abandoned(#[from] Abandoned),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TryGetError {
    #[error("nothing is there")]
    Empty,
    #[error("the end")]
    Closed,
    #[error(transparent)]
    Failed(#[from] GetError),
}
