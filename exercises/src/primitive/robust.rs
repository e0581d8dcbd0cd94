//! A lock in shared memory that survives its holder.
//!
//! The kernel knows which robust pthread mutexes a thread holds, and marks them when the thread
//! ends, however it ends. The next one to lock is told (`EOWNERDEAD`). Only mutexes have this:
//! whoever holds a semaphore's permit is known to nobody but us, see
//! [`participants`](super::participants).

use super::atomic::{AtomicI32, Ordering};
use super::shared::Shareable;
use super::time::{Deadline, Duration};
use recorder::current;
use std::cell::UnsafeCell;
use std::io;
use std::marker::PhantomData;
use std::mem::MaybeUninit;

/// A process took something and died without giving it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("process {pid} died without giving back what it held")]
pub struct Abandoned {
    /// Which process; 0 if it died before it could be known.
    pub pid: i32,
}

/// What a lock attempt came to.
#[derive(Debug)]
pub enum Outcome<'a> {
    /// Locked.
    Locked(RobustGuard<'a>),
    /// Locked, and the holder before died with it: what the lock protects may be half changed.
    Inherited(RobustGuard<'a>, Abandoned),
    /// Somebody else has it, and the time is over.
    Busy,
    /// This very thread has it already.
    Own,
}

/// A process-shared, robust, error-checking pthread mutex, and the pid of its holder.
#[repr(C)]
pub struct RobustMutex {
    raw: UnsafeCell<MaybeUninit<libc::pthread_mutex_t>>,
    holder: AtomicI32,
}

// SAFETY: a process-shared pthread mutex is made for this; the pid is atomic; nothing to drop.
unsafe impl Sync for RobustMutex {}
// SAFETY: as above. glibc's robust list holds addresses, but only of mutexes that are locked, in
// the locking thread.
unsafe impl Shareable for RobustMutex {}

impl RobustMutex {
    /// Not yet usable: must be [`settle`](RobustMutex::settle)d at its final address.
    pub const fn unsettled() -> RobustMutex {
        RobustMutex {
            raw: UnsafeCell::new(MaybeUninit::zeroed()),
            holder: AtomicI32::new(0),
        }
    }

    /// Makes the mutex usable.
    ///
    /// # Safety
    /// The mutex lies in shared memory at the address where it stays, and nobody uses it yet.
    pub unsafe fn settle(&self) -> io::Result<()> {
        let check = |code: libc::c_int| {
            if code == 0 {
                Ok(())
            } else {
                Err(io::Error::from_raw_os_error(code))
            }
        };
        let mut attributes = MaybeUninit::<libc::pthread_mutexattr_t>::uninit();
        // SAFETY: the attributes are initialised first and destroyed last; the mutex is ours alone
        // by contract.
        unsafe {
            check(libc::pthread_mutexattr_init(attributes.as_mut_ptr()))?;
            let made = check(libc::pthread_mutexattr_setpshared(
                attributes.as_mut_ptr(),
                libc::PTHREAD_PROCESS_SHARED,
            ))
            .and_then(|()| {
                check(libc::pthread_mutexattr_setrobust(
                    attributes.as_mut_ptr(),
                    libc::PTHREAD_MUTEX_ROBUST,
                ))
            })
            .and_then(|()| {
                check(libc::pthread_mutexattr_settype(
                    attributes.as_mut_ptr(),
                    libc::PTHREAD_MUTEX_ERRORCHECK,
                ))
            })
            .and_then(|()| check(libc::pthread_mutex_init(self.raw(), attributes.as_ptr())));
            libc::pthread_mutexattr_destroy(attributes.as_mut_ptr());
            made
        }
    }

    fn raw(&self) -> *mut libc::pthread_mutex_t {
        self.raw.get().cast()
    }

    /// Locks, waiting until the deadline if need be.
    pub fn lock_until(&self, deadline: Deadline) -> Outcome<'_> {
        let quick = self.try_lock();
        if !matches!(quick, Outcome::Busy) {
            return quick;
        }
        loop {
            let code = match deadline.left() {
                // SAFETY: settled before anybody got a reference.
                None => unsafe { libc::pthread_mutex_lock(self.raw()) },
                Some(left) if left.is_zero() => return Outcome::Busy,
                Some(left) => {
                    // Against the clock on the wall (POSIX knows no other here), so in short steps:
                    // somebody may set it.
                    let time = wall_clock_in(left.min(Duration::from_secs(1)));
                    // SAFETY: as above; the time is alive.
                    unsafe { libc::pthread_mutex_timedlock(self.raw(), &time) }
                }
            };
            if code != libc::ETIMEDOUT && code != libc::EINTR {
                return self.outcome(code);
            }
        }
    }

    /// Locks if nobody has it.
    pub fn try_lock(&self) -> Outcome<'_> {
        // SAFETY: settled before anybody got a reference.
        self.outcome(unsafe { libc::pthread_mutex_trylock(self.raw()) })
    }

    fn outcome(&self, code: libc::c_int) -> Outcome<'_> {
        let guard = || RobustGuard {
            mutex: self,
            not_send: PhantomData,
        };
        match code {
            0 => {
                self.holder.store(current::pid(), Ordering::Relaxed);
                Outcome::Locked(guard())
            }
            libc::EOWNERDEAD => {
                let pid = self.holder.swap(current::pid(), Ordering::Relaxed);
                // SAFETY: we hold the mutex in its inconsistent state, which this call ends.
                unsafe { libc::pthread_mutex_consistent(self.raw()) };
                Outcome::Inherited(guard(), Abandoned { pid })
            }
            libc::EDEADLK if self.holder.load(Ordering::Relaxed) == current::pid() => Outcome::Own,
            // EBUSY; and EDEADLK of trylock cannot be.
            _ => Outcome::Busy,
        }
    }

    /// The process that holds it right now, as far as one can see.
    pub fn holder(&self) -> Option<i32> {
        Some(self.holder.load(Ordering::Relaxed)).filter(|pid| *pid != 0)
    }

    /// Locks for a few instructions on state that is whole whenever its holder dies.
    pub(crate) fn enter(&self) -> Option<RobustGuard<'_>> {
        match self.lock_until(Deadline::NEVER) {
            Outcome::Locked(guard) | Outcome::Inherited(guard, _) => Some(guard),
            Outcome::Busy | Outcome::Own => None,
        }
    }
}

fn wall_clock_in(duration: Duration) -> libc::timespec {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: fills a timespec of ours.
    unsafe { libc::clock_gettime(libc::CLOCK_REALTIME, &mut time) };
    let nanos = time.tv_nsec as u64 + u64::from(duration.subsec_nanos());
    time.tv_sec += duration.as_secs() as libc::time_t + (nanos / 1_000_000_000) as libc::time_t;
    time.tv_nsec = (nanos % 1_000_000_000) as libc::c_long;
    time
}

/// The hold on a [`RobustMutex`]. Stays in its thread: pthread wants the same one to unlock.
#[derive(Debug)]
#[must_use = "the lock is released at once if the guard is not kept"]
pub struct RobustGuard<'a> {
    mutex: &'a RobustMutex,
    not_send: PhantomData<*const ()>,
}

impl Drop for RobustGuard<'_> {
    fn drop(&mut self) {
        self.mutex.holder.store(0, Ordering::Relaxed);
        // SAFETY: this thread holds it.
        unsafe { libc::pthread_mutex_unlock(self.mutex.raw()) };
    }
}

impl std::fmt::Debug for RobustMutex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RobustMutex")
            .field("holder", &self.holder())
            .finish_non_exhaustive()
    }
}
