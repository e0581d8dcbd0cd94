//! What is kept of each class of equivalent executions: the partial order of its prints, and its failures.
use crate::execution::{Ending, Local, Panic, Stream};
use crate::failure::{self, Departure, Failure, Line};
use crate::operation::{NO_STEP, Place};
use crate::outputs::{KEPT, Label, Letters, Skeleton};
use crate::schedule::Schedule;
use crate::search::trace::{Placed, Trace};
use crate::world::World;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

/// A partial order of prints, written flat: how many threads; then for each of them how many events; then for each
/// event its label and, for every thread, how many of that thread's events come before.
pub type Poset = Box<[u32]>;

/// Everything found so far.
#[derive(Debug, Default)]
pub struct Classes {
    /// How many.
    pub count: u64,
    /// The labels of prints and endings.
    pub letters: Letters,
    /// The different orders of prints.
    pub posets: HashSet<Poset>,
    /// The failures, each with the simplest of the schedules that show it.
    pub failures: BTreeMap<failure::Signature, Failure>,
    /// The lines that end the process before main has come to its end, each with the simplest schedule.
    pub departures: BTreeMap<Line, String>,
    /// Main came to its end in some execution, and did not panic.
    pub completes: bool,
    /// Some execution was cut off.
    pub cut_off: bool,
    /// Some thread polled up to the bound.
    pub polled: bool,
    /// The same choices led elsewhere.
    pub diverged: Option<Line>,
    /// The first of them, for whoever asks why.
    pub skeletons: Vec<Skeleton>,
    /// An order of prints that is looked for, and the simplest schedule of the first class that has it.
    pub sought: Option<(Poset, Option<Schedule>)>,
    scratch: Vec<u32>,
    last: Vec<u32>,
    stderr: bool,
    heedless: bool,
    words: usize,
}

/// Classes on their way from one process to another.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Found {
    count: u64,
    labels: Vec<Label>,
    posets: Vec<Vec<u32>>,
    failures: Vec<Failure>,
    departures: Vec<Departure>,
    completes: bool,
    cut_off: bool,
    polled: bool,
    diverged: Option<Line>,
}

/// Visits the labels of an order.
pub fn for_each_label(flat: &mut [u32], mut visit: impl FnMut(&mut u32)) {
    let threads = flat[0] as usize;
    let mut at = 1;
    for _ in 0..threads {
        let count = flat[at] as usize;
        at += 1;
        for _ in 0..count {
            visit(&mut flat[at]);
            at += 1 + threads;
        }
    }
}

impl Classes {
    /// None yet. `stderr`: `eprintln!` counts as output too. `heedless`: only outputs count of executions in which a
    /// thread went on after a spurious wake-up although nothing had changed.
    pub fn new(stderr: bool, heedless: bool) -> Self {
        Self {
            stderr,
            heedless,
            ..Self::default()
        }
    }

    /// A replay went another way than the execution it repeats.
    pub fn diverged(&mut self, place: Place) {
        self.diverged.get_or_insert_with(|| place.into());
    }

    /// A thread asked the same question too often.
    pub fn polled(&mut self) {
        self.polled = true;
    }

    /// Whether the order that is looked for was met.
    pub fn is_found(&self) -> bool {
        matches!(&self.sought, Some((_, Some(_))))
    }

    /// Adds the class of this execution.
    pub fn add(&mut self, world: &World, trace: &Trace, panics: &[Panic], cut_off: bool) {
        self.count += 1;
        self.cut_off |= cut_off;
        if !self.heedless || world.heedless() {
            self.add_poset(world, trace, cut_off);
        }
        let mut schedule = None;
        failure::find(world, trace, panics, cut_off, |found| {
            let schedule = schedule.get_or_insert_with(|| Schedule::simplest(trace));
            self.keep(found.with_schedule(schedule));
        });
        for Placed { event, .. } in &trace.locals {
            match event.local {
                Local::Exit {
                    by: Some(place), ..
                } => {
                    let schedule = schedule.get_or_insert_with(|| Schedule::simplest(trace));
                    self.depart(place.into(), schedule.to_string());
                }
                Local::Exit {
                    ending: Ending::Finished(_),
                    by: None,
                } => self.completes = true,
                _ => {}
            }
        }
    }

    /// Keeps where the process was ended, by the rule of [`Classes::keep`].
    fn depart(&mut self, line: Line, schedule: String) {
        match self.departures.entry(line) {
            Entry::Vacant(entry) => {
                entry.insert(schedule);
            }
            Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                if (schedule.len(), &schedule) < (known.len(), &*known) {
                    *known = schedule;
                }
            }
        }
    }

    /// Where the process can be ended before main has come to its end.
    pub fn departures(&self) -> Vec<Departure> {
        let departure = |(line, schedule): (&Line, &String)| Departure {
            line: line.clone(),
            schedule: schedule.clone(),
        };
        self.departures.iter().map(departure).collect()
    }

    /// Keeps a failure, unless the same is known with a schedule at least as simple: so it does not matter in which
    /// order the classes come.
    fn keep(&mut self, found: Failure) {
        let rank = |failure: &Failure| (failure.schedule.len(), failure.schedule.clone());
        match self.failures.entry(found.signature()) {
            Entry::Vacant(entry) => {
                entry.insert(found);
            }
            Entry::Occupied(mut entry) => {
                if rank(&found) < rank(entry.get()) {
                    entry.insert(found);
                }
            }
        }
    }

    /// Memory they take, in bytes, about.
    pub fn bytes(&self) -> usize {
        self.words * size_of::<u32>() + self.posets.len() * 64
    }

    /// Adds what somebody else found.
    pub fn merge(&mut self, found: Found) {
        let translate: Vec<u32> = found
            .labels
            .iter()
            .map(|label| self.letters.number(label))
            .collect();
        self.count += found.count;
        for mut flat in found.posets {
            for_each_label(&mut flat, |label| *label = translate[*label as usize]);
            self.insert(&flat);
        }
        found.failures.into_iter().for_each(|one| self.keep(one));
        for Departure { line, schedule } in found.departures {
            self.depart(line, schedule);
        }
        self.completes |= found.completes;
        self.cut_off |= found.cut_off;
        self.polled |= found.polled;
        self.diverged = self.diverged.take().or(found.diverged);
    }

    /// What somebody else can add.
    pub fn into_found(self) -> Found {
        Found {
            departures: self.departures(),
            completes: self.completes,
            count: self.count,
            labels: self.letters.labels().to_vec(),
            posets: self.posets.into_iter().map(Into::into).collect(),
            failures: self.failures.into_values().collect(),
            cut_off: self.cut_off,
            polled: self.polled,
            diverged: self.diverged,
        }
    }

    fn insert(&mut self, flat: &[u32]) -> bool {
        let new = !self.posets.contains(flat);
        if new {
            self.words += flat.len();
            self.posets.insert(flat.into());
        }
        new
    }

    fn add_poset(&mut self, world: &World, trace: &Trace, cut_off: bool) {
        let stderr = self.stderr;
        let visible = |local: &Local| match local {
            Local::Print(stream, ..) => *stream == Stream::Out || stderr,
            Local::Exit { .. } => true,
        };
        let threads = world.threads.len() + 1; // the last stands for the ending nobody caused
        let flat = &mut self.scratch;
        flat.clear();
        flat.push(threads as u32);
        for thread in 0..threads - 1 {
            let header = flat.len();
            flat.push(0);
            for Placed {
                event,
                anchor,
                label,
            } in &trace.locals
            {
                if event.thread != thread || !visible(&event.local) {
                    continue;
                }
                flat[header] += 1;
                flat.push(*label);
                for other in 0..threads {
                    let before = if other == thread || *anchor == NO_STEP {
                        0
                    } else {
                        let seen = trace.seen(*anchor, other);
                        trace
                            .locals
                            .iter()
                            .filter(|Placed { event: one, .. }| {
                                one.thread == other && one.executed < seen && visible(&one.local)
                            })
                            .count()
                    };
                    flat.push(before as u32);
                }
            }
        }
        if world.exited {
            flat.push(0);
        } else {
            let ending = if cut_off {
                Ending::CutOff
            } else {
                Ending::Deadlock
            };
            flat.extend([1, self.letters.number(&Label::End(ending))]);
            for other in 0..threads {
                let all = trace
                    .locals
                    .iter()
                    .filter(|Placed { event: one, .. }| one.thread == other && visible(&one.local))
                    .count();
                flat.push(all as u32);
            }
        }
        if *flat != self.last {
            self.last.clone_from(flat);
            if let Some((sought, schedule)) = &mut self.sought
                && schedule.is_none()
                && **sought == **flat
            {
                *schedule = Some(Schedule::simplest(trace));
            }
            let flat = std::mem::take(flat);
            self.insert(&flat);
            self.scratch = flat;
        }
        if self.skeletons.len() < KEPT && !cut_off {
            let printed = |placed: &Placed| visible(&placed.event.local);
            self.skeletons.extend(Skeleton::of(trace, printed));
        }
    }
}
