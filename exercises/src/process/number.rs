//! Which numbers can lie in shared memory: each in one word, so that it is never seen half written.

mod sealed {
    pub trait Word: Copy {
        fn to_word(self) -> u64;
        fn from_word(word: u64) -> Self;
    }
}

pub(super) use sealed::Word;

/// A number (or truth value, or character) that can be shared in a [`Value`](super::Value) or an
/// [`Array`](super::Array): all of Rust's up to 64 bits. Python writes their types as letters (`'i'`,
/// `'d'`); here the compiler knows them.
pub trait SharedNumber: Word + Default + 'static {}

/// A whole number, which can be added to in one step.
pub trait SharedInteger: SharedNumber {}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl Word for $integer {
            // Widened by its sign, so that adding to the word adds to the number.
            fn to_word(self) -> u64 {
                self as u64
            }
            fn from_word(word: u64) -> $integer {
                word as $integer
            }
        }
        impl SharedNumber for $integer {}
        impl SharedInteger for $integer {}
    )*};
}

integers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl Word for f64 {
    fn to_word(self) -> u64 {
        self.to_bits()
    }
    fn from_word(word: u64) -> f64 {
        f64::from_bits(word)
    }
}
impl SharedNumber for f64 {}

impl Word for f32 {
    fn to_word(self) -> u64 {
        u64::from(self.to_bits())
    }
    fn from_word(word: u64) -> f32 {
        f32::from_bits(word as u32)
    }
}
impl SharedNumber for f32 {}

impl Word for bool {
    fn to_word(self) -> u64 {
        u64::from(self)
    }
    fn from_word(word: u64) -> bool {
        word != 0
    }
}
impl SharedNumber for bool {}

impl Word for char {
    fn to_word(self) -> u64 {
        u64::from(u32::from(self))
    }
    fn from_word(word: u64) -> char {
        char::from_u32(word as u32).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}
impl SharedNumber for char {}

use crate::primitive::atomic::{AtomicU64, Ordering};

/// The operations on one word, for `Value` and for each place of an `Array`.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a>(pub &'a AtomicU64);

impl Cell<'_> {
    #[track_caller]
    pub fn get<T: Word>(self) -> T {
        T::from_word(self.0.load(Ordering::Acquire))
    }

    #[track_caller]
    pub fn set<T: Word>(self, value: T) {
        self.0.store(value.to_word(), Ordering::Release);
    }

    #[track_caller]
    pub fn swap<T: Word>(self, value: T) -> T {
        T::from_word(self.0.swap(value.to_word(), Ordering::AcqRel))
    }

    /// Wraps around, as the words do.
    #[track_caller]
    pub fn fetch_add<T: Word>(self, by: T) -> T {
        T::from_word(self.0.fetch_add(by.to_word(), Ordering::AcqRel))
    }

    /// Changes the value in one step: `change` is called again if another was faster.
    #[track_caller]
    pub fn update<T: Word>(self, mut change: impl FnMut(T) -> T) -> T {
        let mut word = self.0.load(Ordering::Acquire);
        loop {
            let new = change(T::from_word(word));
            match self.0.compare_exchange_weak(
                word,
                new.to_word(),
                Ordering::AcqRel,
                Ordering::Acquire,
            ) {
                Ok(_) => return new,
                Err(other) => word = other,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_number_comes_back_as_it_was_and_adding_wraps_within_its_width() {
        let word = AtomicU64::new(0);
        let cell = Cell(&word);
        cell.set(-7i32);
        assert_eq!(cell.fetch_add(10i32), -7);
        assert_eq!(cell.get::<i32>(), 3);
        cell.set(i32::MAX);
        cell.fetch_add(1i32);
        assert_eq!(cell.get::<i32>(), i32::MIN);
        cell.set(255u8);
        cell.fetch_add(2u8);
        assert_eq!(cell.get::<u8>(), 1);
        cell.set(-0.5f64);
        assert_eq!(cell.update(|value: f64| value * 3.0), -1.5);
        cell.set(1.25f32);
        assert_eq!(cell.swap(2.5f32), 1.25);
        cell.set(true);
        assert!(cell.get::<bool>());
        cell.set('ç');
        assert_eq!(cell.get::<char>(), 'ç');
    }
}
