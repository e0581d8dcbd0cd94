//! The worker's memory: a limit on it, how it is known that a cell ran into it, and of which pages it is made.
//!
//! A cell that asks for more than there is should end with an error that says so. Without a limit the system would
//! let it grow until it stops *some* process, or the machine stands still.

use std::process::Command;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

use super::board::Board;
use crate::size;

/// Names the limit: bytes, or a number with `K`, `M` or `G`. Without it the machine's memory is the limit.
pub(super) const VARIABLE: &str = "WEFT_MEMORY_LIMIT";

/// Settings of the C library for a process, and the one that lets `malloc` ask for huge pages (the manual of the GNU C
/// Library, "Memory Allocation Tunables"). Elsewhere they mean nothing.
const TUNABLES: &str = "GLIBC_TUNABLES";
const HUGE_PAGES: &str = "glibc.malloc.hugetlb";
/// The settings of the user, while ours are in their place.
const TUNABLES_BEFORE: &str = "WEFT_TUNABLES_BEFORE";

/// How the standard library begins its last words when an allocation fails (`std::alloc`). It writes them in pieces
/// and aborts.
const LAST_WORDS: &[u8] = b"memory allocation of ";

/// The note on the board; null before [`watch`].
static EXHAUSTED: AtomicPtr<AtomicU32> = AtomicPtr::new(std::ptr::null_mut());

/// Limits what this process and each of its children may have in private writable memory (`RLIMIT_DATA`,
/// getrlimit(2)).
pub(super) fn limit() {
    let Some(bytes) = chosen().or_else(physical) else {
        return;
    };
    let limit = libc::rlimit {
        rlim_cur: bytes,
        rlim_max: bytes,
    };
    // SAFETY: reads the struct only. Refused where a lower limit holds already.
    unsafe { libc::setrlimit(libc::RLIMIT_DATA, &limit) };
}

fn chosen() -> Option<u64> {
    size::parse(&std::env::var(VARIABLE).ok()?)
}

fn physical() -> Option<u64> {
    // SAFETY: numbers only.
    let (pages, size) = unsafe {
        (
            libc::sysconf(libc::_SC_PHYS_PAGES),
            libc::sysconf(libc::_SC_PAGESIZE),
        )
    };
    u64::try_from(pages)
        .ok()?
        .checked_mul(u64::try_from(size).ok()?)
}

/// Lets a worker have its large variables in huge pages. A copy of it, made for every cell, is then quicker by far: what
/// fork(2) has to copy is an entry for each page, and a huge one stands for 512. What a cell writes to afterwards is
/// still copied in small pages.
pub(super) fn prefer_huge_pages(worker: &mut Command) {
    let before = std::env::var(TUNABLES).unwrap_or_default();
    if before.contains(HUGE_PAGES) {
        return;
    }
    let separator = if before.is_empty() { "" } else { ":" };
    worker
        .env(TUNABLES, format!("{before}{separator}{HUGE_PAGES}=1"))
        .env(TUNABLES_BEFORE, before);
}

/// In the worker: what cells and their programs see in the environment is the user's.
///
/// # Safety
/// No other thread may run.
pub(super) unsafe fn restore_environment() {
    let Ok(before) = std::env::var(TUNABLES_BEFORE) else {
        return;
    };
    // SAFETY: the caller promises a single thread.
    unsafe {
        std::env::remove_var(TUNABLES_BEFORE);
        if before.is_empty() {
            std::env::remove_var(TUNABLES);
        } else {
            std::env::set_var(TUNABLES, before);
        }
    }
}

/// Says where to note that memory ran out.
pub(super) fn watch(board: &'static Board) {
    EXHAUSTED.store(
        (&raw const board.notes().out_of_memory).cast_mut(),
        Ordering::Release,
    );
}

/// Looks at what is written to stderr. Async-signal-safe.
pub(super) fn overhear(bytes: &[u8]) {
    if bytes.starts_with(LAST_WORDS) {
        // SAFETY: null, or the note on a board that is mapped for the whole life of the process.
        if let Some(note) = unsafe { EXHAUSTED.load(Ordering::Acquire).as_ref() } {
            note.store(1, Ordering::SeqCst);
        }
    }
}
