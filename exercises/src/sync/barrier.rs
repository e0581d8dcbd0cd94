use crate::primitive::identity::Identity;
use crate::primitive::lock::{Mutex, MutexGuard};
use crate::primitive::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use crate::primitive::time::{Deadline, Duration};
use crate::primitive::turns::Turns;
use recorder::{Kind, Object, ObjectKind};
use std::fmt;

/// A place nobody passes before all have arrived; then all pass, and it can be used again.
///
/// | | difference |
/// |---|---|
/// | `std::sync::Barrier` | waits for ever: one thread that does not come hangs all. This one has time-outs and can be broken |
/// | parking_lot | has none |
/// | `crossbeam::sync::WaitGroup` | counts who has *finished*; not reusable, no fixed number |
/// | Python's `threading.Barrier` | the same: `parties`, `n_waiting` ([`arrived`](Barrier::arrived)), `broken`, `abort`, `reset`, an `action`, a default time-out. Its `wait` returns a number that one uses to choose one thread; here that is [`Arrival::is_leader`] |
///
/// **Order.** What each did before it arrived is seen by all after they have passed. Who passes first is
/// not promised.
///
/// **Broken.** When one runs out of time, or [`abort`](Barrier::abort) is called, or the action panics,
/// all who wait and all who come get [`BarrierBroken`], until [`reset`](Barrier::reset): an error for all
/// in place of a wait for ever. Exactly one gets [`TimedOut`](BarrierBroken::TimedOut). A round that was
/// complete stays complete, whatever is broken after it.
///
/// ```
/// use exercises::primitive::thread;
/// use exercises::primitive::time::Duration;
/// use exercises::sync::{Barrier, BarrierBroken};
///
/// let start = Barrier::new(3);
/// let leaders: usize = thread::scope(|s| {
///     let runners: Vec<_> = (0..3).map(|_| s.spawn(None, || start.wait().unwrap().is_leader())).collect();
///     runners.into_iter().map(|r| usize::from(r.join().unwrap())).sum()
/// });
/// assert_eq!(leaders, 1);
///
/// let alone = start.wait_timeout(Duration::from_millis(1));
/// assert_eq!(alone, Err(BarrierBroken::TimedOut));
/// assert!(start.is_broken());
/// start.reset();
/// assert!(!start.is_broken());
/// ```
pub struct Barrier {
    identity: Identity,
    parties: usize,
    time_out: Option<Duration>,
    action: Option<Box<dyn Fn() + Send + Sync>>,
    state: Mutex<State>,
    /// Moves on with every round and every break: what a waiter watches without the lock.
    turns: Turns,
}

#[derive(Debug)]
struct State {
    arrived: usize,
    round: u64,
    broken: bool,
}

/// How one got through a [`Barrier`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub(crate) index: usize,
    pub(crate) parties: usize,
    pub(crate) round: u64,
}

impl Arrival {
    /// The place among the arrivals of this round: 0 came first.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Which round it was: 0 for the first time the barrier opened. Those of one round passed together.
    pub fn round(&self) -> u64 {
        self.round
    }

    /// True for exactly one of each round: the last to arrive, who opened the barrier.
    pub fn is_leader(&self) -> bool {
        self.index + 1 == self.parties
    }
}

/// Somebody gave up, or broke it: not all will come. Stays so until [`Barrier::reset`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BarrierBroken {
    /// This wait ran out of time and broke the barrier for the others.
    #[error("not all arrived in time")]
    TimedOut,
    /// Another one's wait ran out of time, or the barrier was aborted or reset.
    #[error("the barrier was broken by another thread")]
    ByAnother,
}

impl Barrier {
    /// A barrier for so many; 0 counts as 1. May be a `static`.
    pub const fn new(parties: usize) -> Barrier {
        Barrier {
            identity: Identity::new(ObjectKind::Barrier),
            parties: if parties == 0 { 1 } else { parties },
            time_out: None,
            action: None,
            turns: Turns::new(),
            state: Mutex::quiet(State {
                arrived: 0,
                round: 0,
                broken: false,
            }),
        }
    }

    /// With something that the last to arrive does before anybody passes. If it panics, the barrier is
    /// broken. It runs while the barrier is locked, so it must not use this barrier.
    #[must_use]
    pub fn with_action(mut self, action: impl Fn() + Send + Sync + 'static) -> Barrier {
        self.action = Some(Box::new(action));
        self
    }

    /// With a time-out for every [`wait`](Barrier::wait).
    #[must_use]
    pub fn with_time_out(mut self, limit: Duration) -> Barrier {
        self.time_out = Some(limit);
        self
    }

    /// Arrives, and waits for the others.
    #[track_caller]
    pub fn wait(&self) -> Result<Arrival, BarrierBroken> {
        self.wait_until(self.time_out.map_or(Deadline::NEVER, Deadline::after))
    }

    /// Arrives, and waits for the others at most so long. When the time is over, the barrier is
    /// broken for all.
    #[track_caller]
    pub fn wait_timeout(&self, limit: Duration) -> Result<Arrival, BarrierBroken> {
        self.wait_until(Deadline::after(limit))
    }

    #[track_caller]
    fn wait_until(&self, deadline: Deadline) -> Result<Arrival, BarrierBroken> {
        self.identity.shake();
        let mut state = self.state.lock();
        if state.broken {
            return Err(BarrierBroken::ByAnother);
        }
        // An arrival gives what was done before to all who pass: release here, acquire there.
        self.identity.emit(Kind::Release);
        let arrival = Arrival {
            index: state.arrived,
            parties: self.parties,
            round: state.round,
        };
        state.arrived += 1;
        if arrival.is_leader() {
            if let Some(action) = &self.action
                && let Err(panic) = catch_unwind(AssertUnwindSafe(action))
            {
                self.break_up(state);
                resume_unwind(panic);
            }
            state.arrived = 0;
            state.round += 1;
            self.turns.advance();
            self.identity.emit(Kind::Acquire);
            drop(state);
            self.turns.wake(i32::MAX);
        } else {
            self.wait_for_the_others(state, deadline)?;
        }
        self.identity.shake();
        Ok(arrival)
    }

    #[track_caller]
    fn wait_for_the_others(
        &self,
        state: MutexGuard<'_, State>,
        deadline: Deadline,
    ) -> Result<(), BarrierBroken> {
        let (round, turn) = (state.round, self.turns.now());
        self.identity.emit(Kind::WaitBegin);
        drop(state);
        let in_time = self.turns.wait_past(turn, deadline);
        let state = self.state.lock();
        self.identity.emit(Kind::WaitEnd);
        // A round that was completed stays so, whatever was broken after it.
        if state.round != round {
            self.identity.emit(Kind::Acquire);
            Ok(())
        } else if in_time || self.turns.now() != turn {
            Err(BarrierBroken::ByAnother)
        } else {
            self.break_up(state);
            Err(BarrierBroken::TimedOut)
        }
    }

    #[track_caller]
    fn break_up(&self, mut state: MutexGuard<'_, State>) {
        state.broken = true;
        state.arrived = 0;
        self.turns.advance();
        drop(state);
        self.turns.wake(i32::MAX);
    }

    /// Breaks the barrier: all who wait, and all who come, get an error, until
    /// [`reset`](Barrier::reset).
    #[track_caller]
    pub fn abort(&self) {
        self.identity.shake();
        self.break_up(self.state.lock());
    }

    /// Makes the barrier as new. Those who wait get an error.
    #[track_caller]
    pub fn reset(&self) {
        self.identity.shake();
        let mut state = self.state.lock();
        state.broken = false;
        state.arrived = 0;
        self.turns.advance();
        drop(state);
        self.turns.wake(i32::MAX);
    }

    /// Whether it is broken.
    #[track_caller]
    pub fn is_broken(&self) -> bool {
        self.state.lock().broken
    }

    /// How many must come.
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// How many wait right now.
    #[track_caller]
    pub fn arrived(&self) -> usize {
        self.state.lock().arrived
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.identity.object()
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier")
            .field("parties", &self.parties)
            .field("state", &*self.state.lock())
            .finish_non_exhaustive()
    }
}
