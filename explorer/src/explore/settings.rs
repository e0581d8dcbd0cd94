//! Bounds, and what an answer is worth.
use crate::class::Classes;
use crate::world::Liberties;
use std::time::Duration;

/// Bounds, and what may be assumed.
#[derive(Debug, Clone)]
pub struct Settings {
    /// No longer than this, all phases together.
    pub time: Duration,
    /// No more classes than this.
    pub max_classes: u64,
    /// No more memory than this for what was found, in bytes, about.
    pub max_bytes: usize,
    /// No more states of the automaton than this. 0: it is not made.
    pub max_states: usize,
    /// No execution longer than this.
    pub max_steps: u32,
    /// Equal answers to the same question before a thread waits for a change.
    pub polls: u32,
    /// Spurious wake-ups allowed to each thread.
    pub spurious: u8,
    /// Only outputs of executions in which a thread was woken spuriously, nothing had changed since it began to wait,
    /// and it went on all the same.
    pub heedless: bool,
    /// Identical threads begin in order.
    pub symmetry: bool,
    /// Sections of a mutex that only look at its data commute.
    pub inspect: bool,
    /// `eprintln!` counts as output.
    pub stderr: bool,
    /// Only executions with at most so many preemptions.
    pub preemptions: Option<u32>,
    /// Where not every class can be tried: first bound the preemptions, then sample.
    pub fallback: bool,
    /// Processes that explore at the same time. More than one only where this process has no other threads that
    /// matter: the others are forked from it, when the program turns out not to be small. Where a pool of them was made
    /// before, that is asked instead.
    pub workers: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(10),
            max_classes: 1_000_000,
            max_bytes: 1 << 30,
            max_states: 2_000_000,
            max_steps: 10_000,
            polls: 4,
            spurious: 0,
            heedless: false,
            symmetry: true,
            inspect: true,
            stderr: false,
            preemptions: None,
            fallback: true,
            workers: 1,
        }
    }
}

impl Settings {
    /// None yet.
    pub(super) fn classes(&self) -> Classes {
        Classes::new(self.stderr, self.heedless)
    }

    /// What the model may do, without any reduction that needs a search to know of it.
    pub(super) fn plain(&self) -> Liberties {
        Liberties {
            spurious: self.spurious,
            polls: self.polls,
            symmetry: false,
            inspect: false,
        }
    }
}

/// What an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", tag = "verdict")]
pub enum Verdict {
    /// Every class was explored.
    Proved,
    /// Something was cut short.
    Bounded {
        /// Preemptions, where those were bounded.
        bound: Option<u32>,
    },
    /// Some executions were tried.
    Sampled {
        /// How many.
        executions: u64,
    },
}

impl Verdict {
    /// What is left of it where the program does things that are not seen: what was found was found, and nothing is
    /// proved.
    #[must_use]
    pub fn not_all_seen(self) -> Self {
        match self {
            Self::Proved | Self::Bounded { .. } => Self::Bounded { bound: None },
            Self::Sampled { .. } => self,
        }
    }
}

/// What an answer rests on, beside the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assumption {
    /// Memory is sequentially consistent.
    SequentialConsistency,
    /// Identical threads were explored once.
    Symmetry,
    /// No spurious wake-ups, or no more than so many to a thread.
    SpuriousWakeups {
        /// How many.
        at_most: u8,
    },
    /// A thread that polled so often waits for a change.
    Polling {
        /// How often.
        bound: u32,
    },
    /// The program starts more threads than the model has; what depends on them was not explored.
    Threads {
        /// How many there are.
        bound: usize,
    },
    /// No execution was followed further than so many steps.
    Steps {
        /// How many.
        bound: u32,
    },
    /// Two processes use an object that each would have a copy of; the model has only one.
    PrivateMemory,
    /// A child process ended before threads of its own; in the model they go on.
    ThreadsOfAChild,
    /// Somebody tried to send into a channel without room; in the model nobody waits there to receive.
    TriedRendezvous,
}

/// Why not every class was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// No time left.
    Time,
    /// Too many classes.
    Classes,
    /// No memory left.
    Memory,
    /// Whoever watches said so.
    Interrupted,
    /// The program does not do the same twice.
    Nondeterminism,
    /// A process that explored died.
    WorkerLost,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", tag = "phase")]
pub enum Phase {
    /// Every class.
    Exhaustive,
    /// Every execution with at most so many preemptions.
    Bounded {
        /// How many.
        preemptions: u32,
    },
    /// Random schedules.
    Sampling,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// What is being done.
    pub phase: Phase,
    /// Executions so far.
    pub executions: u64,
    /// Classes so far.
    pub classes: u64,
    /// How long it has taken.
    pub elapsed: Duration,
    /// Executions in all, extrapolated from the part of the tree that is done. It grows as branches are discovered.
    pub estimate: Option<f64>,
    /// What other processes that help have in memory, beyond what they began with.
    pub helpers_bytes: u64,
}

/// A phase that was done, or begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PhaseDone {
    /// What was done.
    #[serde(flatten)]
    pub phase: Phase,
    /// With so many executions.
    pub executions: u64,
    /// Nothing of it is left.
    pub complete: bool,
}
