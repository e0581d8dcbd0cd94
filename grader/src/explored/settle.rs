//! What was found becomes a finding, or stays open.
//!
//! What was found is real, however much was explored; that nothing was found counts only after a proof. An output that
//! only one side has is known to be missing on the other only if that other was explored whole.
//!
//! Nothing holds of a program that never came to its end, so that is asked first: an answer that ends the process keeps
//! the program around it from looking.

use super::{ANSWER, ExploreSpec, Finding, Open};
use explorer::job::{Compared, Explored};
use explorer::{Departure, Failure, FailureKind, Limit, Line, Outcome, Spent, Verdict};

/// How an exploration ends for a check.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Settled {
    /// Nothing goes wrong in any schedule.
    Holds,
    /// There is no answer: `todo!()` was reached.
    NotWritten,
    /// It computes without end, which is no matter of schedules.
    Stuck {
        /// So long it was waited for.
        ms: u64,
    },
    /// Something goes wrong.
    Found(Finding),
    /// Nobody knows.
    Open(Open),
}

/// The failure that counts, the gravest first.
pub(crate) fn goes_wrong<'a>(explored: &'a Explored, spec: &ExploreSpec) -> Option<&'a Failure> {
    explored
        .failures
        .iter()
        .filter(|failure| spec.failures.contains(&failure.kind))
        .min_by_key(|failure| failure.kind)
}

/// Whether something comes only with a spurious wake-up.
pub(crate) fn is_woken(explored: &Explored) -> bool {
    let spurious = explored.spurious.as_ref();
    spurious.is_some_and(|spurious| spurious.woken.is_some())
}

/// How the program around an answer can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ends {
    /// Somebody can end the process before it has come to its end.
    pub leaves: bool,
    /// It can come to its end.
    pub completes: bool,
}

impl Ends {
    /// As it should be.
    pub(crate) const PLAIN: Self = Self {
        leaves: false,
        completes: true,
    };

    /// What was found.
    pub(crate) fn of(explored: &Explored) -> Self {
        Self {
            leaves: !explored.departures.is_empty(),
            completes: explored.completes,
        }
    }
}

/// Settles what was found in an answer; `before` is the line before its first one, `expected` how the program around
/// can end with the reference, `compared` what that is and how the answer stands to it.
pub(crate) fn settle(
    spec: &ExploreSpec,
    before: u32,
    answer: &Explored,
    expected: Ends,
    compared: Option<(&Explored, &Compared)>,
) -> Settled {
    if answer.failures.iter().any(is_todo) {
        return Settled::NotWritten;
    }
    if let Some(failure) = goes_wrong(answer, spec) {
        return Settled::Found(found(failure, before));
    }
    if let Some(finding) = ends_otherwise(answer, expected, before) {
        return Settled::Found(finding);
    }
    if let Some((reference, compared)) = compared {
        let Some(comparison) = &compared.comparison else {
            return Settled::Open(match answer.cut_short.or(reference.cut_short) {
                None => Open::Outputs,
                Some(Spent::Memory) => Open::Memory {
                    limit_mb: spec.memory_mb,
                },
                Some(Spent::Time | Spent::Interrupted) => Open::Time {
                    budget_ms: spec.budget_ms,
                },
            });
        };
        let whole = |explored: &Explored| explored.verdict == Verdict::Proved;
        if let Some(Outcome { text, ending }) = &comparison.only_program
            && whole(reference)
        {
            return Settled::Found(Finding::Prints {
                text: text.clone(),
                ending: *ending,
                schedule: compared.schedule.clone(),
                never_right: comparison.disjoint && whole(answer),
            });
        }
        if let Some(Outcome { text, ending }) = &comparison.only_reference
            && whole(answer)
        {
            return Settled::Found(Finding::NeverPrints {
                text: text.clone(),
                ending: *ending,
            });
        }
        if whole(answer) && !whole(reference) {
            return Settled::Open(Open::Reference);
        }
    }
    if let Some(finding) = woken(answer, before) {
        return Settled::Found(finding);
    }
    match (answer.verdict, answer.limit) {
        (Verdict::Proved, _) => Settled::Holds,
        (_, Some(Limit::Memory)) => Settled::Open(Open::Memory {
            limit_mb: spec.memory_mb,
        }),
        (_, Some(Limit::Nondeterminism)) => Settled::Open(Open::Nondeterminism),
        (_, Some(Limit::Time | Limit::Classes | Limit::Interrupted | Limit::WorkerLost)) => {
            Settled::Open(Open::Time {
                budget_ms: spec.budget_ms,
            })
        }
        (_, None) if diverged(answer) => Settled::Open(Open::Nondeterminism),
        (_, None) => Settled::Open(Open::Bounded),
    }
}

/// What keeps the program around from its end, where nothing keeps the reference's from it. Also a failure that was not
/// chosen, where it comes in every schedule: what was chosen can't happen in a program that never gets there.
fn ends_otherwise(answer: &Explored, expected: Ends, before: u32) -> Option<Finding> {
    let never = expected.completes && !answer.completes && answer.verdict == Verdict::Proved;
    let simplest = |departure: &&Departure| departure.schedule.len();
    if (never || !expected.leaves)
        && let Some(departure) = answer.departures.iter().min_by_key(simplest)
    {
        return Some(Finding::Leaves {
            lines: lines_of_answer(std::slice::from_ref(&departure.line), before),
            schedule: departure.schedule.clone(),
        });
    }
    let gravest = answer.failures.iter().min_by_key(|failure| failure.kind);
    gravest
        .filter(|_| never)
        .map(|failure| found(failure, before))
}

/// What only a spurious wake-up brings about. What could not be tried, or did harm to the process that tried it, is not held
/// against anybody.
fn woken(answer: &Explored, before: u32) -> Option<Finding> {
    let woken = answer.spurious.as_ref()?.woken.as_ref()?;
    let failure = woken.failures.first();
    let schedule = failure.map(|failure| failure.schedule.clone());
    Some(Finding::Woken {
        lines: lines_of_answer(&woken.waits, before),
        schedule: schedule.or_else(|| woken.schedule.clone()),
    })
}

fn diverged(explored: &Explored) -> bool {
    let kinds = || explored.failures.iter().map(|failure| failure.kind);
    kinds().any(|kind| kind == FailureKind::Nondeterminism)
}

fn is_todo(failure: &Failure) -> bool {
    let says = |words| {
        failure
            .message
            .as_deref()
            .is_some_and(|message| message.starts_with(words))
    };
    failure.kind == FailureKind::Panic && (says("not yet implemented") || says("not implemented"))
}

fn found(failure: &Failure, before: u32) -> Finding {
    Finding::Failure {
        kind: failure.kind,
        lines: lines_of_answer(&failure.lines, before),
        message: failure.message.clone(),
        schedule: failure.schedule.clone(),
    }
}

fn lines_of_answer(lines: &[Line], before: u32) -> Vec<u32> {
    let mut lines: Vec<u32> = lines
        .iter()
        .filter(|line| line.file == ANSWER)
        .filter_map(|line| line.line.checked_sub(before))
        .filter(|line| *line > 0)
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use explorer::{Comparison, Ending, Relation};
    use std::time::Duration;

    fn explored(verdict: Verdict, limit: Option<Limit>) -> Explored {
        Explored {
            verdict,
            assumptions: Vec::new(),
            classes: 1,
            executions: 1,
            elapsed: Duration::ZERO,
            outputs: None,
            list: Vec::new(),
            endings: Vec::new(),
            failures: Vec::new(),
            departures: Vec::new(),
            completes: true,
            guaranteed: Default::default(),
            timing: Default::default(),
            limit,
            estimate: None,
            ask: None,
            cut_short: None,
            spurious: None,
        }
    }

    fn failure(kind: FailureKind, message: Option<&str>) -> Failure {
        let at = |file: &str, line| Line {
            file: file.to_owned(),
            line,
        };
        Failure {
            kind,
            lines: vec![
                at(ANSWER, 14),
                at(ANSWER, 12),
                at("around.rs", 13),
                at(ANSWER, 5),
            ],
            waiting: Vec::new(),
            message: message.map(str::to_owned),
            schedule: "0x2.1".to_owned(),
        }
    }

    fn spec(more: &str) -> ExploreSpec {
        toml::from_str(&format!("main = 'fn main() {{}}'\n{more}")).unwrap()
    }

    const SAMPLED: Verdict = Verdict::Sampled { executions: 9 };

    #[test]
    fn what_was_found_counts_also_without_a_proof_and_the_gravest_is_told() {
        let mut answer = explored(SAMPLED, Some(Limit::Time));
        answer.failures = vec![
            failure(FailureKind::Panic, Some("poisoned")),
            failure(FailureKind::Deadlock, None),
        ];
        let Settled::Found(Finding::Failure { kind, lines, .. }) =
            settle(&spec(""), 10, &answer, Ends::PLAIN, None)
        else {
            panic!("nothing was found");
        };
        assert_eq!(kind, FailureKind::Deadlock);
        // In lines of the answer; what lies before it is the task's.
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn without_a_proof_nothing_holds() {
        let spec = spec("failures = ['deadlock']");
        let settled =
            |verdict, limit| settle(&spec, 0, &explored(verdict, limit), Ends::PLAIN, None);
        assert_eq!(settled(Verdict::Proved, None), Settled::Holds);
        let bounded = Verdict::Bounded { bound: Some(2) };
        for (verdict, limit, open) in [
            (bounded, Some(Limit::Time), Open::Time { budget_ms: 3_000 }),
            (SAMPLED, Some(Limit::Memory), Open::Memory { limit_mb: 512 }),
            (SAMPLED, Some(Limit::Nondeterminism), Open::Nondeterminism),
            (Verdict::Bounded { bound: None }, None, Open::Bounded),
        ] {
            assert_eq!(settled(verdict, limit), Settled::Open(open));
        }
        let mut other = explored(SAMPLED, None);
        other.failures = vec![failure(FailureKind::Nondeterminism, None)];
        let found = super::settle(&spec, 0, &other, Ends::PLAIN, None);
        assert_eq!(found, Settled::Open(Open::Nondeterminism));
    }

    #[test]
    fn an_output_of_one_side_counts_only_if_the_other_was_explored_whole() {
        let spec = spec("same_outputs = true");
        let outcome = || {
            Some(Outcome {
                text: "x\n".to_owned(),
                ending: Ending::Finished(0),
            })
        };
        let settled = |reference: Verdict, answer: Verdict, only_reference: bool| {
            let whole = |verdict| (verdict != Verdict::Proved).then_some(Limit::Time);
            let compared = Compared {
                explored: explored(answer, whole(answer)),
                comparison: Some(Comparison {
                    relation: Relation::Different,
                    only_reference: outcome().filter(|_| only_reference),
                    only_program: outcome().filter(|_| !only_reference),
                    disjoint: true,
                }),
                schedule: None,
            };
            let reference = explored(reference, whole(reference));
            let both = Some((&reference, &compared));
            settle(&spec, 0, &compared.explored, Ends::PLAIN, both)
        };
        let time = Settled::Open(Open::Time { budget_ms: 3_000 });
        let proved = Verdict::Proved;
        for (reference, answer, only_reference, found) in [
            (proved, proved, false, Some("prints")),
            (proved, SAMPLED, false, Some("prints")),
            (proved, proved, true, Some("never-prints")),
            (SAMPLED, proved, true, Some("never-prints")),
            (proved, SAMPLED, true, None),
            (SAMPLED, SAMPLED, false, None),
        ] {
            let settled = settled(reference, answer, only_reference);
            match (&settled, found) {
                (Settled::Found(Finding::Prints { never_right, .. }), Some("prints")) => {
                    // Of what was not explored nobody knows whether it is right.
                    assert_eq!(*never_right, answer == proved);
                }
                (Settled::Found(Finding::NeverPrints { .. }), Some("never-prints")) => {}
                (_, None) => assert_eq!(settled, time),
                _ => panic!("{reference:?} {answer:?}: {settled:?}"),
            }
        }
        let unknown = settled(SAMPLED, proved, false);
        assert_eq!(unknown, Settled::Open(Open::Reference));
    }

    #[test]
    fn outputs_that_were_cut_short_are_a_matter_of_what_was_spent() {
        let spec = spec("same_outputs = true");
        let settled = |cut_short| {
            let compared = Compared {
                explored: Explored {
                    cut_short,
                    ..explored(Verdict::Proved, None)
                },
                comparison: None,
                schedule: None,
            };
            let reference = explored(Verdict::Proved, None);
            let both = Some((&reference, &compared));
            settle(&spec, 0, &compared.explored, Ends::PLAIN, both)
        };
        for (cut_short, open) in [
            (None, Open::Outputs),
            (Some(Spent::Time), Open::Time { budget_ms: 3_000 }),
            (Some(Spent::Memory), Open::Memory { limit_mb: 512 }),
        ] {
            assert_eq!(settled(cut_short), Settled::Open(open));
        }
    }

    #[test]
    fn nothing_written_is_no_panic() {
        let mut answer = explored(Verdict::Proved, None);
        answer.failures = vec![failure(FailureKind::Panic, Some("not yet implemented"))];
        let spec = spec("failures = ['deadlock']");
        let settled = settle(&spec, 0, &answer, Ends::PLAIN, None);
        assert_eq!(settled, Settled::NotWritten);
    }

    #[test]
    fn a_program_that_is_left_holds_only_where_the_reference_leaves_it_too() {
        let spec = spec("failures = ['deadlock']");
        let mut answer = explored(Verdict::Proved, None);
        answer.departures = vec![Departure {
            line: Line {
                file: ANSWER.to_owned(),
                line: 12,
            },
            schedule: "0x3".to_owned(),
        }];
        let leaves = Settled::Found(Finding::Leaves {
            lines: vec![2],
            schedule: "0x3".to_owned(),
        });
        let settled = |answer: &Explored, expected| settle(&spec, 10, answer, expected, None);
        let leaving = |completes| Ends {
            leaves: true,
            completes,
        };
        assert_eq!(settled(&answer, Ends::PLAIN), leaves);
        assert_eq!(settled(&answer, leaving(true)), Settled::Holds);
        // In every schedule is more than in some.
        answer.completes = false;
        assert_eq!(settled(&answer, leaving(true)), leaves);
        assert_eq!(settled(&answer, leaving(false)), Settled::Holds);
    }

    #[test]
    fn a_failure_nobody_chose_counts_where_nothing_else_ever_happens() {
        let spec = spec("failures = ['deadlock']");
        let mut answer = explored(Verdict::Proved, None);
        answer.failures = vec![failure(FailureKind::Panic, Some("no"))];
        let settled = |answer: &Explored| settle(&spec, 10, answer, Ends::PLAIN, None);
        assert_eq!(settled(&answer), Settled::Holds);
        answer.completes = false;
        let found = settled(&answer);
        let Settled::Found(Finding::Failure { kind, .. }) = found else {
            panic!("{found:?}");
        };
        assert_eq!(kind, FailureKind::Panic);
    }
}
