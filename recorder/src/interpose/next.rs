//! The definitions behind ours.

use crate::sys;
use core::ffi::{c_char, c_void};
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

/// A function of libc: its name with NUL, and where it is.
pub(crate) struct Next {
    name: &'static str,
    known: AtomicPtr<c_void>,
}

/// Of functions with two versions dlsym(3) may give the old one; this is the new one's.
const NEWER_VERSION: &core::ffi::CStr = c"GLIBC_2.3.2";

impl Next {
    const fn new(name: &'static str) -> Next {
        Next {
            name,
            known: AtomicPtr::new(ptr::null_mut()),
        }
    }

    /// The address; null where libc has no such function.
    #[inline]
    pub(crate) fn find(&self) -> *mut c_void {
        let known = self.known.load(Ordering::Relaxed);
        if known.is_null() {
            self.look_up()
        } else {
            known
        }
    }

    #[cold]
    fn look_up(&self) -> *mut c_void {
        let name = self.name.as_ptr().cast::<c_char>();
        let mut found = ptr::null_mut();
        // SAFETY: names and version end with NUL; RTLD_NEXT searches behind this object.
        unsafe {
            if self.name.starts_with("pthread_cond_") {
                found = sys::dlvsym(sys::RTLD_NEXT, name, NEWER_VERSION.as_ptr());
            }
            if found.is_null() {
                found = sys::dlsym(sys::RTLD_NEXT, name);
            }
        }
        self.known.store(found, Ordering::Relaxed);
        found
    }

    /// The address of a function that must be there.
    #[inline]
    pub(crate) fn must(&self) -> *mut c_void {
        let found = self.find();
        if found.is_null() {
            // SAFETY: libc without one of its functions: nothing sensible can follow.
            unsafe { sys::abort() };
        }
        found
    }
}

macro_rules! nexts {
    ($($name:ident),+ $(,)?) => {
        $(
            #[allow(non_upper_case_globals, reason = "the function's own name")]
            pub(crate) static $name: Next = Next::new(concat!(stringify!($name), "\0"));
        )+

        /// Looks all of them up.
        pub(crate) fn resolve_all() {
            $($name.find();)+
        }
    };
}

nexts! {
    _exit, accept, accept4, clock_nanosleep, clone, close, connect, dup2, dup3, epoll_pwait, epoll_wait, execv,
    execve, execvp, execvpe, fexecve, fork, kill, nanosleep, poll, posix_spawn, posix_spawnp, ppoll, prctl,
    pthread_barrier_wait, pthread_cond_broadcast, pthread_cond_clockwait, pthread_cond_signal, pthread_cond_timedwait,
    pthread_cond_wait, pthread_create, pthread_join, pthread_kill, pthread_mutex_lock, pthread_mutex_trylock,
    pthread_rwlock_rdlock, pthread_rwlock_tryrdlock, pthread_rwlock_trywrlock, pthread_rwlock_wrlock,
    pthread_setname_np, raise, read, readv, recv, recvfrom, recvmsg, select, sem_clockwait, sem_post, sem_timedwait,
    sem_trywait, sem_wait, send, sendmsg, sendto, sleep, usleep, wait4, waitid, write, writev,
}

/// Calls the function of this name behind ours.
macro_rules! real {
    ($name:ident($($argument:expr => $type:ty),* $(,)?) -> $result:ty) => {{
        let real = $crate::interpose::next::$name.must();
        // SAFETY: the symbol of that name has this type in libc.
        let real: unsafe extern "C" fn($($type),*) -> $result = unsafe { core::mem::transmute(real) };
        // SAFETY: the caller's own arguments, under the caller's own contract.
        unsafe { real($($argument),*) }
    }};
}
pub(crate) use real;
