//! One task of one submission: its checks, their cases and repeats.

use super::outcome::Asked;
use super::{BoxJudge, KEPT, Reference, Rooms, locked, values, view};
use crate::build::{BuildError, Program, STD, source};
use crate::judge::{Judgement, RunRecord, TaskSpec, Why};
use crate::run::conversation::{Answered, Conversation, Question};
use crate::run::supervise::{Bounds, supervise};
use crate::sandbox::orders::Start;
use crate::verdict::Verdict;
use crate::wire::Value;
use recorder::document::{Document, Params};
use std::path::Path;
use std::time::Duration;

/// One task of one submission.
pub(super) struct Judging<'a, 'b> {
    pub(super) judge: &'a BoxJudge,
    pub(super) task: &'a TaskSpec,
    pub(super) answer: &'a str,
    pub(super) program: &'a Program,
    pub(super) inside: usize,
    pub(super) rooms: &'a mut Rooms<'b>,
    pub(super) runs: Vec<RunRecord>,
}

/// What came of one run.
struct Came {
    failure: Option<(Verdict, Why)>,
    answers: Vec<Answered>,
    record: RunRecord,
}

impl Judging<'_, '_> {
    pub(super) fn all(mut self) -> Result<Judgement, BuildError> {
        let reference = self.judge.reference(self.task)?;
        let total: f64 = self.task.checks.iter().map(|check| check.weight).sum();
        let (mut reached, mut failure) = (0.0, None);
        for (check, spec) in self.task.checks.iter().enumerate() {
            match self.check(check, reference.as_deref())? {
                None => reached += spec.weight,
                Some((verdict, why)) => {
                    let ends = !matches!(
                        verdict,
                        Verdict::Wrong | Verdict::RuntimeError | Verdict::Incomplete
                    );
                    if verdict.is_ours() {
                        // What nobody knows is not made a loss of points by what is known of the rest.
                        failure = Some((verdict, why));
                    } else {
                        failure.get_or_insert((verdict, why));
                    }
                    if ends {
                        break;
                    }
                }
            }
        }
        let share = (reached / total).clamp(0.0, 1.0);
        let (verdict, share, why) = match failure {
            None => (Verdict::Accepted, 1.0, Why::Fine),
            Some((verdict @ (Verdict::Forbidden | Verdict::Internal), why)) => (verdict, 0.0, why),
            Some((verdict, why)) if share == 0.0 => (verdict, 0.0, why),
            Some((_, why)) => (Verdict::Partial(share), share, why),
        };
        Ok(Judgement {
            verdict,
            share,
            schedule: why.schedule().map(str::to_owned),
            why,
            runs: self.runs,
        })
    }

    /// Why the check fails, if it does.
    fn check(
        &mut self,
        check: usize,
        reference: Option<&Reference>,
    ) -> Result<Option<(Verdict, Why)>, BuildError> {
        let task = self.task;
        let spec = &task.checks[check];
        if let Some(explore) = &spec.explore {
            return self.explored(check, explore, reference);
        }
        let mut expected = Vec::new();
        for (case, one) in spec.cases.iter().enumerate() {
            expected.push(match (&one.expect, reference) {
                (Some(expect), _) => Some(expect.0.clone()),
                (None, Some(reference)) => Some(self.expected(check, case, reference)?),
                (None, None) => None,
            });
        }
        let together = spec.repeats == 1 && spec.order.is_empty() && spec.max_threads.is_none();
        let groups: Vec<Vec<usize>> = if together {
            // A program that was asked a hidden question can tell it in answer to one that is shown.
            let (shown, hidden): (Vec<usize>, Vec<usize>) =
                (0..spec.cases.len()).partition(|case| spec.cases[*case].may_be_seen());
            [shown, hidden]
                .into_iter()
                .filter(|cases| !cases.is_empty())
                .collect()
        } else {
            (0..spec.cases.len()).map(|case| vec![case]).collect()
        };
        for repeat in 0..spec.repeats {
            for cases in &groups {
                let cases: Vec<(usize, Option<Value>)> = cases
                    .iter()
                    .map(|case| (*case, expected[*case].clone()))
                    .collect();
                let came = self.run(self.program, self.inside, check, &cases, repeat)?;
                self.runs.push(came.record);
                let Some(failure) = came.failure else {
                    continue;
                };
                if spec.repeats > 1
                    && let Some(reference) = reference
                    && !self.reference_holds(check, &cases, reference)?
                {
                    let what = format!(
                        "the reference of {} fails its own check {}",
                        task.id,
                        check + 1
                    );
                    return Ok(Some((Verdict::Internal, Why::Task { what })));
                }
                return Ok(Some(failure));
            }
        }
        Ok(None)
    }

    /// What the teacher's answer answers; asked once for all submissions.
    fn expected(
        &mut self,
        check: usize,
        case: usize,
        reference: &Reference,
    ) -> Result<Value, BuildError> {
        if let Some(value) = locked(&reference.answers).get(&(check, case)) {
            return Ok(value.clone());
        }
        let came = self.run(&reference.program, 0, check, &[(case, None)], 0)?;
        match (came.failure, came.answers.into_iter().next()) {
            (None, Some(Answered::Value(value))) => {
                locked(&reference.answers).insert((check, case), value.clone());
                Ok(value)
            }
            (failure, _) => Err(BuildError::Toolchain(format!(
                "the reference of {} fails its own check {}, case {}: {failure:?}",
                self.task.id,
                check + 1,
                case + 1
            ))),
        }
    }

    fn reference_holds(
        &mut self,
        check: usize,
        cases: &[(usize, Option<Value>)],
        reference: &Reference,
    ) -> Result<bool, BuildError> {
        for repeat in 0..self.task.checks[check].repeats {
            let came = self.run(&reference.program, 0, check, cases, repeat)?;
            if came.failure.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn run(
        &mut self,
        program: &Program,
        inside: usize,
        check: usize,
        cases: &[(usize, Option<Value>)],
        repeat: u32,
    ) -> Result<Came, BuildError> {
        let task = self.task;
        let (spec, limits) = (&task.checks[check], task.limits);
        // The same seeds for every submission, so that all are judged alike.
        let seed = 1 + u64::from(repeat) * 1_000 + check as u64 * 97;
        let questions = cases
            .iter()
            .map(|(case, _)| Question {
                probe: program.probes[inside] + check as u32,
                seed,
                shake_us: spec.shake_us,
                carries: Value::List(
                    spec.cases[*case]
                        .args
                        .iter()
                        .map(|one| one.0.clone())
                        .collect(),
                ),
            })
            .collect();
        let mut conversation = Conversation::new(questions, limits.events, spec.leftovers)?;
        let bounds = Bounds {
            wall: Duration::from_millis(limits.wall_ms),
            cpu_ms: limits.cpu_ms,
            memory_kb: limits.memory_mb * 1024,
            threads: limits.threads,
            output: limits.output_kb * 1024,
            kept: KEPT,
        };
        let toolchain = &self.judge.toolchain;
        let std = self
            .judge
            .sandbox
            .place(&view(toolchain, task), &toolchain.std);
        let chamber = self.rooms.chamber(task)?;
        let mut environment = vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned())];
        if std != Path::new(STD) {
            // Without bubblewrap it is not where the program looks for it.
            environment.push(("LD_LIBRARY_PATH".to_owned(), std.display().to_string()));
        }
        let start = Start {
            program: None,
            arguments: vec!["answers".to_owned()],
            environment,
            folder: if limits.disk_mb > 0 {
                chamber.scratch()
            } else {
                "/"
            }
            .to_owned(),
            channel: true,
        };
        let ending = supervise(
            chamber,
            start,
            Some(&program.image),
            Some(&mut conversation),
            &bounds,
        )?;
        let answer = conversation.answers.last().and_then(|answer| match answer {
            Answered::Value(value) => Some(value),
            Answered::Panic { .. } => None,
        });
        let wall_ms = ending.wall_ms();
        let mut document = conversation.taken.document(&task.id, seed, wall_ms, answer);
        name_arguments(&mut document, &spec.cases[cases[0].0].args);
        let asked = Asked {
            task,
            check,
            cases: cases.to_vec(),
            file: source::task_file(inside),
            offset: program.offsets[inside],
            seed,
            approximate: ending.approximate,
        };
        let failed = asked.judge(&ending, &conversation, &document);
        let (case, verdict) = match &failed {
            Some((case, verdict, _)) => (*case, *verdict),
            None => (cases[cases.len() - 1].0, Verdict::Accepted),
        };
        Ok(Came {
            record: RunRecord {
                check,
                case,
                seed,
                verdict,
                wall_ms,
                cpu_ms: ending.cpu_ms,
                peak_mb: ending.peak_kb as f64 / 1024.0,
                approximate: ending.approximate,
                stdout: ending.stdout.text(),
                stderr: ending.stderr.text(),
                document: failed.is_some().then_some(document),
            },
            failure: failed.map(|(_, verdict, why)| (verdict, why)),
            answers: conversation.answers,
        })
    }
}

/// A whole number that a question carries is a parameter of the run: `arg0`.
fn name_arguments(document: &mut Document, arguments: &[values::Datum]) {
    let numbers = arguments
        .iter()
        .enumerate()
        .filter_map(|(place, value)| match value.0 {
            Value::Whole(number) => Some((format!("arg{place}"), u32::try_from(number).ok()?)),
            _ => None,
        })
        .collect();
    document.params = Params::new(numbers, Default::default());
}
