//! What a process that explores compiled programs is asked, and what it answers: data alone, as JSON lines.
//!
//! The process (`explorer/runner`) loads what a compiler made for it, so it may hang, crash or eat all memory. Whoever
//! starts it (`explorer/student`) expects one [`Line`] after another, the last of which is [`Line::Done`], and calls
//! everything else a program that could not be explored.
use crate::failure::{Departure, Failure};
use crate::outputs::{Answer, Comparison, Guarantees, Outcome};
use crate::{
    Assumption, Beyond, Ending, Happening, Limit, Settings, Spent, Timing, Turn, Verdict, Woken,
};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;

/// What to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// The compiled program; two, the reference first, where they are compared.
    pub libraries: Vec<PathBuf>,
    /// The time for all of it; where two programs are compared, half of it for each.
    pub budget: Duration,
    /// The exploration ends when the process is larger than this.
    pub memory_bytes: u64,
    /// The exploration ends when it has found so many classes; where nothing is said, at a million.
    #[serde(default)]
    pub classes: Option<u64>,
    /// What is asked.
    pub question: Question,
    /// So many outputs are listed.
    pub list: usize,
    /// Can this be printed? Its lines.
    pub ask: Option<Vec<String>>,
    /// So many processes explore at the same time, where the program is not small. More than one only where the process
    /// may start others.
    #[serde(default = "alone")]
    pub workers: usize,
    /// A program that waits for conditions, and of which nothing bad was found in all classes, is explored again with
    /// spurious wake-ups, with what is left of the budget.
    #[serde(default)]
    pub disturb: bool,
    /// What each process forbids itself before it loads a program: a filter of system calls, each instruction as a
    /// number. Empty where nothing is left to be forbidden.
    #[serde(default)]
    pub seal: Vec<u64>,
}

fn alone() -> usize {
    1
}

/// What is asked of the program.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// What could happen?
    Explore,
    /// What happens with this schedule?
    Replay(String),
    /// The same of one that somebody chooses step by step, with prints that are no steps.
    Play(String),
}

/// What the process writes, one a line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    /// How far it is.
    Progress {
        /// Classes so far.
        classes: u64,
        /// Time so far.
        elapsed: Duration,
    },
    /// What the search found in a program, before its outputs and their orders are worked out: if that comes to no end,
    /// this is the answer.
    Found(Box<Explored>),
    /// The answer, unless spurious wake-ups, which are tried next, come to an end.
    Calm(Box<Done>),
    /// The end.
    Done(Box<Done>),
}

/// The result.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Done {
    /// A program explored; with a second one, the comparison.
    Explored {
        /// What was found in the first.
        explored: Box<Explored>,
        /// How the second stands to the first.
        comparison: Option<Box<Compared>>,
    },
    /// A schedule replayed.
    Replayed {
        /// Step by step.
        happenings: Vec<Happening>,
        /// The failures of this execution.
        failures: Vec<Failure>,
        /// Who could go on where the schedule ends.
        turns: Vec<Turn>,
    },
    /// A schedule that is none, or does not fit the program.
    Misfit {
        /// Why.
        reason: String,
    },
    /// A thread runs and never comes to an operation.
    Stuck {
        /// So long it was waited for.
        after: Duration,
    },
    /// The program came to something that the model does not have.
    NotModelled {
        /// What.
        what: Beyond,
        /// Where.
        line: u32,
    },
    /// The compiled program could not be loaded.
    NotLoaded {
        /// Why.
        reason: String,
    },
}

/// Two programs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Compared {
    /// What was found in the second.
    pub explored: Explored,
    /// The comparison; `None` where an automaton was too large, or there was no time for it.
    pub comparison: Option<Comparison>,
    /// A schedule that leads to what only the program can print, where it was met again within the bounds.
    #[serde(default)]
    pub schedule: Option<String>,
}

/// What was found in one program.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Explored {
    /// What it is worth.
    pub verdict: Verdict,
    /// What it rests on.
    pub assumptions: Vec<Assumption>,
    /// Classes.
    pub classes: u64,
    /// Executions.
    pub executions: u64,
    /// How long it took, compiling not included.
    pub elapsed: Duration,
    /// How many outputs, as a decimal number; `None` where their automaton is too large.
    pub outputs: Option<String>,
    /// The first of them.
    pub list: Vec<Outcome>,
    /// How the program can end.
    pub endings: Vec<Ending>,
    /// The failures.
    pub failures: Vec<Failure>,
    /// Where the process can be ended before main has come to its end.
    pub departures: Vec<Departure>,
    /// Main came to its end in some execution, and did not panic.
    pub completes: bool,
    /// Orders of lines that hold in every output.
    pub guaranteed: Guarantees,
    /// What is usual.
    pub timing: Timing,
    /// Why not every class was tried.
    pub limit: Option<Limit>,
    /// How many executions every class would have taken, about.
    pub estimate: Option<f64>,
    /// The answer to [`Job::ask`].
    pub ask: Option<Answer>,
    /// Why the outputs, their orders and what is usual were not, or not all, worked out.
    #[serde(default)]
    pub cut_short: Option<Spent>,
    /// What a spurious wake-up does to it, where that was tried.
    #[serde(default)]
    pub spurious: Option<Spurious>,
}

/// What spurious wake-ups do to a program that goes well without any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spurious {
    /// Why not all of them were tried.
    pub untried: Option<Untried>,
    /// What only happens with one, as far as they were tried.
    pub woken: Option<Woken>,
}

impl Spurious {
    /// Something goes wrong only with one.
    #[must_use]
    pub fn is_harmful(&self) -> bool {
        let went_wrong = matches!(self.untried, Some(Untried::Crashed | Untried::Stuck));
        self.woken.is_some() || went_wrong
    }
}

/// Why not all spurious wake-ups were tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Untried {
    /// No time left.
    Time,
    /// No memory left, or too much to compare.
    Memory,
    /// Too many classes.
    Classes,
    /// Somebody asked to stop.
    Interrupted,
    /// With one of them the program ended the process it is explored in.
    Crashed,
    /// With one of them a thread runs and never comes to an operation.
    Stuck,
    /// With one of them the program does not do the same twice.
    Nondeterminism,
}

impl From<Limit> for Untried {
    fn from(limit: Limit) -> Self {
        match limit {
            Limit::Time => Self::Time,
            Limit::Memory => Self::Memory,
            Limit::Classes => Self::Classes,
            Limit::Interrupted => Self::Interrupted,
            Limit::WorkerLost => Self::Crashed,
            Limit::Nondeterminism => Self::Nondeterminism,
        }
    }
}

impl Done {
    /// This answer, where the process came to no end, for this reason, when it tried spurious wake-ups in the last of its
    /// programs.
    #[must_use]
    pub fn undisturbed(mut self, untried: Untried) -> Self {
        if let Self::Explored {
            explored,
            comparison,
        } = &mut self
        {
            let last = match comparison {
                Some(compared) => &mut compared.explored,
                None => &mut **explored,
            };
            last.spurious = Some(Spurious {
                untried: Some(untried),
                woken: None,
            });
        }
        self
    }

    /// The answer where the process came to no end, for this reason, after it had told what the search found in so many
    /// programs. `None` where it had not been through with all of them.
    #[must_use]
    pub fn cut_short(found: Vec<Explored>, programs: usize, why: Spent) -> Option<Self> {
        if found.len() != programs {
            return None;
        }
        let mut found = found.into_iter().map(|explored| Explored {
            cut_short: Some(why),
            ..explored
        });
        Some(Self::Explored {
            explored: Box::new(found.next()?),
            comparison: found.next().map(|explored| {
                Box::new(Compared {
                    explored,
                    comparison: None,
                    schedule: None,
                })
            }),
        })
    }
}

impl Job {
    /// The settings this job is explored with.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let usual = Settings::default();
        Settings {
            time: self.budget,
            max_bytes: usize::try_from(self.memory_bytes / 2).unwrap_or(usize::MAX),
            max_classes: self.classes.unwrap_or(usual.max_classes),
            ..usual
        }
    }
}
