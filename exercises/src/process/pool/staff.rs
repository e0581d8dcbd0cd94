//! Who does which task: the state of a lasting pool.
//!
//! Every worker has a channel of its own, so it is always known which tasks a worker has. It gets
//! the next ones before it is done with the last, or it would wait for us after each; how many
//! depends on how long tasks take. Nobody waits behind a long task because of that: a worker takes one
//! task at a time, and what it has not taken yet is taken back as soon as another one has nothing to
//! do.
//!
//! | a dead worker's tasks | what becomes of them |
//! |---|---|
//! | reported | they are done |
//! | the first one not reported, if it was taken | lost: an error that names the pid |
//! | all others | go back to the head of the line |

use super::outcome::Failure;
use super::worker::{TaskId, mark_short, read_task};
use crate::primitive::process::Child;
use crate::primitive::time::{Deadline, Duration};
use crate::process::channel::{Channel, PutFailure};
use std::collections::{HashMap, VecDeque};

/// So many nanoseconds of work are given to a worker at a time, if tasks are that short.
const NANOS_AT_A_TIME: u64 = 200_000;
const MOST_AT_A_TIME: usize = 64;
/// Nor much more than so many bytes.
const BYTES_AT_A_TIME: usize = 1 << 20;

pub(super) type Deliver<O> = Box<dyn FnOnce(Result<Vec<O>, Failure>) + Send>;
/// Who is to be told what, when the lock on the state is free again.
pub(super) type News<O> = Vec<(Deliver<O>, Result<Vec<O>, Failure>)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Open,
    /// No new tasks; the workers end when all is done.
    Closed,
    /// The workers are ended.
    Terminated,
    /// No worker is left.
    Over,
}

struct Task<O> {
    bytes: Vec<u8>,
    /// Its report may come quietly.
    short: bool,
    deliver: Deliver<O>,
}

pub(super) struct Seat {
    pub number: u32,
    pub child: Child,
    /// Both ends: to give tasks, and to take them back.
    pub tasks: Channel,
    pub back: Channel,
    has: VecDeque<TaskId>,
}

impl Seat {
    pub fn new(number: u32, child: Child, tasks: Channel, back: Channel) -> Seat {
        Seat {
            number,
            child,
            tasks,
            back,
            has: VecDeque::new(),
        }
    }
}

pub(super) struct Staff<O> {
    pub phase: Phase,
    pub seats: Vec<Seat>,
    tasks: HashMap<TaskId, Task<O>>,
    line: VecDeque<TaskId>,
    /// How many tasks are out there whose reports may come quietly.
    short: usize,
    /// About how long a task takes.
    pace_nanos: u64,
    /// How many workers died one after the other without having done anything.
    pub barren: u32,
}

impl<O> Staff<O> {
    pub fn new(seats: Vec<Seat>) -> Staff<O> {
        Staff {
            phase: Phase::Open,
            seats,
            tasks: HashMap::new(),
            line: VecDeque::new(),
            short: 0,
            pace_nanos: u64::MAX,
            barren: 0,
        }
    }

    pub fn is_idle(&self) -> bool {
        self.tasks.is_empty()
    }

    /// A new task, at the end of the line.
    pub fn add(&mut self, id: TaskId, bytes: Vec<u8>, deliver: Deliver<O>) {
        let short = false;
        self.tasks.insert(
            id,
            Task {
                bytes,
                short,
                deliver,
            },
        );
        self.line.push_back(id);
    }

    fn batch(&self) -> usize {
        let most = MOST_AT_A_TIME as u64;
        (NANOS_AT_A_TIME / self.pace_nanos.max(1)).clamp(1, most) as usize
    }

    /// Whether workers may put reports without waking anybody.
    pub fn reports_quietly(&self) -> bool {
        self.short > 0
    }

    /// Gives out tasks as far as there are workers for them.
    pub fn deal(&mut self) -> News<O> {
        let mut news = News::new();
        let batch = self.batch();
        let workers = self.seats.len().max(1);
        while !self.line.is_empty() {
            // As much to go on with as there is to work on.
            let Some(seat) = self
                .seats
                .iter_mut()
                .filter(|seat| seat.has.len() < 2 * batch)
                .min_by_key(|seat| seat.has.len())
            else {
                break;
            };
            // While there are few, everybody gets some.
            let share = batch.min(self.line.len().div_ceil(workers));
            let (mut given, mut bytes) = (0, 0);
            while given < share && bytes < BYTES_AT_A_TIME {
                let Some(id) = self.line.pop_front() else {
                    break;
                };
                let Some(task) = self.tasks.get_mut(&id) else {
                    continue;
                };
                self.short -= usize::from(task.short);
                task.short = batch > 1;
                self.short += usize::from(task.short);
                mark_short(&mut task.bytes, task.short);
                bytes += task.bytes.len();
                seat.has.push_back(id);
                given += 1;
            }
            let first = seat.has.len() - given;
            let tasks = &self.tasks;
            let messages = seat
                .has
                .range(first..)
                .filter_map(|id| Some(tasks.get(id)?.bytes.as_slice()));
            if let Err(failure) = seat.tasks.put_all(messages) {
                let text = match failure {
                    PutFailure::System(error) => error.to_string(),
                    other => format!("{other:?}"),
                };
                let ids: Vec<TaskId> = seat.has.drain(first..).collect();
                for id in ids {
                    if let Some(deliver) = self.remove(id) {
                        news.push((deliver, Err(Failure::Input(text.clone()))));
                    }
                }
            }
        }
        news
    }

    fn remove(&mut self, id: TaskId) -> Option<Deliver<O>> {
        let task = self.tasks.remove(&id)?;
        self.short -= usize::from(task.short);
        Some(task.deliver)
    }

    /// A report came: who is to be told.
    pub fn settle(&mut self, worker: u32, id: TaskId, nanos: u32) -> Option<Deliver<O>> {
        self.barren = 0;
        let nanos = u64::from(nanos);
        self.pace_nanos = match self.pace_nanos {
            u64::MAX => nanos,
            // A longer one counts at once, shorter ones little by little.
            pace if nanos > pace => nanos,
            pace => pace - (pace - nanos) / 4,
        };
        if let Some(seat) = self.seats.iter_mut().find(|seat| seat.number == worker)
            && let Some(place) = seat.has.iter().position(|has| *has == id)
        {
            seat.has.remove(place);
        }
        self.remove(id)
    }

    /// The worker that reported as this number.
    pub fn pid(&self, worker: u32) -> i32 {
        self.seats
            .iter()
            .find(|seat| seat.number == worker)
            .map_or(0, |seat| seat.child.pid())
    }

    /// Gives out tasks, so that nobody has nothing to do while a task waits behind another one.
    pub fn deal_and_level(&mut self) -> News<O> {
        let mut news = self.deal();
        self.level();
        news.extend(self.deal());
        news
    }

    /// Takes back what waits behind a task while somebody has nothing to do: of as many workers as there
    /// are idle ones, those who have most.
    fn level(&mut self) {
        let idle = |seat: &&Seat| seat.has.is_empty();
        let idle = self.seats.iter().filter(idle).count();
        if idle == 0 || !self.line.is_empty() {
            return;
        }
        let mut busy: Vec<&mut Seat> = self
            .seats
            .iter_mut()
            .filter(|seat| seat.has.len() >= 2)
            .collect();
        busy.sort_by_key(|seat| std::cmp::Reverse(seat.has.len()));
        for seat in busy.into_iter().take(idle) {
            for id in take_back(seat).into_iter().rev() {
                self.line.push_front(id);
            }
        }
    }

    /// Takes a dead worker off the staff. All its reports have been read before.
    pub fn bury(&mut self, number: u32, failure: Failure) -> News<O> {
        let mut news = News::new();
        let Some(place) = self.seats.iter().position(|seat| seat.number == number) else {
            return news;
        };
        let mut seat = self.seats.remove(place);
        let not_taken = take_back(&mut seat);
        let mut taken = seat.has.into_iter();
        if let Some(running) = taken.next() {
            if let Some(deliver) = self.remove(running) {
                news.push((deliver, Err(failure)));
            }
        } else {
            self.barren += 1;
        }
        let again: Vec<TaskId> = taken.chain(not_taken).collect();
        for id in again.into_iter().rev() {
            self.line.push_front(id);
        }
        news
    }

    /// Nobody will do any of them.
    pub fn give_up(&mut self, failure: &Failure) -> News<O> {
        self.line.clear();
        self.short = 0;
        for seat in &mut self.seats {
            seat.has.clear();
        }
        let mut all: Vec<(TaskId, Task<O>)> = self.tasks.drain().collect();
        all.sort_by_key(|(id, _)| *id);
        all.into_iter()
            .map(|(_, task)| (task.deliver, Err(failure.clone())))
            .collect()
    }
}

/// What a worker has not taken yet.
fn take_back(seat: &mut Seat) -> Vec<TaskId> {
    let mut ids = Vec::new();
    let now = || Deadline::after_unscaled(Duration::ZERO);
    while let Ok(message) = seat.back.take(now()) {
        ids.extend(read_task(&message).map(|(id, _, _)| id));
    }
    seat.has.retain(|id| !ids.contains(id));
    ids
}
