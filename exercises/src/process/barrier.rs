mod error;

use crate::primitive::atomic::{AtomicI32, AtomicU64, Ordering};
use crate::primitive::participants::{Body, Handle, LOOK_AGAIN, Roles, Seat, Table};
use crate::primitive::robust::{Abandoned, RobustMutex};
use crate::primitive::settings::shake;
use crate::primitive::shared::{Changes, Shareable};
use crate::primitive::time::{Deadline, Duration};
use crate::sync::Arrival;
pub use error::BarrierError;
use recorder::{Kind, Object, ObjectKind};
use std::fmt;
use std::io;

const WHOLE: i32 = 0;
const BROKEN: i32 = -1;

/// A place no process passes before all have arrived.
///
/// As [`sync::Barrier`](crate::sync::Barrier), between processes.
///
/// | | difference |
/// |---|---|
/// | std, parking_lot, crossbeam, nix | have none for processes; POSIX has `pthread_barrier_t`, which nobody watches |
/// | Python's `multiprocessing.Barrier` | the same calls; waits for ever for a killed process |
///
/// ```
/// use exercises::process::{Barrier, Process};
///
/// let barrier = Barrier::new(2).unwrap();
/// let mut other = Process::new("other", { let barrier = barrier.clone(); move || barrier.wait().map(drop) });
/// other.start().unwrap();
/// barrier.wait().unwrap();
/// assert_eq!(other.join().unwrap(), Some(0));
/// ```
#[derive(Clone)]
pub struct Barrier {
    handle: Handle<BarrierBody>,
    parties: u32,
}

#[repr(C)]
struct BarrierBody {
    door: RobustMutex,
    /// Round (32 bits) and arrivals in it (32 bits): changed in one step, so whole whoever dies.
    state: AtomicU64,
    /// `WHOLE`, `BROKEN`, or the pid of the dead.
    broken: AtomicI32,
    /// Counts the breaks, for those who were waiting then.
    breaks: AtomicI32,
    changes: Changes,
}

// SAFETY: atomics and a process-shared mutex.
unsafe impl Shareable for BarrierBody {}

impl Body for BarrierBody {
    fn settle(&self) -> io::Result<()> {
        // SAFETY: called at the final address, before anybody knows it.
        unsafe { self.door.settle() }
    }

    fn wake_all(&self) {
        self.changes.announce_to_all();
    }
}

impl BarrierBody {
    fn state(&self) -> (u32, u32) {
        let word = self.state.load(Ordering::Acquire);
        ((word >> 32) as u32, word as u32)
    }

    fn set_state(&self, round: u32, arrived: u32) {
        self.state.store(
            u64::from(round) << 32 | u64::from(arrived),
            Ordering::Release,
        );
    }

    /// Breaks the barrier for all who wait; the first reason stays.
    fn break_up(&self, reason: i32) {
        let (round, _) = self.state();
        self.set_state(round, 0);
        let _ = self
            .broken
            .compare_exchange(WHOLE, reason, Ordering::AcqRel, Ordering::Acquire);
        self.breaks.fetch_add(1, Ordering::AcqRel);
        self.changes.announce_to_all();
    }

    fn error(&self) -> BarrierError {
        match self.broken.load(Ordering::Acquire) {
            WHOLE | BROKEN => BarrierError::ByAnother,
            pid => BarrierError::Abandoned(Abandoned { pid }),
        }
    }
}

impl Barrier {
    /// A barrier for so many (0 counts as 1), shared with every process forked from now on.
    pub fn new(parties: usize) -> io::Result<Barrier> {
        let parties = u32::try_from(parties.max(1))
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
        let body = BarrierBody {
            door: RobustMutex::unsettled(),
            state: AtomicU64::new(0),
            broken: AtomicI32::new(WHOLE),
            breaks: AtomicI32::new(0),
            changes: Changes::new(),
        };
        Ok(Barrier {
            handle: Handle::new(ObjectKind::Barrier, body, Roles::BOTH)?,
            parties,
        })
    }

    /// Arrives, and waits for the others.
    pub fn wait(&self) -> Result<Arrival, BarrierError> {
        self.wait_until(Deadline::NEVER)
    }

    /// Arrives, and waits for the others at most so long. When the time is over, the barrier is
    /// broken for all.
    pub fn wait_timeout(&self, limit: Duration) -> Result<Arrival, BarrierError> {
        self.wait_until(Deadline::after(limit))
    }

    fn wait_until(&self, deadline: Deadline) -> Result<Arrival, BarrierError> {
        shake();
        let (body, seat) = (self.handle.body(), self.handle.touch(Roles::BOTH));
        let (round, breaks, arrival) = {
            let _door = body.door.enter();
            if body.broken.load(Ordering::Acquire) != WHOLE {
                return Err(body.error());
            }
            // An arrival gives what was done before to all who pass: release here, acquire there.
            self.handle.emit(Kind::Release);
            let (round, arrived) = body.state();
            let arrival = Arrival {
                index: arrived as usize,
                parties: self.parties as usize,
                round: u64::from(round),
            };
            if arrival.is_leader() {
                body.set_state(round.wrapping_add(1), 0);
            } else {
                body.set_state(round, arrived + 1);
            }
            (round, body.breaks.load(Ordering::Acquire), arrival)
        };
        if arrival.is_leader() {
            body.changes.announce_to_all();
        } else {
            self.handle.emit(Kind::WaitBegin);
            let passed = self.wait_for_round(seat, round, breaks, deadline);
            self.handle.emit(Kind::WaitEnd);
            passed?;
        }
        self.handle.emit(Kind::Acquire);
        shake();
        Ok(arrival)
    }

    fn wait_for_round(
        &self,
        seat: Option<&Seat>,
        round: u32,
        breaks: i32,
        deadline: Deadline,
    ) -> Result<(), BarrierError> {
        let body = self.handle.body();
        if let Some(seat) = seat {
            // Which round it waits for: a process that was let through but has not yet woken does
            // not wait for the next.
            seat.balance.store(i64::from(round) + 1, Ordering::Release);
        }
        let _waiting = seat.map(Seat::wait);
        loop {
            let ticket = body.changes.ticket();
            if body.state().0 != round {
                // A round that was completed stays so, whatever was broken after it.
                return Ok(());
            }
            let reason = self.reason_to_give_up(round, deadline);
            if body.state().0 != round {
                return Ok(());
            }
            if body.breaks.load(Ordering::Acquire) != breaks {
                return Err(body.error());
            }
            if let Some(reason) = reason {
                let _door = body.door.enter();
                if body.state().0 != round || body.breaks.load(Ordering::Acquire) != breaks {
                    continue;
                }
                body.break_up(match reason {
                    BarrierError::Abandoned(Abandoned { pid }) => pid,
                    _ => BROKEN,
                });
                return Err(reason);
            }
            if !body.changes.sleep(ticket, deadline.slice(LOOK_AGAIN)) {
                self.handle.table().look_for_dead();
            }
        }
    }

    fn reason_to_give_up(&self, round: u32, deadline: Deadline) -> Option<BarrierError> {
        let table = self.handle.table();
        if let Some(dead) = table
            .others()
            .find(|seat| seat.is_news() && seat.has_role(Roles::BOTH))
        {
            return Some(BarrierError::Abandoned(Abandoned { pid: dead.pid() }));
        }
        let somebody_left = table.others().any(|seat| !seat.is_here());
        // A process with several handles may have several threads that come.
        let waits = |seat: &Seat| {
            seat.is_waiting()
                && seat.balance.load(Ordering::Acquire) == i64::from(round) + 1
                && seat.handles(Roles::BOTH) <= 1
        };
        let all_wait = |table: &Table| {
            let mut here = table
                .all()
                .filter(|seat| seat.is_here() && seat.has_role(Roles::BOTH));
            here.all(waits)
        };
        if somebody_left && table.surely(all_wait) {
            return Some(BarrierError::TooFew);
        }
        deadline.is_over().then_some(BarrierError::TimedOut)
    }

    /// Breaks the barrier: all who wait, and all who come, get an error, until
    /// [`reset`](Barrier::reset).
    pub fn abort(&self) {
        shake();
        let body = self.handle.body();
        let _door = body.door.enter();
        body.break_up(BROKEN);
    }

    /// Makes the barrier as new, for those who still live. Those who wait get an error.
    pub fn reset(&self) {
        shake();
        let body = self.handle.body();
        self.handle.table().look_for_dead();
        let _door = body.door.enter();
        body.break_up(BROKEN);
        self.handle
            .table()
            .others()
            .for_each(|seat| _ = seat.tell());
        body.broken.store(WHOLE, Ordering::Release);
    }

    /// Whether it is broken.
    pub fn is_broken(&self) -> bool {
        self.handle.body().broken.load(Ordering::Acquire) != WHOLE
    }

    /// How many must come.
    pub fn parties(&self) -> usize {
        self.parties as usize
    }

    /// How many wait right now.
    pub fn arrived(&self) -> usize {
        self.handle.body().state().1 as usize
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.handle.object()
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier")
            .field("parties", &self.parties)
            .field("arrived", &self.arrived())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_on_its_way_from_one_process_to_another_is_somebody_who_may_come() {
        let barrier = Barrier::new(2).expect("a barrier");
        let table = barrier.handle.table();
        // This process waits, and another one has ended.
        let own = barrier.handle.touch(Roles::BOTH).expect("a seat");
        own.balance.store(1, Ordering::Release);
        let _waiting = own.wait();
        let gone = table.enter(1_000_000_000).expect("a seat");
        table.seat(gone).note_use(Roles::BOTH);
        table.leave(1_000_000_000);
        let verdict = || barrier.reason_to_give_up(0, Deadline::NEVER);
        assert_eq!(verdict(), Some(BarrierError::TooFew));
        table.while_handed_back_and_forth(|| {
            (0..20_000).for_each(|_| assert_eq!(verdict(), None));
        });
    }
}
