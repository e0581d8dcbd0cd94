//! Which moment made which other moment possible.
//!
//! | cause | from | to | holds |
//! |---|---|---|---|
//! | start | spawn, fork | the first moment of the new lane | always |
//! | join | exit, or the last moment of a killed lane | join-end, wait-end of the process | always |
//! | message | send | receive of the same queue or pipe, first in first out | always between two lanes, else in this run |
//! | barrier | every arrival of a round | every departure of that round | always |
//! | flag | signal of an event | acquire of it | always, where one lane alone sets it |
//! | hand-over | release | the next acquire of the same lock or semaphore | in this run |
//! | hand-over | the k-th release by the only giver | the k-th acquire, where there were no permits before | always |
//! | wake | the only signal while a lane waited for a futex or a condition | its wait-end | in this run |
//!
//! *Always* is what no other run of the same program can turn round; *in this run* is what the
//! next run may do the other way, as with two threads that take a lock.

use std::collections::{HashMap, HashSet, VecDeque};

use super::moments::{Moment, Moments};
use crate::event::{Kind, Object, ObjectKind};

/// What made a moment possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// A lane was started.
    Start,
    /// The end of a lane was waited for.
    Join,
    /// A message was sent.
    Message,
    /// All had arrived at a barrier.
    Barrier,
    /// A flag was set.
    Flag,
    /// A lock or a permit was given back.
    Handover,
    /// A sleeper was woken.
    Wake,
}

/// How far a link can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holds {
    /// In every run.
    Always,
    /// In this run; another may do it the other way.
    ThisRun,
    /// Seen from outside it looks so: good enough for an arrow, not for an argument.
    Perhaps,
}

/// Places in [`Moments::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) cause: Cause,
    pub(crate) holds: Holds,
}

/// A round of a barrier: no departure without all arrivals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Round {
    pub(crate) object: Option<Object>,
    pub(crate) arrivals: Vec<usize>,
    pub(crate) departures: Vec<usize>,
}

/// All of a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    /// By rising `to`.
    pub(crate) links: Vec<Link>,
    pub(crate) rounds: Vec<Round>,
    pub(crate) uses: HashMap<Object, Use>,
}

/// Who did what with a thing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Use {
    pub(crate) givers: HashSet<usize>,
    pub(crate) takers: HashSet<usize>,
    pub(crate) gives: usize,
    pub(crate) takes: usize,
    /// Somebody waited before anything was given, and nobody had taken anything.
    pub(crate) starts_empty: bool,
    /// Two lanes held it at the same time: it is no lock of one at a time.
    pub(crate) shared: bool,
    holder: Option<(usize, usize)>,
}

impl Use {
    /// One lane gives, others take: what the givers do after taking does not turn the order round.
    pub(crate) fn is_one_way(&self) -> bool {
        self.givers.is_disjoint(&self.takers)
    }

    fn note(&mut self, moment: &Moment) {
        match moment.kind {
            Kind::Release | Kind::Signal | Kind::Send => {
                self.givers.insert(moment.row);
                self.gives += 1;
                self.holder = match self.holder {
                    Some((row, depth)) if row == moment.row && depth > 1 => Some((row, depth - 1)),
                    Some((row, _)) if row == moment.row => None,
                    other => other,
                };
            }
            Kind::Acquire | Kind::Receive => {
                self.takers.insert(moment.row);
                self.takes += 1;
                self.holder = match self.holder {
                    Some((row, depth)) if row == moment.row => Some((row, depth + 1)),
                    Some(other) => {
                        self.shared = true;
                        Some(other)
                    }
                    None => Some((moment.row, 1)),
                };
            }
            Kind::WaitBegin if self.gives == 0 && self.takes == 0 => self.starts_empty = true,
            _ => {}
        }
    }
}

impl Links {
    pub(crate) fn of(moments: &Moments) -> Links {
        let mut links = Links::default();
        for moment in &moments.all {
            if !matches!(moment.object.kind, ObjectKind::None | ObjectKind::Lane) {
                links.uses.entry(moment.object).or_default().note(moment);
            }
        }
        let mut tracker = Tracker::new(moments);
        for (at, moment) in moments.all.iter().enumerate() {
            tracker.follow(&mut links, at, moment);
        }
        links.links.sort_by_key(|link| link.to);
        links
    }
}

/// What was seen of a thing so far.
#[derive(Default)]
struct Seen {
    gives: Vec<usize>,
    takes: usize,
    messages: VecDeque<usize>,
    /// The last that could wake a waiter, and how many there were.
    waker: Option<usize>,
    wakers: usize,
    /// The round that is gathering, as a place in [`Links::rounds`].
    open: Option<usize>,
}

struct Tracker<'a> {
    moments: &'a Moments,
    started: Vec<Option<usize>>,
    seen_before: Vec<bool>,
    exit: Vec<Option<usize>>,
    last: Vec<usize>,
    by_pid: HashMap<i32, usize>,
    things: HashMap<Object, Seen>,
    /// Where each lane began to wait, for what, and how many wakers there had been.
    waits: Vec<Option<(usize, Object, usize)>>,
    /// The round each lane arrived in, by barrier.
    arrived: HashMap<(usize, Object), usize>,
}

impl<'a> Tracker<'a> {
    fn new(moments: &'a Moments) -> Tracker<'a> {
        let rows = moments.rows.len();
        let mut last = vec![0; rows];
        for (at, moment) in moments.all.iter().enumerate() {
            last[moment.row] = at;
        }
        let by_pid = moments.rows.iter().enumerate().rev();
        Tracker {
            moments,
            started: vec![None; rows],
            seen_before: vec![false; rows],
            exit: vec![None; rows],
            last,
            // Of several lanes of a process, the first is its main thread.
            by_pid: by_pid.map(|(row, lane)| (lane.pid, row)).collect(),
            things: HashMap::new(),
            waits: vec![None; rows],
            arrived: HashMap::new(),
        }
    }

    fn follow(&mut self, links: &mut Links, at: usize, moment: &Moment) {
        let mut link = |from: usize, cause: Cause, holds: Holds| {
            links.links.push(Link {
                from,
                to: at,
                cause,
                holds,
            });
        };
        let is_first = !std::mem::replace(&mut self.seen_before[moment.row], true);
        if let Some(spawn) = self.started[moment.row].filter(|_| is_first) {
            link(spawn, Cause::Start, Holds::Always);
        }
        let object = moment.object;
        match moment.kind {
            Kind::Spawn | Kind::Fork => {
                if let Some(row) = self.moments.row_about(object) {
                    self.started[row].get_or_insert(at);
                }
            }
            Kind::Exit => self.exit[moment.row] = Some(at),
            Kind::JoinEnd => {
                if let Some(end) = self.end_of(at, object) {
                    link(end, Cause::Join, Holds::Always);
                }
            }
            Kind::WaitBegin => {
                let wakers = self.things.get(&object).map_or(0, |seen| seen.wakers);
                self.waits[moment.row] = Some((at, object, wakers));
            }
            Kind::WaitEnd => self.wait_ended(links, at, moment),
            Kind::Send => {
                let seen = self.things.entry(object).or_default();
                seen.messages.push_back(at);
                seen.wakes(at);
            }
            Kind::Receive => {
                let seen = self.things.entry(object).or_default();
                // A full queue has room again.
                seen.wakes(at);
                if let Some(sent) = seen.messages.pop_front() {
                    let one_to_one = links
                        .uses
                        .get(&object)
                        .is_some_and(|used| used.givers.len() == 1 && used.takers.len() == 1);
                    let holds = if one_to_one {
                        Holds::Always
                    } else {
                        Holds::ThisRun
                    };
                    link(sent, Cause::Message, holds);
                }
            }
            Kind::Release | Kind::Signal => self.given(links, at, moment),
            Kind::Acquire => self.taken(links, at, moment),
            _ => {}
        }
    }

    /// Where the lane or process ended that was waited for until `at`; `None` where the wait was
    /// given up before.
    fn end_of(&self, at: usize, object: Object) -> Option<usize> {
        let row = match object.kind {
            ObjectKind::Process => {
                let pid = i32::try_from(object.id).ok().filter(|pid| *pid > 0)?;
                *self.by_pid.get(&pid)?
            }
            _ => self.moments.row_about(object)?,
        };
        let killed = || {
            let last = self.last[row];
            (self.seen_before[row] && last < at).then_some(last)
        };
        self.exit[row].or_else(killed)
    }

    fn given(&mut self, links: &mut Links, at: usize, moment: &Moment) {
        let object = moment.object;
        let seen = self.things.entry(object).or_default();
        seen.wakes(at);
        if object.kind == ObjectKind::Barrier && moment.kind == Kind::Release {
            let round = match seen.open {
                Some(round) if links.rounds[round].departures.is_empty() => round,
                _ => {
                    links.rounds.push(Round {
                        object: Some(object),
                        ..Round::default()
                    });
                    links.rounds.len() - 1
                }
            };
            seen.open = Some(round);
            links.rounds[round].arrivals.push(at);
            self.arrived.insert((moment.row, object), round);
            return;
        }
        // A condition's signal is remembered by nobody; a lock is given back by its release alone.
        let kept = match object.kind {
            ObjectKind::Condition | ObjectKind::Lock | ObjectKind::Semaphore => {
                moment.kind == Kind::Release
            }
            _ => true,
        };
        if kept {
            seen.gives.push(at);
        }
    }

    fn taken(&mut self, links: &mut Links, at: usize, moment: &Moment) {
        let object = moment.object;
        if object.kind == ObjectKind::Barrier {
            if let Some(round) = self.arrived.get(&(moment.row, object)) {
                links.rounds[*round].departures.push(at);
            }
            return;
        }
        let seen = self.things.entry(object).or_default();
        let number = seen.takes;
        seen.takes += 1;
        let Some(last) = seen.gives.last().copied() else {
            return;
        };
        let used = links.uses.get(&object);
        let one_giver = used.is_some_and(|used| used.givers.len() == 1 && used.is_one_way());
        let empty_before = used.is_some_and(|used| used.starts_empty);
        let (from, cause, holds) = match object.kind {
            ObjectKind::Semaphore if one_giver && empty_before && number < seen.gives.len() => {
                (seen.gives[number], Cause::Handover, Holds::Always)
            }
            ObjectKind::Event | ObjectKind::Timer if one_giver => {
                (last, Cause::Flag, Holds::Always)
            }
            ObjectKind::Event | ObjectKind::Timer => (last, Cause::Flag, Holds::ThisRun),
            _ => (last, Cause::Handover, Holds::ThisRun),
        };
        if self.moments.all[from].row != moment.row {
            links.links.push(Link {
                from,
                to: at,
                cause,
                holds,
            });
        }
    }

    fn wait_ended(&mut self, links: &mut Links, at: usize, moment: &Moment) {
        let Some((begin, object, wakers)) = self.waits[moment.row].take() else {
            return;
        };
        if matches!(object.kind, ObjectKind::Lane | ObjectKind::Process) {
            if let Some(end) = self.end_of(at, object) {
                links.links.push(Link {
                    from: end,
                    to: at,
                    cause: Cause::Join,
                    holds: Holds::Always,
                });
            }
            return;
        }
        let Some(seen) = self.things.get(&object) else {
            return;
        };
        // The last arrival opens a barrier; one of the next round does not.
        let waker = match self.arrived.get(&(moment.row, object)) {
            Some(round) => links.rounds[*round].arrivals.last().copied(),
            None => seen.waker,
        };
        let Some(waker) = waker.filter(|waker| *waker > begin) else {
            return;
        };
        let only_one = seen.wakers == wakers + 1;
        let woken = matches!(object.kind, ObjectKind::Futex | ObjectKind::Condition);
        let holds = if woken && only_one {
            Holds::ThisRun
        } else {
            Holds::Perhaps
        };
        links.links.push(Link {
            from: waker,
            to: at,
            cause: Cause::Wake,
            holds,
        });
    }
}

impl Seen {
    fn wakes(&mut self, at: usize) {
        self.waker = Some(at);
        self.wakers += 1;
    }
}
