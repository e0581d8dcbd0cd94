//! Wakes a thread that waits in `poll`.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
use std::sync::Arc;

use nix::errno::Errno;
use nix::sys::eventfd::{EfdFlags, EventFd};

/// A flag another thread can poll. Clones are the same flag.
#[derive(Clone)]
pub struct Wake(Arc<EventFd>);

impl Wake {
    /// A flag that is down.
    pub fn new() -> std::io::Result<Wake> {
        let flags = EfdFlags::EFD_CLOEXEC | EfdFlags::EFD_NONBLOCK;
        Ok(Wake(Arc::new(EventFd::from_flags(flags)?)))
    }

    /// Raises the flag.
    pub fn wake(&self) {
        match self.0.write(1) {
            // Full means raised.
            Ok(_) | Err(Errno::EAGAIN) => {}
            Err(error) => tracing::error!(%error, "cannot wake a socket thread"),
        }
    }

    /// Takes the flag down. To be called before looking at what it announces.
    pub fn clear(&self) {
        let _already_down = self.0.read();
    }

    /// For `poll`.
    pub fn fd(&self) -> RawFd {
        self.0.as_fd().as_raw_fd()
    }
}

impl AsFd for Wake {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
