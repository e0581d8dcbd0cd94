//! `weft explore --json`.

use std::io::Write;

use explorer::job::Explored;
use explorer::{
    Answer, Assumption, Comparison, Ending, Failure as Found, Guarantee, Happening, Likely, Luck,
    Outcome, Relation, Turn, Verdict,
};
use serde::Serialize;
use student::NotModelled;

use super::report;
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
}

#[derive(Serialize)]
struct FailureShown {
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
    relation: Relation,
    witness: Option<Vec<String>>,
    witness_of: Option<&'static str>,
    ending: Option<String>,
    verdict: &'static str,
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

/// The answer about a program that uses what is not modelled: nothing was explored.
pub fn not_modelled(what: &[NotModelled]) -> Document {
    Document {
        verdict: "sampled",
        not_modelled: what.to_vec(),
        ..Document::default()
    }
}

/// The answer about two programs.
pub fn compared(comparison: &Comparison, verdicts: [Verdict; 2]) -> ComparedDocument {
    let (witness, of) = witness(comparison);
    ComparedDocument {
        relation: comparison.relation,
        witness: witness.map(|outcome| lines(&outcome.text)),
        witness_of: of,
        ending: witness.map(|outcome| ending(outcome.ending)),
        verdict: verdicts
            .into_iter()
            .map(verdict)
            .max_by_key(|name| {
                ["proved", "bounded", "sampled"]
                    .iter()
                    .position(|one| one == name)
            })
            .unwrap_or_default(),
    }
}

/// A shortest output that only one of two programs has: rather what the second can, and should not.
pub fn witness(comparison: &Comparison) -> (Option<&Outcome>, Option<&'static str>) {
    match (&comparison.only_program, &comparison.only_reference) {
        (Some(witness), _) => (Some(witness), Some("B")),
        (None, Some(witness)) => (Some(witness), Some("A")),
        (None, None) => (None, None),
    }
}

impl Shown<'_> {
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

    fn failures(&self, failures: &[Found]) -> Vec<FailureShown> {
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
