use std::io;
use std::marker::PhantomData;

use super::lock::{Lock, LockError, LockGuard};
use super::number::{Cell, SharedInteger, SharedNumber};
use crate::primitive::Arc;
use crate::primitive::atomic::AtomicU64;
use crate::primitive::participants::in_shared_memory;

#[derive(Clone, Debug)]
pub struct Value<T> {
    one: Array<T>,
}

impl<T: SharedNumber> Value<T> {
    pub fn new(value: T) -> io::Result<Value<T>> {
        Ok(Value {
            one: Array::new(&[value])?,
        })
    }

    pub fn get(&self) -> T {
        self.one.get(0)
    }

    pub fn set(&self, value: T) {
        self.one.set(0, value);
    }

    pub fn swap(&self, value: T) -> T {
        in_shared_memory(|| self.one.cell(0).swap(value))
    }

    pub fn update(&self, change: impl FnMut(T) -> T) -> T {
        in_shared_memory(|| self.one.cell(0).update(change))
    }

    pub fn lock(&self) -> Result<ValueGuard<'_, T>, LockError> {
        let guard = self.one.lock.lock()?;
        Ok(ValueGuard {
            value: self,
            _guard: guard,
        })
    }
}

impl<T: SharedInteger> Value<T> {
    pub fn fetch_add(&self, by: T) -> T {
        in_shared_memory(|| self.one.cell(0).fetch_add(by))
    }
}

#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct ValueGuard<'a, T> {
    value: &'a Value<T>,
    _guard: LockGuard<'a>,
}

impl<T: SharedNumber> ValueGuard<'_, T> {
    pub fn get(&self) -> T {
        self.value.get()
    }

    pub fn set(&mut self, value: T) {
        self.value.set(value);
    }

    pub fn update(&mut self, change: impl FnOnce(T) -> T) -> T {
        let new = change(self.get());
        self.set(new);
        new
    }
}

#[derive(Clone, Debug)]
pub struct Array<T> {
    lock: Lock,
    words: Arc<[AtomicU64]>,
    number: PhantomData<fn(T) -> T>,
}

impl<T: SharedNumber> Array<T> {
    pub fn zeroed(length: usize) -> io::Result<Array<T>> {
        Array::new(&vec![T::default(); length])
    }

    pub fn new(numbers: &[T]) -> io::Result<Array<T>> {
        let words = numbers
            .iter()
            .map(|number| AtomicU64::new(number.to_word()));
        Ok(Array {
            lock: Lock::new()?,
            words: words.collect(),
            number: PhantomData,
        })
    }

    fn cell(&self, index: usize) -> Cell<'_> {
        Cell(&self.words[index])
    }

    pub fn get(&self, index: usize) -> T {
        in_shared_memory(|| self.cell(index).get())
    }

    pub fn set(&self, index: usize, value: T) {
        in_shared_memory(|| self.cell(index).set(value));
    }

    pub fn to_vec(&self) -> Vec<T> {
        (0..self.words.len()).map(|index| self.get(index)).collect()
    }
}

impl<T> Array<T> {
    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}
