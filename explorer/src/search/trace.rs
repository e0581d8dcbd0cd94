//! The execution that is being explored, as a partial order: events with vector clocks.
//!
//! A clock has one entry a thread: how many of that thread's operations come before (itself included). So
//! `before(x, y)` is one comparison. The trace keeps the events of the prefix that the next execution repeats, so
//! nothing is computed twice for them.
use super::synchronised::Synchronised;
use crate::dependence::Dependence;
use crate::execution::LocalEvent;
use crate::operation::{
    Kind, MAX_THREADS, NO_STEP, ObjectId, Operation, Place, Reply, Step, ThreadIndex, Touches,
};
use crate::world::{AtomicWrite, Causes, World};

/// An operation that happened.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// Whose.
    pub thread: ThreadIndex,
    /// The number of this operation in its thread, from 1.
    pub number: u32,
    /// The thread's event before, or the one that spawned it.
    pub previous: Step,
    /// What was announced.
    pub operation: Operation,
    /// Where.
    pub place: Place,
    /// What it touched.
    pub touches: Touches,
    /// How it went.
    pub reply: Reply,
    /// Which way it went, where there were several.
    pub choice: u8,
    /// What it wrote.
    pub write: Option<AtomicWrite>,
    /// Every earlier event on the same objects comes before it.
    closes: bool,
}

impl Event {
    /// Every earlier event on the same objects comes before it.
    pub fn closes(&self) -> bool {
        self.closes
    }

    /// It begins a section that only looks at what a mutex protects.
    pub fn inspecting(&self) -> bool {
        self.touches.iter().any(|touch| touch.kind == Kind::Inspect)
    }
}

/// A step, as it was when it happened: its thread may have announced another one since.
#[derive(Debug, Clone, Copy)]
pub struct Executed {
    /// Whose.
    pub thread: ThreadIndex,
    /// The number of this operation in its thread, from 1.
    pub number: u32,
    /// What was announced.
    pub operation: Operation,
    /// Where.
    pub place: Place,
    /// How it went.
    pub reply: Reply,
    /// Which way it went, where there were several.
    pub choice: u8,
    /// What it touched.
    pub touches: Touches,
    /// It began a section that only looks at what a mutex protects.
    pub inspecting: bool,
}

impl Executed {
    /// The step a thread has just done.
    pub fn just_now(world: &World, thread: ThreadIndex, touches: Touches, choice: u8) -> Self {
        let slot = &world.threads[thread];
        Self {
            thread,
            number: slot.executed,
            operation: slot.pending,
            place: slot.place,
            reply: slot.reply,
            choice,
            touches,
            inspecting: false,
        }
    }
}

/// A local event in the trace.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The event.
    pub event: LocalEvent,
    /// The operation it comes right after: its thread's last, or the one that spawned it, or none.
    pub anchor: Step,
    /// The number of its label.
    pub label: u32,
}

/// Events and their order.
#[derive(Debug, Default)]
pub struct Trace {
    /// The events.
    pub events: Vec<Event>,
    /// Prints and exits.
    pub locals: Vec<Placed>,
    clocks: Vec<u32>,
    width: usize,
    last: Vec<Step>,
    by_object: Vec<Vec<Step>>,
    scratch: Vec<u32>,
    synchronised: Option<Synchronised>,
}

/// A pair of operations that could have happened the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Race {
    /// The earlier event.
    pub earlier: Step,
    /// The thread of the later one.
    pub thread: ThreadIndex,
}

impl Trace {
    /// Forgets everything from this step on. Prints made before the step's decision stay: they depend on the steps
    /// before it alone.
    pub fn truncate(&mut self, length: usize) {
        while self.events.len() > length {
            let Some(event) = self.events.pop() else {
                break;
            };
            for touch in event.touches.iter() {
                self.by_object[touch.object as usize].pop();
            }
            self.last[event.thread] = if event.number == 1 {
                NO_STEP
            } else {
                event.previous
            };
        }
        self.clocks.truncate(length * self.width);
        if let Some(order) = &mut self.synchronised {
            order.truncate(length);
        }
        let keep = self
            .locals
            .iter()
            .rposition(|local| local.event.step as usize <= length)
            .map_or(0, |last| last + 1);
        self.locals.truncate(keep);
    }

    /// As many threads as a clock has entries for.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The clock of an event.
    pub fn clock(&self, step: Step) -> &[u32] {
        let start = step as usize * self.width;
        &self.clocks[start..start + self.width]
    }

    /// Does one event come before another in every equivalent execution?
    pub fn before(&self, one: Step, other: Step) -> bool {
        let event = &self.events[one as usize];
        self.clock(other)[event.thread] >= event.number
    }

    fn widen(&mut self, threads: usize) {
        if threads <= self.width {
            return;
        }
        let width = threads.next_power_of_two().max(4);
        let mut clocks = Vec::with_capacity(self.events.len() * width * 2);
        for step in 0..self.events.len() {
            clocks.extend_from_slice(&self.clocks[step * self.width..(step + 1) * self.width]);
            clocks.resize((step + 1) * width, 0);
        }
        self.clocks = clocks;
        if let Some(order) = &mut self.synchronised {
            order.widen(width);
        }
        self.width = width;
        self.last.resize(width, NO_STEP);
    }

    /// The thread's own last event, or the one that spawned it.
    pub fn previous(&self, world: &World, thread: ThreadIndex) -> Step {
        match self.last.get(thread) {
            Some(&step) if step != NO_STEP => step,
            _ => world.threads[thread].spawned,
        }
    }

    fn join(clock: &mut [u32], other: &[u32]) {
        for (mine, theirs) in clock.iter_mut().zip(other) {
            *mine = (*mine).max(*theirs);
        }
    }

    fn events_of(&self, object: ObjectId) -> &[Step] {
        self.by_object
            .get(object as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// What comes before the thread's announced operation in every order: its own past and `hard` causes.
    pub fn base(&mut self, world: &World, thread: ThreadIndex, hard: &[Step], base: &mut Vec<u32>) {
        self.widen(world.threads.len());
        base.clear();
        base.resize(self.width, 0);
        let previous = self.previous(world, thread);
        if previous != NO_STEP {
            Self::join(base, self.clock(previous));
        }
        for &cause in hard {
            Self::join(base, self.clock(cause));
        }
    }

    /// The events an operation with these touches conflicts with, latest first, that are not before it anyway.
    /// `feasible` says whether the pair can be turned round; what lies behind one that cannot is looked at too.
    pub fn races(
        &self,
        dependence: &Dependence,
        base: &[u32],
        touches: &Touches,
        passed: &mut Vec<u32>,
        mut feasible: impl FnMut(Step) -> bool,
    ) {
        passed.clear();
        passed.extend_from_slice(base);
        for touch in touches.iter() {
            for &step in self.events_of(touch.object).iter().rev() {
                let event = &self.events[step as usize];
                if passed[event.thread] < event.number {
                    let conflicts = event
                        .touches
                        .iter()
                        .any(|earlier| dependence.conflict(earlier, touch));
                    if conflicts && feasible(step) {
                        Self::join(passed, self.clock(step));
                    }
                }
                if event.closes && passed[event.thread] >= event.number {
                    break;
                }
            }
        }
    }

    /// Adds the event that was just executed.
    pub fn push(
        &mut self,
        dependence: &Dependence,
        world: &World,
        executed: &Executed,
        causes: &Causes,
    ) {
        self.widen(world.threads.len());
        let step = self.events.len() as Step;
        let &Executed {
            thread, touches, ..
        } = executed;
        let previous = self.previous(world, thread);
        let mut clock = std::mem::take(&mut self.scratch);
        clock.clear();
        clock.resize(self.width, 0);
        if previous != NO_STEP {
            Self::join(&mut clock, self.clock(previous));
        }
        let lookers = if executed.inspecting {
            &[]
        } else {
            causes.lookers.as_slice()
        };
        for &cause in causes.hard.iter().chain(&causes.soft).chain(lookers) {
            Self::join(&mut clock, self.clock(cause));
        }
        let mut closes = true;
        for touch in touches.iter() {
            for &earlier in self.events_of(touch.object).iter().rev() {
                let event = &self.events[earlier as usize];
                if clock[event.thread] < event.number {
                    if event
                        .touches
                        .iter()
                        .any(|one| dependence.conflict(one, touch))
                    {
                        Self::join(&mut clock, self.clock(earlier));
                    } else {
                        closes = false;
                        continue;
                    }
                }
                if event.closes {
                    break;
                }
            }
        }
        self.push_synchronised(dependence, world, executed, (previous, causes));
        let number = executed.number;
        clock[thread] = number;
        self.clocks.extend_from_slice(&clock);
        self.scratch = clock;
        self.last[thread] = step;
        for touch in touches.iter() {
            let object = touch.object as usize;
            if self.by_object.len() <= object {
                self.by_object
                    .resize_with(object.max(MAX_THREADS) + 1, Vec::new);
            }
            self.by_object[object].push(step);
        }
        self.events.push(Event {
            thread,
            number,
            previous,
            operation: executed.operation,
            place: executed.place,
            touches,
            reply: executed.reply,
            choice: executed.choice,
            write: None,
            closes,
        });
    }

    fn push_synchronised(
        &mut self,
        dependence: &Dependence,
        world: &World,
        executed: &Executed,
        (previous, causes): (Step, &Causes),
    ) {
        let mut touches = executed.touches.iter();
        if self.synchronised.is_none() {
            if !touches.any(|touch| world.is_plain(touch.object)) {
                return;
            }
            self.synchronised = Some(Synchronised::new(&self.clocks, self.width, &self.events));
        }
        let by_object = &self.by_object;
        let steps_of = |object: ObjectId| {
            by_object
                .get(object as usize)
                .map_or(&[][..], Vec::as_slice)
        };
        if let Some(order) = &mut self.synchronised {
            let model = (dependence, world);
            order.push(model, executed, previous, causes, &self.events, steps_of);
        }
    }

    /// What comes before what by synchronisation alone; `None` where nobody uses plain memory.
    pub fn synchronised(&self) -> Option<&Synchronised> {
        self.synchronised.as_ref()
    }

    /// The threads that can go first in "what comes after `earlier` without depending on it, then `thread`", as far
    /// as they are known: the initials of that sequence.
    pub fn initials(
        &self,
        dependence: &Dependence,
        earlier: Step,
        thread: ThreadIndex,
        base: &[u32],
        touches: &Touches,
        soft: &[Step],
    ) -> u64 {
        let cut = &self.events[earlier as usize];
        let mut firsts = [0u32; MAX_THREADS];
        let mut seen = 0u64;
        let mut initials = 0u64;
        let independent = |clock: &[u32]| clock[cut.thread] < cut.number;
        let follows = |clock: &[u32], seen: u64, firsts: &[u32; MAX_THREADS]| {
            let mut rest = seen;
            while rest != 0 {
                let other = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                if clock[other] >= firsts[other] {
                    return true;
                }
            }
            false
        };
        for step in earlier + 1..self.events.len() as Step {
            let event = &self.events[step as usize];
            if seen & (1 << event.thread) != 0 {
                continue;
            }
            let clock = self.clock(step);
            if !independent(clock) {
                continue;
            }
            if !follows(clock, seen, &firsts) {
                initials |= 1 << event.thread;
            }
            seen |= 1 << event.thread;
            firsts[event.thread] = event.number;
        }
        if seen & (1 << thread) == 0 {
            let mut clock = base.to_vec();
            for touch in touches.iter() {
                for &step in self.events_of(touch.object) {
                    let event = &self.events[step as usize];
                    if step > earlier
                        && independent(self.clock(step))
                        && event
                            .touches
                            .iter()
                            .any(|one| dependence.conflict(one, touch))
                    {
                        Self::join(&mut clock, self.clock(step));
                    }
                }
            }
            for &step in soft.iter() {
                if step > earlier && independent(self.clock(step)) {
                    Self::join(&mut clock, self.clock(step));
                }
            }
            if !follows(&clock, seen, &firsts) {
                initials |= 1 << thread;
            }
        }
        initials
    }

    /// Adds a local event.
    pub fn local(&mut self, world: &World, event: LocalEvent, label: u32) {
        let anchor = self.previous(world, event.thread);
        self.locals.push(Placed {
            event,
            anchor,
            label,
        });
    }

    /// How many operations of a thread come before whatever happens right after `anchor`.
    pub fn seen(&self, anchor: Step, thread: ThreadIndex) -> u32 {
        if anchor == NO_STEP {
            0
        } else {
            self.clock(anchor).get(thread).copied().unwrap_or(0)
        }
    }
}
