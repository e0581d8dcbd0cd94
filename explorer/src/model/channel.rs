//! What every channel stands on, std's and others: the messages, and the object that says whose turn it is.
use super::{machine, time::nanoseconds};
use crate::execution::Tag;
use crate::operation::{ObjectId, Operation, Reply};
use crate::world::Object;
use std::collections::VecDeque;
use std::panic::Location;
use std::sync::{Arc, Mutex as Data, MutexGuard, PoisonError};
use std::time::Duration;

/// A message that was not sent, and why.
pub(super) enum Unsent<T> {
    /// There is no room.
    Full(T),
    /// There is no receiver.
    Disconnected(T),
}

/// Why nothing was received.
pub(super) enum Unreceived {
    /// There is nothing.
    Empty,
    /// There will be nothing.
    Disconnected,
}

/// What the ends of a channel share.
#[derive(Debug)]
pub(super) struct Shared<T> {
    tag: Tag,
    /// How many messages it holds; `None` for no bound, 0 for a rendezvous.
    pub(super) capacity: Option<usize>,
    /// The messages, with their numbers: whoever waits to hand one over may have to take it back.
    queue: Data<VecDeque<(u32, T)>>,
}

impl<T> Shared<T> {
    pub(super) fn new(capacity: Option<usize>) -> Arc<Self> {
        let shared = Arc::new(Self {
            tag: Tag::new(),
            capacity,
            queue: Data::new(VecDeque::new()),
        });
        shared.id();
        shared
    }

    pub(super) fn id(&self) -> ObjectId {
        machine().object(&self.tag, || Object::channel(self.capacity))
    }

    fn queue(&self) -> MutexGuard<'_, VecDeque<(u32, T)>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends; gives the message back if there is no receiver.
    #[track_caller]
    pub(super) fn send(&self, value: T) -> Result<(), T> {
        let (machine, channel, place) = (machine(), self.id(), Location::caller());
        if let Reply::Disconnected | Reply::Teardown =
            machine.announce(Operation::Send(channel), place)
        {
            return Err(value);
        }
        let message = machine
            .with(|inner| inner.world.messages_sent(channel))
            .saturating_sub(1);
        self.queue().push_back((message, value));
        if self.capacity == Some(0)
            && machine.announce(Operation::Taken { channel, message }, place) == Reply::Disconnected
        {
            let mut queue = self.queue();
            let mine = queue.iter().position(|(number, _)| *number == message);
            if let Some((_, value)) = mine.and_then(|mine| queue.remove(mine)) {
                return Err(value);
            }
        }
        Ok(())
    }

    /// Sends if there is room. A rendezvous never has any: see the limits in docs/explorer.md.
    #[track_caller]
    pub(super) fn try_send(&self, value: T) -> Result<(), Unsent<T>> {
        match machine().announce(Operation::TrySend(self.id()), Location::caller()) {
            Reply::Miss => Err(Unsent::Full(value)),
            Reply::Disconnected | Reply::Teardown => Err(Unsent::Disconnected(value)),
            _ => {
                self.queue().push_back((0, value));
                Ok(())
            }
        }
    }

    /// Receives; nothing if there will be nothing.
    #[track_caller]
    pub(super) fn recv(&self) -> Option<T> {
        match machine().announce(Operation::Recv(self.id()), Location::caller()) {
            Reply::Done => self.pop(),
            _ => None,
        }
    }

    /// Receives if there is something; with patience, waits so long.
    #[track_caller]
    pub(super) fn try_recv(&self, patience: Option<Duration>) -> Result<T, Unreceived> {
        let machine = machine();
        machine.set_timeout(patience.map(nanoseconds));
        let reply = machine.announce(Operation::TryRecv(self.id()), Location::caller());
        machine.set_timeout(None);
        match reply {
            Reply::Done => self.pop().ok_or(Unreceived::Empty),
            Reply::Miss => Err(Unreceived::Empty),
            _ => Err(Unreceived::Disconnected),
        }
    }

    fn pop(&self) -> Option<T> {
        self.queue().pop_front().map(|(_, value)| value)
    }

    /// How many messages lie in it.
    #[track_caller]
    pub(super) fn count(&self) -> usize {
        let (machine, channel) = (machine(), self.id());
        machine.announce(Operation::Count(channel), Location::caller());
        machine.with(|inner| inner.world.messages_in(channel))
    }

    pub(super) fn add_sender(&self) {
        let id = self.id();
        machine().with(|inner| inner.world.add_sender(id));
    }

    pub(super) fn add_receiver(&self) {
        let id = self.id();
        machine().with(|inner| inner.world.add_receiver(id));
    }

    #[track_caller]
    pub(super) fn drop_sender(&self) {
        machine().announce(Operation::DropSender(self.id()), Location::caller());
    }

    /// With the last receiver, what was not received ends; what somebody waits to hand over goes back to them.
    #[track_caller]
    pub(super) fn drop_receiver(&self) {
        let (machine, id) = (machine(), self.id());
        let reply = machine.announce(Operation::DropReceiver(id), Location::caller());
        let last = machine.with(|inner| inner.world.receivers(id)) == 0;
        if reply != Reply::Teardown && last && self.capacity != Some(0) {
            let unread = std::mem::take(&mut *self.queue());
            drop(unread);
        }
    }
}

/// The iterators over what a receiver receives. `recv` gives a `Result`, `try_recv` too.
macro_rules! iterators {
    ($(#[$shown:meta])? $receiver:ident) => {
        impl<T> $receiver<T> {
            /// Everything that comes, until the last sender goes.
            pub fn iter(&self) -> Iter<'_, T> {
                Iter { receiver: self }
            }

            /// Everything that is there.
            pub fn try_iter(&self) -> TryIter<'_, T> {
                TryIter { receiver: self }
            }
        }

        /// See [`Receiver::iter`].
        $(#[$shown])?
        pub struct Iter<'a, T> {
            receiver: &'a $receiver<T>,
        }

        impl<T> Iterator for Iter<'_, T> {
            type Item = T;

            #[track_caller]
            fn next(&mut self) -> Option<T> {
                self.receiver.recv().ok()
            }
        }

        /// See [`Receiver::try_iter`].
        $(#[$shown])?
        pub struct TryIter<'a, T> {
            receiver: &'a $receiver<T>,
        }

        impl<T> Iterator for TryIter<'_, T> {
            type Item = T;

            #[track_caller]
            fn next(&mut self) -> Option<T> {
                self.receiver.try_recv().ok()
            }
        }

        /// A receiver that is iterated until the last sender goes.
        $(#[$shown])?
        pub struct IntoIter<T> {
            receiver: $receiver<T>,
        }

        impl<T> Iterator for IntoIter<T> {
            type Item = T;

            #[track_caller]
            fn next(&mut self) -> Option<T> {
                self.receiver.recv().ok()
            }
        }

        impl<T> IntoIterator for $receiver<T> {
            type Item = T;
            type IntoIter = IntoIter<T>;

            fn into_iter(self) -> IntoIter<T> {
                IntoIter { receiver: self }
            }
        }

        impl<'a, T> IntoIterator for &'a $receiver<T> {
            type Item = T;
            type IntoIter = Iter<'a, T>;

            fn into_iter(self) -> Iter<'a, T> {
                self.iter()
            }
        }
    };
}

/// An end of a channel as it is shown: by its name.
macro_rules! shown {
    ($($($life:lifetime)? $end:ident)*) => {
        $(
            impl<T> std::fmt::Debug for $end<$($life,)? T> {
                fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    out.pad(concat!(stringify!($end), " { .. }"))
                }
            }
        )*
    };
}

/// An end that can be cloned, and counts.
macro_rules! counted {
    ($($end:ident: $add:ident, $drop:ident;)*) => {
        $(
            impl<T> Clone for $end<T> {
                fn clone(&self) -> Self {
                    self.shared.$add();
                    Self {
                        shared: Arc::clone(&self.shared),
                    }
                }
            }

            impl<T> Drop for $end<T> {
                fn drop(&mut self) {
                    self.shared.$drop();
                }
            }
        )*
    };
}

pub(super) use {counted, iterators, shown};
