//! Runs made up for tests, told event by event.

use std::collections::BTreeMap;

use recorder::document::{Document, OrderReport, Params, Status};
use recorder::{Event, Kind, Lane, LaneId, LaneKind, Line, Object, ObjectKind};
use serde_json::Value;

/// A run that is being told. Time goes on by itself, 10 microseconds an event.
pub struct Story {
    pub document: Document,
    seq: u64,
    at_us: u64,
}

pub const LOCK: Object = Object::new(ObjectKind::Lock, 1);
pub const QUEUE: Object = Object::new(ObjectKind::Queue, 2);
pub const BARRIER: Object = Object::new(ObjectKind::Barrier, 3);
pub const SEMAPHORE: Object = Object::new(ObjectKind::Semaphore, 4);
pub const FLAG: Object = Object::new(ObjectKind::Event, 5);
pub const FUTEX: Object = Object::new(ObjectKind::Futex, 0x7f00);

impl Story {
    /// With a lane for each name: the main thread of a process and threads it started.
    pub fn of(names: &[&str]) -> Story {
        let lane = |(number, name): (usize, &&str)| Lane {
            lane: LaneId(number as u32),
            kind: if number == 0 {
                LaneKind::Process
            } else {
                LaneKind::Thread
            },
            name: (*name).to_owned(),
            pid: 100,
            tid: 100 + number as i32,
            parent: (number > 0).then_some(LaneId(0)),
        };
        Story {
            document: Document {
                exercise: "s1e1".to_owned(),
                scenario: 1,
                params: Params::new(BTreeMap::new(), BTreeMap::new()),
                seed: 7,
                lanes: names.iter().enumerate().map(lane).collect(),
                lines: Vec::new(),
                events: Vec::new(),
                result: serde_json::Map::new(),
                order: OrderReport::default(),
                status: Status::Ok,
                elapsed_ms: 1.0,
                time_scale: 1.0,
                lost: 0,
                error: None,
                note: None,
            },
            seq: 0,
            at_us: 0,
        }
    }

    /// Time goes on by so much.
    pub fn after(&mut self, us: u64) -> &mut Story {
        self.at_us += us;
        self
    }

    pub fn event(&mut self, lane: u32, kind: Kind, object: Object) -> &mut Story {
        let event = Event {
            seq: self.seq,
            at_us: self.at_us,
            lane: LaneId(lane),
            kind,
            object,
        };
        self.document.events.push(event);
        self.seq += 1;
        self.after(10)
    }

    pub fn does(&mut self, lane: u32, kind: Kind) -> &mut Story {
        self.event(lane, kind, Object::NONE)
    }

    /// `main` starts a lane, which begins.
    pub fn starts(&mut self, lane: u32) -> &mut Story {
        self.event(0, Kind::Spawn, LaneId(lane).into()).event(
            lane,
            Kind::Start,
            LaneId(lane).into(),
        )
    }

    pub fn ends(&mut self, lane: u32) -> &mut Story {
        self.event(lane, Kind::Exit, LaneId(lane).into())
    }

    /// `main` waits for the end of a lane that has ended.
    pub fn joins(&mut self, lane: u32) -> &mut Story {
        self.event(0, Kind::JoinBegin, LaneId(lane).into()).event(
            0,
            Kind::JoinEnd,
            LaneId(lane).into(),
        )
    }

    pub fn prints(&mut self, lane: u32, text: &str) -> &mut Story {
        let line = Line {
            seq: self.seq,
            at_us: self.at_us,
            lane: LaneId(lane),
            who: format!("lane {lane}"),
            what: "say".to_owned(),
            value: Value::Null,
        };
        self.document.lines.push(line.into());
        if let Some(printed) = self.document.lines.last_mut() {
            printed.text = Some(text.to_owned());
        }
        self.does(lane, Kind::Print)
    }

    pub fn takes(&mut self, lane: u32, object: Object) -> &mut Story {
        self.event(lane, Kind::Acquire, object)
    }

    pub fn gives(&mut self, lane: u32, object: Object) -> &mut Story {
        self.event(lane, Kind::Release, object)
    }
}

/// Two threads and a lock one of them has to wait for.
pub fn two_threads() -> Document {
    let mut story = Story::of(&["main", "A", "B"]);
    story
        .event(0, Kind::Start, LaneId(0).into())
        .starts(1)
        .starts(2);
    story.event(0, Kind::JoinBegin, LaneId(1).into());
    story.takes(1, LOCK).prints(1, "A is in");
    story.event(2, Kind::WaitBegin, LOCK);
    story
        .does(1, Kind::SleepBegin)
        .after(5_000)
        .does(1, Kind::SleepEnd);
    story.gives(1, LOCK);
    story
        .event(2, Kind::WaitEnd, LOCK)
        .takes(2, LOCK)
        .prints(2, "B is in")
        .gives(2, LOCK);
    story.ends(1).event(0, Kind::JoinEnd, LaneId(1).into());
    story.event(0, Kind::JoinBegin, LaneId(2).into());
    story
        .after(2_000)
        .ends(2)
        .event(0, Kind::JoinEnd, LaneId(2).into());
    story.prints(0, "over").ends(0);
    story.document
}

/// So many threads that take turns at a lock and print, in about so many events.
pub fn busy(threads: u32, events: usize) -> Document {
    let names: Vec<String> = (0..=threads)
        .map(|number| format!("thread {number}"))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut story = Story::of(&names);
    story.event(0, Kind::Start, LaneId(0).into());
    for thread in 1..=threads {
        story.starts(thread);
    }
    let mut turn = 0;
    while story.document.events.len() + 8 < events {
        // No two turns alike, always the same from run to run.
        turn = (turn * 31 + 7) % 10_007;
        let (one, other) = (1 + turn % threads, 1 + (turn / 7 + 1) % threads);
        story.takes(one, LOCK);
        if one != other {
            story.event(other, Kind::WaitBegin, LOCK);
        }
        if turn % 5 == 0 {
            story.prints(one, &format!("thread {one} has counted to {turn}"));
        }
        story.after(u64::from(turn % 90)).gives(one, LOCK);
        if one != other {
            story.event(other, Kind::WaitEnd, LOCK);
        }
        story
            .event(one, Kind::Send, QUEUE)
            .event(other, Kind::Receive, QUEUE);
    }
    story.document
}
