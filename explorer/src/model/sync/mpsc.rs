//! Channels with one receiver.
use crate::model::channel::{Shared, Unreceived, Unsent, counted, iterators, shown};
use std::sync::Arc;
use std::time::Duration;

pub use std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

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

counted! {
    Sender: add_sender, drop_sender;
    SyncSender: add_sender, drop_sender;
}
iterators!(
    #[derive(Debug)]
    Receiver
);
shown!(Sender SyncSender Receiver);

impl<T> Sender<T> {
    /// Sends.
    #[track_caller]
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        self.shared.send(value).map_err(SendError)
    }
}

impl<T> SyncSender<T> {
    /// Sends, when there is room.
    #[track_caller]
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        self.shared.send(value).map_err(SendError)
    }

    /// Sends if there is room. A rendezvous never has any: see the limits in docs/explorer.md.
    #[track_caller]
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        self.shared.try_send(value).map_err(|unsent| match unsent {
            Unsent::Full(value) => TrySendError::Full(value),
            Unsent::Disconnected(value) => TrySendError::Disconnected(value),
        })
    }
}

impl<T> Receiver<T> {
    /// Receives.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        self.shared.recv().ok_or(RecvError)
    }

    /// Receives if there is something.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.shared.try_recv(None).map_err(|why| match why {
            Unreceived::Empty => TryRecvError::Empty,
            Unreceived::Disconnected => TryRecvError::Disconnected,
        })
    }

    /// Receives, or gives up after a while.
    #[track_caller]
    pub fn recv_timeout(&self, duration: Duration) -> Result<T, RecvTimeoutError> {
        self.shared
            .try_recv(Some(duration))
            .map_err(|why| match why {
                Unreceived::Empty => RecvTimeoutError::Timeout,
                Unreceived::Disconnected => RecvTimeoutError::Disconnected,
            })
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.shared.drop_receiver();
    }
}
