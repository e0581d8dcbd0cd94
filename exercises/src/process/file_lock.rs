use crate::primitive::Arc;
use crate::primitive::file_lock::{LockFile, LockedFile};
use crate::primitive::identity::Identity;
use crate::primitive::settings::shake;
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};
use std::fmt;
use std::io;

/// Exclusion between processes by a lock on a file (`flock`), which the system undoes when the holder
/// ends, **however it ends, and tells nobody**.
///
/// | holder | [`Lock`](super::Lock) | `FileLock` |
/// |---|---|---|
/// | releases it | free | free |
/// | ends or is killed without releasing it | the next one gets [`Abandoned`](super::Abandoned), once; then free | free, and nobody learns that something may be half done |
/// | takes it a second time | an error | waits for itself, for ever |
///
/// So it fits where a half-done piece of work does no harm ("only one such program at a time"), and
/// [`Lock`](super::Lock) where shared data is changed. The file lies in memory and has no name: nothing
/// is left behind. A child that is forked while the lock is held has the open file, too: then it is free
/// only when both have let go.
///
/// | | difference |
/// |---|---|
/// | `std::fs::File::lock` | the same system call; a descriptor inherited by a child is the *same* lock, so child and parent do not exclude each other. Here every hold opens the file anew |
/// | nix | has `Flock`, the same |
/// | Python's `fcntl.flock` | the same |
///
/// ```
/// use exercises::process::{FileLock, Process};
///
/// let lock = FileLock::new().unwrap();
/// let mut careless = Process::new("careless", { let lock = lock.clone(); move || {
///     std::mem::forget(lock.lock().unwrap());
/// }});
/// careless.start().unwrap();
/// careless.join().unwrap();
/// assert!(lock.try_lock().unwrap().is_some());
/// ```
#[derive(Clone)]
pub struct FileLock {
    inner: Arc<Inner>,
}

struct Inner {
    file: LockFile,
    identity: Identity,
}

impl FileLock {
    /// A free lock, shared with every process forked from now on.
    pub fn new() -> io::Result<FileLock> {
        Ok(FileLock {
            inner: Arc::new(Inner {
                file: LockFile::new()?,
                identity: Identity::drawn(ObjectKind::Lock),
            }),
        })
    }

    /// Waits until the lock is free and takes it.
    pub fn lock(&self) -> io::Result<FileLockGuard<'_>> {
        let guard = self.lock_until(Deadline::NEVER)?;
        guard.ok_or_else(|| io::Error::from(io::ErrorKind::WouldBlock))
    }

    /// Takes the lock if it is free; none if it is not.
    pub fn try_lock(&self) -> io::Result<Option<FileLockGuard<'_>>> {
        shake();
        let deadline = Deadline::after_unscaled(Duration::ZERO);
        let locked = self.inner.file.lock_until(deadline)?;
        Ok(locked.map(|locked| self.guarded(locked)))
    }

    /// Takes the lock if it becomes free in this time; none if it does not.
    pub fn lock_timeout(&self, limit: Duration) -> io::Result<Option<FileLockGuard<'_>>> {
        self.lock_until(Deadline::after(limit))
    }

    fn lock_until(&self, deadline: Deadline) -> io::Result<Option<FileLockGuard<'_>>> {
        if let Some(guard) = self.try_lock()? {
            return Ok(Some(guard));
        }
        self.inner.identity.emit(Kind::WaitBegin);
        let locked = self.inner.file.lock_until(deadline);
        self.inner.identity.emit(Kind::WaitEnd);
        Ok(locked?.map(|locked| self.guarded(locked)))
    }

    fn guarded(&self, locked: LockedFile) -> FileLockGuard<'_> {
        self.inner.identity.emit(Kind::Acquire);
        FileLockGuard {
            locked: Some(locked),
            lock: self,
        }
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.inner.identity.object()
    }
}

impl fmt::Debug for FileLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileLock")
    }
}

/// The lock is held as long as this lives, and its process.
#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct FileLockGuard<'a> {
    locked: Option<LockedFile>,
    lock: &'a FileLock,
}

impl Drop for FileLockGuard<'_> {
    fn drop(&mut self) {
        self.lock.inner.identity.emit(Kind::Release);
        drop(self.locked.take());
        shake();
    }
}
