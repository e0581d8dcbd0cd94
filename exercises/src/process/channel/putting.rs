//! Putting messages: everything here is done by writers.

use super::body::WritersLock;
use super::partners::Verdict;
use super::place::{Written, bytes_between};
use super::{Capacity, Channel, LENGTH_BYTES, PutFailure, STEP};
use crate::primitive::participants::{LOOK_AGAIN, Roles, Seat};
use crate::primitive::settings::shake;
use crate::primitive::time::Deadline;
use recorder::Kind;
use std::io;

/// When those who look for a message learn that there is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Telling {
    Now,
    /// Somebody [`announce`](Channel::announce)s it.
    Later,
}

/// From here on, a writer looks from time to time whether it can write at the beginning again. Less
/// than the file's first step, so a queue that is read in time never needs more.
const WORTH_LOOKING: u64 = 1 << 15;
/// So many bytes are put between two such looks: each takes the readers' cache line away from them.
const BETWEEN_LOOKS: u64 = 1 << 12;
/// What lies behind a new tail in its last page stays.
const PAGE: u64 = 4096;

/// A message as it is stored.
#[derive(Clone, Copy)]
struct Frame<'m> {
    length: u32,
    message: &'m [u8],
}

impl<'m> Frame<'m> {
    fn of(message: &'m [u8]) -> Result<Frame<'m>, PutFailure> {
        let length = u32::try_from(message.len()).map_err(|_| PutFailure::TooLong)?;
        Ok(Frame { length, message })
    }
}

impl Frame<'_> {
    fn bytes(self) -> u64 {
        LENGTH_BYTES as u64 + u64::from(self.length)
    }
}

impl Channel {
    /// Puts a message at the end.
    pub fn put(&self, message: &[u8], deadline: Deadline) -> Result<(), PutFailure> {
        self.put_noting(message, deadline, &|| ())
    }

    /// Puts a message at the end; `note` is called under the writers' lock, just before the message is there.
    pub fn put_noting(
        &self,
        message: &[u8],
        deadline: Deadline,
        note: &dyn Fn(),
    ) -> Result<(), PutFailure> {
        shake();
        let seat = self.handle.touch(Roles::PRODUCER);
        let frame = Frame::of(message)?;
        if self.roles == Roles::PRODUCER && self.verdict(Roles::CONSUMER) == Verdict::Alone {
            return Err(PutFailure::NobodyTakes);
        }
        if !self.try_put(frame, note, Telling::Now)? {
            if deadline.is_over() {
                return Err(PutFailure::Full);
            }
            self.handle.emit(Kind::WaitBegin);
            let put = self.put_waiting(seat, frame, deadline, note);
            self.handle.emit(Kind::WaitEnd);
            put?;
        }
        self.handle.body().writers.wake_reader();
        shake();
        Ok(())
    }

    fn put_waiting(
        &self,
        seat: Option<&Seat>,
        frame: Frame<'_>,
        deadline: Deadline,
        note: &dyn Fn(),
    ) -> Result<(), PutFailure> {
        let body = self.handle.body();
        let _waiting = seat.map(Seat::wait);
        loop {
            let ticket = body.readers.drained.ticket();
            let verdict = self.verdict(Roles::CONSUMER);
            if self.try_put(frame, note, Telling::Now)? {
                return Ok(());
            }
            match verdict {
                Verdict::News => {
                    if let Some(abandoned) = self.news(Roles::CONSUMER) {
                        return Err(PutFailure::Abandoned(abandoned));
                    }
                }
                Verdict::Alone => return Err(PutFailure::NobodyTakes),
                Verdict::GoOn => {}
            }
            if deadline.is_over() {
                return Err(PutFailure::Full);
            }
            if !body
                .readers
                .drained
                .sleep(ticket, deadline.slice(LOOK_AGAIN))
            {
                self.handle.table().look_for_dead();
            }
        }
    }

    fn try_put(
        &self,
        frame: Frame<'_>,
        note: &dyn Fn(),
        telling: Telling,
    ) -> Result<bool, PutFailure> {
        let writers = &self.handle.body().writers;
        let lock = writers.enter()?;
        if writers.is_closed() {
            return Err(PutFailure::Closed);
        }
        let before = writers.written(&lock);
        if !self.has_room(&lock, before, frame) {
            return Ok(false);
        }
        let written = self.perhaps_from_the_beginning(before, frame);
        let written = self.append(&lock, frame, written)?;
        note();
        writers.commit(&lock, written);
        if telling == Telling::Now {
            // As long as the cache line is here: those who look have it the next moment.
            writers.filled.note();
        }
        self.give_back_behind(&lock, written, before);
        Ok(true)
    }

    fn has_room(&self, lock: &WritersLock<'_>, written: Written, frame: Frame<'_>) -> bool {
        let body = self.handle.body();
        match self.capacity {
            None => true,
            Some(Capacity::Messages(most)) => {
                body.writers.saw_fewer_than(lock, most, written.put) || {
                    body.writers.note_taken(lock, body.readers.look().taken);
                    body.writers.saw_fewer_than(lock, most, written.put)
                }
            }
            Some(Capacity::Bytes(most)) => {
                let taken = body.readers.look();
                taken.taken == written.put
                    || bytes_between(taken, written).saturating_add(frame.bytes()) <= most
            }
        }
    }

    /// Where the next message is to lie: at the beginning of the file, if everything was taken and
    /// it is time to look.
    fn perhaps_from_the_beginning(&self, written: Written, frame: Frame<'_>) -> Written {
        let body = self.handle.body();
        let from = written.tail.offset();
        let to = from.saturating_add(frame.bytes());
        let is_time = from >= WORTH_LOOKING
            && (to / BETWEEN_LOOKS != from / BETWEEN_LOOKS || to > body.writers.room());
        // While the lock is held nothing is put; so what has all been taken stays taken.
        if is_time && body.readers.look().taken == written.put {
            Written {
                tail: written.tail.next_epoch(),
                ..written
            }
        } else {
            written
        }
    }

    /// Writes a message behind the others. It is there when what is given back was committed.
    fn append(
        &self,
        lock: &WritersLock<'_>,
        frame: Frame<'_>,
        written: Written,
    ) -> io::Result<Written> {
        let text = written.tail.after(LENGTH_BYTES as u64)?;
        let tail = text.after(u64::from(frame.length))?;
        self.store
            .grow_to(tail.offset(), &self.handle.body().writers.size)?;
        self.write(lock, &frame.length.to_le_bytes(), written.tail.offset())?;
        self.write(lock, frame.message, text.offset())?;
        // Written down before the message can be seen, so that nobody receives it earlier in the
        // journal.
        self.handle.emit(Kind::Send);
        Ok(Written {
            tail,
            put: written.put + 1,
        })
    }

    /// Where the file is used from its beginning again: gives memory of the epoch before back to the
    /// system. All of it was taken, so nobody needs what lies behind the new tail.
    fn give_back_behind(&self, _lock: &WritersLock<'_>, written: Written, before: Written) {
        let end = before.tail.offset();
        if !written.tail.is_same_epoch(before.tail) && end >= STEP {
            let from = written.tail.offset().next_multiple_of(PAGE);
            self.store.forget(from..end);
        }
    }

    /// Writes into the file behind the tail. Only under the writers' lock.
    fn write(&self, _lock: &WritersLock<'_>, bytes: &[u8], offset: u64) -> io::Result<()> {
        // SAFETY: the file was made that large; other writers are kept away by the lock, and readers
        // read nothing behind the tail.
        unsafe { self.store.write_at(bytes, offset) }
    }

    /// Puts many messages at the end, all at once. For a channel without a bound.
    pub fn put_all<'m>(&self, messages: impl Iterator<Item = &'m [u8]>) -> Result<(), PutFailure> {
        shake();
        self.handle.touch(Roles::PRODUCER);
        let body = self.handle.body();
        let lock = body.writers.enter()?;
        if body.writers.is_closed() {
            return Err(PutFailure::Closed);
        }
        let before = body.writers.written(&lock);
        let mut written = before;
        for message in messages {
            let frame = Frame::of(message)?;
            // Only the first may begin anew: the others have to lie behind it.
            if written.put == before.put {
                written = self.perhaps_from_the_beginning(written, frame);
            }
            written = self.append(&lock, frame, written)?;
        }
        body.writers.commit(&lock, written);
        self.give_back_behind(&lock, written, before);
        drop(lock);
        self.announce();
        shake();
        Ok(())
    }

    /// Puts a message without waking anybody: [`announce`](Channel::announce) has to follow, or
    /// whoever takes must look from time to time. For a channel without a bound.
    pub fn put_unannounced(&self, message: &[u8]) -> Result<(), PutFailure> {
        shake();
        self.handle.touch(Roles::PRODUCER);
        if self.roles == Roles::PRODUCER && self.verdict(Roles::CONSUMER) == Verdict::Alone {
            return Err(PutFailure::NobodyTakes);
        }
        self.try_put(Frame::of(message)?, &|| (), Telling::Later)?;
        Ok(())
    }

    /// Wakes one of those who wait for a message.
    pub fn announce(&self) {
        let writers = &self.handle.body().writers;
        writers.filled.note();
        writers.wake_reader();
    }
}
