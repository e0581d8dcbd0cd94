//! The control socket: requests that must not wait for the running cell.

use super::Outbox;
use super::router::{self, Handler};
use crate::session::{Message, Session};

/// Where control requests go.
pub trait Receiver {
    /// A checked message; to be answered at once.
    fn control_request(&self, message: Message);
}

struct Control<'a, R>(&'a R);

impl<R: Receiver> Handler for Control<'_, R> {
    fn receive(&mut self, message: Message) {
        self.0.control_request(message);
    }
}

/// The thread's work; ends with its outbox.
pub fn run<R: Receiver>(socket: &zmq::Socket, session: &Session, outbox: &Outbox, receiver: &R) {
    router::run("control", socket, session, outbox, &mut Control(receiver));
}
