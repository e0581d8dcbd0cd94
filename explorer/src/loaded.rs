//! The way in for programs that were compiled elsewhere and loaded: not generic, so that a crate that is linked to this
//! one as a shared object instantiates nothing of it (the assembly a coroutine starts with is not exported).
use crate::dependence::Dependence;
use crate::explore::{self, Exploration, Helpers, Misfit, Replayed, Settings, Standing, Timing};
use crate::outputs::Outcome;
use crate::schedule::Schedule;
use std::rc::Rc;

/// A program.
pub type Program = Rc<dyn Fn()>;

/// [`explore_helped`](crate::explore_helped), for a loaded program.
#[inline(never)]
pub fn explore(
    program: &Program,
    settings: &Settings,
    helpers: Option<Helpers<'_>>,
    watch: &mut dyn FnMut(&Standing) -> bool,
) -> Exploration {
    let program = Rc::clone(program);
    let table = Dependence::default();
    explore::explore_helped(&move || program(), settings, &table, helpers, watch)
}

/// [`timing`](crate::timing), for a loaded program.
#[inline(never)]
pub fn timing(
    program: &Program,
    settings: &Settings,
    exploration: &Exploration,
    runs: u32,
    seed: u64,
) -> Option<Timing> {
    let program = Rc::clone(program);
    explore::timing(&move || program(), settings, exploration, runs, seed)
}

/// [`replay`](crate::replay), for a loaded program.
#[inline(never)]
pub fn replay(
    program: &Program,
    settings: &Settings,
    schedule: &Schedule,
) -> Result<Replayed, Misfit> {
    let program = Rc::clone(program);
    explore::replay(&move || program(), settings, schedule)
}

/// [`schedule_of`](crate::schedule_of) an output of an exploration, for a loaded program.
#[inline(never)]
pub fn schedule_of(
    program: &Program,
    settings: &Settings,
    exploration: &Exploration,
    outcome: &Outcome,
) -> Option<Schedule> {
    let program = Rc::clone(program);
    let all = exploration.projected(|text| Some(text.to_owned()));
    explore::schedule_of(&move || program(), settings, &all, outcome)
}
