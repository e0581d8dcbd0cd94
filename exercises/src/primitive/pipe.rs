//! The system's pipe: bytes in at one end, out at the other, 64 KiB in between.
//!
//! End of file comes when *every* copy of the writing end is closed, also the one a forked child
//! inherited without wanting it. With a clear end: [`process::pipe`](crate::process::pipe()) for
//! messages, [`process::byte_pipe`](crate::process::byte_pipe()) for bytes.
//!
//! To write when no reading end is left is an error (`BrokenPipe`), and never the death of the
//! process: where SIGPIPE still has its default action, the first pipe makes it ignored, as Rust's
//! own runtime does at the start of a program. Other programs get the default back when they are
//! started.

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
    refuse_death_by_pipe();
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

/// Looked at for each pipe, because a library or a test may have set the default again.
pub(super) fn refuse_death_by_pipe() {
    // SAFETY: a sigaction of zeros is a valid one; with no new action the call only reads the
    // present one; to ignore a signal runs no code of ours.
    unsafe {
        let mut present: libc::sigaction = std::mem::zeroed();
        let read = libc::sigaction(libc::SIGPIPE, std::ptr::null(), &mut present);
        if read == 0 && present.sa_sigaction == libc::SIG_DFL {
            libc::signal(libc::SIGPIPE, libc::SIG_IGN);
        }
    }
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
    let call = || current::exactly(call);
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
