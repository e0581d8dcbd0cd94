//! How code that knows nothing of us is seen: C functions that we define in front of libc's.
//!
//! Rust's standard library (and nearly every other program) asks the system through C functions: `write`,
//! `pthread_create`, `syscall` for a futex, `nanosleep` ... The dynamic linker takes the first definition it
//! finds. The functions of this module write down what is about to happen, call the definition behind them,
//! and write down that it is over. They are exported in two places, from this one source:
//!
//! - by the **worker** of a notebook, an executable: cells are linked to the dynamic standard library, whose
//!   calls come to the executable first;
//! - by the **library for preloading** of `weft trace` (`preload.rs` is its root): it comes first in any
//!   dynamically linked program.
//!
//! So nothing below this module may depend on a crate: the library is compiled by `rustc` alone.
//!
//! | file | sees |
//! |---|---|
//! | `threads` | `pthread_create`, `pthread_join`, names |
//! | `sleeps` | `nanosleep`, `clock_nanosleep`, `usleep`, `sleep` |
//! | `futexes` | `syscall`: futex waits and wakes of std, parking_lot, crossbeam, rayon, tokio |
//! | `channels` | prints; reads and writes of pipes and sockets, connections |
//! | `readiness` | `poll`, `ppoll`, `select`, `epoll_wait`, `epoll_pwait` |
//! | `processes` | `fork`, `clone`, exit, wait |
//! | `programs` | `posix_spawn`, exec |
//! | `heritage` | (what a program that a cell starts is given, so that it records as well) |
//! | `signals` | `kill` and its kin |
//! | `locks` | locks of C programs (only in the library) |
//!
//! # What is not seen, and why
//!
//! - An uncontended lock: it makes no call. Nor does it take part in the picture: what was not seen is not
//!   drawn.
//! - Calls that libc makes to itself: `printf` and `fwrite` write by libc's own inner `write`; a lock inside
//!   of `malloc`. And programs that make system calls without libc: Go, static programs.
//! - `vfork`, and clone(2) asked without its function: a function in front of these cannot come back twice. And
//!   `pidfd_spawnp`, which gives no number to know the child by. The child is seen as soon as it runs another program
//!   or makes any call that is seen; who started it is known by the system's word.
//! - What a process does that `clone` made in its parent's memory, until it runs another program, and threads that
//!   `clone` made: they have no memory of their own to remember who they are.
//! - That a program is left for another one by `execl` and its kin, which take as many words as one likes: Rust cannot
//!   define such functions. The other program is seen.
//! - Children with an empty environment (`weft trace`) or other rights (set-user-ID) do not load the library.
//! - The moment in which a signal handler runs; only who sent the signal.
//! - Which thread a wake was meant for: the system says how many woke, and the picture matches addresses.
//!   Memory shared by processes may have several addresses.
//! - Which bytes of a print were taken: if a write is cut short, the program repeats the rest, and it is seen twice.
//! - Event counters (eventfd) as channels: all of them have one identity. Their waits are seen.
//! - Two ends of a socket as one channel: each end has an identity of its own.
//! - The names of threads beyond 15 bytes: std cuts them.
//!
//! # Invariants
//!
//! - The traced program cannot tell the difference: results and `errno` are those of the function behind.
//! - No lock is taken, and nothing is allocated but in the one who starts a thread. So a function may be called in a
//!   signal handler, between fork and exec, before `main` and after `exit`.
//! - A function that is called from inside of one of ours (`quiet`) records nothing.
//! - Own primitives that record exactly what they do announce it: see [`threads::announce`].

pub(crate) mod heritage;
mod next;

pub mod channels;
pub mod exports;
pub mod futexes;
pub mod locks;
pub mod processes;
pub mod program_file;
pub mod programs;
pub mod readiness;
pub mod signals;
pub mod sleeps;
pub mod threads;

use crate::identity::{main_lane, own_pid, set_main_lane};
use crate::ring::Ring;
use crate::sys;
use crate::vocabulary::{Kind, ObjectKind};
use core::cell::Cell;
use core::ptr;
use core::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

/// How many runs are kept: threads of an older one are not recorded any more.
pub const KEPT_RUNS: usize = 4;

static RINGS: [AtomicPtr<Ring>; KEPT_RUNS] = [const { AtomicPtr::new(ptr::null_mut()) }; KEPT_RUNS];
/// The run that was begun last; 0 = nothing is recorded.
pub(crate) static LATEST: AtomicU32 = AtomicU32::new(0);
/// The lane of somebody who has none.
pub(crate) const NOBODY: u32 = u32::MAX;

/// What is known of the calling thread.
pub(crate) struct Seat {
    /// The run it works for; 0 = not known yet.
    pub(crate) run: Cell<u32>,
    /// The process in which that was written down: a forked child has a copy.
    pub(crate) pid: Cell<i32>,
    pub(crate) lane: Cell<u32>,
    /// Above 0: what it does now is not recorded.
    pub(crate) quiet: Cell<u32>,
    /// The lane of the thread or process it is about to start, if that was recorded already.
    pub(crate) announced: Cell<u32>,
}

thread_local! {
    pub(crate) static SEAT: Seat = const {
        Seat {
            run: Cell::new(0),
            pid: Cell::new(0),
            lane: Cell::new(NOBODY),
            quiet: Cell::new(0),
            announced: Cell::new(NOBODY),
        }
    };
}

/// The calling thread, where it is recorded.
#[derive(Clone, Copy)]
pub(crate) struct Here {
    pub(crate) ring: &'static Ring,
    pub(crate) run: u32,
    pub(crate) lane: u32,
}

impl Here {
    #[inline]
    pub(crate) fn emit(self, kind: Kind, object: ObjectKind, id: u64) -> u64 {
        self.ring.record(self.lane, kind, object, id)
    }

    pub(crate) fn emit_lane(self, kind: Kind, lane: u32) -> u64 {
        self.emit(kind, ObjectKind::Lane, lane.into())
    }

    /// Records that the call waits.
    #[inline]
    pub(crate) fn around<R>(
        self,
        [begin, end]: [Kind; 2],
        object: ObjectKind,
        id: u64,
        call: impl FnOnce() -> R,
    ) -> R {
        self.emit(begin, object, id);
        let result = call();
        self.emit(end, object, id);
        result
    }

    /// Sits down on this lane.
    fn adopt(self, seat: &Seat) {
        let (pid, tid) = (own_pid(), sys::gettid());
        self.ring.identify_lane(self.lane, pid, tid);
        if pid == tid {
            set_main_lane(self.run, self.lane);
        }
        seat.run.set(self.run);
        seat.pid.set(pid);
        seat.lane.set(self.lane);
    }
}

pub(crate) const WAITS: [Kind; 2] = [Kind::WaitBegin, Kind::WaitEnd];

pub(crate) fn ring_of(run: u32) -> Option<&'static Ring> {
    let ring = RINGS[run as usize % KEPT_RUNS].load(Ordering::Acquire);
    // SAFETY: null, or from `Box::leak` or the library's only mapping, neither of which ever goes.
    let ring = unsafe { ring.as_ref() }?;
    (ring.run() == run).then_some(ring)
}

/// The calling thread, unless it is not recorded.
#[inline]
pub(crate) fn here() -> Option<Here> {
    let latest = LATEST.load(Ordering::Relaxed);
    if latest == 0 {
        return None;
    }
    SEAT.with(|seat| {
        if seat.quiet.get() != 0 {
            return None;
        }
        let (run, lane) = (seat.run.get(), seat.lane.get());
        if run != 0 && seat.pid.get() == own_pid() {
            let ring = ring_of(run)?;
            return Some(Here { ring, run, lane });
        }
        // A signal handler that comes now is not recorded.
        seat.quiet.set(1);
        let here = sit_down(seat, latest);
        seat.quiet.set(0);
        here
    })
}

/// The calling thread, also where the hooks are quiet.
pub(crate) fn seated() -> Option<Here> {
    SEAT.with(|seat| {
        let (run, lane) = (seat.run.get(), seat.lane.get());
        if lane == NOBODY || seat.pid.get() != own_pid() {
            return None;
        }
        let ring = ring_of(run)?;
        Some(Here { ring, run, lane })
    })
}

/// A lane for a thread that nobody announced, or for a process that was forked behind our back.
fn sit_down(seat: &Seat, latest: u32) -> Option<Here> {
    let forked = seat.run.get() != 0;
    let run = if forked { seat.run.get() } else { latest };
    let ring = ring_of(run)?;
    let process = own_pid() == sys::gettid();
    let parent = if forked {
        Some(seat.lane.get())
    } else {
        main_lane()
            .filter(|(of, _)| *of == run)
            .map(|(_, lane)| lane)
    };
    let lane = ring.open_lane(process, b"", parent);
    let here = Here { ring, run, lane };
    here.adopt(seat);
    here.emit_lane(Kind::Start, lane);
    Some(here)
}

/// Runs this without recording it. Nested calls are fine.
pub fn quietly<R>(run: impl FnOnce() -> R) -> R {
    struct Loud;
    impl Drop for Loud {
        fn drop(&mut self) {
            SEAT.with(|seat| seat.quiet.set(seat.quiet.get().saturating_sub(1)));
        }
    }
    SEAT.with(|seat| seat.quiet.set(seat.quiet.get() + 1));
    let _loud = Loud;
    run()
}

/// Begins to record here: the calling thread is the main lane of this run. With a run that has begun
/// already, it goes on.
pub fn begin_run(run: u32, name: &str) {
    let ring = RINGS[run as usize % KEPT_RUNS].load(Ordering::Acquire);
    // SAFETY: as in `ring_of`.
    let Some(ring) = (unsafe { ring.as_ref() }) else {
        return;
    };
    if run == 0 {
        return;
    }
    SEAT.with(|seat| {
        let new = ring.run() != run;
        if new {
            ring.begin(run);
        }
        if new || seat.run.get() != run || seat.pid.get() != own_pid() {
            let lane = ring.open_lane(true, name.as_bytes(), None);
            let here = Here { ring, run, lane };
            here.adopt(seat);
            here.emit_lane(Kind::Start, lane);
        }
        LATEST.store(run, Ordering::Release);
        seat.announced.set(NOBODY);
        seat.quiet.set(0);
    });
}

/// The main lane has come to the end of its run. Its threads are recorded as long as they live, the calling
/// thread only in its next run.
pub fn end_run() {
    if let Some(here) = here() {
        here.emit_lane(Kind::Exit, here.lane);
    }
    SEAT.with(|seat| seat.quiet.set(1));
}

/// Records into this memory from here on; one for each of the runs that are kept.
pub(crate) fn use_ring(place: usize, ring: &'static Ring) {
    if let Some(known) = RINGS.get(place) {
        known.store(ptr::from_ref(ring).cast_mut(), Ordering::Release);
    }
}

/// Begins to record in a program that has just been started.
#[allow(dead_code, reason = "the library for preloading uses it")]
pub(crate) fn arrive(run: u32, name: &[u8]) {
    processes::arrive(run, name);
    LATEST.store(run, Ordering::Release);
}

/// Looks up everything that must not be looked up later, in a signal handler or after a fork: to be called while the
/// process has one thread.
pub fn resolve() {
    next::resolve_all();
    own_pid();
}

/// [`resolve`], where something will be recorded.
pub(crate) fn prepare() {
    resolve();
    processes::watch_exit();
}
