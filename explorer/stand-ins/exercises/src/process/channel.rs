//! What queues and pipes are made of: messages as bytes, and who has a handle for which direction.
//!
//! A handle belongs to the process it was moved into: the parent drops its copy of a closure when it has started the
//! child, and thereby hands over what is in it. All of this changes under the channel's lock, so everything that can be
//! seen of it is an operation.

use std::collections::{BTreeMap, VecDeque};
use std::io;

use explorer::model::fork::{kept, share_memory};

use super::Abandoned;
use crate::primitive::lock::{Condvar, Mutex, MutexGuard};
use crate::primitive::participants::{self, Member, PUTS, Roles, TAKES, heir};
use crate::primitive::process::getpid;
use crate::primitive::time::Deadline;
use crate::{Object, ObjectKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Capacity {
    Messages(u64),
}

#[derive(Debug)]
pub(super) enum PutFailure {
    Closed,
    Full,
    NobodyTakes,
    Abandoned(Abandoned),
    TooLong,
    System(io::Error),
}

#[derive(Debug)]
pub(super) enum TakeFailure {
    Ended,
    TimedOut,
    Abandoned(Abandoned),
    System(io::Error),
}

/// What a process has of a channel, by direction: to put, to take.
#[derive(Clone, Copy, Default)]
struct Seat {
    handles: [i32; 2],
    used: [bool; 2],
    has_ended: bool,
}

impl Seat {
    fn takes_part(&self, role: usize) -> bool {
        self.used[role] || self.handles[role] > 0
    }
}

struct State {
    messages: VecDeque<Box<[u8]>>,
    closed: bool,
    seats: BTreeMap<i32, Seat>,
}

struct Body {
    state: Mutex<State>,
    filled: Condvar,
    drained: Condvar,
}

impl Body {
    /// Who takes part changes. Where `act` says that somebody might be left alone by it, whoever waits looks.
    #[track_caller]
    fn change(&self, act: impl FnOnce(&mut State) -> bool) {
        let _shared = share_memory();
        if act(&mut self.state.lock()) {
            self.filled.notify_all();
            self.drained.notify_all();
        }
    }
}

impl Member for Body {
    #[track_caller]
    fn leave(&self, pid: i32) {
        self.change(|state| {
            let seat = state.seats.entry(pid).or_default();
            seat.has_ended = true;
            [PUTS, TAKES].into_iter().any(|role| seat.takes_part(role))
        });
    }
}

/// A handle on a channel, for one or both directions.
pub(super) struct Channel {
    body: &'static Body,
    capacity: Option<Capacity>,
    roles: Roles,
}

impl State {
    /// Counts handles; how many there are now, in the direction with the most.
    fn count(&mut self, pid: i32, roles: Roles, change: i32) -> i32 {
        let seat = self.seats.entry(pid).or_default();
        let mut most = 0;
        for role in roles.each() {
            seat.handles[role] += change;
            most = most.max(seat.handles[role]);
        }
        if change < 0 && most <= 0 {
            for role in roles.each() {
                seat.used[role] = false;
            }
        }
        most
    }

    fn touch(&mut self, role: usize) {
        self.seats.entry(getpid()).or_default().used[role] = true;
    }

    /// Whether nobody is left on the other side, and nobody will be.
    fn is_alone(&self, roles: Roles, other_side: usize) -> bool {
        let own = getpid();
        let others = || self.seats.iter().filter(|(pid, _)| **pid != own);
        let alone = others().all(|(_, seat)| seat.has_ended || !seat.takes_part(other_side));
        let handles = self
            .seats
            .get(&own)
            .map_or(0, |seat| seat.handles[other_side]);
        if roles == Roles::BOTH {
            alone && handles <= 1 && others().next().is_some()
        } else {
            alone && handles <= 0
        }
    }
}

impl Channel {
    #[track_caller]
    pub fn new(_kind: ObjectKind, capacity: Option<Capacity>, roles: Roles) -> io::Result<Channel> {
        let body = kept(|| Body {
            state: Mutex::new(State {
                messages: VecDeque::new(),
                closed: false,
                seats: BTreeMap::new(),
            }),
            filled: Condvar::new(),
            drained: Condvar::new(),
        });
        participants::enter(body);
        Ok(Channel::counted(body, capacity, roles))
    }

    #[track_caller]
    fn counted(body: &'static Body, capacity: Option<Capacity>, roles: Roles) -> Channel {
        body.change(|state| {
            state.count(getpid(), roles, 1);
            false
        });
        Channel {
            body,
            capacity,
            roles,
        }
    }

    /// A handle on the same channel for another direction.
    #[track_caller]
    pub fn for_roles(&self, roles: Roles) -> Channel {
        Channel::counted(self.body, self.capacity, roles)
    }

    #[track_caller]
    pub fn close(&self) {
        self.body.change(|state| {
            state.closed = true;
            true
        });
    }

    #[track_caller]
    fn looked<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        let _shared = share_memory();
        look(&self.body.state.lock())
    }

    #[track_caller]
    pub fn is_closed(&self) -> bool {
        self.looked(|state| state.closed)
    }

    #[track_caller]
    pub fn len(&self) -> usize {
        self.looked(|state| state.messages.len())
    }

    pub fn capacity(&self) -> Option<usize> {
        self.capacity
            .map(|Capacity::Messages(most)| usize::try_from(most).unwrap_or(usize::MAX))
    }

    pub fn object(&self) -> Object {
        Object::new(ObjectKind::None, 1)
    }

    #[track_caller]
    pub fn put(&self, message: &[u8], deadline: Deadline) -> Result<(), PutFailure> {
        let _shared = share_memory();
        let mut state = self.body.state.lock();
        state.touch(PUTS);
        if self.roles == Roles::PRODUCER && state.is_alone(self.roles, TAKES) {
            return Err(PutFailure::NobodyTakes);
        }
        let most = self.capacity().unwrap_or(usize::MAX);
        let waits = |state: &MutexGuard<'_, State>| {
            !state.closed && state.messages.len() >= most && !state.is_alone(self.roles, TAKES)
        };
        if !deadline.is_over() {
            while waits(&state) && !self.body.drained.wait_until(&mut state, deadline) {}
        }
        if state.closed {
            return Err(PutFailure::Closed);
        }
        if state.messages.len() >= most {
            let alone = !deadline.is_over() && state.is_alone(self.roles, TAKES);
            return Err(if alone {
                PutFailure::NobodyTakes
            } else {
                PutFailure::Full
            });
        }
        state.messages.push_back(message.into());
        drop(state);
        self.body.filled.notify_one();
        Ok(())
    }

    #[track_caller]
    pub fn take(&self, deadline: Deadline) -> Result<Box<[u8]>, TakeFailure> {
        let _shared = share_memory();
        let mut state = self.body.state.lock();
        state.touch(TAKES);
        let ended =
            |state: &MutexGuard<'_, State>| state.closed || state.is_alone(self.roles, PUTS);
        if !deadline.is_over() {
            while state.messages.is_empty()
                && !ended(&state)
                && !self.body.filled.wait_until(&mut state, deadline)
            {}
        }
        let Some(message) = state.messages.pop_front() else {
            return Err(if ended(&state) {
                TakeFailure::Ended
            } else {
                TakeFailure::TimedOut
            });
        };
        drop(state);
        if self.capacity.is_some() {
            self.body.drained.notify_one();
        }
        Ok(message)
    }
}

impl Clone for Channel {
    #[track_caller]
    fn clone(&self) -> Channel {
        self.for_roles(self.roles)
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        let (own, heir) = (getpid(), heir());
        self.body.change(|state| {
            // First in, then out: at no moment does the handle belong to nobody.
            if let Some(heir) = heir {
                state.count(heir, self.roles, 1);
            }
            let left = state.count(own, self.roles, -1);
            // Who forks has no other thread that could wait, and another process has the handle now.
            heir.is_none() && left <= 1
        });
    }
}
