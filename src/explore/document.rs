//! `weft explore --json`.

use std::io::Write;

use explorer::job::{Explored, Spurious};
use explorer::{
    Answer, Assumption, Comparison, Ending, Failure as Found, Guarantee, Happening, Likely, Luck,
    Outcome, Relation, Spent, Turn, Verdict,
};
use serde::Serialize;
use student::{Error, NotModelled};

use super::report;
use super::spurious::SpuriousShown;
use crate::cli::Call;

/// What both forms of the answer need.
pub struct Shown<'a> {
    /// Whose language it is told in.
    pub call: &'a Call<'a>,
    /// What the model does not see in the program.
    pub remarks: &'a [NotModelled],
}

/// The answer.
#[derive(Default, Serialize)]
pub struct Document {
    verdict: &'static str,
    bound: Option<u32>,
    classes: u64,
    executions: u64,
    elapsed_ms: f64,
    outputs: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outputs_list: Option<Vec<Vec<String>>>,
    endings: Vec<String>,
    failures: Vec<FailureShown>,
    guaranteed: Vec<GuaranteeShown>,
    likely: Vec<Likely>,
    luck: Vec<Luck>,
    assumptions: Vec<String>,
    not_modelled: Vec<NotModelled>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ask: Option<AskShown>,
    /// Why not everything was worked out, or nothing at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    cut_short: Option<&'static str>,
    /// What a spurious wake-up does, where that was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    spurious: Option<SpuriousShown>,
}

#[derive(Serialize)]
pub struct FailureShown {
    kind: explorer::FailureKind,
    lines: Vec<u32>,
    schedule: String,
    text: String,
}

#[derive(Serialize)]
struct GuaranteeShown {
    before: String,
    after: String,
    by: Option<explorer::By>,
    line: Option<u32>,
}

#[derive(Serialize)]
struct AskShown {
    possible: bool,
    from_line: Option<usize>,
    could_be: Vec<String>,
    could_end: Vec<String>,
}

/// Two programs.
#[derive(Serialize)]
pub struct ComparedDocument {
    /// `open` where it is not known.
    relation: &'static str,
    witness: Option<Vec<String>>,
    witness_of: Option<&'static str>,
    ending: Option<String>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut_short: Option<&'static str>,
    /// What a spurious wake-up does to B, where both can print the same without.
    #[serde(skip_serializing_if = "Option::is_none")]
    spurious: Option<SpuriousShown>,
}

/// A schedule, replayed.
#[derive(Serialize)]
pub struct ReplayedDocument<'a> {
    happenings: &'a [Happening],
    failures: Vec<FailureShown>,
    /// Who could go on where the schedule ends.
    turns: &'a [Turn],
}

/// Writes a document to stdout.
pub fn print(document: &impl Serialize) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, document)?;
    writeln!(out)
}

/// The answer about a program of which nothing is known. `None` where it was not even compiled.
pub fn stopped(error: &Error) -> Option<Document> {
    let nothing = Document {
        verdict: "sampled",
        ..Document::default()
    };
    let cut_short = match error {
        Error::NotModelled { what } => {
            return Some(Document {
                not_modelled: what.clone(),
                ..nothing
            });
        }
        Error::Interrupted => "interrupted",
        Error::Overdue { .. } => "time",
        Error::OutOfMemory { .. } => "memory",
        Error::Stuck { .. } => "stuck",
        Error::Crashed { .. } => "crashed",
        Error::Ended { .. } => "ended",
        _ => return None,
    };
    Some(Document {
        cut_short: Some(cut_short),
        ..nothing
    })
}

/// Two programs and how they stand to each other.
pub struct Pair<'a> {
    /// What was found in each.
    pub both: [&'a Explored; 2],
    /// The relation; `None` where it is not known.
    pub relation: Option<Relation>,
    /// A shortest output that only one of them has: rather what the second can, and should not.
    pub witness: Option<(&'a Outcome, &'static str)>,
    /// Why not everything was worked out.
    pub cut_short: Option<Spent>,
    /// What a spurious wake-up does to the second, where that was tried.
    pub spurious: Option<&'a Spurious>,
}

impl<'a> Pair<'a> {
    /// Two programs, compared as far as their outputs are known.
    pub fn new(both: [&'a Explored; 2], comparison: Option<&'a Comparison>) -> Self {
        let [one, other] = both.map(|explored| explored.verdict == Verdict::Proved);
        let relation = comparison.and_then(|comparison| comparison.certain(one, other));
        let of = |outcome: &'a Option<Outcome>, name| Some((outcome.as_ref()?, name));
        let witness = match (relation, comparison) {
            (Some(Relation::UnderSynchronised | Relation::Different), Some(comparison)) => {
                of(&comparison.only_program, "B")
            }
            (Some(Relation::OverSynchronised), Some(comparison)) => {
                of(&comparison.only_reference, "A")
            }
            _ => None,
        };
        Self {
            both,
            relation,
            witness,
            cut_short: both.into_iter().find_map(|explored| explored.cut_short),
            spurious: both[1].spurious.as_ref(),
        }
    }
}

impl Shown<'_> {
    /// The answer about two programs.
    pub fn compared(&self, pair: &Pair<'_>) -> ComparedDocument {
        let witness = pair.witness.map(|(outcome, _)| outcome);
        ComparedDocument {
            relation: match pair.relation {
                Some(Relation::Equal) => "equal",
                Some(Relation::UnderSynchronised) => "under-synchronised",
                Some(Relation::OverSynchronised) => "over-synchronised",
                Some(Relation::Different) => "different",
                None => "open",
            },
            witness: witness.map(|outcome| lines(&outcome.text)),
            witness_of: pair.witness.map(|(_, of)| of),
            ending: witness.map(|outcome| ending(outcome.ending)),
            cut_short: pair.cut_short.map(cut_short),
            spurious: pair
                .spurious
                .map(|spurious| SpuriousShown::new(self, spurious)),
            verdict: pair
                .both
                .map(|explored| verdict(explored.verdict))
                .into_iter()
                .max_by_key(|name| {
                    ["proved", "bounded", "sampled"]
                        .iter()
                        .position(|one| one == name)
                })
                .unwrap_or_default(),
        }
    }

    /// The answer about a program.
    pub fn explored(&self, explored: &Explored) -> Document {
        Document {
            verdict: verdict(explored.verdict),
            bound: match explored.verdict {
                Verdict::Bounded { bound } => bound,
                _ => None,
            },
            classes: explored.classes,
            executions: explored.executions,
            elapsed_ms: (explored.elapsed.as_secs_f64() * 1e6).round() / 1e3,
            outputs: explored.outputs.clone(),
            outputs_list: (!explored.list.is_empty())
                .then(|| explored.list.iter().map(|one| lines(&one.text)).collect()),
            endings: explored.endings.iter().copied().map(ending).collect(),
            failures: self.failures(&explored.failures),
            guaranteed: explored.guaranteed.told.iter().map(guarantee).collect(),
            likely: explored.timing.likely.clone(),
            luck: explored.timing.luck.clone(),
            assumptions: explored
                .assumptions
                .iter()
                .filter(|assumption| !goes_without_saying(assumption))
                .map(|assumption| report::assumption(self.call, assumption))
                .collect(),
            not_modelled: self.remarks.to_vec(),
            ask: explored.ask.as_ref().map(ask),
            cut_short: explored.cut_short.map(cut_short),
            spurious: explored
                .spurious
                .as_ref()
                .map(|spurious| SpuriousShown::new(self, spurious)),
        }
    }

    /// The answer about a schedule.
    pub fn replayed<'a>(
        &self,
        happenings: &'a [Happening],
        failures: &[Found],
        turns: &'a [Turn],
    ) -> ReplayedDocument<'a> {
        ReplayedDocument {
            happenings,
            failures: self.failures(failures),
            turns,
        }
    }

    pub fn failures(&self, failures: &[Found]) -> Vec<FailureShown> {
        failures
            .iter()
            .map(|failure| FailureShown {
                kind: failure.kind,
                lines: report::line_numbers(failure),
                schedule: failure.schedule.clone(),
                text: report::failure(self.call, failure).join(" "),
            })
            .collect()
    }
}

/// Identical threads are a matter of speed: nothing rests on it.
pub fn goes_without_saying(assumption: &Assumption) -> bool {
    matches!(assumption, Assumption::Symmetry)
}

/// Why not everything was worked out.
fn cut_short(why: Spent) -> &'static str {
    match why {
        Spent::Time => "time",
        Spent::Memory => "memory",
        Spent::Interrupted => "interrupted",
    }
}

pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Proved => "proved",
        Verdict::Bounded { .. } => "bounded",
        Verdict::Sampled { .. } => "sampled",
    }
}

fn guarantee(guarantee: &Guarantee) -> GuaranteeShown {
    GuaranteeShown {
        before: guarantee.before.clone(),
        after: guarantee.after.clone(),
        by: guarantee.cause.as_ref().map(|cause| cause.by),
        line: guarantee
            .cause
            .as_ref()
            .and_then(|cause| Some(cause.line.as_ref()?.line)),
    }
}

fn ask(answer: &Answer) -> AskShown {
    match answer {
        Answer::Possible { endings } => AskShown {
            possible: true,
            from_line: None,
            could_be: Vec::new(),
            could_end: endings.iter().copied().map(ending).collect(),
        },
        Answer::Impossible {
            from_line,
            could_be,
            could_end,
        } => AskShown {
            possible: false,
            from_line: Some(*from_line),
            could_be: could_be.clone(),
            could_end: could_end.iter().copied().map(ending).collect(),
        },
    }
}

/// `finished`, `exit 3`, `panicked`, `deadlock`, `cut-off`.
pub fn ending(ending: Ending) -> String {
    match ending {
        Ending::Finished(0) => "finished".to_owned(),
        Ending::Finished(code) => format!("exit {code}"),
        Ending::Panicked => "panicked".to_owned(),
        Ending::Deadlock => "deadlock".to_owned(),
        Ending::CutOff => "cut-off".to_owned(),
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
