//! The shared memory itself: a sealed memfd and its mapping, or a mapping alone.

use super::JournalError;
use crate::ring::Ring;
use crate::ring::layout::{HEADER_BYTES, lane_capacity, total_bytes};
use std::io;
use std::ops::Deref;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

/// A mapped journal.
pub(super) struct Mapping {
    ring: Ring,
    bytes: usize,
    /// None where only forked children share it.
    file: Option<OwnedFd>,
}

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
        let bytes = total_bytes(slots, lane_capacity(slots));
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
        let base = map(Some(&file), bytes)?;
        Ok(Mapping::format(base, bytes, slots, Some(file)))
    }

    pub fn for_forks(slots: u32) -> Result<Mapping, JournalError> {
        let bytes = total_bytes(slots, lane_capacity(slots));
        let base = map(None, bytes)?;
        Ok(Mapping::format(base, bytes, slots, None))
    }

    /// Over memory that [`map`] has just given.
    fn format(base: *mut u8, bytes: usize, slots: u32, file: Option<OwnedFd>) -> Mapping {
        // SAFETY: fresh shared memory, zeroed by the system, of exactly this length; unmapped when the
        // mapping is dropped, with the ring.
        let ring = unsafe { Ring::format(base, slots) };
        Mapping { ring, bytes, file }
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
        let base = map(Some(&file), bytes)?;
        // SAFETY: a shared mapping of this length, which the seal keeps true; unmapped below or on drop.
        match unsafe { Ring::over(base, bytes) } {
            Some(ring) => Ok(Mapping {
                ring,
                bytes,
                file: Some(file),
            }),
            None => {
                unmap(base, bytes);
                Err(JournalError::NotAJournal)
            }
        }
    }

    pub fn as_fd(&self) -> Option<BorrowedFd<'_>> {
        self.file.as_ref().map(AsFd::as_fd)
    }
}

impl Deref for Mapping {
    type Target = Ring;

    fn deref(&self) -> &Ring {
        &self.ring
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        unmap(self.ring.base(), self.bytes);
    }
}

fn unmap(base: *mut u8, bytes: usize) {
    // SAFETY: base and length are those of a mapping of ours, and no reference to it outlives the caller.
    unsafe { libc::munmap(base.cast(), bytes) };
}

/// Of this file, or of memory that has none.
fn map(file: Option<&OwnedFd>, bytes: usize) -> Result<*mut u8, JournalError> {
    const NONE: RawFd = -1;
    let kind = match file {
        Some(_) => libc::MAP_SHARED,
        // Memory is used as it is filled, as that of a file is.
        None => libc::MAP_SHARED | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
    };
    // SAFETY: a fresh shared mapping, of a descriptor we own or of none, at an address of the kernel's choice.
    let base = unsafe {
        libc::mmap(
            std::ptr::null_mut(),
            bytes,
            libc::PROT_READ | libc::PROT_WRITE,
            kind,
            file.map_or(NONE, AsRawFd::as_raw_fd),
            0,
        )
    };
    if base == libc::MAP_FAILED {
        return Err(JournalError::Memory(io::Error::last_os_error()));
    }
    Ok(base.cast())
}
