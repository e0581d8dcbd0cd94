//! The board: a page of memory that kernel, supervisor, worker and compiler share.
//!
//! It answers the questions nobody may block on: which cell runs, which one was interrupted, and
//! which process groups to end for that.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};

/// The life of an order. Whoever takes it out of `GIVEN` decides: a worker that has finished is not ended for an
/// interrupt that comes too late, and one that is to be ended does not finish.
mod order {
    /// There is none.
    pub(super) const NONE: u32 = 0;
    /// The worker has it, or gets it now.
    pub(super) const GIVEN: u32 = 1;
    /// The worker has done it, and is about to say so.
    pub(super) const FINISHED: u32 = 2;
    /// An interrupt is about to end the worker.
    pub(super) const STOPPED: u32 = 3;
}

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
    /// What becomes of the worker's order, see [`order`].
    order: AtomicU32,
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

    /// The supervisor gives the worker an order.
    pub(crate) fn give_order(&self) {
        self.notes().order.store(order::GIVEN, Ordering::SeqCst);
    }

    /// The supervisor answers an order, or forgets it; `false` where there is none.
    pub(crate) fn end_order(&self) -> bool {
        self.notes().order.swap(order::NONE, Ordering::SeqCst) != order::NONE
    }

    /// The worker has done what it was told; `false` where it is to be ended instead.
    pub(crate) fn finish_order(&self) -> bool {
        self.leave_given(order::FINISHED) != order::STOPPED
    }

    /// Somebody wants to end the worker for its order; `false` where it has none any more.
    pub(crate) fn stop_order(&self) -> bool {
        self.leave_given(order::STOPPED) == order::GIVEN
    }

    /// What the order was.
    fn leave_given(&self, next: u32) -> u32 {
        let order = &self.notes().order;
        match order.compare_exchange(order::GIVEN, next, Ordering::SeqCst, Ordering::SeqCst) {
            Ok(before) | Err(before) => before,
        }
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
    fn an_order_is_finished_or_stopped_and_never_both() {
        let board = Board::create().unwrap();
        assert!(!board.stop_order() && !board.end_order());
        let start = std::sync::Barrier::new(2);
        for _ in 0..2000 {
            board.give_order();
            let decided = |decide: fn(&Board) -> bool| {
                start.wait();
                decide(&board)
            };
            let (finished, stopped) = std::thread::scope(|scope| {
                let stopping = scope.spawn(|| decided(Board::stop_order));
                (decided(Board::finish_order), stopping.join().unwrap())
            });
            assert_ne!(finished, stopped);
            assert!(board.end_order());
        }
    }

    #[test]
    fn a_short_file_is_not_a_board() {
        let memory = nix::sys::memfd::memfd_create(c"short", nix::sys::memfd::MFdFlags::empty());
        assert!(Board::attach(memory.unwrap()).is_err());
    }
}
