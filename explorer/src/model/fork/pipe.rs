//! Pipes of bytes between processes.
use super::super::machine;
use crate::operation::{ObjectId, Operation, Reply};
use crate::world::Object;
use std::collections::VecDeque;
use std::io;
use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};

/// As many bytes as a pipe takes, if nothing else is said: as on Linux.
const PIPE_BYTES: usize = 65_536;

#[derive(Debug)]
struct Bytes {
    id: ObjectId,
    capacity: usize,
    queue: Mutex<VecDeque<u8>>,
}

/// The end of a pipe that is read from.
#[derive(Debug)]
pub struct Reader {
    end: u32,
    bytes: Arc<Bytes>,
}

/// The end of a pipe that is written to.
#[derive(Debug)]
pub struct Writer {
    end: u32,
    bytes: Arc<Bytes>,
}

/// A pipe with the usual room.
pub fn pipe() -> (Reader, Writer) {
    pipe_with(PIPE_BYTES)
}

/// A pipe with room for so many bytes, at least one. As with any pipe of the system, a child has a copy of every end its
/// parent has, until it ends.
pub fn pipe_with(capacity: usize) -> (Reader, Writer) {
    make_pipe(capacity, true)
}

/// A pipe of which a child has only the ends its closure takes along.
pub fn pipe_not_inherited(capacity: usize) -> (Reader, Writer) {
    make_pipe(capacity, false)
}

fn make_pipe(capacity: usize, inherits: bool) -> (Reader, Writer) {
    let machine = machine();
    let capacity = capacity.max(1);
    let running = machine.running();
    let (id, reader, writer) = machine.with(|inner| {
        let id = inner.world.add_object(Object::pipe(capacity, inherits));
        inner.world.share(id);
        let reader = inner.world.add_end(id, running, false);
        (id, reader, inner.world.add_end(id, running, true))
    });
    let bytes = Arc::new(Bytes {
        id,
        capacity,
        queue: Mutex::default(),
    });
    let reader = Reader {
        end: reader,
        bytes: Arc::clone(&bytes),
    };
    (reader, Writer { end: writer, bytes })
}

impl Bytes {
    fn used_by_me(&self, end: u32) {
        let machine = machine();
        let running = machine.running();
        machine.with(|inner| inner.world.use_end(self.id, end, running));
    }

    #[track_caller]
    fn close(&self, end: u32) {
        let operation = Operation::CloseEnd { pipe: self.id, end };
        machine().announce(operation, Location::caller());
    }
}

impl Writer {
    /// Writes everything, in pieces if there is no room for it at once. An error if nobody can read it any more.
    #[track_caller]
    pub fn write(&self, data: &[u8]) -> io::Result<()> {
        self.bytes.used_by_me(self.end);
        for piece in data.chunks(self.bytes.capacity) {
            let operation = Operation::PipeWrite {
                pipe: self.bytes.id,
                bytes: piece.len(),
            };
            match machine().announce(operation, Location::caller()) {
                Reply::Done => self
                    .bytes
                    .queue
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .extend(piece),
                _ => return Err(io::ErrorKind::BrokenPipe.into()),
            }
        }
        Ok(())
    }
}

impl Reader {
    /// Reads what is there, at most so much, and waits until there is something. Nothing means that the last writer is
    /// gone.
    #[track_caller]
    pub fn read(&self, most: usize) -> Vec<u8> {
        self.bytes.used_by_me(self.end);
        let operation = Operation::PipeRead {
            pipe: self.bytes.id,
            most,
        };
        match machine().announce(operation, Location::caller()) {
            Reply::Done => {
                let mut queue = self
                    .bytes
                    .queue
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                let there = most.min(queue.len());
                queue.drain(..there).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Reads exactly so much; `None` if the pipe ends before.
    #[track_caller]
    pub fn read_exactly(&self, bytes: usize) -> Option<Vec<u8>> {
        let mut read = Vec::with_capacity(bytes);
        while read.len() < bytes {
            let more = self.read(bytes - read.len());
            if more.is_empty() {
                return None;
            }
            read.extend(more);
        }
        Some(read)
    }
}

macro_rules! end {
    ($name:ident, $writes:literal) => {
        impl $name {
            /// Another end like this, for this process.
            #[must_use]
            pub fn duplicate(&self) -> Self {
                self.bytes.used_by_me(self.end);
                let machine = machine();
                let running = machine.running();
                let end =
                    machine.with(|inner| inner.world.add_end(self.bytes.id, running, $writes));
                Self {
                    end,
                    bytes: Arc::clone(&self.bytes),
                }
            }
        }

        impl Drop for $name {
            #[track_caller]
            fn drop(&mut self) {
                self.bytes.close(self.end);
            }
        }
    };
}

end!(Reader, false);
end!(Writer, true);
