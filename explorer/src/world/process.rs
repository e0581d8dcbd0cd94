//! Processes: threads with a private image of the statics, and the pipe ends a process holds.
//!
//! A child inherits a copy of every end its parent holds. Whether the closure it runs has taken the end itself with it
//! (then the parent's copy is closed) shows when the child first uses or drops it, which is before it can matter: as
//! long as it has not, the end is open either way.
use super::{Object, World};
use crate::operation::{ObjectId, ThreadIndex};

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
    pub fn add_process(&mut self, by: ThreadIndex) -> ProcessIndex {
        let parent = self.threads[by].process;
        let child = self.parents.len();
        self.parents.push(parent);
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
