//! The names under which the functions of this module are found: one list, for both who export them.

/// Defines C functions that call ours of the same name.
#[doc(hidden)]
#[macro_export]
macro_rules! export {
    ($($family:ident { $(fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+ })+) => {
        $($(
            /// The C function of this name: see `recorder::interpose`.
            ///
            /// # Safety
            /// As for the function of libc.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $name($($argument: $type),*) -> $result {
                // SAFETY: by our own contract.
                unsafe { $crate::interpose::$family::$name($($argument),*) }
            }
        )+)+
    };
}

/// What every recorded process exports.
#[doc(hidden)]
#[macro_export]
macro_rules! export_to_all {
    () => {
        mod exported_to_all {
            use core::ffi::{c_char, c_int, c_long, c_uint, c_ulong, c_void};
            $crate::export! {
                sleeps {
                    fn nanosleep(wanted: *const $crate::interpose::exports::Timespec, left: *mut $crate::interpose::exports::Timespec) -> c_int;
                    fn clock_nanosleep(clock: c_int, flags: c_int, wanted: *const $crate::interpose::exports::Timespec, left: *mut $crate::interpose::exports::Timespec) -> c_int;
                    fn usleep(microseconds: c_uint) -> c_int;
                    fn sleep(seconds: c_uint) -> c_uint;
                }
                futexes {
                    fn syscall(number: c_long, a: c_long, b: c_long, c: c_long, d: c_long, e: c_long, f: c_long) -> c_long;
                }
                signals {
                    fn kill(pid: c_int, signal: c_int) -> c_int;
                    fn pthread_kill(thread: usize, signal: c_int) -> c_int;
                    fn raise(signal: c_int) -> c_int;
                }
                threads {
                    fn pthread_setname_np(thread: usize, name: *const c_char) -> c_int;
                    fn prctl(option: c_int, a: c_ulong, b: c_ulong, c: c_ulong, d: c_ulong) -> c_int;
                }
                channels {
                    fn readv(fd: c_int, parts: *const c_void, count: c_int) -> isize;
                    fn recv(fd: c_int, buffer: *mut c_void, length: usize, flags: c_int) -> isize;
                    fn recvfrom(fd: c_int, buffer: *mut c_void, length: usize, flags: c_int, address: *mut c_void, address_length: *mut u32) -> isize;
                    fn recvmsg(fd: c_int, message: *mut c_void, flags: c_int) -> isize;
                    fn send(fd: c_int, buffer: *const c_void, length: usize, flags: c_int) -> isize;
                    fn sendto(fd: c_int, buffer: *const c_void, length: usize, flags: c_int, address: *const c_void, address_length: u32) -> isize;
                    fn sendmsg(fd: c_int, message: *const c_void, flags: c_int) -> isize;
                    fn connect(fd: c_int, address: *const c_void, length: u32) -> c_int;
                    fn accept(fd: c_int, address: *mut c_void, length: *mut u32) -> c_int;
                    fn accept4(fd: c_int, address: *mut c_void, length: *mut u32, flags: c_int) -> c_int;
                }
                readiness {
                    fn poll(polled: *mut $crate::interpose::exports::Polled, count: c_ulong, timeout: c_int) -> c_int;
                    fn ppoll(polled: *mut $crate::interpose::exports::Polled, count: c_ulong, timeout: *const $crate::interpose::exports::Timespec, mask: *const c_void) -> c_int;
                    fn select(count: c_int, reading: *mut c_void, writing: *mut c_void, troubled: *mut c_void, timeout: *mut c_void) -> c_int;
                    fn epoll_wait(fd: c_int, events: *mut c_void, most: c_int, timeout: c_int) -> c_int;
                    fn epoll_pwait(fd: c_int, events: *mut c_void, most: c_int, timeout: c_int, mask: *const c_void) -> c_int;
                }
                programs {
                    fn posix_spawn(pid: *mut c_int, path: *const c_char, actions: *const c_void, attributes: *const c_void, words: *const *mut c_char, environment: *const *mut c_char) -> c_int;
                    fn posix_spawnp(pid: *mut c_int, path: *const c_char, actions: *const c_void, attributes: *const c_void, words: *const *mut c_char, environment: *const *mut c_char) -> c_int;
                    fn execve(path: *const c_char, words: *const *const c_char, environment: *const *const c_char) -> c_int;
                    fn execv(path: *const c_char, words: *const *const c_char) -> c_int;
                    fn execvp(file: *const c_char, words: *const *const c_char) -> c_int;
                    fn execvpe(file: *const c_char, words: *const *const c_char, environment: *const *const c_char) -> c_int;
                    fn fexecve(fd: c_int, words: *const *const c_char, environment: *const *const c_char) -> c_int;
                    fn execveat(folder: c_int, path: *const c_char, words: *const *const c_char, environment: *const *const c_char, flags: c_int) -> c_int;
                }
                processes {
                    fn fork() -> c_int;
                    fn clone(entry: $crate::interpose::exports::Entry, stack: *mut c_void, flags: c_int, argument: *mut c_void, parent_tid: *mut c_int, storage: *mut c_void, child_tid: *mut c_int) -> c_int;
                    fn _exit(code: c_int) -> !;
                }
            }
        }
    };
}

/// What the library for preloading exports beside that: the worker of a notebook defines some of these
/// itself, and needs no others.
#[doc(hidden)]
#[macro_export]
macro_rules! export_to_programs {
    () => {
        mod exported_to_programs {
            use core::ffi::{c_int, c_void};
            $crate::export! {
                channels {
                    fn write(fd: c_int, buffer: *const c_void, length: usize) -> isize;
                    fn writev(fd: c_int, parts: *const $crate::interpose::exports::Part, count: c_int) -> isize;
                    fn read(fd: c_int, buffer: *mut c_void, length: usize) -> isize;
                    fn dup2(old: c_int, new: c_int) -> c_int;
                    fn dup3(old: c_int, new: c_int, flags: c_int) -> c_int;
                    fn close(fd: c_int) -> c_int;
                }
                threads {
                    fn pthread_create(thread: *mut usize, attributes: *const c_void, start: unsafe extern "C-unwind" fn(*mut c_void) -> *mut c_void, argument: *mut c_void) -> c_int;
                    fn pthread_join(thread: usize, result: *mut *mut c_void) -> c_int;
                }
                processes {
                    fn wait(status: *mut c_int) -> c_int;
                    fn wait3(status: *mut c_int, options: c_int, usage: *mut c_void) -> c_int;
                    fn waitpid(pid: c_int, status: *mut c_int, options: c_int) -> c_int;
                    fn wait4(pid: c_int, status: *mut c_int, options: c_int, usage: *mut c_void) -> c_int;
                    fn waitid(kind: u32, id: u32, info: *mut c_void, options: c_int) -> c_int;
                }
                locks {
                    fn pthread_mutex_lock(lock: *mut c_void) -> c_int;
                    fn pthread_rwlock_rdlock(lock: *mut c_void) -> c_int;
                    fn pthread_rwlock_wrlock(lock: *mut c_void) -> c_int;
                    fn sem_wait(semaphore: *mut c_void) -> c_int;
                    fn sem_timedwait(semaphore: *mut c_void, until: *const $crate::interpose::exports::Timespec) -> c_int;
                    fn sem_clockwait(semaphore: *mut c_void, clock: c_int, until: *const $crate::interpose::exports::Timespec) -> c_int;
                    fn sem_post(semaphore: *mut c_void) -> c_int;
                    fn pthread_cond_wait(condition: *mut c_void, lock: *mut c_void) -> c_int;
                    fn pthread_cond_timedwait(condition: *mut c_void, lock: *mut c_void, until: *const $crate::interpose::exports::Timespec) -> c_int;
                    fn pthread_cond_clockwait(condition: *mut c_void, lock: *mut c_void, clock: c_int, until: *const $crate::interpose::exports::Timespec) -> c_int;
                    fn pthread_cond_signal(condition: *mut c_void) -> c_int;
                    fn pthread_cond_broadcast(condition: *mut c_void) -> c_int;
                    fn pthread_barrier_wait(barrier: *mut c_void) -> c_int;
                }
            }
        }
    };
}

pub use super::processes::Entry;
pub use crate::sys::{Part, Polled, Timespec};
