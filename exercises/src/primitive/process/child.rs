use super::{Signal, getpid};
use crate::primitive::Arc;
use crate::primitive::settings::shake;
use crate::primitive::time::{Deadline, Duration};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, poll};
use nix::sys::signal::kill;
use nix::sys::wait::{Id, WaitPidFlag, WaitStatus, waitid, waitpid};
use nix::unistd::Pid;
use recorder::{Kind, LaneId, Object, current};
use std::io;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};
use std::sync::{Mutex, PoisonError};

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// By itself, with this code.
    Code(i32),
    /// By this signal.
    Signal(i32),
    /// It has ended, but somebody else took its status (`SIGCHLD` is ignored, or another library
    /// waits for all children).
    Unknown,
}

impl ExitStatus {
    /// As Python counts it: the code, or the negative number of the signal.
    pub fn as_python(self) -> Option<i32> {
        match self {
            ExitStatus::Code(code) => Some(code),
            ExitStatus::Signal(signal) => Some(-signal),
            ExitStatus::Unknown => None,
        }
    }
}

/// A child process of ours. Dropped, it runs on, and is reaped when it has ended.
///
/// There is one handle: of two that were dropped at the same time each could take the other one for the last, and
/// nobody would reap it.
#[derive(Debug)]
pub struct Child {
    pub(super) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(super) struct Inner {
    pid: i32,
    descriptor: OwnedFd,
    parent: i32,
    lane: LaneId,
    status: Mutex<Option<ExitStatus>>,
}

/// A descriptor that stands for a process, and never for another one that gets its number.
pub(crate) fn pidfd_open(pid: i32) -> io::Result<OwnedFd> {
    // SAFETY: no memory is passed.
    let raw = unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) };
    if raw < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: just opened, and nobody else's. Closed on exec, as all pidfds.
    Ok(unsafe { OwnedFd::from_raw_fd(raw as libc::c_int) })
}

/// Ends a child of which nothing but the number is known, and takes its status.
fn end_unwatched(pid: i32, lane: LaneId) {
    let child = Pid::from_raw(pid);
    // Its number is its own until it is reaped, here.
    let _ = kill(child, Signal::SIGKILL);
    current::emit(Kind::JoinBegin, Object::lane(lane));
    while current::exactly(|| waitpid(child, None)) == Err(Errno::EINTR) {}
    current::emit(Kind::JoinEnd, Object::lane(lane));
}

/// Whether the process has ended; a zombie has.
pub(crate) fn has_ended(descriptor: &OwnedFd) -> bool {
    ended_until(descriptor, Deadline::after_unscaled(Duration::ZERO)).unwrap_or(false)
}

fn ended_until(descriptor: &OwnedFd, deadline: Deadline) -> io::Result<bool> {
    loop {
        let mut polled = [PollFd::new(descriptor.as_fd(), PollFlags::POLLIN)];
        match poll(&mut polled, deadline.for_poll()) {
            Ok(0) if deadline.is_over() => return Ok(false),
            Ok(0) | Err(Errno::EINTR) => {}
            Ok(_) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
    }
}

impl Child {
    /// A child that was forked (by us, as this lane) and not waited for yet. Where there is no descriptor left for it, it
    /// is ended: nobody would ever know of it.
    pub(in crate::primitive) fn adopt(pid: i32, lane: LaneId) -> io::Result<Child> {
        let descriptor = match pidfd_open(pid) {
            Ok(descriptor) => descriptor,
            Err(error) => {
                end_unwatched(pid, lane);
                return Err(error);
            }
        };
        let inner = Inner {
            pid,
            descriptor,
            parent: getpid(),
            lane,
            status: Mutex::new(None),
        };
        Ok(Child {
            inner: Arc::new(inner),
        })
    }

    /// Its process id.
    pub fn pid(&self) -> i32 {
        self.inner.pid
    }

    /// The process that started it.
    pub fn parent(&self) -> i32 {
        self.inner.parent
    }

    /// Its lane in the journal.
    pub fn lane(&self) -> LaneId {
        self.inner.lane
    }

    /// Waits for its end.
    pub fn wait(&self) -> io::Result<ExitStatus> {
        self.joining(Deadline::NEVER)?;
        Ok(self.inner.reap()?.unwrap_or(ExitStatus::Unknown))
    }

    /// Waits for its end, at most so long (by the time scale); none if it still runs.
    pub fn wait_timeout(&self, limit: Duration) -> io::Result<Option<ExitStatus>> {
        self.wait_until(Deadline::after(limit))
    }

    pub(in crate::primitive) fn wait_until(
        &self,
        deadline: Deadline,
    ) -> io::Result<Option<ExitStatus>> {
        if self.joining(deadline)? {
            Ok(Some(self.inner.reap()?.unwrap_or(ExitStatus::Unknown)))
        } else {
            Ok(None)
        }
    }

    /// Whether its status was taken: the system has forgotten it, and its number may be another's.
    pub(in crate::primitive) fn was_reaped(&self) -> bool {
        let status = self.inner.status.lock();
        status.unwrap_or_else(PoisonError::into_inner).is_some()
    }

    fn joining(&self, deadline: Deadline) -> io::Result<bool> {
        shake();
        current::emit(Kind::JoinBegin, Object::lane(self.inner.lane));
        let ended = ended_until(&self.inner.descriptor, deadline);
        current::emit(Kind::JoinEnd, Object::lane(self.inner.lane));
        shake();
        ended
    }

    /// How it ended; none if it still runs. Does not wait.
    pub fn status(&self) -> io::Result<Option<ExitStatus>> {
        self.inner.reap()
    }

    /// Whether it still runs. One that has ended is no longer alive, even if nobody has waited for
    /// it yet.
    pub fn is_alive(&self) -> bool {
        !has_ended(&self.inner.descriptor)
    }

    /// Sends it a signal. Nothing happens if it has ended.
    pub fn signal(&self, signal: Signal) -> io::Result<()> {
        shake();
        current::emit(Kind::Signal, Object::lane(self.inner.lane));
        self.inner.send(signal)
    }
}

impl Inner {
    pub(super) fn send(&self, signal: Signal) -> io::Result<()> {
        // SAFETY: no memory is passed. By descriptor, so it cannot hit another process that got the
        // number.
        let sent = unsafe {
            libc::syscall(
                libc::SYS_pidfd_send_signal,
                self.descriptor.as_raw_fd(),
                signal as libc::c_int,
                std::ptr::null::<libc::siginfo_t>(),
                0,
            )
        };
        match (sent, Errno::last()) {
            (0, _) | (_, Errno::ESRCH) => Ok(()),
            (_, error) => Err(error.into()),
        }
    }

    pub(super) fn ended_within(&self, limit: Duration) -> bool {
        ended_until(&self.descriptor, Deadline::after_unscaled(limit)).unwrap_or(false)
    }

    /// Takes the status, once; afterwards the system has forgotten the process.
    pub(super) fn reap(&self) -> io::Result<Option<ExitStatus>> {
        if self.parent != getpid() {
            // A copy in a forked process, which is not the parent and has nothing to wait for. Another
            // thread of the parent may have been looking when it was forked: then this lock stays closed.
            let known = self.status.try_lock().ok().and_then(|status| *status);
            let ended = || has_ended(&self.descriptor).then_some(ExitStatus::Unknown);
            return Ok(known.or_else(ended));
        }
        let mut status = self.status.lock().unwrap_or_else(PoisonError::into_inner);
        if status.is_some() {
            return Ok(*status);
        }
        let flags = WaitPidFlag::WEXITED | WaitPidFlag::WNOHANG;
        let found = loop {
            // That its end was waited for is told by whoever waited; a mere look is no wait.
            match current::exactly(|| waitid(Id::PIDFd(self.descriptor.as_fd()), flags)) {
                Ok(WaitStatus::Exited(_, code)) => break Some(ExitStatus::Code(code)),
                Ok(WaitStatus::Signaled(_, signal, _)) => {
                    break Some(ExitStatus::Signal(signal as i32));
                }
                Ok(_) => break None,
                Err(Errno::EINTR) => {}
                // Somebody else waited for it, or the system was told not to keep it.
                Err(Errno::ECHILD) => {
                    break has_ended(&self.descriptor).then_some(ExitStatus::Unknown);
                }
                Err(error) => return Err(error.into()),
            }
        };
        *status = found;
        Ok(found)
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // The registry of daemons has those it will end, and reaps them then.
        if Arc::strong_count(&self.inner) == 1 && self.inner.parent == getpid() {
            let running = self.inner.reap().is_ok_and(|status| status.is_none());
            if running {
                super::daemon::leave_behind(self.inner.clone());
            }
        }
    }
}
