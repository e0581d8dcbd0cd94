//! The way in for programs that were compiled elsewhere and loaded: not generic, so that a crate that is linked to this
//! one as a shared object instantiates nothing of it (the assembly a coroutine starts with is not exported).
use crate::allowance::{Allowance, Spent};
use crate::dependence::Dependence;
use crate::explore::{
    self, Disturbed, Exploration, Helpers, Misfit, Replayed, Settings, Standing, Timing,
};
use crate::outputs::{Orders, Outcome};
use crate::schedule::Schedule;
use std::rc::Rc;

/// Whether what is allocated now, by this OS thread, is the heap of the program that is explored, of which each of its
/// processes has a copy.
pub use crate::execution::is_programs;

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

/// [`timing_of`](crate::timing_of), for a loaded program.
#[inline(never)]
pub fn timing_of(
    program: &Program,
    settings: &Settings,
    orders: &Orders,
    runs: u32,
    seed: u64,
    allowance: &Allowance<'_>,
) -> Result<Timing, Spent> {
    let program = Rc::clone(program);
    explore::timing_of(&move || program(), settings, orders, runs, seed, allowance)
}

/// [`disturbed`](crate::disturbed), for a loaded program.
#[inline(never)]
pub fn disturbed(
    program: &Program,
    settings: &Settings,
    calm: &Exploration,
    allowance: &Allowance<'_>,
    watch: &mut dyn FnMut(&Standing) -> bool,
) -> Disturbed {
    let program = Rc::clone(program);
    explore::disturbed(&move || program(), settings, calm, allowance, watch)
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
    allowance: &Allowance<'_>,
) -> Option<Schedule> {
    let program = Rc::clone(program);
    let all = exploration.projected(|text| Some(text.to_owned()), allowance);
    explore::schedule_of(&move || program(), settings, &all.ok()?, outcome, allowance)
}
