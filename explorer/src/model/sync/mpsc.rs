//! Channels.
use crate::execution::Tag;
use crate::model::{machine, time::nanoseconds};
use crate::operation::{ObjectId, Operation, Reply};
use crate::world::Object;
use std::collections::VecDeque;
use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex as Data, PoisonError};
use std::time::Duration;

pub use std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

#[derive(Debug)]
struct Shared<T> {
    tag: Tag,
    capacity: Option<usize>,
    queue: Data<VecDeque<T>>,
}

impl<T> Shared<T> {
    fn new(capacity: Option<usize>) -> Arc<Self> {
        let shared = Arc::new(Self {
            tag: Tag::new(),
            capacity,
            queue: Data::new(VecDeque::new()),
        });
        shared.id();
        shared
    }

    fn id(&self) -> ObjectId {
        machine().object(&self.tag, || Object::channel(self.capacity))
    }

    fn push(&self, value: T) {
        self.queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_back(value);
    }

    fn pop(&self) -> Option<T> {
        self.queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
    }

    #[track_caller]
    fn send(&self, value: T) -> Result<(), SendError<T>> {
        let (machine, channel, place) = (machine(), self.id(), Location::caller());
        match machine.announce(Operation::Send(channel), place) {
            Reply::Disconnected | Reply::Teardown => return Err(SendError(value)),
            _ => self.push(value),
        }
        if self.capacity == Some(0) {
            let message = machine.with(|inner| inner.world.messages_sent(channel)) - 1;
            if machine.announce(Operation::Taken { channel, message }, place) == Reply::Disconnected
                && let Some(value) = self
                    .queue
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .pop_back()
            {
                return Err(SendError(value));
            }
        }
        Ok(())
    }
}

/// An unbounded channel.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Shared::new(None);
    (
        Sender {
            shared: Arc::clone(&shared),
        },
        Receiver { shared },
    )
}

/// A channel that holds so many messages; 0 for a rendezvous.
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let shared = Shared::new(Some(bound));
    (
        SyncSender {
            shared: Arc::clone(&shared),
        },
        Receiver { shared },
    )
}

/// The end that sends.
pub struct Sender<T> {
    shared: Arc<Shared<T>>,
}

/// The end that sends, and waits for room.
pub struct SyncSender<T> {
    shared: Arc<Shared<T>>,
}

/// The end that receives.
pub struct Receiver<T> {
    shared: Arc<Shared<T>>,
}

impl<T> Sender<T> {
    /// Sends.
    #[track_caller]
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        self.shared.send(value)
    }
}

impl<T> SyncSender<T> {
    /// Sends, when there is room.
    #[track_caller]
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        self.shared.send(value)
    }

    /// Sends if there is room. A rendezvous never has any: see the limits in docs/explorer.md.
    #[track_caller]
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        match machine().announce(Operation::TrySend(self.shared.id()), Location::caller()) {
            Reply::Miss => Err(TrySendError::Full(value)),
            Reply::Disconnected | Reply::Teardown => Err(TrySendError::Disconnected(value)),
            _ => {
                self.shared.push(value);
                Ok(())
            }
        }
    }
}

macro_rules! sender {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                let id = self.shared.id();
                machine().with(|inner| inner.world.add_sender(id));
                Self {
                    shared: Arc::clone(&self.shared),
                }
            }
        }

        impl<T> Drop for $name<T> {
            fn drop(&mut self) {
                machine().announce(Operation::DropSender(self.shared.id()), Location::caller());
            }
        }
    };
}

sender!(Sender);
sender!(SyncSender);

impl<T> Receiver<T> {
    /// Receives.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        match machine().announce(Operation::Recv(self.shared.id()), Location::caller()) {
            Reply::Done => self.shared.pop().ok_or(RecvError),
            _ => Err(RecvError),
        }
    }

    /// Receives if there is something.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        match machine().announce(Operation::TryRecv(self.shared.id()), Location::caller()) {
            Reply::Done => self.shared.pop().ok_or(TryRecvError::Empty),
            Reply::Miss => Err(TryRecvError::Empty),
            _ => Err(TryRecvError::Disconnected),
        }
    }

    /// Receives, or gives up after a while.
    #[track_caller]
    pub fn recv_timeout(&self, duration: Duration) -> Result<T, RecvTimeoutError> {
        let machine = machine();
        machine.set_timeout(Some(nanoseconds(duration)));
        let reply = machine.announce(Operation::TryRecv(self.shared.id()), Location::caller());
        machine.set_timeout(None);
        match reply {
            Reply::Done => self.shared.pop().ok_or(RecvTimeoutError::Timeout),
            Reply::Miss => Err(RecvTimeoutError::Timeout),
            _ => Err(RecvTimeoutError::Disconnected),
        }
    }

    /// Everything that comes, until the last sender goes.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { receiver: self }
    }

    /// Everything that is there.
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter { receiver: self }
    }
}

impl<T> Drop for Receiver<T> {
    #[track_caller]
    fn drop(&mut self) {
        if machine().announce(
            Operation::DropReceiver(self.shared.id()),
            Location::caller(),
        ) != Reply::Teardown
            && self.shared.capacity != Some(0)
        {
            let unread = std::mem::take(
                &mut *self
                    .shared
                    .queue
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner),
            );
            drop(unread);
        }
    }
}

/// See [`Receiver::iter`].
#[derive(Debug)]
pub struct Iter<'a, T> {
    receiver: &'a Receiver<T>,
}

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.receiver.recv().ok()
    }
}

/// See [`Receiver::try_iter`].
#[derive(Debug)]
pub struct TryIter<'a, T> {
    receiver: &'a Receiver<T>,
}

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.receiver.try_recv().ok()
    }
}

/// A receiver that is iterated until the last sender goes.
#[derive(Debug)]
pub struct IntoIter<T> {
    receiver: Receiver<T>,
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.receiver.recv().ok()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { receiver: self }
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Sender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for SyncSender<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SyncSender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Receiver").finish_non_exhaustive()
    }
}
