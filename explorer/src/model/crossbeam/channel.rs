//! Channels with as many senders and receivers as anybody likes. A message goes to one receiver, whichever comes first.
use crate::model::channel::{Shared, Unreceived, Unsent, counted, iterators, shown};
use crate::model::time::Instant;
use std::sync::Arc;
use std::time::Duration;

pub use super::channel_error::{
    RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError,
};

/// An unbounded channel.
pub fn unbounded<T>() -> (Sender<T>, Receiver<T>) {
    ends(None)
}

/// A channel that holds so many messages; 0 for a rendezvous.
pub fn bounded<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    ends(Some(capacity))
}

fn ends<T>(capacity: Option<usize>) -> (Sender<T>, Receiver<T>) {
    let shared = Shared::new(capacity);
    (
        Sender {
            shared: Arc::clone(&shared),
        },
        Receiver { shared },
    )
}

/// An end that sends.
pub struct Sender<T> {
    shared: Arc<Shared<T>>,
}

/// An end that receives.
pub struct Receiver<T> {
    shared: Arc<Shared<T>>,
}

counted! {
    Sender: add_sender, drop_sender;
    Receiver: add_receiver, drop_receiver;
}
iterators!(Receiver);
shown!(Sender Receiver IntoIter '_ Iter '_ TryIter);

impl<T> Sender<T> {
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
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        self.shared
            .try_recv(Some(timeout))
            .map_err(|why| match why {
                Unreceived::Empty => RecvTimeoutError::Timeout,
                Unreceived::Disconnected => RecvTimeoutError::Disconnected,
            })
    }

    /// Receives, or gives up at a point in time.
    #[track_caller]
    pub fn recv_deadline(&self, deadline: Instant) -> Result<T, RecvTimeoutError> {
        self.recv_timeout(deadline.saturating_duration_since(Instant::now()))
    }
}

/// What either end can tell of its channel.
macro_rules! looks {
    ($($end:ident)*) => {
        $(
            impl<T> $end<T> {
                /// How many messages are in it.
                #[track_caller]
                pub fn len(&self) -> usize {
                    self.shared.count()
                }

                /// Is there none? Always so in a rendezvous.
                #[track_caller]
                pub fn is_empty(&self) -> bool {
                    self.len() == 0
                }

                /// Is there no room? Always so in a rendezvous.
                #[track_caller]
                pub fn is_full(&self) -> bool {
                    let count = self.len();
                    self.capacity().is_some_and(|capacity| count >= capacity)
                }

                /// How many messages it holds, if there is a bound.
                pub fn capacity(&self) -> Option<usize> {
                    self.shared.capacity
                }

                /// Are both ends of the same channel?
                pub fn same_channel(&self, other: &Self) -> bool {
                    Arc::ptr_eq(&self.shared, &other.shared)
                }
            }
        )*
    };
}

looks!(Sender Receiver);
