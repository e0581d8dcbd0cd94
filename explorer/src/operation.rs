//! The vocabulary: what a virtual thread announces before it does it.
//!
//! A thread never touches shared state by itself. It *announces* an [`Operation`], and the search decides when it
//! happens. What an operation does to which object, once the state is known, is a list of [`Touch`]es; two operations
//! can only depend on each other through a touch of the same object (see `dependence`).
use std::panic::Location;

/// A place in the program that is explored.
pub type Place = &'static Location<'static>;

/// Where a library lies that is compiled with the model, and stands in for the one a program names.
const STAND_INS: &str = "explorer/stand-ins/";
/// Where std's sources lie: a function that is handed over (`map(JoinHandle::join)`) is called from there.
const STD: [&str; 2] = ["/rustc/", "/rustlib/src/rust/library/"];

/// Whether that is in a library. Whoever reads an answer has not written it: to him it is nowhere.
pub fn is_in_a_library(file: &str) -> bool {
    file.starts_with(STAND_INS) || file.starts_with('/') && STD.iter().any(|std| file.contains(std))
}

/// The number of a virtual thread in one execution; main is 0.
pub type ThreadIndex = usize;

/// The number of an object in one execution. The first [`MAX_THREADS`] stand for the threads themselves.
pub type ObjectId = u32;

/// As many virtual threads as one execution may have: sets of threads are one machine word.
pub const MAX_THREADS: usize = 64;

/// A step of an execution; [`NO_STEP`] where there is none.
pub type Step = u32;

/// "It did not happen."
pub const NO_STEP: Step = Step::MAX;

/// What a thread will do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Start a thread.
    Spawn,
    /// Start a process.
    Fork,
    /// The thread's closure has returned.
    End,
    /// Wait for the end of a thread.
    Join(ThreadIndex),
    /// Ask whether a thread has ended.
    IsFinished(ThreadIndex),
    /// Take one's own token, or wait for it.
    Park,
    /// The same, but not for ever.
    ParkTimeout,
    /// Give a thread its token.
    Unpark(ThreadIndex),
    /// Acquire a mutex.
    Lock(ObjectId),
    /// Acquire a mutex if it is free.
    TryLock(ObjectId),
    /// Release a mutex, poisoned if the holder panics.
    Unlock {
        /// The mutex.
        mutex: ObjectId,
        /// The holder is panicking.
        poison: bool,
        /// The holder never had the data to change.
        looked: bool,
    },
    /// Read whether a lock is poisoned (or clear it).
    Poisoned {
        /// The mutex or the reader-writer lock.
        lock: ObjectId,
        /// Clear it.
        clear: bool,
    },
    /// Acquire for reading.
    Read(ObjectId),
    /// Acquire for reading if there is no writer.
    TryRead(ObjectId),
    /// Acquire for writing.
    Write(ObjectId),
    /// Acquire for writing if nobody holds it.
    TryWrite(ObjectId),
    /// A reader releases.
    UnlockRead(ObjectId),
    /// The writer releases.
    UnlockWrite {
        /// The lock.
        lock: ObjectId,
        /// The holder is panicking.
        poison: bool,
    },
    /// First half of a wait: release the mutex and join the waiting.
    Wait {
        /// The condition.
        condvar: ObjectId,
        /// The mutex that is released.
        mutex: ObjectId,
        /// The holder never had the data to change.
        looked: bool,
    },
    /// Second half of a wait: be woken and acquire the mutex again.
    Wake {
        /// The condition.
        condvar: ObjectId,
        /// The mutex that is acquired.
        mutex: ObjectId,
        /// It may also wake without being notified: a time-out, or a spurious wake-up.
        timed: bool,
    },
    /// Wake one of the waiting.
    NotifyOne(ObjectId),
    /// Wake all of them.
    NotifyAll(ObjectId),
    /// First half of a barrier's wait.
    Arrive(ObjectId),
    /// Second half: all have arrived.
    Pass {
        /// The barrier.
        barrier: ObjectId,
        /// The round.
        generation: u32,
    },
    /// Ask whether one was the last to arrive.
    AskLeader {
        /// The barrier.
        barrier: ObjectId,
        /// The round.
        generation: u32,
    },
    /// Enter a once: to run it, or to find it done.
    Enter(ObjectId),
    /// The one who ran it is through.
    Finish {
        /// The once.
        once: ObjectId,
        /// It panicked.
        poison: bool,
    },
    /// Ask whether a once is done.
    Peek(ObjectId),
    /// Put a message into a channel.
    Send(ObjectId),
    /// Second half of a rendezvous: wait until the message is taken.
    Taken {
        /// The channel.
        channel: ObjectId,
        /// The message's number.
        message: u32,
    },
    /// Put a message into a channel if there is room.
    TrySend(ObjectId),
    /// Take a message.
    Recv(ObjectId),
    /// Take a message if there is one.
    TryRecv(ObjectId),
    /// Look how many messages are in a channel.
    Count(ObjectId),
    /// One sender less.
    DropSender(ObjectId),
    /// One receiver less.
    DropReceiver(ObjectId),
    /// Write bytes into a pipe, all of them.
    PipeWrite {
        /// The pipe.
        pipe: ObjectId,
        /// How many, no more than it takes.
        bytes: usize,
    },
    /// Read what is in a pipe.
    PipeRead {
        /// The pipe.
        pipe: ObjectId,
        /// How many at most.
        most: usize,
    },
    /// Close an end of a pipe.
    CloseEnd {
        /// The pipe.
        pipe: ObjectId,
        /// The end's number.
        end: u32,
    },
    /// A process ends: what it inherited of a pipe is closed.
    Depart {
        /// The pipe.
        pipe: ObjectId,
    },
    /// Read an atomic.
    Load(ObjectId),
    /// Write an atomic.
    Store(ObjectId),
    /// Read and write an atomic in one.
    Rmw(ObjectId),
    /// Compare and swap.
    Cas {
        /// The atomic.
        atomic: ObjectId,
        /// The value it must have.
        expected: u64,
    },
    /// Go one of so many ways, at least one: nobody knows which.
    Choose(u8),
    /// A print as an operation of its own: only where prints are scheduling points.
    Print,
    /// The end of the process as an operation of its own: only where prints are scheduling points.
    Exit(crate::execution::Ending),
}

/// How the operation went, for the thread that announced it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It happened.
    Done,
    /// It happened, and the lock is poisoned.
    Poisoned,
    /// It did not: the lock is held, the channel is empty or full, the thread still runs.
    Miss,
    /// The other side of the channel is gone.
    Disconnected,
    /// Nobody woke the thread.
    TimedOut,
    /// The thread must run the once.
    Run,
    /// The thread goes this way.
    Way(u8),
    /// The execution is over; only destructors still run.
    Teardown,
}

/// What is done to one object, as precisely as dependence needs it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[repr(u8)]
#[expect(
    missing_docs,
    reason = "the names are explained by the table in `dependence`"
)]
pub enum Kind {
    End,
    FinishedYes,
    FinishedNo,
    Park,
    Unpark,
    Acquire,
    Inspect,
    TryHit,
    TryMiss,
    Release,
    PoisonRead,
    PoisonClear,
    Read,
    TryReadHit,
    TryReadMiss,
    Write,
    TryWriteHit,
    TryWriteMiss,
    ReadRelease,
    WriteRelease,
    Enqueue,
    TimedWake,
    NotifyOne,
    NotifyAll,
    NotifyNobody,
    Arrive,
    AskLeader,
    EnterRun,
    EnterDone,
    Finish,
    PeekYes,
    PeekNo,
    Send,
    SendFailed,
    TrySendHit,
    TrySendFull,
    Recv,
    RecvEnded,
    TryRecvHit,
    TryRecvEmpty,
    TryRecvEnded,
    Count,
    DropSender,
    DropReceiver,
    LeaveEmpty,
    PipeWrite,
    PipeRead,
    PipeClose,
    Load,
    Store,
    Rmw,
}

impl Kind {
    /// How many kinds there are.
    pub const COUNT: usize = Kind::Rmw as usize + 1;
}

/// A kind, the object, and a number that tells equal kinds apart (a barrier's round, a message).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// What.
    pub kind: Kind,
    /// To which object.
    pub object: ObjectId,
    /// Round or message; 0 elsewhere.
    pub detail: u32,
}

/// The touches of one operation: none, one, or (for a condition) two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Touches([Option<Touch>; 2]);

impl Touches {
    /// Depends on nothing.
    pub const NONE: Self = Self([None, None]);

    /// One object.
    pub fn one(kind: Kind, object: ObjectId, detail: u32) -> Self {
        Self([
            Some(Touch {
                kind,
                object,
                detail,
            }),
            None,
        ])
    }

    /// Two objects.
    pub fn two(first: (Kind, ObjectId), second: (Kind, ObjectId)) -> Self {
        let touch = |(kind, object)| {
            Some(Touch {
                kind,
                object,
                detail: 0,
            })
        };
        Self([touch(first), touch(second)])
    }

    /// The same, where an acquisition turned out to begin a section that only looks at the data.
    #[must_use]
    pub fn inspecting(mut self) -> Self {
        for touch in self.0.iter_mut().flatten() {
            if touch.kind == Kind::Acquire {
                touch.kind = Kind::Inspect;
            }
        }
        self
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Touch> + use<'_> {
        self.0.iter().flatten().copied()
    }
}
