//! What the processes tell each other, and the memory all of them see.
use super::super::phases::{GivenUp, Noted};
use crate::class::Found;
use crate::search::node::{Demand, Node};
use crate::world::Liberties;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

/// More workers than this get in each other's way: no more are started.
pub const MAX_WORKERS: usize = 64;

/// What is said at the door of the fork server.
pub(super) const FORK: u8 = 1;

/// A message longer than this is none of ours.
pub(super) const MAX_MESSAGE: usize = 1 << 30;

/// What is left to do with a thread that has begun to be tried.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Way {
    pub(super) thread: u8,
    pub(super) choice: u8,
    pub(super) choices: u8,
    pub(super) done: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum FromWorker {
    /// Does the first step of the branch it was given only look?
    Looked(bool),
    Demands(Vec<(u32, Demand)>),
    /// States that now belong to the parent, and ways left open in them.
    Gift {
        nodes: Vec<Node>,
        ways: Vec<(usize, Way)>,
    },
    Done,
    /// The program does not do the same twice.
    Diverged,
    GivenUp(GivenUp),
    Report(Report),
}

/// What a worker found.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Report {
    pub(super) found: Found,
    pub(super) executions: u64,
    pub(super) noted: Noted,
}

/// An exploration.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Task {
    pub(super) part: u32,
    pub(super) liberties: Liberties,
    pub(super) max_steps: u32,
    pub(super) stderr: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum ToWorker {
    Task(Task),
    Begin(Vec<Node>),
    Finish,
}

pub(super) fn send(stream: &mut UnixStream, message: &impl Serialize) -> io::Result<()> {
    let body = serde_json::to_vec(message)?;
    let mut framed = (body.len() as u64).to_le_bytes().to_vec();
    framed.extend(body);
    stream.write_all(&framed)
}

pub(super) fn receive<T: for<'a> Deserialize<'a>>(stream: &mut UnixStream) -> io::Result<T> {
    let mut length = [0; 8];
    stream.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length) as usize;
    if length > MAX_MESSAGE {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(serde_json::from_slice(&body)?)
}

/// Memory all of them see.
pub(super) struct Board {
    pub(super) stop: AtomicU32,
    pub(super) idle: AtomicU32,
    pub(super) executions: [AtomicU64; MAX_WORKERS],
    pub(super) classes: [AtomicU64; MAX_WORKERS],
    pub(super) bytes: [AtomicU64; MAX_WORKERS],
    /// What each worker has in memory beyond what it began with.
    pub(super) resident: [AtomicU64; MAX_WORKERS],
}

impl Board {
    pub(super) fn new() -> io::Result<&'static Self> {
        // SAFETY: a fresh anonymous mapping, as large as a board; nobody else has its address.
        let address = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                size_of::<Self>(),
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_SHARED | libc::MAP_ANONYMOUS,
                -1,
                0,
            )
        };
        if address == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the mapping is zeroed, which is a valid board; it is aligned to a page, and stays until `unmap`.
        Ok(unsafe { &*address.cast::<Self>() })
    }

    /// Nothing was done yet.
    pub(super) fn wipe(&self) {
        self.stop.store(0, Relaxed);
        self.idle.store(0, Relaxed);
        for counters in [&self.executions, &self.classes, &self.bytes] {
            counters.iter().for_each(|one| one.store(0, Relaxed));
        }
    }

    pub(super) fn sum(counters: &[AtomicU64]) -> u64 {
        counters.iter().map(|one| one.load(Relaxed)).sum()
    }
}

/// Removes the board.
pub(super) struct Mapped(pub(super) &'static Board);

impl Drop for Mapped {
    fn drop(&mut self) {
        let address = std::ptr::from_ref(self.0).cast_mut().cast();
        // SAFETY: mapped by `Board::new` with this size; the reference is not used any more, and the workers have
        // mappings of their own.
        unsafe { libc::munmap(address, size_of::<Board>()) };
    }
}
