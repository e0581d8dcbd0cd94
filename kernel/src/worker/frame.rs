//! Frames: what worker and supervisor tell the kernel, over one pipe.
//!
//! A pipe keeps the order of what is written into it, and POSIX promises that a write of at most
//! `PIPE_BUF` (4096) bytes is not torn apart (pipe(7)). So every frame is at most that long and
//! written by one call: frames of all threads and processes of a cell arrive whole, in one order.
//! That order is what keeps stdout and stderr of one thread in program order.
//!
//! ```text
//!  0       1       2       4       8                16
//!  | kind  | last  | length| cell  | message         | payload ...
//! ```
//! A message longer than one frame is split; the parts carry the same `message` number and the
//! last one `last` = 1.

use std::io;
use std::os::fd::RawFd;

/// Longest frame: what a pipe takes in one piece on Linux.
pub(crate) const MAX_FRAME: usize = 4096;
/// Bytes before the payload.
pub(crate) const HEADER: usize = 16;
/// Longest payload of one frame.
pub(crate) const MAX_PAYLOAD: usize = MAX_FRAME - HEADER;

/// What a frame says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    /// Bytes written to descriptor 1.
    Stdout = 1,
    /// Bytes written to descriptor 2.
    Stderr = 2,
    /// A value to show: JSON made by the library of cells.
    Show = 3,
    /// A panic ended the cell: JSON.
    Panic = 4,
    /// A cell reads from standard input and waits for an answer.
    Input = 5,
    /// A child process was waited for: what it wrote to the plain pipes comes before what follows.
    Reaped = 6,
    /// Everything before this has been written; payload is a number the kernel waits for.
    Fence = 7,
    /// The worker has ended; payload says how, JSON.
    Ended = 8,
    /// A cell from which evcxr was released has ended well; payload says how long it took, JSON.
    Over = 9,
}

impl Kind {
    fn from_byte(byte: u8) -> Option<Kind> {
        [
            Kind::Stdout,
            Kind::Stderr,
            Kind::Show,
            Kind::Panic,
            Kind::Input,
            Kind::Reaped,
            Kind::Fence,
            Kind::Ended,
            Kind::Over,
        ]
        .into_iter()
        .find(|kind| *kind as u8 == byte)
    }
}

/// A frame's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) kind: Kind,
    pub(crate) last: bool,
    pub(crate) length: usize,
    pub(crate) cell: u32,
    pub(crate) message: u64,
}

impl Header {
    pub(crate) fn to_bytes(self) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        bytes[0] = self.kind as u8;
        bytes[1] = u8::from(self.last);
        bytes[2..4].copy_from_slice(&(self.length as u16).to_le_bytes());
        bytes[4..8].copy_from_slice(&self.cell.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.message.to_le_bytes());
        bytes
    }

    /// Reads a header; `None` where the bytes are not one (somebody else wrote into the pipe).
    pub(crate) fn parse(bytes: &[u8]) -> Option<Header> {
        let head: &[u8; HEADER] = bytes.get(..HEADER)?.try_into().ok()?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        if length > MAX_PAYLOAD {
            return None;
        }
        Some(Header {
            kind: Kind::from_byte(head[0])?,
            last: head[1] == 1,
            length,
            cell: u32::from_le_bytes([head[4], head[5], head[6], head[7]]),
            message: u64::from_le_bytes([
                head[8], head[9], head[10], head[11], head[12], head[13], head[14], head[15],
            ]),
        })
    }
}

/// Writes a payload as one frame or several. Async-signal-safe: no allocation, no locks.
///
/// # Errors
/// What `writev` says; an interrupted call is repeated.
pub(crate) fn send(
    pipe: RawFd,
    kind: Kind,
    cell: u32,
    message: u64,
    payload: &[u8],
) -> io::Result<()> {
    let mut rest = payload;
    loop {
        let (part, after) = rest.split_at(rest.len().min(MAX_PAYLOAD));
        let header = Header {
            kind,
            last: after.is_empty(),
            length: part.len(),
            cell,
            message,
        }
        .to_bytes();
        write_whole(pipe, &header, part)?;
        rest = after;
        if rest.is_empty() {
            return Ok(());
        }
    }
}

fn write_whole(pipe: RawFd, header: &[u8], payload: &[u8]) -> io::Result<()> {
    let parts = [
        libc::iovec {
            iov_base: header.as_ptr().cast_mut().cast(),
            iov_len: header.len(),
        },
        libc::iovec {
            iov_base: payload.as_ptr().cast_mut().cast(),
            iov_len: payload.len(),
        },
    ];
    loop {
        // SAFETY: both parts point to live memory of the lengths given, which the call only
        // reads. The system call is made directly because `writev` is one of the functions this
        // program replaces.
        let written = unsafe { libc::syscall(libc::SYS_writev, pipe, parts.as_ptr(), parts.len()) };
        if written >= 0 {
            // At most PIPE_BUF bytes to a blocking pipe: all or nothing.
            return Ok(());
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_survives_the_pipe() {
        let header = Header {
            kind: Kind::Show,
            last: true,
            length: MAX_PAYLOAD,
            cell: 77,
            message: u64::MAX - 1,
        };
        assert_eq!(Header::parse(&header.to_bytes()), Some(header));
    }

    #[test]
    fn bytes_that_are_no_header_are_refused() {
        assert_eq!(Header::parse(b"EVCXR_EXECUTION_COMPLETE"), None);
        assert_eq!(
            Header::parse(&[1, 1, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            None
        );
        assert_eq!(Header::parse(&[1, 1]), None);
    }
}
