//! What an operation would touch, and in how many ways it can go.
use super::{Object, Status, World};
use crate::operation::{Kind, Operation, ThreadIndex, Touches};

/// The touches of a thread's announced operation in this state. For one that cannot happen yet: what it would touch
/// if it could, so that the races behind it are found.
pub fn touches(world: &World, thread: ThreadIndex) -> Touches {
    let slot = &world.threads[thread];
    let one = |kind, id| Touches::one(kind, id, 0);
    match slot.pending {
        Operation::Spawn | Operation::Fork | Operation::Join(_) | Operation::Pass { .. } => {
            Touches::NONE
        }
        Operation::Choose(_) | Operation::Print | Operation::Exit(_) => Touches::NONE,
        Operation::End => one(Kind::End, thread as u32),
        Operation::IsFinished(other) => {
            let ended = world.threads[other].status == Status::Ended;
            one(
                if ended {
                    Kind::FinishedYes
                } else {
                    Kind::FinishedNo
                },
                other as u32,
            )
        }
        Operation::Park | Operation::ParkTimeout => one(Kind::Park, thread as u32),
        Operation::Unpark(other) => one(Kind::Unpark, other as u32),
        Operation::Lock(id) => one(Kind::Acquire, id),
        Operation::TryLock(id) => match world.object(id) {
            Object::Mutex { holder: None, .. } => one(Kind::TryHit, id),
            _ => one(Kind::TryMiss, id),
        },
        Operation::Unlock { mutex, .. } => one(Kind::Release, mutex),
        Operation::Poisoned { lock, clear } => one(
            if clear {
                Kind::PoisonClear
            } else {
                Kind::PoisonRead
            },
            lock,
        ),
        Operation::Read(id) => one(Kind::Read, id),
        Operation::TryRead(id) => match world.object(id) {
            Object::RwLock { writer: None, .. } => one(Kind::TryReadHit, id),
            _ => one(Kind::TryReadMiss, id),
        },
        Operation::Write(id) => one(Kind::Write, id),
        Operation::TryWrite(id) => match world.object(id) {
            Object::RwLock {
                writer: None,
                readers,
                ..
            } if readers.is_empty() => one(Kind::TryWriteHit, id),
            _ => one(Kind::TryWriteMiss, id),
        },
        Operation::UnlockRead(id) => one(Kind::ReadRelease, id),
        Operation::UnlockWrite { lock, .. } => one(Kind::WriteRelease, lock),
        Operation::Wait { condvar, mutex, .. } => {
            Touches::two((Kind::Enqueue, condvar), (Kind::Release, mutex))
        }
        Operation::Wake {
            condvar,
            mutex,
            timed,
        } => {
            if timed || world.liberties.spurious > 0 {
                Touches::two((Kind::TimedWake, condvar), (Kind::Acquire, mutex))
            } else {
                one(Kind::Acquire, mutex)
            }
        }
        Operation::NotifyOne(id) | Operation::NotifyAll(id) => {
            match (slot.pending, world.object(id)) {
                (_, Object::Condvar { waiting: 0, .. }) => one(Kind::NotifyNobody, id),
                (Operation::NotifyOne(_), _) => one(Kind::NotifyOne, id),
                _ => one(Kind::NotifyAll, id),
            }
        }
        Operation::Arrive(id) => match world.object(id) {
            Object::Barrier { rounds, .. } => {
                Touches::one(Kind::Arrive, id, rounds.len() as u32 - 1)
            }
            _ => Touches::NONE,
        },
        Operation::AskLeader {
            barrier,
            generation,
        } => Touches::one(Kind::AskLeader, barrier, generation),
        Operation::Enter(id) => match world.object(id) {
            Object::Once { done: true, .. } => one(Kind::EnterDone, id),
            _ => one(Kind::EnterRun, id),
        },
        Operation::Finish { once, .. } => one(Kind::Finish, once),
        Operation::Peek(id) => match world.object(id) {
            Object::Once { done: true, .. } => one(Kind::PeekYes, id),
            _ => one(Kind::PeekNo, id),
        },
        Operation::PipeWrite { pipe, .. } => one(Kind::PipeWrite, pipe),
        Operation::PipeRead { pipe, .. } => one(Kind::PipeRead, pipe),
        Operation::CloseEnd { pipe, .. } | Operation::Depart { pipe } => one(Kind::PipeClose, pipe),
        Operation::Load(id) => one(Kind::Load, id),
        Operation::Store(id) => one(Kind::Store, id),
        Operation::Rmw(id) => one(Kind::Rmw, id),
        Operation::Cas { atomic, expected } => one(
            if world.atomic(atomic) == expected {
                Kind::Rmw
            } else {
                Kind::Load
            },
            atomic,
        ),
        Operation::Send(id)
        | Operation::TrySend(id)
        | Operation::Recv(id)
        | Operation::TryRecv(id)
        | Operation::Count(id)
        | Operation::DropSender(id)
        | Operation::DropReceiver(id)
        | Operation::Taken { channel: id, .. } => channel_touches(world, slot.pending, id),
    }
}

fn channel_touches(world: &World, operation: Operation, id: u32) -> Touches {
    let Object::Channel {
        capacity,
        senders,
        receivers,
        sent,
        received,
        ..
    } = world.object(id)
    else {
        return Touches::NONE;
    };
    let next_in = sent.len() as u32;
    let next_out = received.len() as u32;
    let waiting = sent.len() > received.len();
    let (kind, detail) = match operation {
        Operation::Send(_) if *receivers == 0 => (Kind::SendFailed, 0),
        Operation::Send(_) => (Kind::Send, next_in),
        Operation::TrySend(_) if *receivers == 0 => (Kind::SendFailed, 0),
        Operation::TrySend(_)
            if capacity.is_some_and(|room| sent.len() - received.len() >= room) =>
        {
            (Kind::TrySendFull, 0)
        }
        Operation::TrySend(_) => (Kind::TrySendHit, next_in),
        Operation::Recv(_) if waiting || *senders > 0 => (Kind::Recv, next_out),
        Operation::TryRecv(_) if waiting => (Kind::TryRecvHit, next_out),
        Operation::TryRecv(_) if *senders > 0 => (Kind::TryRecvEmpty, 0),
        Operation::Recv(_) => (Kind::RecvEnded, 0),
        Operation::TryRecv(_) => (Kind::TryRecvEnded, 0),
        Operation::DropSender(_) => (Kind::DropSender, 0),
        Operation::Count(_) => (Kind::Count, 0),
        // With messages, who goes last matters: they end with it.
        Operation::DropReceiver(_) if waiting => (Kind::DropReceiver, 0),
        Operation::DropReceiver(_) => (Kind::LeaveEmpty, 0),
        Operation::Taken { message, .. } if received.len() > message as usize => {
            return Touches::NONE;
        }
        _ => (Kind::SendFailed, 0),
    };
    Touches::one(kind, id, detail)
}

/// How many ways the operation can go: which of the waiting is woken, who leads, what is chosen.
pub fn choices(world: &World, thread: ThreadIndex) -> u8 {
    match world.threads[thread].pending {
        Operation::NotifyOne(id) => match world.object(id) {
            Object::Condvar { waiting, .. } => waiting.count_ones().max(1) as u8,
            _ => 1,
        },
        Operation::AskLeader {
            barrier,
            generation,
        } => match world.object(barrier) {
            Object::Barrier { size, rounds } => {
                let round = &rounds[generation as usize];
                if round.led || round.asked + 1 == *size {
                    1
                } else {
                    2
                }
            }
            _ => 1,
        },
        Operation::Choose(ways) => ways.max(1),
        _ => 1,
    }
}
