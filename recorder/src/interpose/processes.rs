//! Processes: birth, another program, end, and whoever waits for it.

use super::next::real;
use super::{Here, NOBODY, SEAT, here, ring_of};
use crate::identity::{main_lane, own_pid};
use crate::sys;
use crate::vocabulary::{Kind, ObjectKind};
use core::ffi::{c_char, c_int, c_void};
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
fn name_child(child: Here, pid: c_int) {
    if let Some(entry) = child.ring.lane(child.lane) {
        entry.pid.store(pid, Ordering::Relaxed);
    }
}

type Spawned = (
    *mut c_int,
    *const c_char,
    *const c_void,
    *const c_void,
    *const *mut c_char,
    *const *mut c_char,
);

fn spawning(arguments: Spawned, call: impl FnOnce(Spawned) -> c_int) -> c_int {
    let announced = SEAT.with(|seat| seat.announced.replace(NOBODY));
    let Some(here) = here() else {
        return call(arguments);
    };
    let (lane, told) = if announced == NOBODY {
        let lane = here.ring.open_lane(true, b"", Some(here.lane));
        (lane, Some(here.emit_lane(Kind::Fork, lane)))
    } else {
        (announced, None)
    };
    // The caller may not want to know it.
    let mut pid = 0;
    let (wanted, path, actions, attributes, words, environment) = arguments;
    let result = call((&mut pid, path, actions, attributes, words, environment));
    if result == 0 {
        if !wanted.is_null() {
            // SAFETY: the caller's place for it.
            unsafe { *wanted = pid };
        }
        name_child(Here { lane, ..here }, pid);
    } else if let Some(told) = told {
        here.ring.take_back(told);
        here.ring.void_lane(lane);
    }
    result
}

macro_rules! spawn {
    ($($(#[$doc:meta])* $name:ident),+) => {
        $(
            $(#[$doc])*
            ///
            /// # Safety
            /// As for posix_spawn(3).
            pub unsafe extern "C" fn $name(
                pid: *mut c_int,
                path: *const c_char,
                actions: *const c_void,
                attributes: *const c_void,
                words: *const *mut c_char,
                environment: *const *mut c_char,
            ) -> c_int {
                spawning((pid, path, actions, attributes, words, environment), |(pid, path, actions, attributes, words, environment)| {
                    real!($name(
                        pid => *mut c_int, path => *const c_char, actions => *const c_void,
                        attributes => *const c_void, words => *const *mut c_char,
                        environment => *const *mut c_char,
                    ) -> c_int)
                })
            }
        )+
    };
}

spawn!(
    /// posix_spawn(3).
    posix_spawn,
    /// posix_spawnp(3).
    posix_spawnp
);

/// A call that does not come back if it succeeds. In a child that still has its parent's memory (vfork) nothing is
/// recorded: it would be the parent's.
fn becoming(call: impl FnOnce() -> c_int) -> c_int {
    let Some(here) = here().filter(|_| own_pid() == sys::getpid()) else {
        return call();
    };
    let told = here.emit_lane(Kind::Exec, here.lane);
    let result = call();
    here.ring.take_back(told);
    result
}

/// execve(2).
///
/// # Safety
/// As for execve(2).
pub unsafe extern "C" fn execve(
    path: *const c_char,
    words: *const *const c_char,
    environment: *const *const c_char,
) -> c_int {
    becoming(|| {
        real!(execve(
            path => *const c_char, words => *const *const c_char, environment => *const *const c_char,
        ) -> c_int)
    })
}

/// execv(3).
///
/// # Safety
/// As for execv(3).
pub unsafe extern "C" fn execv(path: *const c_char, words: *const *const c_char) -> c_int {
    becoming(|| real!(execv(path => *const c_char, words => *const *const c_char) -> c_int))
}

/// execvp(3).
///
/// # Safety
/// As for execvp(3).
pub unsafe extern "C" fn execvp(file: *const c_char, words: *const *const c_char) -> c_int {
    becoming(|| real!(execvp(file => *const c_char, words => *const *const c_char) -> c_int))
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
/// look. `call` gives the child that has ended and its status as wait(2) tells it, if there is one.
pub fn waiting_for<R>(
    wanted: c_int,
    may_wait: bool,
    call: impl FnOnce() -> (R, Option<(c_int, c_int)>),
) -> R {
    let Some(here) = here() else {
        return call().0;
    };
    let (kind, id) = child_of(here, wanted);
    let begun = here.emit(Kind::JoinBegin, kind, id);
    let (result, ended) = call();
    match ended {
        Some((pid, status)) => {
            let (kind, id) = child_of(here, pid);
            here.emit(Kind::JoinEnd, kind, id);
            // Stopped and continued children have not ended.
            if kind == ObjectKind::Lane && status & 0xff != 0x7f && status != 0xffff {
                here.ring.end_lane(id as u32, status);
            }
        }
        None if may_wait => {
            here.emit(Kind::JoinEnd, kind, id);
        }
        None => here.ring.take_back(begun),
    }
    result
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
