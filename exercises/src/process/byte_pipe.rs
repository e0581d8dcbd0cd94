use super::channel::{Capacity, Channel, PutFailure, TakeFailure};
use crate::primitive::participants::Roles;
use crate::primitive::time::{Deadline, Duration};
use recorder::{Object, ObjectKind};
use std::io::{self, Read, Write};

/// As much as a pipe of the system holds as a rule.
const MOST_BYTES: u64 = 1 << 16;
/// Written at most in pieces of this size.
const PIECE: usize = 1 << 14;

/// One way for bytes, from the [`ByteSender`] to the [`ByteReceiver`]. About 64 KiB fit in between;
/// a writer that is faster than the reader waits.
///
/// The reader sees the end of file when no process has a sender any more, not later because some
/// child inherited one; a write when no process has the receiver is the error `BrokenPipe`. Where
/// one write ends and the next begins is not kept: for that there is [`pipe`](super::pipe()).
/// Several senders may write; what one `write` call took stays together. A sender that is killed in
/// the middle of a `write_all` has written whole pieces of it, and the reader gets an error
/// ([`Abandoned`](super::Abandoned) inside) and then the end of file.
///
/// | | difference |
/// |---|---|
/// | `std::io::pipe`, [`primitive::pipe`](crate::primitive::pipe) | every forked child inherits both ends, and the end of file does not come before all of them have ended; good for programs one starts |
/// | Python's `Pipe`, `send_bytes` | the same inheritance; keeps the boundaries of messages |
///
/// ```
/// use exercises::process::{Process, byte_pipe};
/// use std::io::{Read, Write};
///
/// let (mut sender, mut receiver) = byte_pipe().unwrap();
/// let mut child = Process::new("child", move || sender.write_all(b"hello"));
/// child.start().unwrap();
/// let mut text = String::new();
/// receiver.read_to_string(&mut text).unwrap();
/// assert_eq!(text, "hello");
/// child.join().unwrap();
/// ```
#[track_caller]
pub fn byte_pipe() -> io::Result<(ByteSender, ByteReceiver)> {
    let bound = Some(Capacity::Bytes(MOST_BYTES));
    let channel = Channel::new(ObjectKind::Pipe, bound, Roles::PRODUCER)?;
    let receiving = channel.for_roles(Roles::CONSUMER);
    Ok((
        ByteSender { channel },
        ByteReceiver {
            channel: receiving,
            piece: Vec::new(),
            read: 0,
        },
    ))
}

/// The end of a [`byte_pipe`] one writes to.
#[derive(Clone)]
pub struct ByteSender {
    channel: Channel,
}

impl ByteSender {
    /// As the journal names the pipe.
    pub fn object(&self) -> Object {
        self.channel.object()
    }
}

impl Write for ByteSender {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        let piece = &bytes[..bytes.len().min(PIECE)];
        match self.channel.put(piece, Deadline::NEVER) {
            Ok(()) => Ok(piece.len()),
            Err(PutFailure::NobodyTakes | PutFailure::Closed) => {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            Err(PutFailure::Abandoned(abandoned)) => Err(io::Error::other(abandoned)),
            // Neither can be: there is no bound on the time, and a piece is short.
            Err(PutFailure::Full | PutFailure::TooLong) => Err(io::ErrorKind::WouldBlock.into()),
            Err(PutFailure::System(error)) => Err(error),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The end of a [`byte_pipe`] one reads from. There is one.
pub struct ByteReceiver {
    channel: Channel,
    piece: Vec<u8>,
    read: usize,
}

impl ByteReceiver {
    /// Reads what is there or comes within this time; the error `TimedOut` if there is nothing.
    #[track_caller]
    pub fn read_timeout(&mut self, buffer: &mut [u8], limit: Duration) -> io::Result<usize> {
        self.read_until(buffer, Deadline::after(limit))
    }

    /// As the journal names the pipe.
    pub fn object(&self) -> Object {
        self.channel.object()
    }

    #[track_caller]
    fn read_until(&mut self, buffer: &mut [u8], deadline: Deadline) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.read == self.piece.len() {
            self.piece = match self.channel.take(deadline) {
                Ok(piece) => piece,
                Err(TakeFailure::Ended) => return Ok(0),
                Err(TakeFailure::TimedOut) => return Err(io::ErrorKind::TimedOut.into()),
                Err(TakeFailure::Abandoned(abandoned)) => return Err(io::Error::other(abandoned)),
                Err(TakeFailure::System(error)) => return Err(error),
            };
            self.read = 0;
        }
        let rest = &self.piece[self.read..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.read += count;
        Ok(count)
    }
}

impl Read for ByteReceiver {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.read_until(buffer, Deadline::NEVER)
    }
}
