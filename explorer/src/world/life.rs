//! Processes that can be ended from outside, as by a signal nobody can refuse.
//!
//! One that can be looks before everything it does, prints included, whether it was, as long as it is said to. That it
//! looks touches its life, and so does whoever ends it: so it is ended at any of these places, and nowhere else can anybody
//! tell the difference. While nobody ends it, looking costs steps and no classes.
use super::{Beyond, Object, ProcessIndex, Status, World};
use crate::operation::{ObjectId, Operation, ThreadIndex};

/// What such a process looks at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Life {
    object: ObjectId,
    /// It can be ended now.
    looks: bool,
    /// It was ended, and this is what it ends with.
    ended_with: Option<i32>,
    /// It has seen that.
    knows: bool,
    /// It has looked, before it did something.
    has_looked: bool,
    /// The process that sent it a signal.
    signalled_by: Option<ProcessIndex>,
}

impl World {
    /// The process of a thread, which nobody has seen yet, can be ended from outside.
    pub fn can_be_ended(&mut self, thread: ThreadIndex) {
        let object = self.add_object(Object::atomic(0));
        self.share(object);
        let life = Life {
            object,
            looks: false,
            ended_with: None,
            knows: false,
            has_looked: false,
            signalled_by: None,
        };
        self.lives.insert(self.process_of(thread), life);
    }

    /// From here on the process of a thread can be ended, or not; whether it could before.
    pub fn looks_for_its_end(&mut self, thread: ThreadIndex, looks: bool) -> bool {
        let process = self.process_of(thread);
        let life = self.lives.get_mut(&process);
        life.is_some_and(|life| std::mem::replace(&mut life.looks, looks))
    }

    /// What the process of a thread looks at, if it can be ended now.
    pub fn life_of(&self, thread: ThreadIndex) -> Option<ObjectId> {
        let life = self.lives.get(&self.process_of(thread))?;
        (life.looks && !self.threads[thread].unbroken).then_some(life.object)
    }

    /// From here on a thread does something whole, or no longer; whether it did before.
    pub fn is_unbroken(&mut self, thread: ThreadIndex, unbroken: bool) -> bool {
        let slot = self.threads.get_mut(thread);
        slot.is_some_and(|slot| std::mem::replace(&mut slot.unbroken, unbroken))
    }

    /// Whether that is what some process looks at.
    pub fn is_a_life(&self, id: ObjectId) -> bool {
        self.lives.values().any(|life| life.object == id)
    }

    /// What is touched by whoever ends the process of a thread.
    pub fn end_of(&self, thread: ThreadIndex) -> Option<ObjectId> {
        let life = self.lives.get(&self.process_of(thread))?;
        Some(life.object)
    }

    /// The process of a thread is ended from outside, with this code. Whoever comes first decides.
    pub fn ended(&mut self, thread: ThreadIndex, code: i32) {
        let process = self.process_of(thread);
        if let Some(life) = self.lives.get_mut(&process) {
            life.ended_with.get_or_insert(code);
        }
    }

    /// Whether the process of a thread was ended before it had done anything, by something that can be blocked.
    pub fn ends_at_its_begin(&self, thread: ThreadIndex) -> bool {
        let life = self.lives.get(&self.process_of(thread));
        life.is_some_and(|life| life.ended_with.is_some() && !life.has_looked)
    }

    /// The process of a thread is ended by a signal that the process of another one sent, even if it was ended before and does
    /// not know it yet, where this one comes first.
    pub fn signalled(
        &mut self,
        thread: ThreadIndex,
        by: ThreadIndex,
        code: i32,
        comes_first: bool,
    ) {
        self.ended(thread, code);
        let (process, by) = (self.process_of(thread), self.process_of(by));
        if let Some(life) = self.lives.get_mut(&process) {
            life.signalled_by = Some(by);
            if comes_first && !life.knows {
                life.ended_with = Some(code);
            }
        }
    }

    /// Whether the process of a thread, or one that it has waited for, has sent a signal to one that nobody has waited for yet,
    /// and the thread is about to use what several processes have, or to start one. Until a signal arrives, the other one goes
    /// on for a while that nobody knows; here it does one thing more at most. Nobody sees the difference who is not told that
    /// the signal was sent.
    pub fn tells_of_a_signal(&self, thread: ThreadIndex) -> bool {
        let process = self.process_of(thread);
        let is_under_way = |(&other, life): (&usize, &Life)| {
            life.signalled_by.map(|by| self.heir_of(by)) == Some(process)
                && self
                    .threads
                    .iter()
                    .any(|slot| slot.process == other && !slot.joined)
        };
        self.lives.iter().any(is_under_way)
            && (self.threads[thread].pending == Operation::Fork
                || self
                    .touches(thread)
                    .iter()
                    .any(|touch| self.is_shared(touch.object) && !self.is_a_life(touch.object)))
    }

    /// Who knows what a process has done: itself, or, when its end was waited for, its parent.
    fn heir_of(&self, process: ProcessIndex) -> ProcessIndex {
        let first = self.threads.iter().find(|slot| slot.process == process);
        match self.parents.get(process) {
            Some(&parent) if process > 0 && first.is_some_and(|slot| slot.joined) => {
                self.heir_of(parent)
            }
            _ => process,
        }
    }

    /// The process of a thread has looked; what it ends with if it was ended from outside.
    pub fn has_looked(&mut self, thread: ThreadIndex) -> Option<i32> {
        let process = self.process_of(thread);
        let life = self.lives.get_mut(&process)?;
        life.has_looked = true;
        life.knows = life.ended_with.is_some();
        life.ended_with
    }

    /// Whether the process of a thread has seen that it was ended from outside. One that ends by itself does not look, and so
    /// may not behave otherwise.
    pub fn knows_its_end(&self, thread: ThreadIndex) -> bool {
        let life = self.lives.get(&self.process_of(thread));
        life.is_some_and(|life| life.knows)
    }

    /// Nothing more happens. Whoever was ended while it waited for something else cannot look: that has no model.
    pub fn watch_those_ended(&mut self) {
        let waits = |&thread: &ThreadIndex| {
            let life = self.lives.get(&self.process_of(thread));
            life.is_some_and(|life| life.ended_with.is_some())
                && self.threads[thread].status == Status::Announced
        };
        let Some(waiting) = (0..self.threads.len()).find(waits) else {
            return;
        };
        if (0..self.threads.len()).all(|thread| !self.enabled(thread)) {
            let place = self.threads[waiting].place;
            self.goes_beyond(waiting, Beyond::Signal, place);
        }
    }
}
