//! Taking messages: everything here is done by readers.

use super::body::ReadersLock;
use super::partners::Verdict;
use super::place::{Place, Taken, Written};
use super::{Channel, LENGTH_BYTES, STEP, TakeFailure};
use crate::primitive::participants::{LOOK_AGAIN, Roles, Seat};
use crate::primitive::settings::shake;
use crate::primitive::time::Deadline;
use recorder::Kind;
use std::io;

/// Whoever takes what is there holds the lock for so many messages at most.
const MOST_AT_ONCE: usize = 4096;

/// Whether readers ask what the writers have done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Only where they know of no more messages.
    IfNeeded,
    /// In any case. Whoever slept must, because it is to wake the next one if there is more.
    Afresh,
}

impl Channel {
    /// Takes the first message.
    pub fn take(&self, deadline: Deadline) -> Result<Vec<u8>, TakeFailure> {
        self.take_noting(deadline, &|| ())
    }

    /// Takes the first message; `note` is called under the readers' lock, just before the message is gone.
    pub fn take_noting(&self, deadline: Deadline, note: &dyn Fn()) -> Result<Vec<u8>, TakeFailure> {
        shake();
        let seat = self.handle.touch(Roles::CONSUMER);
        let message = match self.glance(note)? {
            Some(message) => message,
            None if deadline.is_over() => self.take_waiting(seat, deadline, note)?,
            None => match self.take_spinning(note)? {
                Some(message) => message,
                None => {
                    self.handle.emit(Kind::WaitBegin);
                    let taken = self.take_waiting(seat, deadline, note);
                    self.handle.emit(Kind::WaitEnd);
                    taken?
                }
            },
        };
        self.handle.emit(Kind::Receive);
        shake();
        Ok(message)
    }

    /// Takes the first message if it comes at once.
    fn take_spinning(&self, note: &dyn Fn()) -> Result<Option<Vec<u8>>, TakeFailure> {
        let body = self.handle.body();
        let ticket = body.writers.filled.ticket();
        match self.glance(note)? {
            None if body.readers.patience.look(&body.writers.filled, ticket) => self.glance(note),
            taken => Ok(taken),
        }
    }

    fn take_waiting(
        &self,
        seat: Option<&Seat>,
        deadline: Deadline,
        note: &dyn Fn(),
    ) -> Result<Vec<u8>, TakeFailure> {
        let body = self.handle.body();
        let _waiting = seat.map(Seat::wait);
        loop {
            let ticket = body.writers.filled.ticket();
            // Whoever had gone before this look can have put nothing after the next one.
            let closed = body.writers.is_closed();
            let verdict = self.verdict(Roles::PRODUCER);
            if closed || verdict == Verdict::Alone {
                // Nor can one that is putting right now: it is waited for, and the next one finds
                // the queue closed.
                drop(body.writers.enter()?);
            }
            if let Some(message) = self.try_take(note, Look::Afresh)? {
                return Ok(message);
            }
            if closed {
                return Err(TakeFailure::Ended);
            }
            match verdict {
                Verdict::News => {
                    if let Some(abandoned) = self.news(Roles::PRODUCER) {
                        return Err(TakeFailure::Abandoned(abandoned));
                    }
                }
                Verdict::Alone => return Err(TakeFailure::Ended),
                Verdict::GoOn => {}
            }
            if deadline.is_over() {
                return Err(TakeFailure::TimedOut);
            }
            if !body
                .writers
                .sleep_for_message(ticket, deadline.slice(LOOK_AGAIN))
            {
                self.handle.table().look_for_dead();
            }
        }
    }

    /// As below, but looks first without the lock. What it does not see yet is announced after this
    /// look, so it may not decide that there will be nothing.
    fn glance(&self, note: &dyn Fn()) -> Result<Option<Vec<u8>>, TakeFailure> {
        if self.handle.body().seems_empty() {
            return Ok(None);
        }
        self.try_take(note, Look::IfNeeded)
    }

    fn try_take(&self, note: &dyn Fn(), look: Look) -> Result<Option<Vec<u8>>, TakeFailure> {
        let body = self.handle.body();
        let lock = body.readers.enter()?;
        let before = self.up_to_date(&lock, look)?;
        let Some((message, taken)) = self.first(&lock, before)? else {
            return Ok(None);
        };
        note();
        body.readers.commit(&lock, taken);
        if self.capacity.is_some() {
            body.readers.drained.note();
        }
        self.give_back(&lock, before.head, taken);
        drop(lock);
        if look == Look::Afresh && taken.knows_more() {
            body.writers.wake_reader();
        }
        if self.capacity.is_some() && body.readers.drained.has_sleepers() {
            body.readers.drained.wake(1);
        }
        Ok(Some(message))
    }

    /// What readers know. There is nothing if they know of nothing after this.
    fn up_to_date(&self, lock: &ReadersLock<'_>, look: Look) -> Result<Taken, TakeFailure> {
        let body = self.handle.body();
        let taken = body.readers.taken(lock);
        if look == Look::IfNeeded && taken.knows_more() {
            return Ok(taken);
        }
        let written = body.writers.look();
        let taken = taken.with(written);
        if taken.seen.offset() > body.writers.room()
            || taken.knows_more() != (written.put > taken.taken)
        {
            return Err(broken());
        }
        Ok(taken)
    }

    /// The first message and what readers know when it is taken; `None` where they know of none.
    fn first(
        &self,
        lock: &ReadersLock<'_>,
        taken: Taken,
    ) -> Result<Option<(Vec<u8>, Taken)>, TakeFailure> {
        if !taken.knows_more() {
            return Ok(None);
        }
        let stored = taken.seen.offset() - taken.head.offset();
        if stored < LENGTH_BYTES as u64 {
            return Err(broken());
        }
        let mut length = [0; LENGTH_BYTES];
        self.read(lock, &mut length, taken.head.offset())?;
        let length = u32::from_le_bytes(length);
        let frame = LENGTH_BYTES as u64 + u64::from(length);
        if frame > stored {
            return Err(broken());
        }
        let mut message = vec![0; length as usize];
        let text = taken.head.after(LENGTH_BYTES as u64)?;
        self.read(lock, &mut message, text.offset())?;
        let taken = Taken {
            head: taken.head.after(frame)?,
            taken: taken.taken + 1,
            ..taken
        };
        Ok(Some((message, taken)))
    }

    /// Takes what is there, at most so many messages, and never waits.
    pub fn take_there(&self, mut each: impl FnMut(&[u8])) -> Result<(), TakeFailure> {
        let body = self.handle.body();
        if body.seems_empty() {
            return Ok(());
        }
        let mut messages = Vec::new();
        let lock = body.readers.enter()?;
        let before = self.up_to_date(&lock, Look::Afresh)?;
        let mut taken = before;
        while messages.len() < MOST_AT_ONCE
            && let Some((message, rest)) = self.first(&lock, taken)?
        {
            messages.push(message);
            taken = rest;
        }
        if messages.is_empty() {
            return Ok(());
        }
        body.readers.commit(&lock, taken);
        self.give_back(&lock, before.head, taken);
        drop(lock);
        if self.capacity.is_some() {
            body.readers.drained.announce_to_all();
        }
        for message in messages {
            self.handle.emit(Kind::Receive);
            each(&message);
        }
        Ok(())
    }

    /// Gives memory of messages that were taken back to the system, after the commit. Best effort:
    /// one who is killed in here leaves it to those who come later.
    fn give_back(&self, lock: &ReadersLock<'_>, before: Place, taken: Taken) {
        let head = taken.head.offset();
        if head < STEP {
            return;
        }
        if taken.knows_more() {
            // Nothing of that can be taken while we hold the lock, so no epoch begins, and nobody
            // writes before the head.
            if head / STEP != before.offset() / STEP {
                self.store.forget(0..head / STEP * STEP);
            }
        } else if self.handle.body().writers.look().put == taken.taken {
            self.begin_anew(lock, taken);
        }
    }

    /// Everything was taken: gives all of it back, and begins a new epoch. Where a writer is at work
    /// nothing is done: it begins the epoch itself, or puts more. A reader that waited for the lock
    /// could wait for ever, behind one who puts all the time.
    fn begin_anew(&self, _lock: &ReadersLock<'_>, taken: Taken) {
        let writers = &self.handle.body().writers;
        let Some(lock) = writers.enter_if_free() else {
            return;
        };
        let written = writers.written(&lock);
        if !written.tail.is_same_epoch(taken.head) {
            // A writer was quicker, and has given it back.
        } else if written.put == taken.taken {
            let tail = written.tail.next_epoch();
            writers.commit(&lock, Written { tail, ..written });
            self.store.forget(0..taken.head.offset());
        } else {
            self.store.forget(0..taken.head.offset() / STEP * STEP);
        }
    }

    /// Reads from the file what was put and not taken. Only under the readers' lock.
    fn read(&self, _lock: &ReadersLock<'_>, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        // SAFETY: it ends before the tail, so the file is that large and writers are done with it;
        // none writes there again before it was taken.
        unsafe { self.store.read_at(buffer, offset) }
    }
}

fn broken() -> TakeFailure {
    TakeFailure::System(io::Error::from(io::ErrorKind::InvalidData))
}
