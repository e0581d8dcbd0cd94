//! Pipes between processes: bytes, and the ends that are open.
use super::super::{Object, World};
use crate::operation::{Operation, Reply, ThreadIndex};

impl World {
    pub(super) fn perform_pipe(&mut self, thread: ThreadIndex, operation: Operation) -> Reply {
        let process = self.process_of(thread);
        let (Operation::PipeWrite { pipe, .. }
        | Operation::PipeRead { pipe, .. }
        | Operation::CloseEnd { pipe, .. }
        | Operation::Depart { pipe }) = operation
        else {
            return Reply::Done;
        };
        if let Operation::CloseEnd { end, .. } = operation {
            self.use_end(pipe, end, thread);
        }
        let (writers, readers) = (self.open_ends(pipe, true), self.open_ends(pipe, false));
        let Object::Pipe {
            filled,
            ends,
            inherited,
            ..
        } = self.object_mut(pipe)
        else {
            return Reply::Done;
        };
        match operation {
            Operation::PipeWrite { .. } if readers == 0 => return Reply::Disconnected,
            Operation::PipeWrite { bytes, .. } => *filled += bytes,
            Operation::PipeRead { .. } if *filled == 0 && writers == 0 => {
                return Reply::Disconnected;
            }
            Operation::PipeRead { most, .. } => *filled -= most.min(*filled),
            Operation::CloseEnd { end, .. } => ends.retain(|one| one.number != end),
            _ => inherited.retain(|one| one.by != process),
        }
        Reply::Done
    }

    /// How many ends that write (or that read) are open, copies included.
    pub(in crate::world) fn open_ends(
        &self,
        pipe: crate::operation::ObjectId,
        writes: bool,
    ) -> usize {
        match self.object(pipe) {
            Object::Pipe {
                ends, inherited, ..
            } => {
                let values = ends.iter().filter(|end| end.writes == writes).count();
                let copies = inherited.iter().filter(|one| one.end.writes == writes);
                values + copies.count()
            }
            _ => 0,
        }
    }
}
