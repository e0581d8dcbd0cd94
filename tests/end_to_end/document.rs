//! The document of `weft run --json`, read as a stranger would read it: from
//! the text alone, with none of the program's own types.
//!
//! `Document::check_form` holds what is true of every run, whatever the
//! exercise: the fields, one sequence, times that never go back, lanes that
//! exist, happens-before between starts, ends and joins.

use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of events there are.
const KINDS: &[&str] = &[
    "spawn",
    "start",
    "exit",
    "join-begin",
    "join-end",
    "sleep-begin",
    "sleep-end",
    "wait-begin",
    "wait-end",
    "acquire",
    "release",
    "send",
    "receive",
    "print",
    "fork",
    "exec",
    "signal",
    "mark",
];

/// One run.
#[derive(Debug, Deserialize)]
pub struct Document {
    pub exercise: String,
    pub scenario: u32,
    pub params: BTreeMap<String, u64>,
    pub seed: u64,
    pub lanes: Vec<Lane>,
    pub lines: Vec<Line>,
    pub events: Vec<Event>,
    pub result: Value,
    pub order: Order,
    pub status: String,
    pub elapsed_ms: f64,
    pub note: Option<String>,
}

/// A thread, or the main thread of a process.
#[derive(Debug, Deserialize)]
pub struct Lane {
    pub lane: u64,
    pub kind: String,
    pub name: String,
    pub pid: i64,
    pub tid: i64,
    pub parent: Option<u64>,
}

/// What an exercise printed.
#[derive(Debug, Deserialize)]
pub struct Line {
    pub seq: u64,
    pub at_us: u64,
    pub lane: u64,
    pub who: String,
    pub what: String,
    pub value: Value,
    pub text: String,
}

/// What a lane did.
#[derive(Debug, Deserialize)]
pub struct Event {
    pub seq: u64,
    pub at_us: u64,
    pub lane: u64,
    pub kind: String,
    pub object: String,
}

/// The order contract and how it fared.
#[derive(Debug, Deserialize)]
pub struct Order {
    pub guaranteed: Vec<Rule>,
    pub likely: Vec<Rule>,
}

/// One rule of a contract.
#[derive(Debug, Deserialize)]
pub struct Rule {
    pub rule: String,
    pub holds: bool,
}

impl Line {
    /// The first number in `who`.
    pub fn index(&self) -> u64 {
        first_number(&self.who).unwrap_or_else(|| panic!("no number in who: {self:?}"))
    }

    /// `value` as a whole number.
    pub fn number(&self) -> i64 {
        self.value
            .as_i64()
            .unwrap_or_else(|| panic!("no whole number as value: {self:?}"))
    }

    /// A whole number inside `value`.
    pub fn field(&self, name: &str) -> i64 {
        self.value[name]
            .as_i64()
            .unwrap_or_else(|| panic!("no number {name} in value: {self:?}"))
    }
}

fn first_number(text: &str) -> Option<u64> {
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let digits: String = text[from..]
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

impl Document {
    /// Reads a document that must be well formed in every way.
    pub fn read(text: &str) -> Self {
        let document: Document = serde_json::from_str(text)
            .unwrap_or_else(|why| panic!("not a document of a run: {why}\n{text}"));
        document.check_form();
        document
    }

    /// The lines with this `what`, in order.
    pub fn of(&self, what: &str) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.what == what).collect()
    }

    /// The lines of this `who`, in order.
    pub fn by(&self, who: &str) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.who == who).collect()
    }

    /// The places in `lines` of what satisfies a condition.
    pub fn places(&self, wanted: impl Fn(&Line) -> bool) -> Vec<usize> {
        (0..self.lines.len())
            .filter(|i| wanted(&self.lines[*i]))
            .collect()
    }

    /// The process id of the lane that printed a line.
    pub fn pid_of(&self, line: &Line) -> i64 {
        self.lane(line.lane).pid
    }

    /// The process id of the exercise's own main thread.
    pub fn main_pid(&self) -> i64 {
        let root = self.lanes.iter().find(|lane| lane.parent.is_none());
        root.expect("one lane has no parent").pid
    }

    /// A count parameter.
    pub fn count(&self, name: &str) -> u64 {
        self.params[name]
    }

    fn lane(&self, number: u64) -> &Lane {
        self.lanes
            .iter()
            .find(|lane| lane.lane == number)
            .unwrap_or_else(|| panic!("lane {number} is not among {:?}", self.lanes))
    }

    fn check_form(&self) {
        assert!((1..=3).contains(&self.scenario));
        assert_eq!(self.status, "ok", "{self:?}");
        assert!(
            self.result.is_object(),
            "result is an object: {:?}",
            self.result
        );
        assert!(self.elapsed_ms >= 0.0 && self.elapsed_ms < 60_000.0);
        let note = self.note.as_deref().unwrap_or_default();
        assert!(!note.trim().is_empty(), "a note explains the scenario");
        self.check_lanes();
        self.check_sequence();
        self.check_happens_before();
        self.check_contract();
    }

    fn check_lanes(&self) {
        let mut seen = BTreeSet::new();
        for lane in &self.lanes {
            assert!(seen.insert(lane.lane), "lane {} is there twice", lane.lane);
            assert!(lane.kind == "thread" || lane.kind == "process", "{lane:?}");
            assert!(
                !lane.name.is_empty() && lane.pid > 0 && lane.tid > 0,
                "{lane:?}"
            );
            if let Some(parent) = lane.parent {
                let parent = self.lane(parent);
                match lane.kind.as_str() {
                    "thread" => assert_eq!(lane.pid, parent.pid, "a thread shares its pid"),
                    _ => assert_ne!(lane.pid, parent.pid, "a process has a pid of its own"),
                }
            }
            if lane.kind == "process" {
                assert_eq!(lane.pid, lane.tid, "a process is its main thread: {lane:?}");
            }
        }
        let roots = self
            .lanes
            .iter()
            .filter(|lane| lane.parent.is_none())
            .count();
        assert_eq!(roots, 1, "one lane has no parent: {:?}", self.lanes);
    }

    fn check_sequence(&self) {
        for pair in self.lines.windows(2) {
            assert!(pair[0].seq < pair[1].seq, "lines are in order: {pair:?}");
            assert!(
                pair[0].at_us <= pair[1].at_us,
                "time does not go back: {pair:?}"
            );
        }
        for pair in self.events.windows(2) {
            assert!(pair[0].seq < pair[1].seq, "events are in order: {pair:?}");
            assert!(
                pair[0].at_us <= pair[1].at_us,
                "time does not go back: {pair:?}"
            );
        }
        for line in &self.lines {
            self.lane(line.lane);
            assert!(!line.who.is_empty() && !line.what.is_empty(), "{line:?}");
            assert!(!line.text.trim().is_empty(), "{line:?}");
            assert!(!line.text.contains('\n'), "a line is one line: {line:?}");
            assert!(
                !line.text.contains("s1e")
                    && !line.text.contains("s2e")
                    && !line.text.contains("{"),
                "the text is a sentence, not the name of one: {line:?}"
            );
        }
        for event in &self.events {
            self.lane(event.lane);
            assert!(KINDS.contains(&event.kind.as_str()), "{event:?}");
            if !event.object.is_empty() {
                let (kind, id) = event.object.split_once(':').expect("KIND:NUMBER");
                assert!(!kind.is_empty() && id.parse::<u64>().is_ok(), "{event:?}");
            }
        }
        let prints: BTreeSet<u64> = self
            .events
            .iter()
            .filter(|e| e.kind == "print")
            .map(|e| e.seq)
            .collect();
        for line in &self.lines {
            assert!(
                prints.contains(&line.seq),
                "a line is a print event: {line:?}"
            );
        }
    }

    fn check_happens_before(&self) {
        let object = |lane: u64| format!("lane:{lane}");
        for event in self.events.iter().filter(|e| e.kind == "join-end") {
            let Some(lane) = event.object.strip_prefix("lane:") else {
                continue;
            };
            let joined: u64 = lane.parse().expect("lane:NUMBER");
            for exit in self
                .events
                .iter()
                .filter(|e| e.kind == "exit" && e.lane == joined)
            {
                assert!(
                    exit.seq < event.seq,
                    "lane {joined} ended before it was joined"
                );
            }
        }
        for start in self.events.iter().filter(|e| e.kind == "start") {
            let me = object(start.lane);
            let begun = self
                .events
                .iter()
                .find(|e| (e.kind == "spawn" || e.kind == "fork") && e.object == me);
            match (begun, self.lane(start.lane).parent) {
                (Some(begun), _) => assert!(begun.seq < start.seq, "{me} started after its spawn"),
                (None, None) => {}
                (None, Some(_)) => panic!("{me} started, but nobody spawned it"),
            }
        }
    }

    fn check_contract(&self) {
        assert!(
            !self.order.guaranteed.is_empty(),
            "every scenario guarantees something"
        );
        for rule in self.order.guaranteed.iter().chain(&self.order.likely) {
            assert!(!rule.rule.is_empty());
        }
        for rule in &self.order.guaranteed {
            assert!(
                rule.holds,
                "a guaranteed rule is broken: {}\n{:#?}",
                rule.rule, self.lines
            );
        }
    }
}
