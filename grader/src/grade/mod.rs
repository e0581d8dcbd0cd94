//! Grading a class: a pool of jobs that judge, one writer that keeps the ledger, reports at the end.
//!
//! A job is one submission. Jobs share nothing but the queue and the list of inputs that are judged or being judged;
//! what they find goes to the one thread that owns the ledger. The invariant: a submission is in the ledger whole or
//! not at all, and no input is judged twice unless the grader died while it was judged.

mod apart;
mod foresee;
pub(crate) mod hand;
mod job;
mod progress;
mod settings;
mod shard;
pub(crate) mod table;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use messages::Language;
use recorder::document::Document;
use serde::{Deserialize, Serialize};

pub use apart::{Overlap, keep_apart};
pub use foresee::{Inputs, foresee};
pub use hand::{HandError, HandFault};
pub use progress::Progress;
pub use settings::Settings;
pub use shard::{MAX_SHARDS, NoShard, Shard};

use crate::assignment::{Assignment, AssignmentError};
use crate::judge::Judge;
use crate::ledger::{Finding, Ledger, LedgerError};
use crate::report::{self, ReportError};
use crate::sandbox::{Layer, Level, Policy};
use crate::submission::{Origin, Submission, SubmissionsError};
use foresee::Foreseen;
pub use job::GRADER;
pub(crate) use job::judge_once;
use job::{Bench, Sent};

/// At most this many jobs at once.
pub const MAX_JOBS: usize = 256;

/// How well students' programs are locked in; written into every report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sandbox {
    /// The level, in a word.
    pub level: String,
    /// The layers this machine lacks.
    pub missing: Vec<String>,
    /// Whether the teacher said that she trusts these students all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub trusted: bool,
}

impl Sandbox {
    /// Whether something could have got out. Without control groups nothing can: memory is measured, not counted.
    pub fn is_weak(&self) -> bool {
        self.trusted
            || self
                .missing
                .iter()
                .any(|layer| layer != Layer::Cgroup.name())
    }

    /// What can be said of answers of which some ran here and some there.
    #[must_use]
    pub fn and(mut self, other: &Sandbox) -> Sandbox {
        let more = other
            .missing
            .iter()
            .filter(|layer| !self.missing.contains(layer));
        let more: Vec<String> = more.cloned().collect();
        if !more.is_empty() {
            self.level.clone_from(&other.level);
        }
        self.missing.extend(more);
        self.trusted |= other.trusted;
        self
    }
}

impl From<&Level> for Sandbox {
    fn from(level: &Level) -> Sandbox {
        let missing = level.missing.iter().map(|layer| layer.name().to_owned());
        Sandbox {
            level: level.level.clone(),
            missing: missing.collect(),
            trusted: level.policy == Policy::TrustStudents,
        }
    }
}

/// How a class is graded.
#[derive(Clone, Debug)]
pub struct GradeOptions<'a> {
    /// The folder or zip file with the submissions.
    pub submissions: PathBuf,
    /// The folder for the results.
    pub out: PathBuf,
    /// How many jobs at once.
    pub jobs: usize,
    /// Whether to go on where a grading was cut off.
    pub resume: bool,
    /// Only this student.
    pub only: Option<String>,
    /// Only this part of the class.
    pub shard: Option<Shard>,
    /// The language of the reports.
    pub language: Language,
    /// The compiler answers are judged with: another compiler, another input.
    pub toolchain: String,
    /// How well students' programs are locked in.
    pub sandbox: Sandbox,
    /// Draws the timeline of a run as SVG.
    pub timeline: Option<fn(&Document, Language) -> String>,
    /// Points given by hand; otherwise `hand.csv` in the folder for the results, where it is.
    pub hand: Option<PathBuf>,
    /// Set it to stop after the submissions being judged.
    pub stop: Option<&'a AtomicBool>,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// How many submissions were looked at.
    pub submissions: usize,
    /// How many answers were judged now.
    pub judged: usize,
    /// How many judgements were there already.
    pub reused: usize,
    /// Submissions a human has to look at: id and task.
    pub for_a_human: Vec<(String, String)>,
    /// Answers nobody has given points to yet: id and task. Those for a human are among them.
    pub open: Vec<(String, String)>,
    /// Students who were given points by hand, and of whom there is no submission.
    pub unknown: Vec<String>,
    /// What lay among the submissions and is none.
    pub passed_over: Vec<String>,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// Why a class was not graded.
#[derive(Debug, thiserror::Error)]
pub enum GradeError {
    /// The assignment cannot be used.
    #[error(transparent)]
    Assignment(#[from] AssignmentError),
    /// The submissions cannot be found.
    #[error(transparent)]
    Submissions(#[from] SubmissionsError),
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The reports cannot be written.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The points given by hand cannot be used.
    #[error(transparent)]
    Hand(#[from] HandError),
    /// The folder for the results is no folder of its own.
    #[error(transparent)]
    Overlap(#[from] Overlap),
    /// A grading into this folder was cut off.
    #[error("a grading into {0} was cut off; go on with `--resume`, or choose another folder")]
    Unfinished(PathBuf),
    /// There is no submission of that student.
    #[error("there is no submission of {0:?}")]
    NoSuchStudent(String),
    /// The only student is in another part of the class than the one that was asked for.
    #[error("{student:?} is not in part {part}")]
    OtherPart {
        /// Who.
        student: String,
        /// The part that was asked for.
        part: Shard,
    },
    /// A number of jobs that makes no sense.
    #[error("{0} jobs at once are not possible; take 1 to {MAX_JOBS}")]
    Jobs(usize),
}

enum Event {
    Started(String, Origin),
    Sent(Sent),
}

#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    judged: usize,
    reused: usize,
}

/// Grades a class.
pub fn grade(
    assignment: &Assignment,
    judge: &dyn Judge,
    options: &GradeOptions<'_>,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Outcome, GradeError> {
    if !(1..=MAX_JOBS).contains(&options.jobs) {
        return Err(GradeError::Jobs(options.jobs));
    }
    let Foreseen {
        mut submissions,
        passed_over,
        hand,
        mut ledger,
    } = foresee::open(
        assignment,
        &Inputs {
            submissions: &options.submissions,
            out: &options.out,
            resume: options.resume,
            only: options.only.as_deref(),
            shard: options.shard,
            hand: options.hand.as_deref(),
        },
    )?;
    let whole = options.only.is_none();
    if whole {
        ledger.set_open(true)?;
    }
    let sandbox = match Settings::read(&options.out) {
        // The others' answers ran in the boxes there were then.
        Ok(before) if !whole => options.sandbox.clone().and(&before.sandbox),
        _ => options.sandbox.clone(),
    };
    // Also after a crash somebody may want their answers to be forgotten.
    Settings::of(assignment, options, judge.grader(), &sandbox, &passed_over)
        .write(&options.out)?;
    // What a grader died of, if it died of a submission, comes last.
    let unfinished = ledger.unfinished()?;
    submissions.sort_by_key(|submission| unfinished.get(&submission.id).copied().unwrap_or(0));
    let mut outcome = judge_all(
        assignment,
        judge,
        options,
        &mut ledger,
        submissions,
        progress,
    )?;
    if let Some(hand) = hand {
        hand::write(&mut ledger, &hand)?;
        // Whoever is not in this part of the class may be in another one.
        if whole && options.shard.is_none() && !outcome.stopped {
            outcome.unknown = hand::unknown(&ledger, &hand)?;
        }
    }
    outcome.open = report::write(
        assignment,
        &ledger,
        &report::ReportOptions {
            timeline: options.timeline,
            out: options.out.clone(),
            language: options.language,
            sandbox,
            passed_over: passed_over.clone(),
        },
    )?;
    outcome.passed_over = passed_over;
    outcome.for_a_human.sort();
    if whole && !outcome.stopped {
        ledger.set_open(false)?;
    }
    Ok(outcome)
}

fn judge_all(
    assignment: &Assignment,
    judge: &dyn Judge,
    options: &GradeOptions<'_>,
    ledger: &mut Ledger,
    submissions: Vec<Submission>,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Outcome, GradeError> {
    let mut watch = progress::Watch::new(submissions.len(), options.jobs);
    let mut outcome = Outcome {
        submissions: submissions.len(),
        ..Outcome::default()
    };
    let bench = Bench::new(assignment, judge, options, ledger.inputs()?);
    let queue = Mutex::new(VecDeque::from(submissions));
    let stopped = || {
        options
            .stop
            .is_some_and(|stop| stop.load(Ordering::Relaxed))
    };
    let (sender, receiver) = sync_channel::<Event>(options.jobs * 2);
    let work = |sender: SyncSender<Event>| {
        while !stopped() {
            let next = queue
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .pop_front();
            let Some(submission) = next else { return };
            // Nobody listens any more when the ledger could not be written.
            if sender
                .send(Event::Started(submission.id.clone(), submission.origin))
                .is_err()
            {
                return;
            }
            if !bench.grade(&submission, &|sent| sender.send(Event::Sent(sent)).is_ok()) {
                return;
            }
        }
    };
    let work = &work;
    std::thread::scope(|scope| -> Result<(), GradeError> {
        for _ in 0..options.jobs {
            let sender = sender.clone();
            scope.spawn(move || work(sender));
        }
        drop(sender);
        // Moved in, so that an error lets go of the jobs.
        let receiver = receiver;
        for event in &receiver {
            match event {
                Event::Started(id, origin) => ledger.started(&id, origin)?,
                Event::Sent(Sent::Judged(judged)) => ledger.judged(&judged)?,
                Event::Sent(Sent::Record(record, counted)) => {
                    ledger.record(&record)?;
                    outcome.judged += counted.judged;
                    outcome.reused += counted.reused;
                    for entry in &record.entries {
                        if matches!(entry.finding, Finding::Internal { .. }) {
                            outcome
                                .for_a_human
                                .push((record.id.clone(), entry.task.clone()));
                        }
                    }
                    progress(&watch.done(record.id, counted.judged > 0));
                }
            }
        }
        Ok(())
    })?;
    outcome.stopped = !queue
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .is_empty();
    Ok(outcome)
}
