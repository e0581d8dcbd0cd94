//! A lock of an open file. Whoever is forked while it is held has the open file, too: it is free when all of them have let
//! go, or ended.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::panic::Location;
use std::sync::{Mutex, MutexGuard, PoisonError};

use explorer::model::fork::{ProcessLock, SharedNumber, ends_before_or_after, kept, share_memory};

use crate::primitive::participants::{self, Member};
use crate::primitive::process::getpid;
use crate::primitive::time::Duration;
use crate::{Object, ObjectKind};

/// Whoever holds it has this; they look at their own.
#[derive(Default)]
struct Holders {
    all: BTreeSet<i32>,
    /// There was more than one since it was taken. Then letting go is an operation: who is the last frees the lock.
    were_many: bool,
}

struct Body {
    lock: ProcessLock,
    holders: Mutex<Holders>,
    left: SharedNumber,
}

impl Body {
    fn holders(&self) -> MutexGuard<'_, Holders> {
        self.holders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn taken(&self) {
        let _shared = share_memory();
        *self.holders() = Holders {
            all: [getpid()].into(),
            were_many: false,
        };
    }

    /// The running process lets go of what was taken there.
    #[track_caller]
    fn let_go(&self, taken: &'static Location<'static>) {
        let _shared = share_memory();
        ends_before_or_after(|| {
            let (held, were_many) = {
                let mut holders = self.holders();
                (holders.all.remove(&getpid()), holders.were_many)
            };
            if held && (!were_many || self.left.add(-1) == 1) {
                self.lock.release(taken);
            }
        });
    }
}

impl Member for Body {
    fn forks(&self, parent: i32, child: i32) {
        let (is_held, were_many) = {
            let _shared = share_memory();
            let mut holders = self.holders();
            let is_held = holders.all.contains(&parent);
            if is_held {
                holders.all.insert(child);
            }
            let were_many = holders.were_many;
            holders.were_many |= is_held;
            (is_held, were_many)
        };
        if is_held && were_many {
            self.left.add(1);
        } else if is_held {
            self.left.set(2);
        }
    }

    #[track_caller]
    fn has_ended(&self, _pid: i32) {
        self.let_go(Location::caller());
    }

    // Nobody is told.
    fn looks_for_the_dead(&self) -> bool {
        false
    }
}

#[derive(Clone)]
pub struct FileLock {
    body: &'static Body,
}

impl FileLock {
    pub fn new() -> io::Result<FileLock> {
        let body = kept(|| Body {
            lock: ProcessLock::new(),
            holders: Mutex::default(),
            left: SharedNumber::new(0),
        });
        participants::enter(body);
        Ok(FileLock { body })
    }

    #[track_caller]
    pub fn lock(&self) -> io::Result<FileLockGuard<'_>> {
        self.body.lock.acquire();
        Ok(self.guarded())
    }

    #[track_caller]
    pub fn try_lock(&self) -> io::Result<Option<FileLockGuard<'_>>> {
        Ok(self.body.lock.try_acquire().then(|| self.guarded()))
    }

    #[track_caller]
    pub fn lock_timeout(&self, limit: Duration) -> io::Result<Option<FileLockGuard<'_>>> {
        let taken = self.body.lock.try_acquire_for(limit);
        Ok(taken.then(|| self.guarded()))
    }

    #[track_caller]
    fn guarded(&self) -> FileLockGuard<'_> {
        self.body.taken();
        FileLockGuard {
            lock: self,
            taken: Location::caller(),
        }
    }

    pub fn object(&self) -> Object {
        Object::new(ObjectKind::Lock, 1)
    }
}

impl fmt::Debug for FileLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileLock")
    }
}

#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct FileLockGuard<'a> {
    lock: &'a FileLock,
    taken: &'static Location<'static>,
}

impl Drop for FileLockGuard<'_> {
    fn drop(&mut self) {
        self.lock.body.let_go(self.taken);
    }
}
