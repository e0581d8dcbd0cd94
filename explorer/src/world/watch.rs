//! What must be noticed on the way: questions asked over and over, and identical threads that are told apart.
use super::{Object, Poll, Status, World};
use crate::operation::{ObjectId, Operation, ThreadIndex};

/// So many reads of plain memory count as one question: a loop may well read what is a constant in truth.
pub(super) const PLAIN_READS: u32 = 256;

impl World {
    /// A parent may join identical threads only all in a row: otherwise it can tell them apart.
    pub(in crate::world) fn watch_joins(&mut self, thread: ThreadIndex, operation: Operation) {
        let executed = self.threads[thread].executed;
        let row = self.joins;
        let continues = row.open && row.by == thread && row.executed == executed;
        if let Operation::Join(other) = operation
            && let Some(identity) = self.threads[other].identity
            && self.has_twin(other)
        {
            let group = self
                .threads
                .iter()
                .filter(|slot| slot.identity == Some(identity))
                .count() as u32;
            let left = if continues && row.identity == identity && row.left > 0 {
                row.left
            } else {
                group
            };
            if row.open && row.left > 0 && !(continues && row.identity == identity) {
                self.told_apart = true;
            }
            self.joins = super::Joins {
                by: thread,
                executed: executed + 1,
                open: true,
                identity,
                left: left - 1,
            };
        } else if row.open && row.by == thread && row.left > 0 {
            self.told_apart = true;
        }
    }

    /// A thread does something that is no operation (a print, an exit) between joins of identical threads.
    pub fn watch_local(&mut self, thread: ThreadIndex, printing: bool) {
        self.threads[thread].section = None;
        let before_first =
            self.threads[thread].executed == 0 && self.threads[thread].identity.is_some();
        if before_first && !printing
            || self.joins.open && self.joins.by == thread && self.joins.left > 0
        {
            self.told_apart = true;
        }
    }

    /// Does the announced operation end a section that only looked?
    pub(in crate::world) fn watch_section(&mut self, thread: ThreadIndex) {
        let section = self.threads[thread].section.take();
        let pending = self.threads[thread].pending;
        // A wait also joins the waiting of a condition, so it does not only look.
        let ended = match pending {
            Operation::Unlock {
                mutex,
                poison: false,
                looked: true,
            } => Some(mutex),
            _ => None,
        };
        let inspecting = ended.is_some_and(|mutex| {
            section == ended
                && self.liberties.inspect
                && matches!(self.object(mutex), Object::Mutex { frozen: true, .. })
        });
        self.threads[thread].inspecting = inspecting;
        self.seen_looking |= matches!(pending, Operation::TryLock(_));
    }

    /// A thread reads its clock. Time passes with it, more and more of it, so that whoever waits for a point in time
    /// without sleeping comes to it; and what it asks in between is no poll for ever.
    pub fn read_clock(&mut self, thread: ThreadIndex) -> u64 {
        self.tell_apart(thread);
        let slot = &mut self.threads[thread];
        slot.clock = slot.clock.saturating_add(1_000 << slot.clock_read.min(10));
        slot.clock_read += 1;
        slot.poll.place = None;
        slot.clock
    }

    /// A question that is asked again and again waits for a change, after a bound.
    pub(in crate::world) fn watch_polls(&mut self, thread: ThreadIndex) {
        let slot = &self.threads[thread];
        let polled = match slot.pending {
            // The library asks, and not in a loop of its own.
            Operation::Load(id) if self.is_a_life(id) => return,
            Operation::Load(id)
            | Operation::Cas { atomic: id, .. }
            | Operation::TryLock(id)
            | Operation::TryRead(id)
            | Operation::TryWrite(id)
            | Operation::TryRecv(id)
            | Operation::TrySend(id)
            | Operation::Count(id)
            | Operation::Peek(id) => Some((id, self.object(id).version())),
            Operation::IsFinished(other) => Some((
                other as ObjectId,
                u64::from(self.threads[other].status == Status::Ended),
            )),
            _ => None,
        };
        let place = slot.place;
        let asked = match polled {
            Some((object, _)) if self.is_plain(object) => u32::from(!self.is_alone(thread)),
            _ => PLAIN_READS,
        };
        let poll = &mut self.threads[thread].poll;
        match polled {
            Some((object, version))
                if poll.place == Some(place)
                    && poll.object == object
                    && poll.version == version =>
            {
                poll.repeats += asked;
            }
            Some((object, version)) => {
                *poll = Poll {
                    place: Some(place),
                    object,
                    version,
                    repeats: 0,
                }
            }
            None if poll.place.is_none() => {}
            None => poll.place = None,
        }
    }

    /// Have all others ended?
    fn is_alone(&self, thread: ThreadIndex) -> bool {
        let mut others = self.threads.iter().enumerate();
        others.all(|(other, slot)| other == thread || slot.status == Status::Ended)
    }

    /// Identical threads must announce the same first operation.
    pub(in crate::world) fn watch_twins(&mut self, thread: ThreadIndex) {
        let slot = &self.threads[thread];
        if let (Some(twin), 0) = (slot.twin, slot.executed) {
            let other = &self.threads[twin];
            let same =
                other.executed > 0 || (other.pending == slot.pending && other.place == slot.place);
            if !same {
                self.told_apart = true;
            }
        }
    }

    /// Somebody asks for something that differs between identical threads.
    pub fn tell_apart(&mut self, thread: ThreadIndex) {
        if self.threads[thread].identity.is_some() && self.has_twin(thread) {
            self.told_apart = true;
        }
    }

    pub(in crate::world) fn has_twin(&self, thread: ThreadIndex) -> bool {
        let identity = self.threads[thread].identity;
        self.threads
            .iter()
            .enumerate()
            .any(|(other, slot)| other != thread && slot.identity == identity)
    }
}
