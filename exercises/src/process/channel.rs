//! What [`Queue`](super::Queue) and [`pipe`](super::pipe()) are made of: a sequence of messages in
//! a file in memory.
//!
//! Messages lie one after the other in the file, each a length and its bytes. Where the first
//! begins, where the last ends and how many there are stands in shared memory, twice; which of the
//! two counts is one word, so one store makes a message visible, or takes it away. **A writer that
//! is killed in the middle of a message has written nothing**: its bytes lie behind the end, and
//! the next one writes over them. A reader killed before that store has taken nothing. The lock
//! around both is robust, so neither leaves it locked.
//!
//! The file grows as needed and is emptied when everything was read, so putting into a queue
//! without a bound never waits: a child can always end before its messages are read ("join before
//! drain" blocks for ever in Python, from some 64 KiB on).

use crate::primitive::Arc;
use crate::primitive::atomic::{AtomicU32, AtomicU64, Ordering};
use crate::primitive::participants::{Body, Handle, LOOK_AGAIN, Roles, Seat};
use crate::primitive::robust::{Abandoned, RobustGuard, RobustMutex};
use crate::primitive::settings::shake;
use crate::primitive::shared::{Changes, Scratch, Shareable};
use crate::primitive::time::Deadline;
use recorder::{Kind, Object, ObjectKind};
use std::io;

/// Memory of messages that were read is given back in steps of this size.
const STEP: u64 = 1 << 20;
/// Most messages are read with one call of this size.
const FIRST_READ: usize = 4096;
const LENGTH_BYTES: usize = 4;

#[repr(C)]
pub(super) struct ChannelBody {
    door: RobustMutex,
    extents: [StoredExtent; 2],
    current: AtomicU32,
    closed: AtomicU32,
    filled: Changes,
    drained: Changes,
}

#[repr(C)]
struct StoredExtent {
    head: AtomicU64,
    tail: AtomicU64,
    count: AtomicU64,
}

#[derive(Clone, Copy, Default)]
struct Extent {
    head: u64,
    tail: u64,
    count: u64,
}

impl StoredExtent {
    const fn empty() -> StoredExtent {
        StoredExtent {
            head: AtomicU64::new(0),
            tail: AtomicU64::new(0),
            count: AtomicU64::new(0),
        }
    }
}

// SAFETY: atomics and a process-shared mutex.
unsafe impl Shareable for ChannelBody {}

impl Body for ChannelBody {
    fn settle(&self) -> io::Result<()> {
        // SAFETY: called at the final address, before anybody knows it.
        unsafe { self.door.settle() }
    }

    fn wake_all(&self) {
        self.filled.announce_to_all();
        self.drained.announce_to_all();
    }
}

impl ChannelBody {
    fn extent(&self) -> Extent {
        let stored = &self.extents[(self.current.load(Ordering::Acquire) & 1) as usize];
        Extent {
            head: stored.head.load(Ordering::Relaxed),
            tail: stored.tail.load(Ordering::Relaxed),
            count: stored.count.load(Ordering::Relaxed),
        }
    }

    /// Makes a new extent the one that counts. Only under the lock.
    fn commit(&self, _door: &RobustGuard<'_>, extent: Extent) {
        let next = (self.current.load(Ordering::Relaxed) & 1) ^ 1;
        let stored = &self.extents[next as usize];
        stored.head.store(extent.head, Ordering::Relaxed);
        stored.tail.store(extent.tail, Ordering::Relaxed);
        stored.count.store(extent.count, Ordering::Relaxed);
        self.current.store(next, Ordering::Release);
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire) != 0
    }

    fn enter(&self) -> io::Result<RobustGuard<'_>> {
        self.door
            .enter()
            .ok_or_else(|| io::Error::from(io::ErrorKind::Deadlock))
    }
}

/// Why a message was not put.
#[derive(Debug)]
pub(super) enum PutFailure {
    Closed,
    Full,
    NobodyTakes,
    Abandoned(Abandoned),
    TooLong,
    System(io::Error),
}

/// Why no message was taken.
#[derive(Debug)]
pub(super) enum TakeFailure {
    /// None will come.
    Ended,
    TimedOut,
    Abandoned(Abandoned),
    System(io::Error),
}

impl From<io::Error> for PutFailure {
    fn from(error: io::Error) -> PutFailure {
        PutFailure::System(error)
    }
}

impl From<io::Error> for TakeFailure {
    fn from(error: io::Error) -> TakeFailure {
        TakeFailure::System(error)
    }
}

/// A handle on a channel, for one or both directions.
#[derive(Clone)]
pub(super) struct Channel {
    handle: Handle<ChannelBody>,
    store: Arc<Scratch>,
    capacity: Option<u64>,
    roles: Roles,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    GoOn,
    /// Somebody died, and nobody was told.
    News,
    /// Nobody is left on the other side.
    Alone,
}

impl Channel {
    pub fn new(kind: ObjectKind, capacity: Option<usize>, roles: Roles) -> io::Result<Channel> {
        let body = ChannelBody {
            door: RobustMutex::unsettled(),
            extents: [const { StoredExtent::empty() }; 2],
            current: AtomicU32::new(0),
            closed: AtomicU32::new(0),
            filled: Changes::new(),
            drained: Changes::new(),
        };
        Ok(Channel {
            handle: Handle::new(kind, body, roles)?,
            store: Arc::new(Scratch::new()?),
            capacity: capacity.map(|most| most.max(1) as u64),
            roles,
        })
    }

    /// A handle on the same channel for another direction.
    pub fn for_roles(&self, roles: Roles) -> Channel {
        Channel {
            handle: self.handle.for_roles(roles),
            store: self.store.clone(),
            capacity: self.capacity,
            roles,
        }
    }

    /// Whether anybody is left on the other side. Looks only at what is already known.
    fn verdict(&self, other_side: Roles) -> Verdict {
        let table = self.handle.table();
        let mut alone = true;
        for seat in table.others().filter(|seat| seat.has_role(other_side)) {
            if seat.is_news() {
                return Verdict::News;
            }
            alone &= !seat.is_here();
        }
        // A queue's handle is on both sides itself: alone means that this process has no second
        // one, and that there was another process at all.
        let own = self
            .handle
            .seat()
            .map_or(i32::MAX, |seat| seat.handles(other_side));
        let (own_most, needs_others) = if self.roles == Roles::BOTH {
            (1, true)
        } else {
            (0, false)
        };
        let there_were_others = || table.others().next().is_some();
        if alone && own <= own_most && (!needs_others || there_were_others()) {
            Verdict::Alone
        } else {
            Verdict::GoOn
        }
    }

    /// The dead process this caller is the one to report, if any.
    fn news(&self, other_side: Roles) -> Option<Abandoned> {
        let table = self.handle.table();
        let seat = table
            .others()
            .find(|seat| seat.has_role(other_side) && seat.is_news() && seat.tell())?;
        Some(Abandoned { pid: seat.pid() })
    }

    /// Puts a message at the end.
    pub fn put(&self, message: &[u8], deadline: Deadline) -> Result<(), PutFailure> {
        shake();
        let seat = self.handle.touch(Roles::PRODUCER);
        let length = u32::try_from(message.len()).map_err(|_| PutFailure::TooLong)?;
        let mut frame = Vec::with_capacity(LENGTH_BYTES + message.len());
        frame.extend_from_slice(&length.to_le_bytes());
        frame.extend_from_slice(message);
        if self.roles == Roles::PRODUCER && self.verdict(Roles::CONSUMER) == Verdict::Alone {
            return Err(PutFailure::NobodyTakes);
        }
        if !self.try_put(&frame)? {
            if deadline.is_over() {
                return Err(PutFailure::Full);
            }
            self.handle.emit(Kind::WaitBegin);
            let put = self.put_waiting(seat, &frame, deadline);
            self.handle.emit(Kind::WaitEnd);
            put?;
        }
        self.handle.body().filled.announce(1);
        shake();
        Ok(())
    }

    fn put_waiting(
        &self,
        seat: Option<&Seat>,
        frame: &[u8],
        deadline: Deadline,
    ) -> Result<(), PutFailure> {
        let body = self.handle.body();
        let _waiting = seat.map(Seat::wait);
        loop {
            let ticket = body.drained.ticket();
            let verdict = self.verdict(Roles::CONSUMER);
            if self.try_put(frame)? {
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
            if !body.drained.sleep(ticket, deadline.slice(LOOK_AGAIN)) {
                self.handle.table().look_for_dead();
            }
        }
    }

    fn try_put(&self, frame: &[u8]) -> Result<bool, PutFailure> {
        let body = self.handle.body();
        let door = body.enter()?;
        if body.is_closed() {
            return Err(PutFailure::Closed);
        }
        let extent = body.extent();
        if self.capacity.is_some_and(|most| extent.count >= most) {
            return Ok(false);
        }
        self.store.write_at(frame, extent.tail)?;
        // Written down before the message can be seen, so that nobody receives it earlier in the
        // journal.
        self.handle.emit(Kind::Send);
        body.commit(
            &door,
            Extent {
                tail: extent.tail + frame.len() as u64,
                count: extent.count + 1,
                ..extent
            },
        );
        Ok(true)
    }

    /// Takes the first message.
    pub fn take(&self, deadline: Deadline) -> Result<Vec<u8>, TakeFailure> {
        shake();
        let seat = self.handle.touch(Roles::CONSUMER);
        let message = match self.try_take()? {
            Some(message) => message,
            None if deadline.is_over() => self.take_waiting(seat, deadline)?,
            None => {
                self.handle.emit(Kind::WaitBegin);
                let taken = self.take_waiting(seat, deadline);
                self.handle.emit(Kind::WaitEnd);
                taken?
            }
        };
        self.handle.emit(Kind::Receive);
        shake();
        Ok(message)
    }

    fn take_waiting(
        &self,
        seat: Option<&Seat>,
        deadline: Deadline,
    ) -> Result<Vec<u8>, TakeFailure> {
        let body = self.handle.body();
        let _waiting = seat.map(Seat::wait);
        loop {
            let ticket = body.filled.ticket();
            // Whoever had gone before this look can have put nothing after the next one.
            let (closed, verdict) = (body.is_closed(), self.verdict(Roles::PRODUCER));
            if let Some(message) = self.try_take()? {
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
            if !body.filled.sleep(ticket, deadline.slice(LOOK_AGAIN)) {
                self.handle.table().look_for_dead();
            }
        }
    }

    fn try_take(&self) -> Result<Option<Vec<u8>>, TakeFailure> {
        let body = self.handle.body();
        let door = body.enter()?;
        let extent = body.extent();
        if extent.count == 0 {
            return Ok(None);
        }
        let broken = || TakeFailure::System(io::Error::from(io::ErrorKind::InvalidData));
        let stored = extent.tail.checked_sub(extent.head).ok_or_else(broken)?;
        let mut first = [0; FIRST_READ];
        let first_length =
            usize::try_from(stored).map_or(FIRST_READ, |stored| stored.min(FIRST_READ));
        let first_length = self
            .store
            .read_at(&mut first[..first_length], extent.head)?;
        let (length, start) = first[..first_length]
            .split_first_chunk::<LENGTH_BYTES>()
            .ok_or_else(broken)?;
        let length = u32::from_le_bytes(*length) as usize;
        let frame = (LENGTH_BYTES + length) as u64;
        if frame > stored {
            return Err(broken());
        }
        let mut message = start[..length.min(start.len())].to_vec();
        let got = message.len();
        message.resize(length, 0);
        if got < length {
            let rest = extent.head + (LENGTH_BYTES + got) as u64;
            if self.store.read_at(&mut message[got..], rest)? < length - got {
                return Err(broken());
            }
        }
        let next = Extent {
            head: extent.head + frame,
            count: extent.count - 1,
            ..extent
        };
        if next.count == 0 {
            body.commit(&door, Extent::default());
            if extent.tail >= STEP {
                self.store.forget_before(extent.tail);
            }
        } else {
            body.commit(&door, next);
            if next.head / STEP != extent.head / STEP {
                self.store.forget_before(next.head / STEP * STEP);
            }
        }
        drop(door);
        if self.capacity.is_some() {
            body.drained.announce(1);
        }
        Ok(Some(message))
    }

    pub fn close(&self) {
        shake();
        self.handle.body().closed.store(1, Ordering::Release);
        self.handle.body().wake_all();
    }

    pub fn is_closed(&self) -> bool {
        self.handle.body().is_closed()
    }

    pub fn len(&self) -> usize {
        let body = self.handle.body();
        let _door = body.door.enter();
        body.extent().count as usize
    }

    pub fn capacity(&self) -> Option<usize> {
        self.capacity.map(|most| most as usize)
    }

    pub fn object(&self) -> Object {
        self.handle.object()
    }
}
