//! What queues and pipes are made of: messages as bytes, and who could put or take any.

use std::collections::VecDeque;
use std::io;

use explorer::model::fork::{kept, share_memory};

#[path = "../../../../../exercises/src/process/channel/failure.rs"]
mod failure;

use crate::primitive::lock::Mutex;
use crate::primitive::participants::Member;
use crate::primitive::process::getpid;
use crate::primitive::seats::{self, Handle, Roles, Seats};
use crate::primitive::time::Deadline;
use crate::primitive::waiters::Waiters;
use crate::{Object, ObjectKind};
pub(super) use failure::{Capacity, PutFailure, TakeFailure};

/// In the library each message begins with its length.
const LENGTH_BYTES: usize = 4;

#[derive(Default)]
struct State {
    messages: VecDeque<Vec<u8>>,
    closed: bool,
}

impl State {
    fn has_room(&self, capacity: Option<Capacity>, message: &[u8]) -> bool {
        match capacity {
            None => true,
            Some(Capacity::Messages(most)) => (self.messages.len() as u64) < most,
            Some(Capacity::Bytes(most)) => {
                let there = self.messages.iter().map(|one| one.len() + LENGTH_BYTES);
                let bytes = there.sum::<usize>() + message.len() + LENGTH_BYTES;
                self.messages.is_empty() || bytes as u64 <= most
            }
        }
    }
}

struct Body {
    state: Mutex<State>,
    filled: Waiters,
    drained: Waiters,
    seats: Seats,
}

impl Body {
    /// What all who wait should know.
    #[track_caller]
    fn announce(&self, act: impl FnOnce(&mut State)) {
        let _shared = share_memory();
        let mut state = self.state.lock();
        act(&mut state);
        self.filled.tell_all();
        self.drained.tell_all();
    }
}

impl seats::Body for Body {
    fn seats(&self) -> &Seats {
        &self.seats
    }

    #[track_caller]
    fn change(&self, act: impl FnOnce(&Seats)) {
        self.announce(|_| act(&self.seats));
    }
}

impl Member for Body {
    #[track_caller]
    fn enter_child(&self, pid: i32) {
        seats::Body::enter_child(self, pid);
    }

    #[track_caller]
    fn leave(&self, pid: i32) {
        seats::Body::end(self, pid, self.seats.takes_part(pid, Roles::BOTH));
    }
}

/// A handle on a channel, for one or both directions.
#[derive(Clone)]
pub(super) struct Channel {
    handle: Handle<Body>,
    capacity: Option<Capacity>,
    roles: Roles,
}

impl Channel {
    pub fn new(_kind: ObjectKind, capacity: Option<Capacity>, roles: Roles) -> io::Result<Channel> {
        let body = kept(|| Body {
            state: Mutex::new(State::default()),
            filled: Waiters::new(),
            drained: Waiters::new(),
            seats: Seats::default(),
        });
        Ok(Channel {
            handle: Handle::new(body, roles),
            capacity,
            roles,
        })
    }

    /// A handle on the same channel for another direction.
    #[track_caller]
    pub fn for_roles(&self, roles: Roles) -> Channel {
        Channel {
            handle: self.handle.for_roles(roles),
            capacity: self.capacity,
            roles,
        }
    }

    #[track_caller]
    pub fn close(&self) {
        self.handle.body().announce(|state| state.closed = true);
    }

    #[track_caller]
    fn looked<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        let _shared = share_memory();
        look(&self.handle.body().state.lock())
    }

    #[track_caller]
    pub fn is_closed(&self) -> bool {
        self.looked(|state| state.closed)
    }

    #[track_caller]
    pub fn len(&self) -> usize {
        self.looked(|state| state.messages.len())
    }

    /// Does something while nobody puts or takes; it is told how many messages there are.
    #[track_caller]
    pub fn while_still<R>(&self, act: impl FnOnce(u64) -> R) -> R {
        self.looked(|state| act(state.messages.len() as u64))
    }

    pub fn capacity(&self) -> Option<usize> {
        match self.capacity? {
            Capacity::Messages(most) => usize::try_from(most).ok(),
            Capacity::Bytes(_) => None,
        }
    }

    pub fn object(&self) -> Object {
        Object::new(ObjectKind::None, 1)
    }

    /// Whether nobody is left on the other side, and nobody will be.
    fn is_alone(&self, other_side: Roles) -> bool {
        let (seats, own) = (&self.handle.body().seats, getpid());
        let alone = || seats.all_here(other_side, |pid, _| pid == own);
        if self.roles == Roles::BOTH {
            seats.handles(own, other_side) <= 1 && seats.there_were_others() && alone()
        } else {
            seats.handles(own, other_side) <= 0 && alone()
        }
    }

    #[track_caller]
    pub fn put(&self, message: &[u8], deadline: Deadline) -> Result<(), PutFailure> {
        self.put_noting(message, deadline, &|| ())
    }

    /// Puts a message at the end; `note` is called under the lock, when the message is there.
    #[track_caller]
    pub fn put_noting(
        &self,
        message: &[u8],
        deadline: Deadline,
        note: &dyn Fn(),
    ) -> Result<(), PutFailure> {
        let _shared = share_memory();
        let body = self.handle.body();
        let mut state = body.state.lock();
        body.seats.touch(Roles::PRODUCER);
        let is_alone = || self.is_alone(Roles::CONSUMER);
        if self.roles == Roles::PRODUCER && is_alone() {
            return Err(PutFailure::NobodyTakes);
        }
        let is_full = |state: &State| !state.has_room(self.capacity, message);
        if !deadline.is_over() {
            let waits = |state: &State| !state.closed && is_full(state) && !is_alone();
            while waits(&state) && !body.drained.wait_until(&mut state, deadline) {}
        }
        if state.closed {
            return Err(PutFailure::Closed);
        }
        if is_full(&state) {
            let nobody_takes = !deadline.is_over() && is_alone();
            return Err(if nobody_takes {
                PutFailure::NobodyTakes
            } else {
                PutFailure::Full
            });
        }
        state.messages.push_back(message.to_vec());
        note();
        body.filled.tell_one();
        Ok(())
    }

    #[track_caller]
    pub fn take(&self, deadline: Deadline) -> Result<Vec<u8>, TakeFailure> {
        self.take_noting(deadline, &|| ())
    }

    /// Takes the first message; `note` is called under the lock, when the message is taken.
    #[track_caller]
    pub fn take_noting(&self, deadline: Deadline, note: &dyn Fn()) -> Result<Vec<u8>, TakeFailure> {
        let _shared = share_memory();
        let body = self.handle.body();
        let mut state = body.state.lock();
        body.seats.touch(Roles::CONSUMER);
        let ended = |state: &State| state.closed || self.is_alone(Roles::PRODUCER);
        if !deadline.is_over() {
            let waits = |state: &State| state.messages.is_empty() && !ended(state);
            while waits(&state) && !body.filled.wait_until(&mut state, deadline) {}
        }
        let Some(message) = state.messages.pop_front() else {
            return Err(if ended(&state) {
                TakeFailure::Ended
            } else {
                TakeFailure::TimedOut
            });
        };
        note();
        body.drained.tell_one();
        Ok(message)
    }
}
