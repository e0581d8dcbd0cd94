//! A place no process passes before all have arrived.

use std::collections::BTreeMap;
use std::fmt;
use std::io;

use explorer::model::fork::{kept, share_memory};

#[path = "../../../../../exercises/src/process/barrier/error.rs"]
mod error;

use crate::primitive::lock::Mutex;
use crate::primitive::participants::Member;
use crate::primitive::process::getpid;
use crate::primitive::seats::{self, Handle, Roles, Seats};
use crate::primitive::time::{Deadline, Duration};
use crate::primitive::waiters::Waiters;
use crate::sync::Arrival;
use crate::{Object, ObjectKind};
pub use error::BarrierError;

#[derive(Default)]
struct State {
    round: u64,
    arrived: usize,
    /// How many threads of a process wait in this round.
    waiting: BTreeMap<i32, u32>,
    broken: bool,
    /// Counts the breaks, for those who were waiting then.
    breaks: u64,
}

impl State {
    /// A new round for those who come.
    fn begin(&mut self) {
        self.arrived = 0;
        self.waiting.clear();
    }
}

struct Body {
    state: Mutex<State>,
    changed: Waiters,
    seats: Seats,
}

impl Body {
    #[track_caller]
    fn break_up(&self, state: &mut State) {
        state.begin();
        state.broken = true;
        state.breaks += 1;
        self.changed.tell_all();
    }

    /// Whether everybody who could come waits, and somebody has left for good.
    fn too_few_are_left(&self, state: &State) -> bool {
        // A process with several handles may have several threads that come.
        let waits = |pid, handles| handles <= 1 && state.waiting.contains_key(&pid);
        self.seats.somebody_left() && self.seats.all_here(Roles::BOTH, waits)
    }
}

impl seats::Body for Body {
    fn seats(&self) -> &Seats {
        &self.seats
    }

    #[track_caller]
    fn change(&self, act: impl FnOnce(&Seats)) {
        let _shared = share_memory();
        let _state = self.state.lock();
        act(&self.seats);
        self.changed.tell_all();
    }
}

impl Member for Body {
    #[track_caller]
    fn enter_child(&self, pid: i32) {
        seats::Body::enter_child(self, pid);
    }

    #[track_caller]
    fn leave(&self, pid: i32) {
        seats::Body::end(self, pid, self.seats.took_part(pid));
    }
}

#[derive(Clone)]
pub struct Barrier {
    handle: Handle<Body>,
    parties: usize,
}

impl Barrier {
    pub fn new(parties: usize) -> io::Result<Barrier> {
        let parties = parties.max(1);
        u32::try_from(parties).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
        let body = kept(|| Body {
            state: Mutex::new(State::default()),
            changed: Waiters::new(),
            seats: Seats::default(),
        });
        Ok(Barrier {
            handle: Handle::new(body, Roles::BOTH),
            parties,
        })
    }

    #[track_caller]
    pub fn wait(&self) -> Result<Arrival, BarrierError> {
        self.wait_until(Deadline::NEVER)
    }

    #[track_caller]
    pub fn wait_timeout(&self, limit: Duration) -> Result<Arrival, BarrierError> {
        self.wait_until(Deadline::after(limit))
    }

    #[track_caller]
    fn wait_until(&self, deadline: Deadline) -> Result<Arrival, BarrierError> {
        let _shared = share_memory();
        let body = self.handle.body();
        let mut state = body.state.lock();
        body.seats.touch(Roles::BOTH);
        if state.broken {
            return Err(BarrierError::ByAnother);
        }
        let (round, breaks) = (state.round, state.breaks);
        let arrival = Arrival {
            index: state.arrived,
            parties: self.parties,
            round,
        };
        if arrival.is_leader() {
            state.round += 1;
            state.begin();
            body.changed.tell_all();
            return Ok(arrival);
        }
        state.arrived += 1;
        *state.waiting.entry(getpid()).or_default() += 1;
        let mut is_over = false;
        loop {
            if state.round != round {
                return Ok(arrival);
            }
            if state.breaks != breaks {
                return Err(BarrierError::ByAnother);
            }
            let reason = if body.too_few_are_left(&state) {
                Some(BarrierError::TooFew)
            } else {
                is_over.then_some(BarrierError::TimedOut)
            };
            if let Some(reason) = reason {
                body.break_up(&mut state);
                return Err(reason);
            }
            is_over = body.changed.wait_until(&mut state, deadline);
        }
    }

    #[track_caller]
    pub fn abort(&self) {
        let _shared = share_memory();
        let body = self.handle.body();
        body.break_up(&mut body.state.lock());
    }

    #[track_caller]
    pub fn reset(&self) {
        let _shared = share_memory();
        let body = self.handle.body();
        let mut state = body.state.lock();
        body.break_up(&mut state);
        state.broken = false;
    }

    #[track_caller]
    fn looked<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        let _shared = share_memory();
        look(&self.handle.body().state.lock())
    }

    #[track_caller]
    pub fn is_broken(&self) -> bool {
        self.looked(|state| state.broken)
    }

    pub fn parties(&self) -> usize {
        self.parties
    }

    #[track_caller]
    pub fn arrived(&self) -> usize {
        self.looked(|state| state.arrived)
    }

    pub fn object(&self) -> Object {
        Object::new(ObjectKind::Barrier, 1)
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
