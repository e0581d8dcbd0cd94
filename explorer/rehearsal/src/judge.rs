//! What a contract is worth: each rule, on everything that the lesson can print.
//!
//! The lesson is explored once. For each rule the classes are looked at through what the rule reads
//! ([`recorder::order::Reading`]): where the order of the lines does not matter to it, one output of each order speaks
//! for all; otherwise every output is checked.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use explorer::{
    Allowance, Assumption, Ending, Exploration, Failure, NotCounted, Outcome, Phase, Projection,
    Settings, Spent, Verdict, explore_watched, schedule_of,
};
use recorder::order::{LineOrder, Rule};

use crate::lack::Lack;
use crate::player::{self, Play, Played};
use crate::possible::Possible;

/// What is allowed to an exploration and to each rule.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// For the exploration.
    pub time: Duration,
    /// After the exploration, for all that is judged: it may take so much longer than the time of the exploration.
    pub afterwards: Duration,
    /// What this process may have in memory, in bytes.
    pub bytes: u64,
    /// Classes of executions.
    pub classes: u64,
    /// Where not every class can be tried: first bound the preemptions, then sample.
    pub fallback: bool,
    /// Whether a schedule is looked for where a likely rule fails: that is another exploration.
    pub schedules_of_likely: bool,
    /// Outputs checked for one rule.
    pub outputs: u32,
    /// States of the automaton of one rule's outputs.
    pub states: usize,
    /// So many of all outputs are listed; `None` where nobody asks for them.
    pub list: Option<usize>,
    /// So many processes explore. They are forked: with more than one, this one must have no other threads.
    pub workers: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget {
            time: Duration::from_secs(10),
            afterwards: Duration::from_secs(10),
            bytes: 1 << 30,
            classes: 1_000_000,
            fallback: true,
            schedules_of_likely: true,
            outputs: 20_000,
            states: 200_000,
            list: None,
            workers: 1,
        }
    }
}

/// What is known of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// It holds in everything that was found.
    Holds,
    /// It can be broken.
    Broken(Counterexample),
    /// It is not judged.
    Open(Open),
}

/// Why a rule is not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// It speaks of how long the run takes, and the model's time is virtual.
    Time,
    /// There are too many outputs to check each.
    TooManyOutputs,
    /// It was given up.
    Spent(Spent),
}

impl From<NotCounted> for Open {
    fn from(why: NotCounted) -> Open {
        match why {
            NotCounted::TooLarge(_) => Open::TooManyOutputs,
            NotCounted::Spent(spent) => Open::Spent(spent),
        }
    }
}

impl From<Spent> for Open {
    fn from(spent: Spent) -> Open {
        Open::Spent(spent)
    }
}

/// What breaks a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Counterexample {
    /// What can be printed, as far as the rule reads it.
    pub printed: Vec<String>,
    /// A schedule that leads there; what prints of different threads leave open, it leaves open.
    pub schedule: Option<String>,
}

/// A rule and what is known of it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The rule.
    pub rule: Rule,
    /// What is known.
    pub standing: Standing,
}

/// A scenario's contract, judged.
#[derive(Debug)]
pub struct Judgement {
    /// What the exploration is worth: only after a proof does a rule hold for certain.
    pub verdict: Verdict,
    /// Classes of executions.
    pub classes: u64,
    /// How long the exploration took.
    pub elapsed: Duration,
    /// The rules that are called guaranteed.
    pub guaranteed: Vec<Judged>,
    /// The rules that are called likely.
    pub likely: Vec<Judged>,
    /// How the lesson may fail to come to its end.
    pub unfinished: Option<Counterexample>,
    /// Why it is not known whether it always comes to its end.
    pub end_open: Option<Open>,
    /// What the explorer found besides: a lost update may be what the lesson is about.
    pub failures: Vec<Failure>,
    /// What the exploration rests on.
    pub assumptions: Vec<Assumption>,
    /// What it can print, where that was asked for and is not too much.
    pub possible: Option<Possible>,
    /// What the lesson came to that the model does not have; then nothing else is said.
    pub not_modelled: Option<Lack>,
}

impl Judgement {
    /// Whether every class was explored, and everything that is called guaranteed holds or is not judged.
    pub fn is_proof(&self) -> bool {
        let is_known = self.not_modelled.is_none() && self.end_open.is_none();
        self.verdict == Verdict::Proved && is_known && !self.is_refuted()
    }

    /// Whether something that is called guaranteed can be broken.
    pub fn is_refuted(&self) -> bool {
        let broken = |judged: &Judged| matches!(judged.standing, Standing::Broken(_));
        self.unfinished.is_some() || self.guaranteed.iter().any(broken)
    }
}

/// Explores a lesson and judges its contract. `watch` is told how far it is, about a hundred times a second, and says whether to
/// go on.
pub fn judge(
    play: &Play,
    budget: &Budget,
    watch: &mut dyn FnMut(&explorer::Standing) -> bool,
) -> Judgement {
    let settings = Settings {
        time: budget.time,
        max_classes: budget.classes,
        fallback: budget.fallback,
        workers: budget.workers,
        // Nobody asks for all outputs at once.
        max_states: 0,
        ..Settings::default()
    };
    let begun = Instant::now();
    let mut stopped = false;
    let program = play.program();
    let found = explore_watched(
        &program,
        &settings,
        &explorer::dependence::Dependence::default(),
        &mut |standing| {
            let bytes = explorer::explore::resident_bytes() + standing.helpers_bytes;
            stopped = !watch(standing);
            !stopped && bytes <= budget.bytes
        },
    );
    let over = standing(&found);
    // Who has said so once is not asked again.
    let mut is_interrupted = || stopped || !watch(&over);
    let left = (budget.time + budget.afterwards).saturating_sub(begun.elapsed());
    let allowance = Allowance::new(left, budget.bytes_afterwards(), &mut is_interrupted);
    let case = Case {
        play,
        budget,
        settings: Settings {
            max_states: budget.states,
            ..settings
        },
        found: &found,
        allowance: &allowance,
    };
    let all = |rules: &[Rule], schedules: bool| -> Vec<Judged> {
        let applies = |rule: &&Rule| match rule {
            Rule::Unless { param, .. } => play.params.get(*param).is_none_or(|value| *value == 0),
            _ => true,
        };
        let rules = rules.iter().filter(applies);
        rules
            .map(|rule| Judged {
                rule: *rule,
                standing: case.standing(rule, schedules),
            })
            .collect()
    };
    let lacks = case.lacks();
    let unfinished = match lacks {
        None => case.unfinished(),
        Some(_) => Ok(None),
    };
    let not_modelled = match (&unfinished, lacks) {
        // Where all stand still also if nobody gives up, nothing is lacked: the lesson does not end.
        (Ok(Some(_)), _) => Ok(None),
        (_, Some(lacks)) => Ok(Some(lacks)),
        (_, None) => case.waits_in_vain(),
    };
    let end_open = unfinished.as_ref().err().or(not_modelled.as_ref().err());
    let end_open = end_open.copied();
    let (unfinished, not_modelled) = (
        unfinished.unwrap_or_default(),
        not_modelled.unwrap_or_default(),
    );
    let (guaranteed, likely) = if not_modelled.is_some() {
        Default::default()
    } else {
        let scenario = play.lesson.scenario(play.scene);
        (
            all(&play.lesson.guaranteed(play.scene), true),
            all(scenario.likely, budget.schedules_of_likely),
        )
    };
    let possible = budget
        .list
        .filter(|_| not_modelled.is_none())
        .and_then(|most| Possible::of(&found, budget.states, most, &allowance));
    Judgement {
        possible,
        verdict: found.verdict,
        classes: found.classes,
        elapsed: found.elapsed,
        guaranteed,
        likely,
        unfinished,
        end_open,
        failures: found.failures.clone(),
        assumptions: found.assumptions.clone(),
        not_modelled,
    }
}

impl Budget {
    /// What is judged may take somewhat more memory than what was explored.
    fn bytes_afterwards(&self) -> u64 {
        self.bytes.saturating_add(self.bytes / 8)
    }
}

/// How far the exploration came.
fn standing(found: &Exploration) -> explorer::Standing {
    explorer::Standing {
        phase: found
            .phases
            .last()
            .map_or(Phase::Exhaustive, |last| last.phase),
        executions: found.executions,
        classes: found.classes,
        elapsed: found.elapsed,
        estimate: found.estimate,
        helpers_bytes: 0,
    }
}

/// Everything a rule is judged with.
struct Case<'a> {
    play: &'a Play,
    budget: &'a Budget,
    settings: Settings,
    found: &'a Exploration,
    allowance: &'a Allowance<'a>,
}

impl Case<'_> {
    fn standing(&self, rule: &Rule, schedules: bool) -> Standing {
        match self.checked(rule) {
            Ok(Check::Holds) => Standing::Holds,
            Err(open) => Standing::Open(open),
            Ok(Check::Broken(projection, outcome)) => {
                Standing::Broken(self.counterexample(&projection, &outcome, schedules))
            }
        }
    }

    fn checked(&self, rule: &Rule) -> Result<Check<'_>, Open> {
        let reading = rule.reading();
        if reading.time {
            return Err(Open::Time);
        }
        let seen = |text: &str| player::seen_by(rule, &reading, text);
        let breaks = |played: &Played| {
            let no_files = BTreeMap::new();
            let run = played.as_run(self.play, &no_files);
            // What did not come to its end is told by itself.
            played.error.is_none() && !rule.check(&run).holds
        };
        match reading.order {
            LineOrder::Full => self.on_every_output(self.seen_through(seen)?, breaks),
            LineOrder::None => {
                let projection = self.seen_through(seen)?;
                match projection.one_of_each(self.allowance)? {
                    Some(outcomes) => self.on_these(projection, outcomes, breaks),
                    None => self.on_every_output(projection, breaks),
                }
            }
            LineOrder::OfEachName => {
                let names: BTreeSet<String> = self.found.texts().filter_map(player::who).collect();
                for name in names {
                    let of_name = |text: &str| {
                        let others = player::who(text).is_some_and(|who| who != name);
                        if others { None } else { seen(text) }
                    };
                    match self.on_every_output(self.seen_through(of_name)?, breaks)? {
                        Check::Holds => {}
                        broken => return Ok(broken),
                    }
                }
                Ok(Check::Holds)
            }
        }
    }

    fn seen_through(
        &self,
        seen: impl FnMut(&str) -> Option<String>,
    ) -> Result<Projection<'_>, Open> {
        Ok(self.found.projected(seen, self.allowance)?)
    }

    fn on_every_output<'a>(
        &self,
        projection: Projection<'a>,
        breaks: impl Fn(&Played) -> bool,
    ) -> Result<Check<'a>, Open> {
        let outputs = projection.outputs(self.budget.states, self.allowance)?;
        if outputs.count() > self.budget.outputs.into() {
            return Err(Open::TooManyOutputs);
        }
        let outcomes = outputs.list(self.budget.outputs as usize);
        self.on_these(projection, outcomes, breaks)
    }

    fn on_these<'a>(
        &self,
        projection: Projection<'a>,
        outcomes: Vec<Outcome>,
        breaks: impl Fn(&Played) -> bool,
    ) -> Result<Check<'a>, Open> {
        let mut broken = Vec::new();
        for outcome in outcomes {
            self.allowance.look()?;
            if breaks(&Played::read(&outcome)) {
                broken.push(outcome);
            }
        }
        // The shortest, and of those the first: always the same.
        let first = broken.into_iter().min_by(|one, other| {
            let length = one.text.len().cmp(&other.text.len());
            length.then_with(|| one.cmp(other))
        });
        Ok(match first {
            None => Check::Holds,
            Some(outcome) => Check::Broken(projection, outcome),
        })
    }

    fn counterexample(
        &self,
        projection: &Projection<'_>,
        outcome: &Outcome,
        with_schedule: bool,
    ) -> Counterexample {
        let ending =
            (outcome.ending != Ending::Finished(0)).then(|| format!("{:?}", outcome.ending));
        let lines = outcome.text.lines().map(player::told);
        let program = self.play.program();
        let schedule = with_schedule
            .then(|| {
                schedule_of(
                    &program,
                    &self.settings,
                    projection,
                    outcome,
                    self.allowance,
                )
            })
            .flatten();
        Counterexample {
            printed: lines.chain(ending).collect(),
            schedule: schedule.map(|schedule| schedule.to_string()),
        }
    }

    /// An end of the lesson that is none.
    fn unfinished(&self) -> Result<Option<Counterexample>, Open> {
        Ok(match self.without_end(|played| !played.gave_up)? {
            Check::Broken(projection, outcome) => {
                Some(self.counterexample(&projection, &outcome, true))
            }
            Check::Holds => None,
        })
    }

    /// What some execution said that the model does not have: it may have been another process'.
    fn lacks(&self) -> Option<Lack> {
        self.found.texts().filter_map(player::lacks).min()
    }

    /// What is lacked where a process waits for a signal that nobody comes to send.
    fn waits_in_vain(&self) -> Result<Option<Lack>, Open> {
        if !self.found.texts().any(player::gave_up) {
            return Ok(None);
        }
        let found = self.without_end(|played| played.gave_up)?;
        Ok(matches!(found, Check::Broken(..)).then_some(Lack::TerminatedAwaited))
    }

    fn without_end(&self, which: impl Fn(&Played) -> bool) -> Result<Check<'_>, Open> {
        let seen = |text: &str| player::is_error(text).then(|| text.to_owned());
        self.on_every_output(self.seen_through(seen)?, |played| {
            played.error.is_some() && which(played)
        })
    }
}

/// What was found of a rule.
enum Check<'a> {
    Holds,
    Broken(Projection<'a>, Outcome),
}
