//! What is said between the grader and the first process of a box.
//!
//! Packets of JSON on a socket of their own; the program under judgement has no descriptor of it.

use nix::cmsg_space;
use nix::sys::socket::{
    ControlMessage, ControlMessageOwned, MsgFlags, RecvMsg, UnixAddr, UnixCredentials, recvmsg,
    sendmsg,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::cell::RefCell;
use std::io::{self, IoSlice, IoSliceMut};
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

/// The largest packet. What may be longer travels in a file of memory, as what an order brings.
pub const PACKET: usize = 128 * 1024;
/// The most descriptors one packet brings.
const DESCRIPTORS: usize = 4;

/// What a box is asked to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Order {
    /// Says once what every program of this box is held by.
    Prepare(Restraints),
    /// Starts a program; brings stdout, stderr, and as announced the channel and the program itself.
    Start(Start),
    /// Copies what the descriptor that is brought holds into a new file, which every program of the box may read.
    Put(String),
    /// Ends every process in the box but the first.
    Kill,
    /// Copies a file of the box into the descriptor that is brought.
    Fetch(String),
}

/// What every program of a box is held by.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Restraints {
    /// Becomes this user and group.
    pub uid: Option<u32>,
    /// What may be read and executed, where Landlock is used.
    pub readable: Vec<String>,
    /// What may be written, too.
    pub writable: Vec<String>,
    /// Whether Landlock is used.
    pub landlock: bool,
    /// Filters of system calls, each instruction as a number.
    pub filters: Vec<Vec<u64>>,
    /// Limits of the system for each process: resource, value.
    pub limits: Vec<(u32, u64)>,
    /// The folder whose filling is watched, with the most bytes and files.
    pub watched: Option<(String, u64, u64)>,
}

/// A program to start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where it is; the last descriptor that was brought, if nothing is said.
    pub program: Option<String>,
    /// Its arguments, the name first.
    pub arguments: Vec<String>,
    /// Its environment.
    pub environment: Vec<(String, String)>,
    /// The folder it runs in.
    pub folder: String,
    /// Whether a channel is brought, for descriptor 3.
    pub channel: bool,
}

/// What a box reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Report {
    /// The first process is ready.
    Ready {
        /// How far Landlock holds here.
        landlock: bool,
    },
    /// The program runs.
    Started,
    /// It could not be started.
    Refused {
        /// Which step failed, and why.
        what: String,
    },
    /// The program ended.
    Ended(Ended),
    /// Every other process is gone.
    Killed,
    /// The file was written.
    Written {
        /// Why not.
        error: Option<String>,
    },
    /// The file was copied.
    Fetched {
        /// Its size; nothing where it could not be read.
        bytes: Option<u64>,
    },
    /// The watched folder is full.
    Full,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Its exit code.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// Processor time of it and of the children it waited for, in microseconds.
    pub cpu_us: u64,
    /// The most memory one of these had, in KiB.
    pub peak_kb: u64,
}

/// A packet with what it brought.
pub struct Packet {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Descriptors.
    pub descriptors: Vec<OwnedFd>,
    /// The process that sent it, where the system was asked to say.
    pub sender: Option<i32>,
}

impl Packet {
    /// Reads its JSON.
    pub fn parse<T: DeserializeOwned>(&self) -> io::Result<T> {
        serde_json::from_slice(&self.bytes).map_err(io::Error::other)
    }
}

/// Sends a packet.
pub fn send<T: Serialize>(socket: BorrowedFd<'_>, what: &T, bring: &[RawFd]) -> io::Result<()> {
    let bytes = serde_json::to_vec(what).map_err(io::Error::other)?;
    send_bytes(socket, &bytes, bring)
}

/// Sends bytes as one packet; refuses what the other side has no room for.
pub fn send_bytes(socket: BorrowedFd<'_>, bytes: &[u8], bring: &[RawFd]) -> io::Result<()> {
    if bytes.len() > PACKET {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("a packet of {} bytes; {PACKET} fit", bytes.len()),
        ));
    }
    let rights = [ControlMessage::ScmRights(bring)];
    let rights = if bring.is_empty() { &[] } else { &rights[..] };
    loop {
        match sendmsg::<UnixAddr>(
            socket.as_raw_fd(),
            &[IoSlice::new(bytes)],
            rights,
            MsgFlags::MSG_NOSIGNAL,
            None,
        ) {
            Ok(_) => return Ok(()),
            Err(nix::Error::EINTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Receives a packet; nothing at the end. `WouldBlock` where none is there and `wait` is off, `InvalidData` where it
/// was longer than any packet.
pub fn receive(socket: BorrowedFd<'_>, wait: bool) -> io::Result<Option<Packet>> {
    thread_local! {
        // Made once: most packets are small, and there are many.
        static ROOM: RefCell<Vec<u8>> = RefCell::new(vec![0; PACKET]);
    }
    ROOM.with_borrow_mut(|room| receive_into(socket, wait, room))
}

fn receive_into(
    socket: BorrowedFd<'_>,
    wait: bool,
    bytes: &mut [u8],
) -> io::Result<Option<Packet>> {
    let mut space = cmsg_space!([RawFd; DESCRIPTORS], UnixCredentials);
    let mut flags = MsgFlags::MSG_CMSG_CLOEXEC;
    if !wait {
        flags |= MsgFlags::MSG_DONTWAIT;
    }
    let (length, is_cut, descriptors, sender) = loop {
        let mut parts = [IoSliceMut::new(bytes)];
        let received: Result<RecvMsg<'_, '_, UnixAddr>, _> =
            recvmsg(socket.as_raw_fd(), &mut parts, Some(&mut space), flags);
        let received = match received {
            Err(nix::Error::EINTR) => continue,
            other => other?,
        };
        let (mut descriptors, mut sender) = (Vec::new(), None);
        for message in received.cmsgs()? {
            match message {
                ControlMessageOwned::ScmRights(brought) => {
                    descriptors.extend(brought.into_iter().map(|descriptor| {
                        // SAFETY: the system has just made this descriptor for us.
                        unsafe { OwnedFd::from_raw_fd(descriptor) }
                    }));
                }
                ControlMessageOwned::ScmCredentials(who) => sender = Some(who.pid()),
                _ => {}
            }
        }
        let is_cut = received.flags.contains(MsgFlags::MSG_TRUNC);
        break (received.bytes, is_cut, descriptors, sender);
    };
    if is_cut {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("a packet of more than {PACKET} bytes"),
        ));
    }
    if length == 0 {
        return Ok(None);
    }
    Ok(Some(Packet {
        bytes: bytes[..length].to_vec(),
        descriptors,
        sender,
    }))
}
