use crate::execution::Tag;
use crate::model::machine;
use crate::operation::{ObjectId, Operation, Reply};
use crate::world::Object;
use std::fmt;
use std::panic::Location;

/// A barrier.
pub struct Barrier {
    tag: Tag,
    size: usize,
}

/// What a thread gets that came through.
pub struct BarrierWaitResult {
    barrier: ObjectId,
    generation: u32,
}

impl BarrierWaitResult {
    /// Was this thread the last to arrive? Arrivals of one round are alike, so it is decided when somebody asks.
    #[track_caller]
    pub fn is_leader(&self) -> bool {
        let Self {
            barrier,
            generation,
        } = *self;
        machine().announce(
            Operation::AskLeader {
                barrier,
                generation,
            },
            Location::caller(),
        ) == Reply::Done
    }
}

impl Barrier {
    /// For this many threads.
    pub const fn new(size: usize) -> Self {
        Self {
            tag: Tag::new(),
            size,
        }
    }

    /// Arrives, and waits for the others.
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        let place = Location::caller();
        let machine = machine();
        let barrier = machine.object(&self.tag, || Object::barrier(self.size));
        machine.announce(Operation::Arrive(barrier), place);
        let generation =
            machine.with(|inner| inner.world.generation_of(machine.running(), barrier));
        machine.announce(
            Operation::Pass {
                barrier,
                generation,
            },
            place,
        );
        BarrierWaitResult {
            barrier,
            generation,
        }
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Barrier").finish_non_exhaustive()
    }
}

impl fmt::Debug for BarrierWaitResult {
    #[track_caller]
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("BarrierWaitResult")
            .field("is_leader", &self.is_leader())
            .finish()
    }
}
