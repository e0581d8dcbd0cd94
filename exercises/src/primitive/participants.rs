//! Who shares an object with whom, and who of them is gone.
//!
//! Semaphores, barriers and queues have no owner the kernel could watch. So every such object
//! carries, in its shared memory, a table of the processes that take part. A process is entered
//!
//! - when a **handle is moved into it**: the closure given to [`fork`](super::process::fork) exists
//!   twice after the fork, and the parent drops its copy; a handle dropped in that moment is
//!   *handed over*, and entered for the child;
//! - when it first **uses** the object through a borrow.
//!
//! It is struck off when it drops its last handle, or ends in the normal way. A process that ends
//! in another way (killed, aborted, panicked) stays in the table and is found *dead* by those who
//! wait: they never sleep longer than [`LOOK_AGAIN`] without looking. So the table must be in reach until
//! the process ends: also where its last handle went before, as long as others may look into it
//! (`Members::kept`).
//!
//! | `ended` | meaning | set by |
//! |---|---|---|
//! | `HERE` | takes part | entering |
//! | `LEFT` | ended in the normal way | itself |
//! | `DEAD` | ended otherwise | whoever finds it |
//! | `TOLD` | dead, and somebody was told (queues tell once) | whoever was told |

mod table;

pub(crate) use table::{Roles, Seat, Table};

use super::Arc;
use super::atomic::{AtomicU64, Ordering};
use super::robust::Abandoned;
use super::shared::{Shareable, Shared};
use super::time::Duration;
use recorder::{Kind, Object, ObjectKind, current};
use std::cell::Cell;
use std::io;
use std::mem::ManuallyDrop;
use std::sync::{Mutex, MutexGuard, PoisonError, Weak};

/// How often a waiting process looks whether the others still live.
pub const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// How many processes can take part in one object at a time. One more is not watched: if it dies,
/// those who wait for it are not told.
pub const MOST_PARTICIPANTS: usize = 256;

/// What lies in the shared memory of an object.
#[repr(C)]
pub(crate) struct Core<B: Shareable> {
    pub table: Table,
    pub body: B,
}

// SAFETY: made of shareable parts.
unsafe impl<B: Shareable> Shareable for Core<B> {}

/// The part of an object that is special to its kind.
pub(crate) trait Body: Shareable + Sized + Send + 'static {
    /// What must be done at the final address.
    fn settle(&self) -> io::Result<()>;
    /// The participants have changed: whoever waits should look.
    fn wake_all(&self);
}

struct Common<B: Body> {
    /// Taken out when this is dropped, and not before.
    core: ManuallyDrop<Shared<Core<B>>>,
    object: Object,
    /// The seat of this process: pid and index. A forked child sees that the pid is not its own.
    own: AtomicU64,
}

/// What the list of all objects of this process holds.
pub(super) trait Member: Send + Sync {
    fn enter_child(&self, pid: i32);
    fn leave(&self);
}

impl<B: Body> Member for Shared<Core<B>> {
    fn enter_child(&self, pid: i32) {
        if let Some(index) = self.table.enter(pid) {
            self.table.seat(index).note_use(Roles::BOTH);
        }
    }

    fn leave(&self) {
        if self.table.leave(current::pid()) {
            self.body.wake_all();
        }
    }
}

impl<B: Body> Common<B> {
    fn seat(&self) -> Option<&Seat> {
        let pid = current::pid();
        let known = self.own.load(Ordering::Relaxed);
        if (known >> 32) as u32 as i32 == pid {
            return Some(self.core.table.seat(known as u32 as usize));
        }
        let index = self.core.table.enter(pid)?;
        self.own.store(
            u64::from(pid as u32) << 32 | index as u64,
            Ordering::Relaxed,
        );
        Some(self.core.table.seat(index))
    }
}

impl<B: Body> Member for Common<B> {
    fn enter_child(&self, pid: i32) {
        self.core.enter_child(pid);
    }

    fn leave(&self) {
        self.core.leave();
    }
}

impl<B: Body> Drop for Common<B> {
    fn drop(&mut self) {
        // SAFETY: taken here and nowhere else; nobody sees it after this.
        let core = unsafe { ManuallyDrop::take(&mut self.core) };
        if core.table.others_run() {
            members().keep(Box::new(core));
        }
    }
}

/// A handle on a shared object. Clones, and copies in forked children, are the same object.
pub(crate) struct Handle<B: Body> {
    common: Arc<Common<B>>,
    roles: Roles,
}

impl<B: Body> Handle<B> {
    pub fn new(kind: ObjectKind, body: B, roles: Roles) -> io::Result<Handle<B>> {
        let core = Shared::new(
            Core {
                table: Table::new(),
                body,
            },
            |core| {
                // SAFETY: this is the final address, and nobody else knows it yet.
                unsafe { core.table.settle()? };
                core.body.settle()
            },
        )?;
        let object = Object::new(kind, current::next_object());
        let common = Arc::new(Common {
            core: ManuallyDrop::new(core),
            object,
            own: AtomicU64::new(0),
        });
        let member: Weak<dyn Member> = Arc::downgrade(&(common.clone() as Arc<dyn Member>));
        let mut members = members();
        members.used.retain(|member| member.strong_count() > 0);
        members.used.push(member);
        drop(members);
        let handle = Handle { common, roles };
        handle.count(1);
        Ok(handle)
    }

    /// Another handle on the same object, for these roles.
    pub fn for_roles(&self, roles: Roles) -> Handle<B> {
        let handle = Handle {
            common: self.common.clone(),
            roles,
        };
        handle.count(1);
        handle
    }

    pub fn body(&self) -> &B {
        &self.common.core.body
    }

    pub fn table(&self) -> &Table {
        &self.common.core.table
    }

    /// The seat of this process; none if the table is full.
    pub fn seat(&self) -> Option<&Seat> {
        self.common.seat()
    }

    /// Notes that this process uses the object.
    pub fn touch(&self, roles: Roles) -> Option<&Seat> {
        let seat = self.common.seat()?;
        seat.note_use(roles);
        Some(seat)
    }

    pub fn object(&self) -> Object {
        self.common.object
    }

    pub fn emit(&self, kind: Kind) {
        current::emit(kind, self.common.object);
    }

    /// A process that took part and died, and that nobody has [forgiven](Handle::forgive). Looks
    /// only at what is already known.
    pub fn casualty(&self) -> Option<Abandoned> {
        let table = self.table();
        table
            .others()
            // Also one without a handle: a panic drops it on the way out.
            .find(|seat| seat.is_news())
            .map(|seat| Abandoned { pid: seat.pid() })
    }

    /// Makes the dead forgotten, and says how many there were.
    pub fn forgive(&self) -> usize {
        self.table().look_for_dead();
        let forgiven = self.table().others().filter(|seat| seat.tell()).count();
        self.body().wake_all();
        forgiven
    }

    fn count(&self, change: i32) {
        if let Some(seat) = self.common.seat() {
            seat.count(self.roles, change);
        }
        self.common.core.table.note_change();
    }
}

impl<B: Body> Clone for Handle<B> {
    fn clone(&self) -> Handle<B> {
        self.for_roles(self.roles)
    }
}

impl<B: Body> Drop for Handle<B> {
    fn drop(&mut self) {
        let heir = HANDED_OVER_TO.try_with(Cell::get).unwrap_or(0);
        if heir != 0
            && let Some(index) = self.common.core.table.enter(heir)
        {
            // First in, then out: at no moment does the handle belong to nobody.
            self.common.core.table.seat(index).count(self.roles, 1);
            self.common.core.table.note_change();
        }
        self.count(-1);
        self.common.core.body.wake_all();
    }
}

thread_local! {
    static HANDED_OVER_TO: Cell<i32> = const { Cell::new(0) };
}

/// Drops, in the parent, what now belongs to a child.
pub(crate) fn hand_over<T>(things: T, child: i32) {
    let before = HANDED_OVER_TO.replace(child);
    drop(things);
    HANDED_OVER_TO.set(before);
}

/// The objects of this process.
pub(super) struct Members {
    /// Those it has a handle on.
    used: Vec<Weak<dyn Member>>,
    /// Those it had its last handle on, and others use: they are to learn how it ends.
    kept: Vec<Box<dyn Kept>>,
}

/// An object without a handle.
trait Kept: Member {
    /// Whether somebody is left who could look how this process ended.
    fn is_watched(&self) -> bool;
}

impl<B: Body> Kept for Shared<Core<B>> {
    fn is_watched(&self) -> bool {
        self.table.others_run()
    }
}

impl Members {
    /// Whoever makes object after object, all for others, keeps no more than those others do: each time
    /// their number has doubled, those that nobody uses any more go.
    fn keep(&mut self, object: Box<dyn Kept>) {
        if self.kept.len() == self.kept.capacity() {
            self.kept.retain(|object| object.is_watched());
        }
        self.kept.push(object);
    }
}

// std's mutex: it keeps no table of waiters that a fork could catch half changed. It is held during
// every fork (`super::process`), so that a child never inherits it locked by a thread it does not
// have.
static MEMBERS: Mutex<Members> = Mutex::new(Members {
    used: Vec::new(),
    kept: Vec::new(),
});

/// The list of all objects of this process, locked.
pub(super) fn members() -> MutexGuard<'static, Members> {
    MEMBERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// In a child: how its parent ends is the parent's business.
pub(super) fn keep_nothing_of_parent() {
    // Unmapped when the list is free again.
    let kept = std::mem::take(&mut members().kept);
    drop(kept);
}

/// This process ends in the normal way.
pub(crate) fn leave_all() {
    let used = used();
    used.iter().for_each(|member| member.leave());
    members().kept.iter().for_each(|object| object.leave());
}

/// Enters a child that may use anything its parent has.
pub(crate) fn enter_child_everywhere(pid: i32) {
    used().iter().for_each(|member| member.enter_child(pid));
}

fn used() -> Vec<Arc<dyn Member>> {
    members().used.iter().filter_map(Weak::upgrade).collect()
}
