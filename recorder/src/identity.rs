//! Which process this is, without a system call.
//!
//! glibc asks the system every time, which would cost more than the rest of a record. The answer is kept on
//! a page that every kind of fork gives to the child as zeros, so a child never takes itself for its parent;
//! a child that shares its parent's memory (vfork) does, until it has memory of its own.

use crate::sys;
use core::ptr;
use core::sync::atomic::{AtomicI32, AtomicPtr, AtomicU32, Ordering};

/// What stands on the page. All zero in a new process.
struct Identity {
    pid: AtomicI32,
    /// The lane of the main thread, plus one, and the run it belongs to.
    main_lane: AtomicU32,
    main_run: AtomicU32,
}

static PAGE: AtomicPtr<Identity> = AtomicPtr::new(ptr::null_mut());

fn page() -> Option<&'static Identity> {
    let mut page = PAGE.load(Ordering::Acquire);
    if page.is_null() {
        // Not a `Once`: a process forked while another thread is inside of one would wait for ever.
        let ours = sys::page_wiped_on_fork().cast::<Identity>();
        if ours.is_null() {
            return None;
        }
        page =
            match PAGE.compare_exchange(ptr::null_mut(), ours, Ordering::AcqRel, Ordering::Acquire)
            {
                Ok(_) => ours,
                Err(theirs) => {
                    sys::drop_page(ours.cast());
                    theirs
                }
            };
    }
    // SAFETY: a page that is never unmapped, of atomics for which zero is valid.
    Some(unsafe { &*page })
}

/// This process' id.
#[inline]
pub(crate) fn own_pid() -> i32 {
    let Some(page) = page() else {
        return sys::getpid();
    };
    match page.pid.load(Ordering::Relaxed) {
        0 => {
            let pid = sys::getpid();
            page.pid.store(pid, Ordering::Relaxed);
            pid
        }
        pid => pid,
    }
}

/// Says which lane the main thread of this process is in this run.
pub(crate) fn set_main_lane(run: u32, lane: u32) {
    if let Some(page) = page() {
        page.main_lane
            .store(lane.wrapping_add(1), Ordering::Relaxed);
        page.main_run.store(run, Ordering::Relaxed);
    }
}

/// That lane, and its run.
pub(crate) fn main_lane() -> Option<(u32, u32)> {
    let page = page()?;
    let lane = page.main_lane.load(Ordering::Relaxed).checked_sub(1)?;
    Some((page.main_run.load(Ordering::Relaxed), lane))
}
