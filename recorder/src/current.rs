//! The journal of this process, and the lane of this thread.
//!
//! Libraries call [`emit`]; without a journal it does nothing, at the price of one load. A thread
//! that was not started through our library gets a lane of its own when it first records something,
//! and so does a process that somebody forked behind our back.
//!
//! In a shared object whose program records as well (a cell's in a notebook's worker), all of this is the program's
//! business: see `Host`.

use crate::event::{Kind, LaneId, LaneKind, Object};
use crate::journal::{Journal, own_pid, own_tid};
use std::cell::Cell;
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

// Installed journals are never freed: a thread may still be writing into one that was just
// uninstalled, and a lock here would not survive a fork. A program installs one or a few in its
// life.
static CURRENT: AtomicPtr<Journal> = AtomicPtr::new(ptr::null_mut());
static INSTALLATION: AtomicU32 = AtomicU32::new(0);
static HOSTED: AtomicPtr<Host> = AtomicPtr::new(ptr::null_mut());

/// What a program that records offers to a shared object with a copy of this crate. Both may have been built by
/// different compilers.
#[doc(hidden)]
#[repr(C)]
pub struct Host {
    pub(crate) is_recording: extern "C" fn() -> bool,
    pub(crate) open_lane: extern "C" fn(process: bool, name: *const u8, length: usize) -> u32,
    pub(crate) take_seat: extern "C" fn(lane: u32),
    pub(crate) lane: extern "C" fn() -> u32,
    pub(crate) next_object: extern "C" fn() -> u64,
    pub(crate) emit: extern "C" fn(kind: u8, object: u8, id: u64),
    pub(crate) print: extern "C" fn(*const u8, usize, *const u8, usize, *const u8, usize),
    pub(crate) quiet: extern "C" fn(more: bool),
}

/// The functions of this program, for shared objects.
#[doc(hidden)]
pub fn own_host() -> &'static Host {
    &crate::host::HOST
}

/// From here on the program records for this shared object.
///
/// # Safety
/// The functions are those of a program's [`own_host`], of this version.
#[doc(hidden)]
pub unsafe fn set_host(host: &'static Host) {
    HOSTED.store(ptr::from_ref(host).cast_mut(), Ordering::Release);
}

fn host() -> Option<&'static Host> {
    // SAFETY: null, or from `set_host`.
    unsafe { HOSTED.load(Ordering::Acquire).as_ref() }
}

/// Runs what the caller has recorded itself, or will: nobody else records it a second time.
pub fn exactly<R>(run: impl FnOnce() -> R) -> R {
    struct Loud(&'static Host);
    impl Drop for Loud {
        fn drop(&mut self) {
            (self.0.quiet)(false);
        }
    }
    let _loud = host().map(|host| {
        (host.quiet)(true);
        Loud(host)
    });
    run()
}

#[derive(Clone, Copy)]
struct Seat {
    installation: u32,
    pid: i32,
    lane: LaneId,
}

thread_local! {
    static SEAT: Cell<Option<Seat>> = const { Cell::new(None) };
}

fn current() -> Option<&'static Journal> {
    // SAFETY: the pointer is null or came from `Box::leak` in `install`.
    unsafe { CURRENT.load(Ordering::Acquire).as_ref() }
}

/// Makes a journal the one this process (and every child it forks) records into, and opens the lane
/// of the calling thread.
pub fn install(journal: Journal, main_lane_name: &str, kind: LaneKind) -> LaneId {
    let lane = journal.open_lane(kind, main_lane_name, None);
    journal.identify_lane(lane, own_pid(), own_tid());
    INSTALLATION.fetch_add(1, Ordering::AcqRel);
    CURRENT.store(Box::leak(Box::new(journal)), Ordering::Release);
    set_lane(lane);
    lane
}

/// Nothing is recorded from here on.
pub fn uninstall() {
    CURRENT.store(ptr::null_mut(), Ordering::Release);
    INSTALLATION.fetch_add(1, Ordering::AcqRel);
}

/// The installed journal.
pub fn journal() -> Option<Journal> {
    current().cloned()
}

/// Whether a journal is installed.
pub fn is_recording() -> bool {
    if let Some(host) = host() {
        return (host.is_recording)();
    }
    !CURRENT.load(Ordering::Relaxed).is_null()
}

/// An identity for an object; 0 without a journal.
pub fn next_object() -> u64 {
    if let Some(host) = host() {
        return (host.next_object)();
    }
    current().map_or(0, Journal::next_object)
}

/// Opens a lane for a thread or process about to be started by this thread. Without a journal: lane
/// 0.
pub fn open_lane(kind: LaneKind, name: &str) -> LaneId {
    if let Some(host) = host() {
        let process = kind == LaneKind::Process;
        return LaneId((host.open_lane)(process, name.as_ptr(), name.len()));
    }
    current().map_or(LaneId(0), |journal| {
        journal.open_lane(kind, name, Some(lane_in(journal)))
    })
}

/// The lane of the calling thread. Without a journal: lane 0.
pub fn lane() -> LaneId {
    if let Some(host) = host() {
        return LaneId((host.lane)());
    }
    current().map_or(LaneId(0), lane_in)
}

fn lane_in(journal: &Journal) -> LaneId {
    let installation = INSTALLATION.load(Ordering::Acquire);
    let pid = own_pid();
    let seat = SEAT
        .try_with(Cell::get)
        .ok()
        .flatten()
        .filter(|seat| seat.installation == installation);
    match seat {
        Some(seat) if seat.pid == pid => seat.lane,
        other => {
            let name = std::thread::current().name().unwrap_or("thread").to_owned();
            let lane = match other {
                Some(parent) => journal.open_lane(
                    LaneKind::Process,
                    &format!("process {pid}"),
                    Some(parent.lane),
                ),
                None => journal.open_lane(LaneKind::Thread, &name, None),
            };
            adopt(journal, lane);
            lane
        }
    }
}

/// Says that the calling thread is this lane. The lane learns its pid and thread id.
pub fn set_lane(lane: LaneId) {
    if let Some(host) = host() {
        return (host.take_seat)(lane.0);
    }
    if let Some(journal) = current() {
        adopt(journal, lane);
    }
}

fn adopt(journal: &Journal, lane: LaneId) {
    let pid = own_pid();
    journal.identify_lane(lane, pid, own_tid());
    let seat = Seat {
        installation: INSTALLATION.load(Ordering::Acquire),
        pid,
        lane,
    };
    // A thread that is being torn down has no seat any more; it records without one.
    let _ = SEAT.try_with(|cell| cell.set(Some(seat)));
}

/// This process' id, cached (a forked child finds its own).
pub fn pid() -> i32 {
    own_pid()
}

/// Records an event of the calling thread; nothing without a journal.
pub fn emit(kind: Kind, object: Object) {
    if let Some(host) = host() {
        return (host.emit)(kind as u8, object.kind as u8, object.id);
    }
    if let Some(journal) = current() {
        journal.record(lane_in(journal), kind, object);
    }
}

/// Records a printed line of the calling thread; nothing without a journal.
pub fn print(who: &str, what: &str, value: &serde_json::Value) {
    if let Some(host) = host() {
        let value = value.to_string();
        return (host.print)(
            who.as_ptr(),
            who.len(),
            what.as_ptr(),
            what.len(),
            value.as_ptr(),
            value.len(),
        );
    }
    if let Some(journal) = current() {
        journal.print(lane_in(journal), who, what, value);
    }
}
