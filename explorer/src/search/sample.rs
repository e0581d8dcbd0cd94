//! Random schedules, where there are too many to try them all. What it finds is real; what it does not find may exist.
use super::trace::{Executed, Trace};
use super::{Decision, Random, Search};
use crate::class::Classes;
use crate::dependence::Dependence;
use crate::execution::{LocalEvent, Panic};
use crate::operation::{ThreadIndex, Touches};
use crate::world::{AtomicWrite, World};

/// The search.
#[derive(Debug)]
pub struct Sample {
    random: Random,
    left: u64,
    max_steps: u32,
    dependence: Dependence,
    trace: Trace,
    touched: Touches,
    choice: u8,
    cut_off: bool,
    /// What was found.
    pub classes: Classes,
    /// Executions.
    pub executions: u64,
}

impl Sample {
    /// So many executions, from this seed.
    pub fn new(executions: u64, seed: u64, classes: Classes, max_steps: u32) -> Self {
        Self {
            random: Random::new(seed),
            left: executions,
            max_steps,
            dependence: Dependence::default(),
            trace: Trace::default(),
            touched: Touches::NONE,
            choice: 0,
            cut_off: false,
            classes,
            executions: 0,
        }
    }
}

impl Search for Sample {
    fn decide(&mut self, world: &mut World) -> Decision {
        let mut enabled = world.enabled_set();
        if enabled == 0 {
            return Decision::Stop;
        }
        if world.step >= self.max_steps {
            self.cut_off = true;
            return Decision::Stop;
        }
        for _ in 0..self.random.below(u64::from(enabled.count_ones())) {
            enabled &= enabled - 1;
        }
        let thread = enabled.trailing_zeros() as ThreadIndex;
        self.choice = self.random.below(u64::from(world.choices(thread))) as u8;
        Decision::Run {
            thread,
            choice: self.choice,
        }
    }

    fn executing(&mut self, world: &World, thread: ThreadIndex) {
        self.touched = world.touches(thread);
    }

    fn executed(&mut self, world: &mut World, thread: ThreadIndex) {
        let executed = Executed::just_now(world, thread, self.touched, self.choice);
        self.trace
            .push(&self.dependence, world, &executed, &world.causes);
    }

    fn wrote(&mut self, world: &World, write: AtomicWrite) {
        if let Some(event) = self.trace.events.get_mut(world.step as usize - 1) {
            event.write = Some(write);
        }
    }

    fn local(&mut self, world: &World, event: LocalEvent) {
        let label = self.classes.letters.label(&event.local);
        self.trace.local(world, event, label);
    }

    fn overrun(&mut self) {
        self.cut_off = true;
    }

    fn finished(&mut self, world: &mut World, panics: &[Panic]) {
        self.executions += 1;
        self.classes.add(world, &self.trace, panics, self.cut_off);
    }

    fn next(&mut self) -> bool {
        self.cut_off = false;
        self.trace.truncate(0);
        self.trace.locals.clear();
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
