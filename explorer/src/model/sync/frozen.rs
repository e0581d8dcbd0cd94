//! Can somebody who only has `&T` change it?
use std::cell::Cell;
use std::marker::PhantomData;
use std::panic::RefUnwindSafe;
use std::rc::Rc;

/// Equal to itself, and says so if asked. It is `Eq` only where `T` has no interior mutability.
struct Asked<T: ?Sized>(Cell<bool>, PhantomData<T>);

impl<T: ?Sized> PartialEq for Asked<T> {
    fn eq(&self, _other: &Self) -> bool {
        self.0.set(true);
        true
    }
}

impl<T: ?Sized + RefUnwindSafe> Eq for Asked<T> {}

/// Whether `&T` is enough to change a `T`, as far as that concerns one thread at a time: cells do that, and they are
/// not `RefUnwindSafe`. Atomics and locks are, but what they do is announced.
///
/// `Rc` documents that two pointers to the same value are equal without asking the value, if the value is `Eq`. So
/// whether it was asked tells whether `T` is `RefUnwindSafe`, without a bound. Were that to change, everything would
/// count as changeable: slower, and as right as before.
pub(super) fn is_frozen<T: ?Sized>() -> bool {
    let one = Rc::new(Asked::<T>(Cell::new(false), PhantomData));
    let same = Rc::clone(&one);
    one == same && !one.0.get()
}

#[cfg(test)]
mod tests {
    use super::is_frozen;
    use std::cell::{Cell, LazyCell, OnceCell, RefCell};

    #[test]
    fn cells_are_found_wherever_they_are() {
        assert!(is_frozen::<std::collections::VecDeque<(usize, String)>>());
        assert!(is_frozen::<[u8]>());
        assert!(is_frozen::<crate::model::sync::Mutex<u32>>());
        assert!(!is_frozen::<Cell<u32>>());
        assert!(!is_frozen::<Vec<Box<RefCell<u32>>>>());
        assert!(!is_frozen::<std::sync::Arc<OnceCell<u32>>>());
        assert!(!is_frozen::<Option<LazyCell<u32>>>());
        assert!(!is_frozen::<dyn std::any::Any>());
    }
}
