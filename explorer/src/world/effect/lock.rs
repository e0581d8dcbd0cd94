//! Mutexes and reader-writer locks.
use super::super::{Object, World};
use crate::operation::{NO_STEP, ObjectId, Operation, Reply, Step, ThreadIndex};

impl World {
    pub(super) fn acquire(&mut self, thread: ThreadIndex, id: ObjectId) -> Reply {
        let place = self.threads[thread].place;
        let Self {
            objects, causes, ..
        } = self;
        let Object::Mutex {
            holder,
            acquired,
            poisoned,
            released,
            looked,
            version,
            ..
        } = &mut objects[Self::index(id)]
        else {
            return Reply::Done;
        };
        debug_assert!(
            holder.is_none(),
            "an operation that is not enabled was executed"
        );
        *holder = Some(thread);
        *acquired = Some(place);
        *version += 1;
        causes.allowed_by(*released);
        causes.lookers.extend_from_slice(looked);
        let reply = with_poison(*poisoned);
        self.threads[thread].section = Some(id);
        reply
    }

    pub(super) fn release(&mut self, thread: ThreadIndex, id: ObjectId, poison: bool, step: Step) {
        let inspecting = self.threads[thread].inspecting;
        if let Object::Mutex {
            holder,
            acquired,
            poisoned,
            released,
            looked,
            version,
            ..
        } = self.object_mut(id)
        {
            *holder = None;
            *acquired = None;
            *poisoned |= poison;
            if inspecting {
                looked.push(step);
            } else {
                looked.clear();
                *released = step;
            }
            *version += 1;
        }
    }

    /// The last section that may have changed what a mutex protects.
    pub(super) fn last_change(&self, id: ObjectId) -> Step {
        match self.object(id) {
            Object::Mutex { released, .. } => *released,
            _ => NO_STEP,
        }
    }

    pub(super) fn perform_mutex(
        &mut self,
        thread: ThreadIndex,
        operation: Operation,
        step: Step,
    ) -> Reply {
        match operation {
            Operation::Lock(id) => self.acquire(thread, id),
            Operation::TryLock(id)
                if matches!(self.object(id), Object::Mutex { holder: None, .. }) =>
            {
                self.acquire(thread, id)
            }
            Operation::Unlock { mutex, poison, .. } => {
                self.release(thread, mutex, poison, step);
                let unasked = &mut self.threads[thread].unasked;
                self.went_on |= unasked.take_if(|asks| *asks == mutex).is_some();
                Reply::Done
            }
            _ => Reply::Miss,
        }
    }

    pub(super) fn perform_rwlock(
        &mut self,
        thread: ThreadIndex,
        operation: Operation,
        step: Step,
    ) -> Reply {
        let place = self.threads[thread].place;
        let (Operation::Read(id)
        | Operation::TryRead(id)
        | Operation::Write(id)
        | Operation::TryWrite(id)
        | Operation::UnlockRead(id)
        | Operation::UnlockWrite { lock: id, .. }) = operation
        else {
            return Reply::Done;
        };
        let Self {
            objects, causes, ..
        } = self;
        let Object::RwLock {
            readers,
            writer,
            acquired,
            poisoned,
            write_released,
            read_released,
            version,
        } = &mut objects[Self::index(id)]
        else {
            return Reply::Done;
        };
        let mut reply = Reply::Done;
        match operation {
            Operation::TryRead(_) if writer.is_some() => return Reply::Miss,
            Operation::TryWrite(_) if writer.is_some() || !readers.is_empty() => {
                return Reply::Miss;
            }
            Operation::UnlockRead(_) => {
                if let Some(held) = readers.iter().rposition(|&reader| reader == thread) {
                    readers.remove(held);
                }
                read_released.push(step);
            }
            Operation::UnlockWrite { poison, .. } => {
                *writer = None;
                *poisoned |= poison;
                *write_released = step;
                read_released.clear();
            }
            _ => {
                *acquired = Some(place);
                reply = with_poison(*poisoned);
                causes.allowed_by(*write_released);
                if matches!(operation, Operation::Read(_) | Operation::TryRead(_)) {
                    readers.push(thread);
                } else {
                    *writer = Some(thread);
                    causes.soft.extend(read_released.iter());
                }
            }
        }
        *version += 1;
        reply
    }
}

fn with_poison(poisoned: bool) -> Reply {
    if poisoned {
        Reply::Poisoned
    } else {
        Reply::Done
    }
}
