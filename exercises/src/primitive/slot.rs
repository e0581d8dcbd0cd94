//! Values that belong to an object and a thread: the base of [`sync::Local`](crate::sync::Local).
//!
//! Each thread has a table of its own, so nothing is shared and nothing is locked. A value goes
//! when its thread ends, or when the thread next enlarges its table after the object was dropped.

use super::Arc;
use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Weak;
// Not `super::atomic`: a key's number only tells it from others, nothing is ordered by it.
use std::sync::atomic::{AtomicU64, Ordering};

static NEXT_ID: AtomicU64 = AtomicU64::new(1);

struct Slot {
    owner: Weak<()>,
    value: Rc<dyn Any>,
}

#[derive(Default)]
struct Slots {
    by_key: HashMap<u64, Slot>,
    /// The size at which the values of dropped owners are looked for.
    sweep_at: usize,
}

thread_local! {
    static SLOTS: RefCell<Slots> = RefCell::default();
}

/// What values are found by: one for each object, the same in all threads.
pub(crate) struct Key {
    id: u64,
    alive: Arc<()>,
}

impl Key {
    pub(crate) fn new() -> Key {
        Key {
            id: NEXT_ID.fetch_add(1, Ordering::Relaxed),
            alive: Arc::new(()),
        }
    }

    /// The value of the calling thread. None also while the thread is being torn down.
    pub(crate) fn get(&self) -> Option<Rc<dyn Any>> {
        SLOTS
            .try_with(|slots| Some(slots.borrow().by_key.get(&self.id)?.value.clone()))
            .ok()
            .flatten()
    }

    /// Gives the calling thread a value.
    pub(crate) fn set(&self, value: Rc<dyn Any>) {
        let slot = Slot {
            owner: Arc::downgrade(&self.alive),
            value,
        };
        // What is replaced is dropped after the table is free again: its destructor may come back here.
        let replaced = SLOTS.try_with(|slots| {
            let mut slots = slots.borrow_mut();
            let mut gone = Vec::new();
            if slots.by_key.len() >= slots.sweep_at.max(16) {
                gone.extend(
                    slots
                        .by_key
                        .extract_if(|_, slot| slot.owner.strong_count() == 0)
                        .map(|(_, slot)| slot),
                );
                slots.sweep_at = 2 * slots.by_key.len();
            }
            gone.extend(slots.by_key.insert(self.id, slot));
            gone
        });
        drop(replaced);
    }

    /// Takes the calling thread's value away.
    pub(crate) fn clear(&self) -> bool {
        let removed = SLOTS.try_with(|slots| slots.borrow_mut().by_key.remove(&self.id));
        matches!(removed, Ok(Some(_)))
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.clear();
    }
}
