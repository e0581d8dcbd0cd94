//! The table itself: one seat a process, and finding out who has died.

use crate::primitive::atomic::{AtomicI32, AtomicI64, AtomicU32, AtomicU64, Ordering};
use crate::primitive::process::{has_ended, pidfd_open};
use crate::primitive::robust::RobustMutex;
use crate::primitive::shared::Shareable;
use recorder::current;
use std::io;

use super::MOST_PARTICIPANTS;

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
    /// When the process started (`/proc/PID/stat`), so that another one with its number is not
    /// taken for it; 0 = unknown.
    started: AtomicU64,
    /// Handles a role. May be -1 for a moment: a child dropped one before its parent could enter
    /// it.
    handles: [AtomicI32; 2],
    /// Roles in which it used the object.
    used: AtomicU32,
    /// Whether it ever had a handle or used the object. Without, the seat only says that the
    /// process has ended, should its parent hand it something after that.
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
        roles
            .each()
            .map(|role| self.handles[role].load(Ordering::Acquire))
            .max()
            .unwrap_or(0)
    }

    /// Notes that the process uses the object.
    #[inline]
    pub fn note_use(&self, roles: Roles) {
        if self.used.load(Ordering::Relaxed) & roles.0 != roles.0 {
            self.used.fetch_or(roles.0, Ordering::AcqRel);
            self.took_part.store(1, Ordering::Release);
        }
    }

    /// Counts handles; when the last one is gone, the process no longer uses the object.
    pub fn count(&self, roles: Roles, change: i32) {
        let mut most = 0;
        for role in roles.each() {
            most = most.max(self.handles[role].fetch_add(change, Ordering::AcqRel) + change);
        }
        self.took_part.store(1, Ordering::Release);
        if change < 0 && most <= 0 {
            self.used.fetch_and(!roles.0, Ordering::AcqRel);
        }
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
        self.ended
            .compare_exchange(DEAD, TOLD, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
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
    /// How often a handle came or went.
    changes: AtomicU32,
    seats: [Seat; MOST_PARTICIPANTS],
}

// SAFETY: atomics and a process-shared mutex.
unsafe impl Shareable for Table {}

impl Table {
    pub const fn new() -> Table {
        Table {
            door: RobustMutex::unsettled(),
            top: AtomicU32::new(0),
            changes: AtomicU32::new(0),
            seats: [const { Seat::free() }; MOST_PARTICIPANTS],
        }
    }

    /// Makes the table usable.
    ///
    /// # Safety
    /// It lies in shared memory at the address where it stays, and nobody uses it yet.
    pub unsafe fn settle(&self) -> io::Result<()> {
        // SAFETY: by our own contract.
        unsafe { self.door.settle() }
    }

    /// A handle has come, or is gone.
    pub fn note_change(&self) {
        self.changes.fetch_add(1, Ordering::AcqRel);
    }

    /// Looks at the seats as they were at one moment, as far as handles go: while one is handed over,
    /// a look at seat after seat could miss it at its old place and at its new one.
    pub fn at_one_moment<R>(&self, mut look: impl FnMut(&Table) -> R) -> R {
        loop {
            let before = self.changes.load(Ordering::Acquire);
            let seen = look(self);
            if self.changes.load(Ordering::Acquire) == before {
                return seen;
            }
        }
    }

    /// Whether it is true that nobody is left, by what the caller means by that. If somebody is seen,
    /// somebody is there; that nobody is takes a closer look, [`at_one_moment`](Table::at_one_moment).
    pub fn surely(&self, nobody_is_left: impl Fn(&Table) -> bool) -> bool {
        nobody_is_left(self) && self.at_one_moment(nobody_is_left)
    }

    /// The seat of this index, as [`enter`](Table::enter) gave it.
    pub fn seat(&self, index: usize) -> &Seat {
        &self.seats[index]
    }

    /// The process ends in the normal way. True if it was here.
    pub fn leave(&self, pid: i32) -> bool {
        // Also where it has no seat yet: its parent may be about to enter it, and must find that it has left.
        self.enter(pid);
        let mut left = false;
        for seat in self.taken().filter(|seat| seat.pid() == pid) {
            let ended =
                seat.ended
                    .compare_exchange(HERE, LEFT, Ordering::AcqRel, Ordering::Acquire);
            left |= ended.is_ok();
        }
        left
    }

    fn find(&self, pid: i32) -> Option<usize> {
        self.seats
            .iter()
            .position(|seat| seat.pid() == pid && !seat.is_dead())
    }

    /// The seat of a process, made if there is none. A process that has left keeps its seat (its
    /// parent may be about to enter it) until its number is free again.
    pub fn enter(&self, pid: i32) -> Option<usize> {
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
            .or_else(|| {
                self.seats
                    .iter()
                    .position(|seat| !seat.is_here() && !exists(seat.pid()))
            })?;
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
        self.taken()
            .filter(|seat| seat.took_part.load(Ordering::Acquire) != 0)
    }

    /// The seats of other processes.
    pub fn others(&self) -> impl Iterator<Item = &Seat> {
        let own = current::pid();
        self.all().filter(move |seat| seat.pid() != own)
    }

    /// Whether another process takes part, as far as the system knows.
    pub fn others_run(&self) -> bool {
        self.others()
            .filter(|seat| seat.is_here())
            .any(|seat| is_running(seat.pid(), seat.started.load(Ordering::Relaxed)))
    }

    /// Looks which of the others died. Costs some system calls for each, so only those who have
    /// waited a while do it.
    pub fn look_for_dead(&self) {
        for seat in self.others().filter(|seat| seat.is_here()) {
            if !is_running(seat.pid(), seat.started.load(Ordering::Relaxed)) {
                let _ =
                    seat.ended
                        .compare_exchange(HERE, DEAD, Ordering::AcqRel, Ordering::Acquire);
            }
        }
    }
}

#[cfg(test)]
impl Table {
    /// Processes that go on for as long as `test` takes: one of them has the only handle, and it is
    /// handed from one to the other all the time, as [`Handle`](super::Handle) does it.
    pub fn while_handed_back_and_forth<R>(&self, test: impl FnOnce() -> R) -> R {
        use std::sync::atomic::AtomicBool;
        // No process is looked for here, so any numbers will do that are nobody's. Between the two
        // there are enough other seats that a look takes longer than a hand-over.
        const BETWEEN: i32 = 200;
        let seats: Vec<&Seat> = (i32::MAX - BETWEEN..=i32::MAX)
            .map(|pid| self.enter(pid).expect("there are free seats"))
            .map(|index| self.seat(index))
            .collect();
        let (one, other) = (seats[0], seats[seats.len() - 1]);
        one.count(Roles::BOTH, 1);
        self.note_change();
        let (enough, begun) = (AtomicBool::new(false), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let (mut from, mut to) = (one, other);
                while !enough.load(Ordering::Relaxed) {
                    to.count(Roles::BOTH, 1);
                    self.note_change();
                    from.count(Roles::BOTH, -1);
                    self.note_change();
                    (from, to) = (to, from);
                    begun.store(true, Ordering::Relaxed);
                    // Processes take longer too, from one hand-over to the next.
                    (0..1000).for_each(|_| std::hint::spin_loop());
                }
            });
            while !begun.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(test));
            enough.store(true, Ordering::Relaxed);
            result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }
}

fn exists(pid: i32) -> bool {
    // SAFETY: signal 0 only asks.
    unsafe {
        libc::kill(pid, 0) == 0 || io::Error::last_os_error().raw_os_error() == Some(libc::EPERM)
    }
}

/// Whether the process that started then still runs. A zombie does not.
fn is_running(pid: i32, started: u64) -> bool {
    match pidfd_open(pid) {
        Ok(descriptor) => {
            !has_ended(&descriptor) && {
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
    let Ok(stat) = std::fs::read(format!("/proc/{pid}/stat")) else {
        return 0;
    };
    // The name in field 2 may hold anything, but ends at the last parenthesis.
    let Some(end) = stat.iter().rposition(|byte| *byte == b')') else {
        return 0;
    };
    std::str::from_utf8(&stat[end + 1..])
        .ok()
        .and_then(|rest| rest.split_ascii_whitespace().nth(19))
        .and_then(|field| field.parse().ok())
        .unwrap_or(0)
}
