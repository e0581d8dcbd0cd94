//! Feeding programs and listening to them at the same time.

use super::Running;
use crate::primitive::time::Deadline;
use nix::errno::Errno;
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::poll::{PollFd, PollFlags, poll};
use std::io::{self, Read, Write};
use std::os::fd::AsFd;

/// As much as a pipe holds as a rule.
const PORTION: usize = 1 << 16;

/// Where bytes came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// The output of the last program.
    Output,
    /// What any of them wrote as errors.
    Errors,
}

/// Why listening ended before the programs were silent.
#[derive(Debug)]
pub enum Stuck {
    /// The time is over.
    TimedOut,
    /// The listener wants no more.
    Refused,
    /// The system refused.
    System(io::Error),
}

impl From<io::Error> for Stuck {
    fn from(error: io::Error) -> Stuck {
        Stuck::System(error)
    }
}

fn without_blocking(end: &impl AsFd) -> io::Result<()> {
    let flags = fcntl(end, FcntlArg::F_GETFL)?;
    let flags = OFlag::from_bits_retain(flags) | OFlag::O_NONBLOCK;
    fcntl(end, FcntlArg::F_SETFL(flags))?;
    Ok(())
}

/// A call on a descriptor that does not block: none = not now.
fn attempt<R>(mut call: impl FnMut() -> io::Result<R>) -> io::Result<Option<R>> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
            result => return result.map(Some),
        }
    }
}

impl Running {
    /// Writes the input and hands out what is written, until there is nothing more to come and all
    /// input is written (or nobody reads it any more). The listener says whether it wants more.
    pub fn exchange(
        &mut self,
        input: &[u8],
        deadline: Deadline,
        mut listener: impl FnMut(Stream, &[u8]) -> bool,
    ) -> Result<(), Stuck> {
        let mut rest = input;
        if let Some(input) = &self.input {
            without_blocking(&*input.0)?;
        }
        for reader in [&self.output, &self.errors].into_iter().flatten() {
            without_blocking(&*reader.0)?;
        }
        let mut portion = vec![0; PORTION];
        loop {
            if rest.is_empty() {
                // The end of the input.
                self.input = None;
            }
            if self.input.is_none() && self.output.is_none() && self.errors.is_none() {
                return Ok(());
            }
            self.wait_for_any(deadline)?;
            if let Some(input) = &self.input {
                match attempt(|| (&*input.0).write(rest)) {
                    Ok(written) => rest = &rest[written.unwrap_or(0)..],
                    // Nobody reads it any more; that is the program's own decision.
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => rest = &[],
                    Err(error) => return Err(error.into()),
                }
            }
            for (stream, end) in [
                (Stream::Output, &mut self.output),
                (Stream::Errors, &mut self.errors),
            ] {
                let Some(reader) = end else { continue };
                match attempt(|| (&*reader.0).read(&mut portion))? {
                    Some(0) => *end = None,
                    Some(count) if !listener(stream, &portion[..count]) => {
                        return Err(Stuck::Refused);
                    }
                    Some(_) | None => {}
                }
            }
        }
    }

    fn wait_for_any(&self, deadline: Deadline) -> Result<(), Stuck> {
        let readers = [&self.output, &self.errors].into_iter().flatten();
        let mut polled: Vec<PollFd<'_>> = readers
            .map(|reader| PollFd::new(reader.0.as_fd(), PollFlags::POLLIN))
            .collect();
        if let Some(input) = &self.input {
            polled.push(PollFd::new(input.0.as_fd(), PollFlags::POLLOUT));
        }
        loop {
            if deadline.is_over() {
                return Err(Stuck::TimedOut);
            }
            match poll(&mut polled, deadline.for_poll()) {
                Ok(0) | Err(Errno::EINTR) => {}
                Ok(_) => return Ok(()),
                Err(error) => return Err(io::Error::from(error).into()),
            }
        }
    }
}
