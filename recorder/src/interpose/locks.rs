//! Locks of C programs: `pthread_mutex_lock` and its kin, `sem_wait`.
//!
//! Rust's own locks are seen as futexes ([`futexes`](super::futexes)). C's wait inside of libc, where nobody
//! can look; but here the kind is known. A lock is tried first; only if that fails does the call wait, and is
//! recorded.

use super::next::real;
use super::{WAITS, here};
use crate::sys::{self, Timespec};
use crate::vocabulary::{Kind, ObjectKind};
use core::ffi::{c_int, c_void};

fn after_trying(
    kind: ObjectKind,
    lock: *mut c_void,
    attempt: impl FnOnce() -> Result<(), c_int>,
    wait: impl FnOnce() -> c_int,
) -> c_int {
    let Some(here) = here() else { return wait() };
    match attempt() {
        Ok(()) => here.around(WAITS, kind, lock as u64, wait),
        Err(result) => result,
    }
}

/// The outcome of an attempt: `Ok` if it is to be waited for.
fn busy(result: c_int) -> Result<(), c_int> {
    if result == sys::EBUSY {
        Ok(())
    } else {
        Err(result)
    }
}

macro_rules! locks {
    ($($name:ident, $attempt:ident;)+) => {
        $(
            /// The C function of this name.
            ///
            /// # Safety
            /// As for that function.
            pub unsafe extern "C" fn $name(lock: *mut c_void) -> c_int {
                after_trying(
                    ObjectKind::Lock,
                    lock,
                    || busy(real!($attempt(lock => *mut c_void) -> c_int)),
                    || real!($name(lock => *mut c_void) -> c_int),
                )
            }
        )+
    };
}

locks! {
    pthread_mutex_lock, pthread_mutex_trylock;
    pthread_rwlock_rdlock, pthread_rwlock_tryrdlock;
    pthread_rwlock_wrlock, pthread_rwlock_trywrlock;
}

/// The outcome of sem_trywait(3): `Ok` if it is to be waited for.
fn no_permit(semaphore: *mut c_void) -> Result<(), c_int> {
    let before = sys::errno();
    let result = real!(sem_trywait(semaphore => *mut c_void) -> c_int);
    if result != 0 && sys::errno() == sys::EAGAIN {
        sys::set_errno(before);
        return Ok(());
    }
    Err(result)
}

/// sem_wait(3).
///
/// # Safety
/// As for sem_wait(3).
pub unsafe extern "C" fn sem_wait(semaphore: *mut c_void) -> c_int {
    after_trying(
        ObjectKind::Semaphore,
        semaphore,
        || no_permit(semaphore),
        || real!(sem_wait(semaphore => *mut c_void) -> c_int),
    )
}

/// sem_timedwait(3).
///
/// # Safety
/// As for sem_timedwait(3).
pub unsafe extern "C" fn sem_timedwait(semaphore: *mut c_void, until: *const Timespec) -> c_int {
    after_trying(
        ObjectKind::Semaphore,
        semaphore,
        || no_permit(semaphore),
        || real!(sem_timedwait(semaphore => *mut c_void, until => *const Timespec) -> c_int),
    )
}

/// sem_clockwait(3).
///
/// # Safety
/// As for sem_clockwait(3).
pub unsafe extern "C" fn sem_clockwait(
    semaphore: *mut c_void,
    clock: c_int,
    until: *const Timespec,
) -> c_int {
    after_trying(
        ObjectKind::Semaphore,
        semaphore,
        || no_permit(semaphore),
        || {
            real!(sem_clockwait(
                semaphore => *mut c_void, clock => c_int, until => *const Timespec,
            ) -> c_int)
        },
    )
}

fn waiting(kind: ObjectKind, id: *mut c_void, wait: impl FnOnce() -> c_int) -> c_int {
    match here() {
        Some(here) => here.around(WAITS, kind, id as u64, wait),
        None => wait(),
    }
}

/// pthread_cond_wait(3).
///
/// # Safety
/// As for pthread_cond_wait(3).
pub unsafe extern "C" fn pthread_cond_wait(condition: *mut c_void, lock: *mut c_void) -> c_int {
    waiting(
        ObjectKind::Condition,
        condition,
        || real!(pthread_cond_wait(condition => *mut c_void, lock => *mut c_void) -> c_int),
    )
}

/// pthread_cond_timedwait(3).
///
/// # Safety
/// As for pthread_cond_timedwait(3).
pub unsafe extern "C" fn pthread_cond_timedwait(
    condition: *mut c_void,
    lock: *mut c_void,
    until: *const Timespec,
) -> c_int {
    waiting(ObjectKind::Condition, condition, || {
        real!(pthread_cond_timedwait(
            condition => *mut c_void, lock => *mut c_void, until => *const Timespec,
        ) -> c_int)
    })
}

/// pthread_cond_clockwait(3).
///
/// # Safety
/// As for pthread_cond_clockwait(3).
pub unsafe extern "C" fn pthread_cond_clockwait(
    condition: *mut c_void,
    lock: *mut c_void,
    clock: c_int,
    until: *const Timespec,
) -> c_int {
    waiting(ObjectKind::Condition, condition, || {
        real!(pthread_cond_clockwait(
            condition => *mut c_void, lock => *mut c_void, clock => c_int, until => *const Timespec,
        ) -> c_int)
    })
}

/// pthread_barrier_wait(3).
///
/// # Safety
/// As for pthread_barrier_wait(3).
pub unsafe extern "C" fn pthread_barrier_wait(barrier: *mut c_void) -> c_int {
    waiting(
        ObjectKind::Barrier,
        barrier,
        || real!(pthread_barrier_wait(barrier => *mut c_void) -> c_int),
    )
}

macro_rules! tellers {
    ($($name:ident, $kind:ident, $object:ident;)+) => {
        $(
            /// The C function of this name.
            ///
            /// # Safety
            /// As for that function.
            pub unsafe extern "C" fn $name(object: *mut c_void) -> c_int {
                if let Some(here) = here() {
                    here.emit(Kind::$kind, ObjectKind::$object, object as u64);
                }
                real!($name(object => *mut c_void) -> c_int)
            }
        )+
    };
}

tellers! {
    pthread_cond_signal, Signal, Condition;
    pthread_cond_broadcast, Signal, Condition;
    sem_post, Release, Semaphore;
}
