//! One phase after the other: every class, else bounded preemptions, else samples.
use super::parallel::{self, Helpers};
use super::settings::{Limit, Phase, PhaseDone, Settings, Standing};
use crate::class::Classes;
use crate::dependence::Dependence;
use crate::execution::{Inner, Machine};
use crate::model::io::stdout_lock_was_missed;
use crate::search::bounded::Bounded;
use crate::search::dpor::Dpor;
use crate::search::sample::Sample;
use crate::world::{Beyond, Liberties};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Executions between two looks at the clock.
const STRIDE: u64 = 64;

/// After so many executions other processes help.
const ALONE: u64 = 2_000;

/// Random schedules, at most.
const SAMPLES: u64 = 100_000;

/// Of the time that is left: the share of a phase that another may follow.
const SHARE: f64 = 0.6;

/// What cannot be relied on in this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum GivenUp {
    /// Somebody tells identical threads apart.
    Symmetry,
    /// Somebody can see that a mutex is held by one who only looks.
    Inspection,
}

/// Facts about the program that come up in any phase.
#[derive(Debug, Clone, Copy, Default, serde::Serialize, serde::Deserialize)]
pub struct Noted {
    pub symmetry: bool,
    pub too_many_threads: bool,
    pub private_memory: bool,
    pub threads_of_a_child: bool,
    pub tried_rendezvous: bool,
    pub waits: bool,
    pub beyond: Option<(u32, Beyond)>,
    pub missed_stdout_lock: bool,
}

impl Noted {
    /// What the execution that is over shows.
    pub fn look(&mut self, inner: &Inner) {
        self.symmetry |= inner.world.used_symmetry;
        self.too_many_threads |= inner.too_many_threads;
        self.private_memory |= inner.world.private_memory;
        self.threads_of_a_child |= inner.world.threads_of_a_child;
        self.tried_rendezvous |= inner.world.tried_rendezvous;
        self.waits |= inner.world.waits;
        self.missed_stdout_lock |= stdout_lock_was_missed();
        self.goes_beyond(inner.world.beyond);
    }

    fn goes_beyond(&mut self, found: Option<(u32, Beyond)>) {
        self.beyond = [self.beyond, found].into_iter().flatten().min();
    }

    /// What somebody else has noted.
    pub fn add(&mut self, other: Self) {
        self.symmetry |= other.symmetry;
        self.too_many_threads |= other.too_many_threads;
        self.private_memory |= other.private_memory;
        self.threads_of_a_child |= other.threads_of_a_child;
        self.tried_rendezvous |= other.tried_rendezvous;
        self.waits |= other.waits;
        self.missed_stdout_lock |= other.missed_stdout_lock;
        self.goes_beyond(other.beyond);
    }
}

/// Everything the phases share.
pub struct Course<'a, P> {
    pub program: &'a P,
    pub settings: &'a Settings,
    pub dependence: &'a Dependence,
    pub begun: Instant,
    pub told: Instant,
    pub watch: &'a mut dyn FnMut(&Standing) -> bool,
    pub noted: Noted,
    pub phases: Vec<PhaseDone>,
    pub limit: Option<Limit>,
    pub estimate: Option<f64>,
    pub helpers: Option<Helpers<'a>>,
}

impl<P: Fn() + Clone + 'static> Course<'_, P> {
    fn run(&mut self, machine: &Rc<Machine>) {
        machine.run(self.program.clone());
        machine.with(|inner| self.noted.look(inner));
    }

    /// Tells how far it is now and then; the limit that is reached, if one is.
    pub fn over(&mut self, standing: Standing, bytes: usize, until: Duration) -> Option<Limit> {
        if standing.elapsed > until {
            return Some(Limit::Time);
        }
        if bytes > self.settings.max_bytes {
            return Some(Limit::Memory);
        }
        if self.told.elapsed() > Duration::from_millis(10) {
            self.told = Instant::now();
            if !(self.watch)(&standing) {
                return Some(Limit::Interrupted);
            }
        }
        None
    }

    /// Whether others explore with this process.
    fn is_helped(&self) -> bool {
        match &self.helpers {
            Some(helpers) => helpers.pool.can_help(),
            None => self.settings.workers > 1,
        }
    }

    /// When a phase that another may follow must be through.
    fn share(&self) -> Duration {
        let used = self.begun.elapsed();
        used + self.settings.time.saturating_sub(used).mul_f64(SHARE)
    }

    /// Every class. The limit that was hit, if one was.
    pub fn exhaustive(
        &mut self,
        classes: Classes,
        symmetry: bool,
        inspect: bool,
    ) -> Result<(Classes, Option<Limit>), GivenUp> {
        let search = Dpor::new(self.dependence.clone(), classes, self.settings.max_steps);
        let liberties = Liberties {
            symmetry,
            inspect,
            ..self.settings.plain()
        };
        let until = if self.settings.fallback {
            self.share()
        } else {
            self.settings.time
        };
        let machine = Machine::new(Box::new(search), liberties, false);
        let mut limit = None;
        loop {
            self.run(&machine);
            if let Some(given_up) = machine.with(|inner| given_up(&inner.world, liberties)) {
                return Err(given_up);
            }
            let (more, executions, classes, broken) = with_dpor(&machine, |dpor| {
                let more = crate::search::Search::next(dpor);
                let broken = dpor.classes.diverged.is_some();
                (more, dpor.executions, dpor.classes.count, broken)
            });
            if !more || with_dpor(&machine, |dpor| dpor.classes.is_found()) {
                break;
            }
            if broken {
                limit = Some(Limit::Nondeterminism);
                break;
            }
            if classes >= self.settings.max_classes {
                limit = Some(Limit::Classes);
                break;
            }
            if executions == ALONE && self.is_helped() {
                limit = parallel::share_out(self, &machine, liberties, until)?;
                break;
            }
            if executions % STRIDE == 0 {
                let (share, bytes) = with_dpor(&machine, |dpor| {
                    (dpor.explored_share(), dpor.classes.bytes())
                });
                self.estimate = (share > 0.0).then(|| executions as f64 / share);
                let standing = Standing {
                    phase: Phase::Exhaustive,
                    executions,
                    classes,
                    elapsed: self.begun.elapsed(),
                    estimate: self.estimate,
                    helpers_bytes: 0,
                };
                limit = self.over(standing, bytes, until);
                if limit.is_some() {
                    break;
                }
            }
        }
        let (executions, classes) = with_dpor(&machine, |dpor| {
            (dpor.executions, std::mem::take(&mut dpor.classes))
        });
        self.phases.push(PhaseDone {
            phase: Phase::Exhaustive,
            executions,
            complete: limit.is_none(),
        });
        Ok((classes, limit))
    }

    /// Every execution with at most so many preemptions; whether there would be more with a greater bound.
    pub fn bounded(
        &mut self,
        mut classes: Classes,
        bound: u32,
        until: Duration,
    ) -> (Classes, Result<bool, Limit>) {
        let before = classes.count;
        let search = Bounded::new(bound, std::mem::take(&mut classes), self.settings.max_steps);
        let machine = Machine::new(Box::new(search), self.settings.plain(), false);
        let mut limit = None;
        loop {
            self.run(&machine);
            let (more, executions, distinct, bytes, broken) = with_bounded(&machine, |search| {
                let more = crate::search::Search::next(search);
                (
                    more,
                    search.executions,
                    search.distinct(),
                    search.bytes() + search.classes.bytes(),
                    search.classes.diverged.is_some(),
                )
            });
            if !more {
                break;
            }
            if broken {
                limit = Some(Limit::Nondeterminism);
                break;
            }
            if distinct >= self.settings.max_classes {
                limit = Some(Limit::Classes);
                break;
            }
            if executions % STRIDE == 0 {
                let standing = Standing {
                    phase: Phase::Bounded { preemptions: bound },
                    executions,
                    classes: distinct,
                    elapsed: self.begun.elapsed(),
                    estimate: None,
                    helpers_bytes: 0,
                };
                limit = self.over(standing, bytes, until);
                if limit.is_some() {
                    break;
                }
            }
        }
        let (executions, distinct, more, mut classes) = with_bounded(&machine, |search| {
            let classes = std::mem::take(&mut search.classes);
            (search.executions, search.distinct(), search.more, classes)
        });
        // Which of them were known before is not known.
        classes.count = before.max(distinct);
        self.phases.push(PhaseDone {
            phase: Phase::Bounded { preemptions: bound },
            executions,
            complete: limit.is_none(),
        });
        (classes, limit.map_or(Ok(more), Err))
    }

    /// Greater and greater bounds, as long as there is time: the last that was completed, and whether it left nothing
    /// out at all.
    pub fn deepen(&mut self, mut classes: Classes) -> (Classes, Option<u32>, bool) {
        let until = self.share();
        let mut completed = None;
        for bound in 0.. {
            let (found, outcome) = self.bounded(classes, bound, until);
            classes = found;
            match outcome {
                Ok(true) => completed = Some(bound),
                Ok(false) => return (classes, Some(bound), true),
                Err(limit) => {
                    if limit == Limit::Interrupted {
                        self.limit = Some(limit);
                    }
                    break;
                }
            }
        }
        (classes, completed, false)
    }

    /// Random schedules.
    pub fn sample(&mut self, mut classes: Classes, samples: u64, seed: u64) -> Classes {
        let before = classes.count;
        let steps = self.settings.max_steps;
        let search = Sample::new(samples, seed, std::mem::take(&mut classes), steps);
        let machine = Machine::new(Box::new(search), self.settings.plain(), false);
        loop {
            self.run(&machine);
            let (more, executions, bytes) = with_sample(&machine, |search| {
                let more = crate::search::Search::next(search);
                (more, search.executions, search.classes.bytes())
            });
            if !more {
                break;
            }
            if executions % STRIDE == 0 {
                let standing = Standing {
                    phase: Phase::Sampling,
                    executions,
                    classes: before,
                    elapsed: self.begun.elapsed(),
                    estimate: None,
                    helpers_bytes: 0,
                };
                if let Some(limit) = self.over(standing, bytes, self.settings.time) {
                    if limit == Limit::Interrupted {
                        self.limit = Some(limit);
                    }
                    break;
                }
            }
        }
        let (executions, mut classes) = with_sample(&machine, |search| {
            (search.executions, std::mem::take(&mut search.classes))
        });
        if before > 0 {
            classes.count = before;
        }
        self.phases.push(PhaseDone {
            phase: Phase::Sampling,
            executions,
            complete: executions >= samples,
        });
        classes
    }

    /// As many samples as there is time for.
    pub fn sample_the_rest(&mut self, classes: Classes) -> Classes {
        self.sample(classes, SAMPLES, 7)
    }
}

/// What this execution shows cannot be relied on.
pub fn given_up(world: &crate::world::World, liberties: Liberties) -> Option<GivenUp> {
    if liberties.symmetry && world.told_apart {
        return Some(GivenUp::Symmetry);
    }
    (liberties.inspect && world.seen_looking).then_some(GivenUp::Inspection)
}

macro_rules! with_search {
    ($name:ident, $search:ty) => {
        /// Looks at the search of a machine between executions.
        pub fn $name<R>(machine: &Machine, look: impl FnOnce(&mut $search) -> R) -> R {
            machine.with(|inner| match inner.search.as_any().downcast_mut() {
                Some(search) => look(search),
                None => unreachable!("the machine was made with this kind of search"),
            })
        }
    };
}

with_search!(with_dpor, Dpor);
with_search!(with_bounded, Bounded);
with_search!(with_sample, Sample);
with_search!(with_naive, crate::search::naive::Naive);
with_search!(with_replay, crate::search::replay::Replay);
with_search!(with_fair, crate::search::fair::Fair);
with_search!(with_timed, crate::search::timed::Timed);
