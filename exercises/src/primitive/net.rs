//! Blocking calls over TCP to this machine: what a program does that knows nothing of green tasks.

use super::identity::Identity;
use super::settings::shake;
use recorder::{Kind, ObjectKind};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

/// A free port of this machine, open for connections but not yet waiting for them.
#[derive(Debug)]
pub struct Port {
    listener: TcpListener,
    number: u16,
}

impl Port {
    /// Opens a port that the system chooses.
    pub fn open() -> io::Result<Port> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let number = listener.local_addr()?.port();
        Ok(Port { listener, number })
    }

    /// Its number.
    pub fn number(&self) -> u16 {
        self.number
    }

    pub(super) fn into_listener(self) -> TcpListener {
        self.listener
    }
}

/// Connects to a port of this machine, sends a line and waits for one. Blocks the calling thread;
/// none if the other side closed the connection without a line.
pub fn request(port: u16, line: &str) -> io::Result<Option<String>> {
    shake();
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.write_all(format!("{line}\n").as_bytes())?;
    let connection = Identity::new(ObjectKind::Pipe);
    let mut answer = String::new();
    connection.emit(Kind::WaitBegin);
    let read = BufReader::new(stream).read_line(&mut answer);
    connection.emit(Kind::WaitEnd);
    shake();
    Ok((read? > 0).then(|| answer.trim_end_matches('\n').to_owned()))
}
