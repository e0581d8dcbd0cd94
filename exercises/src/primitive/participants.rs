//! Who shares an object with whom, and who of them is gone.
//!
//! Semaphores, barriers and queues have no owner the kernel could watch. So every such object carries, in its
//! shared memory, a table of the processes that take part. A process is entered
//!
//! - when a **handle is moved into it**: the closure given to [`fork`](super::process::fork) exists twice after the
//!   fork, and the parent drops its copy; a handle dropped in that moment is *handed over*, and entered for the child;
//! - when it first **uses** the object through a borrow.
//!
//! It is struck off when it drops its last handle, or ends in the normal way. A process that ends in another way
//! (killed, aborted, panicked) stays in the table and is found *dead* by those who wait: they never sleep
//! longer than [`LOOK_AGAIN`] without looking.
//!
//! | `ended` | meaning | set by |
//! |---|---|---|
//! | `HERE` | takes part | entering |
//! | `LEFT` | ended in the normal way | itself |
//! | `DEAD` | ended otherwise | whoever finds it |
//! | `TOLD` | dead, and somebody was told (queues tell once) | whoever was told |

use super::Arc;
use super::atomic::{AtomicI32, AtomicI64, AtomicU32, AtomicU64, Ordering};
use super::robust::RobustMutex;
use super::shared::{Shareable, Shared};
use super::time::Duration;
use recorder::{Kind, Object, ObjectKind, current};
use std::cell::Cell;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError, Weak};

/// How often a waiting process looks whether the others still live.
pub const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// How many processes can take part in one object at a time. One more is not watched: if it dies, those who wait
/// for it are not told.
pub const MOST_PARTICIPANTS: usize = 256;

const HERE: u32 = 0;
const LEFT: u32 = 1;
const DEAD: u32 = 2;
const TOLD: u32 = 3;

/// What one does with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Roles(u32);

impl Roles {
    pub const PRODUCER: Roles = Roles(1);
    pub const CONSUMER: Roles = Roles(2);
    pub const BOTH: Roles = Roles(3);

    fn each(self) -> impl Iterator<Item = usize> {
        (0..2).filter(move |index| self.0 & (1 << index) != 0)
    }
}

/// One process in the table.
#[repr(C)]
pub(crate) struct Seat {
    pid: AtomicI32,
    ended: AtomicU32,
    /// When the process started (`/proc/PID/stat`), so that another one with its number is not taken for it; 0 = unknown.
    started: AtomicU64,
    /// Handles a role. May be -1 for a moment: a child dropped one before its parent could enter it.
    handles: [AtomicI32; 2],
    /// Roles in which it used the object.
    used: AtomicU32,
    /// Whether it ever had a handle or used the object. Without, the seat only says that the process has ended, should
    /// its parent hand it something after that.
    took_part: AtomicU32,
    /// Threads of it that are waiting.
    waiting: AtomicI32,
    /// Permits taken and not given back.
    pub balance: AtomicI64,
}

impl Seat {
    const fn free() -> Seat {
        Seat {
            pid: AtomicI32::new(0),
            ended: AtomicU32::new(HERE),
            started: AtomicU64::new(0),
            handles: [const { AtomicI32::new(0) }; 2],
            used: AtomicU32::new(0),
            took_part: AtomicU32::new(0),
            waiting: AtomicI32::new(0),
            balance: AtomicI64::new(0),
        }
    }

    pub fn pid(&self) -> i32 {
        self.pid.load(Ordering::Acquire)
    }

    pub fn is_here(&self) -> bool {
        self.pid() != 0 && self.ended.load(Ordering::Acquire) == HERE
    }

    pub fn is_dead(&self) -> bool {
        self.pid() != 0 && self.ended.load(Ordering::Acquire) >= DEAD
    }

    /// Dead, and nobody was told yet.
    pub fn is_news(&self) -> bool {
        self.pid() != 0 && self.ended.load(Ordering::Acquire) == DEAD
    }

    pub fn has_role(&self, roles: Roles) -> bool {
        self.used.load(Ordering::Acquire) & roles.0 != 0 || self.handles(roles) > 0
    }

    /// The most handles in any of these roles.
    pub fn handles(&self, roles: Roles) -> i32 {
        roles.each().map(|role| self.handles[role].load(Ordering::Acquire)).max().unwrap_or(0)
    }

    pub fn is_waiting(&self) -> bool {
        self.waiting.load(Ordering::Acquire) > 0
    }

    /// Counts a waiting thread as long as the result lives.
    pub fn wait(&self) -> Waiting<'_> {
        self.waiting.fetch_add(1, Ordering::AcqRel);
        Waiting { seat: self }
    }

    /// True for the one caller that is to report this death.
    pub fn tell(&self) -> bool {
        self.ended.compare_exchange(DEAD, TOLD, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

pub(crate) struct Waiting<'a> {
    seat: &'a Seat,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.seat.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The table.
#[repr(C)]
pub(crate) struct Table {
    door: RobustMutex,
    /// Seats from this one on were never taken.
    top: AtomicU32,
    seats: [Seat; MOST_PARTICIPANTS],
}

// SAFETY: atomics and a process-shared mutex.
unsafe impl Shareable for Table {}

impl Table {
    const fn new() -> Table {
        Table { door: RobustMutex::unsettled(), top: AtomicU32::new(0), seats: [const { Seat::free() }; MOST_PARTICIPANTS] }
    }

    fn find(&self, pid: i32) -> Option<usize> {
        self.seats.iter().position(|seat| seat.pid() == pid && !seat.is_dead())
    }

    /// The seat of a process, made if there is none. A process that has left keeps its seat (its parent may be
    /// about to enter it) until its number is free again.
    fn enter(&self, pid: i32) -> Option<usize> {
        if let Some(index) = self.find(pid) {
            return Some(index);
        }
        let _door = self.door.enter()?;
        if let Some(index) = self.find(pid) {
            return Some(index);
        }
        let index = self
            .seats
            .iter()
            .position(|seat| seat.pid() == 0)
            .or_else(|| self.seats.iter().position(|seat| !seat.is_here() && !exists(seat.pid())))?;
        let seat = &self.seats[index];
        seat.pid.store(0, Ordering::Release);
        seat.started.store(start_time(pid), Ordering::Relaxed);
        for handles in &seat.handles {
            handles.store(0, Ordering::Relaxed);
        }
        seat.used.store(0, Ordering::Relaxed);
        seat.took_part.store(0, Ordering::Relaxed);
        seat.waiting.store(0, Ordering::Relaxed);
        seat.balance.store(0, Ordering::Relaxed);
        seat.ended.store(HERE, Ordering::Relaxed);
        seat.pid.store(pid, Ordering::Release);
        self.top.fetch_max(index as u32 + 1, Ordering::AcqRel);
        Some(index)
    }

    fn taken(&self) -> impl Iterator<Item = &Seat> {
        let top = (self.top.load(Ordering::Acquire) as usize).min(MOST_PARTICIPANTS);
        self.seats[..top].iter().filter(|seat| seat.pid() != 0)
    }

    /// The seats of all processes that take part, or did.
    pub fn all(&self) -> impl Iterator<Item = &Seat> {
        self.taken().filter(|seat| seat.took_part.load(Ordering::Acquire) != 0)
    }

    /// The seats of other processes.
    pub fn others(&self) -> impl Iterator<Item = &Seat> {
        let own = current::pid();
        self.all().filter(move |seat| seat.pid() != own)
    }

    /// Looks which of the others died. Costs some system calls for each, so only those who have waited a while do it.
    pub fn look_for_dead(&self) {
        for seat in self.others().filter(|seat| seat.is_here()) {
            if !is_running(seat.pid(), seat.started.load(Ordering::Relaxed)) {
                let _ = seat.ended.compare_exchange(HERE, DEAD, Ordering::AcqRel, Ordering::Acquire);
            }
        }
    }
}

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
    core: Shared<Core<B>>,
    object: Object,
    /// The seat of this process: pid and index. A forked child sees that the pid is not its own.
    own: AtomicU64,
}

/// What the list of all objects of this process holds.
pub(super) trait Member: Send + Sync {
    fn enter_child(&self, pid: i32);
    fn leave(&self);
}

impl<B: Body> Common<B> {
    fn seat(&self) -> Option<&Seat> {
        let pid = current::pid();
        let known = self.own.load(Ordering::Relaxed);
        if (known >> 32) as u32 as i32 == pid {
            return Some(&self.core.table.seats[known as u32 as usize]);
        }
        let index = self.core.table.enter(pid)?;
        self.own.store(u64::from(pid as u32) << 32 | index as u64, Ordering::Relaxed);
        Some(&self.core.table.seats[index])
    }
}

impl<B: Body> Member for Common<B> {
    fn enter_child(&self, pid: i32) {
        if let Some(index) = self.core.table.enter(pid) {
            let seat = &self.core.table.seats[index];
            seat.used.fetch_or(Roles::BOTH.0, Ordering::AcqRel);
            seat.took_part.store(1, Ordering::Release);
        }
    }

    fn leave(&self) {
        let own = current::pid();
        // Also where it has no seat yet: its parent may be about to enter it, and must find that it has left.
        self.core.table.enter(own);
        let mut left = false;
        for seat in self.core.table.taken().filter(|seat| seat.pid() == own) {
            left |= seat.ended.compare_exchange(HERE, LEFT, Ordering::AcqRel, Ordering::Acquire).is_ok();
        }
        if left {
            self.core.body.wake_all();
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
        let core = Shared::new(Core { table: Table::new(), body }, |core| {
            // SAFETY: this is the final address, and nobody else knows it yet.
            unsafe { core.table.door.settle()? };
            core.body.settle()
        })?;
        let object = Object::new(kind, current::next_object());
        let common = Arc::new(Common { core, object, own: AtomicU64::new(0) });
        let member: Weak<dyn Member> = Arc::downgrade(&(common.clone() as Arc<dyn Member>));
        let mut members = members();
        members.retain(|member| member.strong_count() > 0);
        members.push(member);
        drop(members);
        let handle = Handle { common, roles };
        handle.count(1);
        Ok(handle)
    }

    /// Another handle on the same object, for these roles.
    pub fn for_roles(&self, roles: Roles) -> Handle<B> {
        let handle = Handle { common: self.common.clone(), roles };
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
        if seat.used.load(Ordering::Relaxed) & roles.0 != roles.0 {
            seat.used.fetch_or(roles.0, Ordering::AcqRel);
            seat.took_part.store(1, Ordering::Release);
        }
        Some(seat)
    }

    pub fn object(&self) -> Object {
        self.common.object
    }

    pub fn emit(&self, kind: Kind) {
        current::emit(kind, self.common.object);
    }

    fn count(&self, change: i32) {
        if let Some(seat) = self.common.seat() {
            self.count_in(seat, change);
        }
    }

    fn count_in(&self, seat: &Seat, change: i32) {
        let mut most = 0;
        for role in self.roles.each() {
            most = most.max(seat.handles[role].fetch_add(change, Ordering::AcqRel) + change);
        }
        seat.took_part.store(1, Ordering::Release);
        if change < 0 && most <= 0 {
            seat.used.fetch_and(!self.roles.0, Ordering::AcqRel);
        }
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
            self.count_in(&self.common.core.table.seats[index], 1);
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

// std's mutex: it keeps no table of waiters that a fork could catch half changed. It is held during every fork
// (`super::process`), so that a child never inherits it locked by a thread it does not have.
static MEMBERS: Mutex<Vec<Weak<dyn Member>>> = Mutex::new(Vec::new());

/// The list of all objects of this process, locked.
pub(super) fn members() -> MutexGuard<'static, Vec<Weak<dyn Member>>> {
    MEMBERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// This process ends in the normal way.
pub(crate) fn leave_all() {
    let all: Vec<_> = members().iter().filter_map(Weak::upgrade).collect();
    for member in &all {
        member.leave();
    }
}

/// Enters a child that may use anything its parent has.
pub(crate) fn enter_child_everywhere(pid: i32) {
    let all: Vec<_> = members().iter().filter_map(Weak::upgrade).collect();
    for member in &all {
        member.enter_child(pid);
    }
}

fn exists(pid: i32) -> bool {
    // SAFETY: signal 0 only asks.
    unsafe { libc::kill(pid, 0) == 0 || io::Error::last_os_error().raw_os_error() == Some(libc::EPERM) }
}

/// Whether the process that started then still runs. A zombie does not.
fn is_running(pid: i32, started: u64) -> bool {
    match super::process::pidfd_open(pid) {
        Ok(descriptor) => {
            !super::process::has_ended(&descriptor) && {
                let now = start_time(pid);
                now == 0 || started == 0 || now == started
            }
        }
        Err(error) if error.raw_os_error() == Some(libc::ESRCH) => false,
        Err(_) => exists(pid),
    }
}

/// Field 22 of `/proc/PID/stat`: ticks since boot. 0 where there is no such file.
fn start_time(pid: i32) -> u64 {
    static OWN: AtomicU64 = AtomicU64::new(0);
    static OWN_PID: AtomicI32 = AtomicI32::new(0);
    if OWN_PID.load(Ordering::Acquire) == pid {
        return OWN.load(Ordering::Relaxed);
    }
    let started = read_start_time(pid);
    if pid == current::pid() {
        OWN.store(started, Ordering::Relaxed);
        OWN_PID.store(pid, Ordering::Release);
    }
    started
}

fn read_start_time(pid: i32) -> u64 {
    let Ok(stat) = std::fs::read(format!("/proc/{pid}/stat")) else { return 0 };
    // The name in field 2 may hold anything, but ends at the last parenthesis.
    let Some(end) = stat.iter().rposition(|byte| *byte == b')') else { return 0 };
    std::str::from_utf8(&stat[end + 1..])
        .ok()
        .and_then(|rest| rest.split_ascii_whitespace().nth(19))
        .and_then(|field| field.parse().ok())
        .unwrap_or(0)
}
