//! Memory for messages: a file that only parent and children can see.

use crate::primitive::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::fs::File;
use std::io;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::os::fd::{AsFd, FromRawFd};
use std::os::unix::fs::FileExt;
use std::ptr::NonNull;

/// A file without a name, in memory, shared with children: bytes without a bound that must be
/// chosen in advance.
///
/// The beginning of it is mapped, so that no system call is needed to reach it; what lies further
/// on is read and written as a file. Both see the same bytes.
///
/// Where the system forbids such files (a grader's sandbox does: they would hold memory that no
/// process is seen to have) it is the mapped beginning and no more; and of that a process can touch
/// only what it has come to, because what it could touch counts as if it were used.
#[derive(Debug)]
pub struct Scratch {
    file: Option<File>,
    /// The first [`WINDOW`] bytes, of which those up to the file's size may be touched; none where
    /// the system gave no room for it.
    window: Option<NonNull<u8>>,
    /// How much of the window this process may touch.
    open: AtomicUsize,
}

/// How much of a [`Scratch`] is mapped: room in the address space, not memory. Not more, because
/// programs that others run for us may have little of it (`ulimit -v`).
const WINDOW: NonZeroUsize = NonZeroUsize::new(64 << 20).unwrap();
/// The file grows in steps: the first is small, as most queues are.
const FIRST_STEP: u64 = 1 << 16;
const LARGEST_STEP: u64 = 1 << 22;
/// What can be touched grows in steps, too.
const OPENING: usize = 1 << 18;
/// Memory is given back in pages; where they are larger than this, some of it stays.
const PAGE: u64 = 4096;

// SAFETY: the mapping belongs to this value alone (in this process), and is used only as `reach`
// says.
unsafe impl Send for Scratch {}
// SAFETY: as above.
unsafe impl Sync for Scratch {}

impl Scratch {
    /// An empty file.
    pub fn new() -> io::Result<Scratch> {
        use nix::sys::mman::{MapFlags, ProtFlags, mmap};
        // SAFETY: the name is a NUL-terminated literal.
        let raw = unsafe { libc::memfd_create(c"weft-queue".as_ptr(), libc::MFD_CLOEXEC) };
        if raw < 0 {
            let error = io::Error::last_os_error();
            return match error.raw_os_error() {
                Some(libc::EPERM | libc::EACCES | libc::ENOSYS) => Scratch::without_file(),
                _ => Err(error),
            };
        }
        // SAFETY: just opened, and nobody else's.
        let file = unsafe { File::from_raw_fd(raw) };
        let protection = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        let flags = MapFlags::MAP_SHARED | MapFlags::MAP_NORESERVE;
        // SAFETY: a new mapping at an address of the kernel's choice.
        let window = unsafe { mmap(None, WINDOW, protection, flags, &file, 0) };
        Ok(Scratch {
            file: Some(file),
            window: window.ok().map(NonNull::cast),
            open: AtomicUsize::new(WINDOW.get()),
        })
    }

    /// As large as its window, and never larger.
    fn without_file() -> io::Result<Scratch> {
        use nix::sys::mman::{MapFlags, ProtFlags, mmap_anonymous};
        let flags = MapFlags::MAP_SHARED | MapFlags::MAP_NORESERVE;
        // SAFETY: a new mapping at an address of the kernel's choice.
        let window = unsafe { mmap_anonymous(None, WINDOW, ProtFlags::PROT_NONE, flags)? };
        Ok(Scratch {
            file: None,
            window: Some(window.cast()),
            open: AtomicUsize::new(0),
        })
    }

    /// Makes room up to `end`. `size` is how large the file was made until now, in a word that all
    /// processes share; the caller holds the lock that protects it.
    pub fn grow_to(&self, end: u64, size: &AtomicU64) -> io::Result<()> {
        use nix::fcntl::{FallocateFlags, fallocate};
        let now = size.load(Ordering::Relaxed);
        if end <= now {
            return Ok(());
        }
        let step = now.clamp(FIRST_STEP, LARGEST_STEP);
        let wanted = end.div_ceil(step).saturating_mul(step);
        let Some(file) = &self.file else {
            let most = WINDOW.get() as u64;
            if end > most {
                return Err(io::Error::from(io::ErrorKind::StorageFull));
            }
            size.store(wanted.min(most), Ordering::Relaxed);
            return Ok(());
        };
        let too_large = |_| io::Error::from(io::ErrorKind::FileTooLarge);
        let (from, length) = (
            i64::try_from(now).map_err(too_large)?,
            i64::try_from(wanted - now).map_err(too_large)?,
        );
        // With memory behind it: if there is none, that is an error here, and no signal later.
        fallocate(file, FallocateFlags::empty(), from, length)?;
        size.store(wanted, Ordering::Relaxed);
        Ok(())
    }

    /// Where what lies behind the window is.
    fn further(&self) -> io::Result<&File> {
        let file = self.file.as_ref();
        file.ok_or_else(|| io::Error::from(io::ErrorKind::StorageFull))
    }

    /// Where the bytes are in memory, if they are in the window.
    fn reach(&self, offset: u64, length: usize) -> Option<NonNull<u8>> {
        let base = self.window?;
        let start = usize::try_from(offset).ok()?;
        let end = start.checked_add(length)?;
        if end > WINDOW.get() || !self.opened(base, end) {
            return None;
        }
        // SAFETY: inside the mapping.
        Some(unsafe { base.add(start) })
    }

    /// Whether this process may touch the window, which is at `base`, up to `end`.
    fn opened(&self, base: NonNull<u8>, end: usize) -> bool {
        use nix::sys::mman::{ProtFlags, mprotect};
        if end <= self.open.load(Ordering::Acquire) {
            return true;
        }
        let end = end.next_multiple_of(OPENING).min(WINDOW.get());
        let protection = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        // SAFETY: a part of our own mapping, which gets more rights and loses none.
        let done = unsafe { mprotect(base.cast(), end, protection) }.is_ok();
        if done {
            self.open.fetch_max(end, Ordering::Release);
        }
        done
    }

    /// Writes all of the bytes at a place.
    ///
    /// # Safety
    /// The file was [made that large](Scratch::grow_to), and nobody else reads or writes these
    /// bytes at the same time, in any process.
    pub unsafe fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        match self.reach(offset, bytes.len()) {
            Some(place) => {
                // SAFETY: mapped, with memory behind it, and ours alone for now by contract.
                unsafe { place.copy_from_nonoverlapping(NonNull::from(bytes).cast(), bytes.len()) };
                Ok(())
            }
            None => self.further()?.write_all_at(bytes, offset),
        }
    }

    /// Fills the buffer from a place.
    ///
    /// # Safety
    /// As for [`write_at`](Scratch::write_at).
    pub unsafe fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        match self.reach(offset, buffer.len()) {
            Some(place) => {
                let to = NonNull::from(&mut *buffer).cast();
                // SAFETY: mapped, with memory behind it, and written by nobody for now by contract.
                unsafe { place.copy_to_nonoverlapping(to, buffer.len()) };
                Ok(())
            }
            None => self.further()?.read_exact_at(buffer, offset),
        }
    }

    /// Gives the memory of a part of it back to the system; it reads as zeros then. Best effort: what
    /// stays is only memory. Nobody else uses that part meanwhile.
    pub fn forget(&self, part: Range<u64>) {
        use nix::fcntl::{FallocateFlags, fallocate};
        let flags = FallocateFlags::FALLOC_FL_PUNCH_HOLE | FallocateFlags::FALLOC_FL_KEEP_SIZE;
        let Some(file) = &self.file else {
            return self.forget_in_window(part);
        };
        if let Ok(from) = i64::try_from(part.start)
            && let Ok(length) = i64::try_from(part.end.saturating_sub(part.start))
            && length > 0
        {
            let _ = fallocate(file.as_fd(), flags, from, length);
        }
    }

    /// As [`forget`](Scratch::forget), for the whole pages of the part.
    fn forget_in_window(&self, part: Range<u64>) {
        let (from, end) = (part.start.next_multiple_of(PAGE), part.end / PAGE * PAGE);
        let length = usize::try_from(end.saturating_sub(from)).unwrap_or(0);
        if length > 0
            && let Some(place) = self.reach(from, length)
        {
            // SAFETY: whole pages of our own mapping, which stay mapped; that their content goes is what was asked for.
            // Best effort, as above.
            let _ = unsafe { libc::madvise(place.as_ptr().cast(), length, libc::MADV_REMOVE) };
        }
    }
}

#[cfg(test)]
impl Scratch {
    /// How many bytes of memory lie behind it.
    pub fn memory(&self) -> io::Result<u64> {
        use std::os::unix::fs::MetadataExt;
        Ok(self.further()?.metadata()?.blocks() * 512)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(window) = self.window {
            // SAFETY: the mapping is ours, and no pointer into it is kept. Failure would leave it
            // mapped.
            let _ = unsafe { nix::sys::mman::munmap(window.cast(), WINDOW.get()) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitive::process::{self, ExitStatus};

    /// Where files in memory are forbidden.
    fn small() -> (Scratch, AtomicU64) {
        let scratch = Scratch::without_file().unwrap();
        (scratch, AtomicU64::new(0))
    }

    #[test]
    fn without_a_file_it_is_shared_with_children_all_the_same() {
        let (scratch, size) = small();
        scratch.grow_to(5, &size).unwrap();
        assert_eq!(size.load(Ordering::Relaxed), FIRST_STEP);
        let child = process::fork("writer", || {
            // SAFETY: it is that large, and nobody else touches it until this process has ended.
            let written = unsafe { scratch.write_at(b"hello", 0) };
            i32::from(written.is_err())
        });
        assert_eq!(child.unwrap().wait().unwrap(), ExitStatus::Code(0));
        let mut read = [0; 5];
        // SAFETY: as above, and the writer has ended.
        unsafe { scratch.read_at(&mut read, 0) }.unwrap();
        assert_eq!(&read, b"hello");
    }

    #[test]
    fn without_a_file_it_is_open_as_far_as_it_is_used() {
        let (scratch, size) = small();
        let open = || scratch.open.load(Ordering::Relaxed);
        assert_eq!(open(), 0);
        let end = OPENING as u64 + 1;
        scratch.grow_to(end, &size).unwrap();
        // SAFETY: it is that large, and nobody else knows it.
        unsafe { scratch.write_at(b"a", 0) }.unwrap();
        assert_eq!(open(), OPENING);
        // SAFETY: as above.
        unsafe { scratch.write_at(b"a", end - 1) }.unwrap();
        assert_eq!(open(), 2 * OPENING);
        // SAFETY: as above.
        unsafe { scratch.read_at(&mut [0; 2], end - 2) }.unwrap();
        assert_eq!(open(), 2 * OPENING);
    }

    #[test]
    fn without_a_file_it_ends_where_the_window_does() {
        let (scratch, size) = small();
        let end = WINDOW.get() as u64;
        scratch.grow_to(end - 1, &size).unwrap();
        assert_eq!(size.load(Ordering::Relaxed), end);
        scratch.grow_to(end, &size).unwrap();
        let error = scratch.grow_to(end + 1, &size).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        // SAFETY: nobody else knows it.
        let (written, read) = unsafe {
            (
                scratch.write_at(b"ab", end - 1),
                scratch.read_at(&mut [0; 2], end - 1),
            )
        };
        assert!(written.is_err() && read.is_err());
    }

    #[test]
    fn without_a_file_memory_is_given_back_in_whole_pages() {
        let (scratch, size) = small();
        scratch.grow_to(3 * PAGE, &size).unwrap();
        let mut read = [0; 3 * PAGE as usize];
        // SAFETY: it is that large, and nobody else knows it.
        unsafe { scratch.write_at(&[7; 3 * PAGE as usize], 0) }.unwrap();
        scratch.forget(1..2 * PAGE + 1);
        // SAFETY: as above.
        unsafe { scratch.read_at(&mut read, 0) }.unwrap();
        let (first, rest) = read.split_at(PAGE as usize);
        let (second, third) = rest.split_at(PAGE as usize);
        assert!(first.iter().chain(third).all(|byte| *byte == 7));
        // Where pages are larger it stays.
        // SAFETY: asks for a number.
        let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
        let gone = page == PAGE as libc::c_long;
        assert!(second.iter().all(|byte| *byte == if gone { 0 } else { 7 }));
    }
}
