//! Pipes: the model's channel. An end belongs to the process it was moved into, and goes with the closure that has it;
//! when the last sender has gone, in whichever process, the receivers find the end.
//!
//! The real ones also count a process whose closure borrows as one that has every end there is, until it ends. Where
//! that could matter, it is said not to be modelled.

use crate::lack::Lack;
use std::borrow::Borrow;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use explorer::model::crossbeam::channel;

use super::{GetError, PutError, TryGetError};
use crate::primitive::participants::{self, Member, in_shared_memory, note_use};
use crate::primitive::time::Duration;
use crate::primitive::{mortal, not_modelled};

/// What must not come together.
#[derive(Debug, Default)]
struct Watch {
    borrowed: AtomicBool,
    one_side_gone: AtomicBool,
}

impl Watch {
    fn note(&self, what: &AtomicBool) {
        what.store(true, Relaxed);
        if self.borrowed.load(Relaxed) && self.one_side_gone.load(Relaxed) {
            not_modelled(Lack::PipeEndBesideBorrower);
        }
    }

    /// Somebody has found that nobody is on the other side.
    fn note_gone(&self) {
        self.note(&self.one_side_gone);
    }
}

impl Member for Watch {
    fn enter_child(&self, _pid: i32) {
        self.note(&self.borrowed);
    }

    fn leave(&self, _pid: i32) {}
}

#[derive(Debug)]
pub struct Sender<T> {
    end: channel::Sender<T>,
    watch: Arc<Watch>,
}

#[derive(Debug)]
pub struct Receiver<T> {
    end: channel::Receiver<T>,
    watch: Arc<Watch>,
}

pub fn pipe<T: Clone>() -> io::Result<(Sender<T>, Receiver<T>)> {
    // It is several processes' from the beginning.
    let (sender, receiver) = in_shared_memory(channel::unbounded);
    let watch = Arc::new(Watch::default());
    participants::enter(watch.clone());
    let sender = Sender {
        end: sender,
        watch: watch.clone(),
    };
    let receiver = Receiver {
        end: receiver,
        watch,
    };
    Ok((sender, receiver))
}

pub fn duplex<T: Clone>() -> io::Result<(Connection<T>, Connection<T>)> {
    let (there, from_here) = pipe()?;
    let (back, from_there) = pipe()?;
    let here = Connection {
        sender: there,
        receiver: from_there,
    };
    let there = Connection {
        sender: back,
        receiver: from_here,
    };
    Ok((here, there))
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Sender<T> {
        Sender {
            end: self.end.clone(),
            watch: self.watch.clone(),
        }
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Receiver<T> {
        Receiver {
            end: self.end.clone(),
            watch: self.watch.clone(),
        }
    }
}

impl<T: Clone> Sender<T> {
    #[track_caller]
    pub fn send(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        note_use();
        self.end.send(item.borrow().clone()).map_err(|_| {
            self.watch.note_gone();
            PutError::NobodyTakes
        })
    }
}

impl<T> Receiver<T> {
    #[track_caller]
    pub fn recv(&self) -> Result<Option<T>, GetError> {
        note_use();
        let item = self.received();
        if item.is_none() {
            self.watch.note_gone();
        }
        Ok(item)
    }

    #[track_caller]
    fn received(&self) -> Option<T> {
        if !mortal::is_mortal() {
            return self.end.recv().ok();
        }
        match self.end.recv_timeout(Duration::ZERO) {
            Ok(item) => Some(item),
            Err(channel::RecvTimeoutError::Disconnected) => None,
            Err(channel::RecvTimeoutError::Timeout) => mortal::give_up(),
        }
    }

    #[track_caller]
    pub fn recv_timeout(&self, limit: Duration) -> Result<T, TryGetError> {
        note_use();
        self.end.recv_timeout(limit).map_err(|error| match error {
            channel::RecvTimeoutError::Timeout => TryGetError::Empty,
            channel::RecvTimeoutError::Disconnected => {
                self.watch.note_gone();
                TryGetError::Closed
            }
        })
    }
}

#[derive(Debug)]
pub struct Connection<T> {
    sender: Sender<T>,
    receiver: Receiver<T>,
}

impl<T: Clone> Connection<T> {
    #[track_caller]
    pub fn send(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        self.sender.send(item)
    }

    #[track_caller]
    pub fn recv(&self) -> Result<Option<T>, GetError> {
        self.receiver.recv()
    }
}
