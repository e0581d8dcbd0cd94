//! Queues: items, a lock, two conditions, and who takes part.
//!
//! A queue ends when it is empty and closed, or empty and the process that asks has one handle and no other process is
//! left that had one. Handles belong to the process they were moved into. In the model a closure that is forked is there
//! once, so whose a handle is shows when it is first used or dropped. That is early enough: until then it counts for the
//! process that forked, which is thus not alone either way.

use crate::lack::Lack;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};
use std::sync::{self, PoisonError};

use super::{GetError, PutError, TryGetError, id};
use crate::primitive::lock::{Condvar, Mutex, MutexGuard};
use crate::primitive::participants::{self, Member, in_shared_memory};
use crate::primitive::time::{Deadline, Duration};
use crate::primitive::{Arc, not_modelled, thread};

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    closed: bool,
}

/// The processes that have, or had, a handle.
#[derive(Debug, Default)]
struct Partners {
    handles: BTreeMap<i32, usize>,
    /// Those that may use everything as long as they live.
    borrowers: BTreeSet<i32>,
    ever: BTreeSet<i32>,
}

impl Partners {
    fn add(&mut self, pid: i32) {
        *self.handles.entry(pid).or_default() += 1;
        self.ever.insert(pid);
    }

    fn remove(&mut self, pid: i32) {
        if let Some(handles) = self.handles.get_mut(&pid) {
            *handles -= 1;
            if *handles == 0 {
                self.leave(pid);
            }
        }
    }

    /// With its last handle a process no longer uses the queue.
    fn leave(&mut self, pid: i32) {
        self.handles.remove(&pid);
        self.borrowers.remove(&pid);
    }

    fn has(&self, pid: i32) -> bool {
        self.handles.contains_key(&pid) || self.borrowers.contains(&pid)
    }

    /// Whether nobody but this process is left, and there was somebody.
    fn is_alone(&self, pid: i32) -> bool {
        let here = || self.handles.keys().chain(&self.borrowers);
        let own = self.handles.get(&pid).copied().unwrap_or(0);
        own <= 1 && here().all(|one| *one == pid) && self.ever.iter().any(|one| *one != pid)
    }
}

#[derive(Debug)]
struct Shared<T> {
    maker: i32,
    capacity: Option<usize>,
    state: Mutex<State<T>>,
    filled: Condvar,
    drained: Condvar,
    /// Where somebody could see a change of it, it is changed under the lock of the state.
    partners: sync::Mutex<Partners>,
}

impl<T> Shared<T> {
    fn with_partners<R>(&self, act: impl FnOnce(&mut Partners) -> R) -> R {
        act(&mut self.partners.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_alone(&self) -> bool {
        self.with_partners(|partners| partners.is_alone(id()))
    }

    /// One process less, perhaps: whoever waits looks.
    fn change_partners(&self, act: impl FnOnce(&mut Partners)) {
        in_shared_memory(|| {
            let state = self.state.lock();
            let before = self.with_partners(|partners| {
                let before = partners.has(id());
                act(partners);
                before
            });
            let left = before && !self.with_partners(|partners| partners.has(id()));
            drop(state);
            if left {
                self.filled.notify_all();
                self.drained.notify_all();
            }
        });
    }
}

impl<T> Member for Shared<T> {
    fn enter_child(&self, pid: i32) {
        if self.maker != id() {
            not_modelled(Lack::BorrowerBesideQueue);
        }
        self.with_partners(|partners| {
            partners.borrowers.insert(pid);
            partners.ever.insert(pid);
        });
    }

    fn leave(&self, pid: i32) {
        if self.with_partners(|partners| partners.has(pid)) {
            self.change_partners(|partners| partners.leave(pid));
        }
    }
}

#[derive(Debug)]
pub struct Queue<T: 'static> {
    shared: Arc<Shared<T>>,
    owner: AtomicI32,
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Queue<T> {
        self.settle();
        self.shared.with_partners(|partners| partners.add(id()));
        Queue {
            shared: self.shared.clone(),
            owner: AtomicI32::new(id()),
        }
    }
}

impl<T> Drop for Queue<T> {
    fn drop(&mut self) {
        if !explorer::model::is_over() {
            self.settle();
            self.shared
                .change_partners(|partners| partners.remove(id()));
        }
    }
}

impl<T> Queue<T> {
    /// Whose handle it is, now that it is used.
    fn settle(&self) {
        if !thread::is_main() {
            not_modelled(Lack::QueueInThread);
        }
        let before = self.owner.swap(id(), Relaxed);
        if before != id() {
            self.shared.with_partners(|partners| {
                partners.add(id());
                partners.remove(before);
            });
        }
    }
}

impl<T: Clone> Queue<T> {
    pub fn unbounded() -> io::Result<Queue<T>> {
        Ok(Queue::with(None))
    }

    pub fn bounded(capacity: usize) -> io::Result<Queue<T>> {
        Ok(Queue::with(Some(capacity.max(1))))
    }

    fn with(capacity: Option<usize>) -> Queue<T> {
        let mut partners = Partners::default();
        partners.add(id());
        let shared = Arc::new(Shared {
            maker: id(),
            capacity,
            state: Mutex::new(State {
                items: VecDeque::new(),
                closed: false,
            }),
            filled: Condvar::new(),
            drained: Condvar::new(),
            partners: sync::Mutex::new(partners),
        });
        participants::enter(shared.clone());
        Queue {
            shared,
            owner: AtomicI32::new(id()),
        }
    }

    #[track_caller]
    pub fn put(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        self.settle();
        in_shared_memory(|| {
            let Shared {
                capacity, drained, ..
            } = &*self.shared;
            let mut state = self.shared.state.lock();
            let is_full = |state: &State<T>| capacity.is_some_and(|most| state.items.len() >= most);
            while !state.closed && is_full(&state) {
                if self.shared.is_alone() {
                    return Err(PutError::NobodyTakes);
                }
                drained.wait(&mut state);
            }
            if state.closed {
                return Err(PutError::Closed);
            }
            state.items.push_back(item.borrow().clone());
            drop(state);
            self.shared.filled.notify_one();
            Ok(())
        })
    }

    #[track_caller]
    pub fn get(&self) -> Result<Option<T>, GetError> {
        match self.get_until(Deadline::NEVER) {
            Ok(item) => Ok(Some(item)),
            Err(TryGetError::Closed | TryGetError::Empty) => Ok(None),
            Err(TryGetError::Failed(error)) => Err(error),
        }
    }

    #[track_caller]
    pub fn get_timeout(&self, limit: Duration) -> Result<T, TryGetError> {
        self.get_until(Deadline::after(limit))
    }

    #[track_caller]
    pub fn try_get(&self) -> Result<T, TryGetError> {
        self.get_until(Deadline::after_unscaled(Duration::ZERO))
    }

    fn get_until(&self, deadline: Deadline) -> Result<T, TryGetError> {
        self.settle();
        in_shared_memory(|| {
            let mut state = self.shared.state.lock();
            let ended = |state: &State<T>| state.closed || self.shared.is_alone();
            let waits = |state: &State<T>| state.items.is_empty() && !ended(state);
            if !deadline.is_over() {
                while waits(&state) && !self.shared.filled.wait_until(&mut state, deadline) {}
            }
            self.first(state, ended)
        })
    }

    fn first(
        &self,
        mut state: MutexGuard<'_, State<T>>,
        ended: impl Fn(&State<T>) -> bool,
    ) -> Result<T, TryGetError> {
        let Some(item) = state.items.pop_front() else {
            return Err(if ended(&state) {
                TryGetError::Closed
            } else {
                TryGetError::Empty
            });
        };
        drop(state);
        if self.shared.capacity.is_some() {
            self.shared.drained.notify_one();
        }
        Ok(item)
    }

    pub fn close(&self) {
        in_shared_memory(|| {
            self.shared.state.lock().closed = true;
            self.shared.filled.notify_all();
            self.shared.drained.notify_all();
        });
    }

    pub fn len(&self) -> usize {
        in_shared_memory(|| self.shared.state.lock().items.len())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
