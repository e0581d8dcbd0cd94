use super::lock::{Lock, LockError, LockGuard};
use super::number::{Cell, SharedInteger, SharedNumber};
use crate::primitive::Arc;
use crate::primitive::shared::SharedWords;
use crate::primitive::time::Duration;
use recorder::Object;
use std::fmt;
use std::io;
use std::marker::PhantomData;

/// A row of numbers in shared memory, of a fixed length.
///
/// Each place is as a [`Value`](super::Value): changed in one step without a lock, or under the one
/// lock of the whole array. Processes that each write their own places need no lock at all; one that
/// wants to see several places as they are together takes it, and so must those who write them.
///
/// | | difference |
/// |---|---|
/// | std, parking_lot, crossbeam | a `Vec` of atomics does it, for threads |
/// | nix | has `mmap`, and leaves the rest to you |
/// | Python's `multiprocessing.Array` | takes its lock for every single place; a slice is a copy in both |
///
/// # Panics
/// An index outside of the array panics, as with a slice.
///
/// ```
/// use exercises::process::{Array, Process};
///
/// let squares = Array::<i32>::zeroed(4).unwrap();
/// let mut children: Vec<_> = (0..4).map(|i| {
///     let squares = squares.clone();
///     Process::new(format!("square {i}"), move || squares.set(i, (i * i) as i32))
/// }).collect();
/// children.iter_mut().for_each(|child| child.start().unwrap());
/// children.iter().for_each(|child| assert_eq!(child.join().unwrap(), Some(0)));
/// assert_eq!(squares.to_vec(), [0, 1, 4, 9]);
/// squares.lock().unwrap().swap(0, 3);
/// assert_eq!(squares.to_vec(), [9, 1, 4, 0]);
/// ```
pub struct Array<T> {
    lock: Lock,
    words: Arc<SharedWords>,
    number: PhantomData<fn(T) -> T>,
}

impl<T> Clone for Array<T> {
    #[track_caller]
    fn clone(&self) -> Array<T> {
        Array {
            lock: self.lock.clone(),
            words: self.words.clone(),
            number: PhantomData,
        }
    }
}

impl<T: SharedNumber> Array<T> {
    /// So many zeros (or whatever the type's default is), shared with every process forked from now
    /// on.
    pub fn zeroed(length: usize) -> io::Result<Array<T>> {
        // Of all these types the default is the word 0, as fresh memory is.
        Ok(Array {
            lock: Lock::new()?,
            words: Arc::new(SharedWords::new(length)?),
            number: PhantomData,
        })
    }

    /// A copy of these numbers, shared with every process forked from now on.
    pub fn new(numbers: &[T]) -> io::Result<Array<T>> {
        let array = Array::zeroed(numbers.len())?;
        for (index, number) in numbers.iter().enumerate() {
            array.set(index, *number);
        }
        Ok(array)
    }

    #[track_caller]
    fn cell(&self, index: usize) -> Cell<'_> {
        Cell(&self.words[index])
    }

    /// What is at this place.
    #[track_caller]
    pub fn get(&self, index: usize) -> T {
        self.cell(index).get()
    }

    /// Writes at this place.
    #[track_caller]
    pub fn set(&self, index: usize, value: T) {
        self.cell(index).set(value);
    }

    /// Writes at this place, and says what was there.
    #[track_caller]
    pub fn swap(&self, index: usize, value: T) -> T {
        self.cell(index).swap(value)
    }

    /// Changes this place in one step, and says what is there now. `change` is called again when
    /// another process was faster.
    #[track_caller]
    pub fn update(&self, index: usize, change: impl FnMut(T) -> T) -> T {
        self.cell(index).update(change)
    }

    /// All numbers, one read after the other: others may write meanwhile, unless the lock is held.
    #[track_caller]
    pub fn to_vec(&self) -> Vec<T> {
        self.words.iter().map(|word| Cell(word).get()).collect()
    }

    /// Waits until its lock is free and takes it. Errors as for [`Lock::lock`].
    #[track_caller]
    pub fn lock(&self) -> Result<ArrayGuard<'_, T>, LockError> {
        Ok(self.guarded(self.lock.lock()?))
    }

    /// Takes its lock if that becomes free in this time; none if not.
    #[track_caller]
    pub fn lock_timeout(&self, limit: Duration) -> Result<Option<ArrayGuard<'_, T>>, LockError> {
        let guard = self.lock.lock_timeout(limit)?;
        Ok(guard.map(|guard| self.guarded(guard)))
    }

    #[track_caller]
    fn guarded<'a>(&'a self, guard: LockGuard<'a>) -> ArrayGuard<'a, T> {
        ArrayGuard {
            array: self,
            _guard: guard,
        }
    }
}

impl<T: SharedInteger> Array<T> {
    /// Adds at this place in one step, and says what was there. Wraps around at the end of the type's
    /// range.
    #[track_caller]
    pub fn fetch_add(&self, index: usize, by: T) -> T {
        self.cell(index).fetch_add(by)
    }
}

impl<T> Array<T> {
    /// How many places it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Its lock, as the journal names it.
    pub fn object(&self) -> Object {
        self.lock.object()
    }
}

impl<T: SharedNumber + fmt::Debug> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.to_vec()).finish()
    }
}

/// The hold on the lock of an [`Array`]. It stays in its thread.
#[must_use = "the lock is released at once if the guard is not kept"]
pub struct ArrayGuard<'a, T> {
    array: &'a Array<T>,
    _guard: LockGuard<'a>,
}

impl<T: SharedNumber> ArrayGuard<'_, T> {
    /// What is at this place.
    #[track_caller]
    pub fn get(&self, index: usize) -> T {
        self.array.get(index)
    }

    /// Writes at this place.
    #[track_caller]
    pub fn set(&mut self, index: usize, value: T) {
        self.array.set(index, value);
    }

    /// Changes this place, and says what is there now.
    #[track_caller]
    pub fn update(&mut self, index: usize, change: impl FnOnce(T) -> T) -> T {
        let new = change(self.get(index));
        self.set(index, new);
        new
    }

    /// Exchanges two places.
    #[track_caller]
    pub fn swap(&mut self, one: usize, other: usize) {
        let (first, second) = (self.get(one), self.get(other));
        self.set(one, second);
        self.set(other, first);
    }

    /// All numbers.
    #[track_caller]
    pub fn to_vec(&self) -> Vec<T> {
        self.array.to_vec()
    }
}

impl<T: SharedNumber + fmt::Debug> fmt::Debug for ArrayGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ArrayGuard").field(self.array).finish()
    }
}
