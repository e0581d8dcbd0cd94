//! The C functions this program defines itself, so that code in cells reaches us first.
//!
//! Cells are shared objects linked to the *dynamic* standard library. That library calls `write`,
//! `read`, `pthread_create` ... by name, and the dynamic linker looks a name up in the executable
//! before libc (ld.so(8)): `build.rs` of the program exports the functions below. Code we do not
//! compile for a cell (C libraries, other programs) calls libc directly and is seen as plain bytes
//! in the plain pipes.
//!
//! In every process but a worker the functions do what libc does: one relaxed load, then the
//! system call.
//!
//! Invariants: no allocation and no lock on the way of a write, because it may be called from a
//! signal handler or between fork and exec; `errno` is what the system call left.

use std::cell::Cell;
use std::collections::VecDeque;
use std::ffi::{c_char, c_int, c_void};
use std::os::fd::RawFd;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU32, AtomicUsize, Ordering};

use super::frame::{self, Kind};

static ACTIVE: AtomicBool = AtomicBool::new(false);
static FRAMES: AtomicI32 = AtomicI32::new(-1);
static INPUT: AtomicI32 = AtomicI32::new(-1);
/// The cell the main thread ran last: for threads that nobody we know started.
static LATEST_CELL: AtomicU32 = AtomicU32::new(0);
/// Whether a cell has put something else in the place of descriptors 0, 1, 2.
static REPLACED: [AtomicBool; 3] = [const { AtomicBool::new(false) }; 3];
/// Bytes of an answer that the reader has not taken yet.
static UNREAD: Mutex<VecDeque<u8>> = Mutex::new(VecDeque::new());

thread_local! {
    /// The cell that started this thread.
    static CELL: Cell<u32> = const { Cell::new(0) };
}

/// Starts to frame what is written to descriptors 1 and 2. Called once, by the worker.
pub(super) fn activate(frames: RawFd, input: RawFd) {
    FRAMES.store(frames, Ordering::Relaxed);
    INPUT.store(input, Ordering::Relaxed);
    ACTIVE.store(true, Ordering::Release);
}

/// Says which cell the calling thread works for.
pub(super) fn enter_cell(cell: u32) {
    LATEST_CELL.store(cell, Ordering::Relaxed);
    CELL.set(cell);
}

/// The cell the calling thread works for.
pub(super) fn cell() -> u32 {
    // Not accessible while the thread's own variables are destroyed: output of destructors.
    match CELL.try_with(Cell::get) {
        Ok(0) | Err(_) => LATEST_CELL.load(Ordering::Relaxed),
        Ok(cell) => cell,
    }
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
        // SAFETY: the system call checks its arguments; the caller promises the buffer.
        return unsafe { libc::syscall(libc::SYS_write, fd, buffer, count) as isize };
    };
    if count == 0 {
        return 0;
    }
    // SAFETY: the caller promises `count` readable bytes.
    let bytes = unsafe { std::slice::from_raw_parts(buffer.cast::<u8>(), count) };
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
        // SAFETY: as in `write`.
        return unsafe { libc::syscall(libc::SYS_writev, fd, parts, count) as isize };
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
        // SAFETY: as in `write`.
        return unsafe { libc::syscall(libc::SYS_read, fd, buffer, count) as isize };
    }
    // SAFETY: the caller promises `count` writable bytes.
    let buffer = unsafe { std::slice::from_raw_parts_mut(buffer.cast::<u8>(), count) };
    ask_user(buffer) as isize
}

/// Takes what is left of the last answer, or asks for the next; 0 is end of file.
fn ask_user(buffer: &mut [u8]) -> usize {
    let mut unread = match UNREAD.lock() {
        Ok(unread) => unread,
        Err(poisoned) => poisoned.into_inner(),
    };
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

/// The next answer and the cell it is for.
fn read_answer(input: RawFd) -> Option<(u32, Vec<u8>)> {
    let (mut cell, mut length) = ([0; 4], [0; 4]);
    if !read_fully(input, &mut cell) || !read_fully(input, &mut length) {
        return None;
    }
    let mut answer = vec![0; u32::from_le_bytes(length) as usize];
    read_fully(input, &mut answer).then(|| (u32::from_le_bytes(cell), answer))
}

fn read_fully(fd: RawFd, mut buffer: &mut [u8]) -> bool {
    while !buffer.is_empty() {
        // SAFETY: the buffer is writable for its length.
        let got = unsafe {
            libc::syscall(libc::SYS_read, fd, buffer.as_mut_ptr(), buffer.len()) as isize
        };
        match got {
            0 => return false,
            1.. => buffer = &mut buffer[got as usize..],
            _ if std::io::Error::last_os_error().kind() == std::io::ErrorKind::Interrupted => {}
            _ => return false,
        }
    }
    true
}

/// The next definition of a C function after ours, looked up once.
fn next_definition(name: &'static std::ffi::CStr, known: &AtomicPtr<c_void>) -> *mut c_void {
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

type ThreadStart = extern "C" fn(*mut c_void) -> *mut c_void;

struct ThreadArguments {
    cell: u32,
    start: ThreadStart,
    argument: *mut c_void,
}

extern "C" fn start_in_cell(arguments: *mut c_void) -> *mut c_void {
    // SAFETY: `pthread_create` below made the box for this thread alone.
    let arguments = unsafe { Box::from_raw(arguments.cast::<ThreadArguments>()) };
    CELL.set(arguments.cell);
    (arguments.start)(arguments.argument)
}

/// pthread_create(3). A thread works for the cell that started it, however long it lives.
///
/// # Safety
/// As for pthread_create(3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pthread_create(
    thread: *mut libc::pthread_t,
    attributes: *const libc::pthread_attr_t,
    start: ThreadStart,
    argument: *mut c_void,
) -> c_int {
    static NEXT: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
    type Create = unsafe extern "C" fn(
        *mut libc::pthread_t,
        *const libc::pthread_attr_t,
        ThreadStart,
        *mut c_void,
    ) -> c_int;
    // SAFETY: the symbol of that name has this type in every libc.
    let create: Create = unsafe { std::mem::transmute(next_definition(c"pthread_create", &NEXT)) };
    if !ACTIVE.load(Ordering::Acquire) {
        // SAFETY: the caller's arguments, unchanged.
        return unsafe { create(thread, attributes, start, argument) };
    }
    let arguments = Box::into_raw(Box::new(ThreadArguments {
        cell: cell(),
        start,
        argument,
    }));
    // SAFETY: the caller's arguments but for the start, which takes the box.
    let result = unsafe { create(thread, attributes, start_in_cell, arguments.cast()) };
    if result != 0 {
        // SAFETY: no thread was started, so the box is still ours.
        drop(unsafe { Box::from_raw(arguments) });
    }
    result
}

/// Tells the kernel that a child has been waited for: what it wrote to the plain pipes belongs
/// before whatever this process prints next.
fn reaped() {
    if ACTIVE.load(Ordering::Acquire) {
        let _ = frame::send(FRAMES.load(Ordering::Relaxed), Kind::Reaped, cell(), 0, &[]);
    }
}

/// waitpid(2).
///
/// # Safety
/// As for waitpid(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn waitpid(
    pid: libc::pid_t,
    status: *mut c_int,
    options: c_int,
) -> libc::pid_t {
    let nothing = std::ptr::null::<c_void>();
    // SAFETY: waitpid is wait4 without resource usage; the caller's arguments, unchanged.
    let child =
        unsafe { libc::syscall(libc::SYS_wait4, pid, status, options, nothing) as libc::pid_t };
    if child > 0 {
        reaped();
    }
    child
}

/// waitid(2).
///
/// # Safety
/// As for waitid(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn waitid(
    kind: libc::idtype_t,
    id: libc::id_t,
    info: *mut libc::siginfo_t,
    options: c_int,
) -> c_int {
    let nothing = std::ptr::null::<c_void>();
    // SAFETY: the system call has a fifth argument for resource usage; the rest is the caller's.
    let result =
        unsafe { libc::syscall(libc::SYS_waitid, kind, id, info, options, nothing) as c_int };
    if result == 0 {
        reaped();
    }
    result
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
