//! The way in: explore a program and say what was proved.
mod disturbed;
mod memory;
mod parallel;
mod phases;
mod settings;
mod timing;

pub use disturbed::{Disturbed, Woken, disturbed};
pub use memory::resident_bytes;
pub use parallel::{Become, Helpers, MAX_WORKERS, Part, WorkerPool, die_of};
pub use settings::{Assumption, Limit, Phase, PhaseDone, Settings, Standing, Verdict};
pub use timing::{Likely, Luck, Timing, timing, timing_of};

use crate::allowance::{Allowance, Spent};
use crate::class::{Classes, Poset};
use crate::dependence::Dependence;
use crate::execution::Machine;
use crate::failure::{Departure, Failure, FailureKind};
use crate::operation::MAX_THREADS;
use crate::outputs::{
    Automaton, Guarantees, Label, Letters, NotCounted, Orders, Outcome, Projection, Skeleton,
    with_causes,
};
use crate::schedule::Schedule;
use crate::search::fair::Fair;
use crate::search::naive::Naive;
use crate::search::replay::{Happening, Replay, Turn};
use crate::world::Beyond;
use phases::{Course, GivenUp, Noted, with_fair, with_naive, with_replay};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// After its schedule a livelock is followed for so many times the bound on steps.
const LONGER: u32 = 5;

/// With so many operations in a row for each thread.
const QUANTA: [u32; 3] = [1, 3, 64];

/// What was found.
#[derive(Debug)]
pub struct Exploration {
    /// What it is worth.
    pub verdict: Verdict,
    /// What it rests on.
    pub assumptions: Vec<Assumption>,
    /// Classes of equivalent executions, as far as they are known to be different.
    pub classes: u64,
    /// Executions, useless ones included.
    pub executions: u64,
    /// How long it took.
    pub elapsed: Duration,
    /// The set of outputs.
    pub outputs: Result<Automaton, NotCounted>,
    /// The failures.
    pub failures: Vec<Failure>,
    /// Where the process can be ended before main has come to its end.
    pub departures: Vec<Departure>,
    /// Main came to its end in some execution, and did not panic.
    pub completes: bool,
    /// Somebody waits for a condition, and could be woken without a notification.
    pub waits: bool,
    /// What the program came to that the model does not have, and on which line: then nothing of this is worth anything.
    pub beyond: Option<(u32, Beyond)>,
    /// What was done, in this order.
    pub phases: Vec<PhaseDone>,
    /// Why not every class was tried.
    pub limit: Option<Limit>,
    /// How many executions every class would have taken, extrapolated when that was given up.
    pub estimate: Option<f64>,
    letters: Letters,
    skeletons: Vec<Skeleton>,
    posets: HashSet<Poset>,
}

impl Exploration {
    /// The classes seen through a filter, which says what becomes of each printed text: `None` if it is left out.
    ///
    /// # Errors
    /// When the allowance is spent.
    pub fn projected(
        &self,
        seen: impl FnMut(&str) -> Option<String>,
        allowance: &Allowance<'_>,
    ) -> Result<Projection<'_>, Spent> {
        Projection::new(&self.letters, &self.posets, seen, allowance)
    }

    /// Finds the set of outputs, where [`Settings::max_states`] was 0 and left it for later.
    pub fn find_outputs(&mut self, max_states: usize, allowance: &Allowance<'_>) {
        let begun = Instant::now();
        self.outputs = Automaton::of(&self.letters, &self.posets, max_states, allowance);
        self.elapsed += begun.elapsed();
    }

    /// What was printed at once, in all executions: each text one time.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.letters
            .labels()
            .iter()
            .filter_map(|label| match label {
                Label::Text(text) => Some(text.as_str()),
                Label::End(_) => None,
            })
    }

    /// The orders of lines that hold in every output that was found, each with its cause. `None` if there are no
    /// whole lines to speak of, or far too many. Only after a proof are they guaranteed.
    pub fn guarantees(&self) -> Option<Guarantees> {
        let whole = |text: &str| Some(text.to_owned());
        let endless = Allowance::endless();
        let orders = self.outputs.as_ref().ok()?.orders(&endless).ok()??;
        self.guarantees_of(&orders, whole, &endless).ok()
    }

    /// The same of these orders, of outputs that are seen through a filter, as [`Exploration::projected`] gives them.
    ///
    /// # Errors
    /// When the allowance is spent.
    pub fn guarantees_of(
        &self,
        orders: &Orders,
        seen: impl FnMut(&str) -> Option<String>,
        allowance: &Allowance<'_>,
    ) -> Result<Guarantees, Spent> {
        with_causes(orders, &self.letters, &self.skeletons, seen, allowance)
    }
}

/// Is told how far it is (classes, time), and says whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(u64, Duration) -> bool;

/// Explores every class of executions of a program, within the settings' bounds.
pub fn explore(program: &(impl Fn() + Clone + 'static), settings: &Settings) -> Exploration {
    explore_watched(program, settings, &Dependence::default(), &mut |_| true)
}

/// The same with another table of dependence, and told how far it is about a hundred times a second.
pub fn explore_with(
    program: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    dependence: &Dependence,
    progress: Progress<'_>,
) -> Exploration {
    explore_watched(program, settings, dependence, &mut |standing| {
        progress(standing.classes, standing.elapsed)
    })
}

/// The same, told more. `watch` is called about a hundred times a second; when it says false, that is all.
pub fn explore_watched(
    program: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    dependence: &Dependence,
    watch: &mut dyn FnMut(&Standing) -> bool,
) -> Exploration {
    explore_helped(program, settings, dependence, None, watch)
}

/// The same with processes that were made ready to help.
pub fn explore_helped(
    program: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    dependence: &Dependence,
    helpers: Option<Helpers<'_>>,
    watch: &mut dyn FnMut(&Standing) -> bool,
) -> Exploration {
    let mut course = course(program, settings, dependence, watch);
    course.helpers = helpers;
    if let Some(bound) = settings.preemptions {
        let classes = settings.classes();
        let (classes, outcome) = course.bounded(classes, bound, settings.time);
        let verdict = match outcome {
            Ok(true) => Verdict::Bounded { bound: Some(bound) },
            Ok(false) => Verdict::Proved,
            Err(limit) => {
                course.limit = Some(limit);
                course.sampled()
            }
        };
        return course.report(classes, verdict);
    }
    let (mut symmetry, mut inspect) = (settings.symmetry, settings.inspect);
    let (mut classes, limit) = loop {
        course.noted = Noted::default();
        match course.exhaustive(settings.classes(), symmetry, inspect) {
            Ok(found) => break found,
            Err(GivenUp::Symmetry) => symmetry = false,
            Err(GivenUp::Inspection) => inspect = false,
        }
    };
    course.limit = limit;
    let mut verdict = match limit {
        None => Verdict::Proved,
        Some(_) => course.sampled(),
    };
    if settings.fallback && matches!(limit, Some(Limit::Time | Limit::Classes | Limit::Memory)) {
        let (found, bound, everything) = course.deepen(classes);
        classes = found;
        if course.limit != Some(Limit::Interrupted) && !everything {
            classes = course.sample_the_rest(classes);
        }
        verdict = match bound {
            Some(_) if everything => Verdict::Proved,
            Some(bound) => Verdict::Bounded { bound: Some(bound) },
            None => course.sampled(),
        };
    }
    course.report(classes, verdict)
}

fn course<'a, P: Fn() + Clone + 'static>(
    program: &'a P,
    settings: &'a Settings,
    dependence: &'a Dependence,
    watch: &'a mut dyn FnMut(&Standing) -> bool,
) -> Course<'a, P> {
    let begun = Instant::now();
    Course {
        program,
        settings,
        dependence,
        begun,
        told: begun,
        watch,
        noted: Noted::default(),
        phases: Vec::new(),
        limit: None,
        estimate: None,
        helpers: None,
    }
}

impl<P: Fn() + Clone + 'static> Course<'_, P> {
    fn executions(&self) -> u64 {
        self.phases.iter().map(|phase| phase.executions).sum()
    }

    /// Whether a livelock is one: there is a way to go on after its schedule that gives everybody his turn, and comes to
    /// no end. A program that would only have taken longer is none.
    fn lasts(&self, livelock: &Failure) -> bool {
        let Ok(schedule) = livelock.schedule.parse::<Schedule>() else {
            return true;
        };
        let steps = self.settings.max_steps.saturating_mul(LONGER);
        let goes_on = |quantum: u32| {
            let fair = Fair::new(schedule.clone(), quantum, steps);
            let machine = Machine::new(Box::new(fair), self.settings.plain(), false);
            machine.run(self.program.clone());
            with_fair(&machine, |fair| !fair.ended)
        };
        QUANTA.into_iter().any(goes_on)
    }

    fn sampled(&self) -> Verdict {
        Verdict::Sampled {
            executions: self.executions(),
        }
    }

    fn report(self, classes: Classes, verdict: Verdict) -> Exploration {
        let settings = self.settings;
        let mut assumptions = vec![
            Assumption::SequentialConsistency,
            Assumption::SpuriousWakeups {
                at_most: settings.spurious,
            },
        ];
        if self.noted.symmetry {
            assumptions.push(Assumption::Symmetry);
        }
        let mut cuts = Vec::new();
        if classes.polled {
            cuts.push(Assumption::Polling {
                bound: settings.polls,
            });
        }
        if classes.cut_off {
            cuts.push(Assumption::Steps {
                bound: settings.max_steps,
            });
        }
        if self.noted.too_many_threads {
            cuts.push(Assumption::Threads { bound: MAX_THREADS });
        }
        if self.noted.private_memory {
            cuts.push(Assumption::PrivateMemory);
        }
        if self.noted.threads_of_a_child {
            cuts.push(Assumption::ThreadsOfAChild);
        }
        if self.noted.tried_rendezvous {
            cuts.push(Assumption::TriedRendezvous);
        }
        let verdict = match verdict {
            _ if classes.diverged.is_some() => self.sampled(),
            Verdict::Proved if !cuts.is_empty() || self.noted.beyond.is_some() => {
                Verdict::Bounded { bound: None }
            }
            Verdict::Sampled { .. } => self.sampled(),
            verdict => verdict,
        };
        assumptions.extend(cuts);
        let mut failures: Vec<Failure> = classes.failures.values().cloned().collect();
        failures.retain(|one| one.kind != FailureKind::Livelock || self.lasts(one));
        if let Some(line) = &classes.diverged {
            failures.push(Failure::at(FailureKind::Nondeterminism, line.clone()));
        }
        let outputs = Automaton::new(&classes, settings.max_states);
        Exploration {
            verdict,
            assumptions,
            classes: classes.count,
            executions: self.executions(),
            elapsed: self.begun.elapsed(),
            outputs,
            failures,
            departures: classes.departures(),
            completes: classes.completes,
            waits: self.noted.waits,
            beyond: self.noted.beyond,
            phases: self.phases,
            limit: self.limit,
            estimate: self.estimate.filter(|_| self.limit.is_some()),
            letters: classes.letters,
            skeletons: classes.skeletons,
            posets: classes.posets,
        }
    }
}

/// A schedule that leads to a class with this output, as it is seen through the projection of an exploration of the same
/// program with the same settings. What the prints of different threads leave open, the schedule leaves
/// open too. `None` if there is no such class, or if it is not met again within the bounds.
pub fn schedule_of(
    program: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    projection: &Projection<'_>,
    outcome: &Outcome,
    allowance: &Allowance<'_>,
) -> Option<Schedule> {
    let (sought, letters) = projection.class_of(outcome, settings.max_states, allowance)?;
    let settings = Settings {
        time: settings.time.min(allowance.left()),
        workers: 1,
        fallback: false,
        ..settings.clone()
    };
    let (mut symmetry, mut inspect) = (settings.symmetry, settings.inspect);
    let dependence = Dependence::default();
    let mut watch = |_: &Standing| allowance.look().is_ok();
    let mut course = course(program, &settings, &dependence, &mut watch);
    loop {
        let mut classes = settings.classes();
        // Its labels have numbers by who met them first, and there may have been several who explored.
        classes.letters = letters.clone();
        classes.sought = Some((sought.clone(), None));
        match course.exhaustive(classes, symmetry, inspect) {
            Ok((classes, _)) => return classes.sought?.1,
            Err(GivenUp::Symmetry) => symmetry = false,
            Err(GivenUp::Inspection) => inspect = false,
        }
    }
}

/// Explores without any reduction, giving up after so many executions: the witness of the tests.
pub fn enumerate(
    program: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    max_executions: u64,
) -> Naive {
    let machine = Machine::new(Box::new(Naive::new(max_executions)), settings.plain(), true);
    loop {
        machine.run(program.clone());
        if !machine.with(|inner| inner.search.next()) {
            break;
        }
    }
    with_naive(&machine, std::mem::take)
}

/// Tries so many random schedules, as long as there is time. Always the same ones for the same seed. `classes` counts
/// them all: it is not known which are equivalent.
pub fn sample(
    program: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    executions: u64,
    seed: u64,
) -> Exploration {
    let dependence = Dependence::default();
    let mut watch = |_: &Standing| true;
    let mut course = course(program, settings, &dependence, &mut watch);
    let classes = course.sample(settings.classes(), executions, seed);
    let verdict = course.sampled();
    course.report(classes, verdict)
}

/// A schedule that this program cannot follow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "step {step} of the schedule cannot happen in this program: was it made for another one, or with other settings?"
)]
pub struct Misfit {
    /// The step, from 0.
    pub step: usize,
}

/// What a schedule shows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Replayed {
    /// Step by step.
    pub happenings: Vec<Happening>,
    /// The failures of this execution.
    pub failures: Vec<Failure>,
    /// Who could go on where the schedule ends.
    pub turns: Vec<Turn>,
    /// What it came to that the model does not have, and in which line: then what it shows is not to be believed.
    pub beyond: Option<(u32, Beyond)>,
}

/// Runs one schedule again. The settings must be those it was found with, except for symmetry.
pub fn replay(
    program: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    schedule: &Schedule,
) -> Result<Replayed, Misfit> {
    let search = Replay::new(schedule.clone());
    let machine = Machine::new(Box::new(search), settings.plain(), false);
    machine.run(program.clone());
    let beyond = machine.with(|inner| inner.world.beyond);
    with_replay(&machine, |replay| match replay.misfit {
        Some(step) => Err(Misfit { step }),
        None => Ok(Replayed {
            happenings: std::mem::take(&mut replay.happenings),
            failures: replay.classes.failures.values().cloned().collect(),
            turns: std::mem::take(&mut replay.turns),
            beyond,
        }),
    })
}
