use super::lock::{Lock, LockError, LockGuard};
use super::number::{Cell, SharedInteger, SharedNumber};
use crate::primitive::Arc;
use crate::primitive::shared::SharedWords;
use crate::primitive::time::Duration;
use recorder::Object;
use std::fmt;
use std::io;
use std::marker::PhantomData;

/// One number in shared memory.
///
/// Two ways to change it, as one needs:
///
/// - **in one step, without a lock** ([`set`](Value::set), [`fetch_add`](Value::fetch_add),
///   [`update`](Value::update)): nobody waits, nothing is ever half written, and nobody who dies
///   leaves anything behind;
/// - **under its own lock** ([`lock`](Value::lock)), for several steps that belong together. A holder
///   that is killed is reported to the next one ([`LockError::Abandoned`], once), who then has to
///   judge whether the number is half changed.
///
/// The lock keeps out those who lock, not those who change it without. A `set` that another process
/// [`get`](Value::get)s makes everything visible that was done before it (release and acquire). Only
/// the lock is recorded on the timeline; the steps without lock are single instructions.
///
/// | | difference |
/// |---|---|
/// | `std::sync::atomic` | the same operations, for threads |
/// | parking_lot, crossbeam (`AtomicCell`), nix | nothing in shared memory |
/// | Python's `multiprocessing.Value` | has a lock, too, but `value.value += 1` does not take it and loses counts; nothing in one step; when the holder of its lock is killed, all others wait for ever |
///
/// ```
/// use exercises::process::{Process, Value};
///
/// let (one_step, locked) = (Value::new(0u32).unwrap(), Value::new(0u32).unwrap());
/// let mut children: Vec<_> = (0..2).map(|i| {
///     let (one_step, locked) = (one_step.clone(), locked.clone());
///     Process::new(format!("adder {i}"), move || {
///         for _ in 0..100 {
///             one_step.fetch_add(1);
///             locked.lock().unwrap().update(|n| n + 1);
///         }
///     })
/// }).collect();
/// children.iter_mut().for_each(|child| child.start().unwrap());
/// children.iter().for_each(|child| assert_eq!(child.join().unwrap(), Some(0)));
/// assert_eq!((one_step.get(), locked.get()), (200, 200));
/// ```
pub struct Value<T> {
    lock: Lock,
    word: Arc<SharedWords>,
    number: PhantomData<fn(T) -> T>,
}

impl<T> Clone for Value<T> {
    #[track_caller]
    fn clone(&self) -> Value<T> {
        Value {
            lock: self.lock.clone(),
            word: self.word.clone(),
            number: PhantomData,
        }
    }
}

impl<T: SharedNumber> Value<T> {
    /// A number shared with every process forked from now on.
    pub fn new(value: T) -> io::Result<Value<T>> {
        let shared = Value {
            lock: Lock::new()?,
            word: Arc::new(SharedWords::new(1)?),
            number: PhantomData,
        };
        shared.set(value);
        Ok(shared)
    }

    #[track_caller]
    fn cell(&self) -> Cell<'_> {
        Cell(&self.word[0])
    }

    /// What it is right now.
    #[track_caller]
    pub fn get(&self) -> T {
        self.cell().get()
    }

    /// Makes it this. To read, add and `set` loses what others write in between: for that there are
    /// [`fetch_add`](Value::fetch_add), [`update`](Value::update) and the [`lock`](Value::lock).
    #[track_caller]
    pub fn set(&self, value: T) {
        self.cell().set(value);
    }

    /// Makes it this, and says what it was.
    #[track_caller]
    pub fn swap(&self, value: T) -> T {
        self.cell().swap(value)
    }

    /// Changes it in one step, and says what it is now. `change` is called again when another process
    /// was faster, so it should do nothing else.
    #[track_caller]
    pub fn update(&self, change: impl FnMut(T) -> T) -> T {
        self.cell().update(change)
    }

    /// Waits until its lock is free and takes it. Errors as for [`Lock::lock`].
    #[track_caller]
    pub fn lock(&self) -> Result<ValueGuard<'_, T>, LockError> {
        Ok(self.guarded(self.lock.lock()?))
    }

    /// Takes its lock if that becomes free in this time; none if not.
    #[track_caller]
    pub fn lock_timeout(&self, limit: Duration) -> Result<Option<ValueGuard<'_, T>>, LockError> {
        let guard = self.lock.lock_timeout(limit)?;
        Ok(guard.map(|guard| self.guarded(guard)))
    }

    #[track_caller]
    fn guarded<'a>(&'a self, guard: LockGuard<'a>) -> ValueGuard<'a, T> {
        ValueGuard {
            value: self,
            _guard: guard,
        }
    }
}

impl<T: SharedInteger> Value<T> {
    /// Adds in one step, and says what it was. Wraps around at the end of the type's range; adding a
    /// negative number takes away.
    #[track_caller]
    pub fn fetch_add(&self, by: T) -> T {
        self.cell().fetch_add(by)
    }
}

impl<T> Value<T> {
    /// Its lock, as the journal names it.
    pub fn object(&self) -> Object {
        self.lock.object()
    }
}

impl<T: SharedNumber + fmt::Debug> fmt::Debug for Value<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Value").field(&self.get()).finish()
    }
}

/// The hold on the lock of a [`Value`]. It stays in its thread.
#[must_use = "the lock is released at once if the guard is not kept"]
pub struct ValueGuard<'a, T> {
    value: &'a Value<T>,
    _guard: LockGuard<'a>,
}

impl<T: SharedNumber> ValueGuard<'_, T> {
    /// What the number is.
    #[track_caller]
    pub fn get(&self) -> T {
        self.value.get()
    }

    /// Makes it this.
    #[track_caller]
    pub fn set(&mut self, value: T) {
        self.value.set(value);
    }

    /// Changes it, and says what it is now.
    #[track_caller]
    pub fn update(&mut self, change: impl FnOnce(T) -> T) -> T {
        let new = change(self.get());
        self.set(new);
        new
    }
}

impl<T: SharedNumber + fmt::Debug> fmt::Debug for ValueGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ValueGuard").field(&self.get()).finish()
    }
}
