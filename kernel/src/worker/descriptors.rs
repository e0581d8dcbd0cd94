//! The private descriptors a worker inherits, and how their numbers travel.

use std::os::fd::RawFd;
use std::str::FromStr;

use recorder::interpose::KEPT_RUNS;

/// Names the variable that carries the numbers from the kernel to the supervisor and from it to
/// the worker.
pub(crate) const VARIABLE: &str = "WEFT_DESCRIPTORS";

/// Numbers of open descriptors, valid in the process that reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Descriptors {
    /// Where frames are written.
    pub(crate) frames: RawFd,
    /// Where answers to input requests are read.
    pub(crate) input: RawFd,
    /// Becomes descriptor 1 of the worker: for programs that cells start.
    pub(crate) plain_stdout: RawFd,
    /// Becomes descriptor 2 of the worker.
    pub(crate) plain_stderr: RawFd,
    /// The board.
    pub(crate) board: RawFd,
    /// The worker's end of its socket to the supervisor; -1 before the supervisor set it.
    pub(crate) control: RawFd,
    /// The journals of cells.
    pub(crate) journals: [RawFd; KEPT_RUNS],
}

impl Descriptors {
    /// All that are set.
    pub(crate) fn all(&self) -> impl Iterator<Item = RawFd> {
        self.numbers().filter(|fd| *fd >= 0)
    }

    /// In the order in which they travel.
    fn numbers(&self) -> impl Iterator<Item = RawFd> {
        [
            self.frames,
            self.input,
            self.plain_stdout,
            self.plain_stderr,
            self.board,
            self.control,
        ]
        .into_iter()
        .chain(self.journals)
    }

    /// Reads them from the environment.
    pub(crate) fn from_environment() -> Option<Descriptors> {
        std::env::var(VARIABLE).ok()?.parse().ok()
    }
}

impl std::fmt::Display for Descriptors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let numbers: Vec<String> = self.numbers().map(|fd| fd.to_string()).collect();
        f.write_str(&numbers.join(","))
    }
}

impl FromStr for Descriptors {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let numbers: Vec<RawFd> = text
            .split(',')
            .map(|number| number.parse().map_err(|_| ()))
            .collect::<Result<_, _>>()?;
        let ([frames, input, plain_stdout, plain_stderr, board, control], journals) =
            numbers.split_first_chunk().ok_or(())?;
        Ok(Descriptors {
            frames: *frames,
            input: *input,
            plain_stdout: *plain_stdout,
            plain_stderr: *plain_stderr,
            board: *board,
            control: *control,
            journals: journals.try_into().map_err(|_| ())?,
        })
    }
}

/// Says whether a descriptor is closed when this process becomes another program.
/// Async-signal-safe.
pub(crate) fn set_close_on_exec(fd: RawFd, close: bool) -> std::io::Result<()> {
    let flags = if close { libc::FD_CLOEXEC } else { 0 };
    // SAFETY: fcntl on a number; a wrong one gives EBADF.
    if unsafe { libc::fcntl(fd, libc::F_SETFD, flags) } < 0 {
        return Err(std::io::Error::last_os_error());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive_the_environment() {
        let numbers = Descriptors {
            frames: 5,
            input: 6,
            plain_stdout: 7,
            plain_stderr: 8,
            board: 9,
            control: -1,
            journals: [10, 11, 12, 13],
        };
        assert_eq!(numbers.to_string().parse(), Ok(numbers));
        assert_eq!("5,6".parse::<Descriptors>(), Err(()));
        assert_eq!(numbers.all().count(), 9);
    }
}
