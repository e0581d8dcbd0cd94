//! What a lesson can come to that the model does not have: names, which the catalogue of messages has words for.

macro_rules! lacks {
    ($($(#[doc = $told:literal])+ $name:ident = $id:literal,)+) => {
        /// Something that the model does not have.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Lack {
            $($(#[doc = $told])+ $name,)+
        }

        impl Lack {
            /// All of them.
            pub const ALL: &'static [Lack] = &[$(Lack::$name,)+];

            /// Its name, the same in all versions: the words for it are under `contract-lacks-` and this name.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    $(Lack::$name => $id,)+
                }
            }
        }
    };
}

lacks! {
    /// More threads than lanes can be numbered.
    TooManyThreads = "too-many-threads",
    /// A process that nobody waits for.
    NobodyWaits = "nobody-waits",
    /// A daemon process that goes on to the end.
    Daemon = "daemon",
    /// `Process::terminate` by a thread that is not its process's first.
    TerminatedByThread = "terminated-by-thread",
    /// What processes share, when one of them was killed.
    SharedWithKilled = "shared-with-killed",
    /// `Process::terminate` of a process with threads or children.
    TerminatedWithOthers = "terminated-with-others",
    /// `Process::terminate`, where only some orders come to it.
    TerminatedInSomeOrders = "terminated-in-some-orders",
    /// `Process::terminate` of a process that is forgotten.
    TerminatedForgotten = "terminated-forgotten",
    /// `Process::terminate` of a process that somebody is already waiting for.
    TerminatedAwaited = "terminated-awaited",
    /// A child that starts a process that borrows, beside a queue.
    BorrowerBesideQueue = "borrower-beside-queue",
    /// A thread that uses a queue between processes.
    QueueInThread = "queue-in-thread",
    /// A child that is started while its parent holds a lock on a file.
    ForkedHoldingFileLock = "forked-holding-file-lock",
    /// A pipe whose other side is gone, beside a process that borrows.
    PipeEndBesideBorrower = "pipe-end-beside-borrower",
    /// A request to a manager that no proxy sends.
    RawManagerRequest = "raw-manager-request",
    /// A map of several chunks whose function fails.
    FailingChunks = "failing-chunks",
    /// A pool for one call whose function panics.
    PanickingCall = "panicking-call",
    /// A pool with more tasks than can be chosen from.
    TooManyTasks = "too-many-tasks",
    /// A pool that is ended before its work is done.
    PoolEndedEarly = "pool-ended-early",
}

impl Lack {
    /// By its name.
    #[must_use]
    pub fn named(id: &str) -> Option<Lack> {
        Lack::ALL.iter().copied().find(|lack| lack.id() == id)
    }
}
