//! What a contract is worth: each rule, on everything that the lesson can print.
//!
//! The lesson is explored once. For each rule the classes are looked at through what the rule reads
//! ([`recorder::order::Reading`]): where the order of the lines does not matter to it, one output of each order speaks
//! for all; otherwise every output is checked.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use explorer::{
    Assumption, Ending, Exploration, Failure, Outcome, Projection, Settings, Verdict,
    explore_watched, schedule_of,
};
use recorder::order::{LineOrder, Rule};

use crate::player::{self, Play, Played};
use crate::possible::Possible;

/// What is allowed to an exploration and to each rule.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// For the exploration.
    pub time: Duration,
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
    /// What the explorer found besides: a lost update may be what the lesson is about.
    pub failures: Vec<Failure>,
    /// What the exploration rests on.
    pub assumptions: Vec<Assumption>,
    /// What it can print, where that was asked for and is not too much.
    pub possible: Option<Possible>,
    /// What the lesson came to that the model does not have; then nothing else is said.
    pub not_modelled: Option<String>,
}

impl Judgement {
    /// Whether every class was explored, and everything that is called guaranteed holds or is not judged.
    pub fn is_proof(&self) -> bool {
        self.verdict == Verdict::Proved && self.not_modelled.is_none() && !self.is_refuted()
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
    let program = play.program();
    let found = explore_watched(
        &program,
        &settings,
        &explorer::dependence::Dependence::default(),
        watch,
    );
    let case = Case {
        play,
        budget,
        settings: Settings {
            max_states: budget.states,
            ..settings
        },
        found: &found,
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
    let unfinished = if lacks.is_none() {
        case.unfinished()
    } else {
        None
    };
    let not_modelled = match unfinished {
        // Where all stand still also if nobody gives up, nothing is lacked: the lesson does not end.
        Some(_) => None,
        None => lacks.or_else(|| case.waits_in_vain()),
    };
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
        .and_then(|most| Possible::of(&found, budget.states, most));
    Judgement {
        possible,
        verdict: found.verdict,
        classes: found.classes,
        elapsed: found.elapsed,
        guaranteed,
        likely,
        unfinished,
        failures: found.failures.clone(),
        assumptions: found.assumptions.clone(),
        not_modelled,
    }
}

/// Everything a rule is judged with.
struct Case<'a> {
    play: &'a Play,
    budget: &'a Budget,
    settings: Settings,
    found: &'a Exploration,
}

impl Case<'_> {
    fn standing(&self, rule: &Rule, schedules: bool) -> Standing {
        match self.checked(rule) {
            Check::Holds => Standing::Holds,
            Check::Open(open) => Standing::Open(open),
            Check::Broken(projection, outcome) => {
                Standing::Broken(self.counterexample(&projection, &outcome, schedules))
            }
        }
    }

    fn checked(&self, rule: &Rule) -> Check<'_> {
        let reading = rule.reading();
        if reading.time {
            return Check::Open(Open::Time);
        }
        let seen = |text: &str| player::seen_by(rule, &reading, text);
        let breaks = |played: &Played| {
            let no_files = BTreeMap::new();
            let run = played.as_run(self.play, &no_files);
            // What did not come to its end is told by itself.
            played.error.is_none() && !rule.check(&run).holds
        };
        match reading.order {
            LineOrder::Full => self.on_every_output(self.found.projected(seen), breaks),
            LineOrder::None => {
                let projection = self.found.projected(seen);
                match projection.one_of_each() {
                    Some(outcomes) => on_these(projection, outcomes, breaks),
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
                    match self.on_every_output(self.found.projected(of_name), breaks) {
                        Check::Holds => {}
                        check => return check,
                    }
                }
                Check::Holds
            }
        }
    }

    fn on_every_output<'a>(
        &self,
        projection: Projection<'a>,
        breaks: impl Fn(&Played) -> bool,
    ) -> Check<'a> {
        match projection.outputs(self.budget.states) {
            Ok(outputs) if outputs.count() <= self.budget.outputs.into() => {
                let outcomes = outputs.list(self.budget.outputs as usize);
                on_these(projection, outcomes, breaks)
            }
            _ => Check::Open(Open::TooManyOutputs),
        }
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
            .then(|| schedule_of(&program, &self.settings, projection, outcome))
            .flatten();
        Counterexample {
            printed: lines.chain(ending).collect(),
            schedule: schedule.map(|schedule| schedule.to_string()),
        }
    }

    /// An end of the lesson that is none.
    fn unfinished(&self) -> Option<Counterexample> {
        match self.without_end(|played| !played.gave_up) {
            Check::Broken(projection, outcome) => {
                Some(self.counterexample(&projection, &outcome, true))
            }
            Check::Holds | Check::Open(_) => None,
        }
    }

    /// What some execution said that the model does not have: it may have been another process'.
    fn lacks(&self) -> Option<String> {
        self.found.texts().filter_map(player::lacks).min()
    }

    /// What is lacked where a process waits for a signal that nobody comes to send.
    fn waits_in_vain(&self) -> Option<String> {
        if !self.found.texts().any(player::gave_up) {
            return None;
        }
        let found = self.without_end(|played| played.gave_up);
        let lacks = "Process::terminate of a process that somebody waits for before";
        matches!(found, Check::Broken(..)).then(|| lacks.to_owned())
    }

    fn without_end(&self, which: impl Fn(&Played) -> bool) -> Check<'_> {
        let seen = |text: &str| player::is_error(text).then(|| text.to_owned());
        let projection = self.found.projected(seen);
        self.on_every_output(projection, |played| played.error.is_some() && which(played))
    }
}

/// What was found of a rule.
enum Check<'a> {
    Holds,
    Open(Open),
    Broken(Projection<'a>, Outcome),
}

fn on_these<'a>(
    projection: Projection<'a>,
    outcomes: Vec<Outcome>,
    breaks: impl Fn(&Played) -> bool,
) -> Check<'a> {
    let broken = outcomes
        .into_iter()
        .filter(|outcome| breaks(&Played::read(outcome)));
    // The shortest, and of those the first: always the same.
    let first = broken.min_by(|one, other| {
        let length = one.text.len().cmp(&other.text.len());
        length.then_with(|| one.cmp(other))
    });
    match first {
        None => Check::Holds,
        Some(outcome) => Check::Broken(projection, outcome),
    }
}
