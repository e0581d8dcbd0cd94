//! Lines of text over TCP between green tasks of this machine.
//!
//! Waiting for a line, a connection or room to send gives way to the other tasks. Everything here
//! stays on 127.0.0.1: exercises talk to themselves, not to the world. Python's counterparts are
//! `asyncio.start_server` and `open_connection`, and Twisted's `LineReceiver`.
//!
//! ```
//! use exercises::green::{self, net::{Connection, Listener}};
//!
//! let answer = green::run(async {
//!     let listener = Listener::bind()?;
//!     let port = listener.port();
//!     let server = green::spawn("server", async move {
//!         let mut client = listener.accept().await?;
//!         while let Some(line) = client.receive().await? {
//!             client.send(&line.to_uppercase()).await?;
//!         }
//!         Ok::<(), std::io::Error>(())
//!     });
//!     let mut client = Connection::open(port).await?;
//!     client.send("hello").await?;
//!     let answer = client.receive().await?;
//!     drop(client);
//!     server.await.unwrap()?;
//!     Ok::<_, std::io::Error>(answer)
//! }).unwrap()?;
//! assert_eq!(answer.as_deref(), Some("HELLO"));
//! # Ok::<(), std::io::Error>(())
//! ```

use crate::primitive::reactor::{
    self, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, TcpListener, TcpStream,
};
use crate::primitive::settings::shake;
use std::io;
use std::net::Ipv4Addr;

pub use crate::primitive::net::Port;

/// The longest line; a longer one is an error, so that nobody fills the memory from outside.
pub const LONGEST_LINE: u64 = 64 * 1024;

/// Waits for connections on a port of this machine that the system chooses.
#[derive(Debug)]
pub struct Listener {
    inner: TcpListener,
    port: u16,
}

impl Listener {
    /// Opens a free port on 127.0.0.1. Inside of [`run`](super::run).
    pub fn bind() -> io::Result<Listener> {
        Listener::on(Port::open()?)
    }

    /// Listens on a port that was opened before. Inside of [`run`](super::run).
    pub fn on(port: Port) -> io::Result<Listener> {
        let number = port.number();
        Ok(Listener {
            inner: reactor::listen(port)?,
            port: number,
        })
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Waits for the next connection.
    pub async fn accept(&self) -> io::Result<Connection> {
        shake();
        let (stream, _) = self.inner.accept().await?;
        Ok(Connection::over(stream))
    }
}

/// A connection that carries lines both ways. Closed when it is dropped.
#[derive(Debug)]
pub struct Connection {
    inner: BufReader<TcpStream>,
}

impl Connection {
    fn over(stream: TcpStream) -> Connection {
        // Lines are short, and the other side waits for each of them.
        let _ = stream.set_nodelay(true);
        Connection {
            inner: BufReader::new(stream),
        }
    }

    /// Connects to a port of this machine.
    pub async fn open(port: u16) -> io::Result<Connection> {
        shake();
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
        Ok(Connection::over(stream))
    }

    /// Sends a line. A line break inside it would be two lines, and is an error.
    pub async fn send(&mut self, line: &str) -> io::Result<()> {
        if line.contains('\n') {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a line must not contain a line break",
            ));
        }
        shake();
        self.inner.write_all(format!("{line}\n").as_bytes()).await
    }

    /// Waits for a line; none when the other side has closed the connection. Given up in the
    /// middle of a line (by a [`timeout`](super::timeout)), what came of it is lost.
    pub async fn receive(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        let read = (&mut self.inner)
            .take(LONGEST_LINE)
            .read_line(&mut line)
            .await?;
        shake();
        if read == 0 {
            return Ok(None);
        }
        if line.pop() != Some('\n') {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a line is too long, or the connection broke in the middle of it",
            ));
        }
        Ok(Some(line))
    }

    /// Says that no more lines will be sent, and waits until the other side has closed the
    /// connection too. Lines that still arrive are thrown away.
    pub async fn close(mut self) -> io::Result<()> {
        self.inner.shutdown().await?;
        while self.receive().await?.is_some() {}
        Ok(())
    }

    /// The port of this end: the other end's [`peer_port`](Connection::peer_port).
    pub fn own_port(&self) -> io::Result<u16> {
        Ok(self.inner.get_ref().local_addr()?.port())
    }

    /// The port of the other end.
    pub fn peer_port(&self) -> io::Result<u16> {
        Ok(self.inner.get_ref().peer_addr()?.port())
    }
}
