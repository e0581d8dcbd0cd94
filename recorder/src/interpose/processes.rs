//! Processes: birth, end, and whoever waits for it.

use super::next::real;
use super::{Here, NOBODY, SEAT, here, ring_of, seated};
use crate::identity::{main_lane, own_pid};
use crate::sys;
use crate::vocabulary::{Kind, ObjectKind};
use core::ffi::{c_int, c_void};
use core::sync::atomic::{AtomicBool, Ordering};

const P_PID: u32 = 1;
/// Where `siginfo_t` has the kind of a child's end, the child and its status: words of 32 bits (sigaction(2)).
const INFO_CODE: usize = 2;
const INFO_PID: usize = 4;
const INFO_STATUS: usize = 6;
const CLD_EXITED: i32 = 1;
/// Words of a `siginfo_t`.
const INFO_WORDS: usize = 32;

/// fork(2).
///
/// # Safety
/// As for fork(2).
pub unsafe extern "C" fn fork() -> c_int {
    let announced = SEAT.with(|seat| seat.announced.replace(NOBODY));
    let here = here().filter(|_| announced == NOBODY);
    let child = here.map(|here| {
        let lane = here.ring.open_lane(true, b"", Some(here.lane));
        (Here { lane, ..here }, here.emit_lane(Kind::Fork, lane))
    });
    let pid = real!(fork() -> c_int);
    match (pid, child) {
        (0, Some((child, _))) => SEAT.with(|seat| {
            child.adopt(seat);
            child.emit_lane(Kind::Start, child.lane);
        }),
        // It has a lane already, and says when it sits on it.
        (0, None) if announced != NOBODY => SEAT.with(|seat| {
            seat.pid.set(own_pid());
            seat.quiet.set(1);
        }),
        (1.., Some((child, _))) => name_child(child, pid),
        (..0, Some((child, told))) => {
            child.ring.take_back(told);
            child.ring.void_lane(child.lane);
        }
        _ => {}
    }
    pid
}

/// The parent knows its child's number; the child may have said so already.
pub(super) fn name_child(child: Here, pid: c_int) {
    if let Some(entry) = child.ring.lane(child.lane) {
        entry.pid.store(pid, Ordering::Relaxed);
    }
}

/// What a process begins with that clone(2) makes.
pub type Entry = unsafe extern "C" fn(*mut c_void) -> c_int;

/// What such a process must be told.
struct Birth {
    child: Here,
    entry: Entry,
    argument: *mut c_void,
}

unsafe extern "C" fn born(birth: *mut c_void) -> c_int {
    // SAFETY: `clone` made it, and this process has a copy of the memory in which it lies.
    let Birth {
        child,
        entry,
        argument,
    } = unsafe { birth.cast::<Birth>().read() };
    SEAT.with(|seat| {
        child.adopt(seat);
        child.emit_lane(Kind::Start, child.lane);
    });
    // SAFETY: what the caller of `clone` wanted to be run with this argument.
    let code = unsafe { entry(argument) };
    leaving(code);
    code
}

/// clone(2), the function of libc: the child begins with a function, on a stack of its own. (The function takes a
/// varying number of arguments; those that were not given are not looked at by anybody.) Of a process with memory of
/// its own all is seen, of one in its parent's memory (as `vfork` makes it) only the birth, until it runs another
/// program. A thread made this way is not seen.
///
/// # Safety
/// As for clone(2).
pub unsafe extern "C" fn clone(
    entry: Entry,
    stack: *mut c_void,
    flags: c_int,
    argument: *mut c_void,
    parent_tid: *mut c_int,
    storage: *mut c_void,
    child_tid: *mut c_int,
) -> c_int {
    let call = |entry: Entry, argument: *mut c_void| {
        real!(clone(
            entry => Entry, stack => *mut c_void, flags => c_int, argument => *mut c_void,
            parent_tid => *mut c_int, storage => *mut c_void, child_tid => *mut c_int,
        ) -> c_int)
    };
    let Some(here) = here().filter(|_| flags & sys::CLONE_THREAD == 0) else {
        return call(entry, argument);
    };
    let lane = here.ring.open_lane(true, b"", Some(here.lane));
    let told = here.emit_lane(Kind::Fork, lane);
    let child = Here { lane, ..here };
    let pid = if flags & sys::CLONE_VM == 0 {
        let mut birth = Birth {
            child,
            entry,
            argument,
        };
        call(born, (&raw mut birth).cast())
    } else {
        call(entry, argument)
    };
    if pid > 0 {
        name_child(child, pid);
    } else {
        here.ring.take_back(told);
        here.ring.void_lane(lane);
    }
    pid
}

/// Records that this process ends with this code.
pub(crate) fn leaving(code: c_int) {
    let Some(here) = here().filter(|_| own_pid() == sys::getpid()) else {
        return;
    };
    let lane = main_lane()
        .filter(|(run, _)| *run == here.run)
        .map_or(here.lane, |(_, lane)| lane);
    let status = (code & 0xff) << 8;
    let known = here
        .ring
        .lane(lane)
        .is_some_and(|entry| entry.ending.load(Ordering::Relaxed) != 0);
    // By `exit`, which comes to `_exit` in the end.
    if !known {
        here.emit_lane(Kind::Exit, lane);
        here.ring.end_lane(lane, status);
    }
}

/// Has the end of this process recorded, and of those it forks.
pub(crate) fn watch_exit() {
    static WATCHED: AtomicBool = AtomicBool::new(false);
    extern "C" fn exit(code: c_int, _argument: *mut c_void) {
        leaving(code);
    }
    if !WATCHED.swap(true, Ordering::Relaxed) {
        // SAFETY: the handler records and returns; it is part of an object that is never unloaded.
        unsafe { sys::on_exit(exit, core::ptr::null_mut()) };
    }
}

/// _exit(2).
///
/// # Safety
/// As for _exit(2).
pub unsafe extern "C" fn _exit(code: c_int) -> ! {
    leaving(code);
    real!(_exit(code => c_int) -> !)
}

/// The lane of a process, or the process.
fn child_of(here: Here, pid: c_int) -> (ObjectKind, u64) {
    match here.ring.lane_of_process(pid) {
        Some(lane) => (ObjectKind::Lane, lane.into()),
        None if pid > 0 => (ObjectKind::Process, pid as u64),
        None => (ObjectKind::None, 0),
    }
}

/// Records a wait for the end of children: `wanted` (or any, if it is not a process), which may wait or only
/// look. `call` gives the child that has ended and its status as wait(2) tells it, if there is one. Where somebody
/// has recorded the wait already, only how the child ended is added.
pub fn waiting_for<R>(
    wanted: c_int,
    may_wait: bool,
    call: impl FnOnce() -> (R, Option<(c_int, c_int)>),
) -> R {
    let Some(here) = here() else {
        let (result, ended) = call();
        if let Some((seated, (pid, status))) = seated().zip(ended) {
            note_end(seated, child_of(seated, pid), status);
        }
        return result;
    };
    let (kind, id) = child_of(here, wanted);
    let begun = here.emit(Kind::JoinBegin, kind, id);
    let (result, ended) = call();
    match ended {
        Some((pid, status)) => {
            let (kind, id) = child_of(here, pid);
            here.emit(Kind::JoinEnd, kind, id);
            note_end(here, (kind, id), status);
        }
        None if may_wait => {
            here.emit(Kind::JoinEnd, kind, id);
        }
        None => here.ring.take_back(begun),
    }
    result
}

/// Writes down how a child ended, unless it has only stopped or goes on.
fn note_end(here: Here, (kind, id): (ObjectKind, u64), status: c_int) {
    if kind == ObjectKind::Lane && status & 0xff != 0x7f && status != 0xffff {
        here.ring.end_lane(id as u32, status);
    }
}

/// wait4(2).
///
/// # Safety
/// As for wait4(2).
pub unsafe extern "C" fn wait4(
    pid: c_int,
    status: *mut c_int,
    options: c_int,
    usage: *mut c_void,
) -> c_int {
    let mut ended = 0;
    let child = waiting_for(pid, options & sys::WNOHANG == 0, || {
        let child = real!(wait4(
            pid => c_int, &mut ended => *mut c_int, options => c_int, usage => *mut c_void,
        ) -> c_int);
        (child, (child > 0).then_some((child, ended)))
    });
    if child > 0 && !status.is_null() {
        // SAFETY: the caller's place for it.
        unsafe { *status = ended };
    }
    child
}

/// wait3(2): how shells wait.
///
/// # Safety
/// As for wait3(2).
pub unsafe extern "C" fn wait3(status: *mut c_int, options: c_int, usage: *mut c_void) -> c_int {
    // SAFETY: wait3 is wait4 for any child; the caller's arguments.
    unsafe { wait4(-1, status, options, usage) }
}

/// waitpid(2).
///
/// # Safety
/// As for waitpid(2).
pub unsafe extern "C" fn waitpid(pid: c_int, status: *mut c_int, options: c_int) -> c_int {
    // SAFETY: waitpid is wait4 without resource usage; the caller's arguments.
    unsafe { wait4(pid, status, options, core::ptr::null_mut()) }
}

/// wait(2).
///
/// # Safety
/// As for wait(2).
pub unsafe extern "C" fn wait(status: *mut c_int) -> c_int {
    // SAFETY: the caller's argument.
    unsafe { wait4(-1, status, 0, core::ptr::null_mut()) }
}

/// What a `siginfo_t` says about a child: who, and how it ended as wait(2) would tell it.
///
/// # Safety
/// `info` is a `siginfo_t` that waitid(2) has filled in.
pub unsafe fn ended(info: *const c_void) -> Option<(c_int, c_int)> {
    let word = |index: usize| {
        // SAFETY: within the `siginfo_t`.
        unsafe { *info.cast::<i32>().add(index) }
    };
    let (code, pid, status) = (word(INFO_CODE), word(INFO_PID), word(INFO_STATUS));
    (pid > 0).then_some(match code {
        CLD_EXITED => (pid, (status & 0xff) << 8),
        2 | 3 => (pid, status & 0x7f),
        // Stopped or continued.
        _ => (pid, 0xffff),
    })
}

/// waitid(2).
///
/// # Safety
/// As for waitid(2).
pub unsafe extern "C" fn waitid(kind: u32, id: u32, info: *mut c_void, options: c_int) -> c_int {
    let mut own = [0i32; INFO_WORDS];
    let place = if info.is_null() {
        own.as_mut_ptr().cast()
    } else {
        info
    };
    let wanted = if kind == P_PID { id as c_int } else { -1 };
    waiting_for(wanted, options & sys::WNOHANG == 0, || {
        let result = real!(waitid(
            kind => u32, id => u32, place => *mut c_void, options => c_int,
        ) -> c_int);
        // SAFETY: filled in by waitid, which has succeeded.
        let child = (result == 0).then(|| unsafe { ended(place) }).flatten();
        (result, child)
    })
}

/// This process has just begun: it announced itself before it became another program, or its parent did, or
/// nobody. In the library for preloading, before `main`.
#[allow(dead_code, reason = "the library for preloading uses it")]
pub(crate) fn arrive(run: u32, name: &[u8]) {
    let Some(ring) = ring_of(run) else { return };
    let known = ring.lane_of_process(own_pid());
    let lane =
        known.unwrap_or_else(|| ring.open_lane(true, name, ring.lane_of_process(sys::getppid())));
    let new = ring
        .lane(lane)
        .is_none_or(|entry| entry.tid.load(Ordering::Relaxed) == 0);
    let here = Here { ring, run, lane };
    SEAT.with(|seat| here.adopt(seat));
    ring.name_lane(lane, name);
    if new {
        here.emit_lane(Kind::Start, lane);
    }
}
