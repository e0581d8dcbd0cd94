//! What shell, control and stdin have in common: a ROUTER socket that takes requests from many
//! clients and sends each answer to the one it belongs to.

use super::Outbox;
use crate::session::{Frames, Message, Session};

/// Requests taken before answers get their turn.
const REQUESTS_AT_ONCE: usize = 64;

/// What a router's thread does with what arrives.
pub(super) trait Handler {
    /// The socket is about to be read.
    fn begin(&mut self) {}
    /// A checked message.
    fn receive(&mut self, message: Message);
    /// Whether more can be taken now. Whoever makes room wakes the thread by the outbox' flag.
    fn has_room(&self) -> bool {
        true
    }
    /// Everything the socket held has been received (or there is no room).
    fn drained(&mut self) {}
    /// An answer could not be sent. A client that has gone, or reads none of its answers, loses
    /// them; nobody waits for it.
    fn undelivered(&mut self, error: zmq::Error) {
        tracing::warn!(%error, "answer dropped");
    }
}

/// Runs the socket until its outbox is finished.
pub(super) fn run(
    name: &'static str,
    socket: &zmq::Socket,
    session: &Session,
    outbox: &Outbox,
    handler: &mut dyn Handler,
) {
    while !outbox.is_finished() {
        let room = handler.has_room();
        let interest = if room {
            zmq::POLLIN
        } else {
            zmq::PollEvents::empty()
        };
        let mut items = [
            socket.as_poll_item(interest),
            zmq::PollItem::from_fd(outbox.wake().fd(), zmq::POLLIN),
        ];
        if let Err(error) = zmq::poll(&mut items, -1)
            && error != zmq::Error::EINTR
        {
            tracing::error!(socket = name, %error, "cannot wait for messages");
            return;
        }
        outbox.wake().clear();
        while let Some(message) = outbox.pop() {
            if let Err(error) = socket.send_multipart(message, zmq::DONTWAIT) {
                handler.undelivered(error);
            }
        }
        handler.begin();
        for taken in 0.. {
            if taken == REQUESTS_AT_ONCE {
                // More may be waiting: come back at once, after the answers.
                outbox.wake().wake();
                break;
            }
            if !handler.has_room() {
                handler.drained();
                break;
            }
            match socket.recv_multipart(zmq::DONTWAIT) {
                Ok(frames) => receive(name, session, frames, handler),
                Err(zmq::Error::EAGAIN) => {
                    handler.drained();
                    break;
                }
                Err(zmq::Error::EINTR) => {}
                Err(error) => {
                    tracing::error!(socket = name, %error, "cannot receive");
                    return;
                }
            }
        }
    }
}

fn receive(name: &str, session: &Session, frames: Frames, handler: &mut dyn Handler) {
    match session.unpack(frames) {
        Ok(message) => handler.receive(message),
        Err(error) => tracing::warn!(socket = name, %error, "message dropped"),
    }
}
