//! Memory that parent and children share, a word one can sleep on in it, and a file that only they
//! can see.

mod scratch;

pub use scratch::Scratch;

use super::atomic::{AtomicU32, AtomicU64, Ordering};
use super::time::Duration;
use std::io;
use std::num::NonZeroUsize;
use std::ops::Deref;
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

/// A row of words in memory that is shared with every child forked afterwards; as [`Shared`], with a
/// length that is chosen when it is made. All are 0 at first.
pub struct SharedWords {
    base: NonNull<AtomicU64>,
    length: usize,
}

// SAFETY: atomic words, and the mapping belongs to this value alone (in this process).
unsafe impl Send for SharedWords {}
// SAFETY: as above; only `&[AtomicU64]` is given out.
unsafe impl Sync for SharedWords {}

impl SharedWords {
    /// So many words.
    pub fn new(length: usize) -> io::Result<SharedWords> {
        use nix::sys::mman::{MapFlags, ProtFlags, mmap_anonymous};
        let protection = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        let bytes = SharedWords::bytes(length)?;
        // SAFETY: a new mapping at an address of the kernel's choice.
        let base = unsafe { mmap_anonymous(None, bytes, protection, MapFlags::MAP_SHARED)? };
        Ok(SharedWords {
            base: base.cast(),
            length,
        })
    }

    /// The size of the mapping: never empty, for the system makes no empty ones.
    fn bytes(length: usize) -> io::Result<NonZeroUsize> {
        length
            .max(1)
            .checked_mul(size_of::<AtomicU64>())
            .filter(|bytes| isize::try_from(*bytes).is_ok())
            .and_then(NonZeroUsize::new)
            .ok_or_else(|| io::Error::from(io::ErrorKind::OutOfMemory))
    }
}

impl Deref for SharedWords {
    type Target = [AtomicU64];
    fn deref(&self) -> &[AtomicU64] {
        // SAFETY: mapped (and zeroed) by the system in `new`, page-aligned, `length` words long,
        // unmapped only in `drop`; changed through atomics alone.
        unsafe { std::slice::from_raw_parts(self.base.as_ptr(), self.length) }
    }
}

impl Drop for SharedWords {
    fn drop(&mut self) {
        if let Ok(bytes) = SharedWords::bytes(self.length) {
            // SAFETY: the mapping is ours, and no reference into it outlives `self`. Failure would
            // leave it mapped.
            let _ = unsafe { nix::sys::mman::munmap(self.base.cast(), bytes.get()) };
        }
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

    /// Looks so often whether there is a change, without sleeping. True if there was one.
    pub fn spin(&self, ticket: u32, rounds: u32) -> bool {
        for _ in 0..rounds {
            // Acquire: whoever looks next must see what was announced.
            if self.count.load(Ordering::Acquire) != ticket {
                return true;
            }
            std::hint::spin_loop();
        }
        self.ticket() != ticket
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
        self.note();
        if self.has_sleepers() {
            self.wake(wake);
        }
    }

    /// Says that something has changed, to those who look; somebody else wakes those who sleep.
    pub fn note(&self) {
        self.count.fetch_add(1, Ordering::SeqCst);
    }

    /// Whether somebody sleeps, or is about to.
    pub fn has_sleepers(&self) -> bool {
        self.sleepers.load(Ordering::SeqCst) != 0
    }

    /// Wakes so many.
    pub fn wake(&self, most: i32) {
        // SAFETY: the kernel only uses the address of the word.
        unsafe { libc::syscall(libc::SYS_futex, self.count.as_ptr(), libc::FUTEX_WAKE, most) };
    }

    /// Says that something has changed, and wakes everybody.
    pub fn announce_to_all(&self) {
        self.announce(i32::MAX);
    }
}

/// On a single core nobody else could change anything while one looks.
fn several_cores() -> bool {
    // A plain word and no `LazyLock`: a child forked while another thread fills that one would wait
    // for it for ever.
    static CORES: AtomicU32 = AtomicU32::new(0);
    match CORES.load(Ordering::Relaxed) {
        0 => {
            let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
            CORES.store(cores.min(1024) as u32, Ordering::Relaxed);
            cores > 1
        }
        cores => cores > 1,
    }
}

/// How long it pays to look before one sleeps.
///
/// To sleep and to be woken takes some microseconds, and the next message is often nearer than that;
/// but if the one who is to send it waits for this very core, looking only keeps it from sending.
/// So this remembers: a look that found something makes the next ones longer, one in vain makes
/// them shorter, and now and then a long one finds out whether times have changed. A guess that is
/// wrong costs microseconds and nothing else.
#[derive(Debug, Default)]
#[repr(C)]
pub struct Patience {
    rounds: AtomicU32,
    in_vain: AtomicU32,
}

// SAFETY: two atomic numbers.
unsafe impl Shareable for Patience {}

impl Patience {
    /// Below this, to look is not worth while.
    const LEAST: u32 = 16;
    /// Some microseconds: as long as sleeping and waking would take.
    const MOST: u32 = 400;
    /// So many looks in vain, then a long one.
    const RETRY: u32 = 64;

    /// Nothing is known yet.
    pub const fn new() -> Patience {
        Patience {
            rounds: AtomicU32::new(Self::MOST),
            in_vain: AtomicU32::new(0),
        }
    }

    /// Looks for a change after the ticket, as long as it seems to pay. True if there was one.
    pub fn look(&self, changes: &Changes, ticket: u32) -> bool {
        if !several_cores() {
            return false;
        }
        let rounds = self.rounds.load(Ordering::Relaxed);
        let try_long = self.in_vain.load(Ordering::Relaxed) >= Self::RETRY;
        let found = changes.spin(ticket, if try_long { Self::MOST } else { rounds });
        // Written only where it changes something: the word is shared by all cores.
        if found {
            if rounds < Self::MOST {
                let more = (rounds * 2).clamp(Self::LEAST * 4, Self::MOST);
                self.rounds.store(more, Ordering::Relaxed);
            }
            if self.in_vain.load(Ordering::Relaxed) != 0 {
                self.in_vain.store(0, Ordering::Relaxed);
            }
        } else {
            let less = if rounds / 2 < Self::LEAST {
                0
            } else {
                rounds / 2
            };
            self.rounds.store(less, Ordering::Relaxed);
            let in_vain = if try_long {
                0
            } else {
                self.in_vain.load(Ordering::Relaxed) + 1
            };
            self.in_vain.store(in_vain, Ordering::Relaxed);
        }
        found
    }
}
