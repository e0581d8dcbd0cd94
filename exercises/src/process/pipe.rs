use super::channel::Channel;
use super::queue::{GetError, PutError, TryGetError, decode, encode};
use crate::primitive::participants::Roles;
use crate::primitive::time::{Deadline, Duration};
use recorder::{Object, ObjectKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Borrow;
use std::io;
use std::marker::PhantomData;

/// Why nothing was received.
pub type RecvError = GetError;

/// One way for messages, from the [`Sender`] to the [`Receiver`].
///
/// Messages are whole, whatever their size, also from several senders (clones); those of one sender
/// arrive in its order, and what happened before `send` is seen after `recv` (the journal has a
/// send and a receive). A sender that is killed in the middle of a message has sent nothing of it:
/// the receiver gets [`Abandoned`](super::Abandoned) once, and then the end.
///
/// `send` never waits, as the pipe has no bound but memory; where a fast sender should wait, use
/// [`Queue::bounded`](super::Queue::bounded) or [`byte_pipe`](super::byte_pipe()).
///
/// The receiver sees the end (`None`) when no process has a sender any more, and a sender gets an
/// error when no process has a receiver. "Has" means: it was moved there. With the system's pipe
/// ([`primitive::pipe`](crate::primitive::pipe)) every child inherits both ends, wanted or not, and
/// the reader waits for ever for an end of file that a forgotten copy holds back.
///
/// | | difference |
/// |---|---|
/// | `std::io::pipe` | carries bytes, not messages; a child has to close what it inherited |
/// | `std::sync::mpsc` | the same manners, for threads |
/// | Python's `multiprocessing.Pipe` | both ways: see [`duplex`]; a killed writer may leave half a message |
///
/// ```
/// use exercises::process::{Process, pipe};
///
/// let (sender, receiver) = pipe::<String>().unwrap();
/// let mut child = Process::new("child", move || sender.send("hello".to_owned()).unwrap());
/// child.start().unwrap();
/// assert_eq!(receiver.recv().unwrap().as_deref(), Some("hello"));
/// assert_eq!(receiver.recv().unwrap(), None); // the child has ended, and its sender with it
/// child.join().unwrap();
/// ```
pub fn pipe<T: Serialize + DeserializeOwned>() -> io::Result<(Sender<T>, Receiver<T>)> {
    let channel = Channel::new(ObjectKind::Pipe, None, Roles::PRODUCER)?;
    let receiving = channel.for_roles(Roles::CONSUMER);
    Ok((
        Sender {
            channel,
            items: PhantomData,
        },
        Receiver {
            channel: receiving,
            items: PhantomData,
        },
    ))
}

/// Two ways for messages: what one connection sends, the other receives. Python's `Pipe()`.
///
/// ```
/// use exercises::process::{Process, duplex};
///
/// let (ours, theirs) = duplex::<u32>().unwrap();
/// let mut child = Process::new("doubler", move || {
///     while let Some(number) = theirs.recv().unwrap() { theirs.send(2 * number).unwrap(); }
/// });
/// child.start().unwrap();
/// ours.send(21).unwrap();
/// assert_eq!(ours.recv().unwrap(), Some(42));
/// drop(ours);
/// assert_eq!(child.join().unwrap(), Some(0));
/// ```
pub fn duplex<T: Serialize + DeserializeOwned>() -> io::Result<(Connection<T>, Connection<T>)> {
    let (there, from_here) = pipe()?;
    let (back, from_there) = pipe()?;
    Ok((
        Connection {
            sender: there,
            receiver: from_there,
        },
        Connection {
            sender: back,
            receiver: from_here,
        },
    ))
}

/// The end of a [`pipe`](pipe()) one sends into.
pub struct Sender<T> {
    channel: Channel,
    items: PhantomData<fn(T)>,
}

impl<T> Clone for Sender<T> {
    #[track_caller]
    fn clone(&self) -> Sender<T> {
        Sender {
            channel: self.channel.clone(),
            items: PhantomData,
        }
    }
}

impl<T: Serialize> Sender<T> {
    /// Sends a message. Never waits; [`PutError::NobodyTakes`] if no process has a receiver any
    /// more.
    #[track_caller]
    pub fn send(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        Ok(self.channel.put(&encode(item.borrow())?, Deadline::NEVER)?)
    }
}

impl<T> Sender<T> {
    /// As the journal names the pipe.
    pub fn object(&self) -> Object {
        self.channel.object()
    }
}

/// The end of a [`pipe`](pipe()) one receives from.
pub struct Receiver<T> {
    channel: Channel,
    items: PhantomData<fn() -> T>,
}

impl<T> Clone for Receiver<T> {
    #[track_caller]
    fn clone(&self) -> Receiver<T> {
        Receiver {
            channel: self.channel.clone(),
            items: PhantomData,
        }
    }
}

impl<T: DeserializeOwned> Receiver<T> {
    /// Receives the next message, waiting for it; none when there will be none.
    #[track_caller]
    pub fn recv(&self) -> Result<Option<T>, RecvError> {
        match self.recv_until(Deadline::NEVER) {
            Ok(item) => Ok(Some(item)),
            Err(TryGetError::Closed | TryGetError::Empty) => Ok(None),
            Err(TryGetError::Failed(error)) => Err(error),
        }
    }

    /// Receives the next message if there is one now.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryGetError> {
        self.recv_until(Deadline::after_unscaled(Duration::ZERO))
    }

    /// Receives the next message if there is one within this time.
    #[track_caller]
    pub fn recv_timeout(&self, limit: Duration) -> Result<T, TryGetError> {
        self.recv_until(Deadline::after(limit))
    }

    /// Receives messages until the end of the pipe.
    pub fn iter(&self) -> impl Iterator<Item = Result<T, RecvError>> {
        std::iter::from_fn(|| self.recv().transpose())
    }

    #[track_caller]
    fn recv_until(&self, deadline: Deadline) -> Result<T, TryGetError> {
        Ok(decode(&self.channel.take(deadline)?)?)
    }

    /// Whether a message is there (Python's `poll()`).
    #[track_caller]
    pub fn has_message(&self) -> bool {
        self.channel.len() > 0
    }
}

/// One end of a [`duplex`] pipe.
pub struct Connection<T> {
    sender: Sender<T>,
    receiver: Receiver<T>,
}

impl<T: Serialize + DeserializeOwned> Connection<T> {
    /// Sends a message to the other end.
    #[track_caller]
    pub fn send(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        self.sender.send(item)
    }

    /// Receives the next message from the other end; none when there will be none.
    #[track_caller]
    pub fn recv(&self) -> Result<Option<T>, RecvError> {
        self.receiver.recv()
    }

    /// Receives the next message if there is one within this time.
    #[track_caller]
    pub fn recv_timeout(&self, limit: Duration) -> Result<T, TryGetError> {
        self.receiver.recv_timeout(limit)
    }

    /// Receives the next message if there is one now.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryGetError> {
        self.receiver.try_recv()
    }

    /// Whether a message is there (Python's `poll()`).
    #[track_caller]
    pub fn has_message(&self) -> bool {
        self.receiver.has_message()
    }

    /// The two directions, to be used apart.
    pub fn split(self) -> (Sender<T>, Receiver<T>) {
        (self.sender, self.receiver)
    }
}
