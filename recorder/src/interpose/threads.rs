//! Threads: birth, name, end, join.

use super::next::real;
use super::{Here, NOBODY, SEAT, here, ring_of};
use crate::sys;
use crate::vocabulary::Kind;
use core::ffi::{CStr, c_char, c_int, c_ulong, c_void};
use core::sync::atomic::Ordering;

/// Says that the calling thread has recorded what it is about to start, and on which lane: the next
/// `pthread_create` or `fork` records nothing, and the new thread or process is quiet until it
/// [sits down](take_seat).
pub fn announce(lane: u32) {
    SEAT.with(|seat| seat.announced.set(lane));
}

/// Says that the calling thread is this lane.
pub fn take_seat(lane: u32) {
    SEAT.with(|seat| {
        let run = seat.run.get();
        if let Some(ring) = ring_of(run).filter(|_| lane != NOBODY) {
            Here { ring, run, lane }.adopt(seat);
            seat.quiet.set(0);
        }
    });
}

/// What a new thread must be told. Made by the one who starts it.
#[derive(Clone, Copy)]
pub struct Ticket {
    run: u32,
    /// [`NOBODY`]: it is not recorded, or not yet.
    lane: u32,
    /// The number of the record that it is about to be started.
    told: u64,
}

impl Ticket {
    /// Records that the calling thread is about to start another one.
    pub fn buy() -> Ticket {
        let announced = SEAT.with(|seat| seat.announced.replace(NOBODY));
        match here() {
            Some(here) if announced == NOBODY => {
                let lane = here.ring.open_lane(false, b"", Some(here.lane));
                Ticket {
                    run: here.run,
                    lane,
                    told: here.emit_lane(Kind::Spawn, lane),
                }
            }
            _ => Ticket {
                run: SEAT.with(|seat| seat.run.get()),
                lane: NOBODY,
                told: 0,
            },
        }
    }

    fn here(self) -> Option<Here> {
        let ring = ring_of(self.run).filter(|_| self.lane != NOBODY)?;
        Some(Here {
            ring,
            run: self.run,
            lane: self.lane,
        })
    }

    /// In the new thread, first of all.
    pub fn begin(self) {
        SEAT.with(|seat| match self.here() {
            Some(here) => {
                here.adopt(seat);
                // SAFETY: no arguments, cannot fail.
                self.remember(unsafe { sys::pthread_self() });
                here.emit_lane(Kind::Start, here.lane);
            }
            None => {
                seat.run.set(self.run);
                seat.pid.set(crate::identity::own_pid());
                seat.quiet.set(1);
            }
        });
    }

    /// In the new thread, last of all.
    pub fn end(self) {
        if let Some(here) = here() {
            here.emit_lane(Kind::Exit, here.lane);
        }
    }

    /// In the one who started it: this is its handle.
    pub fn remember(self, thread: usize) {
        if let Some(here) = self.here() {
            here.ring.keep_handle(here.lane, thread as u64);
        }
    }

    /// In the one who wanted to start it: it could not be started.
    pub fn give_back(self) {
        if let Some(here) = self.here() {
            here.ring.take_back(self.told);
            here.ring.void_lane(here.lane);
        }
    }
}

type Start = unsafe extern "C-unwind" fn(*mut c_void) -> *mut c_void;

struct Briefing {
    ticket: Ticket,
    start: Start,
    argument: *mut c_void,
}

// A thread may also end by unwinding through here (pthread_exit, pthread_cancel): then it is not seen that it
// ended, only that it was joined. Nothing is left to drop while it runs.
unsafe extern "C-unwind" fn begin(briefing: *mut c_void) -> *mut c_void {
    // SAFETY: `pthread_create` made the box for this thread alone.
    let Briefing {
        ticket,
        start,
        argument,
    } = *unsafe { Box::from_raw(briefing.cast::<Briefing>()) };
    ticket.begin();
    // SAFETY: what the caller of `pthread_create` wanted to be run with this argument.
    let result = unsafe { start(argument) };
    ticket.end();
    result
}

/// pthread_create(3).
///
/// # Safety
/// As for pthread_create(3).
pub unsafe extern "C" fn pthread_create(
    thread: *mut usize,
    attributes: *const c_void,
    start: Start,
    argument: *mut c_void,
) -> c_int {
    let create = |start: Start, argument: *mut c_void| {
        real!(pthread_create(
            thread => *mut usize, attributes => *const c_void, start => Start, argument => *mut c_void,
        ) -> c_int)
    };
    let ticket = Ticket::buy();
    if ticket.run == 0 {
        return create(start, argument);
    }
    let briefing = Box::into_raw(Box::new(Briefing {
        ticket,
        start,
        argument,
    }));
    let result = create(begin, briefing.cast());
    if result == 0 {
        // SAFETY: pthread_create has succeeded and written the handle.
        ticket.remember(unsafe { *thread });
    } else {
        ticket.give_back();
        // SAFETY: no thread was started, so the box is still ours.
        drop(unsafe { Box::from_raw(briefing) });
    }
    result
}

/// Records that the calling thread waits for the end of another one.
pub fn joining<R>(thread: usize, join: impl FnOnce() -> R) -> R {
    let Some(here) = here() else { return join() };
    let Some(lane) = here.ring.lane_of_thread(thread as u64) else {
        return join();
    };
    here.emit_lane(Kind::JoinBegin, lane);
    let result = join();
    here.emit_lane(Kind::JoinEnd, lane);
    if let Some(entry) = here.ring.lane(lane) {
        entry.handle.store(0, Ordering::Relaxed);
    }
    result
}

/// pthread_join(3).
///
/// # Safety
/// As for pthread_join(3).
pub unsafe extern "C" fn pthread_join(thread: usize, result: *mut *mut c_void) -> c_int {
    joining(
        thread,
        || real!(pthread_join(thread => usize, result => *mut *mut c_void) -> c_int),
    )
}

/// pthread_setname_np(3).
///
/// # Safety
/// As for pthread_setname_np(3).
pub unsafe extern "C" fn pthread_setname_np(thread: usize, name: *const c_char) -> c_int {
    let result = real!(pthread_setname_np(thread => usize, name => *const c_char) -> c_int);
    if result == 0
        && let Some(here) = here()
    {
        // SAFETY: no arguments, cannot fail.
        let own = unsafe { sys::pthread_self() } == thread;
        let lane = if own {
            Some(here.lane)
        } else {
            here.ring.lane_of_thread(thread as u64)
        };
        if let Some(lane) = lane {
            // SAFETY: libc has accepted it, so it ends with NUL.
            here.ring
                .name_lane(lane, unsafe { CStr::from_ptr(name) }.to_bytes());
        }
    }
    result
}

/// prctl(2). Only the name of the calling thread is looked at.
///
/// # Safety
/// As for prctl(2).
pub unsafe extern "C" fn prctl(
    option: c_int,
    a: c_ulong,
    b: c_ulong,
    c: c_ulong,
    d: c_ulong,
) -> c_int {
    let result = real!(prctl(
        option => c_int, a => c_ulong, b => c_ulong, c => c_ulong, d => c_ulong,
    ) -> c_int);
    if result == 0
        && option == sys::PR_SET_NAME
        && let Some(here) = here()
    {
        let mut name = [0; 15];
        let mut length = 0;
        // SAFETY: the system has accepted it: it ends with NUL, or is cut after 15 bytes.
        while length < name.len() && unsafe { *(a as *const u8).add(length) } != 0 {
            // SAFETY: as above.
            name[length] = unsafe { *(a as *const u8).add(length) };
            length += 1;
        }
        here.ring.name_lane(here.lane, &name[..length]);
    }
    result
}
