//! Who decides which thread goes next. One file a search.
pub mod bounded;
pub mod dpor;
pub mod fair;
pub mod naive;
pub mod node;
mod random;
pub mod replay;
pub mod sample;
mod synchronised;
pub mod timed;
pub mod trace;

pub use random::Random;

use crate::execution::{LocalEvent, Panic};
use crate::operation::ThreadIndex;
use crate::world::{AtomicWrite, World};

/// What a search wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// This thread's operation, done this way.
    Run {
        /// Who.
        thread: ThreadIndex,
        /// Which way, where there are several.
        choice: u8,
    },
    /// No more of this execution.
    Stop,
}

/// A search over schedules.
///
/// For each step: `decide`, `executing` (still the state before), `executed` (the state after), then any number of
/// `local` events of the thread.
pub trait Search {
    /// Which thread goes next?
    fn decide(&mut self, world: &mut World) -> Decision;
    /// The state just before the step.
    fn executing(&mut self, _world: &World, _thread: ThreadIndex) {}
    /// The state just after it.
    fn executed(&mut self, world: &mut World, thread: ThreadIndex);
    /// What the last step wrote.
    fn wrote(&mut self, _world: &World, _write: AtomicWrite) {}
    /// A print or an exit.
    fn local(&mut self, world: &World, event: LocalEvent);
    /// A thread goes on without announcing anything: the execution is given up.
    fn overrun(&mut self) {}
    /// The execution is over.
    fn finished(&mut self, world: &mut World, panics: &[Panic]);
    /// Prepares the next execution; false if there is none.
    fn next(&mut self) -> bool;
    /// Itself, for whoever started it.
    fn as_any(&mut self) -> &mut dyn std::any::Any;
}
