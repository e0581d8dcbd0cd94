//! A lock on an open file (`flock`): the system keeps it, and undoes it when the file is closed.
//!
//! It belongs not to a process but to an *open file description*, which a forked child shares with its
//! parent. So every attempt opens the file anew, through `/proc/self/fd`.

use super::time::{Deadline, Duration};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::{AsRawFd, FromRawFd};

/// `flock` cannot wait with a bound, so a bounded wait asks this often.
const ASK_AGAIN: Duration = Duration::from_millis(2);

/// A file in memory that can be locked.
#[derive(Debug)]
pub struct LockFile {
    file: File,
}

/// The hold: ends when it is dropped, and with its process.
#[derive(Debug)]
pub struct LockedFile {
    _open: File,
}

impl LockFile {
    /// A new file, known to this process and its future children.
    pub fn new() -> io::Result<LockFile> {
        // SAFETY: the name is a NUL-terminated literal.
        let raw = unsafe { libc::memfd_create(c"weft-lock".as_ptr(), libc::MFD_CLOEXEC) };
        if raw < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: just opened, and nobody else's.
        let file = unsafe { File::from_raw_fd(raw) };
        Ok(LockFile { file })
    }

    /// Locks, waiting until the deadline if need be; none if somebody else has it that long.
    pub fn lock_until(&self, deadline: Deadline) -> io::Result<Option<LockedFile>> {
        let path = format!("/proc/self/fd/{}", self.file.as_raw_fd());
        let open = OpenOptions::new().read(true).write(true).open(path)?;
        loop {
            let how = match deadline.left() {
                None => libc::LOCK_EX,
                Some(_) => libc::LOCK_EX | libc::LOCK_NB,
            };
            // SAFETY: an open descriptor of ours.
            if unsafe { libc::flock(open.as_raw_fd(), how) } == 0 {
                return Ok(Some(LockedFile { _open: open }));
            }
            let error = io::Error::last_os_error();
            match error.raw_os_error() {
                Some(libc::EINTR) => {}
                Some(libc::EWOULDBLOCK) if deadline.is_over() => return Ok(None),
                Some(libc::EWOULDBLOCK) => std::thread::sleep(deadline.slice(ASK_AGAIN)),
                _ => return Err(error),
            }
        }
    }
}
