//! What can come back from a channel instead of what was asked for. The words are crossbeam's: programs print them.
use std::error::Error;
use std::fmt;

/// There is no receiver.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// The message was not sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TrySendError<T> {
    /// There is no room.
    Full(T),
    /// There is no receiver.
    Disconnected(T),
}

/// There is nothing, and no sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecvError;

/// Nothing was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TryRecvError {
    /// There is nothing.
    Empty,
    /// There is nothing, and no sender.
    Disconnected,
}

/// Nothing was received in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecvTimeoutError {
    /// The time was over.
    Timeout,
    /// There is nothing, and no sender.
    Disconnected,
}

/// What is shown of an error that holds a message: never the message. Crossbeam shows it as a text, in its quotes.
macro_rules! hides_its_message {
    ($error:ident, $($pattern:pat => $shown:literal, $said:literal;)*) => {
        impl<T> fmt::Debug for $error<T> {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(match self { $($pattern => $shown,)* }, out)
            }
        }

        impl<T> fmt::Display for $error<T> {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(match self { $($pattern => $said,)* })
            }
        }

        impl<T: Send> Error for $error<T> {}
    };
}

hides_its_message! { SendError,
    SendError(_) => "SendError(..)", "sending on a disconnected channel";
}
hides_its_message! { TrySendError,
    Self::Full(_) => "Full(..)", "sending on a full channel";
    Self::Disconnected(_) => "Disconnected(..)", "sending on a disconnected channel";
}

macro_rules! says {
    ($error:ident, $($pattern:pat => $said:literal;)*) => {
        impl fmt::Display for $error {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(match self { $($pattern => $said,)* })
            }
        }

        impl Error for $error {}
    };
}

says! { RecvError, RecvError => "receiving on an empty and disconnected channel"; }
says! { TryRecvError,
    Self::Empty => "receiving on an empty channel";
    Self::Disconnected => "receiving on an empty and disconnected channel";
}
says! { RecvTimeoutError,
    Self::Timeout => "timed out waiting on receive operation";
    Self::Disconnected => "channel is empty and disconnected";
}

impl<T> SendError<T> {
    /// The message.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> TrySendError<T> {
    /// The message.
    pub fn into_inner(self) -> T {
        match self {
            Self::Full(value) | Self::Disconnected(value) => value,
        }
    }

    /// Is there no room?
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full(_))
    }

    /// Is there no receiver?
    pub fn is_disconnected(&self) -> bool {
        matches!(self, Self::Disconnected(_))
    }
}

impl TryRecvError {
    /// Is there nothing for now?
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// Is there no sender?
    pub fn is_disconnected(&self) -> bool {
        *self == Self::Disconnected
    }
}

impl RecvTimeoutError {
    /// Was the time over?
    pub fn is_timeout(&self) -> bool {
        *self == Self::Timeout
    }

    /// Is there no sender?
    pub fn is_disconnected(&self) -> bool {
        *self == Self::Disconnected
    }
}

impl<T> From<SendError<T>> for TrySendError<T> {
    fn from(error: SendError<T>) -> Self {
        Self::Disconnected(error.0)
    }
}

impl From<RecvError> for TryRecvError {
    fn from(_: RecvError) -> Self {
        Self::Disconnected
    }
}

impl From<RecvError> for RecvTimeoutError {
    fn from(_: RecvError) -> Self {
        Self::Disconnected
    }
}
