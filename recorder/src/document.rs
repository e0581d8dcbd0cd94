//! The document of one run: what `weft run --json` prints, and what every view is made from.
//!
//! A document holds what happened and nothing that has to be looked up elsewhere, so an order
//! contract can be checked on it again later, on another machine. `text` and `note` are in the
//! reader's language and are added by the program; the rest never changes with the language.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::event::{Event, Lane, Line};
use crate::order::{self, Rule, Run};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The exercise came to its end.
    Ok,
    /// It was ended from outside because it took too long.
    TimedOut,
    /// It ended in an error; the document's `error` says which.
    Failed,
}

/// A printed line, with its sentence once that is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrintedLine {
    /// What was recorded.
    #[serde(flatten)]
    pub line: Line,
    /// The sentence in the reader's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Deref for PrintedLine {
    type Target = Line;

    fn deref(&self) -> &Line {
        &self.line
    }
}

impl From<Line> for PrintedLine {
    fn from(line: Line) -> Self {
        PrintedLine { line, text: None }
    }
}

/// What a run was given: numbers, and files of the reader's choice. In JSON it is one object,
/// `{"workers": 4, "sites": "my-sites.txt"}`; a file that was not chosen is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, Given>", into = "BTreeMap<String, Given>")]
pub struct Params {
    numbers: BTreeMap<String, u32>,
    files: BTreeMap<String, String>,
}

impl Params {
    /// These numbers and these files.
    pub fn new(numbers: BTreeMap<String, u32>, files: BTreeMap<String, String>) -> Params {
        Params { numbers, files }
    }

    /// The files, by the name of the parameter.
    pub fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }
}

// Nearly every reader asks for a number.
impl Deref for Params {
    type Target = BTreeMap<String, u32>;

    fn deref(&self) -> &BTreeMap<String, u32> {
        &self.numbers
    }
}

impl DerefMut for Params {
    fn deref_mut(&mut self) -> &mut BTreeMap<String, u32> {
        &mut self.numbers
    }
}

/// One parameter, as JSON has it.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Given {
    Number(u32),
    File(String),
}

impl From<BTreeMap<String, Given>> for Params {
    fn from(given: BTreeMap<String, Given>) -> Params {
        let mut params = Params::default();
        for (name, given) in given {
            match given {
                Given::Number(number) => drop(params.numbers.insert(name, number)),
                Given::File(path) => drop(params.files.insert(name, path)),
            }
        }
        params
    }
}

impl From<Params> for BTreeMap<String, Given> {
    fn from(params: Params) -> Self {
        let numbers = params.numbers.into_iter();
        let files = params.files.into_iter();
        numbers
            .map(|(name, number)| (name, Given::Number(number)))
            .chain(files.map(|(name, path)| (name, Given::File(path))))
            .collect()
    }
}

/// A rule and whether it holds in this run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleReport {
    /// The rule as it prints itself.
    pub rule: String,
    /// Whether it holds.
    pub holds: bool,
    /// The `seq` where it is first seen broken, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u64>,
}

/// The order contract, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderReport {
    /// Rules that hold in every run; one that does not shows a bug.
    pub guaranteed: Vec<RuleReport>,
    /// Rules that usually hold, because of sleeps.
    pub likely: Vec<RuleReport>,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The exercise's id.
    pub exercise: String,
    /// The scenario, from 1.
    pub scenario: u32,
    /// The parameters it ran with.
    pub params: Params,
    /// The seed of its random choices.
    pub seed: u64,
    /// Every thread and process.
    pub lanes: Vec<Lane>,
    /// What was printed, in order.
    pub lines: Vec<PrintedLine>,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// The final values.
    pub result: Map<String, Value>,
    /// The order contract, checked.
    pub order: OrderReport,
    /// How it ended.
    pub status: Status,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
    /// What every sleep was multiplied with (left out where it is 1).
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub time_scale: f64,
    /// How many events did not fit the journal (left out where it is 0).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lost: u64,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What is guaranteed here and what is luck, in the reader's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

fn one() -> f64 {
    1.0
}

// serde hands a reference to these two.
fn is_one(value: &f64) -> bool {
    *value == 1.0
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}

impl Document {
    /// The document as the rules see it.
    pub fn as_run(&self) -> Run<'_> {
        Run {
            params: &self.params,
            files: self.params.files(),
            lanes: &self.lanes,
            lines: self.lines.iter().map(|printed| &printed.line).collect(),
            events: &self.events,
            result: &self.result,
            elapsed_ms: self.elapsed_ms,
            time_scale: self.time_scale,
        }
    }

    /// Checks the rules and keeps what was found in `order`.
    pub fn check_order(&mut self, guaranteed: &[Rule], likely: &[Rule]) {
        let run = self.as_run();
        let report = |rules: &[Rule]| -> Vec<RuleReport> {
            rules
                .iter()
                .filter(|rule| rule.applies(&run))
                .map(|rule| {
                    let verdict = rule.check(&run);
                    RuleReport {
                        rule: rule.to_string(),
                        holds: verdict.holds,
                        at: verdict.at,
                    }
                })
                .collect()
        };
        let order = OrderReport {
            guaranteed: report(guaranteed),
            likely: report(likely),
        };
        self.order = order;
    }

    /// Whether every guaranteed rule holds.
    pub fn keeps_its_contract(&self) -> bool {
        self.order.guaranteed.iter().all(|rule| rule.holds)
    }
}

/// What a line's sentence may speak about.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// A word.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Real(f64),
}

/// The arguments of a line's sentence: `who`, `index` (the first number in `who`), `value`, and
/// `value_FIELD` for each field of a value that is an object.
pub fn line_arguments(line: &Line) -> Vec<(String, Argument)> {
    let mut arguments = vec![("who".to_owned(), Argument::Text(line.who.clone()))];
    if let Some(index) = order::index_of(&line.who) {
        arguments.push(("index".to_owned(), Argument::Whole(index as i64)));
    }
    match &line.value {
        Value::Object(fields) => arguments.extend(
            fields
                .iter()
                .filter_map(|(name, value)| Some((format!("value_{name}"), argument(value)?))),
        ),
        value => arguments.extend(argument(value).map(|value| ("value".to_owned(), value))),
    }
    arguments
}

fn argument(value: &Value) -> Option<Argument> {
    match value {
        Value::Null => None,
        Value::Bool(truth) => Some(Argument::Text(truth.to_string())),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Some(Argument::Whole(whole)),
            (None, Some(real)) => Some(Argument::Real(real)),
            (None, None) => Some(Argument::Text(number.to_string())),
        },
        Value::String(text) => Some(Argument::Text(text.clone())),
        Value::Array(_) | Value::Object(_) => Some(Argument::Text(value.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sample() -> Value {
        json!({
            "exercise": "s1e1", "scenario": 1, "params": {"n_threads": 1}, "seed": 7,
            "lanes": [
                {"lane": 0, "kind": "process", "name": "main", "pid": 5, "tid": 5, "parent": null},
                {"lane": 1, "kind": "thread", "name": "thread 0", "pid": 5, "tid": 6, "parent": 0}
            ],
            "lines": [{
                "seq": 12, "at_us": 310, "lane": 1, "who": "thread 0", "what": "call", "value": null,
                "text": "Function called by thread 0"
            }],
            "events": [{"seq": 3, "at_us": 12, "lane": 0, "kind": "spawn", "object": "lane:1"}],
            "result": {},
            "order": {"guaranteed": [{"rule": "sequential(who)", "holds": true}], "likely": []},
            "status": "ok", "elapsed_ms": 1.9
        })
    }

    #[test]
    fn a_document_is_read_and_written_without_change() {
        let document: Document = serde_json::from_value(sample()).unwrap();
        assert_eq!(document.time_scale, 1.0);
        assert_eq!(serde_json::to_value(&document).unwrap(), sample());
        // Also in the same order of fields, for people who read it.
        assert_eq!(
            serde_json::to_string(&document).unwrap(),
            serde_json::to_string(&sample()).unwrap()
        );
    }

    #[test]
    fn a_status_is_one_word() {
        let words: Vec<Value> = [Status::Ok, Status::TimedOut, Status::Failed]
            .iter()
            .map(|status| serde_json::to_value(status).unwrap())
            .collect();
        assert_eq!(words, ["ok", "timed-out", "failed"]);
    }

    #[test]
    fn a_line_gives_its_sentence_flat_arguments() {
        let line = |value: Value| Line {
            seq: 0,
            at_us: 0,
            lane: crate::event::LaneId(0),
            who: "worker 12".to_owned(),
            what: "square".to_owned(),
            value,
        };
        let named = |name: &str, argument| (name.to_owned(), argument);
        let who = [
            named("who", Argument::Text("worker 12".to_owned())),
            named("index", Argument::Whole(12)),
        ];
        assert_eq!(line_arguments(&line(Value::Null)), who);
        assert_eq!(
            line_arguments(&line(json!(7)))[2],
            named("value", Argument::Whole(7))
        );
        assert_eq!(
            line_arguments(&line(json!(7.5)))[2],
            named("value", Argument::Real(7.5))
        );
        assert_eq!(
            line_arguments(&line(json!({"alive": true, "pid": 3})))[2..],
            [
                named("value_alive", Argument::Text("true".to_owned())),
                named("value_pid", Argument::Whole(3))
            ]
        );
    }

    #[test]
    fn numbers_and_files_are_one_object_in_json() {
        let params = Params::new(
            [("workers".to_owned(), 4)].into(),
            [("sites".to_owned(), "my sites.txt".to_owned())].into(),
        );
        let value = serde_json::to_value(&params).expect("JSON");
        assert_eq!(value, json!({"sites": "my sites.txt", "workers": 4}));
        let back: Params = serde_json::from_value(value).expect("parameters");
        assert_eq!(back, params);
        assert_eq!(back["workers"], 4);
        assert_eq!(back.files()["sites"], "my sites.txt");
        assert!(serde_json::from_value::<Params>(json!({"workers": null})).is_err());
    }
}
