//! Which operations on the same object depend on each other: the one table the reduction rests on.
//!
//! Two operations *commute* if in every state where both can happen, either order is possible and leads to the same
//! state with the same replies. **What is not written here conflicts**; a missing line costs time, a wrong line costs
//! the proof. `tests/differential.rs` takes lines of conflicts away and checks that the fuzzer notices.
//!
//! Lines are read "earlier, later". Some pairs are never next to each other (a mutex is not acquired while it is
//! held): there the earlier *enables* the later, the state keeps that edge (see `World::execute`), and the table lets
//! them pass, so that the race behind them (the acquisition before) is found.
use crate::operation::{Kind, Touch};

/// What may be said about a pair on the same object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The order matters.
    Conflict,
    /// It does not.
    Commute,
    /// It matters only within the same round, or for the same message.
    ConflictIfSame,
    /// It matters only between different rounds.
    ConflictIfOther,
}

use Kind::*;
use Relation::*;

/// Earlier kinds, later kinds, and what holds for each pair of them.
type Rule = (&'static [Kind], &'static [Kind], Relation);

/// The table. Grouped by object; everything else conflicts.
const RULES: &[Rule] = &[
    // Threads: asking twice is reading; a token given twice is given once.
    (
        &[FinishedYes, FinishedNo],
        &[FinishedYes, FinishedNo],
        Commute,
    ),
    (&[Unpark], &[Unpark], Commute),
    // Mutex. A release enables an acquisition (never both at once); a try that fails is a read.
    // Sections that only look at the data are like readers who never meet: what orders them against the ones that
    // change it is kept by the state.
    (&[Release], &[Acquire, Inspect, Release], Commute),
    (&[Inspect], &[Inspect, Release], Commute),
    (
        &[TryMiss],
        &[TryMiss, Acquire, Inspect, TryHit, PoisonRead],
        Commute,
    ),
    (
        &[PoisonRead],
        &[PoisonRead, TryMiss, Acquire, Inspect, TryHit],
        Commute,
    ),
    (&[PoisonRead, PoisonClear], &[ReadRelease], Commute),
    (&[ReadRelease], &[PoisonRead, PoisonClear], Commute),
    // Reader-writer lock: readers do not see each other.
    (
        &[Read, TryReadHit],
        &[Read, TryReadHit, ReadRelease],
        Commute,
    ),
    (
        &[ReadRelease],
        &[Read, TryReadHit, ReadRelease, Write, TryReadMiss],
        Commute,
    ),
    (&[WriteRelease], &[Read, Write], Commute),
    (
        &[TryReadMiss, TryWriteMiss],
        &[TryReadMiss, TryWriteMiss],
        Commute,
    ),
    (&[TryReadMiss], &[ReadRelease], Commute),
    // Condition: the waiting are a set, and any of them may be woken.
    (&[Enqueue], &[Enqueue, TimedWake], Commute),
    (&[TimedWake], &[Enqueue, TimedWake], Commute),
    (&[NotifyNobody], &[NotifyNobody], Commute),
    // Barrier: arrivals of one round are alike.
    (&[Arrive], &[Arrive], ConflictIfOther),
    (&[AskLeader], &[AskLeader], ConflictIfSame),
    (&[Arrive], &[AskLeader], Commute),
    (&[AskLeader], &[Arrive], Commute),
    // Once: whoever finds it done reads. Finishing enables those who wait for it.
    (&[EnterDone, PeekYes], &[EnterDone, PeekYes], Commute),
    (&[Finish], &[EnterDone], Commute),
    (&[PeekNo], &[PeekNo, EnterRun], Commute),
    (&[EnterRun], &[PeekNo], Commute),
    // Channel. A blocking receive is enabled by the send of its own message, and takes another place of the queue
    // than a send that is possible at the same time; so also a blocking send and the receive that makes room.
    (&[Send], &[Recv], Commute),
    (&[Recv], &[Send], Commute),
    (&[Send, TrySendHit], &[TryRecvHit], ConflictIfSame),
    (&[TryRecvHit], &[Send], Commute),
    (&[TrySendHit], &[Recv], Commute),
    (&[TryRecvEmpty], &[TryRecvEmpty, Recv], Commute),
    (&[TrySendFull], &[TrySendFull], Commute),
    (
        &[TryRecvEnded, RecvEnded],
        &[TryRecvEnded, RecvEnded],
        Commute,
    ),
    // Whoever waits finds the end only when every sender has gone: those who still had one came first. What matters is
    // who took the messages.
    (
        &[Send, TrySendHit, TrySendFull, TryRecvEmpty, DropSender],
        &[RecvEnded],
        Commute,
    ),
    (&[SendFailed], &[SendFailed], Commute),
    // Counting is reading. A receiver that goes takes nothing from the others, and nobody can tell who went first.
    (
        &[Count],
        &[Count, TrySendFull, TryRecvEmpty, TryRecvEnded, RecvEnded],
        Commute,
    ),
    (
        &[TrySendFull, TryRecvEmpty, TryRecvEnded, RecvEnded],
        &[Count],
        Commute,
    ),
    (&[Count], &[DropSender], Commute),
    (&[DropSender], &[Count], Commute),
    (
        &[LeaveEmpty],
        &[
            LeaveEmpty,
            TryRecvEmpty,
            TryRecvEnded,
            RecvEnded,
            DropSender,
        ],
        Commute,
    ),
    (
        &[TryRecvEmpty, TryRecvEnded, RecvEnded, DropSender],
        &[LeaveEmpty],
        Commute,
    ),
    (
        &[DropSender],
        &[
            DropSender,
            Send,
            TrySendHit,
            TrySendFull,
            SendFailed,
            Recv,
            TryRecvHit,
            TryRecvEmpty,
        ],
        Commute,
    ),
    (
        &[Send, TrySendHit, TrySendFull, SendFailed, Recv, TryRecvHit],
        &[DropSender],
        Commute,
    ),
    // Atomics.
    (&[Load], &[Load], Commute),
];

/// The table, spread out for speed.
#[derive(Debug, Clone)]
pub struct Dependence {
    cells: Box<[[Relation; Kind::COUNT]; Kind::COUNT]>,
}

impl Default for Dependence {
    fn default() -> Self {
        let mut cells = Box::new([[Conflict; Kind::COUNT]; Kind::COUNT]);
        for (earlier, later, relation) in RULES {
            for &first in *earlier {
                for &second in *later {
                    cells[first as usize][second as usize] = *relation;
                }
            }
        }
        Self { cells }
    }
}

impl Dependence {
    /// Does the order of these two touches matter?
    #[inline]
    pub fn conflict(&self, earlier: Touch, later: Touch) -> bool {
        earlier.object == later.object
            && match self.cells[earlier.kind as usize][later.kind as usize] {
                Conflict => true,
                Commute => false,
                ConflictIfSame => earlier.detail == later.detail,
                ConflictIfOther => earlier.detail != later.detail,
            }
    }

    /// The entry of a pair.
    pub fn relation(&self, earlier: Kind, later: Kind) -> Relation {
        self.cells[earlier as usize][later as usize]
    }

    /// A **wrong** table, for the test that shows that the fuzzer sees it.
    #[must_use]
    pub fn with_mistake(mut self, one: Kind, other: Kind, relation: Relation) -> Self {
        self.cells[one as usize][other as usize] = relation;
        self.cells[other as usize][one as usize] = relation;
        self
    }
}
