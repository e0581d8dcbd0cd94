//! The C functions this program defines itself, so that code in cells reaches us first.
//!
//! Cells are shared objects linked to the *dynamic* standard library. That library calls `write`,
//! `read`, `pthread_create` ... by name, and the dynamic linker looks a name up in the executable
//! before libc (ld.so(8)): `build.rs` of the program exports the functions below. Code we do not
//! compile for a cell (C libraries, other programs) calls libc directly and is seen as plain bytes
//! in the plain pipes.
//!
//! In every process but a worker the functions do what libc does: one relaxed load, then libc's
//! function. In a worker they also record what happens ([`recorder::interpose`]).
//!
//! Invariants: no allocation and no lock on the way of a write, because it may be called from a
//! signal handler or between fork and exec; `errno` is what the system call left.

use std::collections::VecDeque;
use std::ffi::{c_char, c_int, c_void};
use std::os::fd::RawFd;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, TryLockError};

use recorder::interpose::{channels as recording, quietly};

use super::board::Board;
use super::frame::{self, Kind};
use super::memory;
use super::threads::cell;

/// Bytes of an answer in one message.
pub(crate) const LONGEST_PART: usize = 32 << 10;

static ACTIVE: AtomicBool = AtomicBool::new(false);
static FRAMES: AtomicI32 = AtomicI32::new(-1);
static INPUT: AtomicI32 = AtomicI32::new(-1);
/// Whether a cell has put something else in the place of descriptors 0, 1, 2.
static REPLACED: [AtomicBool; 3] = [const { AtomicBool::new(false) }; 3];
/// Bytes of an answer that the reader has not taken yet.
static UNREAD: AtomicPtr<Unread> = AtomicPtr::new(std::ptr::null_mut());

type Unread = Mutex<VecDeque<u8>>;

/// Starts to frame what is written to descriptors 1 and 2. Called once, by the worker.
pub(super) fn activate(frames: RawFd, input: RawFd, board: &'static Board) {
    memory::watch(board);
    FRAMES.store(frames, Ordering::Relaxed);
    INPUT.store(input, Ordering::Relaxed);
    ACTIVE.store(true, Ordering::Release);
}

/// Whether this process is a worker: everywhere else the functions do what libc does.
pub(super) fn is_active() -> bool {
    ACTIVE.load(Ordering::Acquire)
}

/// Whether what is written to this descriptor becomes frames, so that the descriptor itself is ours.
pub(super) fn is_framed(fd: RawFd) -> bool {
    (0..3).contains(&fd) && !REPLACED[fd as usize].load(Ordering::Relaxed)
}

/// Runs this while no other thread holds a lock of the worker or of the standard streams: a copy of the process made
/// now finds them all free.
pub(super) fn with_locks_held<R>(run: impl FnOnce() -> R) -> R {
    let _threads = super::threads::hold();
    super::library::with_streams_held(run)
}

/// In a copy that has become the worker.
pub(super) fn take_over() {
    if let Err(TryLockError::WouldBlock) = unread().try_lock() {
        // The thread that holds it waits for an answer, in a process that is gone.
        UNREAD.store(fresh(), Ordering::Release);
    }
}

/// What is left of the last answer.
fn unread() -> &'static Unread {
    let known = UNREAD.load(Ordering::Acquire);
    let known = if known.is_null() {
        let ours = fresh();
        match UNREAD.compare_exchange(known, ours, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => ours,
            Err(theirs) => theirs,
        }
    } else {
        known
    };
    // SAFETY: not null, and never freed: it may be in use by any thread.
    unsafe { &*known }
}

fn fresh() -> *mut Unread {
    Box::into_raw(Box::default())
}

/// The frame kind of a standard descriptor, unless it is not ours to frame.
fn stream(fd: c_int) -> Option<Kind> {
    if !ACTIVE.load(Ordering::Acquire) {
        return None;
    }
    let kind = match fd {
        1 => Kind::Stdout,
        2 => Kind::Stderr,
        _ => return None,
    };
    (!REPLACED[fd as usize].load(Ordering::Relaxed)).then_some(kind)
}

/// write(2). Framed on descriptors 1 and 2 of a worker.
///
/// # Safety
/// As for write(2): `buffer` must be readable for `count` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn write(fd: c_int, buffer: *const c_void, count: usize) -> isize {
    let Some(kind) = stream(fd) else {
        // SAFETY: by our own contract.
        return unsafe { recording::write(fd, buffer, count) };
    };
    if count == 0 {
        return 0;
    }
    // SAFETY: the caller promises `count` readable bytes.
    let bytes = unsafe { std::slice::from_raw_parts(buffer.cast::<u8>(), count) };
    if kind == Kind::Stderr {
        memory::overhear(bytes);
    }
    recording::printing(fd, bytes);
    match frame::send(FRAMES.load(Ordering::Relaxed), kind, cell(), 0, bytes) {
        Ok(()) => count as isize,
        Err(_) => -1,
    }
}

/// writev(2). Framed on descriptors 1 and 2 of a worker.
///
/// # Safety
/// As for writev(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn writev(fd: c_int, parts: *const libc::iovec, count: c_int) -> isize {
    if stream(fd).is_none() || count < 0 {
        // SAFETY: by our own contract; `iovec` has one layout.
        return unsafe { recording::writev(fd, parts.cast(), count) };
    }
    let mut total = 0;
    for index in 0..count as usize {
        // SAFETY: the caller promises `count` valid parts.
        let part = unsafe { &*parts.add(index) };
        // SAFETY: each part describes readable memory.
        let written = unsafe { write(fd, part.iov_base, part.iov_len) };
        if written < 0 {
            return if total > 0 { total } else { written };
        }
        total += written;
    }
    total
}

/// read(2). On descriptor 0 of a worker it asks the notebook's user for a line.
///
/// # Safety
/// As for read(2): `buffer` must be writable for `count` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn read(fd: c_int, buffer: *mut c_void, count: usize) -> isize {
    if fd != 0 || !ACTIVE.load(Ordering::Acquire) || REPLACED[0].load(Ordering::Relaxed) {
        // SAFETY: by our own contract.
        return unsafe { recording::read(fd, buffer, count) };
    }
    // SAFETY: the caller promises `count` writable bytes.
    let buffer = unsafe { std::slice::from_raw_parts_mut(buffer.cast::<u8>(), count) };
    quietly(|| ask_user(buffer)) as isize
}

/// Takes what is left of the last answer, or asks for the next; 0 is end of file.
fn ask_user(buffer: &mut [u8]) -> usize {
    let mut unread = unread().lock().unwrap_or_else(PoisonError::into_inner);
    if unread.is_empty() {
        let cell = cell();
        if frame::send(FRAMES.load(Ordering::Relaxed), Kind::Input, cell, 0, &[]).is_err() {
            return 0;
        }
        let input = INPUT.load(Ordering::Relaxed);
        let answer = loop {
            match read_answer(input) {
                Some((of, answer)) if of == cell => break answer,
                // The answer to a cell that has ended meanwhile.
                Some(_) => {}
                None => return 0,
            }
        };
        unread.extend(answer);
    }
    let taken = buffer.len().min(unread.len());
    for (place, byte) in buffer.iter_mut().zip(unread.drain(..taken)) {
        *place = byte;
    }
    taken
}

/// The next answer and the cell it is for: parts of at most [`LONGEST_PART`] bytes, each a message of its own
/// behind the cell's number and whether more follows.
fn read_answer(input: RawFd) -> Option<(u32, Vec<u8>)> {
    let mut part = vec![0; 8 + LONGEST_PART];
    let mut answer = Vec::new();
    let mut of = None;
    loop {
        let length = read_message(input, &mut part)?;
        let (head, text) = part[..length].split_first_chunk::<8>()?;
        let cell = u32::from_le_bytes([head[0], head[1], head[2], head[3]]);
        if of != Some(cell) {
            // The rest of an answer whose reader is gone.
            answer.clear();
            of = Some(cell);
        }
        answer.extend_from_slice(text);
        if head[4] == 0 {
            return Some((cell, answer));
        }
    }
}

/// One message; `None` when there will be no more.
fn read_message(fd: RawFd, buffer: &mut [u8]) -> Option<usize> {
    loop {
        // SAFETY: the buffer is writable for its length.
        let got = unsafe {
            libc::syscall(libc::SYS_read, fd, buffer.as_mut_ptr(), buffer.len()) as isize
        };
        match got {
            1.. => return Some(got as usize),
            0 => return None,
            _ if std::io::Error::last_os_error().kind() == std::io::ErrorKind::Interrupted => {}
            _ => return None,
        }
    }
}

/// The next definition of a C function after ours, looked up once.
pub(super) fn next_definition(
    name: &'static std::ffi::CStr,
    known: &AtomicPtr<c_void>,
) -> *mut c_void {
    let found = known.load(Ordering::Relaxed);
    if !found.is_null() {
        return found;
    }
    // SAFETY: a NUL-terminated name; RTLD_NEXT searches behind this program.
    let found = unsafe { libc::dlsym(libc::RTLD_NEXT, name.as_ptr().cast::<c_char>()) };
    if found.is_null() {
        // libc without one of its functions: nothing sensible can follow.
        std::process::abort();
    }
    known.store(found, Ordering::Relaxed);
    found
}

/// dup2(2). A cell that puts a file or pipe in the place of a standard descriptor means it.
///
/// # Safety
/// As for dup2(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dup2(old: c_int, new: c_int) -> c_int {
    // dup3 refuses equal numbers, which dup2 allows.
    let result = if old == new {
        // SAFETY: a number only.
        let valid = unsafe { libc::fcntl(old, libc::F_GETFD) };
        if valid < 0 { -1 } else { new }
    } else {
        // SAFETY: numbers only.
        unsafe { libc::syscall(libc::SYS_dup3, old, new, 0) as c_int }
    };
    note_replaced(old, result);
    result
}

/// dup3(2).
///
/// # Safety
/// As for dup3(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dup3(old: c_int, new: c_int, flags: c_int) -> c_int {
    // SAFETY: numbers only.
    let result = unsafe { libc::syscall(libc::SYS_dup3, old, new, flags) as c_int };
    note_replaced(old, result);
    result
}

fn note_replaced(old: c_int, new: c_int) {
    recording::replaced(new);
    if ACTIVE.load(Ordering::Acquire) && (0..3).contains(&new) && old != new {
        REPLACED[new as usize].store(true, Ordering::Relaxed);
    }
}

/// Numbers of messages that take several frames; unique within this process.
static MESSAGES: AtomicUsize = AtomicUsize::new(1);

/// Sends a message of any length for the calling thread's cell.
pub(super) fn send(kind: Kind, payload: &[u8]) {
    let count = MESSAGES.fetch_add(1, Ordering::Relaxed) as u64;
    let message = u64::from(std::process::id()) << 32 | (count & 0xffff_ffff);
    // The kernel may be gone; there is nobody to tell then.
    let _ = frame::send(
        FRAMES.load(Ordering::Relaxed),
        kind,
        cell(),
        message,
        payload,
    );
}

/// Tells the kernel something that needs no words.
pub(super) fn tell(kind: Kind) {
    if is_active() {
        let _ = frame::send(FRAMES.load(Ordering::Relaxed), kind, cell(), 0, &[]);
    }
}
