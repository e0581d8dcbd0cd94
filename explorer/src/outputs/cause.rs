//! What brings a guaranteed order about: the join, the lock, the barrier between two prints, with its line.
//!
//! A few classes are kept as they are. In each, the events between two prints form a chain; what is in the chain of
//! every class that prints both is the cause.
use crate::execution::Local;
use crate::failure::Line;
use crate::operation::{NO_STEP, Operation, Place, Step, ThreadIndex};
use crate::search::trace::{Placed, Trace};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// So many classes are kept.
pub const KEPT: usize = 32;

/// Longer executions than this are not kept.
const MAX_EVENTS: usize = 2_000;

/// What orders two events. The first in this list is told where there are several.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// A thread was joined.
    Join,
    /// A process was waited for.
    Process,
    /// A barrier let everybody through.
    Barrier,
    /// A message, or the room it left.
    Channel,
    /// Bytes in a pipe, or its end.
    Pipe,
    /// A wait for a condition.
    Condition,
    /// A once that had run.
    Once,
    /// A token.
    Park,
    /// One lock, held by one after the other.
    Lock,
    /// An atomic.
    Atomic,
    /// A thread or a process was started.
    Spawn,
    /// One thread does one thing after the other.
    ProgramOrder,
    /// No one chain of these.
    Other,
}

/// An order's cause.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Cause {
    /// What.
    pub by: By,
    /// Where.
    pub line: Option<Line>,
    /// It does so in every class that was looked at; else another does in some.
    pub always: bool,
}

impl Cause {
    fn at(by: By, place: Place) -> Self {
        Self {
            by,
            line: Some(place.into()),
            always: true,
        }
    }
}

/// An execution that is kept: its prints, and which events come right before which.
#[derive(Debug, Clone)]
pub struct Skeleton {
    prints: Vec<Print>,
    events: Vec<Event>,
}

#[derive(Debug, Clone)]
struct Print {
    label: u32,
    thread: ThreadIndex,
    /// The operation right before.
    anchor: Step,
    /// How many operations its thread had executed.
    executed: u32,
    place: Place,
}

#[derive(Debug, Clone)]
struct Event {
    thread: ThreadIndex,
    number: u32,
    place: Place,
    by: By,
    /// The thread's own event before, or the one that started it.
    previous: Step,
    /// Events of other threads right before this one.
    others: Vec<Step>,
}

impl Skeleton {
    /// Of an execution; `None` if it is too long.
    pub fn of(trace: &Trace, visible: impl Fn(&Placed) -> bool) -> Option<Self> {
        if trace.events.len() > MAX_EVENTS {
            return None;
        }
        let prints = trace
            .locals
            .iter()
            .filter(|placed| visible(placed))
            .filter_map(|placed| match placed.event.local {
                Local::Print(_, _, place) => Some((placed, place)),
                _ => None,
            })
            .map(|(placed, place)| Print {
                label: placed.label,
                thread: placed.event.thread,
                anchor: placed.anchor,
                executed: placed.event.executed,
                place,
            })
            .collect();
        let mut steps: BTreeMap<(ThreadIndex, u32), Step> = BTreeMap::new();
        let is_process = |thread: ThreadIndex, steps: &BTreeMap<(ThreadIndex, u32), Step>| {
            let first = steps
                .get(&(thread, 1))
                .map(|&first| &trace.events[first as usize]);
            first.is_some_and(|first| {
                let start = trace.events.get(first.previous as usize);
                start.is_some_and(|start| start.operation == Operation::Fork)
            })
        };
        let mut events = Vec::with_capacity(trace.events.len());
        for (step, event) in trace.events.iter().enumerate() {
            let step = step as Step;
            steps.insert((event.thread, event.number), step);
            let clock = trace.clock(step);
            let known = |thread: usize| match event.previous {
                NO_STEP => 0,
                previous => trace.clock(previous)[thread],
            };
            let fresh: Vec<Step> = (0..clock.len())
                .filter(|&other| other != event.thread && clock[other] > known(other))
                .filter_map(|other| steps.get(&(other, clock[other])).copied())
                .collect();
            let others = fresh
                .iter()
                .copied()
                .filter(|&one| {
                    !fresh
                        .iter()
                        .any(|&two| one != two && trace.before(one, two))
                })
                .collect();
            events.push(Event {
                thread: event.thread,
                number: event.number,
                place: event.place,
                by: match event.operation {
                    Operation::Join(other) if is_process(other, &steps) => By::Process,
                    operation => by(operation),
                },
                previous: event.previous,
                others,
            });
        }
        Some(Self { prints, events })
    }

    /// The causes in the chains from a print of `before` to every print of `after`; `None` if this execution does
    /// not print both, or cannot tell.
    fn causes(&self, before: u32, after: u32) -> Option<BTreeSet<Cause>> {
        let mut all: Option<BTreeSet<Cause>> = None;
        for (number, print) in self.prints.iter().enumerate() {
            if print.label != after {
                continue;
            }
            let found = self.chain(before, number)?;
            all = Some(match all {
                None => found,
                Some(causes) => causes.intersection(&found).cloned().collect(),
            });
        }
        all
    }

    /// The chain with the fewest changes of thread, from the print back to one of `before`.
    fn chain(&self, before: u32, print: usize) -> Option<BTreeSet<Cause>> {
        let target = &self.prints[print];
        if before == target.label {
            // Two lines of one print.
            return Some(BTreeSet::from([Cause::at(By::ProgramOrder, target.place)]));
        }
        let own = |other: &Print| other.label == before && other.thread == target.thread;
        if self.prints[..print].iter().any(own) {
            return Some(BTreeSet::from([Cause::at(By::ProgramOrder, target.place)]));
        }
        // Which thread's operations may lie before the print we look for, and how far.
        let mut came_from: BTreeMap<Step, (Step, Option<Cause>)> = BTreeMap::new();
        let mut open = VecDeque::new();
        let mut first = target.anchor;
        if first != NO_STEP {
            let anchor = &self.events[first as usize];
            let cause =
                (anchor.thread != target.thread).then(|| Cause::at(By::Spawn, anchor.place));
            came_from.insert(first, (NO_STEP, cause));
            open.push_back(first);
        }
        while let Some(step) = open.pop_front() {
            let event = &self.events[step as usize];
            let reached = self.prints.iter().any(|one| {
                one.label == before && one.thread == event.thread && one.executed < event.number
            });
            if reached {
                first = step;
                let mut causes = BTreeSet::new();
                while first != NO_STEP {
                    let (next, cause) = &came_from[&first];
                    causes.extend(cause.clone());
                    first = *next;
                }
                return Some(causes);
            }
            let mut go = |to: Step, cause: Option<Cause>, open: &mut VecDeque<Step>| {
                if to != NO_STEP && !came_from.contains_key(&to) {
                    let near = cause.is_none();
                    came_from.insert(to, (step, cause));
                    if near {
                        open.push_front(to);
                    } else {
                        open.push_back(to);
                    }
                }
            };
            let started = event.previous != NO_STEP
                && self.events[event.previous as usize].thread != event.thread;
            let spawn =
                started.then(|| Cause::at(By::Spawn, self.events[event.previous as usize].place));
            go(event.previous, spawn, &mut open);
            for &other in &event.others {
                go(other, Some(Cause::at(event.by, event.place)), &mut open);
            }
        }
        None
    }
}

/// What it means that another thread's event comes right before this operation.
fn by(operation: Operation) -> By {
    match operation {
        Operation::Join(_) | Operation::IsFinished(_) => By::Join,
        Operation::Arrive(_) | Operation::Pass { .. } | Operation::AskLeader { .. } => By::Barrier,
        Operation::Send(_)
        | Operation::TrySend(_)
        | Operation::Recv(_)
        | Operation::TryRecv(_)
        | Operation::Count(_)
        | Operation::Taken { .. }
        | Operation::DropSender(_)
        | Operation::DropReceiver(_) => By::Channel,
        Operation::Wait { .. }
        | Operation::Wake { .. }
        | Operation::NotifyOne(_)
        | Operation::NotifyAll(_) => By::Condition,
        Operation::Enter(_) | Operation::Finish { .. } | Operation::Peek(_) => By::Once,
        Operation::Park | Operation::ParkTimeout | Operation::Unpark(_) => By::Park,
        Operation::Load(_) | Operation::Store(_) | Operation::Rmw(_) | Operation::Cas { .. } => {
            By::Atomic
        }
        Operation::PipeWrite { .. }
        | Operation::PipeRead { .. }
        | Operation::CloseEnd { .. }
        | Operation::Depart { .. } => By::Pipe,
        Operation::Spawn
        | Operation::Fork
        | Operation::End
        | Operation::Choose(_)
        | Operation::Print
        | Operation::Exit(_) => By::Spawn,
        _ => By::Lock,
    }
}

/// The cause of an order in all the executions that are kept; where there is none, one that is it in some of them.
pub fn explain(skeletons: &[Skeleton], before: &[u32], after: &[u32]) -> Option<Cause> {
    let mut all: Option<BTreeSet<Cause>> = None;
    let mut any = BTreeSet::new();
    for skeleton in skeletons {
        for &after in after {
            let Some(found) = before
                .iter()
                .find_map(|&before| skeleton.causes(before, after))
            else {
                continue;
            };
            any.extend(found.iter().cloned());
            all = Some(match all {
                None => found,
                Some(causes) => causes.intersection(&found).cloned().collect(),
            });
        }
    }
    let sometimes = || {
        any.into_iter().next().map(|cause| Cause {
            always: false,
            ..cause
        })
    };
    all?.into_iter().next().or_else(sometimes)
}
