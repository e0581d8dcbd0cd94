//! Whose handles there are, by process, as in the library's table of participants.
//!
//! A handle belongs to the process it was moved into: the parent drops its copy of a closure when it has started the
//! child, and thereby hands over what is in it.
//!
//! **What another process could see of a change is an operation of the model**: it is made under the lock of what is
//! shared ([`Body::change`]). What nobody could see is none, so that it costs no class: one handle more or less of a
//! process that has others, and a single thread; and a handle that goes from a parent to the child that it has just
//! started. Had the parent done or printed anything in between, that would have to come before whatever follows from the
//! child's handle, and only an operation says so.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use explorer::model::fork::{has_other_threads, share_memory};

use super::participants::{self, Member, heir};
use super::process::getpid;

/// The directions of a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Roles {
    puts: bool,
    takes: bool,
}

impl Roles {
    pub const PRODUCER: Roles = Roles {
        puts: true,
        takes: false,
    };
    pub const CONSUMER: Roles = Roles {
        puts: false,
        takes: true,
    };
    pub const BOTH: Roles = Roles {
        puts: true,
        takes: true,
    };

    fn each(self) -> impl Iterator<Item = usize> {
        let all = [(self.puts, 0), (self.takes, 1)];
        all.into_iter().filter(|(has, _)| *has).map(|(_, one)| one)
    }
}

/// What a process has of an object.
#[derive(Clone, Copy, Debug, Default)]
struct Seat {
    handles: [i32; 2],
    used: [bool; 2],
    /// It ever had a handle, or used the object. Without, the seat only says that the process has ended, should its parent
    /// hand it something after that.
    took_part: bool,
    has_ended: bool,
}

impl Seat {
    /// The most handles in any of these directions.
    fn handles(&self, roles: Roles) -> i32 {
        roles
            .each()
            .map(|role| self.handles[role])
            .max()
            .unwrap_or(0)
    }

    fn has_role(&self, roles: Roles) -> bool {
        self.handles(roles) > 0 || roles.each().any(|role| self.used[role])
    }
}

/// Who takes part in an object.
#[derive(Debug, Default)]
pub(crate) struct Seats(Mutex<BTreeMap<i32, Seat>>);

impl Seats {
    fn all(&self) -> MutexGuard<'_, BTreeMap<i32, Seat>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look<R>(&self, pid: i32, look: impl FnOnce(&Seat) -> R) -> R {
        look(&self.all().get(&pid).copied().unwrap_or_default())
    }

    /// With its last handle a process no longer uses the object.
    fn count(&self, pid: i32, roles: Roles, change: i32) {
        let _shared = share_memory();
        let mut all = self.all();
        let seat = all.entry(pid).or_default();
        seat.took_part = true;
        for role in roles.each() {
            seat.handles[role] += change;
        }
        if change < 0 && seat.handles(roles) <= 0 {
            for role in roles.each() {
                seat.used[role] = false;
            }
        }
    }

    /// The running process uses it: under the object's lock, in shared memory.
    pub fn touch(&self, roles: Roles) {
        let mut all = self.all();
        let seat = all.entry(getpid()).or_default();
        seat.took_part = true;
        for role in roles.each() {
            seat.used[role] = true;
        }
    }

    /// A process may use it in both directions, until it ends.
    fn may_use(&self, pid: i32) {
        let _shared = share_memory();
        let mut all = self.all();
        let seat = all.entry(pid).or_default();
        seat.took_part = true;
        seat.used = [true; 2];
    }

    /// A process ends in the normal way.
    fn end(&self, pid: i32) {
        let _shared = share_memory();
        self.all().entry(pid).or_default().has_ended = true;
    }

    /// Whether the process had a handle or used it, ever.
    pub fn took_part(&self, pid: i32) -> bool {
        self.look(pid, |seat| seat.took_part)
    }

    /// Whether the process has a handle, or uses it, and has not ended.
    pub fn takes_part(&self, pid: i32, roles: Roles) -> bool {
        self.look(pid, |seat| !seat.has_ended && seat.has_role(roles))
    }

    /// The most handles of a process in any of these directions.
    pub fn handles(&self, pid: i32, roles: Roles) -> i32 {
        self.look(pid, |seat| seat.handles(roles))
    }

    /// Whether another process took part, ever.
    pub fn there_were_others(&self) -> bool {
        let (all, own) = (self.all(), getpid());
        all.iter().any(|(pid, seat)| *pid != own && seat.took_part)
    }

    /// Whether that holds of all processes that take part, and the most handles each has.
    pub fn all_here(&self, roles: Roles, holds: impl Fn(i32, i32) -> bool) -> bool {
        let all = self.all();
        let mut here = all
            .iter()
            .filter(|(_, seat)| !seat.has_ended && seat.has_role(roles));
        here.all(|(pid, seat)| holds(*pid, seat.handles(roles)))
    }

    /// Whether a process that took part has ended.
    pub fn somebody_left(&self) -> bool {
        let all = self.all();
        all.values().any(|seat| seat.took_part && seat.has_ended)
    }
}

/// What lies in shared memory of an object that knows who takes part.
pub(crate) trait Body: Member + 'static {
    fn seats(&self) -> &Seats;

    /// Does, under the object's lock, what others could see of it; whoever waits looks again.
    fn change(&self, act: impl FnOnce(&Seats));

    /// The running process, if it has a handle, has just started this one, which may use it in both directions. Nobody can
    /// tell where its parent has both: whoever looks finds the parent there, before and after.
    #[track_caller]
    fn enter_child(&self, pid: i32) {
        let (own, seats) = (getpid(), self.seats());
        let each = [Roles::PRODUCER, Roles::CONSUMER];
        let has = each.map(|role| seats.handles(own, role) > 0);
        let may_use = |seats: &Seats| seats.may_use(pid);
        match has {
            [false, false] => {}
            [true, true] => may_use(seats),
            _ => self.change(may_use),
        }
    }

    /// A process ends in the normal way.
    #[track_caller]
    fn end(&self, pid: i32, others_could_see: bool) {
        if others_could_see {
            self.change(|seats| seats.end(pid));
        } else {
            self.seats().end(pid);
        }
    }
}

/// A handle. Clones, and copies in children, are of the same object.
pub(crate) struct Handle<B: Body> {
    body: &'static B,
    roles: Roles,
}

impl<B: Body> Handle<B> {
    pub fn new(body: &'static B, roles: Roles) -> Handle<B> {
        participants::enter(body);
        // Nobody else knows it.
        body.seats().count(getpid(), roles, 1);
        Handle { body, roles }
    }

    /// Another handle on the same object, for these directions.
    #[track_caller]
    pub fn for_roles(&self, roles: Roles) -> Handle<B> {
        let (body, own) = (self.body, getpid());
        let one_more = |seats: &Seats| seats.count(own, roles, 1);
        let has_all = roles
            .each()
            .all(|role| body.seats().look(own, |seat| seat.handles[role] > 0));
        if has_all && !has_other_threads() {
            one_more(body.seats());
        } else {
            body.change(one_more);
        }
        Handle { body, roles }
    }

    pub fn body(&self) -> &'static B {
        self.body
    }
}

impl<B: Body> Clone for Handle<B> {
    #[track_caller]
    fn clone(&self) -> Handle<B> {
        self.for_roles(self.roles)
    }
}

impl<B: Body> Drop for Handle<B> {
    #[track_caller]
    fn drop(&mut self) {
        let (body, roles, own) = (self.body, self.roles, getpid());
        let heir = heir();
        let change = |seats: &Seats| {
            // First in, then out: at no moment does the handle belong to nobody.
            if let Some(heir) = heir {
                seats.count(heir.pid, roles, 1);
            }
            seats.count(own, roles, -1);
        };
        let nobody_can_tell = match heir {
            Some(heir) => heir.has_just_begun(),
            // With its last but one a process may be alone with itself.
            None => body.seats().handles(own, roles) > 2 && !has_other_threads(),
        };
        if nobody_can_tell {
            change(body.seats());
        } else {
            body.change(change);
        }
    }
}
