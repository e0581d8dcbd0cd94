//! What supervisor and worker say to each other.
//!
//! A socket that keeps the limits of messages (`SOCK_SEQPACKET`, unix(7)). The supervisor passes evcxr's orders on as
//! they are; the worker answers with [`Message`]s. A worker that dies in the middle of anything has either sent a
//! message or not: there are no halves.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};

use nix::errno::Errno;
use nix::sys::socket::{AddressFamily, MsgFlags, SockFlag, SockType, recv, send, socketpair};
use serde::{Deserialize, Serialize};

/// No message is longer: paths of shared objects and names of threads.
const LONGEST: usize = 64 << 10;
/// So many messages are looked at before something else gets its turn.
const MOST_AT_ONCE: usize = 1024;
/// So many names of threads are passed on; whoever has more gets the idea.
pub(super) const MOST_NAMES: usize = 64;

/// A sleeping copy of the worker, as the supervisor needs to know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sleeper {
    /// Its process.
    pub(super) pid: i32,
    /// Names of the threads that a roll-back to it loses; empty = a thread without a name.
    pub(super) threads: Vec<String>,
}

/// What a worker says.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Message {
    /// A line of evcxr's protocol that is not the end of the cell.
    Mark(String),
    /// From now on this is the state to go back to.
    Snapshot(Option<Sleeper>),
    /// The cell has ended well, and this is the state to go back to from now on. One message, so that variables and
    /// what evcxr knows about them change together.
    Done(Option<Sleeper>),
}

/// One end of the socket.
pub(super) struct Control(OwnedFd);

impl Control {
    /// A new pair of ends.
    pub(super) fn pair() -> io::Result<(Control, Control)> {
        let (one, other) = socketpair(
            AddressFamily::Unix,
            SockType::SeqPacket,
            None,
            SockFlag::SOCK_CLOEXEC,
        )?;
        Ok((Control(one), Control(other)))
    }

    /// An inherited end.
    pub(super) fn inherited(end: OwnedFd) -> Control {
        Control(end)
    }

    /// Sends an order of evcxr to the worker.
    pub(super) fn order(&self, line: &str) -> io::Result<()> {
        self.send(line.as_bytes())
    }

    /// The next order; `None` when the supervisor is gone.
    pub(super) fn next_order(&self) -> io::Result<Option<String>> {
        Ok(self
            .receive(MsgFlags::empty())?
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Sends a message to the supervisor.
    pub(super) fn say(&self, message: &Message) -> io::Result<()> {
        self.send(&serde_json::to_vec(message)?)
    }

    /// A message of the worker that has arrived. What is none is passed over: the end is open in the worker, and a
    /// cell that writes to every descriptor it finds must not cost the variables.
    pub(super) fn arrived(&self) -> io::Result<Option<Message>> {
        for _ in 0..MOST_AT_ONCE {
            match self.receive(MsgFlags::MSG_DONTWAIT) {
                Ok(Some(bytes)) => {
                    if let Ok(message) = serde_json::from_slice(&bytes) {
                        return Ok(Some(message));
                    }
                }
                Ok(None) => return Ok(None),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    fn send(&self, bytes: &[u8]) -> io::Result<()> {
        loop {
            match send(self.0.as_raw_fd(), bytes, MsgFlags::MSG_NOSIGNAL) {
                Ok(_) => return Ok(()),
                Err(Errno::EINTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn receive(&self, flags: MsgFlags) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = vec![0; LONGEST];
        loop {
            match recv(self.0.as_raw_fd(), &mut bytes, flags) {
                Ok(0) => return Ok(None),
                Ok(length) => {
                    bytes.truncate(length);
                    return Ok(Some(bytes));
                }
                Err(Errno::EINTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl AsFd for Control {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl AsRawFd for Control {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Anything may come from a worker; what is a message is found among it. The seeds are kept.
    #[test]
    fn messages_are_found_among_anything_else() {
        for seed in [1, 2, 3, 0x5eed, u64::MAX] {
            let (supervisor, worker) = Control::pair().unwrap();
            let mut random = fastrand::Rng::with_seed(seed);
            for turn in 0..300 {
                let good = Message::Mark(format!("{turn}"));
                let mut bytes = serde_json::to_vec(&good).unwrap();
                match random.u8(..5) {
                    0 => bytes.truncate(random.usize(1..bytes.len())),
                    1 => {
                        let place = random.usize(..bytes.len());
                        bytes[place] = random.u8(..);
                    }
                    2 => {
                        bytes = std::iter::repeat_with(|| random.u8(..))
                            .take(4000)
                            .collect()
                    }
                    3 => bytes = b"[".repeat(LONGEST - 1),
                    _ => bytes = b"{\"Snapshot\":{\"pid\":1e99,\"threads\":7}}".to_vec(),
                }
                worker.send(&bytes).unwrap();
                worker.say(&good).unwrap();
                let heard = std::iter::from_fn(|| supervisor.arrived().unwrap());
                assert_eq!(heard.last(), Some(good), "seed {seed}, turn {turn}");
            }
        }
    }

    #[test]
    fn messages_arrive_whole_and_in_order() {
        let (supervisor, worker) = Control::pair().unwrap();
        let sleeper = Sleeper {
            pid: 7,
            threads: vec!["ticker".to_owned(), String::new()],
        };
        worker.say(&Message::Mark("A".to_owned())).unwrap();
        worker.say(&Message::Done(Some(sleeper.clone()))).unwrap();
        assert_eq!(
            supervisor.arrived().unwrap(),
            Some(Message::Mark("A".to_owned()))
        );
        assert_eq!(
            supervisor.arrived().unwrap(),
            Some(Message::Done(Some(sleeper)))
        );
        assert_eq!(supervisor.arrived().unwrap(), None);
        supervisor.order("LOAD_AND_RUN a b").unwrap();
        drop(supervisor);
        assert_eq!(
            worker.next_order().unwrap().as_deref(),
            Some("LOAD_AND_RUN a b")
        );
        assert_eq!(worker.next_order().unwrap(), None);
    }
}
