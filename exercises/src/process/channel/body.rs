//! What of a channel lies in shared memory: what the writers and the readers have done, their
//! locks, and who is to be woken.
//!
//! | | changed by | read by |
//! |---|---|---|
//! | [`Writers`] | writers, under their lock | readers that know of no more messages |
//! | [`Readers`] | readers, under their lock | writers where there is a bound, or when the file might begin anew |
//!
//! Who wants both locks takes the readers' first. No writer ever takes the readers'.

use super::place::{Taken, Written};
use super::versioned::Versioned;
use crate::primitive::atomic::{AtomicU32, AtomicU64, Ordering, fence};
use crate::primitive::participants::Body;
use crate::primitive::robust::{Outcome, RobustGuard, RobustMutex};
use crate::primitive::shared::{Changes, Patience, Shareable};
use crate::primitive::time::Duration;
use std::io;

#[repr(C)]
pub(in crate::process) struct ChannelBody {
    pub(super) writers: Writers,
    pub(super) readers: Readers,
}

/// The writers' side. One cache line holds what the other side looks at; the lock is not in it. (128
/// bytes, because some processors fetch lines in pairs.)
#[repr(C, align(128))]
pub(super) struct Writers {
    done: Versioned<2>,
    pub filled: Changes,
    /// How large the file was made. Changes only under this lock, and before a message is there
    /// that needs it.
    pub size: AtomicU64,
    /// Whether a sleeping reader is being woken: then nobody else need be. It wakes the next one
    /// itself, if there is more than it takes. (A killed one leaves this set until another reader
    /// has slept its [`LOOK_AGAIN`](crate::primitive::participants::LOOK_AGAIN) out.)
    waking: AtomicU32,
    closed: AtomicU32,
    lock: RobustMutex,
    /// How many messages were taken when a writer last looked: at least so many.
    seen_taken: AtomicU64,
}

/// The readers' side; as above.
#[repr(C, align(128))]
pub(super) struct Readers {
    done: Versioned<3>,
    pub drained: Changes,
    lock: RobustMutex,
    pub patience: Patience,
}

/// The hold on the writers' side.
pub(super) struct WritersLock<'a> {
    _guard: RobustGuard<'a>,
}

/// The hold on the readers' side.
pub(super) struct ReadersLock<'a> {
    _guard: RobustGuard<'a>,
}

// SAFETY: atomics and process-shared mutexes.
unsafe impl Shareable for ChannelBody {}

impl Body for ChannelBody {
    fn settle(&self) -> io::Result<()> {
        // SAFETY: called at the final address, before anybody knows it.
        unsafe {
            self.writers.lock.settle()?;
            self.readers.lock.settle()
        }
    }

    fn wake_all(&self) {
        self.writers.filled.announce_to_all();
        self.readers.drained.announce_to_all();
    }
}

impl ChannelBody {
    /// An empty channel; not yet usable, see [`Body::settle`].
    pub(super) fn new() -> ChannelBody {
        ChannelBody {
            writers: Writers {
                done: Versioned::zeros(),
                filled: Changes::new(),
                size: AtomicU64::new(0),
                waking: AtomicU32::new(0),
                closed: AtomicU32::new(0),
                lock: RobustMutex::unsettled(),
                seen_taken: AtomicU64::new(0),
            },
            readers: Readers {
                done: Versioned::zeros(),
                drained: Changes::new(),
                lock: RobustMutex::unsettled(),
                patience: Patience::new(),
            },
        }
    }

    /// Whether nothing is there, as far as one can see without waiting for anybody. What is there
    /// all the time is never missed: the readers are looked at first, so at worst something is
    /// counted that was taken meanwhile.
    pub(super) fn seems_empty(&self) -> bool {
        let taken = self.readers.look();
        !taken.knows_more() && self.writers.look().put == taken.taken
    }

    /// How many messages are there; exact as long as nobody takes any.
    pub(super) fn count(&self) -> u64 {
        let taken = self.readers.look().taken;
        self.writers.look().put.saturating_sub(taken)
    }
}

impl Writers {
    pub fn enter(&self) -> io::Result<WritersLock<'_>> {
        Ok(WritersLock {
            _guard: enter(&self.lock)?,
        })
    }

    /// Enters unless somebody is in there.
    pub fn enter_if_free(&self) -> Option<WritersLock<'_>> {
        match self.lock.try_lock() {
            Outcome::Locked(guard) | Outcome::Inherited(guard, _) => {
                Some(WritersLock { _guard: guard })
            }
            Outcome::Busy | Outcome::Own => None,
        }
    }

    /// What was written, without the lock.
    pub fn look(&self) -> Written {
        Written::from_words(self.done.read())
    }

    pub fn written(&self, _lock: &WritersLock<'_>) -> Written {
        Written::from_words(self.done.read_own())
    }

    /// Makes what was written visible.
    pub fn commit(&self, _lock: &WritersLock<'_>, written: Written) {
        self.done.commit(written.words());
    }

    /// Whether fewer than so many messages are there, by what a writer saw before. "No" means that
    /// one has to look.
    pub fn saw_fewer_than(&self, _lock: &WritersLock<'_>, most: u64, put: u64) -> bool {
        put.saturating_sub(self.seen_taken.load(Ordering::Relaxed)) < most
    }

    pub fn note_taken(&self, _lock: &WritersLock<'_>, taken: u64) {
        self.seen_taken.store(taken, Ordering::Relaxed);
    }

    /// How large the file is, as far as one can see: a tail that was seen before is inside.
    pub fn room(&self) -> u64 {
        self.size.load(Ordering::Relaxed)
    }

    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire) != 0
    }

    pub fn close(&self) {
        self.closed.store(1, Ordering::Release);
    }

    /// Wakes a sleeping reader, unless one is on its way.
    pub fn wake_reader(&self) {
        if self.filled.has_sleepers() {
            // Pairs with the fence in `sleep_for_message`: if `waking` is still set here, then the
            // reader on its way sees what was committed before this.
            fence(Ordering::SeqCst);
            if self.waking.swap(1, Ordering::SeqCst) == 0 {
                self.filled.wake(1);
            }
        }
    }

    /// Sleeps until a message came after the ticket. Whoever comes back has to look at what the
    /// writers have done (not only at what readers know of it), and to wake the next one if there
    /// is more than it takes.
    pub fn sleep_for_message(&self, ticket: u32, limit: Duration) -> bool {
        // A wake that met nobody (a sleeper was killed) must not be taken for ours.
        self.waking.store(0, Ordering::SeqCst);
        let changed = self.filled.sleep(ticket, limit);
        // Before the next look: who puts after that look must wake somebody.
        self.waking.store(0, Ordering::SeqCst);
        fence(Ordering::SeqCst);
        changed
    }
}

impl Readers {
    pub fn enter(&self) -> io::Result<ReadersLock<'_>> {
        Ok(ReadersLock {
            _guard: enter(&self.lock)?,
        })
    }

    /// What was taken, without the lock.
    pub fn look(&self) -> Taken {
        Taken::from_words(self.done.read())
    }

    pub fn taken(&self, _lock: &ReadersLock<'_>) -> Taken {
        Taken::from_words(self.done.read_own())
    }

    /// Takes what lies before the head away.
    pub fn commit(&self, _lock: &ReadersLock<'_>, taken: Taken) {
        self.done.commit(taken.words());
    }
}

fn enter(lock: &RobustMutex) -> io::Result<RobustGuard<'_>> {
    lock.enter()
        .ok_or_else(|| io::Error::from(io::ErrorKind::Deadlock))
}
