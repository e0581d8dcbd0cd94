//! Why one line came before another.

use super::links::{Cause, Holds};
use super::say::{lane_name, quoted};
use super::{HappensBefore, LineNumber};
use crate::document::{Argument, Document};
use crate::event::{LaneId, Object};
use crate::timeline::plain;
use crate::timeline::words::Words;

/// A change of lane on the way from one line to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What made it.
    pub cause: Cause,
    /// From this lane.
    pub from: LaneId,
    /// When that lane did its part.
    pub from_us: u64,
    /// To this one.
    pub to: LaneId,
    /// When this one could go on.
    pub to_us: u64,
    /// By means of this thing; nothing for starts and ends of lanes.
    pub object: Object,
}

/// What orders two lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is one line.
    Same,
    /// The same lane printed both: the order of its program.
    SameLane {
        /// The line that came first.
        first: LineNumber,
        /// The other.
        then: LineNumber,
    },
    /// There is a way from one to the other.
    Ordered {
        /// The line that came first.
        first: LineNumber,
        /// The other.
        then: LineNumber,
        /// In every run, or in this one.
        holds: Holds,
        /// The way.
        steps: Vec<Step>,
    },
    /// Nothing orders them: another run may print them the other way round.
    Unordered {
        /// The line that came first in this run.
        first: LineNumber,
        /// The other.
        then: LineNumber,
        /// How far apart they were.
        gap_us: u64,
    },
}

/// What orders two lines of a run. The way that holds in every run is preferred to one that holds
/// in this run alone.
pub fn why(document: &Document, one: LineNumber, other: LineNumber) -> Option<Answer> {
    let run = HappensBefore::of(document);
    let (a, b) = (run.place_of(one.0)?, run.place_of(other.0)?);
    let (first, then) = if a <= b { (one, other) } else { (other, one) };
    let (a, b) = (a.min(b), a.max(b));
    if a == b {
        return Some(Answer::Same);
    }
    let (from, to) = (&run.moments.all[a], &run.moments.all[b]);
    if from.row == to.row {
        return Some(Answer::SameLane { first, then });
    }
    for holds in [Holds::Always, Holds::ThisRun] {
        let Some(hops) = run.path(a, b, holds) else {
            continue;
        };
        let lane = |row: usize| run.moments.rows[row].lane;
        let steps = hops
            .into_iter()
            .map(|hop| {
                let (from, to) = (&run.moments.all[hop.from], &run.moments.all[hop.to]);
                let object = match hop.cause {
                    Cause::Start | Cause::Join => Object::NONE,
                    _ => from.object,
                };
                Step {
                    cause: hop.cause,
                    from: lane(from.row),
                    from_us: from.at_us,
                    to: lane(to.row),
                    to_us: to.at_us,
                    object,
                }
            })
            .collect();
        return Some(Answer::Ordered {
            first,
            then,
            holds,
            steps,
        });
    }
    let gap_us = to.at_us.saturating_sub(from.at_us);
    Some(Answer::Unordered {
        first,
        then,
        gap_us,
    })
}

/// A line a reader asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// This one.
    Line(LineNumber),
    /// None is like it.
    None,
    /// Several are; these, in the order of printing.
    Several(Vec<LineNumber>),
}

/// What a line says, in full as far as it can be seen.
pub fn line_text(document: &Document, line: LineNumber) -> String {
    document
        .lines
        .get(line.0)
        .map(plain::said)
        .unwrap_or_default()
}

/// The line with this text, or with this number (`#3` is the third that was printed). A part of a
/// line is enough where only one line has it.
pub fn lines_like(document: &Document, text: &str) -> Asked {
    let numbered = text
        .strip_prefix('#')
        .and_then(|number| number.trim().parse::<usize>().ok());
    if let Some(number) = numbered {
        let known = number
            .checked_sub(1)
            .filter(|line| *line < document.lines.len());
        return known.map_or(Asked::None, |line| Asked::Line(LineNumber(line)));
    }
    let wanted = plain::visible(text).to_lowercase();
    let wanted = wanted.trim();
    if wanted.is_empty() {
        return Asked::None;
    }
    let mut whole = Vec::new();
    let mut part = Vec::new();
    for (number, line) in document.lines.iter().enumerate() {
        let said = plain::said(line).to_lowercase();
        if said.trim() == wanted {
            whole.push(LineNumber(number));
        } else if said.contains(wanted) {
            part.push(LineNumber(number));
        }
    }
    let found = if whole.is_empty() { part } else { whole };
    match found.as_slice() {
        [] => Asked::None,
        [line] => Asked::Line(*line),
        _ => Asked::Several(found),
    }
}

/// The answer in words, a sentence a line.
pub fn say_answer(document: &Document, answer: &Answer, words: &dyn Words) -> Vec<String> {
    let time = |us: u64| plain::time_in(us, words);
    let pair = |first: &LineNumber, then: &LineNumber| {
        let quote = |line: &LineNumber| Argument::Text(quoted(document, *line));
        [("first", quote(first)), ("then", quote(then))]
    };
    match answer {
        Answer::Same => vec![words.text("why-one-line")],
        Answer::SameLane { first, then } => {
            let [first_said, then_said] = pair(first, then);
            let lane = document
                .lines
                .get(first.0)
                .map(|line| line.lane)
                .unwrap_or_default();
            let lane = Argument::Text(lane_name(document, lane, words));
            vec![words.say("why-same-lane", &[first_said, then_said, ("lane", lane)])]
        }
        Answer::Ordered {
            first,
            then,
            holds,
            steps,
        } => {
            let head = if *holds == Holds::Always {
                "why-always"
            } else {
                "why-this-run"
            };
            let mut said = vec![words.say(head, &pair(first, then))];
            let line = |line: &LineNumber| {
                let printed = document.lines.get(line.0);
                let lane = printed.map(|line| line.lane).unwrap_or_default();
                let arguments = [
                    ("lane", Argument::Text(lane_name(document, lane, words))),
                    ("line", Argument::Text(quoted(document, *line))),
                    ("time", time(printed.map_or(0, |line| line.at_us))),
                ];
                words.say("why-step-line", &arguments)
            };
            said.push(line(first));
            for step in steps {
                let id = match step.cause {
                    Cause::Start => "why-step-spawn",
                    Cause::Join => "why-step-join",
                    Cause::Handover => "why-step-handover",
                    Cause::Barrier => "why-step-barrier",
                    Cause::Message => "why-step-message",
                    Cause::Flag => "why-step-flag",
                    Cause::Wake => "why-step-wake",
                };
                let arguments = [
                    (
                        "from",
                        Argument::Text(lane_name(document, step.from, words)),
                    ),
                    ("to", Argument::Text(lane_name(document, step.to, words))),
                    ("object", Argument::Text(words.object(step.object))),
                    ("from_time", time(step.from_us)),
                    ("to_time", time(step.to_us)),
                ];
                said.push(words.say(id, &arguments));
            }
            said.push(line(then));
            said
        }
        Answer::Unordered {
            first,
            then,
            gap_us,
        } => {
            let [first_said, then_said] = pair(first, then);
            let arguments = [first_said, then_said, ("time", time(*gap_us))];
            vec![words.say("why-none", &arguments)]
        }
    }
}
