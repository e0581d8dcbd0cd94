//! Channels.
use super::super::{Object, World};
use crate::operation::{Operation, Reply};

impl World {
    pub(in crate::world) fn perform_channel(&mut self, operation: Operation, step: u32) -> Reply {
        let (Operation::Send(id)
        | Operation::TrySend(id)
        | Operation::Recv(id)
        | Operation::TryRecv(id)
        | Operation::Count(id)
        | Operation::DropSender(id)
        | Operation::DropReceiver(id)
        | Operation::Taken { channel: id, .. }) = operation
        else {
            return Reply::Done;
        };
        let index = Self::index(id);
        let Object::Channel {
            capacity,
            senders,
            receivers,
            sent,
            received,
            drops,
            version,
        } = &mut self.objects[index]
        else {
            return Reply::Done;
        };
        let reply = match operation {
            Operation::Send(_) | Operation::TrySend(_) if *receivers == 0 => Reply::Disconnected,
            Operation::TrySend(_)
                if capacity.is_some_and(|room| sent.len() - received.len() >= room) =>
            {
                self.tried_rendezvous |= *capacity == Some(0);
                Reply::Miss
            }
            Operation::Send(_) | Operation::TrySend(_) => {
                // Room was made by the receive of the message that lay here before.
                if let Some(room) = capacity.filter(|&room| room > 0)
                    && let Some(before) = sent.len().checked_sub(room)
                {
                    self.causes.allowed_by(received[before]);
                }
                sent.push(step);
                Reply::Done
            }
            Operation::Taken { message, .. } => match received.get(message as usize) {
                Some(&taken) => {
                    self.causes.hard.push(taken);
                    return Reply::Done;
                }
                None => return Reply::Disconnected,
            },
            Operation::Recv(_) | Operation::TryRecv(_) if sent.len() > received.len() => {
                self.causes.allowed_by(sent[received.len()]);
                received.push(step);
                Reply::Done
            }
            Operation::TryRecv(_) if *senders > 0 => return Reply::Miss,
            // No hard causes, not even of a receiver that waits: had it come before another one, it had found a message,
            // and then nobody had to go first.
            Operation::Recv(_) | Operation::TryRecv(_) => {
                self.causes.soft.extend(drops.iter());
                return Reply::Disconnected;
            }
            Operation::Count(_) => return Reply::Done,
            Operation::DropSender(_) => {
                *senders -= 1;
                drops.push(step);
                Reply::Done
            }
            Operation::DropReceiver(_) => {
                *receivers -= 1;
                Reply::Done
            }
            _ => Reply::Done,
        };
        *version += 1;
        reply
    }
}
