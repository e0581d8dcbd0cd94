//! What comes before what by synchronisation alone: the order of the trace, without what plain memory adds to it.
//!
//! Of two accesses to plain memory it matters which comes first, so they conflict, and the trace orders them. Whether
//! they are a race is another question: whether anything else orders them. It is kept only where there is plain memory.
use super::trace::{Event, Executed};
use crate::dependence::Dependence;
use crate::operation::{NO_STEP, Step, ThreadIndex};
use crate::world::{Causes, World};

/// Clocks as the trace has them, one for each event.
#[derive(Debug)]
pub struct Synchronised {
    clocks: Vec<u32>,
    width: usize,
    /// Of each event: every earlier event on the same objects comes before it.
    closes: Vec<bool>,
}

impl Synchronised {
    /// For a trace in which there was no plain memory so far: there it is the same order.
    pub fn new(clocks: &[u32], width: usize, events: &[Event]) -> Self {
        Self {
            clocks: clocks.to_vec(),
            width,
            closes: events.iter().map(Event::closes).collect(),
        }
    }

    /// Forgets everything from this step on.
    pub fn truncate(&mut self, length: usize) {
        self.closes.truncate(length);
        self.clocks.truncate(length * self.width);
    }

    /// Makes room for more threads.
    pub fn widen(&mut self, width: usize) {
        let mut clocks = Vec::with_capacity(self.closes.len() * width * 2);
        for clock in self.clocks.chunks(self.width.max(1)) {
            clocks.extend_from_slice(clock);
            clocks.resize(clocks.len() + width - clock.len(), 0);
        }
        self.clocks = clocks;
        self.width = width;
    }

    fn clock(&self, step: Step) -> &[u32] {
        let start = step as usize * self.width;
        &self.clocks[start..start + self.width]
    }

    /// How many operations of a thread come before this event.
    pub fn seen(&self, step: Step, thread: ThreadIndex) -> u32 {
        self.clock(step).get(thread).copied().unwrap_or(0)
    }

    /// Adds an event. `earlier`: for each of its touches, the events on the same object, latest first.
    pub fn push<'a>(
        &mut self,
        (dependence, world): (&Dependence, &World),
        executed: &Executed,
        previous: Step,
        causes: &Causes,
        events: &[Event],
        steps_of: impl Fn(u32) -> &'a [Step],
    ) {
        let mut clock = vec![0; self.width];
        let join = |clock: &mut [u32], other: &[u32]| {
            for (mine, theirs) in clock.iter_mut().zip(other) {
                *mine = (*mine).max(*theirs);
            }
        };
        if previous != NO_STEP {
            join(&mut clock, self.clock(previous));
        }
        let lookers = if executed.inspecting {
            &[]
        } else {
            causes.lookers.as_slice()
        };
        for &cause in causes.hard.iter().chain(&causes.soft).chain(lookers) {
            join(&mut clock, self.clock(cause));
        }
        let mut closes = true;
        for touch in executed.touches.iter() {
            if world.is_plain(touch.object) {
                closes = false;
                continue;
            }
            for &step in steps_of(touch.object).iter().rev() {
                let event = &events[step as usize];
                if clock[event.thread] < event.number {
                    let mut touches = event.touches.iter();
                    if touches.any(|one| dependence.conflict(one, touch)) {
                        join(&mut clock, self.clock(step));
                    } else {
                        closes = false;
                        continue;
                    }
                }
                if self.closes[step as usize] {
                    break;
                }
            }
        }
        clock[executed.thread] = executed.number;
        self.clocks.extend_from_slice(&clock);
        self.closes.push(closes);
    }
}
