//! What was found by exploring, put into words; and a cell that shows it again.

use messages::{Language, Value};

use super::mark::{Detail, detail};
use crate::assignment::{Decides, Task};
use crate::explored::{Finding, Open, whole};
use crate::judge::Why;
use explorer::{Ending, FailureKind};

/// The id of the sentence for what goes wrong.
pub(super) fn sentence(finding: &Finding) -> &'static str {
    match finding {
        Finding::Failure { kind, .. } => match kind {
            FailureKind::Deadlock => "grading-explore-deadlock",
            FailureKind::LostUpdate => "grading-explore-lost-update",
            FailureKind::DataRace => "grading-explore-data-race",
            FailureKind::Panic => "grading-explore-panic",
            FailureKind::Livelock => "grading-explore-livelock",
            FailureKind::LostWakeup => "grading-explore-lost-wakeup",
            FailureKind::BlockedAtExit => "grading-explore-blocked-at-exit",
            FailureKind::Nondeterminism => "grading-explore-nondeterminism",
        },
        Finding::Leaves { .. } => "grading-explore-leaves",
        Finding::Prints {
            never_right: true, ..
        } => "grading-explore-never-right",
        Finding::Prints { .. } => "grading-explore-prints",
        Finding::NeverPrints { .. } => "grading-explore-never-prints",
        Finding::Woken { .. } => "grading-explore-woken",
    }
}

/// The id of the sentence for why nothing is known, and its variables.
pub(super) fn open(open: &Open) -> (&'static str, Vec<(&'static str, Value<'static>)>) {
    match open {
        Open::NotModelled { what } => {
            let what = super::visible::line(&what.join(", ")).into_owned();
            (
                "grading-explore-open-not-modelled",
                vec![("what", what.into())],
            )
        }
        Open::Beyond { what } => (
            "grading-explore-open-beyond",
            vec![("what", what.id().into())],
        ),
        Open::Time { budget_ms } => {
            let limit = Value::Decimal(*budget_ms as f64 / 1000.0);
            ("grading-explore-open-time", vec![("limit", limit)])
        }
        Open::Memory { limit_mb } => (
            "grading-explore-open-memory",
            vec![("limit", (*limit_mb).into())],
        ),
        Open::Bounded => ("grading-explore-open-bounded", vec![]),
        Open::Nondeterminism => ("grading-explore-open-nondeterminism", vec![]),
        Open::Outputs => ("grading-explore-open-outputs", vec![]),
        Open::Reference => ("grading-explore-open-reference", vec![]),
        Open::Broke { .. } => ("grading-explore-open-broke", vec![]),
    }
}

/// What a ledger keeps of an answer that could not be explored, in words: a sentence, and what the explorer said.
pub(super) fn left_open(kept: &str, language: Language) -> Option<(String, Option<String>)> {
    let Ok(Why::Unexplored { open: why, .. }) = serde_json::from_str(kept) else {
        return None;
    };
    let (id, args) = open(&why);
    let said = [
        messages::format(language, id, &args),
        messages::text(language, "grading-explore-no-fault"),
    ];
    let what = match why {
        Open::Broke { what } => Some(what),
        _ => None,
    };
    Some((said.join(" "), what))
}

/// What can be shown of what goes wrong. The lines are the answer's own; what it prints is the program's around it, too.
pub(super) fn details(finding: &Finding, shown: bool, language: Language) -> Vec<Detail> {
    let output = |label, text: &str, ending: &Ending| {
        let text = if text.is_empty() {
            messages::text(language, "grading-explore-nothing")
        } else {
            text.to_owned()
        };
        let mut details = vec![detail(label, text)];
        if *ending != Ending::Finished(0) {
            details.push(detail(
                "grading-explore-label-ending",
                self::ending(*ending, language),
            ));
        }
        details
    };
    let in_lines = |lines: &[u32]| {
        let numbers: Vec<String> = lines.iter().map(u32::to_string).collect();
        let label = |text| detail("grading-explore-label-lines", text);
        let text = Some(numbers.join(", ")).filter(|text| !text.is_empty());
        Vec::from_iter(text.map(label))
    };
    match finding {
        Finding::Leaves { lines, .. } | Finding::Woken { lines, .. } => in_lines(lines),
        Finding::Failure { lines, message, .. } => {
            let mut details = in_lines(lines);
            if let Some(message) = message
                && shown
            {
                details.push(detail("grading-label-said", message));
            }
            details
        }
        Finding::Prints { text, ending, .. } if shown => {
            output("grading-explore-label-printed", text, ending)
        }
        Finding::NeverPrints { text, ending } if shown => {
            output("grading-explore-label-required", text, ending)
        }
        _ => Vec::new(),
    }
}

fn ending(ending: Ending, language: Language) -> String {
    let text = |id| messages::text(language, id);
    match ending {
        Ending::Finished(0) => text("explore-ends-finished"),
        Ending::Finished(code) => {
            let code = [("code", code.to_string().into())];
            messages::format(language, "explore-ends-code", &code)
        }
        Ending::Panicked => text("explore-ends-panicked"),
        Ending::Deadlock => text("explore-ends-deadlock"),
        Ending::CutOff => text("explore-ends-cut-off"),
    }
}

/// A cell that shows it again: the schedule, and below it the answer with the program around it.
pub(super) fn cell(task: &Task, answer: Option<&str>, why: &Why) -> Option<Detail> {
    let (Why::Explored { check, finding, .. }, Decides::Judge { spec, .. }) = (why, &task.decides)
    else {
        return None;
    };
    let explore = spec.checks.get(*check)?.explore.as_ref()?;
    let program = whole(&spec.prelude, answer?, explore);
    Some(match finding.schedule() {
        Some(schedule) => detail(
            "grading-explore-label-cell",
            format!(":replay {schedule}\n{program}"),
        ),
        None => detail("grading-explore-label-program", program),
    })
}
