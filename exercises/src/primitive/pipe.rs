//! The system's pipe: bytes in at one end, out at the other, 64 KiB in between.
//!
//! End of file comes when *every* copy of the writing end is closed, also the one a forked child
//! inherited without wanting it. Messages with a clear end:
//! [`process::pipe`](crate::process::pipe()).

use super::settings::shake;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use recorder::{Kind, Object, ObjectKind, current};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};

/// A new pipe.
///
/// ```
/// use std::io::{Read, Write};
///
/// let (mut reader, mut writer) = exercises::primitive::pipe::pipe().unwrap();
/// writer.write_all(b"hello").unwrap();
/// drop(writer);
/// let mut text = String::new();
/// reader.read_to_string(&mut text).unwrap();
/// assert_eq!(text, "hello");
/// ```
pub fn pipe() -> io::Result<(Reader, Writer)> {
    let (reader, writer) = io::pipe()?;
    let object = Object::new(ObjectKind::Pipe, current::next_object());
    Ok((
        Reader {
            inner: reader,
            object,
        },
        Writer {
            inner: writer,
            object,
        },
    ))
}

/// The end one reads from.
#[derive(Debug)]
pub struct Reader {
    inner: io::PipeReader,
    object: Object,
}

/// The end one writes to.
#[derive(Debug)]
pub struct Writer {
    inner: io::PipeWriter,
    object: Object,
}

/// Runs a call that blocks unless the descriptor is ready, and records that it blocked.
fn blocking<R>(
    descriptor: BorrowedFd<'_>,
    ready: PollFlags,
    object: Object,
    call: impl FnOnce() -> R,
) -> R {
    shake();
    let waits = current::is_recording() && {
        let mut polled = [PollFd::new(descriptor, ready)];
        matches!(poll(&mut polled, PollTimeout::ZERO), Ok(0))
    };
    if !waits {
        return call();
    }
    current::emit(Kind::WaitBegin, object);
    let result = call();
    current::emit(Kind::WaitEnd, object);
    result
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut inner = &self.inner;
        let count = blocking(self.inner.as_fd(), PollFlags::POLLIN, self.object, || {
            inner.read(buffer)
        })?;
        if count > 0 {
            current::emit(Kind::Receive, self.object);
        }
        Ok(count)
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        current::emit(Kind::Send, self.object);
        let mut inner = &self.inner;
        blocking(self.inner.as_fd(), PollFlags::POLLOUT, self.object, || {
            inner.write(bytes)
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
