//! A lock in shared memory that survives its holder.
//!
//! The kernel knows which robust pthread mutexes a thread holds, and marks them when the thread
//! ends, however it ends. The next one to lock is told (`EOWNERDEAD`). Only mutexes have this:
//! whoever holds a semaphore's permit is known to nobody but us, see
//! [`participants`](super::participants).

use super::atomic::{AtomicI32, Ordering};
use super::participants::LOOK_AGAIN;
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
            let step = deadline.slice(LOOK_AGAIN);
            if step.is_zero() {
                return Outcome::Busy;
            }
            // Against the clock on the wall (POSIX knows no other here), so in short steps: somebody
            // may set it. And never without a bound: if a waiter that was just woken is killed, and
            // somebody else has taken the lock in between, then neither glibc nor the kernel wakes
            // the waiters that are left.
            let time = wall_clock_in(step);
            // SAFETY: settled before anybody got a reference; the time is alive.
            let code = unsafe { libc::pthread_mutex_timedlock(self.raw(), &time) };
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
            // EBUSY; and EDEADLK of another process cannot be.
            _ => Outcome::Busy,
        }
    }

    /// Gives back a hold whose guard was forgotten. To be called by the thread that has it.
    pub(crate) fn give_back(&self) {
        self.holder.store(0, Ordering::Relaxed);
        // SAFETY: settled before anybody got a reference; the mutex itself checks who unlocks it.
        unsafe { libc::pthread_mutex_unlock(self.raw()) };
    }

    /// The process that holds it right now, as far as one can see.
    pub fn holder(&self) -> Option<i32> {
        Some(self.holder.load(Ordering::Relaxed)).filter(|pid| *pid != 0)
    }

    /// Locks for a few instructions on state that is whole whenever its holder dies.
    pub(crate) fn enter(&self) -> Option<RobustGuard<'_>> {
        // As they are so few, the holder is likely done before one could fall asleep.
        for _ in 0..ENTER_SPINS {
            match self.try_lock() {
                Outcome::Locked(guard) | Outcome::Inherited(guard, _) => return Some(guard),
                Outcome::Own => return None,
                Outcome::Busy => {}
            }
            // Only the pid is watched: asking for the lock itself would disturb the holder.
            for _ in 0..ENTER_SPINS {
                if self.holder.load(Ordering::Relaxed) == 0 {
                    break;
                }
                std::hint::spin_loop();
            }
        }
        match self.lock_until(Deadline::NEVER) {
            Outcome::Locked(guard) | Outcome::Inherited(guard, _) => Some(guard),
            Outcome::Busy | Outcome::Own => None,
        }
    }
}

/// How often the lock is tried, and how often the holder is looked at in between.
const ENTER_SPINS: u32 = 8;

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
        self.mutex.give_back();
    }
}

impl std::fmt::Debug for RobustMutex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RobustMutex")
            .field("holder", &self.holder())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitive::atomic::AtomicU32;
    use crate::primitive::shared::Shared;
    use crate::primitive::thread;
    use crate::primitive::time::Instant;

    /// What a waiter that is killed just after it was woken leaves behind: the others sleep, and
    /// nobody is to wake them any more. Here the one who sleeps is moved to a word that nobody
    /// wakes.
    fn lose_the_wake_of_a_sleeper(mutex: &RobustMutex) {
        static NOWHERE: AtomicU32 = AtomicU32::new(0);
        // SAFETY: the mutex begins with the word that glibc sleeps on, and is read as what it is.
        let word = unsafe { AtomicU32::from_ptr(mutex.raw().cast()) };
        let begun = Instant::now();
        loop {
            let value = word.load(Ordering::Relaxed);
            // SAFETY: the kernel uses the addresses of two words that live.
            let moved = unsafe {
                libc::syscall(
                    libc::SYS_futex,
                    word.as_ptr(),
                    libc::FUTEX_CMP_REQUEUE,
                    0,
                    1_usize,
                    NOWHERE.as_ptr(),
                    value,
                )
            };
            if moved == 1 {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "nobody sleeps");
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_waiter_whose_wake_was_lost_gets_the_lock_all_the_same() {
        // SAFETY: called at the final address, before anybody else knows it.
        let mutex = Shared::new(RobustMutex::unsettled(), |mutex| unsafe { mutex.settle() });
        let mutex = mutex.unwrap();
        for enters in [true, false] {
            let Outcome::Locked(held) = mutex.try_lock() else {
                panic!("nobody has it");
            };
            thread::scope(|scope| {
                let waiter = scope.spawn(None, || match enters {
                    true => mutex.enter().is_some(),
                    false => matches!(mutex.lock_until(Deadline::NEVER), Outcome::Locked(_)),
                });
                lose_the_wake_of_a_sleeper(&mutex);
                drop(held);
                assert!(waiter.join().unwrap());
            });
        }
    }
}
