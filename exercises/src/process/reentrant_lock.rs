use super::acquire::acquire;
use super::lock::LockError;
use crate::primitive::atomic::{AtomicU32, Ordering};
use crate::primitive::participants::{Body, Handle, Roles};
use crate::primitive::robust::{Outcome, RobustMutex};
use crate::primitive::settings::shake;
use crate::primitive::shared::Shareable;
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};
use std::fmt;
use std::io;
use std::marker::PhantomData;

/// Exclusion between processes; the thread that has it may take it again, and it is free when it was
/// released as often as taken.
///
/// As [`sync::ReentrantLock`](crate::sync::ReentrantLock), between processes, and as
/// [`Lock`](super::Lock) when its holder is killed: the next one gets [`LockError::Abandoned`], once,
/// and the lock is free, however often it had been taken.
///
/// | | difference |
/// |---|---|
/// | std, parking_lot, crossbeam | for the threads of one process |
/// | nix | has none |
/// | Python's `multiprocessing.RLock` | the same calls; a release too many is an error at run time (here there is a guard for each hold), and if the holder is killed, all others wait for ever |
///
/// ```
/// use exercises::process::{Process, ReentrantLock};
///
/// let lock = ReentrantLock::new().unwrap();
/// let outer = lock.lock().unwrap();
/// let inner = lock.lock().unwrap(); // a plain lock says that it is held by this thread
/// drop(outer);
/// let mut child = Process::new("child", { let lock = lock.clone(); move || {
///     i32::from(lock.try_lock().unwrap().is_some())
/// }});
/// child.start().unwrap();
/// assert_eq!(child.join().unwrap(), Some(0)); // the child did not get it: `inner` is still there
/// drop(inner);
/// ```
#[derive(Clone)]
pub struct ReentrantLock {
    handle: Handle<ReentrantBody>,
}

#[repr(C)]
struct ReentrantBody {
    mutex: RobustMutex,
    /// How often the holder has it. Changed only by the holder.
    depth: AtomicU32,
}

// SAFETY: an atomic and a process-shared mutex.
unsafe impl Shareable for ReentrantBody {}

impl Body for ReentrantBody {
    fn settle(&self) -> io::Result<()> {
        // SAFETY: called at the final address, before anybody knows it.
        unsafe { self.mutex.settle() }
    }

    // The kernel wakes those who wait for a mutex.
    fn wake_all(&self) {}
}

impl ReentrantLock {
    /// A free lock, shared with every process forked from now on.
    pub fn new() -> io::Result<ReentrantLock> {
        let body = ReentrantBody {
            mutex: RobustMutex::unsettled(),
            depth: AtomicU32::new(0),
        };
        Ok(ReentrantLock {
            handle: Handle::new(ObjectKind::Lock, body, Roles::BOTH)?,
        })
    }

    /// Takes the lock; waits only if another thread or process has it.
    pub fn lock(&self) -> Result<ReentrantGuard<'_>, LockError> {
        match self.lock_until(Deadline::NEVER)? {
            Some(guard) => Ok(guard),
            None => unreachable!("a lock without a deadline ends with the lock or an error"),
        }
    }

    /// Takes the lock unless another thread or process has it.
    pub fn try_lock(&self) -> Result<Option<ReentrantGuard<'_>>, LockError> {
        shake();
        self.finish(self.handle.body().mutex.try_lock())
    }

    /// Takes the lock if it becomes free in this time; none if it does not.
    pub fn lock_timeout(&self, limit: Duration) -> Result<Option<ReentrantGuard<'_>>, LockError> {
        self.lock_until(Deadline::after(limit))
    }

    fn lock_until(&self, deadline: Deadline) -> Result<Option<ReentrantGuard<'_>>, LockError> {
        shake();
        let mutex = &self.handle.body().mutex;
        self.finish(acquire(&self.handle, mutex, deadline))
    }

    fn finish(&self, outcome: Outcome<'_>) -> Result<Option<ReentrantGuard<'_>>, LockError> {
        let depth = &self.handle.body().depth;
        match outcome {
            Outcome::Locked(hold) => {
                // Given back by the last of our guards, whichever that is.
                std::mem::forget(hold);
                depth.store(1, Ordering::Relaxed);
                self.handle.emit(Kind::Acquire);
            }
            Outcome::Own => {
                depth.fetch_add(1, Ordering::Relaxed);
            }
            Outcome::Inherited(_released, abandoned) => {
                depth.store(0, Ordering::Relaxed);
                return Err(abandoned.into());
            }
            Outcome::Busy => return Ok(None),
        }
        Ok(Some(ReentrantGuard {
            lock: self,
            not_send: PhantomData,
        }))
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

impl fmt::Debug for ReentrantLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReentrantLock")
            .field("holder", &self.holder())
            .finish_non_exhaustive()
    }
}

/// One of the holds on a [`ReentrantLock`]. It stays in its thread.
#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct ReentrantGuard<'a> {
    lock: &'a ReentrantLock,
    not_send: PhantomData<*const ()>,
}

impl Drop for ReentrantGuard<'_> {
    fn drop(&mut self) {
        let body = self.lock.handle.body();
        if body.depth.fetch_sub(1, Ordering::Relaxed) == 1 {
            // Written down before the lock is free.
            self.lock.handle.emit(Kind::Release);
            body.mutex.give_back();
            shake();
        }
    }
}
