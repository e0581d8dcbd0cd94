//! One box, from outside: orders go in, reports come out.

use super::cgroup::Group;
use super::orders::{self, Order, Report};
use super::{PATIENCE, SandboxError};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::memfd::{MFdFlags, memfd_create};
use nix::sys::socket::{Shutdown, shutdown};
use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::process::Child;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a box may take to end by itself.
const FAREWELL: Duration = Duration::from_millis(500);

/// A box. Dropped, everything in it is gone.
#[derive(Debug)]
pub struct Chamber {
    pub(super) process: Child,
    pub(super) socket: OwnedFd,
    pub(super) first: i32,
    pub(super) group: Option<Group>,
    pub(super) uid: Option<u32>,
    pub(super) folder: Option<TempDir>,
    pub(super) contained: bool,
}

impl Chamber {
    /// Gives an order.
    pub fn say(&self, order: &Order) -> Result<(), SandboxError> {
        self.bring(order, &[])
    }

    /// Gives an order with descriptors.
    pub fn bring(&self, order: &Order, descriptors: &[RawFd]) -> Result<(), SandboxError> {
        Ok(orders::send(self.socket.as_fd(), order, descriptors)?)
    }

    /// The next report; nothing if there is none for so long.
    pub fn hear(&mut self, limit: Duration) -> Result<Option<Report>, SandboxError> {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(report) = self.hear_now()? {
                return Ok(Some(report));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            let timeout =
                PollTimeout::try_from(left + Duration::from_millis(1)).unwrap_or(PollTimeout::MAX);
            match poll(
                &mut [PollFd::new(self.socket.as_fd(), PollFlags::POLLIN)],
                timeout,
            ) {
                Ok(_) | Err(nix::Error::EINTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The next report, if it is there already.
    pub fn hear_now(&mut self) -> Result<Option<Report>, SandboxError> {
        match orders::receive(self.socket.as_fd(), false) {
            Ok(Some(packet)) => {
                if self.first == 0 {
                    self.first = packet.sender.unwrap_or(0);
                }
                Ok(Some(packet.parse()?))
            }
            Ok(None) => Err(SandboxError::Gone),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(_) => Err(SandboxError::Gone),
        }
    }

    /// Waits for a report that answers an order.
    pub fn answer<T>(
        &mut self,
        mut is: impl FnMut(Report) -> Option<T>,
    ) -> Result<T, SandboxError> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.hear(left)? {
                None => return Err(SandboxError::Gone),
                Some(Report::Refused { what }) => return Err(SandboxError::Refused(what)),
                Some(report) => {
                    if let Some(answer) = is(report) {
                        return Ok(answer);
                    }
                }
            }
        }
    }

    /// Writes a new file in the box, which its programs may read. Its text is no part of a packet: that would bound its
    /// length, by how many bytes JSON takes for its characters.
    pub fn write(&mut self, path: &str, text: &str) -> Result<(), SandboxError> {
        let mut memory = File::from(memfd_create(c"text", MFdFlags::MFD_CLOEXEC)?);
        memory.write_all(text.as_bytes())?;
        self.put(path, memory.as_fd())
    }

    /// Copies what a descriptor holds into a new file in the box, which its programs may read.
    pub fn put(&mut self, path: &str, from: BorrowedFd<'_>) -> Result<(), SandboxError> {
        self.bring(&Order::Put(path.to_owned()), &[from.as_raw_fd()])?;
        let error = self.answer(|report| match report {
            Report::Written { error } => Some(error),
            _ => None,
        })?;
        error.map_or(Ok(()), |error| Err(SandboxError::Refused(error)))
    }

    /// Ends everything in the box but its first process.
    pub fn kill(&mut self) -> Result<(), SandboxError> {
        self.say(&Order::Kill)?;
        self.answer(|report| (report == Report::Killed).then_some(()))
    }

    /// The socket, to wait for reports.
    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }

    /// The first process, as this machine numbers it.
    pub fn first(&self) -> i32 {
        self.first
    }

    /// The group that counts, if there is one.
    pub fn group(&self) -> Option<&Group> {
        self.group.as_ref()
    }

    /// Where its programs may write, if the plan says that they may.
    pub fn scratch(&self) -> &str {
        self.folder
            .as_ref()
            .and_then(|folder| folder.path().to_str())
            .unwrap_or("/tmp")
    }

    /// The user of its programs, if it has one of its own.
    pub fn uid(&self) -> Option<u32> {
        self.uid
    }

    /// The other end of the socket is held by the box alone: it is closed when that is gone.
    fn is_gone_within(&mut self, limit: Duration) -> bool {
        let begin = Instant::now();
        while let Some(left) = limit.checked_sub(begin.elapsed()) {
            if matches!(self.hear(left), Err(SandboxError::Gone)) {
                return true;
            }
        }
        false
    }

    pub(super) fn last_words(&mut self) -> String {
        use std::io::Read;
        // Whatever it is still waiting for will not come.
        let _ = self.process.kill();
        let mut words = String::new();
        if let Some(errors) = self.process.stderr.take() {
            let _ = errors.take(2_000).read_to_string(&mut words);
        }
        words.trim().to_owned()
    }
}

impl Drop for Chamber {
    fn drop(&mut self) {
        if !self.contained {
            // Nothing but the first process knows what is to be ended; it may be the one that does not answer.
            let _ = self.kill();
        }
        // The first process ends when nobody orders any more, and then everything in the box does. It is waited for by
        // bubblewrap, so that what was used is counted.
        let _ = shutdown(self.socket.as_raw_fd(), Shutdown::Write);
        if !self.is_gone_within(FAREWELL) {
            // Bubblewrap's death is the first process' death.
            let _ = self.process.kill();
            self.is_gone_within(PATIENCE);
        }
        let _ = self.process.wait();
    }
}
