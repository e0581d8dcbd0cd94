//! Memory that parent and children share, a word one can sleep on in it, and a file that only they
//! can see.

use super::atomic::{AtomicU32, Ordering};
use super::time::Duration;
use std::fs::File;
use std::io;
use std::num::NonZeroUsize;
use std::ops::Deref;
use std::os::fd::{AsFd, FromRawFd};
use std::os::unix::fs::FileExt;
use std::ptr::NonNull;

/// Types that mean the same in every process: no pointers, no references, no descriptors, changed
/// through atomics only, and nothing to be done when they are dropped.
///
/// # Safety
/// All of the above must hold.
pub unsafe trait Shareable: Sync {}

/// A value in memory that is shared with every child forked afterwards.
///
/// Anonymous (`mmap` with `MAP_SHARED`): nobody else can reach it, and the system takes it back
/// when the last process is gone, however that ended.
pub struct Shared<T: Shareable> {
    base: NonNull<T>,
}

// SAFETY: a `Shareable` is `Sync` and the mapping belongs to this value alone (in this process).
unsafe impl<T: Shareable> Send for Shared<T> {}
// SAFETY: as above; only `&T` is given out.
unsafe impl<T: Shareable> Sync for Shared<T> {}

impl<T: Shareable> Shared<T> {
    const BYTES: NonZeroUsize = match NonZeroUsize::new(size_of::<T>()) {
        Some(bytes) => bytes,
        None => NonZeroUsize::MIN,
    };

    /// Puts a value into fresh shared memory; `settle` finishes what must happen at the final
    /// address.
    pub fn new(value: T, settle: impl FnOnce(&T) -> io::Result<()>) -> io::Result<Shared<T>> {
        const { assert!(!std::mem::needs_drop::<T>() && align_of::<T>() <= 4096) };
        use nix::sys::mman::{MapFlags, ProtFlags, mmap_anonymous};
        let protection = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        // SAFETY: a new mapping at an address of the kernel's choice.
        let base = unsafe { mmap_anonymous(None, Self::BYTES, protection, MapFlags::MAP_SHARED)? }
            .cast::<T>();
        // SAFETY: fresh memory, large enough, page-aligned, and not yet known to anybody else.
        unsafe { base.write(value) };
        let shared = Shared { base };
        settle(&shared)?;
        Ok(shared)
    }
}

impl<T: Shareable> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: mapped and filled in `new`, unmapped only in `drop`; other processes change it
        // through the atomics `Shareable` asks for.
        unsafe { self.base.as_ref() }
    }
}

impl<T: Shareable> Drop for Shared<T> {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours, and no reference into it outlives `self`. Failure would
        // leave it mapped.
        let _ = unsafe { nix::sys::mman::munmap(self.base.cast(), Self::BYTES.get()) };
    }
}

/// Sleeping until something in shared memory has changed.
///
/// Whoever waits reads [`ticket`](Changes::ticket), *then* looks at the state, then sleeps with
/// that ticket; whoever changes the state announces it *afterwards*. Then no change is slept
/// through. But whoever was to announce, or was woken, may have been killed: so nobody sleeps
/// without a bound.
#[derive(Debug, Default)]
#[repr(C)]
pub struct Changes {
    count: AtomicU32,
    sleepers: AtomicU32,
}

// SAFETY: two atomic numbers.
unsafe impl Shareable for Changes {}

impl Changes {
    /// Nothing has changed yet.
    pub const fn new() -> Changes {
        Changes {
            count: AtomicU32::new(0),
            sleepers: AtomicU32::new(0),
        }
    }

    /// How many changes there have been.
    pub fn ticket(&self) -> u32 {
        self.count.load(Ordering::SeqCst)
    }

    /// Sleeps until there was a change after the ticket, at most so long. True if there was one.
    pub fn sleep(&self, ticket: u32, limit: Duration) -> bool {
        self.sleepers.fetch_add(1, Ordering::SeqCst);
        let time = libc::timespec {
            tv_sec: limit.as_secs().min(3600) as libc::time_t,
            tv_nsec: libc::c_long::from(limit.subsec_nanos() as i32),
        };
        // SAFETY: the kernel reads the word and the time, both alive. Not "private": processes
        // share the word.
        unsafe {
            libc::syscall(
                libc::SYS_futex,
                self.count.as_ptr(),
                libc::FUTEX_WAIT,
                ticket,
                &time as *const libc::timespec,
            );
        }
        self.sleepers.fetch_sub(1, Ordering::SeqCst);
        self.ticket() != ticket
    }

    /// Says that something has changed, and wakes so many. A killed sleeper may have left the count
    /// of sleepers too high, which costs a needless system call and nothing else.
    pub fn announce(&self, wake: i32) {
        self.count.fetch_add(1, Ordering::SeqCst);
        if self.sleepers.load(Ordering::SeqCst) != 0 {
            // SAFETY: the kernel only uses the address of the word.
            unsafe { libc::syscall(libc::SYS_futex, self.count.as_ptr(), libc::FUTEX_WAKE, wake) };
        }
    }

    /// Says that something has changed, and wakes everybody.
    pub fn announce_to_all(&self) {
        self.announce(i32::MAX);
    }
}

/// A file without a name, in memory, shared with children: bytes without a bound that must be
/// chosen in advance.
#[derive(Debug)]
pub struct Scratch {
    file: File,
}

impl Scratch {
    /// An empty file.
    pub fn new() -> io::Result<Scratch> {
        // SAFETY: the name is a NUL-terminated literal.
        let raw = unsafe { libc::memfd_create(c"weft-queue".as_ptr(), libc::MFD_CLOEXEC) };
        if raw < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: just opened, and nobody else's.
        let file = unsafe { File::from_raw_fd(raw) };
        Ok(Scratch { file })
    }

    /// Writes all of the bytes at a place.
    pub fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.file.write_all_at(bytes, offset)
    }

    /// Reads as much as there is at a place, at most the length of the buffer.
    pub fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self
                .file
                .read_at(&mut buffer[filled..], offset + filled as u64)
            {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    /// Gives the memory before a place back to the system. Best effort: what stays is only memory.
    pub fn forget_before(&self, offset: u64) {
        use nix::fcntl::{FallocateFlags, fallocate};
        let flags = FallocateFlags::FALLOC_FL_PUNCH_HOLE | FallocateFlags::FALLOC_FL_KEEP_SIZE;
        if let Ok(length) = i64::try_from(offset)
            && length > 0
        {
            let _ = fallocate(self.file.as_fd(), flags, 0, length);
        }
    }
}
