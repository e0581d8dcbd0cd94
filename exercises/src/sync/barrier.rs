use crate::primitive::identity::Identity;
use crate::primitive::lock::{Condvar, Mutex};
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};

/// A place nobody passes before all have arrived; then all pass, and it can be used again.
///
/// | | difference |
/// |---|---|
/// | `std::sync::Barrier` | waits for ever: one thread that does not come hangs all. This one has time-outs and can be broken |
/// | parking_lot | has none |
/// | `crossbeam::sync::WaitGroup` | counts who has *finished*; not reusable, no fixed number |
/// | Python's `threading.Barrier` | the same: broken, `abort`, `reset` |
///
/// ```
/// use exercises::primitive::thread;
/// use exercises::sync::Barrier;
///
/// let start = Barrier::new(3);
/// let leaders: usize = thread::scope(|s| {
///     let runners: Vec<_> = (0..3).map(|_| s.spawn(None, || start.wait().unwrap().is_leader())).collect();
///     runners.into_iter().map(|r| usize::from(r.join().unwrap())).sum()
/// });
/// assert_eq!(leaders, 1);
/// ```
#[derive(Debug)]
pub struct Barrier {
    identity: Identity,
    parties: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    arrived: usize,
    round: u64,
    /// Counts how often the barrier was broken up: a waiter whose number is another one was left
    /// behind.
    breaks: u64,
    broken: bool,
}

/// How one got through a [`Barrier`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub(crate) index: usize,
    pub(crate) parties: usize,
}

impl Arrival {
    /// The place among the arrivals of this round: 0 came first.
    pub fn index(&self) -> usize {
        self.index
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
            state: Mutex::quiet(State {
                arrived: 0,
                round: 0,
                breaks: 0,
                broken: false,
            }),
            changed: Condvar::quiet(),
        }
    }

    /// Arrives, and waits for the others.
    pub fn wait(&self) -> Result<Arrival, BarrierBroken> {
        self.wait_until(Deadline::NEVER)
    }

    /// Arrives, and waits for the others at most so long. When the time is over, the barrier is
    /// broken for all.
    pub fn wait_timeout(&self, limit: Duration) -> Result<Arrival, BarrierBroken> {
        self.wait_until(Deadline::after(limit))
    }

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
        };
        state.arrived += 1;
        if arrival.is_leader() {
            state.arrived = 0;
            state.round += 1;
            self.changed.notify_all();
        } else {
            let (round, breaks) = (state.round, state.breaks);
            self.identity.emit(Kind::WaitBegin);
            while state.round == round && state.breaks == breaks {
                let timed_out = self.changed.wait_until(&mut state, deadline);
                if timed_out && state.round == round && state.breaks == breaks {
                    self.break_up(&mut state);
                    self.identity.emit(Kind::WaitEnd);
                    return Err(BarrierBroken::TimedOut);
                }
            }
            self.identity.emit(Kind::WaitEnd);
            // A round that was completed stays so, whatever was broken after it.
            if state.round == round {
                return Err(BarrierBroken::ByAnother);
            }
        }
        self.identity.emit(Kind::Acquire);
        drop(state);
        self.identity.shake();
        Ok(arrival)
    }

    fn break_up(&self, state: &mut State) {
        state.broken = true;
        state.breaks += 1;
        state.arrived = 0;
        self.changed.notify_all();
    }

    /// Breaks the barrier: all who wait, and all who come, get an error, until
    /// [`reset`](Barrier::reset).
    pub fn abort(&self) {
        self.identity.shake();
        self.break_up(&mut self.state.lock());
    }

    /// Makes the barrier as new. Those who wait get an error.
    pub fn reset(&self) {
        self.identity.shake();
        let mut state = self.state.lock();
        self.break_up(&mut state);
        state.broken = false;
    }

    /// Whether it is broken.
    pub fn is_broken(&self) -> bool {
        self.state.lock().broken
    }

    /// How many must come.
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// How many wait right now.
    pub fn arrived(&self) -> usize {
        self.state.lock().arrived
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.identity.object()
    }
}
