//! The children this process is responsible for: daemons it must take along when it ends, and
//! children whose handle is gone, which must be reaped.

use super::{Child, Signal, child::Inner};
use crate::primitive::Arc;
use crate::primitive::participants;
use crate::primitive::time::Duration;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How long a daemon has to end after SIGTERM before SIGKILL.
const GRACE: Duration = Duration::from_millis(500);

#[derive(Default)]
pub(super) struct Registry {
    daemons: Vec<Arc<Inner>>,
    orphans: Vec<Arc<Inner>>,
}

// std's mutex, held during every fork: see `participants::MEMBERS`.
static REGISTRY: Mutex<Registry> = Mutex::new(Registry {
    daemons: Vec::new(),
    orphans: Vec::new(),
});
/// Not a `Once`: a child forked while another thread is inside of one would wait for that thread for
/// ever. Registered twice, the handler finds nothing to do the second time.
static WATCHES_EXIT: AtomicBool = AtomicBool::new(false);

pub(super) fn registry() -> MutexGuard<'static, Registry> {
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner)
}

extern "C" fn at_exit() {
    // A panic must not cross into C.
    let _ = std::panic::catch_unwind(|| {
        participants::leave_all();
        end_all();
    });
}

/// When this process ends by itself, its daemons end, and shared objects learn that it left.
pub(crate) fn watch_exit() {
    if !WATCHES_EXIT.load(Ordering::Acquire) {
        // SAFETY: the function is `extern "C"`, takes nothing and does not unwind.
        unsafe { libc::atexit(at_exit) };
        WATCHES_EXIT.store(true, Ordering::Release);
    }
}

pub(super) fn enter(child: &Child) {
    watch_exit();
    let mut registry = registry();
    registry
        .daemons
        .retain(|daemon| daemon.reap().is_ok_and(|status| status.is_none()));
    registry.daemons.push(child.inner.clone());
}

/// In a fresh child: these are its siblings, not its children.
pub(super) fn forget_all() {
    std::mem::take(&mut *registry());
}

/// Ends all daemons: first in a friendly way, all at once.
pub(super) fn end_all() {
    let daemons = std::mem::take(&mut registry().daemons);
    for daemon in &daemons {
        let _ = daemon.send(Signal::SIGTERM);
    }
    for daemon in daemons {
        finish(&daemon);
    }
}

/// Ends one daemon and takes it off the list.
pub(crate) fn end(child: &Child) {
    registry()
        .daemons
        .retain(|daemon| !Arc::ptr_eq(daemon, &child.inner));
    let _ = child.inner.send(Signal::SIGTERM);
    finish(&child.inner);
}

fn finish(daemon: &Inner) {
    if !daemon.ended_within(GRACE) {
        let _ = daemon.send(Signal::SIGKILL);
        daemon.ended_within(GRACE);
    }
    let _ = daemon.reap();
}

pub(super) fn leave_behind(child: Arc<Inner>) {
    registry().orphans.push(child);
}

/// Reaps those of the forgotten children that have ended.
pub(super) fn reap_orphans() {
    registry()
        .orphans
        .retain(|orphan| orphan.reap().is_ok_and(|status| status.is_none()));
}
