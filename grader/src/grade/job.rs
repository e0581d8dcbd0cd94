//! One job: a submission is read, its answers are judged, and what was found is handed on.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::{Counted, GradeOptions};
use crate::assignment::{Assignment, Decides, Task, sha256};
use crate::graft::{self, Answer, MAX_NOTEBOOK_BYTES, Wanted};
use crate::judge::{Judge, Judgement, TaskSpec, Why};
use crate::ledger::{Entry, Finding, Judged, Record};
use crate::submission::{Problem, Submission};
use crate::verdict::Verdict;

/// How many times we try before a human has to look.
const ATTEMPTS: u32 = 3;

/// Between two attempts, multiplied with the number of the attempt.
const PAUSE: Duration = Duration::from_millis(100);

/// Larger notebooks are read one after the other, so that memory does not grow with the number of jobs.
const LARGE: u64 = 2 << 20;

/// Who judges: the version, and a fingerprint of all sources that a verdict comes from (`build.rs`).
pub const GRADER: &str = concat!(
    "weft ",
    env!("CARGO_PKG_VERSION"),
    " ",
    env!("WEFT_JUDGING")
);

#[derive(Clone, Copy, PartialEq)]
enum Claim {
    Busy,
    Done,
}

/// What a job hands on.
pub(super) enum Sent {
    /// New judgements; records rest on them.
    Judged(Vec<Judged>),
    /// A submission, whole.
    Record(Record, Counted),
}

/// What the jobs share.
pub(super) struct Bench<'a> {
    assignment: &'a Assignment,
    judge: &'a dyn Judge,
    toolchain: &'a str,
    /// What ran in a weaker box may have lied: a stronger one judges it again.
    guarded: &'a str,
    claims: Mutex<HashMap<String, Claim>>,
    changed: Condvar,
    large: Mutex<()>,
}

/// An answer on its way to a judgement.
struct Pending<'a> {
    place: usize,
    spec: &'a TaskSpec,
    spec_hash: &'a str,
    answer: String,
    input: String,
}

impl<'a> Bench<'a> {
    pub(super) fn new(
        assignment: &'a Assignment,
        judge: &'a dyn Judge,
        options: &'a GradeOptions<'_>,
        known: HashSet<String>,
    ) -> Bench<'a> {
        Bench {
            assignment,
            judge,
            toolchain: &options.toolchain,
            guarded: &options.sandbox.level,
            claims: Mutex::new(
                known
                    .into_iter()
                    .map(|input| (input, Claim::Done))
                    .collect(),
            ),
            changed: Condvar::new(),
            large: Mutex::new(()),
        }
    }

    fn claims(&self) -> MutexGuard<'_, HashMap<String, Claim>> {
        // Nothing that can panic happens while it is held.
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Grades one submission; `send` says whether anybody listens, and so does this.
    pub(super) fn grade(&self, submission: &Submission, send: &dyn Fn(Sent) -> bool) -> bool {
        let (hash, answers) = self.read(submission);
        let tasks = &self.assignment.tasks;
        let mut entries: Vec<Entry> = Vec::with_capacity(tasks.len());
        let mut pending = Vec::new();
        for (place, task) in tasks.iter().enumerate() {
            let answer = answers.as_ref().map(|answers| &answers[place]);
            let problem = answer.map_or_else(|problem| Some(problem.clone()), Answer::problem);
            let text = match answer {
                Ok(Answer::Text(text)) => Some(text.clone()),
                _ => None,
            };
            let finding = match (problem, &task.decides) {
                (Some(problem), _) => Finding::Problem(problem),
                (None, Decides::Hand) => Finding::Hand,
                (None, Decides::Judge { spec, hash }) => {
                    let answer = text.clone().unwrap_or_default();
                    let input = self.input(hash, &answer);
                    pending.push(Pending {
                        place,
                        spec,
                        spec_hash: hash,
                        answer,
                        input: input.clone(),
                    });
                    Finding::Judged(input)
                }
            };
            entries.push(Entry {
                task: task.id.clone(),
                answer: text,
                finding,
            });
        }
        let mut record = Record {
            id: submission.id.clone(),
            name: submission.name.clone(),
            origin: submission.origin,
            hash,
            entries,
        };
        let Some(counted) = self.judge_pending(pending, &mut record, send) else {
            return false;
        };
        send(Sent::Record(record, counted))
    }

    /// Reads the answers, and hashes what was read, to the end or to the limit.
    fn read(&self, submission: &Submission) -> (String, Result<Vec<Answer>, Problem>) {
        let _one_at_a_time = (submission.size_hint() > LARGE)
            .then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
        let reader = match submission.open() {
            Ok(reader) => reader,
            Err(problem) => return (String::new(), Err(problem)),
        };
        let mut hashing = Hashing {
            inner: reader.take(MAX_NOTEBOOK_BYTES + 1),
            sha256: Sha256::new(),
        };
        let wanted: Vec<Wanted<'_>> = self.assignment.tasks.iter().map(wanted).collect();
        let answers = graft::answers(&mut hashing, &wanted);
        // A file that cannot be read to its end was found out by then.
        let _ = io::copy(&mut hashing, &mut io::sink());
        let hash = hashing.sha256.finalize();
        (
            hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            answers,
        )
    }

    /// The hash of everything a judgement depends on. A grader that decides otherwise must not reuse what another one
    /// decided: who judges is part of it.
    fn input(&self, spec: &str, answer: &str) -> String {
        let answer = sha256(answer.as_bytes());
        let grader = self.judge.grader();
        let parts = [grader, self.toolchain, self.guarded, spec, &answer];
        sha256(parts.join("\n").as_bytes())
    }

    /// Judges what nobody has judged, and waits for what others are judging; `None` when nobody listens.
    ///
    /// Own claims are judged, sent and given back before others' are waited for, so nobody waits in a circle; and a
    /// judgement is sent before anybody can rest a record on it.
    fn judge_pending(
        &self,
        mut left: Vec<Pending<'_>>,
        record: &mut Record,
        send: &dyn Fn(Sent) -> bool,
    ) -> Option<Counted> {
        let mut counted = Counted::default();
        loop {
            let (mut mine, mut others) = (Vec::new(), Vec::new());
            let mut claims = self.claims();
            for pending in left {
                match claims.get(&pending.input) {
                    Some(Claim::Done) => counted.reused += 1,
                    // Also the second of two tasks with the same demands and the same answer.
                    Some(Claim::Busy) => others.push(pending),
                    None => {
                        claims.insert(pending.input.clone(), Claim::Busy);
                        mine.push(pending);
                    }
                }
            }
            if mine.is_empty() && !others.is_empty() {
                // Whoever is busy gives its claim back, whatever happens to it.
                let busy = |claims: &mut HashMap<String, Claim>| {
                    others
                        .iter()
                        .all(|pending| claims.get(&pending.input) == Some(&Claim::Busy))
                };
                drop(
                    self.changed
                        .wait_while(claims, busy)
                        .unwrap_or_else(PoisonError::into_inner),
                );
                left = others;
                continue;
            }
            drop(claims);
            if mine.is_empty() {
                return Some(counted);
            }
            counted.judged += mine.len();
            let mut busy = Busy {
                bench: self,
                inputs: mine.iter().map(|pending| pending.input.clone()).collect(),
                done: HashSet::new(),
            };
            let judged = self.judge_mine(mine, record);
            busy.done = judged.iter().map(|judged| judged.input.clone()).collect();
            if !judged.is_empty() && !send(Sent::Judged(judged)) {
                return None;
            }
            drop(busy);
            left = others;
        }
    }

    /// Judges answers together, and once more those that failed by our fault.
    fn judge_mine(&self, mut left: Vec<Pending<'_>>, record: &mut Record) -> Vec<Judged> {
        let mut judged = Vec::new();
        for attempt in 1..=ATTEMPTS {
            let answers: Vec<(&TaskSpec, &str)> = left
                .iter()
                .map(|pending| (pending.spec, pending.answer.as_str()))
                .collect();
            let judgements = judge_once(self.judge, &answers);
            let mut failed = Vec::new();
            for (pending, judgement) in left.into_iter().zip(judgements) {
                if judgement.verdict.is_ours() {
                    let again = match &judgement.why {
                        Why::Unexplored { open, .. } => open.may_change(),
                        _ => true,
                    };
                    let what = match judgement.why {
                        Why::Internal { what } | Why::Task { what } => what,
                        // A report puts it into words.
                        other => {
                            serde_json::to_string(&other).unwrap_or_else(|_| format!("{other:?}"))
                        }
                    };
                    record.entries[pending.place].finding = Finding::Internal {
                        what,
                        attempts: attempt,
                    };
                    if again {
                        failed.push(pending);
                    }
                    continue;
                }
                record.entries[pending.place].finding = Finding::Judged(pending.input.clone());
                judged.push(Judged {
                    input: pending.input,
                    spec: pending.spec.clone(),
                    spec_hash: pending.spec_hash.to_owned(),
                    answer: pending.answer,
                    toolchain: self.toolchain.to_owned(),
                    judgement,
                });
            }
            left = failed;
            if left.is_empty() {
                break;
            }
            if attempt < ATTEMPTS {
                // What we lack may be back in a moment: memory, processes, room on the disk.
                std::thread::sleep(PAUSE * attempt);
            }
        }
        judged
    }
}

/// One judgement for each answer, whatever the judge does, with numbers that can be written down.
pub(crate) fn judge_once(judge: &dyn Judge, answers: &[(&TaskSpec, &str)]) -> Vec<Judgement> {
    let failed = |what: &str| {
        let why = Why::Internal {
            what: what.to_owned(),
        };
        vec![Judgement::at_once(Verdict::Internal, why); answers.len()]
    };
    match catch_unwind(AssertUnwindSafe(|| judge.judge_all(answers))) {
        Ok(judgements) if judgements.len() == answers.len() => {
            judgements.into_iter().map(finite).collect()
        }
        Ok(_) => failed("the judge did not answer for every task"),
        Err(panic) => failed(&format!("the judge panicked: {}", told(&*panic))),
    }
}

/// Numbers that are none cannot be written down, and mean nothing.
fn finite(mut judgement: Judgement) -> Judgement {
    let number = |number: &mut f64| {
        if !number.is_finite() {
            *number = 0.0;
        }
    };
    number(&mut judgement.share);
    for run in &mut judgement.runs {
        number(&mut run.wall_ms);
        number(&mut run.cpu_ms);
        number(&mut run.peak_mb);
        if let Verdict::Partial(share) = &mut run.verdict {
            number(share);
        }
    }
    judgement
}

fn told(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a word")
}

fn wanted(task: &Task) -> Wanted<'_> {
    Wanted {
        id: &task.id,
        stub: &task.stub,
    }
}

/// Claims that are given back whatever happens.
struct Busy<'a> {
    bench: &'a Bench<'a>,
    inputs: Vec<String>,
    done: HashSet<String>,
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        let mut claims = self.bench.claims();
        for input in self.inputs.drain(..) {
            if self.done.contains(&input) {
                claims.insert(input, Claim::Done);
            } else {
                claims.remove(&input);
            }
        }
        drop(claims);
        self.bench.changed.notify_all();
    }
}

/// Hashes what is read through it.
struct Hashing<R> {
    inner: R,
    sha256: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.sha256.update(&buffer[..read]);
        Ok(read)
    }
}
