//! The pipes between kernel and worker.

use std::io;
use std::os::fd::{AsFd as _, AsRawFd as _, OwnedFd};
use std::process::Command;
use std::sync::Arc;

use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::sys::socket::{AddressFamily, MsgFlags, SockFlag, SockType, socketpair};

use crate::worker::board::Board;
use crate::worker::descriptors::{self, Descriptors};
use crate::worker::interpose::LONGEST_PART;
use crate::worker::recording::Recording;

/// Room in the pipe of frames: some 30,000 short lines may wait while the kernel is busy.
const PIPE_CAPACITY: i32 = 1 << 20;

/// Both ends of every pipe. The kernel keeps the writing ends open for the next worker and for its
/// own fences, so no pipe ever ends.
pub(crate) struct Channels {
    pub(crate) frames: OwnedFd,
    pub(crate) frames_in: OwnedFd,
    pub(crate) plain_stdout: OwnedFd,
    pub(crate) plain_stderr: OwnedFd,
    plain_stdout_in: OwnedFd,
    plain_stderr_in: OwnedFd,
    input: OwnedFd,
    input_in: OwnedFd,
    pub(crate) board: Arc<Board>,
    recording: Arc<Recording>,
}

impl Channels {
    /// New pipes.
    ///
    /// # Errors
    /// What pipe(2), fcntl(2) and memfd_create(2) say.
    pub(crate) fn open(board: Arc<Board>, recording: Arc<Recording>) -> io::Result<Channels> {
        let (frames, frames_in) = pipe()?;
        // Refused only where the user's pipe memory is used up; the default size works too.
        let _ = fcntl(&frames, FcntlArg::F_SETPIPE_SZ(PIPE_CAPACITY));
        let (plain_stdout, plain_stdout_in) = pipe()?;
        let (plain_stderr, plain_stderr_in) = pipe()?;
        // A reader may be killed at any moment: whatever it leaves, the next one begins with a whole message.
        let (input, input_in) = socketpair(
            AddressFamily::Unix,
            SockType::SeqPacket,
            None,
            SockFlag::SOCK_CLOEXEC,
        )?;
        for reader in [&frames, &plain_stdout, &plain_stderr] {
            fcntl(reader, FcntlArg::F_SETFL(OFlag::O_NONBLOCK))?;
        }
        Ok(Channels {
            frames,
            frames_in,
            plain_stdout,
            plain_stderr,
            plain_stdout_in,
            plain_stderr_in,
            input,
            input_in,
            board,
            recording,
        })
    }

    /// Lets a supervisor started by this command, and every later one, inherit its ends.
    pub(crate) fn pass_to(&self, command: &mut Command) {
        use std::os::unix::process::CommandExt as _;
        let numbers = Descriptors {
            frames: self.frames_in.as_raw_fd(),
            input: self.input.as_raw_fd(),
            plain_stdout: self.plain_stdout_in.as_raw_fd(),
            plain_stderr: self.plain_stderr_in.as_raw_fd(),
            board: self.board.as_fd().as_raw_fd(),
            control: -1,
            journals: self.recording.descriptors(),
        };
        command.env(descriptors::VARIABLE, numbers.to_string());
        // SAFETY: the closure makes fcntl calls only, which are async-signal-safe.
        unsafe {
            command.pre_exec(move || {
                numbers
                    .all()
                    .try_for_each(|fd| descriptors::set_close_on_exec(fd, false))
            });
        }
    }

    /// Answers a cell that reads; `None` is end of file. The cell's number goes with it: an answer
    /// that comes when its cell has ended must not be taken by the next one.
    ///
    /// # Errors
    /// What send(2) says.
    pub(crate) fn answer(&self, cell: u32, line: Option<&str>) -> io::Result<()> {
        let line = line.map(|line| format!("{line}\n")).unwrap_or_default();
        let mut rest = line.as_bytes();
        loop {
            let (part, after) = rest.split_at(rest.len().min(LONGEST_PART));
            let mut message = cell.to_le_bytes().to_vec();
            message.extend_from_slice(&u32::from(!after.is_empty()).to_le_bytes());
            message.extend_from_slice(part);
            nix::sys::socket::send(self.input_in.as_raw_fd(), &message, MsgFlags::MSG_NOSIGNAL)?;
            rest = after;
            if rest.is_empty() {
                return Ok(());
            }
        }
    }
}

fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    Ok(nix::unistd::pipe2(OFlag::O_CLOEXEC)?)
}
