//! A schedule as a timeline. The model has no time: each step is one tick of the picture's clock.

use std::collections::{BTreeMap, VecDeque};

use explorer::{Happening, Kind as Step, Touched, Turn, Whom};
use recorder::document::{Document, OrderReport, Params, PrintedLine, Status};
use recorder::event::{Event, Kind, Lane, LaneId, LaneKind, Line, Object, ObjectKind};
use serde_json::{Map, Value};

use super::report::who;
use crate::cli::Call;

/// What a step takes on the picture's clock, in microseconds.
const TICK: u64 = 1_000;

/// What these steps did, and who waits after them.
pub fn document(call: &Call<'_>, happenings: &[Happening], turns: &[Turn]) -> Document {
    let mut picture = Picture::new(call);
    for happening in happenings {
        match happening {
            Happening::Step {
                thread,
                touched,
                whom,
                ..
            } => {
                picture.now += TICK;
                picture.step(*thread, touched, *whom);
                picture.last.insert(*thread, picture.now);
            }
            Happening::Print { thread, text, .. } => picture.print(*thread, text),
            Happening::End { .. } => {}
        }
    }
    for turn in turns.iter().filter(|turn| !turn.can_go()) {
        let since = picture.since(turn.thread);
        let what = turn.touches.last().copied();
        let waits = what.map_or(Object::NONE, |touch| picture.object(touch));
        // One that waits on a condition has been drawn so already.
        if !picture.waiting.contains_key(&turn.thread) {
            picture.event(since, turn.thread, Kind::WaitBegin, waits);
        }
        // Without anything after it, a wait that begins with the last step would have no width.
        let end = picture.now + TICK;
        picture.event(end, turn.thread, Kind::Mark, Object::NONE);
    }
    picture.finished()
}

struct Picture<'a> {
    call: &'a Call<'a>,
    now: u64,
    lanes: Vec<Lane>,
    events: Vec<(u64, LaneId, Kind, Object)>,
    lines: Vec<(u64, LaneId, String)>,
    /// When each thread took its last step.
    last: BTreeMap<usize, u64>,
    /// When each thread ended.
    ended: BTreeMap<usize, u64>,
    /// By lock, when it was taken and given back, and whether by one who writes.
    holds: BTreeMap<u32, Vec<Hold>>,
    /// By channel or pipe, when the messages in it were sent.
    sent: BTreeMap<u32, VecDeque<u64>>,
    /// Who waits for a condition or at a barrier.
    waiting: BTreeMap<usize, Object>,
    /// When each thread was told to go on.
    unparked: BTreeMap<u32, u64>,
    /// The model numbers objects of all kinds together; here each kind begins with 1.
    numbers: BTreeMap<&'static str, Vec<u32>>,
}

struct Hold {
    by: usize,
    from: u64,
    to: Option<u64>,
    alone: bool,
}

impl<'a> Picture<'a> {
    fn new(call: &'a Call<'a>) -> Self {
        let mut picture = Picture {
            call,
            now: 0,
            lanes: Vec::new(),
            events: Vec::new(),
            lines: Vec::new(),
            last: BTreeMap::new(),
            ended: BTreeMap::new(),
            holds: BTreeMap::new(),
            sent: BTreeMap::new(),
            waiting: BTreeMap::new(),
            unparked: BTreeMap::new(),
            numbers: BTreeMap::new(),
        };
        picture.lane(0, LaneKind::Process, None);
        picture
    }

    fn lane(&mut self, thread: usize, kind: LaneKind, parent: Option<usize>) {
        self.lanes.push(Lane {
            lane: lane(thread),
            kind,
            name: who(self.call, thread),
            pid: 0,
            tid: 0,
            parent: parent.map(lane),
        });
        self.event(self.now, thread, Kind::Start, Object::lane(lane(thread)));
        self.last.insert(thread, self.now);
    }

    fn event(&mut self, at_us: u64, thread: usize, kind: Kind, object: Object) {
        self.events.push((at_us, lane(thread), kind, object));
    }

    /// What is touched.
    fn object(&mut self, Touched { kind, object }: Touched) -> Object {
        let kind = match kind_of(kind) {
            ObjectKind::None => return Object::NONE,
            // These have the numbers of their threads.
            kind @ ObjectKind::Lane => return Object::new(kind, object.into()),
            kind => kind,
        };
        let known = self.numbers.entry(kind.word()).or_default();
        let place = known.iter().position(|one| *one == object);
        let place = place.unwrap_or_else(|| {
            known.push(object);
            known.len() - 1
        });
        Object::new(kind, place as u64 + 1)
    }

    /// Since when a thread that takes a step now has wanted to.
    fn since(&self, thread: usize) -> u64 {
        self.last.get(&thread).copied().unwrap_or(0)
    }

    /// What this thread wanted came about at some time: if that was after it wanted it, it has waited.
    fn waited(&mut self, thread: usize, begin: u64, came: Option<u64>, what: Object) {
        if came.is_some_and(|came| came > begin) {
            self.event(begin, thread, Kind::WaitBegin, what);
            self.event(self.now, thread, Kind::WaitEnd, what);
        }
    }

    fn step(&mut self, thread: usize, touched: &[Touched], whom: Option<Whom>) {
        let (now, since) = (self.now, self.since(thread));
        match whom {
            Some(Whom::Started(child)) => {
                self.event(now, thread, Kind::Spawn, Object::lane(lane(child)));
                self.lane(child, LaneKind::Thread, Some(thread));
            }
            Some(Whom::Forked(child)) => {
                self.event(now, thread, Kind::Fork, Object::lane(lane(child)));
                self.lane(child, LaneKind::Process, Some(thread));
            }
            Some(Whom::Joined(other)) => {
                let waited = self.ended.get(&other).is_some_and(|&end| end > since);
                let begin = if waited { since } else { now };
                let other = Object::lane(lane(other));
                self.event(begin, thread, Kind::JoinBegin, other);
                self.event(now, thread, Kind::JoinEnd, other);
            }
            None if touched.is_empty() => self.go_on(thread),
            None => {}
        }
        for touch in touched {
            self.touch(thread, *touch);
        }
    }

    /// What was waited for at a barrier or on a condition has come.
    fn go_on(&mut self, thread: usize) {
        if let Some(what) = self.waiting.remove(&thread) {
            self.event(self.now, thread, Kind::WaitEnd, what);
            if what.kind == ObjectKind::Barrier {
                self.event(self.now, thread, Kind::Acquire, what);
            }
        }
    }

    fn touch(&mut self, thread: usize, touched: Touched) {
        let what = self.object(touched);
        let Touched { kind, object: id } = touched;
        let (now, since) = (self.now, self.since(thread));
        match kind {
            Step::Acquire
            | Step::Inspect
            | Step::TryHit
            | Step::Write
            | Step::TryWriteHit
            | Step::Read
            | Step::TryReadHit => {
                let alone = !matches!(kind, Step::Read | Step::TryReadHit);
                // On a condition it has waited for that, whatever became of the lock since.
                let since = match self.waiting.contains_key(&thread) {
                    true => now,
                    false => since,
                };
                self.go_on(thread);
                self.take(thread, id, what, alone, since);
            }
            Step::Release | Step::WriteRelease | Step::ReadRelease => {
                let holds = self.holds.entry(id).or_default();
                let own = |hold: &&mut Hold| hold.by == thread && hold.to.is_none();
                if let Some(hold) = holds.iter_mut().rev().find(own) {
                    hold.to = Some(now);
                }
                self.event(now, thread, Kind::Release, what);
            }
            Step::Enqueue => {
                self.waiting.insert(thread, what);
                self.event(now, thread, Kind::WaitBegin, what);
            }
            Step::Arrive => {
                self.event(now, thread, Kind::Release, what);
                self.event(now, thread, Kind::WaitBegin, what);
                self.waiting.insert(thread, what);
            }
            Step::NotifyOne | Step::NotifyAll | Step::NotifyNobody => {
                self.event(now, thread, Kind::Signal, what);
            }
            Step::Send | Step::TrySendHit | Step::PipeWrite => {
                self.sent.entry(id).or_default().push_back(now);
                self.event(now, thread, Kind::Send, what);
            }
            Step::Recv | Step::TryRecvHit | Step::PipeRead => {
                let came = self.sent.entry(id).or_default().pop_front();
                self.waited(thread, since, came, what);
                self.event(now, thread, Kind::Receive, what);
            }
            Step::Unpark => {
                self.unparked.insert(id, now);
                self.event(now, thread, Kind::Signal, what);
            }
            Step::Park => {
                let came = self.unparked.get(&id).copied();
                self.waited(thread, since, came, what);
            }
            Step::End => {
                self.ended.insert(thread, now);
                self.event(now, thread, Kind::Exit, what);
            }
            // Not drawn twice: the acquisition that comes with it tells of the end of the wait.
            Step::TimedWake => {}
            _ => self.event(now, thread, Kind::Mark, Object::NONE),
        }
    }

    /// Takes a lock that was wanted since then.
    fn take(&mut self, thread: usize, id: u32, what: Object, alone: bool, since: u64) {
        let holds = self.holds.entry(id).or_default();
        let in_the_way = |hold: &&Hold| {
            hold.by != thread && (alone || hold.alone) && hold.to.is_some_and(|to| to > since)
        };
        let begin = holds
            .iter()
            .find(in_the_way)
            .map(|hold| hold.from.max(since));
        holds.push(Hold {
            by: thread,
            from: self.now,
            to: None,
            alone,
        });
        if let Some(begin) = begin {
            self.waited(thread, begin, Some(self.now), what);
        }
        self.event(self.now, thread, Kind::Acquire, what);
    }

    fn print(&mut self, thread: usize, text: &str) {
        self.now += TICK;
        self.lines
            .push((self.now, lane(thread), text.trim_end().to_owned()));
        self.event(self.now, thread, Kind::Print, Object::NONE);
        self.last.insert(thread, self.now);
    }

    fn finished(mut self) -> Document {
        // A wait begins before the step that ends it is known. What happens in one tick stays in its order.
        self.events.sort_by_key(|&(at_us, ..)| at_us);
        let numbered = (1..).zip(&self.events);
        let events: Vec<Event> = numbered
            .map(|(seq, &(at_us, lane, kind, object))| Event {
                seq,
                at_us,
                lane,
                kind,
                object,
            })
            .collect();
        let prints = events.iter().filter(|event| event.kind == Kind::Print);
        let lines = prints.zip(self.lines).map(|(event, (at_us, lane, text))| {
            let line = Line {
                seq: event.seq,
                at_us,
                lane,
                who: String::new(),
                what: text.clone(),
                value: Value::Null,
            };
            PrintedLine {
                line,
                text: Some(text),
            }
        });
        Document {
            exercise: String::new(),
            scenario: 0,
            params: Params::default(),
            seed: 0,
            lanes: self.lanes,
            lines: lines.collect(),
            events,
            result: Map::new(),
            order: OrderReport::default(),
            status: Status::Ok,
            elapsed_ms: self.now as f64 / 1e3,
            time_scale: 1.0,
            lost: 0,
            error: None,
            note: None,
        }
    }
}

fn lane(thread: usize) -> LaneId {
    LaneId(thread as u32)
}

/// What kind of thing a step of this kind touches.
fn kind_of(kind: Step) -> ObjectKind {
    match kind {
        Step::Acquire
        | Step::Inspect
        | Step::TryHit
        | Step::TryMiss
        | Step::Release
        | Step::Read
        | Step::TryReadHit
        | Step::Write
        | Step::TryWriteHit
        | Step::ReadRelease
        | Step::WriteRelease => ObjectKind::Lock,
        Step::Enqueue
        | Step::TimedWake
        | Step::NotifyOne
        | Step::NotifyAll
        | Step::NotifyNobody => ObjectKind::Condition,
        Step::Arrive => ObjectKind::Barrier,
        Step::Send | Step::TrySendHit | Step::Recv | Step::TryRecvHit => ObjectKind::Queue,
        Step::PipeWrite | Step::PipeRead => ObjectKind::Pipe,
        Step::Park | Step::Unpark => ObjectKind::Event,
        Step::End => ObjectKind::Lane,
        _ => ObjectKind::None,
    }
}
