//! From a program to a verdict: every check is a question or many, asked once or many times.
//!
//! What is expected is known outside only: it stands in the assignment, or the teacher's answer gave it in a box of
//! its own. A check that is repeated counts against a student only if the teacher's answer passes every one of the
//! same repeats in the same box.

mod explored;
pub mod order;
mod outcome;
mod task;
pub mod values;

use crate::build::forbidden::forbidden;
use crate::build::{self, BuildError, Compiled, LONGEST, Program, STD, Toolchain, tokens};
use crate::explored::Workshop;
use crate::judge::{Case, CheckSpec, ExploreSpec, Judge, Judgement, Limits, TaskSpec, Why};
use crate::sandbox::{Calls, Chamber, Plan, ProcessLimits, Sandbox, SandboxError, View};
use crate::verdict::Verdict;
use crate::wire::Value;
use explored::Beside;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use task::Judging;

/// How much of a stream is kept for a report.
const KEPT: usize = 16 * 1024;
/// How often a failure of ours is tried again.
const TRIES: u32 = 2;

/// Judges answers in boxes.
#[derive(Debug)]
pub struct BoxJudge {
    sandbox: Sandbox,
    toolchain: Toolchain,
    references: Mutex<HashMap<String, Arc<Reference>>>,
    workshop: OnceLock<Result<Workshop, String>>,
}

/// A teacher's answer, compiled once.
#[derive(Debug)]
struct Reference {
    program: Program,
    answers: Mutex<HashMap<(usize, usize), Value>>,
    modelled: Mutex<HashMap<usize, Arc<Beside>>>,
}

/// What is behind a lock, whoever held it.
fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Judge for BoxJudge {
    fn judge(&self, task: &TaskSpec, answer: &str) -> Judgement {
        self.judge_all(&[(task, answer)])
            .pop()
            .unwrap_or_else(|| internal("nothing was judged".to_owned()))
    }

    fn judge_all(&self, answers: &[(&TaskSpec, &str)]) -> Vec<Judgement> {
        let mut found: Vec<Option<Judgement>> = answers
            .iter()
            .map(|(task, answer)| before_compiling(task, answer))
            .collect();
        // What one task is allowed, an answer to another one must not get.
        for allowed in [(false, false), (false, true), (true, false), (true, true)] {
            let places: Vec<usize> = (0..answers.len())
                .filter(|place| found[*place].is_none())
                .filter(|place| {
                    let task = answers[*place].0;
                    (task.allows_unsafe, task.library) == allowed
                })
                .collect();
            if !places.is_empty() {
                self.judge_crate(answers, &places, &mut found);
            }
        }
        found
            .into_iter()
            .map(|one| one.unwrap_or_else(|| internal("nothing was judged".to_owned())))
            .collect()
    }
}

fn internal(what: String) -> Judgement {
    Judgement::at_once(Verdict::Internal, Why::Internal { what })
}

/// What can be said without a compiler.
fn before_compiling(task: &TaskSpec, answer: &str) -> Option<Judgement> {
    if let Some(wrong) = wrong_task(task) {
        let what = format!("{}: {wrong}", task.id);
        return Some(Judgement::at_once(Verdict::Internal, Why::Task { what }));
    }
    if answer.len() > LONGEST {
        let limit_kb = LONGEST as u64 / 1024;
        let why = Why::CompileOutput { limit_kb };
        return Some(Judgement::at_once(Verdict::CompileLimit, why));
    }
    if tokens::tokens(answer).is_empty() {
        return Some(Judgement::at_once(Verdict::Incomplete, Why::NotWritten));
    }
    let (word, line) = forbidden(answer, &task.prelude, &task.forbidden)?;
    let why = Why::Word { word, line };
    Some(Judgement::at_once(Verdict::Forbidden, why))
}

/// Why nothing could be judged by a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongTask {
    /// It has no checks.
    #[error("it has no checks")]
    NoChecks,
    /// One of its checks makes no sense.
    #[error("check {} {what}", .place + 1)]
    Check {
        /// Which, from 0.
        place: usize,
        /// What is wrong with it.
        what: WrongCheck,
    },
}

/// Why a check makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongCheck {
    /// No questions.
    #[error("has no cases")]
    NoCases,
    /// It would ask nothing.
    #[error("is repeated 0 times")]
    Repeats,
    /// It would count for nothing, or for less.
    #[error("has a weight that is no number above 0")]
    Weight,
    /// What is recorded could be forged.
    #[error(
        "has an order contract, but the task allows `unsafe`, which could forge what is recorded"
    )]
    OrderUnsafe,
    /// It neither asks nor explores.
    #[error("neither asks, with a `probe`, nor explores")]
    NoProbe,
    /// It explores and asks.
    #[error("explores, so it has no probe, cases, repeats, shakes, order or `max_threads`")]
    ExploresAndAsks,
    /// What is found could be forged.
    #[error("explores, but the task allows `unsafe`, which could forge what is found")]
    ExploresUnsafe,
    /// Outputs are compared with those of nothing.
    #[error("compares outputs, but there is no reference")]
    NoReference,
    /// The program around the answer cannot begin.
    #[error("explores, but the program around the answer has no `fn main`")]
    NoMain,
    /// No time to explore in, or too much.
    #[error("explores, but not for 1 to 600000 ms")]
    Budget,
    /// No memory to explore in, or too much.
    #[error("explores, but not with 64 to 65536 MB of memory")]
    Memory,
    /// Whatever is found, it holds.
    #[error("explores, but neither failures nor outputs count")]
    NothingCounts,
}

pub(crate) fn wrong_task(task: &TaskSpec) -> Option<WrongTask> {
    if task.checks.is_empty() {
        return Some(WrongTask::NoChecks);
    }
    for (place, check) in task.checks.iter().enumerate() {
        let what = if check.cases.is_empty() {
            WrongCheck::NoCases
        } else if check.repeats == 0 {
            WrongCheck::Repeats
        } else if check.weight.is_nan() || check.weight <= 0.0 || check.weight.is_infinite() {
            WrongCheck::Weight
        } else if task.allows_unsafe && !check.order.is_empty() {
            WrongCheck::OrderUnsafe
        } else if let Some(explore) = &check.explore {
            match wrong_exploration(task, check, explore) {
                Some(what) => what,
                None => continue,
            }
        } else if check.probe.trim().is_empty() {
            WrongCheck::NoProbe
        } else {
            continue;
        };
        return Some(WrongTask::Check { place, what });
    }
    None
}

fn wrong_exploration(
    task: &TaskSpec,
    check: &CheckSpec,
    explore: &ExploreSpec,
) -> Option<WrongCheck> {
    let asks = !check.probe.is_empty()
        || check.cases != [Case::default()]
        || check.repeats != 1
        || check.shake_us != 0
        || !check.order.is_empty()
        || check.max_threads.is_some();
    if asks {
        Some(WrongCheck::ExploresAndAsks)
    } else if task.allows_unsafe {
        Some(WrongCheck::ExploresUnsafe)
    } else if explore.same_outputs && task.reference.is_none() {
        Some(WrongCheck::NoReference)
    } else {
        explore.wrong()
    }
}

impl BoxJudge {
    /// A judge with this sandbox and this compiler.
    pub fn new(sandbox: Sandbox, toolchain: Toolchain) -> BoxJudge {
        BoxJudge {
            sandbox,
            toolchain,
            references: Mutex::default(),
            workshop: OnceLock::new(),
        }
    }

    /// The sandbox.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// The compiler.
    pub fn toolchain(&self) -> &Toolchain {
        &self.toolchain
    }

    /// Compiles an answer behind its prelude as it would be judged (with the library, where its task asks for it), but
    /// runs nothing: why it cannot be compiled, where it cannot.
    pub fn compiles(
        &self,
        prelude: &str,
        answer: &str,
        library: bool,
    ) -> Result<Option<Why>, BuildError> {
        let task = TaskSpec {
            id: "answer".to_owned(),
            prelude: prelude.to_owned(),
            reference: None,
            forbidden: Vec::new(),
            // What a task forbids is not known where a student packs her notebook.
            allows_unsafe: true,
            sleep: true,
            library,
            limits: Limits::default(),
            checks: Vec::new(),
        };
        if answer.len() > LONGEST {
            let limit_kb = LONGEST as u64 / 1024;
            return Ok(Some(Why::CompileOutput { limit_kb }));
        }
        match self.compile(&[(&task, answer)])? {
            Compiled::Program(_) => Ok(None),
            Compiled::Refused(_, why) => Ok(Some(why)),
        }
    }

    fn compile(&self, answers: &[(&TaskSpec, &str)]) -> Result<Compiled, BuildError> {
        let mut tries = 1;
        loop {
            match build::compile(&self.sandbox, &self.toolchain, answers) {
                Err(_) if tries < TRIES => tries += 1,
                other => return other,
            }
        }
    }

    /// Several answers in one crate; each in its own only where that does not compile.
    fn judge_crate(
        &self,
        answers: &[(&TaskSpec, &str)],
        places: &[usize],
        found: &mut [Option<Judgement>],
    ) {
        let chosen: Vec<(&TaskSpec, &str)> = places.iter().map(|place| answers[*place]).collect();
        match self.compile(&chosen) {
            Ok(Compiled::Program(program)) => {
                let mut rooms = Rooms::new(self);
                for (inside, place) in places.iter().enumerate() {
                    found[*place] =
                        Some(self.judge_program(chosen[inside], &program, inside, &mut rooms));
                }
            }
            Ok(Compiled::Refused(verdict, why)) if places.len() == 1 => {
                found[places[0]] = Some(Judgement::at_once(verdict, why));
            }
            Ok(Compiled::Refused(..)) => {
                for place in places {
                    self.judge_crate(answers, &[*place], found);
                }
            }
            Err(error) => {
                for place in places {
                    found[*place] = Some(internal(said(&error)));
                }
            }
        }
    }

    fn judge_program(
        &self,
        (task, answer): (&TaskSpec, &str),
        program: &Program,
        inside: usize,
        rooms: &mut Rooms<'_>,
    ) -> Judgement {
        let mut tries = 1;
        loop {
            let judged = Judging {
                judge: self,
                task,
                answer,
                program,
                inside,
                rooms,
                runs: Vec::new(),
            }
            .all();
            match judged {
                Ok(judgement) => return judgement,
                // A box that failed is not used again.
                Err(_) if tries < TRIES => {
                    rooms.room = None;
                    tries += 1;
                }
                Err(error) => return internal(said(&error)),
            }
        }
    }

    fn reference(&self, task: &TaskSpec) -> Result<Option<Arc<Reference>>, BuildError> {
        let Some(answer) = &task.reference else {
            return Ok(None);
        };
        let key = serde_json::to_string(task).map_err(|error| BuildError::System(error.into()))?;
        if let Some(reference) = locked(&self.references).get(&key) {
            return Ok(Some(reference.clone()));
        }
        match self.compile(&[(task, answer)])? {
            Compiled::Program(program) => {
                let reference = Arc::new(Reference {
                    program,
                    answers: Mutex::default(),
                    modelled: Mutex::default(),
                });
                let mut known = locked(&self.references);
                Ok(Some(known.entry(key).or_insert(reference).clone()))
            }
            Compiled::Refused(_, why) => Err(BuildError::Toolchain(format!(
                "the reference of {} does not compile: {why:?}",
                task.id
            ))),
        }
    }
}

fn said(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}

/// The box of a submission's runs. Tasks with the same bounds share it; what can be written to is never shared.
struct Rooms<'a> {
    judge: &'a BoxJudge,
    room: Option<((Limits, bool, bool), Chamber)>,
}

impl<'a> Rooms<'a> {
    fn new(judge: &'a BoxJudge) -> Rooms<'a> {
        Rooms { judge, room: None }
    }

    fn chamber(&mut self, task: &TaskSpec) -> Result<&mut Chamber, SandboxError> {
        let key = (task.limits, task.sleep, task.allows_unsafe);
        let fits = self.room.as_ref().is_some_and(|(of, _)| *of == key);
        if !fits || task.limits.disk_mb > 0 {
            self.room = None;
            let chamber = self
                .judge
                .sandbox
                .open(&plan(&self.judge.toolchain, task))?;
            self.room = Some((key, chamber));
        }
        match &mut self.room {
            Some((_, chamber)) => Ok(chamber),
            None => Err(SandboxError::Gone),
        }
    }
}

fn view(toolchain: &Toolchain, task: &TaskSpec) -> View {
    let disk_mb = task.limits.disk_mb;
    View {
        readable: vec![(toolchain.std.clone(), STD.into())],
        scratch: (disk_mb > 0).then_some(disk_mb << 20),
        proc: false,
    }
}

fn plan(toolchain: &Toolchain, task: &TaskSpec) -> Plan {
    let limits = task.limits;
    let memory = limits.memory_mb << 20;
    Plan {
        view: view(toolchain, task),
        calls: Calls {
            anonymous_files: false,
            sleep: task.sleep,
        },
        limits: ProcessLimits {
            cpu_s: limits.cpu_ms.div_ceil(1000) + 1,
            // Stacks of threads count as far as they could grow.
            memory: memory * 2 + limits.threads * (3 << 20),
            file: limits.disk_mb << 20,
            // More than may be seen: who reaches the bound is ended, not only refused.
            threads: limits.threads + 8,
            descriptors: 512,
        },
        memory,
        files: 10_000,
    }
}
