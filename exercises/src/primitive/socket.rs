//! Sockets of this machine: streams between processes, and waiting for several of them.
//!
//! Only what the managers ([`process::Manager`](crate::process::Manager),
//! [`process::RemoteServer`](crate::process::RemoteServer)) need: a stream is a Unix socket without
//! a file (an abstract address: gone with its listener, however that ends) or TCP on any address.

use super::process::{has_ended, pidfd_open};
use super::time::Duration;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr as UnixAddr, UnixListener, UnixStream};

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// A name in the abstract space of Unix sockets.
    Unix(Vec<u8>),
    /// Over the network.
    Tcp(SocketAddr),
}

/// Accepts connections; never blocks.
#[derive(Debug)]
pub(crate) enum Listener {
    Unix(UnixListener),
    Tcp(TcpListener),
}

impl Listener {
    pub fn bind(address: &Address) -> io::Result<Listener> {
        match address {
            Address::Unix(name) => {
                let listener = UnixListener::bind_addr(&UnixAddr::from_abstract_name(name)?)?;
                listener.set_nonblocking(true)?;
                Ok(Listener::Unix(listener))
            }
            Address::Tcp(address) => {
                let listener = TcpListener::bind(address)?;
                listener.set_nonblocking(true)?;
                Ok(Listener::Tcp(listener))
            }
        }
    }

    /// The address of a TCP listener, with the port that the system chose.
    pub fn tcp_address(&self) -> io::Result<SocketAddr> {
        match self {
            Listener::Unix(_) => Err(io::ErrorKind::Unsupported.into()),
            Listener::Tcp(listener) => listener.local_addr(),
        }
    }

    /// The next connection, if one waits. It does not block either.
    pub fn accept(&self) -> io::Result<Stream> {
        let stream = match self {
            Listener::Unix(listener) => Stream::Unix(listener.accept()?.0),
            Listener::Tcp(listener) => Stream::of_tcp(listener.accept()?.0)?,
        };
        match &stream {
            Stream::Unix(stream) => stream.set_nonblocking(true)?,
            Stream::Tcp(stream) => stream.set_nonblocking(true)?,
        }
        Ok(stream)
    }
}

impl AsFd for Listener {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Listener::Unix(listener) => listener.as_fd(),
            Listener::Tcp(listener) => listener.as_fd(),
        }
    }
}

/// A connection.
#[derive(Debug)]
pub(crate) enum Stream {
    Unix(UnixStream),
    Tcp(TcpStream),
}

impl Stream {
    /// Connects; reading and writing block for at most so long at a time.
    pub fn connect(address: &Address, patience: Duration) -> io::Result<Stream> {
        let stream = match address {
            Address::Unix(name) => Stream::Unix(UnixStream::connect_addr(
                &UnixAddr::from_abstract_name(name)?,
            )?),
            Address::Tcp(address) => Stream::of_tcp(TcpStream::connect_timeout(
                address,
                Duration::from_secs(10),
            )?)?,
        };
        let patience = Some(patience);
        match &stream {
            Stream::Unix(stream) => {
                stream.set_read_timeout(patience)?;
                stream.set_write_timeout(patience)?;
            }
            Stream::Tcp(stream) => {
                stream.set_read_timeout(patience)?;
                stream.set_write_timeout(patience)?;
            }
        }
        Ok(stream)
    }

    /// Reads what is there; [`io::ErrorKind::WouldBlock`] if nothing is.
    pub fn read_there(&self, buffer: &mut [u8]) -> io::Result<usize> {
        // SAFETY: the kernel writes at most so many bytes into a slice that is alive.
        let count = unsafe {
            libc::recv(
                std::os::fd::AsRawFd::as_raw_fd(&self.as_fd()),
                buffer.as_mut_ptr().cast(),
                buffer.len(),
                libc::MSG_DONTWAIT,
            )
        };
        usize::try_from(count).map_err(|_| io::Error::last_os_error())
    }

    fn of_tcp(stream: TcpStream) -> io::Result<Stream> {
        // Small messages that are answered at once: nothing to be gained by collecting them.
        stream.set_nodelay(true)?;
        Ok(Stream::Tcp(stream))
    }
}

impl AsFd for Stream {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Stream::Unix(stream) => stream.as_fd(),
            Stream::Tcp(stream) => stream.as_fd(),
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Unix(stream) => stream.read(buffer),
            Stream::Tcp(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Not `write`: to a closed stream that would end the process (SIGPIPE) where somebody set
        // the default action again.
        loop {
            // SAFETY: the kernel reads so many bytes from a slice that is alive.
            let sent = unsafe {
                libc::send(
                    std::os::fd::AsRawFd::as_raw_fd(&self.as_fd()),
                    bytes.as_ptr().cast(),
                    bytes.len(),
                    libc::MSG_NOSIGNAL,
                )
            };
            if let Ok(sent) = usize::try_from(sent) {
                return Ok(sent);
            }
            let error = io::Error::last_os_error();
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Another process, watched.
#[derive(Debug)]
pub(crate) struct Watch {
    descriptor: OwnedFd,
}

impl Watch {
    /// An error if it has gone already.
    pub fn of(pid: i32) -> io::Result<Watch> {
        let descriptor = pidfd_open(pid)?;
        Ok(Watch { descriptor })
    }

    pub fn has_ended(&self) -> bool {
        has_ended(&self.descriptor)
    }
}

impl AsFd for Watch {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.descriptor.as_fd()
    }
}

/// What to wait for.
pub(crate) struct Wish<'a> {
    pub descriptor: BorrowedFd<'a>,
    pub read: bool,
    pub write: bool,
}

/// Waits until one of the wishes has come true (or its descriptor has ended), at most so long (real
/// time); which ones.
pub(crate) fn wait_for(wishes: &[Wish<'_>], limit: Option<Duration>) -> io::Result<Vec<bool>> {
    let mut polled: Vec<PollFd<'_>> = wishes
        .iter()
        .map(|wish| {
            let mut flags = PollFlags::empty();
            flags.set(PollFlags::POLLIN, wish.read);
            flags.set(PollFlags::POLLOUT, wish.write);
            PollFd::new(wish.descriptor, flags)
        })
        .collect();
    let timeout = match limit {
        None => PollTimeout::NONE,
        // Rounded up, or the last millisecond would be a busy loop.
        Some(limit) => {
            let millis = limit.as_nanos().div_ceil(1_000_000).min(3_600_000) as i32;
            PollTimeout::try_from(millis).unwrap_or(PollTimeout::MAX)
        }
    };
    match poll(&mut polled, timeout) {
        Ok(_) | Err(Errno::EINTR) => Ok(polled
            .iter()
            .map(|polled| polled.revents().is_some_and(|flags| !flags.is_empty()))
            .collect()),
        Err(error) => Err(error.into()),
    }
}

/// Random bytes nobody can guess.
pub(crate) fn secret<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    let mut filled = 0;
    while filled < N {
        // SAFETY: the kernel writes at most as many bytes as the rest of the array has.
        let count = unsafe { libc::getrandom(bytes[filled..].as_mut_ptr().cast(), N - filled, 0) };
        match usize::try_from(count) {
            Ok(count) => filled += count,
            Err(_) => {
                let error = io::Error::last_os_error();
                if error.kind() != io::ErrorKind::Interrupted {
                    return Err(error);
                }
            }
        }
    }
    Ok(bytes)
}
