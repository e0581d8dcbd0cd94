//! How an execution that was cut off goes on if everybody gets his turn: whether it ever comes to an end.
//!
//! Who goes may go on for a while; then all others are due. Who is due goes as soon as he can, the one first who has
//! waited longest: nobody who can go again and again is left out for ever.
use super::{Decision, Search};
use crate::execution::{LocalEvent, Panic};
use crate::operation::{MAX_THREADS, Step, ThreadIndex};
use crate::schedule::Schedule;
use crate::world::World;

/// The search.
#[derive(Debug)]
pub struct Fair {
    /// What was done until it was cut off.
    schedule: Schedule,
    /// So many operations in a row.
    quantum: u32,
    /// It ends here at the latest.
    max_steps: Step,
    row: u32,
    /// Who is to go before whoever goes now goes on, a bit each.
    due: u64,
    /// When each thread went last.
    went: [Step; MAX_THREADS],
    /// Whether it came to an end, or to a point where nobody can go.
    pub ended: bool,
}

impl Fair {
    /// Goes on after this schedule for at most so many steps, each thread with so many in a row.
    pub fn new(schedule: Schedule, quantum: u32, steps: Step) -> Self {
        let begun = Step::try_from(schedule.steps.len()).unwrap_or(Step::MAX);
        Self {
            schedule,
            quantum,
            max_steps: begun.saturating_add(steps),
            row: 0,
            due: 0,
            went: [0; MAX_THREADS],
            ended: false,
        }
    }

    /// Of these threads the one who has waited longest.
    fn longest_waiting(&self, threads: u64) -> Option<ThreadIndex> {
        let among = (0..MAX_THREADS).filter(|thread| threads & (1 << thread) != 0);
        among.min_by_key(|&thread| self.went[thread])
    }
}

impl Search for Fair {
    fn decide(&mut self, world: &mut World) -> Decision {
        if let Some(&(thread, choice)) = self.schedule.steps.get(world.step as usize) {
            let fits = thread < world.threads.len()
                && world.enabled(thread)
                && choice < world.choices(thread);
            return match fits {
                true => Decision::Run { thread, choice },
                false => Decision::Stop,
            };
        }
        let enabled = world.enabled_set();
        let current = world.last;
        let goes_on = enabled & (1 << current) != 0;
        if !goes_on || self.row >= self.quantum {
            self.due |= !(1 << current);
        }
        let next = self.longest_waiting(enabled & self.due);
        let Some(thread) = next.or(goes_on.then_some(current)) else {
            // Who asks again and again for what cannot change would go on for ever.
            let polls = (0..world.threads.len()).any(|thread| world.polls_too_often(thread));
            self.ended = world.exited || !polls;
            return Decision::Stop;
        };
        if world.step >= self.max_steps {
            return Decision::Stop;
        }
        self.due &= !(1 << thread);
        self.row = if thread == current { self.row + 1 } else { 1 };
        Decision::Run { thread, choice: 0 }
    }

    fn executed(&mut self, world: &mut World, thread: ThreadIndex) {
        self.went[thread] = world.step;
    }

    fn local(&mut self, _world: &World, _event: LocalEvent) {}

    fn finished(&mut self, _world: &mut World, _panics: &[Panic]) {}

    fn next(&mut self) -> bool {
        false
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
