//! Processes: threads with a private image of the statics, and the pipe ends a process holds.
//!
//! A child inherits a copy of every end its parent holds. Whether the closure it runs has taken the end itself with it
//! (then the parent's copy is closed) shows when the child first uses or drops it, which is before it can matter: as
//! long as it has not, the end is open either way.
use super::{Object, World};
use crate::operation::{ObjectId, Operation, ThreadIndex};
use std::collections::BTreeMap;

/// The number of a process; the one that is explored is 0.
pub type ProcessIndex = usize;

/// An end of a pipe that somebody has as a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// Its number among the ends of its pipe.
    pub number: u32,
    /// Whose it is, as far as that is known.
    pub owner: ProcessIndex,
    /// It writes.
    pub writes: bool,
}

/// A copy of an end that a process has since it was forked, and nobody as a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inherited {
    /// Who has it.
    pub by: ProcessIndex,
    /// Of which end.
    pub end: End,
}

/// Who may use an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Users {
    /// Meant for several processes.
    Shared,
    /// This process, or it and those it descends from, before.
    One {
        /// Which.
        process: ProcessIndex,
        /// So many processes there were when it used it last: those that were forked later have it as it is now.
        processes: usize,
    },
}

impl World {
    /// A process more, forked by this thread; its number. Every end its parent holds it holds too.
    fn add_process(&mut self, by: ThreadIndex) -> ProcessIndex {
        let parent = self.threads[by].process;
        let child = self.parents.len();
        self.parents.push(parent);
        self.shown.push(self.shown[parent]);
        for object in &mut self.objects {
            if let Object::Pipe {
                ends,
                inherited,
                inherits: true,
                ..
            } = object
            {
                let copies: Vec<End> = ends
                    .iter()
                    .filter(|end| end.owner == parent)
                    .chain(
                        inherited
                            .iter()
                            .filter(|one| one.by == parent)
                            .map(|one| &one.end),
                    )
                    .copied()
                    .collect();
                let of_child = |end| Inherited { by: child, end };
                inherited.extend(copies.into_iter().map(of_child));
            }
        }
        child
    }

    /// How many processes there have been.
    pub fn processes(&self) -> usize {
        self.parents.len()
    }

    /// The process of a thread.
    pub fn process_of(&self, thread: ThreadIndex) -> ProcessIndex {
        self.threads.get(thread).map_or(0, |slot| slot.process)
    }

    /// A thread uses an end: now it is known whose it is.
    pub fn use_end(&mut self, pipe: ObjectId, number: u32, thread: ThreadIndex) {
        let process = self.process_of(thread);
        let parents = std::mem::take(&mut self.parents);
        if let Some(Object::Pipe {
            ends, inherited, ..
        }) = self.objects.get_mut(Self::index(pipe))
            && let Some(end) = ends.iter_mut().find(|end| end.number == number)
            && end.owner != process
        {
            // Its closure took it along when it was forked, and whoever was forked by the old owner after that has
            // none either.
            let before = std::mem::replace(&mut end.owner, process);
            inherited.retain(|one| {
                let later = one.by > process && parents[one.by] == before;
                one.end.number != number || one.by != process && !later
            });
        }
        self.parents = parents;
    }

    /// An end more of a pipe; its number.
    pub fn add_end(&mut self, pipe: ObjectId, thread: ThreadIndex, writes: bool) -> u32 {
        let owner = self.process_of(thread);
        match self.objects.get_mut(Self::index(pipe)) {
            Some(Object::Pipe { ends, made, .. }) => {
                *made += 1;
                ends.push(End {
                    number: *made,
                    owner,
                    writes,
                });
                *made
            }
            _ => 0,
        }
    }

    /// The pipes of which a process still holds something it has no value for.
    pub fn inherited_by(&self, process: ProcessIndex) -> Vec<ObjectId> {
        let holds = |object: &Object| match object {
            Object::Pipe { inherited, .. } => inherited.iter().any(|one| one.by == process),
            _ => false,
        };
        (0..self.objects.len())
            .filter(|&at| holds(&self.objects[at]))
            .map(|at| (at + crate::operation::MAX_THREADS) as ObjectId)
            .collect()
    }

    /// A thread that was started by this one begins a process: its number, as [`add_process`](Self::add_process) gives it.
    pub fn begin_process(&mut self, thread: ThreadIndex, by: ThreadIndex) -> ProcessIndex {
        // It was counted as one of its parent's.
        let parent = self.process_of(by);
        self.shown[parent] -= 1;
        let child = self.add_process(by);
        let (shown, token) = (self.threads[by].shown, self.threads[by].token);
        let slot = &mut self.threads[thread];
        (slot.process, slot.shown, slot.token) = (child, shown, token);
        child
    }

    /// A child that has all of its memory for itself has a copy of each of its parent's objects, as it is now. In its
    /// memory they have the numbers they have in its parent's.
    pub fn copy_objects(&mut self, child: ProcessIndex) {
        let parent = self.parents[child];
        let mut copied = BTreeMap::new();
        for at in 0..self.objects.len() {
            if matches!(self.users[at], Users::One { process, .. } if process == parent) {
                let copy = self.objects[at].clone();
                let id = (at + crate::operation::MAX_THREADS) as ObjectId;
                copied.insert(id, self.add_object(copy));
                let last = self.users.len() - 1;
                self.users[last] = Users::One {
                    process: child,
                    processes: self.parents.len(),
                };
            }
        }
        let of_parent = self.copies.get(&parent).cloned().unwrap_or_default();
        let mut copies = copied.clone();
        for (name, id) in of_parent {
            copies.extend(copied.get(&id).map(|copy| (name, *copy)));
        }
        self.copies.insert(child, copies);
    }

    /// The object that has this number in the memory of a thread's process, where each has its own. What is not in its
    /// memory (the lock of stdout) is made for it.
    pub fn own_of(
        &mut self,
        id: ObjectId,
        thread: ThreadIndex,
        make: impl FnOnce() -> Object,
    ) -> ObjectId {
        let process = self.process_of(thread);
        let is_own = match self.users[Self::index(id)] {
            Users::Shared => true,
            Users::One { process: owner, .. } => owner == process,
        };
        if is_own {
            return id;
        }
        let known = self.copies.get(&process).and_then(|copies| copies.get(&id));
        if let Some(copy) = known {
            return *copy;
        }
        let made = self.add_object(make());
        self.own(made, thread);
        self.copies.entry(process).or_default().insert(id, made);
        made
    }

    /// Where each process has all of its memory for itself, nobody uses what is another's, unless a number was kept
    /// beside the object (a guard, carried into a child).
    pub fn watch_ownership(&mut self, thread: ThreadIndex) {
        let process = self.process_of(thread);
        let is_another = |other| self.process_of(other) != process;
        self.private_memory |= match self.threads[thread].pending {
            Operation::Unpark(other) => is_another(other),
            // Whether another process has ended can be seen, by whoever knows it.
            Operation::Join(other) | Operation::IsFinished(other) => {
                is_another(other) && !self.is_first_of_its_process(other)
            }
            _ => false,
        };
        for touch in self.touches(thread).iter() {
            if touch.object as usize >= crate::operation::MAX_THREADS
                && let Some(Users::One { process: owner, .. }) =
                    self.users.get(Self::index(touch.object))
                && *owner != process
            {
                self.private_memory = true;
            }
        }
    }

    /// The process of a thread is known by this number.
    pub fn number_process(&mut self, thread: ThreadIndex, number: u32) {
        self.numbers.insert(self.process_of(thread), number);
    }

    /// What a thread's number looks like to the program.
    pub fn shown(&self, thread: ThreadIndex) -> usize {
        self.threads.get(thread).map_or(thread, |slot| slot.shown)
    }

    /// The process of a thread does this where it exits early.
    pub fn act_at_exit(&mut self, thread: ThreadIndex, act: fn()) {
        self.exits.insert(self.process_of(thread), act);
    }

    /// What the process of a thread does where it exits early, once.
    pub fn take_exit(&mut self, thread: ThreadIndex) -> Option<fn()> {
        self.exits.remove(&self.process_of(thread))
    }

    /// What the process of a thread is known by.
    pub fn number_of_process(&self, thread: ThreadIndex) -> Option<u32> {
        self.numbers.get(&self.process_of(thread)).copied()
    }

    /// Whether the process of this thread has, or had, threads that nobody has waited for.
    pub fn has_other_threads(&self, thread: ThreadIndex) -> bool {
        let process = self.process_of(thread);
        let is_other = |(index, slot): (usize, &super::Thread)| {
            index != thread && slot.process == process && !slot.joined
        };
        self.threads.iter().enumerate().any(is_other)
    }

    /// A thread's process alone uses an object, up to now.
    pub(super) fn users_of_one(&self, thread: ThreadIndex) -> Users {
        Users::One {
            process: self.process_of(thread),
            processes: self.parents.len(),
        }
    }

    /// An object is a thread's process' own.
    pub fn own(&mut self, id: ObjectId, thread: ThreadIndex) {
        self.users[Self::index(id)] = self.users_of_one(thread);
    }

    /// A thread is about to use an object. Memory that several processes would each have a copy of, and that one of them
    /// has used since there were two, is more than the model can say.
    pub fn watch_memory(&mut self, id: ObjectId, thread: ThreadIndex) {
        let Users::One {
            process: owner,
            processes,
        } = self.users[Self::index(id)]
        else {
            return;
        };
        // Whether the object came to this process by forks alone, each after the owner's last use.
        let mut ancestor = self.process_of(thread);
        let mut has_the_same = true;
        while ancestor > owner {
            let parent = self.parents[ancestor];
            has_the_same &= parent != owner || ancestor >= processes;
            ancestor = parent;
        }
        if ancestor == owner && has_the_same {
            self.own(id, thread);
        } else {
            self.private_memory = true;
        }
    }
}
