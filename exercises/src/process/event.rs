use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::participants::{Body, Handle, LOOK_AGAIN, Roles, Seat};
use crate::primitive::robust::Abandoned;
use crate::primitive::settings::shake;
use crate::primitive::shared::{Changes, Shareable};
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};
use std::fmt;
use std::io;

/// A flag that processes can wait for.
///
/// As [`sync::Event`](crate::sync::Event), between processes: once set, it stays set and everybody
/// passes, until somebody clears it. Unlike there, whoever is waiting at the moment when it is set
/// passes, even if it is cleared right after.
///
/// **If a process that has the event dies** (is killed, panics) while it is not set, everybody who
/// waits or will wait gets [`Abandoned`] within a second: it may have been the one that was to set it.
/// So until the event is set after all, or somebody who knows better calls
/// [`recover`](Event::recover). A process that *ends normally* is no casualty.
///
/// | | difference |
/// |---|---|
/// | std, parking_lot, crossbeam, nix | have none, neither for threads nor for processes |
/// | Python's `multiprocessing.Event` | the same calls; waits for ever for a killed process, and a `wait` may return without the flag if it is cleared quickly |
///
/// What is done before `set` is visible to all who pass. An event is handed to another process by
/// moving a clone into its closure; one made there is another event.
///
/// ```
/// use exercises::process::{Event, Process};
///
/// let ready = Event::new().unwrap();
/// let mut waiter = Process::new("waiter", { let ready = ready.clone(); move || ready.wait() });
/// waiter.start().unwrap();
/// ready.set();
/// assert_eq!(waiter.join().unwrap(), Some(0));
/// assert!(ready.is_set());
/// ```
#[derive(Clone)]
pub struct Event {
    handle: Handle<EventBody>,
}

const SET: u64 = 1;
const ONE_MORE: u64 = 2;

#[repr(C)]
struct EventBody {
    /// Whether it is set (the lowest bit) and how often it was: one word, so whole whoever dies.
    state: AtomicU64,
    changes: Changes,
}

// SAFETY: atomics.
unsafe impl Shareable for EventBody {}

impl Body for EventBody {
    fn settle(&self) -> io::Result<()> {
        Ok(())
    }

    fn wake_all(&self) {
        self.changes.announce_to_all();
    }
}

impl EventBody {
    fn state(&self) -> u64 {
        self.state.load(Ordering::Acquire)
    }
}

impl Event {
    /// A flag that is not set, shared with every process forked from now on.
    pub fn new() -> io::Result<Event> {
        let body = EventBody {
            state: AtomicU64::new(0),
            changes: Changes::new(),
        };
        Ok(Event {
            handle: Handle::new(ObjectKind::Event, body, Roles::BOTH)?,
        })
    }

    /// Sets the flag and wakes everybody who waits for it.
    pub fn set(&self) {
        shake();
        self.handle.touch(Roles::BOTH);
        self.handle.emit(Kind::Signal);
        self.handle.emit(Kind::Release);
        let body = self.handle.body();
        let _ = body
            .state
            .try_update(Ordering::AcqRel, Ordering::Acquire, |state| {
                (state & SET == 0).then(|| state.wrapping_add(ONE_MORE) | SET)
            });
        body.changes.announce_to_all();
        shake();
    }

    /// Takes the flag back.
    pub fn clear(&self) {
        shake();
        self.handle.touch(Roles::BOTH);
        self.handle.body().state.fetch_and(!SET, Ordering::AcqRel);
    }

    /// Whether it is set right now.
    pub fn is_set(&self) -> bool {
        self.handle.body().state() & SET != 0
    }

    /// Waits until the flag is set.
    pub fn wait(&self) -> Result<(), Abandoned> {
        self.wait_until(Deadline::NEVER).map(drop)
    }

    /// Waits at most so long; true if the flag was set.
    pub fn wait_timeout(&self, limit: Duration) -> Result<bool, Abandoned> {
        self.wait_until(Deadline::after(limit))
    }

    fn wait_until(&self, deadline: Deadline) -> Result<bool, Abandoned> {
        shake();
        let seat = self.handle.touch(Roles::BOTH);
        let before = self.handle.body().state();
        if before & SET == 0 {
            self.handle.emit(Kind::WaitBegin);
            let waited = self.wait_for_change(seat, before, deadline);
            self.handle.emit(Kind::WaitEnd);
            if !waited? {
                return Ok(false);
            }
        }
        self.handle.emit(Kind::Acquire);
        shake();
        Ok(true)
    }

    fn wait_for_change(
        &self,
        seat: Option<&Seat>,
        before: u64,
        deadline: Deadline,
    ) -> Result<bool, Abandoned> {
        let body = self.handle.body();
        let _waiting = seat.map(Seat::wait);
        loop {
            let ticket = body.changes.ticket();
            let casualty = self.handle.casualty();
            // It changes only by being set: the count in it never goes back.
            if body.state() != before {
                return Ok(true);
            }
            if let Some(abandoned) = casualty {
                return Err(abandoned);
            }
            if deadline.is_over() {
                return Ok(false);
            }
            if !body.changes.sleep(ticket, deadline.slice(LOOK_AGAIN)) {
                self.handle.table().look_for_dead();
            }
        }
    }

    /// Says that the event will be set although somebody died: the others wait again. Gives the
    /// number of the dead.
    pub fn recover(&self) -> usize {
        self.handle.forgive()
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.handle.object()
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("set", &self.is_set())
            .finish_non_exhaustive()
    }
}
