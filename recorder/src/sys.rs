//! The system, as far as recording needs it, without any crate: system calls made directly, and the few C
//! functions and types that are used or replaced.
//!
//! Direct system calls leave `errno` alone and pass no function that somebody (we) may have replaced, so
//! they may be used in the middle of a replaced function, in a signal handler, and between fork and exec. A
//! test compares every number and layout with the crate `libc`.

use core::arch::asm;
use core::ffi::{c_char, c_int, c_long, c_void};

/// A C function in this library's own words: numbers of system calls.
#[cfg(target_arch = "x86_64")]
pub mod number {
    pub const READ: i64 = 0;
    pub const CLOSE: i64 = 3;
    pub const FSTAT: i64 = 5;
    pub const MMAP: i64 = 9;
    pub const MUNMAP: i64 = 11;
    pub const PREAD: i64 = 17;
    pub const MADVISE: i64 = 28;
    pub const GETPID: i64 = 39;
    pub const EXIT: i64 = 60;
    pub const FCNTL: i64 = 72;
    pub const GETRUSAGE: i64 = 98;
    pub const GETPPID: i64 = 110;
    pub const PRCTL: i64 = 157;
    pub const GETTID: i64 = 186;
    pub const FUTEX: i64 = 202;
    pub const EXIT_GROUP: i64 = 231;
    pub const TGKILL: i64 = 234;
    pub const OPENAT: i64 = 257;
    pub const FACCESSAT: i64 = 269;
    pub const PPOLL: i64 = 271;
    pub const EXECVEAT: i64 = 322;
}

/// A C function in this library's own words: numbers of system calls.
#[cfg(target_arch = "aarch64")]
pub mod number {
    pub const FCNTL: i64 = 25;
    pub const FACCESSAT: i64 = 48;
    pub const OPENAT: i64 = 56;
    pub const CLOSE: i64 = 57;
    pub const READ: i64 = 63;
    pub const PREAD: i64 = 67;
    pub const PPOLL: i64 = 73;
    pub const FSTAT: i64 = 80;
    pub const EXIT: i64 = 93;
    pub const EXIT_GROUP: i64 = 94;
    pub const FUTEX: i64 = 98;
    pub const TGKILL: i64 = 131;
    pub const GETRUSAGE: i64 = 165;
    pub const PRCTL: i64 = 167;
    pub const GETPID: i64 = 172;
    pub const GETPPID: i64 = 173;
    pub const GETTID: i64 = 178;
    pub const MUNMAP: i64 = 215;
    pub const MMAP: i64 = 222;
    pub const MADVISE: i64 = 233;
    pub const EXECVEAT: i64 = 281;
}

pub const EINTR: c_int = 4;
pub const EAGAIN: c_int = 11;
pub const EBUSY: c_int = 16;
pub const ENOSYS: c_int = 38;
pub const WNOHANG: c_int = 1;
pub const O_NONBLOCK: i64 = 0o4000;
pub const POLLIN: i16 = 1;
pub const POLLOUT: i16 = 4;
pub const CLOCK_MONOTONIC: c_int = 1;
pub const PR_SET_NAME: c_int = 15;
pub const MSG_DONTWAIT: c_int = 0x40;
/// Of clone(2): the child has its parent's memory, the child is a thread of its parent.
pub const CLONE_VM: c_int = 0x100;
pub const CLONE_THREAD: c_int = 0x1_0000;
const RUSAGE_THREAD: i64 = 1;
/// Words of a `struct rusage`, and which of them counts the waits.
const USAGE_WORDS: usize = 18;
const USAGE_WAITS: usize = 16;
const F_GETFL: i64 = 3;
const AT_FDCWD: i64 = -100;
const O_CLOEXEC: i64 = 0o2_000_000;
const R_OK: i64 = 4;
const X_OK: i64 = 1;
/// Set-user-ID and set-group-ID.
const S_OTHER_RIGHTS: u32 = 0o6000;
const S_IFMT: u32 = 0o170_000;
const S_IFSOCK: u32 = 0o140_000;
const S_IFIFO: u32 = 0o010_000;
const PROT_READ_WRITE: i64 = 3;
const MAP_SHARED: i64 = 1;
const MAP_PRIVATE_ANONYMOUS: i64 = 0x22;
const MADV_WIPEONFORK: i64 = 18;
const MADV_REMOVE: i64 = 9;
const PAGE: usize = 4096;

/// `struct timespec` where `long` has 64 bits.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Timespec {
    /// Whole seconds.
    pub seconds: i64,
    /// The rest, below a second.
    pub nanoseconds: i64,
}

/// `struct iovec`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Part {
    /// Where it begins.
    pub base: *const c_void,
    /// How many bytes it has.
    pub length: usize,
}

/// `struct pollfd`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Polled {
    /// The descriptor.
    pub fd: c_int,
    /// What is waited for.
    pub events: i16,
    /// What has happened.
    pub happened: i16,
}

unsafe extern "C" {
    fn clock_gettime(clock: c_int, time: *mut Timespec) -> c_int;
    fn __errno_location() -> *mut c_int;
    fn memchr(bytes: *const c_void, wanted: c_int, length: usize) -> *const c_void;
    pub fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void;
    pub fn dlvsym(handle: *mut c_void, name: *const c_char, version: *const c_char) -> *mut c_void;
    pub fn on_exit(handler: extern "C" fn(c_int, *mut c_void), argument: *mut c_void) -> c_int;
    pub fn pthread_self() -> usize;
    pub fn abort() -> !;
    static environ: *const *const c_char;
}

/// What stands in the environment of this process: pointers, and null behind the last.
pub fn environment() -> *const *const c_char {
    // SAFETY: a word of libc. Whoever changes the environment while another thread reads it is on his own, with
    // every function that does.
    unsafe { environ }
}

/// `RTLD_NEXT`: the definition behind the one that asks (dlsym(3)).
pub const RTLD_NEXT: *mut c_void = usize::MAX as *mut c_void;

/// A system call: the result, or a negative error number.
///
/// # Safety
/// As the call itself.
#[cfg(target_arch = "x86_64")]
#[inline]
pub unsafe fn call(number: i64, a: [i64; 6]) -> i64 {
    let result;
    // SAFETY: the calling convention of Linux (syscall(2)); the caller answers for the call.
    unsafe {
        asm!("syscall", inlateout("rax") number => result,
            in("rdi") a[0], in("rsi") a[1], in("rdx") a[2], in("r10") a[3], in("r8") a[4], in("r9") a[5],
            lateout("rcx") _, lateout("r11") _, options(nostack));
    }
    result
}

/// A system call: the result, or a negative error number.
///
/// # Safety
/// As the call itself.
#[cfg(target_arch = "aarch64")]
#[inline]
pub unsafe fn call(number: i64, a: [i64; 6]) -> i64 {
    let result;
    // SAFETY: the calling convention of Linux (syscall(2)); the caller answers for the call.
    unsafe {
        asm!("svc 0", in("x8") number, inlateout("x0") a[0] => result,
            in("x1") a[1], in("x2") a[2], in("x3") a[3], in("x4") a[4], in("x5") a[5], options(nostack));
    }
    result
}

/// The result of a system call as C functions give it: -1 and `errno` for an error.
pub fn as_c(result: i64) -> c_long {
    if (-4095..0).contains(&result) {
        set_errno(-result as c_int);
        return -1;
    }
    result
}

/// Where a byte stands first.
pub fn find(wanted: u8, bytes: &[u8]) -> Option<usize> {
    // SAFETY: the slice's own bytes.
    let found = unsafe { memchr(bytes.as_ptr().cast(), wanted.into(), bytes.len()) };
    (!found.is_null()).then(|| found as usize - bytes.as_ptr() as usize)
}

/// The calling thread's `errno`.
pub fn errno() -> c_int {
    // SAFETY: glibc gives the address of the calling thread's own word.
    unsafe { *__errno_location() }
}

/// Sets the calling thread's `errno`.
pub fn set_errno(error: c_int) {
    // SAFETY: as above.
    unsafe { *__errno_location() = error };
}

/// CLOCK_MONOTONIC in nanoseconds: the same in all processes of the machine.
pub fn now_ns() -> u64 {
    let mut time = Timespec {
        seconds: 0,
        nanoseconds: 0,
    };
    // SAFETY: fills a timespec of ours; CLOCK_MONOTONIC always exists, so `errno` is not touched.
    unsafe { clock_gettime(CLOCK_MONOTONIC, &mut time) };
    time.seconds as u64 * 1_000_000_000 + time.nanoseconds as u64
}

/// This process' id, asked of the system.
pub fn getpid() -> i32 {
    // SAFETY: no arguments, cannot fail.
    unsafe { call(number::GETPID, [0; 6]) as i32 }
}

/// The parent's process id.
pub fn getppid() -> i32 {
    // SAFETY: no arguments, cannot fail.
    unsafe { call(number::GETPPID, [0; 6]) as i32 }
}

/// The kernel's id of the calling thread.
pub fn gettid() -> i32 {
    // SAFETY: no arguments, cannot fail.
    unsafe { call(number::GETTID, [0; 6]) as i32 }
}

/// Wakes everybody who sleeps on the word, in all processes.
pub fn futex_wake_all(word: *mut u32) {
    const FUTEX_WAKE: i64 = 1;
    // SAFETY: the system only takes the address; a wrong one is an error.
    unsafe {
        call(
            number::FUTEX,
            [word as i64, FUTEX_WAKE, i64::from(i32::MAX), 0, 0, 0],
        )
    };
}

/// Whether a call on this descriptor would go on at once; also where nobody can say.
pub fn is_ready(fd: c_int, events: i16) -> bool {
    let mut polled = Polled {
        fd,
        events,
        happened: 0,
    };
    let now = Timespec {
        seconds: 0,
        nanoseconds: 0,
    };
    // SAFETY: one descriptor and a time, both of ours; no signal mask.
    unsafe {
        call(
            number::PPOLL,
            [
                (&raw mut polled) as i64,
                1,
                (&raw const now) as i64,
                0,
                0,
                0,
            ],
        ) != 0
    }
}

/// How often the calling thread has waited for something until now.
pub fn waits() -> u64 {
    let mut usage = [0u64; USAGE_WORDS];
    // SAFETY: room for a `struct rusage`.
    unsafe {
        call(
            number::GETRUSAGE,
            [RUSAGE_THREAD, usage.as_mut_ptr() as i64, 0, 0, 0, 0],
        )
    };
    usage[USAGE_WAITS]
}

/// Whether calls on this descriptor wait at all.
pub fn blocks(fd: c_int) -> bool {
    // SAFETY: a number; a wrong one is an error.
    let flags = unsafe { call(number::FCNTL, [i64::from(fd), F_GETFL, 0, 0, 0, 0]) };
    flags >= 0 && flags & O_NONBLOCK == 0
}

/// What two ends of a pipe have in common, and what each socket has for itself: the number of its inode.
/// `None` for files, terminals and what is not open.
pub fn channel(fd: c_int) -> Option<u64> {
    let about = about(fd)?;
    let kind = mode(&about) & S_IFMT;
    let inode = u64::from(about[2]) | u64::from(about[3]) << 32;
    (kind == S_IFIFO || kind == S_IFSOCK).then_some(inode)
}

/// What fstat(2) says: room for the widest `struct stat` of both machines.
fn about(fd: c_int) -> Option<[u32; 64]> {
    let mut about = [0u32; 64];
    // SAFETY: room for more than a `struct stat`.
    let failed = unsafe {
        call(
            number::FSTAT,
            [i64::from(fd), about.as_mut_ptr() as i64, 0, 0, 0, 0],
        ) < 0
    };
    (!failed).then_some(about)
}

/// The mode stands at another place on each machine.
fn mode(about: &[u32; 64]) -> u32 {
    if cfg!(target_arch = "x86_64") {
        about[6]
    } else {
        about[4]
    }
}

/// Whether a program in this file runs as another user or group; also where nobody can say.
pub fn gives_other_rights(fd: c_int) -> bool {
    about(fd).is_none_or(|about| mode(&about) & S_OTHER_RIGHTS != 0)
}

/// Opens a file for reading; the descriptor is closed by [`close`], and when another program begins.
///
/// # Safety
/// The path ends with NUL.
pub unsafe fn open_to_read(path: *const c_char) -> Option<c_int> {
    // O_NONBLOCK: a pipe in this place has no program in it, and nobody should wait for one.
    let flags = O_CLOEXEC | O_NONBLOCK;
    // SAFETY: by our own contract.
    let fd = unsafe { call(number::OPENAT, [AT_FDCWD, path as i64, flags, 0, 0, 0]) };
    (fd >= 0).then_some(fd as c_int)
}

/// Closes a descriptor of our own.
pub fn close(fd: c_int) {
    // SAFETY: a number.
    unsafe { call(number::CLOSE, [fd.into(), 0, 0, 0, 0, 0]) };
}

/// Reads the beginning of a file: so many bytes were read.
pub fn read_beginning(fd: c_int, bytes: &mut [u8]) -> usize {
    let (base, length) = (bytes.as_mut_ptr() as i64, bytes.len() as i64);
    // SAFETY: the slice's own memory.
    let read = unsafe { call(number::PREAD, [fd.into(), base, length, 0, 0, 0]) };
    usize::try_from(read).unwrap_or(0)
}

/// Whether this process may read the file.
///
/// # Safety
/// The path ends with NUL.
pub unsafe fn can_read(path: *const c_char) -> bool {
    // SAFETY: by our own contract.
    unsafe { call(number::FACCESSAT, [AT_FDCWD, path as i64, R_OK, 0, 0, 0]) == 0 }
}

/// Whether this process may run the file.
///
/// # Safety
/// The path ends with NUL.
pub unsafe fn can_run(path: *const c_char) -> bool {
    // SAFETY: by our own contract.
    unsafe { call(number::FACCESSAT, [AT_FDCWD, path as i64, X_OK, 0, 0, 0]) == 0 }
}

/// Fresh memory of this process, full of zeros.
pub fn map_memory(bytes: usize) -> Option<*mut u8> {
    // SAFETY: a fresh private mapping at an address of the system's choice.
    let memory = unsafe {
        call(
            number::MMAP,
            [
                0,
                bytes as i64,
                PROT_READ_WRITE,
                MAP_PRIVATE_ANONYMOUS,
                -1,
                0,
            ],
        )
    };
    (memory >= 0).then_some(memory as *mut u8)
}

/// Gives such memory back.
///
/// # Safety
/// It came from [`map_memory`], and nobody uses it any more.
pub unsafe fn unmap_memory(memory: *mut u8, bytes: usize) {
    // SAFETY: by our own contract.
    unsafe { call(number::MUNMAP, [memory as i64, bytes as i64, 0, 0, 0, 0]) };
}

/// A page of this process alone, which a forked child finds full of zeros (madvise(2), `MADV_WIPEONFORK`);
/// null where there is none.
pub fn page_wiped_on_fork() -> *mut u8 {
    let Some(page) = map_memory(PAGE) else {
        return core::ptr::null_mut();
    };
    // SAFETY: a page of ours that nobody knows yet; given back if it cannot be what it must be.
    let failed = unsafe {
        call(
            number::MADVISE,
            [page as i64, PAGE as i64, MADV_WIPEONFORK, 0, 0, 0],
        ) < 0
    };
    if failed {
        drop_page(page);
        return core::ptr::null_mut();
    }
    page
}

/// Gives such a page back.
pub fn drop_page(page: *mut u8) {
    // SAFETY: only called for pages of the function above that nobody else has seen.
    unsafe { unmap_memory(page, PAGE) };
}

/// Maps a whole file for reading and writing, shared: address and length. `path` ends with NUL.
pub fn map_file(path: *const c_char) -> Option<(*mut u8, usize)> {
    const O_RDWR_CLOEXEC: i64 = 0o2_000_002;
    // SAFETY: the caller's path is NUL-terminated; the descriptor is ours and closed again.
    unsafe {
        let fd = call(
            number::OPENAT,
            [AT_FDCWD, path as i64, O_RDWR_CLOEXEC, 0, 0, 0],
        );
        if fd < 0 {
            return None;
        }
        let mut about = [0u64; 32];
        let known = call(number::FSTAT, [fd, about.as_mut_ptr() as i64, 0, 0, 0, 0]) >= 0;
        // `st_size` stands at byte 48 on both machines.
        let length = about[6] as usize;
        let mapped = if known && length > 0 {
            call(
                number::MMAP,
                [0, length as i64, PROT_READ_WRITE, MAP_SHARED, fd, 0],
            )
        } else {
            -1
        };
        call(number::CLOSE, [fd, 0, 0, 0, 0, 0]);
        (mapped >= 0).then_some((mapped as *mut u8, length))
    }
}

/// Gives the memory behind a part of a shared mapping back: it reads as zeros from here on.
///
/// # Safety
/// The range is whole pages of a shared, writable mapping of memory without a disk, and holds nothing but
/// atomics.
pub unsafe fn forget_memory(base: *mut u8, bytes: usize) {
    // SAFETY: by our own contract.
    unsafe {
        call(
            number::MADVISE,
            [base as i64, bytes as i64, MADV_REMOVE, 0, 0, 0],
        )
    };
}

#[cfg(test)]
mod tests;
