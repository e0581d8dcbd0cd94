//! The iopub socket: everything the kernel broadcasts.
//!
//! A client that reads slowly slows the kernel down instead of losing lines: messages wait in
//! ZeroMQ (a bounded number for each client), then in the [`Outbox`], and then whoever prints
//! waits. A client that has stopped reading altogether must not stop everybody else: when
//! nothing has moved for [`PATIENCE`], and printers or other clients are waiting, it loses
//! messages, the others do not. A client that is alone may come back to its messages any time,
//! as one does that waits for the reply first.
//!
//! | state | a message is | left when |
//! |---|---|---|
//! | flowing | sent to every subscriber | one subscriber has no room |
//! | blocked | kept, tried again every few milliseconds | it could be sent, or `PATIENCE` is over and somebody waits |
//! | lossy | sent to those who have room; ZeroMQ then leaves the full one out until it reads | at once |

use std::time::{Duration, Instant};

use super::Outbox;
use crate::session::{Frames, Parent, Session};
use crate::wire::welcome::IopubWelcome;

/// How long a client that reads nothing may keep printers waiting.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the last messages may take at the end of the kernel.
const LAST_PATIENCE: Duration = Duration::from_millis(300);
/// How often a blocked message is tried again.
const RETRY_MS: i64 = 2;
/// Messages sent before subscriptions get their turn.
const MESSAGES_AT_ONCE: usize = 256;
/// Topics are short words; a longer one gets no welcome.
const LONGEST_TOPIC: usize = 256;

/// Chooses whether a message waits for every subscriber (`EAGAIN`) or skips those without room.
pub(super) fn set_lossless(socket: &mut zmq::Socket, lossless: bool) -> Result<(), zmq::Error> {
    set_flag(socket, zmq_sys::ZMQ_XPUB_NODROP, lossless)
}

/// Tells us of every subscription and of every end of one, not only of the first and the last to
/// each topic: the second client wants its welcome too, and we want to know how many there are.
pub(super) fn set_verbose(socket: &mut zmq::Socket) -> Result<(), zmq::Error> {
    set_flag(socket, zmq_sys::ZMQ_XPUB_VERBOSER, true)
}

fn set_flag(socket: &mut zmq::Socket, option: u32, value: bool) -> Result<(), zmq::Error> {
    let option = i32::try_from(option).map_err(|_| zmq::Error::EINVAL)?;
    let value = i32::from(value);
    // SAFETY: the binding has no names for these options. The socket is open and ours alone while
    // it is borrowed; the option's value is an int of this size, copied before the call returns.
    let result = unsafe {
        zmq_sys::zmq_setsockopt(
            socket.as_mut_ptr(),
            option,
            std::ptr::from_ref(&value).cast(),
            size_of::<i32>(),
        )
    };
    if result == 0 {
        Ok(())
    } else {
        Err(zmq::Error::from_raw(nix::errno::Errno::last_raw()))
    }
}

/// The thread's work; ends with its outbox.
pub fn run(socket: &mut zmq::Socket, session: &Session, outbox: &Outbox) {
    let mut iopub = Iopub {
        blocked: None,
        moved: Instant::now(),
        lost: 0,
        subscriptions: 0,
    };
    loop {
        let timeout = if iopub.blocked.is_some() {
            RETRY_MS
        } else {
            -1
        };
        let mut items = [
            socket.as_poll_item(zmq::POLLIN),
            zmq::PollItem::from_fd(outbox.wake().fd(), zmq::POLLIN),
        ];
        if let Err(error) = zmq::poll(&mut items, timeout)
            && error != zmq::Error::EINTR
        {
            tracing::error!(%error, "iopub stops");
            return;
        }
        outbox.wake().clear();
        iopub.greet(socket, session);
        iopub.send_queued(socket, outbox);
        if outbox.is_closed()
            && (iopub.blocked.is_none() && outbox.is_finished()
                || iopub.moved.elapsed() > LAST_PATIENCE && iopub.blocked.is_some())
        {
            return;
        }
    }
}

struct Iopub {
    blocked: Option<Frames>,
    moved: Instant,
    lost: u64,
    /// How many there are, over all clients.
    subscriptions: i64,
}

impl Iopub {
    fn send_queued(&mut self, socket: &mut zmq::Socket, outbox: &Outbox) {
        for _ in 0..MESSAGES_AT_ONCE {
            let Some(message) = self.blocked.take().or_else(|| outbox.pop()) else {
                return;
            };
            match send(socket, message) {
                Sent::Yes => {
                    self.moved = Instant::now();
                    if self.lost > 0 {
                        tracing::warn!(lost = self.lost, "a client reads again");
                        self.lost = 0;
                    }
                }
                Sent::NoRoom(message) => {
                    let somebody_waits = self.subscriptions > 1 || outbox.is_full();
                    if self.moved.elapsed() > PATIENCE && somebody_waits {
                        if self.lost == 0 {
                            tracing::warn!("a client has stopped reading; it loses messages");
                        }
                        self.lost += 1;
                        send_to_those_with_room(socket, message);
                    } else {
                        self.blocked = Some(message);
                        return;
                    }
                }
            }
        }
        // More is waiting; subscriptions first.
        outbox.wake().wake();
    }

    /// Welcomes those who have subscribed since the last time.
    fn greet(&mut self, socket: &mut zmq::Socket, session: &Session) {
        while let Ok(frames) = socket.recv_multipart(zmq::DONTWAIT) {
            match frames.first().and_then(|event| event.split_first()) {
                Some((1, topic)) => {
                    self.subscriptions += 1;
                    welcome(socket, session, topic);
                }
                Some((0, _)) => self.subscriptions -= 1,
                // Subscribers can send anything upstream.
                _ => tracing::debug!("a subscriber talks"),
            }
        }
    }
}

enum Sent {
    Yes,
    NoRoom(Frames),
}

/// ZeroMQ decides about room with the first frame of a message; the others follow it.
fn send(socket: &zmq::Socket, message: Frames) -> Sent {
    let Some(first) = message.first() else {
        return Sent::Yes;
    };
    match socket.send(first.clone(), zmq::DONTWAIT | zmq::SNDMORE) {
        Ok(()) => {}
        Err(zmq::Error::EAGAIN) => return Sent::NoRoom(message),
        Err(error) => {
            tracing::error!(%error, "broadcast dropped");
            return Sent::Yes;
        }
    }
    if let Err(error) = socket.send_multipart(message.into_iter().skip(1), zmq::DONTWAIT) {
        tracing::error!(%error, "broadcast cut off");
    }
    Sent::Yes
}

fn send_to_those_with_room(socket: &mut zmq::Socket, message: Frames) {
    let sent = set_lossless(socket, false).map(|()| send(socket, message));
    if let Err(error) = sent.and_then(|_| set_lossless(socket, true)) {
        tracing::error!(%error, "cannot change what happens to slow clients");
    }
}

fn welcome(socket: &mut zmq::Socket, session: &Session, topic: &[u8]) {
    let Ok(subscription) = std::str::from_utf8(topic) else {
        return;
    };
    if topic.len() > LONGEST_TOPIC {
        return;
    }
    // The topic brings it to those who subscribed to it, and to nobody else.
    let message = session.pack(
        &[topic.to_vec()],
        &Parent::none(),
        &serde_json::Map::new(),
        &IopubWelcome { subscription },
    );
    match message {
        Ok(message) => send_to_those_with_room(socket, message),
        Err(error) => tracing::error!(%error, "no welcome"),
    }
}
