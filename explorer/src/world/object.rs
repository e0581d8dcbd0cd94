//! The objects threads share, as far as scheduling needs to know them: never the data they protect.
use super::process::{End, Inherited};
use crate::operation::{NO_STEP, Place, Step, ThreadIndex};

/// A shared object.
#[derive(Debug, Clone)]
pub enum Object {
    /// A mutex.
    Mutex {
        /// Who holds it.
        holder: Option<ThreadIndex>,
        /// Where it was acquired.
        acquired: Option<Place>,
        /// A holder panicked.
        poisoned: bool,
        /// The last release by a section that may have changed the data.
        released: Step,
        /// The releases since then by sections that only looked.
        looked: Vec<Step>,
        /// Whoever has the data to look at cannot change it.
        frozen: bool,
        /// Changes when an answer to a poll may change.
        version: u64,
    },
    /// A reader-writer lock.
    RwLock {
        /// Readers that hold it, one entry an acquisition.
        readers: Vec<ThreadIndex>,
        /// The writer that holds it.
        writer: Option<ThreadIndex>,
        /// Where it was acquired last.
        acquired: Option<Place>,
        /// A writer panicked.
        poisoned: bool,
        /// The last writer's release.
        write_released: Step,
        /// The readers' releases since then.
        read_released: Vec<Step>,
        /// Changes when an answer to a poll may change.
        version: u64,
    },
    /// A condition.
    Condvar {
        /// Who waits and is not notified yet.
        waiting: u64,
        /// Somebody notified nobody.
        lost: Option<Place>,
    },
    /// A barrier.
    Barrier {
        /// How many it takes.
        size: usize,
        /// The arrivals of each round, as steps.
        rounds: Vec<Round>,
    },
    /// A once.
    Once {
        /// Who runs it.
        runner: Option<ThreadIndex>,
        /// It is done.
        done: bool,
        /// It panicked, and is to be run again.
        poisoned: bool,
        /// The step that finished it.
        finished: Step,
        /// Changes when it is done.
        version: u64,
    },
    /// A channel; the messages themselves are elsewhere.
    Channel {
        /// How many messages it holds; `None` for no bound, 0 for a rendezvous.
        capacity: Option<usize>,
        /// Senders alive.
        senders: u32,
        /// Receivers alive.
        receivers: u32,
        /// The sends, in order.
        sent: Vec<Step>,
        /// The receives, in order.
        received: Vec<Step>,
        /// The senders that went.
        drops: Vec<Step>,
        /// Changes when an answer to a poll may change.
        version: u64,
    },
    /// A pipe; the bytes themselves are elsewhere.
    Pipe {
        /// How many bytes it takes.
        capacity: usize,
        /// How many are in it.
        filled: usize,
        /// The ends somebody has as a value.
        ends: Vec<End>,
        /// Copies of ends that processes have since they were forked.
        inherited: Vec<Inherited>,
        /// How many ends were made.
        made: u32,
        /// A child has a copy of every end its parent has.
        inherits: bool,
    },
    /// An atomic.
    Atomic {
        /// Its value, as bits.
        value: u64,
        /// To set it twice is to set it.
        flag: bool,
        /// Plain memory: who reads what another wrote is not ordered after that.
        plain: bool,
        /// Changes when it is written.
        version: u64,
    },
}

/// A round of a barrier.
#[derive(Debug, Clone, Default)]
pub struct Round {
    /// The steps of the arrivals.
    pub arrivals: Vec<Step>,
    /// How many asked whether they lead.
    pub asked: usize,
    /// One of them was told so.
    pub led: bool,
}

/// What an atomic operation wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtomicWrite {
    /// Before.
    pub before: u64,
    /// After.
    pub after: u64,
}

impl Object {
    /// A free mutex. `frozen`: whoever has the data to look at cannot change it.
    pub fn mutex(frozen: bool) -> Self {
        Self::Mutex {
            holder: None,
            acquired: None,
            poisoned: false,
            released: NO_STEP,
            looked: Vec::new(),
            frozen,
            version: 0,
        }
    }

    /// A free reader-writer lock.
    pub fn rwlock() -> Self {
        Self::RwLock {
            readers: Vec::new(),
            writer: None,
            acquired: None,
            poisoned: false,
            write_released: NO_STEP,
            read_released: Vec::new(),
            version: 0,
        }
    }

    /// A condition nobody waits for.
    pub fn condvar() -> Self {
        Self::Condvar {
            waiting: 0,
            lost: None,
        }
    }

    /// A barrier nobody has reached.
    pub fn barrier(size: usize) -> Self {
        Self::Barrier {
            size: size.max(1),
            rounds: vec![Round::default()],
        }
    }

    /// A once that has not run.
    pub fn once() -> Self {
        Self::Once {
            runner: None,
            done: false,
            poisoned: false,
            finished: NO_STEP,
            version: 0,
        }
    }

    /// An empty channel with one sender and one receiver.
    pub fn channel(capacity: Option<usize>) -> Self {
        Self::Channel {
            capacity,
            senders: 1,
            receivers: 1,
            sent: Vec::new(),
            received: Vec::new(),
            drops: Vec::new(),
            version: 0,
        }
    }

    /// An empty pipe without ends. `inherits`: a child has a copy of every end its parent has.
    pub fn pipe(capacity: usize, inherits: bool) -> Self {
        Self::Pipe {
            capacity,
            filled: 0,
            ends: Vec::new(),
            inherited: Vec::new(),
            made: 0,
            inherits,
        }
    }

    /// An atomic with this value.
    pub fn atomic(value: u64) -> Self {
        Self::Atomic {
            value,
            flag: false,
            plain: false,
            version: 0,
        }
    }

    /// Plain memory; instead of its value, how often it was written.
    pub fn plain() -> Self {
        Self::Atomic {
            value: 0,
            flag: false,
            plain: true,
            version: 0,
        }
    }

    /// An atomic that is true or false.
    pub fn flag(value: bool) -> Self {
        Self::Atomic {
            value: value.into(),
            flag: true,
            plain: false,
            version: 0,
        }
    }

    /// Did a holder panic?
    pub fn poisoned(&self) -> bool {
        matches!(
            self,
            Self::Mutex { poisoned: true, .. } | Self::RwLock { poisoned: true, .. }
        )
    }

    /// A number that changes when an answer to a poll may change.
    pub fn version(&self) -> u64 {
        match self {
            Self::Mutex { version, .. }
            | Self::RwLock { version, .. }
            | Self::Once { version, .. }
            | Self::Channel { version, .. }
            | Self::Atomic { version, .. } => *version,
            Self::Condvar { .. } | Self::Barrier { .. } | Self::Pipe { .. } => 0,
        }
    }
}
