//! The shell socket: requests in order. This thread only checks and queues them; what is urgent
//! or needs no language is answered by the receiver at once.

use super::Outbox;
use super::router::{self, Handler};
use crate::session::{Message, Session};

/// Where shell requests go.
pub trait Receiver {
    /// A checked message.
    fn shell_request(&self, message: Message);
    /// Whether the queue can take more.
    fn has_room(&self) -> bool;
    /// How many times somebody has asked for everything that has arrived to be queued.
    fn drain_requests(&self) -> u64;
    /// Everything that had arrived when `drain_requests` gave this number is queued.
    fn drained(&self, request: u64);
}

struct Shell<'a, R> {
    receiver: &'a R,
    asked: u64,
}

impl<R: Receiver> Handler for Shell<'_, R> {
    fn begin(&mut self) {
        self.asked = self.receiver.drain_requests();
    }

    fn receive(&mut self, message: Message) {
        self.receiver.shell_request(message);
    }

    fn has_room(&self) -> bool {
        self.receiver.has_room()
    }

    fn drained(&mut self) {
        self.receiver.drained(self.asked);
    }
}

/// The thread's work; ends with its outbox.
pub fn run<R: Receiver>(socket: &zmq::Socket, session: &Session, outbox: &Outbox, receiver: &R) {
    let mut shell = Shell { receiver, asked: 0 };
    router::run("shell", socket, session, outbox, &mut shell);
}
