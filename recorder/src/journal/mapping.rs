//! The shared memory itself: a sealed memfd and its mapping, and checked access to header, lanes
//! and slots.

use super::JournalError;
use super::layout::{HEADER_BYTES, Header, LaneEntry, MAGIC, Slot, lane_capacity, total_bytes};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::ptr::NonNull;
use std::sync::atomic::Ordering;

/// A mapped journal. The numbers of slots and lanes are kept outside the shared memory, so that
/// nobody who scribbles over the header can send us out of bounds.
pub(super) struct Mapping {
    base: NonNull<u8>,
    bytes: usize,
    slots: u32,
    lanes: u32,
    file: OwnedFd,
}

// SAFETY: the mapping is only reached through atomics, and unmapped when the last owner is gone.
unsafe impl Send for Mapping {}
// SAFETY: as above.
unsafe impl Sync for Mapping {}

impl Mapping {
    pub fn create(slots: u32) -> Result<Mapping, JournalError> {
        // SAFETY: the name is a NUL-terminated literal.
        let raw = unsafe {
            libc::memfd_create(
                c"weft-journal".as_ptr(),
                libc::MFD_CLOEXEC | libc::MFD_ALLOW_SEALING,
            )
        };
        if raw < 0 {
            return Err(JournalError::Memory(io::Error::last_os_error()));
        }
        // SAFETY: memfd_create gave us this descriptor; nobody else has it.
        let file = unsafe { OwnedFd::from_raw_fd(raw) };
        let lanes = lane_capacity(slots);
        let bytes = total_bytes(slots, lanes);
        // SAFETY: plain system calls on a descriptor we own.
        let sized = unsafe { libc::ftruncate(file.as_raw_fd(), bytes as libc::off_t) == 0 };
        if !sized {
            return Err(JournalError::Memory(io::Error::last_os_error()));
        }
        // A file that cannot shrink cannot turn a later access into a bus error.
        let seals = libc::F_SEAL_SHRINK | libc::F_SEAL_GROW | libc::F_SEAL_SEAL;
        // SAFETY: as above.
        if unsafe { libc::fcntl(file.as_raw_fd(), libc::F_ADD_SEALS, seals) } != 0 {
            return Err(JournalError::Memory(io::Error::last_os_error()));
        }
        let mapping = Mapping {
            base: map(&file, bytes)?,
            bytes,
            slots,
            lanes,
            file,
        };
        let header = mapping.header();
        header.slots.store(slots, Ordering::Relaxed);
        header.lanes.store(lanes, Ordering::Relaxed);
        header
            .epoch_ns
            .store(super::clock::now_ns(), Ordering::Relaxed);
        header.magic.store(MAGIC, Ordering::Release);
        Ok(mapping)
    }

    pub fn attach(file: OwnedFd) -> Result<Mapping, JournalError> {
        // SAFETY: asks for the seals of a descriptor we own.
        let seals = unsafe { libc::fcntl(file.as_raw_fd(), libc::F_GET_SEALS) };
        if seals < 0 || seals & libc::F_SEAL_SHRINK == 0 {
            return Err(JournalError::NotAJournal);
        }
        // SAFETY: `stat` is plain data for the kernel to fill.
        let mut stat: libc::stat = unsafe { std::mem::zeroed() };
        // SAFETY: a descriptor we own and a buffer of the right type.
        if unsafe { libc::fstat(file.as_raw_fd(), &mut stat) } != 0 {
            return Err(JournalError::Memory(io::Error::last_os_error()));
        }
        let bytes = usize::try_from(stat.st_size).map_err(|_| JournalError::NotAJournal)?;
        if bytes < HEADER_BYTES {
            return Err(JournalError::NotAJournal);
        }
        let mut mapping = Mapping {
            base: map(&file, bytes)?,
            bytes,
            slots: 0,
            lanes: 0,
            file,
        };
        let header = mapping.header();
        let (slots, lanes) = (
            header.slots.load(Ordering::Relaxed),
            header.lanes.load(Ordering::Relaxed),
        );
        let fits = header.magic.load(Ordering::Acquire) == MAGIC
            && lanes == lane_capacity(slots)
            && total_bytes(slots, lanes) == bytes;
        if !fits {
            return Err(JournalError::NotAJournal);
        }
        (mapping.slots, mapping.lanes) = (slots, lanes);
        Ok(mapping)
    }

    pub fn header(&self) -> &Header {
        // SAFETY: the mapping is at least HEADER_BYTES long, page-aligned, lives as long as `self`,
        // and every field written after creation is atomic.
        unsafe { self.base.cast::<Header>().as_ref() }
    }

    pub fn slots(&self) -> u32 {
        self.slots
    }

    pub fn lane_count(&self) -> u32 {
        self.lanes
    }

    /// The slot of this number; none beyond the end.
    pub fn slot(&self, index: u64) -> Option<&Slot> {
        if index >= u64::from(self.slots) {
            return None;
        }
        let offset = HEADER_BYTES
            + self.lanes as usize * size_of::<LaneEntry>()
            + index as usize * size_of::<Slot>();
        debug_assert!(offset + size_of::<Slot>() <= self.bytes);
        // SAFETY: the index is below the number of slots the mapping was sized for; a slot is made
        // of atomics.
        Some(unsafe { self.base.add(offset).cast::<Slot>().as_ref() })
    }

    /// The entry of this lane; none beyond the table.
    pub fn lane(&self, index: u32) -> Option<&LaneEntry> {
        if index >= self.lanes {
            return None;
        }
        let offset = HEADER_BYTES + index as usize * size_of::<LaneEntry>();
        // SAFETY: the index is below the number of entries the mapping was sized for; an entry is
        // made of atomics.
        Some(unsafe { self.base.add(offset).cast::<LaneEntry>().as_ref() })
    }

    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: base and length are those of our own mapping, and no reference to it outlives
        // `self`.
        unsafe { libc::munmap(self.base.as_ptr().cast(), self.bytes) };
    }
}

fn map(file: &OwnedFd, bytes: usize) -> Result<NonNull<u8>, JournalError> {
    // SAFETY: a fresh shared mapping of a descriptor we own, at an address of the kernel's choice.
    let base = unsafe {
        libc::mmap(
            std::ptr::null_mut(),
            bytes,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_SHARED,
            file.as_raw_fd(),
            0,
        )
    };
    if base == libc::MAP_FAILED {
        return Err(JournalError::Memory(io::Error::last_os_error()));
    }
    NonNull::new(base.cast()).ok_or(JournalError::NotAJournal)
}
