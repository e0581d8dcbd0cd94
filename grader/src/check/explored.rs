//! A check that explores: the answer is compiled for the model, explored, and what was found is settled.

use super::task::Judging;
use super::{BoxJudge, Reference, locked};
use crate::build::BuildError;
use crate::explored::{
    self, Built, Came, Ends, ExploreSpec, Modelled, Open, Otherwise, Parts, Settled, Workshop,
};
use crate::judge::{RunRecord, TaskSpec, Why};
use crate::run::supervise::Ending;
use crate::verdict::Verdict;
use explorer::job::{Done, Explored};
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex};

/// A teacher's answer in the model.
#[derive(Debug)]
pub(super) struct Beside {
    modelled: Modelled,
    /// How it does itself, once somebody had to know.
    standing: Mutex<Option<Standing>>,
}

/// What answers are held against.
#[derive(Clone, Copy, Debug)]
struct Standing {
    goes_wrong: bool,
    ends: Ends,
}

impl Judging<'_, '_> {
    /// Why the check fails, if it does.
    pub(super) fn explored(
        &mut self,
        check: usize,
        spec: &ExploreSpec,
        reference: Option<&Reference>,
    ) -> Result<Option<(Verdict, Why)>, BuildError> {
        let (judge, task) = (self.judge, self.task);
        let modelled = match judge.modelled(task, spec, self.answer)? {
            Built::Modelled(modelled) => modelled,
            Built::Open(open) => return Ok(left_open(check, spec, open)),
            Built::Limit(why) => return Ok(Some((Verdict::CompileLimit, why))),
        };
        let beside = match reference {
            None => None,
            Some(reference) => match judge.beside(task, check, spec, reference)? {
                Some(beside) => Some(beside),
                None => return Ok(left_open(check, spec, Open::Reference)),
            },
        };
        let settled = self.settled(check, spec, &modelled, beside.as_deref())?;
        if matches!(settled, Settled::Found(_))
            && let Some(beside) = beside
            && judge.standing(spec, &beside)?.goes_wrong
        {
            let what = format!("the reference of {} fails its own check {check}", task.id);
            return Ok(Some((Verdict::Internal, Why::Task { what })));
        }
        Ok(match settled {
            Settled::Holds => None,
            Settled::NotWritten => Some((Verdict::Incomplete, Why::NotWritten)),
            Settled::Stuck { ms } => {
                let (limit_ms, cpu_ms) = (ms, ms);
                Some((Verdict::TimeLimit, Why::Time { limit_ms, cpu_ms }))
            }
            Settled::Found(finding) => {
                let (shown, finding) = (spec.shown, Box::new(finding));
                let why = Why::Explored {
                    check,
                    shown,
                    finding,
                };
                Some((Verdict::Wrong, why))
            }
            Settled::Open(open) => left_open(check, spec, open),
        })
    }

    fn settled(
        &mut self,
        check: usize,
        spec: &ExploreSpec,
        modelled: &Modelled,
        beside: Option<&Beside>,
    ) -> Result<Settled, BuildError> {
        let mut programs: Vec<&OwnedFd> = beside
            .filter(|_| spec.same_outputs)
            .map(|beside| &beside.modelled.image)
            .into_iter()
            .collect();
        programs.push(&modelled.image);
        let (came, ending) = self.judge.explore(spec, &programs)?;
        let unproved = |explored: &mut Explored, modelled: &Modelled| {
            if !modelled.unseen.is_empty() {
                explored.verdict = explored.verdict.not_all_seen();
            }
        };
        let settled = match came {
            Came::Open(open) => Settled::Open(open),
            Came::Done(Done::Explored {
                mut explored,
                comparison: None,
            }) => {
                unproved(&mut explored, modelled);
                let expected = self.usual_ends(spec, &explored, beside)?;
                explored::settle(spec, modelled.before, &explored, expected, None)
            }
            Came::Done(Done::Explored {
                mut explored,
                comparison: Some(mut compared),
            }) => {
                if let Some(beside) = beside {
                    unproved(&mut explored, &beside.modelled);
                }
                unproved(&mut compared.explored, modelled);
                let reference = Some((&*explored, &*compared));
                let answer = &compared.explored;
                let expected = Ends::of(&explored);
                explored::settle(spec, modelled.before, answer, expected, reference)
            }
            // It computes and computes: that is no matter of schedules.
            Came::Done(Done::Stuck { after }) => Settled::Stuck {
                ms: u64::try_from(after.as_millis()).unwrap_or(u64::MAX),
            },
            Came::Done(Done::NotModelled { what, .. }) => Settled::Open(Open::Beyond { what }),
            Came::Done(other) => Settled::Open(Open::Broke {
                what: format!("{other:?}"),
            }),
        };
        let settled = match settled {
            Settled::Open(Open::Bounded) if !modelled.unseen.is_empty() => {
                let what = modelled.unseen.clone();
                Settled::Open(Open::NotModelled { what })
            }
            settled => settled,
        };
        let verdict = match &settled {
            Settled::Holds => Verdict::Accepted,
            Settled::NotWritten => Verdict::Incomplete,
            Settled::Stuck { .. } => Verdict::TimeLimit,
            Settled::Found(_) => Verdict::Wrong,
            Settled::Open(_) => Verdict::Internal,
        };
        self.runs.push(record(check, verdict, &ending));
        Ok(settled)
    }

    /// How the program around is to end. The reference is asked only where an answer ends it otherwise than usual; who
    /// has none beside is the reference.
    fn usual_ends(
        &self,
        spec: &ExploreSpec,
        answer: &Explored,
        beside: Option<&Beside>,
    ) -> Result<Ends, BuildError> {
        let ends = Ends::of(answer);
        match beside {
            Some(beside) if ends != Ends::PLAIN => Ok(self.judge.standing(spec, beside)?.ends),
            _ => Ok(ends),
        }
    }
}

/// What becomes of an answer that an exploration says nothing about.
fn left_open(check: usize, spec: &ExploreSpec, open: Open) -> Option<(Verdict, Why)> {
    match spec.otherwise {
        Otherwise::Accept => None,
        Otherwise::Hand => Some((Verdict::Internal, Why::Unexplored { check, open })),
    }
}

/// The schedules are not times, and nothing was recorded: what is kept is what exploring cost.
fn record(check: usize, verdict: Verdict, ending: &Ending) -> RunRecord {
    RunRecord {
        check,
        case: 0,
        seed: 0,
        verdict,
        wall_ms: ending.wall_ms(),
        cpu_ms: ending.cpu_ms,
        peak_mb: ending.peak_kb as f64 / 1024.0,
        approximate: ending.approximate,
        stdout: String::new(),
        stderr: String::new(),
        document: None,
    }
}

impl BoxJudge {
    /// What is compiled once for this compiler: Weft's own code, so it is made outside of boxes. Some 15 s where that has
    /// never been done on this machine.
    fn parts(&self) -> Result<Parts, BuildError> {
        let workshop = self.workshop.get_or_init(|| {
            Workshop::at(&self.toolchain.sysroot, &mut |_| {}).map_err(|error| super::said(&error))
        });
        match workshop {
            Ok(workshop) => Ok(workshop.parts()),
            Err(error) => Err(BuildError::Toolchain(format!("the explorer: {error}"))),
        }
    }

    fn modelled(
        &self,
        task: &TaskSpec,
        spec: &ExploreSpec,
        answer: &str,
    ) -> Result<Built, BuildError> {
        let parts = self.parts()?;
        explored::compile(&self.sandbox, &self.toolchain, &parts, (task, spec), answer)
    }

    fn explore(
        &self,
        spec: &ExploreSpec,
        programs: &[&OwnedFd],
    ) -> Result<(Came, Ending), BuildError> {
        let parts = self.parts()?;
        explored::explore(&self.sandbox, &self.toolchain, &parts, spec, programs)
    }

    /// The teacher's answer in the model, compiled once; nothing where the model does not know it.
    fn beside(
        &self,
        task: &TaskSpec,
        check: usize,
        spec: &ExploreSpec,
        reference: &Reference,
    ) -> Result<Option<Arc<Beside>>, BuildError> {
        if let Some(beside) = locked(&reference.modelled).get(&check) {
            return Ok(Some(beside.clone()));
        }
        let answer = task.reference.as_deref().unwrap_or_default();
        let Built::Modelled(modelled) = self.modelled(task, spec, answer)? else {
            return Ok(None);
        };
        let beside = Arc::new(Beside {
            modelled,
            standing: Mutex::new(None),
        });
        let mut known = locked(&reference.modelled);
        Ok(Some(known.entry(check).or_insert(beside).clone()))
    }

    /// How the teacher's answer does itself; explored once for all submissions.
    fn standing(&self, spec: &ExploreSpec, beside: &Beside) -> Result<Standing, BuildError> {
        let mut known = locked(&beside.standing);
        if let Some(standing) = *known {
            return Ok(standing);
        }
        let (came, _) = self.explore(spec, &[&beside.modelled.image])?;
        let standing = match came {
            Came::Done(Done::Explored { explored, .. }) => Standing {
                goes_wrong: explored::goes_wrong(&explored, spec).is_some()
                    || explored::is_woken(&explored),
                ends: Ends::of(&explored),
            },
            // Whoever knows nothing about the teacher's answer blames nobody.
            _ => Standing {
                goes_wrong: true,
                ends: Ends::PLAIN,
            },
        };
        *known = Some(standing);
        Ok(standing)
    }
}
