//! Programs: a process that becomes another one, or is born as one.

use super::heritage::{Exec, Place, Spawn, handing_down};
use super::next::real;
use super::processes::name_child;
use super::{Here, NOBODY, SEAT, here};
use crate::identity::{main_lane, own_pid};
use crate::sys;
use crate::vocabulary::Kind;
use core::ffi::{CStr, c_char, c_int, c_void};

type Spawned = (
    *mut c_int,
    *const c_char,
    *const c_void,
    *const c_void,
    *const *mut c_char,
    *const *mut c_char,
);

fn spawning(place: Place, arguments: Spawned, call: impl Fn(Spawned) -> c_int) -> c_int {
    let announced = SEAT.with(|seat| seat.announced.replace(NOBODY));
    let Some(here) = here() else {
        return call(arguments);
    };
    // The caller may not want to know it.
    let mut pid = 0;
    let (wanted, path, actions, attributes, words, environment) = arguments;
    let (lane, told) = if announced == NOBODY {
        // A program that records says its name itself, and it is the same.
        // SAFETY: the caller's path.
        let name = unsafe { name_of(path) };
        let lane = here.ring.open_lane(true, name, Some(here.lane));
        (lane, Some(here.emit_lane(Kind::Fork, lane)))
    } else {
        (announced, None)
    };
    let place_of_pid: *mut c_int = &raw mut pid;
    // SAFETY: the caller's own arguments.
    let Spawn(result) = unsafe {
        handing_down(place, environment.cast(), |environment| {
            let environment = environment.cast();
            Spawn(call((
                place_of_pid,
                path,
                actions,
                attributes,
                words,
                environment,
            )))
        })
    };
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
    ($($(#[$doc:meta])* $name:ident at $place:ident),+) => {
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
                spawning(Place::$place(path), (pid, path, actions, attributes, words, environment), |(pid, path, actions, attributes, words, environment)| {
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
    posix_spawn at Path,
    /// posix_spawnp(3).
    posix_spawnp at Searched
);

/// What a program is called that is in this file: the last part of its path.
///
/// # Safety
/// The path is null or ends with NUL, and stays as it is as long as the name is used.
unsafe fn name_of<'a>(path: *const c_char) -> &'a [u8] {
    if path.is_null() {
        return b"";
    }
    // SAFETY: by our own contract.
    let path = unsafe { CStr::from_ptr(path) }.to_bytes();
    path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

/// A call that does not come back if it succeeds. In a child that still has its
/// parent's memory (vfork) nothing is recorded: it would be the parent's.
///
/// # Safety
/// As for [`handing_down`].
unsafe fn becoming(
    place: Place,
    environment: *const *const c_char,
    call: impl Fn(*const *const c_char) -> c_int,
) -> c_int {
    // SAFETY: by our own contract.
    let (name, call) = unsafe {
        let name = match place {
            Place::Path(path) | Place::Searched(path) => name_of(path),
            Place::Opened(_) => b"",
        };
        let call = || handing_down(place, environment, |environment| Exec(call(environment))).0;
        (name, call)
    };
    let Some(here) = here().filter(|_| own_pid() == sys::getpid()) else {
        return call();
    };
    let told = here.emit_lane(Kind::Exec, here.lane);
    let lane = main_lane()
        .filter(|(run, _)| *run == here.run)
        .map_or(here.lane, |(_, lane)| lane);
    let before = here.ring.name_of_lane(lane);
    if !name.is_empty() {
        here.ring.name_lane(lane, name);
    }
    let result = call();
    if let Some((bytes, length)) = before {
        here.ring.name_lane(lane, &bytes[..length]);
    }
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
    let call = |environment: *const *const c_char| {
        real!(execve(
            path => *const c_char, words => *const *const c_char, environment => *const *const c_char,
        ) -> c_int)
    };
    // SAFETY: the caller's own arguments.
    unsafe { becoming(Place::Path(path), environment, call) }
}

/// execv(3).
///
/// # Safety
/// As for execv(3).
pub unsafe extern "C" fn execv(path: *const c_char, words: *const *const c_char) -> c_int {
    // SAFETY: execv is execve with the environment of this process.
    unsafe { execve(path, words, sys::environment()) }
}

/// execvp(3).
///
/// # Safety
/// As for execvp(3).
pub unsafe extern "C" fn execvp(file: *const c_char, words: *const *const c_char) -> c_int {
    // SAFETY: execvp is execvpe with the environment of this process.
    unsafe { execvpe(file, words, sys::environment()) }
}

/// execvpe(3).
///
/// # Safety
/// As for execvpe(3).
pub unsafe extern "C" fn execvpe(
    file: *const c_char,
    words: *const *const c_char,
    environment: *const *const c_char,
) -> c_int {
    let call = |environment: *const *const c_char| {
        real!(execvpe(
            file => *const c_char, words => *const *const c_char, environment => *const *const c_char,
        ) -> c_int)
    };
    // SAFETY: the caller's own arguments.
    unsafe { becoming(Place::Searched(file), environment, call) }
}

/// fexecve(3).
///
/// # Safety
/// As for fexecve(3).
pub unsafe extern "C" fn fexecve(
    fd: c_int,
    words: *const *const c_char,
    environment: *const *const c_char,
) -> c_int {
    let call = |environment: *const *const c_char| {
        real!(fexecve(
            fd => c_int, words => *const *const c_char, environment => *const *const c_char,
        ) -> c_int)
    };
    // SAFETY: the caller's own arguments.
    unsafe { becoming(Place::Opened(fd), environment, call) }
}

/// execveat(2). Not every libc has the function, so the system is asked.
///
/// # Safety
/// As for execveat(2).
pub unsafe extern "C" fn execveat(
    folder: c_int,
    path: *const c_char,
    words: *const *const c_char,
    environment: *const *const c_char,
    flags: c_int,
) -> c_int {
    let call = |environment: *const *const c_char| {
        let words = words as i64;
        let arguments = [
            folder.into(),
            path as i64,
            words,
            environment as i64,
            flags.into(),
            0,
        ];
        // SAFETY: the caller's own arguments, under the caller's own contract.
        sys::as_c(unsafe { sys::call(sys::number::EXECVEAT, arguments) }) as c_int
    };
    // In a folder that only the system knows: what the file is, is not looked at.
    // SAFETY: the caller's own arguments.
    unsafe { becoming(Place::Opened(-1), environment, call) }
}
