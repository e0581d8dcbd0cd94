//! An interrupt ends the exploration, and what was found so far is told.
use std::sync::atomic::{AtomicBool, Ordering};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

extern "C" fn note(_signal: libc::c_int) {
    INTERRUPTED.store(true, Ordering::Relaxed);
}

/// From now on SIGINT is noted instead of ending the process.
pub fn listen() {
    let handler = note as extern "C" fn(libc::c_int);
    // SAFETY: the handler does nothing but store to an atomic.
    unsafe {
        libc::signal(libc::SIGINT, handler as libc::sighandler_t);
    }
}

/// Has somebody asked us to stop?
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}
