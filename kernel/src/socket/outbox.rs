//! A bounded queue of messages on their way to a socket's thread.

use std::collections::VecDeque;

use parking_lot::{Condvar, Mutex};

use super::Wake;
use crate::session::Frames;

/// What a message costs beside its bytes.
const OVERHEAD: usize = 512;

/// Messages for one socket. Whoever hands one in waits while the queue is full, and the
/// socket's thread sees to it that this does not last (see `iopub`).
pub struct Outbox {
    queue: Mutex<Queue>,
    room: Condvar,
    wake: Wake,
    limit: usize,
}

#[derive(Default)]
struct Queue {
    messages: VecDeque<Frames>,
    bytes: usize,
    closed: bool,
}

impl Outbox {
    /// A queue that holds about this many bytes.
    pub fn new(limit: usize) -> std::io::Result<Outbox> {
        Ok(Outbox {
            queue: Mutex::default(),
            room: Condvar::new(),
            wake: Wake::new()?,
            limit,
        })
    }

    /// Hands a message in; waits while the queue is full. After the end it is dropped.
    pub fn push(&self, message: Frames) {
        self.push_below(message, self.limit);
    }

    /// As [`Outbox::push`], but passes those who wait for room: for the few small messages that
    /// must not stand behind a cell that prints. Waits only where the queue is twice as long as
    /// it should be.
    pub fn push_urgent(&self, message: Frames) {
        self.push_below(message, self.limit.saturating_mul(2));
    }

    /// As [`Outbox::push`], but never waits: for the thread that empties the queue itself.
    pub fn push_own(&self, message: Frames) {
        self.push_below(message, usize::MAX);
    }

    fn push_below(&self, message: Frames, limit: usize) {
        let mut queue = self.queue.lock();
        while queue.bytes > limit && !queue.closed {
            self.room.wait(&mut queue);
        }
        if queue.closed {
            return;
        }
        queue.bytes += cost(&message);
        let first = queue.messages.is_empty();
        queue.messages.push_back(message);
        drop(queue);
        if first {
            self.wake.wake();
        }
    }

    /// The oldest message.
    pub fn pop(&self) -> Option<Frames> {
        let mut queue = self.queue.lock();
        let message = queue.messages.pop_front()?;
        let was_full = queue.bytes > self.limit;
        queue.bytes -= cost(&message);
        if was_full {
            self.room.notify_all();
        }
        Some(message)
    }

    /// Whether somebody may be waiting for room.
    pub fn is_full(&self) -> bool {
        self.queue.lock().bytes > self.limit
    }

    /// Takes no more; what is in it is still to be sent.
    pub fn close(&self) {
        self.queue.lock().closed = true;
        self.room.notify_all();
        self.wake.wake();
    }

    /// Whether it takes no more.
    pub fn is_closed(&self) -> bool {
        self.queue.lock().closed
    }

    /// Whether nothing is left and nothing will come.
    pub fn is_finished(&self) -> bool {
        let queue = self.queue.lock();
        queue.closed && queue.messages.is_empty()
    }

    /// Raised when there may be something to do.
    pub fn wake(&self) -> &Wake {
        &self.wake
    }
}

fn cost(message: &Frames) -> usize {
    OVERHEAD + message.iter().map(Vec::len).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn a_full_queue_makes_the_sender_wait_and_then_lets_it_go_on() {
        let outbox = Arc::new(Outbox::new(1000).unwrap());
        outbox.push(vec![vec![0; 1000]]);
        assert!(outbox.is_full());
        let sender = std::thread::spawn({
            let outbox = outbox.clone();
            move || outbox.push(vec![vec![1]])
        });
        assert_eq!(outbox.pop().unwrap()[0].len(), 1000);
        sender.join().unwrap();
        assert_eq!(outbox.pop().unwrap(), [vec![1]]);
    }

    #[test]
    fn closing_lets_waiting_senders_go_and_keeps_what_is_queued() {
        let outbox = Arc::new(Outbox::new(10).unwrap());
        outbox.push(vec![vec![0; 1000]]);
        let sender = std::thread::spawn({
            let outbox = outbox.clone();
            move || outbox.push(vec![vec![1]])
        });
        outbox.close();
        sender.join().unwrap();
        assert!(!outbox.is_finished());
        assert!(outbox.pop().is_some());
        while outbox.pop().is_some() {}
        assert!(outbox.is_finished());
    }
}
