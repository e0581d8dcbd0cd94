//! What can happen next.
use super::watch::PLAIN_READS;
use super::{Object, Status, World};
use crate::operation::{NO_STEP, Operation, ThreadIndex};

impl World {
    /// Can the thread's announced operation happen now?
    pub fn enabled(&self, thread: ThreadIndex) -> bool {
        let slot = &self.threads[thread];
        if slot.status != Status::Announced
            || self.waits_for_twin(thread)
            || self.polls_too_often(thread)
        {
            return false;
        }
        match slot.pending {
            Operation::Join(other) => self.threads[other].status == Status::Ended,
            Operation::Park => slot.token,
            Operation::Lock(id) => self.free(id),
            Operation::Read(id) => matches!(self.object(id), Object::RwLock { writer: None, .. }),
            Operation::Write(id) => {
                matches!(self.object(id), Object::RwLock { writer: None, readers, .. } if readers.is_empty())
            }
            Operation::Wake { mutex, timed, .. } => {
                self.free(mutex) && (timed || slot.spurious > 0 || slot.notified != NO_STEP)
            }
            Operation::Pass {
                barrier,
                generation,
            } => match self.object(barrier) {
                Object::Barrier { size, rounds } => {
                    rounds[generation as usize].arrivals.len() == *size
                }
                _ => false,
            },
            Operation::Enter(id) => !matches!(
                self.object(id),
                Object::Once {
                    runner: Some(_),
                    ..
                }
            ),
            Operation::Send(id) => match self.object(id) {
                Object::Channel {
                    capacity,
                    receivers,
                    sent,
                    received,
                    ..
                } => {
                    *receivers == 0
                        || match capacity {
                            None | Some(0) => true,
                            Some(room) => sent.len() - received.len() < *room,
                        }
                }
                _ => false,
            },
            Operation::Taken { channel, message } => match self.object(channel) {
                Object::Channel {
                    received,
                    receivers,
                    ..
                } => received.len() > message as usize || *receivers == 0,
                _ => false,
            },
            Operation::Recv(id) => match self.object(id) {
                Object::Channel {
                    senders,
                    sent,
                    received,
                    ..
                } => sent.len() > received.len() || *senders == 0,
                _ => false,
            },
            Operation::PipeWrite { pipe, bytes } => match self.object(pipe) {
                Object::Pipe {
                    capacity, filled, ..
                } => filled + bytes <= *capacity || self.open_ends(pipe, false) == 0,
                _ => false,
            },
            Operation::PipeRead { pipe, .. } => match self.object(pipe) {
                Object::Pipe { filled, .. } => *filled > 0 || self.open_ends(pipe, true) == 0,
                _ => false,
            },
            _ => true,
        }
    }

    /// Nobody came first: were the thread's timed operation executed now, it would end by time.
    pub fn waits_for_time(&self, thread: ThreadIndex) -> bool {
        let slot = &self.threads[thread];
        match slot.pending {
            Operation::TryLock(id) => !self.free(id),
            Operation::TryRead(id) => {
                matches!(
                    self.object(id),
                    Object::RwLock {
                        writer: Some(_),
                        ..
                    }
                )
            }
            Operation::TryWrite(id) => {
                matches!(self.object(id), Object::RwLock { writer, readers, .. } if writer.is_some() || !readers.is_empty())
            }
            Operation::ParkTimeout => !slot.token,
            Operation::Wake { timed: true, .. } => slot.notified == NO_STEP,
            Operation::TryRecv(id) => matches!(
                self.object(id),
                Object::Channel { senders, sent, received, .. }
                    if *senders > 0 && sent.len() == received.len()
            ),
            _ => false,
        }
    }

    fn free(&self, mutex: u32) -> bool {
        matches!(self.object(mutex), Object::Mutex { holder: None, .. })
    }

    /// Identical threads begin in order.
    fn waits_for_twin(&self, thread: ThreadIndex) -> bool {
        let slot = &self.threads[thread];
        slot.executed == 0
            && slot
                .twin
                .is_some_and(|twin| self.threads[twin].executed == 0)
    }

    /// A thread that got the same answer too often waits until the answer may change.
    pub fn polls_too_often(&self, thread: ThreadIndex) -> bool {
        let slot = &self.threads[thread];
        slot.poll.place.is_some()
            && slot.poll.repeats / PLAIN_READS >= self.liberties.polls
            && slot.poll.version == self.version_of(slot.poll.object)
    }

    fn version_of(&self, id: u32) -> u64 {
        match self.threads.get(id as usize) {
            Some(other) if (id as usize) < crate::operation::MAX_THREADS => {
                u64::from(other.status == Status::Ended)
            }
            _ => self.object(id).version(),
        }
    }
}
