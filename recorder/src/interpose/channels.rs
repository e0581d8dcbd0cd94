//! Prints, and what goes through pipes and sockets.
//!
//! A call on a pipe or socket is looked at before it is made (poll(2) without waiting): if it would wait, its
//! wait is recorded. What was read or written is one `receive` or `send` of that channel. Files, terminals and
//! devices are passed on.
//!
//! What is written to descriptors 1 and 2 is a print: every line of it is recorded before it is written, so
//! whoever has read it comes later in the order.

use super::next::real;
use super::{Here, WAITS, here};
use crate::ring::{Form, LONGEST_LINE};
use crate::sys::{self, POLLIN, POLLOUT, Part};
use crate::vocabulary::{Kind, ObjectKind};
use core::ffi::{c_int, c_void};
use core::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// No call is longer than this many parts (limits(3), `IOV_MAX`).
const MOST_PARTS: usize = 1024;

/// What the standard descriptors are: 0 = not looked at yet, 1 = neither pipe nor socket, else the channel's
/// identity plus 2.
static STANDARD: [AtomicU64; 3] = [const { AtomicU64::new(0) }; 3];

/// The pipe or socket behind a descriptor. The standard ones are looked at once, because every print asks.
fn channel(fd: c_int) -> Option<u64> {
    let Some(known) = usize::try_from(fd).ok().and_then(|fd| STANDARD.get(fd)) else {
        return sys::channel(fd);
    };
    match known.load(Ordering::Relaxed) {
        0 => {
            let found = sys::channel(fd);
            known.store(
                found.map_or(1, |inode| inode.wrapping_add(2)),
                Ordering::Relaxed,
            );
            found
        }
        1 => None,
        inode => Some(inode - 2),
    }
}

/// A descriptor is something else now.
pub fn replaced(fd: c_int) {
    if let Some(known) = usize::try_from(fd).ok().and_then(|fd| STANDARD.get(fd)) {
        known.store(0, Ordering::Relaxed);
    }
}

fn waiting<R>(here: Here, fd: c_int, events: i16, inode: u64, call: impl FnOnce() -> R) -> R {
    if sys::is_ready(fd, events) || !sys::blocks(fd) {
        return call();
    }
    here.around(WAITS, ObjectKind::Pipe, inode, call)
}

/// A call that takes something out of a channel.
fn receiving(fd: c_int, at_once: bool, call: impl FnOnce() -> isize) -> isize {
    let Some(here) = here() else { return call() };
    let Some(inode) = channel(fd) else {
        return call();
    };
    let result = if at_once {
        call()
    } else {
        waiting(here, fd, POLLIN, inode, call)
    };
    if result > 0 {
        here.emit(Kind::Receive, ObjectKind::Pipe, inode);
    }
    result
}

/// A call that puts something into a channel.
fn sending(fd: c_int, at_once: bool, call: impl FnOnce() -> isize) -> isize {
    let Some(here) = here() else { return call() };
    let Some(inode) = channel(fd) else {
        return call();
    };
    let told = here.emit(Kind::Send, ObjectKind::Pipe, inode);
    let result = if at_once {
        call()
    } else {
        waiting(here, fd, POLLOUT, inode, call)
    };
    if result <= 0 {
        here.ring.take_back(told);
    }
    result
}

/// Records what the calling thread is about to write to descriptor 1 or 2.
pub fn printing(fd: c_int, bytes: &[u8]) {
    if let Some(here) = here() {
        print(here, fd, bytes);
    }
}

fn print(here: Here, fd: c_int, bytes: &[u8]) {
    let form = if fd == 2 { Form::Stderr } else { Form::Stdout };
    let mut rest = bytes;
    while !rest.is_empty() {
        // With its newline: a text without one is the beginning of a line.
        let end = sys::find(b'\n', rest).map_or(rest.len(), |newline| newline + 1);
        let (line, after) = rest.split_at(end);
        let kept = &line[..line.len().min(LONGEST_LINE)];
        let cut: &[u8] = if kept.len() < line.len() {
            "…\n".as_bytes()
        } else {
            b""
        };
        here.ring.print(here.lane, form, &[kept, cut]);
        rest = after;
    }
}

/// A print, and its wait where the pipe is full.
fn printing_call(here: Here, fd: c_int, parts: &[Part], call: impl FnOnce() -> isize) -> isize {
    for part in parts.iter().filter(|part| part.length > 0) {
        // SAFETY: the caller of write(2) or writev(2) promises that it is readable.
        print(here, fd, unsafe {
            core::slice::from_raw_parts(part.base.cast(), part.length)
        });
    }
    match channel(fd) {
        Some(inode) if !fits(parts.iter().map(|part| part.length).sum()) => {
            waiting(here, fd, POLLOUT, inode, call)
        }
        _ => call(),
    }
}

/// Whether so much can be written without looking: a pipe that is ready takes `PIPE_BUF` bytes at least (pipe(7)), and
/// to look before every line would cost half as much as the line. (Another process may fill the same pipe meanwhile; then
/// one wait is not seen.)
fn fits(length: usize) -> bool {
    const PIPE_BUF: usize = 4096;
    static LEFT: AtomicUsize = AtomicUsize::new(0);
    let left = LEFT.load(Ordering::Relaxed);
    let fits = length <= left;
    // Two threads may both have looked: then the pipe is looked at a little too late, or too early.
    let next = if fits {
        left - length
    } else {
        PIPE_BUF.saturating_sub(length)
    };
    LEFT.store(next, Ordering::Relaxed);
    fits
}

/// write(2).
///
/// # Safety
/// As for write(2).
pub unsafe extern "C" fn write(fd: c_int, buffer: *const c_void, length: usize) -> isize {
    let call = || real!(write(fd => c_int, buffer => *const c_void, length => usize) -> isize);
    if !(1..=2).contains(&fd) {
        return sending(fd, false, call);
    }
    match here() {
        Some(here) if !buffer.is_null() => {
            let part = Part {
                base: buffer,
                length,
            };
            printing_call(here, fd, &[part], call)
        }
        _ => call(),
    }
}

/// writev(2).
///
/// # Safety
/// As for writev(2).
pub unsafe extern "C" fn writev(fd: c_int, parts: *const Part, count: c_int) -> isize {
    let call = || real!(writev(fd => c_int, parts => *const Part, count => c_int) -> isize);
    if !(1..=2).contains(&fd) {
        return sending(fd, false, call);
    }
    let sensible = usize::try_from(count)
        .ok()
        .filter(|count| *count <= MOST_PARTS && !parts.is_null());
    match (here(), sensible) {
        (Some(here), Some(count)) => {
            // SAFETY: the caller promises `count` parts.
            let parts = unsafe { core::slice::from_raw_parts(parts, count) };
            printing_call(here, fd, parts, call)
        }
        _ => call(),
    }
}

/// read(2).
///
/// # Safety
/// As for read(2).
pub unsafe extern "C" fn read(fd: c_int, buffer: *mut c_void, length: usize) -> isize {
    receiving(
        fd,
        false,
        || real!(read(fd => c_int, buffer => *mut c_void, length => usize) -> isize),
    )
}

/// readv(2).
///
/// # Safety
/// As for readv(2).
pub unsafe extern "C" fn readv(fd: c_int, parts: *const c_void, count: c_int) -> isize {
    receiving(
        fd,
        false,
        || real!(readv(fd => c_int, parts => *const c_void, count => c_int) -> isize),
    )
}

fn at_once(flags: c_int) -> bool {
    flags & sys::MSG_DONTWAIT != 0
}

/// recv(2).
///
/// # Safety
/// As for recv(2).
pub unsafe extern "C" fn recv(
    fd: c_int,
    buffer: *mut c_void,
    length: usize,
    flags: c_int,
) -> isize {
    receiving(
        fd,
        at_once(flags),
        || real!(recv(fd => c_int, buffer => *mut c_void, length => usize, flags => c_int) -> isize),
    )
}

/// recvfrom(2).
///
/// # Safety
/// As for recvfrom(2).
pub unsafe extern "C" fn recvfrom(
    fd: c_int,
    buffer: *mut c_void,
    length: usize,
    flags: c_int,
    address: *mut c_void,
    address_length: *mut u32,
) -> isize {
    receiving(fd, at_once(flags), || {
        real!(recvfrom(
            fd => c_int, buffer => *mut c_void, length => usize, flags => c_int, address => *mut c_void,
            address_length => *mut u32,
        ) -> isize)
    })
}

/// recvmsg(2).
///
/// # Safety
/// As for recvmsg(2).
pub unsafe extern "C" fn recvmsg(fd: c_int, message: *mut c_void, flags: c_int) -> isize {
    receiving(
        fd,
        at_once(flags),
        || real!(recvmsg(fd => c_int, message => *mut c_void, flags => c_int) -> isize),
    )
}

/// send(2).
///
/// # Safety
/// As for send(2).
pub unsafe extern "C" fn send(
    fd: c_int,
    buffer: *const c_void,
    length: usize,
    flags: c_int,
) -> isize {
    sending(
        fd,
        at_once(flags),
        || real!(send(fd => c_int, buffer => *const c_void, length => usize, flags => c_int) -> isize),
    )
}

/// sendto(2).
///
/// # Safety
/// As for sendto(2).
pub unsafe extern "C" fn sendto(
    fd: c_int,
    buffer: *const c_void,
    length: usize,
    flags: c_int,
    address: *const c_void,
    address_length: u32,
) -> isize {
    sending(fd, at_once(flags), || {
        real!(sendto(
            fd => c_int, buffer => *const c_void, length => usize, flags => c_int, address => *const c_void,
            address_length => u32,
        ) -> isize)
    })
}

/// sendmsg(2).
///
/// # Safety
/// As for sendmsg(2).
pub unsafe extern "C" fn sendmsg(fd: c_int, message: *const c_void, flags: c_int) -> isize {
    sending(
        fd,
        at_once(flags),
        || real!(sendmsg(fd => c_int, message => *const c_void, flags => c_int) -> isize),
    )
}

/// A call that waits for the other side of a connection.
fn connecting(fd: c_int, events: i16, call: impl FnOnce() -> c_int) -> c_int {
    let Some(here) = here() else { return call() };
    match channel(fd) {
        Some(inode) => waiting(here, fd, events, inode, call),
        None => call(),
    }
}

/// accept(2).
///
/// # Safety
/// As for accept(2).
pub unsafe extern "C" fn accept(fd: c_int, address: *mut c_void, length: *mut u32) -> c_int {
    connecting(
        fd,
        POLLIN,
        || real!(accept(fd => c_int, address => *mut c_void, length => *mut u32) -> c_int),
    )
}

/// accept4(2).
///
/// # Safety
/// As for accept4(2).
pub unsafe extern "C" fn accept4(
    fd: c_int,
    address: *mut c_void,
    length: *mut u32,
    flags: c_int,
) -> c_int {
    connecting(
        fd,
        POLLIN,
        || real!(accept4(fd => c_int, address => *mut c_void, length => *mut u32, flags => c_int) -> c_int),
    )
}

/// connect(2). A socket without a partner is ready for everything, so nobody can say before whether the call will
/// wait. The system counts how often a thread has waited: that tells it afterwards, and where it did not, what was
/// recorded is taken back.
///
/// # Safety
/// As for connect(2).
pub unsafe extern "C" fn connect(fd: c_int, address: *const c_void, length: u32) -> c_int {
    let call = || real!(connect(fd => c_int, address => *const c_void, length => u32) -> c_int);
    let Some(here) = here() else { return call() };
    let Some(inode) = channel(fd).filter(|_| sys::blocks(fd)) else {
        return call();
    };
    let before = sys::waits();
    let begun = here.emit(Kind::WaitBegin, ObjectKind::Pipe, inode);
    let result = call();
    if sys::waits() == before {
        here.ring.take_back(begun);
    } else {
        here.emit(Kind::WaitEnd, ObjectKind::Pipe, inode);
    }
    result
}

/// dup2(2).
///
/// # Safety
/// As for dup2(2).
pub unsafe extern "C" fn dup2(old: c_int, new: c_int) -> c_int {
    let result = real!(dup2(old => c_int, new => c_int) -> c_int);
    replaced(new);
    result
}

/// dup3(2).
///
/// # Safety
/// As for dup3(2).
pub unsafe extern "C" fn dup3(old: c_int, new: c_int, flags: c_int) -> c_int {
    let result = real!(dup3(old => c_int, new => c_int, flags => c_int) -> c_int);
    replaced(new);
    result
}

/// close(2).
///
/// # Safety
/// As for close(2).
pub unsafe extern "C" fn close(fd: c_int) -> c_int {
    replaced(fd);
    real!(close(fd => c_int) -> c_int)
}
