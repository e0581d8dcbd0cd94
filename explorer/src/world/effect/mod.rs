//! What an operation does. One file a kind of object; threads and atomics are here.
mod channel;
mod lock;
mod pipe;
mod wait;

use super::{Object, Status, World};
use crate::operation::{Operation, Reply, ThreadIndex};

impl World {
    /// Makes the announced operation of an enabled thread happen.
    pub fn execute(&mut self, thread: ThreadIndex, choice: u8) {
        let step = self.step;
        self.causes.forget();
        let operation = self.threads[thread].pending;
        if self.threads[thread].executed == 0 {
            self.threads[thread].first = step;
            if let Some(twin) = self.threads[thread].twin {
                self.causes.hard.push(self.threads[twin].first);
            }
        }
        self.watch_joins(thread, operation);
        if self.waits_for_time(thread) {
            let slot = &mut self.threads[thread];
            slot.clock = slot.clock.saturating_add(slot.timeout.unwrap_or_default());
        }
        let reply = self.perform(thread, operation, choice, step);
        let slot = &mut self.threads[thread];
        slot.reply = reply;
        slot.executed += 1;
        slot.last_step = step;
        slot.status = Status::Running;
        if operation == Operation::End {
            slot.status = Status::Ended;
            slot.ended = step;
        }
        self.last = thread;
        self.step = step + 1;
    }

    fn perform(
        &mut self,
        thread: ThreadIndex,
        operation: Operation,
        choice: u8,
        step: u32,
    ) -> Reply {
        match operation {
            Operation::Spawn
            | Operation::Fork
            | Operation::End
            | Operation::Print
            | Operation::Exit(_) => Reply::Done,
            Operation::Choose(_) => Reply::Way(choice),
            Operation::Join(other) => {
                let ended = self.threads[other].ended;
                self.causes.hard.push(ended);
                self.threads[other].joined = true;
                self.threads[thread].clock =
                    self.threads[thread].clock.max(self.threads[other].clock);
                Reply::Done
            }
            Operation::IsFinished(other) => done_if(self.threads[other].status == Status::Ended),
            Operation::Park => {
                self.threads[thread].token = false;
                Reply::Done
            }
            Operation::ParkTimeout => {
                let slot = &mut self.threads[thread];
                if std::mem::take(&mut slot.token) {
                    Reply::Done
                } else {
                    Reply::TimedOut
                }
            }
            Operation::Unpark(other) => {
                self.tell_apart(other);
                self.threads[other].token = true;
                Reply::Done
            }
            Operation::Lock(_) | Operation::TryLock(_) | Operation::Unlock { .. } => {
                self.perform_mutex(thread, operation, step)
            }
            Operation::Read(_)
            | Operation::TryRead(_)
            | Operation::Write(_)
            | Operation::TryWrite(_)
            | Operation::UnlockRead(_)
            | Operation::UnlockWrite { .. } => self.perform_rwlock(thread, operation, step),
            Operation::Poisoned { lock, clear } => match self.object_mut(lock) {
                Object::Mutex { poisoned, .. } | Object::RwLock { poisoned, .. } => {
                    let was = *poisoned;
                    *poisoned &= !clear;
                    if was { Reply::Poisoned } else { Reply::Done }
                }
                _ => Reply::Done,
            },
            Operation::Wait { .. }
            | Operation::Wake { .. }
            | Operation::NotifyOne(_)
            | Operation::NotifyAll(_) => self.perform_condvar(thread, operation, choice, step),
            Operation::Arrive(_) | Operation::Pass { .. } | Operation::AskLeader { .. } => {
                self.perform_barrier(operation, choice, step)
            }
            Operation::Enter(_) | Operation::Finish { .. } | Operation::Peek(_) => {
                self.perform_once(thread, operation, step)
            }
            Operation::PipeWrite { .. }
            | Operation::PipeRead { .. }
            | Operation::CloseEnd { .. }
            | Operation::Depart { .. } => self.perform_pipe(thread, operation),
            Operation::Load(_) | Operation::Store(_) | Operation::Rmw(_) => Reply::Done,
            Operation::Cas { atomic, expected } => done_if(self.atomic(atomic) == expected),
            Operation::Send(_)
            | Operation::TrySend(_)
            | Operation::Taken { .. }
            | Operation::Recv(_)
            | Operation::TryRecv(_)
            | Operation::Count(_)
            | Operation::DropSender(_)
            | Operation::DropReceiver(_) => self.perform_channel(operation, step),
        }
    }
}

fn done_if(yes: bool) -> Reply {
    if yes { Reply::Done } else { Reply::Miss }
}
