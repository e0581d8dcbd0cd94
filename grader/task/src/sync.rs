//! Locks, conditions, barriers and channels that are recorded; otherwise as in `std::sync`.

use crate::journal::{self, About, Kind, event, object};
use crate::shake::shake;
use std::ops::{Deref, DerefMut};
use std::sync;
use std::time::Duration;

// What is not recorded; a name of this file goes before one of these.
pub use std::sync::*;

/// A lock around a value.
#[derive(Debug)]
pub struct Mutex<T: ?Sized> {
    id: sync::OnceLock<u64>,
    inner: sync::Mutex<T>,
}

impl<T> Mutex<T> {
    /// An open lock.
    pub const fn new(value: T) -> Mutex<T> {
        Mutex { id: sync::OnceLock::new(), inner: sync::Mutex::new(value) }
    }

    /// The value.
    pub fn into_inner(self) -> LockResult<T> {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    fn id(&self) -> u64 {
        *self.id.get_or_init(object)
    }

    /// Waits for the lock.
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        shake();
        let id = self.id();
        let locked = match self.inner.try_lock() {
            Ok(guard) => Ok(guard),
            Err(TryLockError::Poisoned(poisoned)) => Err(poisoned),
            Err(TryLockError::WouldBlock) => {
                event(Kind::WaitBegin, About::Lock, id);
                let locked = self.inner.lock();
                event(Kind::WaitEnd, About::Lock, id);
                locked
            }
        };
        event(Kind::Acquire, About::Lock, id);
        guarded(locked, id)
    }

    /// Takes the lock if it is free.
    pub fn try_lock(&self) -> Result<MutexGuard<'_, T>, TryLockError<MutexGuard<'_, T>>> {
        shake();
        let id = self.id();
        match self.inner.try_lock() {
            Ok(guard) => {
                event(Kind::Acquire, About::Lock, id);
                Ok(MutexGuard { inner: Some(guard), id })
            }
            Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
            Err(TryLockError::Poisoned(poisoned)) => {
                event(Kind::Acquire, About::Lock, id);
                let inner = Some(poisoned.into_inner());
                Err(TryLockError::Poisoned(PoisonError::new(MutexGuard { inner, id })))
            }
        }
    }

    /// The value, by the only one who has the lock.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.inner.get_mut()
    }

    /// Whether a thread has panicked while it held the lock.
    pub fn is_poisoned(&self) -> bool {
        self.inner.is_poisoned()
    }

    /// Forgets that a thread has panicked while it held the lock.
    pub fn clear_poison(&self) {
        self.inner.clear_poison();
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Mutex<T> {
        Mutex::new(value)
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Mutex<T> {
        Mutex::new(T::default())
    }
}

fn guarded<T: ?Sized>(locked: LockResult<sync::MutexGuard<'_, T>>, id: u64) -> LockResult<MutexGuard<'_, T>> {
    match locked {
        Ok(guard) => Ok(MutexGuard { inner: Some(guard), id }),
        Err(poisoned) => Err(PoisonError::new(MutexGuard { inner: Some(poisoned.into_inner()), id })),
    }
}

fn timed<T: ?Sized>(
    waited: LockResult<(sync::MutexGuard<'_, T>, WaitTimeoutResult)>,
    id: u64,
) -> LockResult<(MutexGuard<'_, T>, WaitTimeoutResult)> {
    match waited {
        Ok((inner, result)) => Ok((MutexGuard { inner: Some(inner), id }, result)),
        Err(poisoned) => {
            let (inner, result) = poisoned.into_inner();
            Err(PoisonError::new((MutexGuard { inner: Some(inner), id }, result)))
        }
    }
}

/// The lock is held as long as this lives.
#[derive(Debug)]
pub struct MutexGuard<'a, T: ?Sized> {
    // Empty only while a condition is waited for, and at the end.
    inner: Option<sync::MutexGuard<'a, T>>,
    id: u64,
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.inner.as_ref().expect("the lock is held")
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.inner.as_mut().expect("the lock is held")
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        if let Some(inner) = self.inner.take() {
            event(Kind::Release, About::Lock, self.id);
            drop(inner);
            shake();
        }
    }
}

/// What is waited for under a lock.
#[derive(Debug)]
pub struct Condvar {
    id: sync::OnceLock<u64>,
    inner: sync::Condvar,
}

impl Default for Condvar {
    fn default() -> Condvar {
        Condvar::new()
    }
}

impl Condvar {
    /// A condition nobody waits for.
    pub const fn new() -> Condvar {
        Condvar { id: sync::OnceLock::new(), inner: sync::Condvar::new() }
    }

    fn id(&self) -> u64 {
        *self.id.get_or_init(object)
    }

    fn begin<'a, T>(&self, guard: &mut MutexGuard<'a, T>) -> sync::MutexGuard<'a, T> {
        event(Kind::Release, About::Lock, guard.id);
        event(Kind::WaitBegin, About::Condition, self.id());
        guard.inner.take().expect("the lock is held")
    }

    fn end(&self, lock: u64) {
        event(Kind::WaitEnd, About::Condition, self.id());
        event(Kind::Acquire, About::Lock, lock);
    }

    /// Gives the lock away, waits to be notified, and takes the lock again.
    pub fn wait<'a, T>(&self, mut guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        shake();
        let lock = guard.id;
        let waited = self.inner.wait(self.begin(&mut guard));
        self.end(lock);
        guarded(waited, lock)
    }

    /// Waits as long as this is true.
    pub fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut waits: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        while waits(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// Waits to be notified, this long at most.
    pub fn wait_timeout<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        limit: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        shake();
        let lock = guard.id;
        let waited = self.inner.wait_timeout(self.begin(&mut guard), limit);
        self.end(lock);
        timed(waited, lock)
    }

    /// Waits as long as this is true, this long at most.
    pub fn wait_timeout_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        limit: Duration,
        mut waits: impl FnMut(&mut T) -> bool,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        shake();
        let (lock, mut began) = (guard.id, false);
        let inner = guard.inner.take().expect("the lock is held");
        let waited = self.inner.wait_timeout_while(inner, limit, |value| {
            let still = waits(value);
            if still && !began {
                began = true;
                event(Kind::Release, About::Lock, lock);
                event(Kind::WaitBegin, About::Condition, self.id());
            }
            still
        });
        if began {
            self.end(lock);
        }
        timed(waited, lock)
    }

    /// Wakes one.
    pub fn notify_one(&self) {
        shake();
        event(Kind::Signal, About::Condition, self.id());
        self.inner.notify_one();
    }

    /// Wakes all.
    pub fn notify_all(&self) {
        shake();
        event(Kind::Signal, About::Condition, self.id());
        self.inner.notify_all();
    }
}

/// Nobody passes before all are here.
#[derive(Debug)]
pub struct Barrier {
    id: u64,
    inner: sync::Barrier,
}

impl Barrier {
    /// For this many.
    pub fn new(members: usize) -> Barrier {
        Barrier { id: object(), inner: sync::Barrier::new(members) }
    }

    /// Waits for the others.
    pub fn wait(&self) -> BarrierWaitResult {
        shake();
        event(Kind::Release, About::Barrier, self.id);
        let result = self.inner.wait();
        event(Kind::Acquire, About::Barrier, self.id);
        shake();
        result
    }
}

/// Channels from many senders to one receiver.
pub mod mpsc {
    use super::{About, Duration, Kind, event, journal, shake};
    use std::sync::mpsc;

    pub use std::sync::mpsc::*;

    /// A channel without a bound.
    pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
        let (sender, receiver) = mpsc::channel();
        let id = journal::object();
        (Sender { inner: sender, id }, Receiver { inner: receiver, id })
    }

    /// A channel that holds this many.
    pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
        let (sender, receiver) = mpsc::sync_channel(bound);
        let id = journal::object();
        (SyncSender { inner: sender, id }, Receiver { inner: receiver, id })
    }

    /// The end that sends.
    #[derive(Debug)]
    pub struct Sender<T> {
        inner: mpsc::Sender<T>,
        id: u64,
    }

    // Not derived: what is sent need not be cloned.
    impl<T> Clone for Sender<T> {
        fn clone(&self) -> Self {
            Sender { inner: self.inner.clone(), id: self.id }
        }
    }

    impl<T> Sender<T> {
        /// Sends.
        pub fn send(&self, item: T) -> Result<(), SendError<T>> {
            shake();
            event(Kind::Send, About::Queue, self.id);
            self.inner.send(item)
        }
    }

    /// The end that sends, and waits while the channel is full.
    #[derive(Debug)]
    pub struct SyncSender<T> {
        inner: mpsc::SyncSender<T>,
        id: u64,
    }

    impl<T> Clone for SyncSender<T> {
        fn clone(&self) -> Self {
            SyncSender { inner: self.inner.clone(), id: self.id }
        }
    }

    impl<T> SyncSender<T> {
        /// Sends.
        pub fn send(&self, item: T) -> Result<(), SendError<T>> {
            shake();
            event(Kind::Send, About::Queue, self.id);
            self.inner.send(item)
        }

        /// Sends if there is room.
        pub fn try_send(&self, item: T) -> Result<(), TrySendError<T>> {
            shake();
            event(Kind::Send, About::Queue, self.id);
            self.inner.try_send(item)
        }
    }

    /// The end that receives.
    #[derive(Debug)]
    pub struct Receiver<T> {
        inner: mpsc::Receiver<T>,
        id: u64,
    }

    impl<T> Receiver<T> {
        /// Waits for an item.
        pub fn recv(&self) -> Result<T, RecvError> {
            shake();
            let item = self.inner.recv()?;
            event(Kind::Receive, About::Queue, self.id);
            Ok(item)
        }

        /// Takes an item if there is one.
        pub fn try_recv(&self) -> Result<T, TryRecvError> {
            shake();
            let item = self.inner.try_recv()?;
            event(Kind::Receive, About::Queue, self.id);
            Ok(item)
        }

        /// Waits for an item, this long at most.
        pub fn recv_timeout(&self, limit: Duration) -> Result<T, RecvTimeoutError> {
            shake();
            let item = self.inner.recv_timeout(limit)?;
            event(Kind::Receive, About::Queue, self.id);
            Ok(item)
        }

        /// All items until the last sender is gone.
        pub fn iter(&self) -> Iter<'_, T> {
            Iter { receiver: self }
        }

        /// All items that are there now.
        pub fn try_iter(&self) -> impl Iterator<Item = T> + '_ {
            std::iter::from_fn(|| self.try_recv().ok())
        }
    }

    impl<'a, T> IntoIterator for &'a Receiver<T> {
        type Item = T;
        type IntoIter = Iter<'a, T>;

        fn into_iter(self) -> Iter<'a, T> {
            self.iter()
        }
    }

    /// All items until the last sender is gone.
    #[derive(Debug)]
    pub struct Iter<'a, T> {
        receiver: &'a Receiver<T>,
    }

    impl<T> Iterator for Iter<'_, T> {
        type Item = T;

        fn next(&mut self) -> Option<T> {
            self.receiver.recv().ok()
        }
    }

    impl<T> IntoIterator for Receiver<T> {
        type Item = T;
        type IntoIter = IntoIter<T>;

        fn into_iter(self) -> IntoIter<T> {
            IntoIter { receiver: self }
        }
    }

    /// All items until the last sender is gone.
    #[derive(Debug)]
    pub struct IntoIter<T> {
        receiver: Receiver<T>,
    }

    impl<T> Iterator for IntoIter<T> {
        type Item = T;

        fn next(&mut self) -> Option<T> {
            self.receiver.recv().ok()
        }
    }
}
