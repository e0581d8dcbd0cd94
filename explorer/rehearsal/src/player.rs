//! Plays a lesson in the model, and reads what was printed there.
//!
//! A print is one JSON object: a line of the lesson, a moment in the life of a lane, or, at the end of main, the result
//! (or why there is none).

use std::collections::{BTreeMap, BTreeSet};

use explorer::{Ending, Outcome, Settings, sample};
use recorder::order::{Reading, Rule, Run};
use recorder::{Event, Kind, Lane, LaneId, Line, ObjectKind};
use serde_json::{Map, Value, json};

use crate::lack::Lack;
use crate::lesson::{Lesson, Scene};
use crate::primitive::{self, current, lane, mortal};
use crate::repertoire;
use crate::stage::Stage;

/// A lesson as it is to be played.
#[derive(Clone)]
pub struct Play {
    /// Which.
    pub lesson: &'static Lesson,
    /// Which scenario.
    pub scene: Scene,
    /// Its parameters.
    pub params: BTreeMap<String, u32>,
    /// The seed of its random choices.
    pub seed: u64,
}

impl Play {
    /// This scenario with these parameters; those that are not named have their default.
    pub fn new(lesson: &'static Lesson, scene: Scene, chosen: &BTreeMap<String, u32>) -> Play {
        let seed = repertoire::seed(lesson);
        let stage = Stage::new(lesson.parameters, scene, chosen, seed);
        Play {
            lesson,
            scene,
            params: stage.params().clone(),
            seed,
        }
    }

    /// As a program for the explorer. Which of its processes are sent signals has to be known before: it is tried out.
    pub fn program(&self) -> impl Fn() + Clone + 'static {
        let mut ended = BTreeSet::new();
        loop {
            mortal::unexpected();
            let program = self.where_these_end(ended.clone());
            sample(&program, &Settings::default(), 1, self.seed);
            match mortal::unexpected() {
                Some(one) if ended.insert(one) => {}
                _ => return self.where_these_end(ended),
            }
        }
    }

    fn where_these_end(&self, ended: BTreeSet<LaneId>) -> impl Fn() + Clone + 'static {
        let (lesson, scene, seed) = (self.lesson, self.scene, self.seed);
        let params = self.params.clone();
        move || {
            primitive::begin(&ended);
            let stage = Stage::new(lesson.parameters, scene, &params, seed);
            explorer::model::process::run_main(|| match (lesson.run)(&stage) {
                Ok(outcome) => current::say(&json!({"result": outcome.into_values()})),
                Err(error) => current::say(&json!({"error": error.to_string()})),
            });
        }
    }
}

/// What a print says.
enum Said {
    Line(Line),
    Life(Event),
    Result(Map<String, Value>),
    Error(String),
    Lacks(Lack),
    GaveUp,
}

/// Of a print of `current`, `None` of any other.
fn read(text: &str) -> Option<Said> {
    let mut said: Map<String, Value> = serde_json::from_str(text).ok()?;
    if let Some(Value::Object(result)) = said.remove("result") {
        return Some(Said::Result(result));
    }
    if let Some(Value::String(error)) = said.remove("error") {
        return Some(Said::Error(error));
    }
    if let Some(Value::String(what)) = said.remove("lacks") {
        return Lack::named(&what).map(Said::Lacks);
    }
    if said.contains_key("waits_for_signal") {
        return Some(Said::GaveUp);
    }
    said.insert("seq".to_owned(), 0.into());
    said.insert("at_us".to_owned(), 0.into());
    let said = Value::Object(said);
    match serde_json::from_value(said.clone()) {
        Ok(line) => Some(Said::Line(line)),
        Err(_) => serde_json::from_value(said).ok().map(Said::Life),
    }
}

/// What a rule sees of a print: nothing of lines and lives that it does not read, and of the first and last line of all
/// only whether it is the one.
pub fn seen_by(rule: &Rule, reading: &Reading, text: &str) -> Option<String> {
    let seen = match read(text)? {
        Said::Line(line) => match rule {
            Rule::First { of } | Rule::Last { of } if !of.takes(&line) => {
                let other = json!({"lane": 0, "who": "", "what": "another line", "value": null});
                return Some(format!("{other}\n"));
            }
            _ => reading.takes(&line),
        },
        Said::Life(_) => reading.lives,
        Said::Result(_) | Said::Error(_) => true,
        Said::Lacks(_) | Said::GaveUp => false,
    };
    seen.then(|| text.to_owned())
}

/// Whether it says why the lesson has no result, or may say why it does not end.
pub fn is_error(text: &str) -> bool {
    matches!(read(text), Some(Said::Error(_) | Said::GaveUp))
}

/// Whether it says that a process waits for a signal alone.
pub fn gave_up(text: &str) -> bool {
    matches!(read(text), Some(Said::GaveUp))
}

/// What it says that the model does not have.
pub fn lacks(text: &str) -> Option<Lack> {
    match read(text)? {
        Said::Lacks(what) => Some(what),
        _ => None,
    }
}

/// Whose line it is.
pub fn who(text: &str) -> Option<String> {
    match read(text)? {
        Said::Line(line) => Some(line.who),
        _ => None,
    }
}

/// A line as readers see it, without the lane that printed it; `None` of any other print.
pub fn spoken(text: &str) -> Option<String> {
    match read(text)? {
        Said::Line(line) => {
            let said = json!({"who": line.who, "what": line.what, "value": line.value});
            Some(format!("{said}\n"))
        }
        _ => None,
    }
}

/// A line of [`spoken`], read again, for people.
pub fn spoken_in_words(line: &Value) -> String {
    let word = |name: &str| line[name].as_str().unwrap_or_default();
    in_words(word("who"), word("what"), &line["value"])
}

fn in_words(who: &str, what: &str, value: &Value) -> String {
    match value {
        Value::Null => format!("{who} {what}"),
        value => format!("{who} {what} {value}"),
    }
}

/// A print for people: `thread 0 call`.
pub fn told(text: &str) -> String {
    match read(text) {
        Some(Said::Line(line)) => in_words(&line.who, &line.what, &line.value),
        Some(Said::Life(event)) => match event.kind {
            Kind::JoinEnd => format!("({} {})", event.kind, event.object),
            kind => format!("({kind} lane:{})", event.lane),
        },
        Some(Said::Result(result)) => format!("result {}", Value::Object(result)),
        Some(Said::Error(error)) => error,
        Some(Said::Lacks(what)) => format!("lacks {}", what.id()),
        Some(Said::GaveUp) => "(waits for a signal)".to_owned(),
        None => text.trim_end().to_owned(),
    }
}

/// One output, as rules see it.
#[derive(Debug)]
pub struct Played {
    lanes: Vec<Lane>,
    lines: Vec<Line>,
    events: Vec<Event>,
    result: Map<String, Value>,
    /// Why the lesson did not come to its end.
    pub error: Option<String>,
    /// Somebody waited for nothing but a signal.
    pub gave_up: bool,
}

impl Played {
    /// What this output says.
    pub fn read(outcome: &Outcome) -> Played {
        let mut played = Played {
            lanes: Vec::new(),
            lines: Vec::new(),
            events: Vec::new(),
            result: Map::new(),
            error: match outcome.ending {
                Ending::Finished(0) => None,
                ending => Some(format!("{ending:?}")),
            },
            gave_up: false,
        };
        let mut lanes = BTreeSet::from([LaneId(0)]);
        for (seq, text) in (0..).zip(outcome.text.lines()) {
            match read(text) {
                Some(Said::Line(line)) => {
                    lanes.insert(line.lane);
                    played.lines.push(Line { seq, ..line });
                }
                Some(Said::Life(event)) => {
                    lanes.insert(event.lane);
                    // It may have been ended before it could say anything.
                    if event.kind == Kind::JoinEnd && event.object.kind == ObjectKind::Lane {
                        lanes.extend(u32::try_from(event.object.id).ok().map(LaneId));
                    }
                    played.events.push(Event { seq, ..event });
                }
                Some(Said::Result(result)) => played.result = result,
                Some(Said::Error(error)) => played.error = Some(error),
                Some(Said::GaveUp) => played.gave_up = true,
                Some(Said::Lacks(_)) | None => {}
            }
        }
        played.lanes = lanes.into_iter().map(lane::described).collect();
        played
    }

    /// As a rule is checked against it.
    pub fn as_run<'a>(&'a self, play: &'a Play, no_files: &'a BTreeMap<String, String>) -> Run<'a> {
        Run {
            params: &play.params,
            files: no_files,
            lanes: &self.lanes,
            lines: self.lines.iter().collect(),
            events: &self.events,
            result: &self.result,
            elapsed_ms: 0.0,
            time_scale: 1.0,
        }
    }
}
