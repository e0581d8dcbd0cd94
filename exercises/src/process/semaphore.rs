use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::participants::{Body, Handle, LOOK_AGAIN, Roles, Seat};
use crate::primitive::robust::Abandoned;
use crate::primitive::settings::shake;
use crate::primitive::shared::{Changes, Shareable};
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};
use std::fmt;
use std::io;

/// A number of permits, shared by processes.
///
/// As [`sync::Semaphore`](crate::sync::Semaphore), between processes. A process that is killed
/// between `acquire` and `release` takes its permit to the grave: then everybody who would have to
/// wait gets [`Abandoned`], until somebody [`recover`](Semaphore::recover)s the permit. A process
/// that *ends normally* with a permit is taken to have meant it (a permit may stand for "something
/// was produced").
///
/// | | difference |
/// |---|---|
/// | std, parking_lot, crossbeam, nix | have none for processes; POSIX has `sem_t`, which nobody watches |
/// | Python's `multiprocessing.Semaphore` | waits for ever for the permit of a killed process |
///
/// ```
/// use exercises::process::{Process, Semaphore};
///
/// let produced = Semaphore::new(0).unwrap();
/// let mut producer = Process::new("producer", { let produced = produced.clone(); move || produced.release() });
/// producer.start().unwrap();
/// produced.acquire().unwrap();
/// producer.join().unwrap();
/// assert_eq!(produced.permits(), 0);
/// ```
#[derive(Clone)]
pub struct Semaphore {
    handle: Handle<SemaphoreBody>,
}

#[repr(C)]
struct SemaphoreBody {
    permits: AtomicU64,
    changes: Changes,
}

// SAFETY: atomics.
unsafe impl Shareable for SemaphoreBody {}

impl Body for SemaphoreBody {
    fn settle(&self) -> io::Result<()> {
        Ok(())
    }

    fn wake_all(&self) {
        self.changes.announce_to_all();
    }
}

impl SemaphoreBody {
    /// The permit is entered in the seat first: if we are killed in between, it counts as held by
    /// us, and nobody waits for it in vain.
    fn take(&self, seat: Option<&Seat>) -> bool {
        if self.permits.load(Ordering::Relaxed) == 0 {
            return false;
        }
        change(seat, 1);
        let taken = self
            .permits
            .try_update(Ordering::AcqRel, Ordering::Relaxed, |permits| {
                permits.checked_sub(1)
            });
        if taken.is_err() {
            change(seat, -1);
        }
        taken.is_ok()
    }
}

fn change(seat: Option<&Seat>, by: i64) {
    if let Some(seat) = seat {
        seat.balance.fetch_add(by, Ordering::AcqRel);
    }
}

impl Semaphore {
    /// A semaphore with so many permits, shared with every process forked from now on.
    pub fn new(permits: usize) -> io::Result<Semaphore> {
        let body = SemaphoreBody {
            permits: AtomicU64::new(permits as u64),
            changes: Changes::new(),
        };
        Ok(Semaphore {
            handle: Handle::new(ObjectKind::Semaphore, body, Roles::BOTH)?,
        })
    }

    /// Takes a permit, waiting for one if need be.
    pub fn acquire(&self) -> Result<(), Abandoned> {
        self.take(Deadline::NEVER, || ()).map(drop)
    }

    /// Takes a permit; if there is none at the first look, `before_waiting` is called before the
    /// wait.
    pub fn acquire_noting(&self, before_waiting: impl FnOnce()) -> Result<(), Abandoned> {
        self.take(Deadline::NEVER, before_waiting).map(drop)
    }

    /// Takes a permit if there is one.
    pub fn try_acquire(&self) -> bool {
        shake();
        let taken = self.handle.body().take(self.handle.touch(Roles::BOTH));
        if taken {
            self.handle.emit(Kind::Acquire);
        }
        taken
    }

    /// Takes a permit if there is one within this time; false if not.
    pub fn acquire_timeout(&self, limit: Duration) -> Result<bool, Abandoned> {
        self.take(Deadline::after(limit), || ())
    }

    fn take(&self, deadline: Deadline, before_waiting: impl FnOnce()) -> Result<bool, Abandoned> {
        shake();
        let (body, seat) = (self.handle.body(), self.handle.touch(Roles::BOTH));
        if !body.take(seat) {
            before_waiting();
            self.handle.emit(Kind::WaitBegin);
            let waited = self.wait(seat, deadline);
            self.handle.emit(Kind::WaitEnd);
            if !waited? {
                return Ok(false);
            }
        }
        self.handle.emit(Kind::Acquire);
        Ok(true)
    }

    fn wait(&self, seat: Option<&Seat>, deadline: Deadline) -> Result<bool, Abandoned> {
        let body = self.handle.body();
        let _waiting = seat.map(Seat::wait);
        loop {
            let ticket = body.changes.ticket();
            if body.take(seat) {
                return Ok(true);
            }
            if let Some(pid) = self.dead_holder() {
                return Err(Abandoned { pid });
            }
            if deadline.is_over() {
                return Ok(false);
            }
            if !body.changes.sleep(ticket, deadline.slice(LOOK_AGAIN)) {
                self.handle.table().look_for_dead();
            }
        }
    }

    /// A dead process without which no permit will come: it had one, or all who live are waiting.
    fn dead_holder(&self) -> Option<i32> {
        let table = self.handle.table();
        let mut dead = table.others().filter(|seat| seat.is_dead()).peekable();
        dead.peek()?;
        let all_wait = table.surely(|table| {
            let mut here = table
                .all()
                .filter(|seat| seat.is_here() && seat.has_role(Roles::BOTH));
            here.all(Seat::is_waiting)
        });
        dead.find(|seat| all_wait || seat.balance.load(Ordering::Acquire) > 0)
            .map(Seat::pid)
    }

    /// Puts the permits of dead processes back, and says how many there were.
    pub fn recover(&self) -> usize {
        let table = self.handle.table();
        table.look_for_dead();
        let mut recovered = 0;
        for seat in table.others().filter(|seat| seat.is_dead()) {
            recovered += usize::try_from(seat.balance.swap(0, Ordering::AcqRel)).unwrap_or(0);
        }
        if recovered > 0 {
            self.handle
                .body()
                .permits
                .fetch_add(recovered as u64, Ordering::AcqRel);
            self.handle.body().changes.announce_to_all();
        }
        recovered
    }

    /// Puts a permit back, or a new one in.
    pub fn release(&self) {
        shake();
        let (body, seat) = (self.handle.body(), self.handle.touch(Roles::BOTH));
        self.handle.emit(Kind::Release);
        body.permits.fetch_add(1, Ordering::AcqRel);
        if let Some(seat) = seat {
            // Someone who never acquired has nothing to be relieved of.
            let _ = seat
                .balance
                .try_update(Ordering::AcqRel, Ordering::Acquire, |held| {
                    (held > 0).then(|| held - 1)
                });
        }
        body.changes.announce(1);
        shake();
    }

    /// How many permits there are right now.
    pub fn permits(&self) -> usize {
        self.handle.body().permits.load(Ordering::Acquire) as usize
    }

    /// Takes a permit that comes back when it goes out of scope, also in a panic.
    pub fn permit(&self) -> Result<Permit<'_>, Abandoned> {
        self.acquire()?;
        Ok(Permit { semaphore: self })
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.handle.object()
    }
}

impl fmt::Debug for Semaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Semaphore")
            .field("permits", &self.permits())
            .finish_non_exhaustive()
    }
}

/// A permit of a [`Semaphore`], put back when dropped.
#[must_use = "the permit is put back at once if it is not kept"]
#[derive(Debug)]
pub struct Permit<'a> {
    semaphore: &'a Semaphore,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.release();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_on_its_way_from_one_process_to_another_is_somebody_who_may_release() {
        const DEAD: i32 = 1_000_000_000;
        let semaphore = Semaphore::new(0).expect("a semaphore");
        let table = semaphore.handle.table();
        // This process waits, and another one has died without a permit.
        let own = semaphore.handle.touch(Roles::BOTH).expect("a seat");
        let _waiting = own.wait();
        let gone = table.enter(DEAD).expect("a seat");
        table.seat(gone).note_use(Roles::BOTH);
        table.look_for_dead();
        assert_eq!(semaphore.dead_holder(), Some(DEAD));
        table.while_handed_back_and_forth(|| {
            (0..20_000).for_each(|_| assert_eq!(semaphore.dead_holder(), None));
        });
    }
}
