//! The heartbeat socket: whatever arrives goes back, so that a client sees we are alive.

use super::Wake;

/// Largest echo, frames and bytes together bounded by it.
const LARGEST_ECHO: i64 = 1024 * 1024;

/// The thread's work; ends when `stop` is raised.
pub fn run(socket: &zmq::Socket, stop: &Wake) {
    if let Err(error) = socket.set_maxmsgsize(LARGEST_ECHO) {
        tracing::warn!(%error, "heartbeats are not bounded");
    }
    loop {
        let mut items = [
            socket.as_poll_item(zmq::POLLIN),
            zmq::PollItem::from_fd(stop.fd(), zmq::POLLIN),
        ];
        match zmq::poll(&mut items, -1) {
            Ok(_) | Err(zmq::Error::EINTR) => {}
            Err(error) => {
                tracing::error!(%error, "the heartbeat stops");
                return;
            }
        }
        if items[1].is_readable() {
            return;
        }
        if let Ok(frames) = socket.recv_multipart(zmq::DONTWAIT)
            && let Err(error) = socket.send_multipart(frames, zmq::DONTWAIT)
        {
            tracing::debug!(%error, "heartbeat not answered");
        }
    }
}
