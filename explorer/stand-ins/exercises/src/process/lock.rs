//! Locks between processes, each one object of the model.

use std::fmt;
use std::io;
use std::panic::Location;
use std::sync::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering::Relaxed};

use explorer::model::fork::{ProcessLock, ends_before_or_after, kept};

use super::Abandoned;
use crate::primitive::lane;
use crate::primitive::participants::{self, Member};
use crate::primitive::process::getpid;
use crate::primitive::time::Duration;
use crate::{Object, ObjectKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    #[error(transparent)]
    Abandoned(#[from] Abandoned),
    #[error("this thread holds the lock already")]
    HeldByThisThread,
}

/// How long one waits.
#[derive(Clone, Copy)]
pub(super) enum Patience {
    ForEver,
    Within(Duration),
    None,
}

/// What came of an attempt.
pub(super) enum Outcome {
    Locked,
    /// Its holder ended and left it locked; it is free now.
    Inherited(Abandoned),
    Busy,
    /// By the one who asks.
    Own,
}

/// What lies in shared memory.
pub(super) struct Body {
    lock: ProcessLock,
    /// The holder's process and, in the lower half, its lane and one; 0 for nobody. Only the holder changes it, and
    /// nobody learns more of it than whether it is himself.
    holder: AtomicU64,
    /// Whoever ended with it, until somebody was told; 0 for nobody. Only whoever has the lock looks at it.
    left_by: AtomicI32,
}

fn own() -> u64 {
    u64::from(getpid().unsigned_abs()) << 32 | (u64::from(lane::own().0) + 1)
}

impl Body {
    pub fn new() -> &'static Body {
        let body = kept(|| Body {
            lock: ProcessLock::new(),
            holder: AtomicU64::new(0),
            left_by: AtomicI32::new(0),
        });
        participants::enter(body);
        body
    }

    #[track_caller]
    pub fn acquire(&self, patience: Patience) -> Outcome {
        if self.holder.load(Relaxed) == own() {
            return Outcome::Own;
        }
        let taken = match patience {
            Patience::ForEver => {
                self.lock.acquire();
                true
            }
            Patience::Within(limit) => self.lock.try_acquire_for(limit),
            Patience::None => self.lock.try_acquire(),
        };
        if !taken {
            return Outcome::Busy;
        }
        // From here on it is his: whoever is ended before he has told it leaves it to the next one again.
        self.holder.store(own(), Relaxed);
        let left_by = self.left_by.load(Relaxed);
        if left_by == 0 {
            return Outcome::Locked;
        }
        ends_before_or_after(|| {
            self.left_by.store(0, Relaxed);
            self.holder.store(0, Relaxed);
            self.lock.release(Location::caller());
        });
        Outcome::Inherited(Abandoned { pid: left_by })
    }

    /// The holder lets go of what it took there.
    pub fn release(&self, taken: &'static Location<'static>) {
        ends_before_or_after(|| {
            self.holder.store(0, Relaxed);
            self.lock.release(taken);
        });
    }
}

impl Member for Body {
    #[track_caller]
    fn has_ended(&self, pid: i32) {
        let holder = self.holder.load(Relaxed);
        if holder != 0 && holder >> 32 == u64::from(pid.unsigned_abs()) {
            // It may have been left to this one, who never knew.
            let _ = self.left_by.compare_exchange(0, pid, Relaxed, Relaxed);
            self.release(Location::caller());
        }
    }

    // The next one is told, as in truth.
    fn looks_for_the_dead(&self) -> bool {
        false
    }
}

#[derive(Clone)]
pub struct Lock {
    body: &'static Body,
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lock").finish_non_exhaustive()
    }
}

impl Lock {
    pub fn new() -> io::Result<Lock> {
        Ok(Lock { body: Body::new() })
    }

    #[track_caller]
    pub fn lock(&self) -> Result<LockGuard<'_>, LockError> {
        match self.taken(Patience::ForEver)? {
            Some(guard) => Ok(guard),
            None => unreachable!("a wait without a limit ends with the lock"),
        }
    }

    #[track_caller]
    pub fn try_lock(&self) -> Result<Option<LockGuard<'_>>, LockError> {
        self.taken(Patience::None)
    }

    #[track_caller]
    pub fn lock_timeout(&self, limit: Duration) -> Result<Option<LockGuard<'_>>, LockError> {
        self.taken(Patience::Within(limit))
    }

    pub fn object(&self) -> Object {
        Object::new(ObjectKind::Lock, 1)
    }

    #[track_caller]
    fn taken(&self, patience: Patience) -> Result<Option<LockGuard<'_>>, LockError> {
        match self.body.acquire(patience) {
            Outcome::Locked => Ok(Some(LockGuard {
                lock: self,
                taken: Location::caller(),
            })),
            Outcome::Inherited(abandoned) => Err(abandoned.into()),
            Outcome::Busy => Ok(None),
            Outcome::Own => Err(LockError::HeldByThisThread),
        }
    }
}

#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct LockGuard<'a> {
    lock: &'a Lock,
    taken: &'static Location<'static>,
}

impl Drop for LockGuard<'_> {
    fn drop(&mut self) {
        self.lock.body.release(self.taken);
    }
}

struct Deep {
    body: &'static Body,
    /// How often the holder has it. Changed only by the holder.
    depth: AtomicU32,
}

#[derive(Clone)]
pub struct ReentrantLock {
    deep: &'static Deep,
}

impl ReentrantLock {
    pub fn new() -> io::Result<ReentrantLock> {
        let body = Body::new();
        let deep = kept(|| Deep {
            body,
            depth: AtomicU32::new(0),
        });
        Ok(ReentrantLock { deep })
    }

    #[track_caller]
    pub fn lock(&self) -> Result<ReentrantGuard<'_>, LockError> {
        match self.taken(Patience::ForEver)? {
            Some(guard) => Ok(guard),
            None => unreachable!("a wait without a limit ends with the lock"),
        }
    }

    #[track_caller]
    pub fn try_lock(&self) -> Result<Option<ReentrantGuard<'_>>, LockError> {
        self.taken(Patience::None)
    }

    #[track_caller]
    pub fn lock_timeout(&self, limit: Duration) -> Result<Option<ReentrantGuard<'_>>, LockError> {
        self.taken(Patience::Within(limit))
    }

    #[track_caller]
    fn taken(&self, patience: Patience) -> Result<Option<ReentrantGuard<'_>>, LockError> {
        match self.deep.body.acquire(patience) {
            Outcome::Locked => self.deep.depth.store(1, Relaxed),
            Outcome::Own => {
                self.deep.depth.fetch_add(1, Relaxed);
            }
            Outcome::Inherited(abandoned) => return Err(abandoned.into()),
            Outcome::Busy => return Ok(None),
        }
        Ok(Some(ReentrantGuard {
            lock: self,
            taken: Location::caller(),
            stays: std::marker::PhantomData,
        }))
    }
}

#[must_use = "the lock is released at once if the guard is not kept"]
pub struct ReentrantGuard<'a> {
    lock: &'a ReentrantLock,
    taken: &'static Location<'static>,
    stays: std::marker::PhantomData<*const ()>,
}

impl Drop for ReentrantGuard<'_> {
    fn drop(&mut self) {
        if self.lock.deep.depth.fetch_sub(1, Relaxed) == 1 {
            self.lock.deep.body.release(self.taken);
        }
    }
}
