//! The board: a page of memory that kernel, supervisor, worker and compiler share.
//!
//! It answers the questions nobody may block on: which cell runs, which one was interrupted, and
//! which process groups to end for that.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};

/// What is written on it. Zero means "none" everywhere.
#[repr(C)]
pub(crate) struct Notes {
    /// Number of the cell that runs, or ran last.
    pub(crate) cell: AtomicU32,
    /// Number of the last cell that was interrupted.
    pub(crate) interrupted: AtomicU32,
    /// Process group of the worker.
    pub(crate) worker: AtomicI32,
    /// Process group of a compilation under way.
    pub(crate) compiler: AtomicI32,
    /// 1 while the worker makes a copy of itself: its process group must not be ended just now.
    pub(crate) forking: AtomicU32,
    /// 1 from the moment in which the worker is given an order until the order is answered.
    pub(crate) ordered: AtomicU32,
    /// 1 when the worker could get no more memory.
    pub(crate) out_of_memory: AtomicU32,
    /// 1 when a client asks something that evcxr would know: it should be released from the cell that runs.
    pub(crate) asked: AtomicU32,
    /// 1 when evcxr was released from a cell, which goes on running.
    pub(crate) released: AtomicU32,
    /// 1 while evcxr is led once more through a cell from which it was released: nothing is compiled, nothing is run.
    pub(crate) retelling: AtomicU32,
}

/// A mapping of the shared page.
pub(crate) struct Board {
    memory: OwnedFd,
    notes: NonNull<Notes>,
}

// SAFETY: the notes are atomics in memory that stays mapped as long as the board lives.
unsafe impl Send for Board {}
// SAFETY: as above; all access is atomic.
unsafe impl Sync for Board {}

impl Board {
    /// A new, empty board, in memory without a name on any disk.
    ///
    /// # Errors
    /// What `memfd_create`, `ftruncate` or `mmap` say.
    pub(crate) fn create() -> io::Result<Board> {
        let memory =
            nix::sys::memfd::memfd_create(c"weft-board", nix::sys::memfd::MFdFlags::MFD_CLOEXEC)?;
        nix::unistd::ftruncate(&memory, size_of::<Notes>() as libc::off_t)?;
        Board::attach(memory)
    }

    /// Maps a board made by another process.
    ///
    /// # Errors
    /// What `mmap` says; also where the file is too short to be a board.
    pub(crate) fn attach(memory: OwnedFd) -> io::Result<Board> {
        let length = nix::sys::stat::fstat(&memory)?.st_size;
        if (length as usize) < size_of::<Notes>() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not a board"));
        }
        // SAFETY: a fresh shared mapping of a file that is long enough (checked above); it is
        // unmapped only when the board is dropped.
        let address = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                size_of::<Notes>(),
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_SHARED,
                memory.as_raw_fd(),
                0,
            )
        };
        if address == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let notes = NonNull::new(address.cast()).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(Board { memory, notes })
    }

    /// What is written on it.
    pub(crate) fn notes(&self) -> &Notes {
        // SAFETY: the mapping is live, large enough, page-aligned, zero-initialised by the
        // system, and `Notes` consists of atomics, for which zero is valid.
        unsafe { self.notes.as_ref() }
    }

    /// The cell that runs, or ran last.
    pub(crate) fn cell(&self) -> u32 {
        self.notes().cell.load(Ordering::SeqCst)
    }
}

impl AsFd for Board {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.memory.as_fd()
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        // SAFETY: the address and length of our own mapping, which nothing borrows any more.
        unsafe { libc::munmap(self.notes.as_ptr().cast(), size_of::<Notes>()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_mappings_of_a_board_show_the_same_notes() {
        let ours = Board::create().unwrap();
        let theirs = Board::attach(ours.as_fd().try_clone_to_owned().unwrap()).unwrap();
        ours.notes().cell.store(7, Ordering::SeqCst);
        assert_eq!(theirs.cell(), 7);
    }

    #[test]
    fn a_short_file_is_not_a_board() {
        let memory = nix::sys::memfd::memfd_create(c"short", nix::sys::memfd::MFdFlags::empty());
        assert!(Board::attach(memory.unwrap()).is_err());
    }
}
