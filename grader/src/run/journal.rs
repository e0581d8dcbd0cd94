//! What was recorded, as the recorder's document.
//!
//! The events come as packets, not through shared memory. So this much is certain whatever runs in the box: their
//! order is the one in which the system took them; none was changed or removed afterwards; each came from the process
//! that the system names. That an event says what happened is certain only for answers without `unsafe`: the task
//! library then is the only one who can write on the channel, and it has no call that records what did not happen.
//! Order contracts are therefore refused for tasks that allow `unsafe`. And therefore what the library of cells does is
//! not recorded where a task gives it: its `emit` is anybody's to call.

use crate::wire::{Value, said, take_array, take_text};
use recorder::document::{Document, OrderReport, Params, Status};
use recorder::{Event, Kind, Lane, LaneId, LaneKind, Line, Object, ObjectKind};
use serde_json::{Map, Number};
use std::collections::HashMap;
use std::time::Instant;

/// The most lanes; more are not told apart.
const LANES: usize = 4096;

/// What was taken down.
#[derive(Debug)]
pub struct Taken {
    begin: Instant,
    limit: u64,
    lanes: Vec<Lane>,
    numbers: HashMap<(i32, u32), LaneId>,
    events: Vec<Event>,
    lines: Vec<Line>,
}

impl Taken {
    pub(super) fn new(limit: u64) -> Taken {
        Taken {
            begin: Instant::now(),
            limit,
            lanes: Vec::new(),
            numbers: HashMap::new(),
            events: Vec::new(),
            lines: Vec::new(),
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.events.len() as u64 > self.limit || self.lanes.len() >= LANES
    }

    /// Takes a packet down; false if it is none.
    pub(super) fn take(&mut self, pid: i32, kind: u8, mut body: &[u8]) -> bool {
        let Some(lane) = take_array(&mut body).map(u32::from_le_bytes) else {
            return false;
        };
        match kind {
            said::LANE => self.take_lane(pid, lane, body).is_some(),
            said::EVENT => self.take_event(pid, lane, body).is_some(),
            said::BEGUN => self.take_begun(pid, lane, body).is_some(),
            _ => self.take_line(pid, lane, body).is_some(),
        }
    }

    /// The first lane of all: the program's first thread.
    pub(super) fn main(&mut self, pid: i32) {
        self.open(pid, 0, LaneKind::Process, "main".to_owned(), None);
    }

    fn lane(&mut self, pid: i32, local: u32) -> LaneId {
        if let Some(lane) = self.numbers.get(&(pid, local)) {
            return *lane;
        }
        // It came with a fork.
        let name = format!("process {}", self.lanes.len());
        self.open(pid, local, LaneKind::Process, name, None)
    }

    fn take_begun(&mut self, pid: i32, local: u32, mut body: &[u8]) -> Option<()> {
        let tid = i32::from_le_bytes(take_array(&mut body)?);
        let lane = self.lane(pid, local);
        self.lanes.get_mut(lane.0 as usize)?.tid = tid;
        Some(())
    }

    fn open(
        &mut self,
        pid: i32,
        local: u32,
        kind: LaneKind,
        name: String,
        parent: Option<LaneId>,
    ) -> LaneId {
        let lane = LaneId(u32::try_from(self.lanes.len()).unwrap_or(u32::MAX));
        self.numbers.insert((pid, local), lane);
        self.lanes.push(Lane {
            lane,
            kind,
            name,
            pid,
            tid: 0,
            parent,
        });
        lane
    }

    fn take_lane(&mut self, pid: i32, local: u32, mut body: &[u8]) -> Option<()> {
        let parent = u32::from_le_bytes(take_array(&mut body)?);
        let name = take_text(&mut body)?;
        let parent = (parent != u32::MAX).then(|| self.lane(pid, parent));
        if self.numbers.contains_key(&(pid, local)) {
            return None;
        }
        let name = if name.is_empty() {
            format!("thread {local}")
        } else {
            name
        };
        // The first thread that is heard of in a process is the process: a thread that nobody knew has forked it.
        let is_first = parent.is_none() && self.lanes.iter().all(|lane| lane.pid != pid);
        let kind = if is_first {
            LaneKind::Process
        } else {
            LaneKind::Thread
        };
        self.open(pid, local, kind, name, parent);
        Some(())
    }

    fn next(&self) -> (u64, u64) {
        (
            self.events.len() as u64,
            self.begin.elapsed().as_micros() as u64,
        )
    }

    fn take_event(&mut self, pid: i32, local: u32, mut body: &[u8]) -> Option<()> {
        let lane = self.lane(pid, local);
        let [kind, about] = take_array(&mut body)?;
        let (kind, about) = (Kind::from_code(kind)?, ObjectKind::from_code(about)?);
        let id = u64::from_le_bytes(take_array(&mut body)?);
        let object = match about {
            ObjectKind::None => Object::NONE,
            ObjectKind::Lane => Object::lane(self.lane(pid, u32::try_from(id).ok()?)),
            about => Object::new(about, id),
        };
        let (seq, at_us) = self.next();
        self.events.push(Event {
            seq,
            at_us,
            lane,
            kind,
            object,
        });
        Some(())
    }

    fn take_line(&mut self, pid: i32, local: u32, body: &[u8]) -> Option<()> {
        let lane = self.lane(pid, local);
        let Some(Value::List(mut parts)) = Value::read(body) else {
            return None;
        };
        let value = json(&parts.pop()?);
        let (Value::Text(what), Value::Text(who)) = (parts.pop()?, parts.pop()?) else {
            return None;
        };
        let (seq, at_us) = self.next();
        self.events.push(Event {
            seq,
            at_us,
            lane,
            kind: Kind::Print,
            object: Object::NONE,
        });
        self.lines.push(Line {
            seq,
            at_us,
            lane,
            who,
            what,
            value,
        });
        Some(())
    }

    /// How many events.
    pub fn count(&self) -> usize {
        self.events.len()
    }

    /// As a document of this task; the answer is its `result.value`.
    pub fn document(
        &self,
        task: &str,
        seed: u64,
        elapsed_ms: f64,
        answer: Option<&Value>,
    ) -> Document {
        let mut result = Map::new();
        if let Some(answer) = answer {
            result.insert("value".to_owned(), json(answer));
        }
        Document {
            exercise: task.to_owned(),
            scenario: 1,
            params: Params::default(),
            seed,
            lanes: self.lanes.clone(),
            lines: self.lines.iter().cloned().map(Into::into).collect(),
            events: self.events.clone(),
            result,
            order: OrderReport::default(),
            status: if answer.is_some() {
                Status::Ok
            } else {
                Status::Failed
            },
            elapsed_ms,
            time_scale: 1.0,
            lost: 0,
            error: None,
            note: None,
        }
    }
}

/// A value as JSON; what JSON has no number for becomes a text.
fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Nothing => serde_json::Value::Null,
        Value::Truth(truth) => (*truth).into(),
        Value::Whole(number) => Number::from_i128(*number)
            .map_or_else(|| number.to_string().into(), serde_json::Value::Number),
        Value::Real(number) => Number::from_f64(*number)
            .map_or_else(|| number.to_string().into(), serde_json::Value::Number),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(json).collect::<Vec<_>>().into(),
        Value::Fields(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), json(value)))
            .collect::<Map<_, _>>()
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A thread tells that it is there: whose it is, and its name.
    fn lane(taken: &mut Taken, pid: i32, local: u32, parent: u32) {
        let mut packet = Vec::from(local.to_le_bytes());
        packet.extend(parent.to_le_bytes());
        packet.extend(0u32.to_le_bytes());
        assert!(taken.take(pid, said::LANE, &packet), "{packet:?}");
    }

    #[test]
    fn a_process_that_an_unknown_thread_has_started_is_a_process() {
        const NOBODY: u32 = u32::MAX;
        let mut taken = Taken::new(100);
        taken.main(10);
        for (pid, local, parent) in [(10, 1, 0), (10, 2, NOBODY), (11, 2, NOBODY), (11, 3, 2)] {
            lane(&mut taken, pid, local, parent);
        }
        let kinds: Vec<_> = taken
            .lanes
            .iter()
            .map(|lane| (lane.pid, lane.kind))
            .collect();
        let (process, thread) = (LaneKind::Process, LaneKind::Thread);
        assert_eq!(
            kinds,
            [
                (10, process),
                (10, thread),
                (10, thread),
                (11, process),
                (11, thread)
            ]
        );
    }
}
