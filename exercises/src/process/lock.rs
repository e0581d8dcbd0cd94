use super::acquire::acquire;
use crate::primitive::participants::{Body, Handle, Roles};
use crate::primitive::robust::{Abandoned, Outcome, RobustGuard, RobustMutex};
use crate::primitive::settings::shake;
use crate::primitive::shared::Shareable;
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};
use std::fmt;
use std::io;

/// Why a [`Lock`] was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// The process that held it died. What it was changing may be half changed: look at it, then
    /// lock again; the lock is free. Only one of the waiting is told.
    #[error(transparent)]
    Abandoned(#[from] Abandoned),
    /// This thread holds it already, and would wait for itself for ever.
    #[error("this thread holds the lock already")]
    HeldByThisThread,
}

/// Exclusion between processes.
///
/// | | difference |
/// |---|---|
/// | std, parking_lot, crossbeam | locks for the threads of one process |
/// | std (`File::lock`), nix (`fcntl`) | locks on files: freed when their holder dies, too, but nobody is told |
/// | Python's `multiprocessing.Lock` | a semaphore: anybody may release it, and if the holder is killed, all others wait for ever |
///
/// Inside is a robust process-shared pthread mutex, so the kernel itself tells the next one.
///
/// ```
/// use exercises::process::{Lock, Process};
///
/// let lock = Lock::new().unwrap();
/// let mut child = Process::new("child", { let lock = lock.clone(); move || {
///     let _held = lock.lock().unwrap();
/// }});
/// child.start().unwrap();
/// {
///     let _held = lock.lock().unwrap();
/// }
/// child.join().unwrap();
/// ```
#[derive(Clone)]
pub struct Lock {
    handle: Handle<LockBody>,
}

#[repr(C)]
struct LockBody {
    mutex: RobustMutex,
}

// SAFETY: a process-shared mutex.
unsafe impl Shareable for LockBody {}

impl Body for LockBody {
    fn settle(&self) -> io::Result<()> {
        // SAFETY: called at the final address, before anybody knows it.
        unsafe { self.mutex.settle() }
    }

    // The kernel wakes those who wait for a mutex.
    fn wake_all(&self) {}
}

impl Lock {
    /// A free lock, shared with every process forked from now on.
    pub fn new() -> io::Result<Lock> {
        let body = LockBody {
            mutex: RobustMutex::unsettled(),
        };
        Ok(Lock {
            handle: Handle::new(ObjectKind::Lock, body, Roles::BOTH)?,
        })
    }

    /// Waits until the lock is free and takes it.
    pub fn lock(&self) -> Result<LockGuard<'_>, LockError> {
        match self.lock_until(Deadline::NEVER)? {
            Some(guard) => Ok(guard),
            None => unreachable!("a lock without a deadline ends with the lock or an error"),
        }
    }

    /// Takes the lock if it is free; none if it is not.
    pub fn try_lock(&self) -> Result<Option<LockGuard<'_>>, LockError> {
        shake();
        self.finish(self.handle.body().mutex.try_lock())
    }

    /// Takes the lock if it becomes free in this time; none if it does not.
    pub fn lock_timeout(&self, limit: Duration) -> Result<Option<LockGuard<'_>>, LockError> {
        self.lock_until(Deadline::after(limit))
    }

    fn lock_until(&self, deadline: Deadline) -> Result<Option<LockGuard<'_>>, LockError> {
        shake();
        let mutex = &self.handle.body().mutex;
        self.finish(acquire(&self.handle, mutex, deadline))
    }

    fn finish<'a>(&'a self, outcome: Outcome<'a>) -> Result<Option<LockGuard<'a>>, LockError> {
        match outcome {
            Outcome::Locked(inner) => {
                self.handle.emit(Kind::Acquire);
                Ok(Some(LockGuard {
                    inner: Some(inner),
                    lock: self,
                }))
            }
            Outcome::Inherited(_released, abandoned) => Err(abandoned.into()),
            Outcome::Busy => Ok(None),
            Outcome::Own => Err(LockError::HeldByThisThread),
        }
    }

    /// The process that holds it right now.
    pub fn holder(&self) -> Option<i32> {
        self.handle.body().mutex.holder()
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.handle.object()
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lock")
            .field("holder", &self.holder())
            .finish_non_exhaustive()
    }
}

/// The lock is held as long as this lives. It stays in its thread.
#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct LockGuard<'a> {
    inner: Option<RobustGuard<'a>>,
    lock: &'a Lock,
}

impl Drop for LockGuard<'_> {
    fn drop(&mut self) {
        // Written down before the lock is free, so that no later holder can come first in the
        // journal.
        self.lock.handle.emit(Kind::Release);
        drop(self.inner.take());
        shake();
    }
}
