//! Conditions, barriers, and what runs once.
use super::super::object::Round;
use super::super::{Object, World};
use super::done_if;
use crate::operation::{NO_STEP, Operation, Reply, ThreadIndex};

impl World {
    pub(in crate::world) fn perform_condvar(
        &mut self,
        thread: ThreadIndex,
        operation: Operation,
        choice: u8,
        step: u32,
    ) -> Reply {
        let place = self.threads[thread].place;
        match operation {
            Operation::Wait { condvar, mutex, .. } => {
                if let Object::Condvar { waiting, .. } = self.object_mut(condvar) {
                    *waiting |= 1 << thread;
                }
                self.threads[thread].notified = NO_STEP;
                self.release(thread, mutex, false, step);
                // It asks again, if it has been woken spuriously, or waits for something else.
                let waited = self.last_change(mutex);
                let slot = &mut self.threads[thread];
                slot.unasked = None;
                slot.waited = waited;
                Reply::Done
            }
            Operation::Wake {
                condvar,
                mutex,
                timed,
            } => {
                if let Object::Condvar { waiting, .. } = self.object_mut(condvar) {
                    *waiting &= !(1 << thread);
                }
                let notified = std::mem::replace(&mut self.threads[thread].notified, NO_STEP);
                if notified != NO_STEP && !timed && self.liberties.spurious == 0 {
                    self.causes.hard.push(notified);
                } else {
                    self.causes.allowed_by(notified);
                }
                if notified == NO_STEP && !timed {
                    let changed = self.last_change(mutex) != self.threads[thread].waited;
                    let slot = &mut self.threads[thread];
                    slot.spurious -= 1;
                    slot.unasked = (!changed).then_some(mutex);
                }
                match self.acquire(thread, mutex) {
                    // Poison first: std reports it whether or not the wait timed out.
                    Reply::Done if notified == NO_STEP && timed => Reply::TimedOut,
                    reply => reply,
                }
            }
            Operation::NotifyOne(id) | Operation::NotifyAll(id) => {
                let Object::Condvar { waiting, lost } = self.object_mut(id) else {
                    return Reply::Done;
                };
                if *waiting == 0 {
                    *lost = Some(place);
                    return Reply::Miss;
                }
                let mut woken = *waiting;
                if matches!(operation, Operation::NotifyOne(_)) {
                    for _ in 0..choice {
                        woken &= woken - 1;
                    }
                    woken &= woken.wrapping_neg();
                }
                *waiting &= !woken;
                for (index, slot) in self.threads.iter_mut().enumerate() {
                    if woken & (1 << index) != 0 {
                        slot.notified = step;
                    }
                }
                Reply::Done
            }
            _ => Reply::Done,
        }
    }

    pub(in crate::world) fn perform_barrier(
        &mut self,
        operation: Operation,
        choice: u8,
        step: u32,
    ) -> Reply {
        let (Operation::Arrive(id)
        | Operation::Pass { barrier: id, .. }
        | Operation::AskLeader { barrier: id, .. }) = operation
        else {
            return Reply::Done;
        };
        let index = Self::index(id);
        let Object::Barrier { size, rounds } = &mut self.objects[index] else {
            return Reply::Done;
        };
        match operation {
            Operation::Arrive(_) => {
                let open = rounds.len() - 1;
                rounds[open].arrivals.push(step);
                if rounds[open].arrivals.len() == *size {
                    rounds.push(Round::default());
                }
                Reply::Done
            }
            Operation::Pass { generation, .. } => {
                self.causes
                    .hard
                    .extend(&rounds[generation as usize].arrivals);
                Reply::Done
            }
            Operation::AskLeader { generation, .. } => {
                let round = &mut rounds[generation as usize];
                let last = round.asked + 1 == *size;
                round.asked += 1;
                let leads = !round.led && (last || choice == 1);
                round.led |= leads;
                done_if(leads)
            }
            _ => Reply::Done,
        }
    }

    pub(in crate::world) fn perform_once(
        &mut self,
        thread: ThreadIndex,
        operation: Operation,
        step: u32,
    ) -> Reply {
        let (Operation::Enter(id) | Operation::Peek(id) | Operation::Finish { once: id, .. }) =
            operation
        else {
            return Reply::Done;
        };
        let index = Self::index(id);
        let Object::Once {
            runner,
            done,
            poisoned,
            finished,
            version,
        } = &mut self.objects[index]
        else {
            return Reply::Done;
        };
        match operation {
            Operation::Enter(_) => {
                let finished = *finished;
                let reply = match (*done, *poisoned) {
                    (true, _) => Reply::Done,
                    (false, true) => Reply::Poisoned,
                    (false, false) => Reply::Run,
                };
                if !*done {
                    *runner = Some(thread);
                }
                self.causes.allowed_by(finished);
                reply
            }
            Operation::Finish { poison, .. } => {
                *runner = None;
                *done = !poison;
                *poisoned = poison;
                *finished = step;
                *version += 1;
                Reply::Done
            }
            _ => done_if(*done),
        }
    }
}
