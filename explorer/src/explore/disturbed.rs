//! What a spurious wake-up does to a program that goes well without one.
//!
//! A wait for a condition may end without a notification; whoever waits has to ask again what is waited for, and
//! `while` does where `if` does not. A failure that only such a wake-up brings about is a fault. A new output need not
//! be one: a loop that asks again may print each time round, and whoever wakes early may find that things have changed
//! meanwhile. So only the outputs count of executions in which a thread was woken so, nothing had changed since it began
//! to wait, and it went on all the same.
use super::settings::{Limit, Settings, Standing};
use super::{Exploration, Misfit, explore_watched, replay, schedule_of};
use crate::allowance::{Allowance, Spent};
use crate::dependence::Dependence;
use crate::failure::{Failure, Line};
use crate::outputs::{Automaton, NotCounted, Outcome, shortest_difference};
use crate::schedule::Schedule;
use crate::search::replay::{Happening, SPURIOUS_WAKE};

/// What became of a program in which waits end without a notification, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disturbed {
    /// Why not everything was tried, with one spurious wake-up for each thread.
    pub limit: Option<Limit>,
    /// What only comes with one, as far as it was tried.
    pub woken: Option<Woken>,
}

/// What a spurious wake-up does to a program that was explored without any.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Woken {
    /// The waits that end without a notification where this happens.
    pub waits: Vec<Line>,
    /// Failures that only come with it: an `if` where a `while` is needed.
    pub failures: Vec<Failure>,
    /// Where there are none: an output that only comes with it.
    pub output: Option<Outcome>,
    /// A schedule that leads to the output, where it was met again within the bounds.
    pub schedule: Option<String>,
}

impl Settings {
    /// The same, with one spurious wake-up for each thread.
    #[must_use]
    pub fn with_spurious_wakeups(&self) -> Self {
        Self {
            spurious: 1,
            ..self.clone()
        }
    }
}

/// Explores again with one spurious wake-up for each thread, as long as there is time by the settings. What follows from
/// that has the allowance.
pub fn disturbed(
    program: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    calm: &Exploration,
    allowance: &Allowance<'_>,
    watch: &mut dyn FnMut(&Standing) -> bool,
) -> Disturbed {
    let settings = Settings {
        heedless: true,
        workers: 1,
        ..settings.with_spurious_wakeups()
    };
    let search = Settings {
        // Most programs are through with it: their outputs need not be looked at.
        max_states: 0,
        ..settings.clone()
    };
    let mut found = explore_watched(program, &search, &Dependence::default(), watch);
    let mut limit = found.limit;
    let known = |failure: &&Failure| {
        let same = |one: &Failure| one.signature() == failure.signature();
        !calm.failures.iter().any(same)
    };
    let failures: Vec<Failure> = found.failures.iter().filter(known).cloned().collect();
    let mut woken = Woken {
        waits: Vec::new(),
        failures,
        output: None,
        schedule: None,
    };
    if woken.failures.is_empty() {
        match new_output(&settings, calm, &mut found, allowance) {
            Ok(output) => woken.output = output,
            Err(spent) => limit = limit.or(Some(spent)),
        }
    }
    if let Some(output) = &woken.output {
        let all = found.projected(|text| Some(text.to_owned()), allowance);
        let schedule = all
            .ok()
            .and_then(|all| schedule_of(program, &settings, &all, output, allowance));
        woken.schedule = schedule.map(|schedule| schedule.to_string());
    }
    let shown = woken.failures.iter().map(|failure| &failure.schedule);
    for schedule in shown.chain(&woken.schedule) {
        let schedule = schedule.parse::<Schedule>().unwrap_or_default();
        if let Ok(waits) = spurious_wakes(program, &settings, &schedule) {
            woken.waits.extend(waits);
        }
    }
    woken.waits.sort_unstable();
    woken.waits.dedup();
    let is_new = !woken.failures.is_empty() || woken.output.is_some();
    Disturbed {
        limit,
        woken: is_new.then_some(woken),
    }
}

/// A shortest output of these executions that no calm one has.
fn new_output(
    settings: &Settings,
    calm: &Exploration,
    found: &mut Exploration,
    allowance: &Allowance<'_>,
) -> Result<Option<Outcome>, Limit> {
    if found.posets.is_empty() {
        return Ok(None);
    }
    found.find_outputs(settings.max_states, allowance);
    let outputs = |outputs: &'_ Result<Automaton, NotCounted>| match outputs {
        Ok(_) => Ok(()),
        Err(NotCounted::TooLarge(_)) => Err(Limit::Memory),
        Err(NotCounted::Spent(spent)) => Err(Limit::from(*spent)),
    };
    outputs(&calm.outputs)?;
    outputs(&found.outputs)?;
    match (&found.outputs, &calm.outputs) {
        (Ok(found), Ok(calm)) => Ok(shortest_difference(found, calm, allowance)?),
        _ => Ok(None),
    }
}

/// The waits that end without a notification in this schedule.
fn spurious_wakes(
    program: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    schedule: &Schedule,
) -> Result<Vec<Line>, Misfit> {
    let replayed = replay(program, settings, schedule)?;
    let lines = replayed.happenings.into_iter().filter_map(|one| match one {
        Happening::Step { at, does, .. } if does == SPURIOUS_WAKE => Some(at),
        _ => None,
    });
    Ok(lines.collect())
}

impl From<Spent> for Limit {
    fn from(spent: Spent) -> Self {
        match spent {
            Spent::Time => Self::Time,
            Spent::Memory => Self::Memory,
            Spent::Interrupted => Self::Interrupted,
        }
    }
}
