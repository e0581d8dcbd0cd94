//! Source-set dynamic partial-order reduction with sleep sets: one execution of each class of equivalent ones.
//!
//! After Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order reduction" (POPL 2014), algorithm 1. For
//! every pair of operations in a race, some thread that can begin the turned-round execution is in the source set
//! (here `backtrack`) of the state before the earlier one. A thread that was explored from a state sleeps in the
//! others, until an operation happens that its own depends on.
//!
//! Two things differ from the paper, because operations can block:
//! - an acquisition races with the acquisition before it, not with the release that enables it;
//! - threads that are blocked when nothing can happen any more take part in the search for races.
//!
//! A third thing is ours: what an acquisition of a mutex touches is settled only when its thread announces the next
//! operation. If that is the release, and the data was only looked at, the section depends on no other that only
//! looks.
use super::node::{Demand, Node};
use super::trace::{Executed, Trace};
use super::{Decision, Search};
use crate::class::Classes;
use crate::dependence::Dependence;
use crate::execution::{LocalEvent, Panic};
use crate::operation::{Kind, MAX_THREADS, NO_STEP, Operation, Step, ThreadIndex, Touches};
use crate::world::{AtomicWrite, Causes, Status, World};

/// How an execution ended, for the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stopped {
    No,
    Maximal,
    Asleep,
    CutOff,
}

/// So many steps in a row a thread goes first, if others can go.
const MAX_ROW: u32 = 64;

/// Threads whose operation need not be tried here, and those among them that would only look.
#[derive(Debug, Clone, Copy, Default)]
struct Sleep {
    threads: u64,
    looking: u64,
}

/// The search.
pub struct Dpor {
    dependence: Dependence,
    /// The states on the way.
    pub nodes: Vec<Node>,
    /// So many of them belong to somebody else, who decides which of their branches are explored.
    pub floor: usize,
    /// What must be tried from states that belong to somebody else, with their depth.
    pub demands: Vec<(u32, Demand)>,
    trace: Trace,
    sleep: Sleep,
    before: [Touches; MAX_THREADS],
    touched: Touches,
    unsettled: Option<Executed>,
    causes: Causes,
    base: Vec<u32>,
    passed: Vec<u32>,
    /// Who went last, and how many times in a row before.
    going: ThreadIndex,
    row: u32,
    repeated: Option<Step>,
    expected: Option<(ThreadIndex, Operation)>,
    stopped: Stopped,
    max_steps: u32,
    /// What was found.
    pub classes: Classes,
    /// Executions, the useless ones included.
    pub executions: u64,
    /// Executions in which everything that could happen was asleep.
    pub asleep: u64,
}

impl Dpor {
    /// A search that has seen nothing.
    pub fn new(dependence: Dependence, classes: Classes, max_steps: u32) -> Self {
        Self {
            dependence,
            nodes: Vec::new(),
            floor: 0,
            demands: Vec::new(),
            trace: Trace::default(),
            sleep: Sleep::default(),
            before: [Touches::NONE; MAX_THREADS],
            touched: Touches::NONE,
            unsettled: None,
            causes: Causes::default(),
            base: Vec::new(),
            passed: Vec::new(),
            going: 0,
            row: 0,
            repeated: None,
            expected: None,
            stopped: Stopped::No,
            max_steps,
            classes,
            executions: 0,
            asleep: 0,
        }
    }

    /// Goes on below these states, which belong to somebody else.
    pub fn begin(&mut self, path: Vec<Node>) {
        self.stopped = Stopped::No;
        self.sleep = Sleep::default();
        self.expected = None;
        self.repeated = None;
        self.unsettled = None;
        self.trace.truncate(0);
        self.trace.locals.clear();
        // The last of them is shared as to its threads; in how many ways its operation can go is seen there.
        self.floor = path.len();
        self.nodes = path;
    }

    /// How much of the tree is done, as far as it is known: each open branch counts as much as those beside it.
    pub fn explored_share(&self) -> f64 {
        let (mut done, mut weight) = (0.0, 1.0);
        for node in &self.nodes[self.floor.min(self.nodes.len())..] {
            let ways = f64::from(node.choices.max(1));
            let branches = f64::from((node.backtrack | node.done).count_ones().max(1));
            let finished = f64::from(node.done.count_ones()) + f64::from(node.choice) / ways;
            done += weight * finished / branches;
            weight /= branches * ways;
        }
        done
    }

    /// For every race of this operation with an earlier one, somebody must begin the turned-round execution.
    fn look_for_races(
        &mut self,
        world: &World,
        thread: ThreadIndex,
        touches: &Touches,
        hard: &[Step],
        soft: &[Step],
    ) {
        if *touches == Touches::NONE {
            return;
        }
        let mut base = std::mem::take(&mut self.base);
        let mut passed = std::mem::take(&mut self.passed);
        self.trace.base(world, thread, hard, &mut base);
        let previous = Some(self.trace.previous(world, thread)).filter(|&step| step != NO_STEP);
        // A writer can be kept out by several readers who do not conflict with each other.
        let writer = touches.iter().any(|touch| touch.kind == Kind::Write);
        let Self {
            trace,
            nodes,
            dependence,
            floor,
            demands,
            ..
        } = self;
        trace.races(dependence, &base, touches, &mut passed, |earlier| {
            let node = &mut nodes[earlier as usize];
            let was_enabled = node.enabled & (1 << thread) != 0;
            let mut initials = trace.initials(dependence, earlier, thread, &base, touches, soft);
            if !was_enabled {
                initials &= !(1 << thread);
            }
            // Only a pair that can surely be turned round hides what lies behind it.
            let sure = was_enabled && previous.is_none_or(|previous| previous < earlier);
            let mut demand = Demand { initials, also: 0 };
            if writer {
                // It must come before all those readers, whoever of them has to leave first. Where that does not need
                // anybody else's step, the writer itself goes first; else everything is tried (as in Flanagan and
                // Godefroid's reduction when the racing thread is not enabled).
                demand.also = if sure { 1 << thread } else { node.enabled };
            }
            if node.meet(demand) && (earlier as usize) < *floor {
                demands.push((earlier, demand));
            }
            sure
        });
        (self.base, self.passed) = (base, passed);
    }

    /// Looks for races of what was announced when the execution ended, as if it came next. Where all who could go sleep,
    /// this is about those who could not: in the execution that is known, something of the sleepers' comes before.
    fn look_at_who_did_not_go(&mut self, world: &World) {
        for thread in 0..world.threads.len() {
            let slot = &world.threads[thread];
            let sleeps = self.stopped == Stopped::Asleep && world.enabled(thread);
            if slot.status != Status::Announced || sleeps {
                continue;
            }
            let mut hard = Vec::new();
            if let Operation::Wake { timed: false, .. } = slot.pending {
                if slot.notified == NO_STEP {
                    continue; // whoever could have woken it raced with its going to sleep
                }
                hard.push(slot.notified);
            }
            let touches = world.touches(thread);
            self.look_for_races(world, thread, &touches, &hard, &[]);
        }
    }

    fn deepest(&mut self) -> bool {
        while self.nodes.len() >= self.floor.max(1) {
            let shared = self.nodes.len() == self.floor;
            let Some(node) = self.nodes.last_mut() else {
                break;
            };
            node.choice += 1;
            if node.choice < node.choices {
                return true;
            }
            if shared {
                return false;
            }
            node.done |= 1 << node.thread;
            let open = node.open();
            if open != 0 {
                node.thread = open.trailing_zeros() as u8;
                node.choice = 0;
                node.choices = 1;
                return true;
            }
            self.nodes.pop();
        }
        false
    }

    /// The last step is known in full: finds its races, and adds it to the trace.
    fn settle(&mut self, world: &World, looked: bool) {
        let Some(mut executed) = self.unsettled.take() else {
            return;
        };
        let thread = executed.thread;
        let step = self.trace.events.len();
        let slot = &world.threads[thread];
        if looked
            && slot.inspecting
            && slot.status == Status::Announced
            && slot.executed == executed.number
        {
            executed.inspecting = true;
            executed.touches = executed.touches.inspecting();
            self.nodes[step].looking |= 1 << thread;
        }
        let causes = std::mem::take(&mut self.causes);
        self.look_for_races(world, thread, &executed.touches, &causes.hard, &causes.soft);
        self.trace.push(&self.dependence, world, &executed, &causes);
        self.causes = causes;
        let node = self.nodes[step];
        // Who sleeps goes on sleeping if its operation neither depends on this one nor is another one now.
        let mut candidates = node.settled() & !(1 << thread);
        self.sleep = Sleep::default();
        while candidates != 0 {
            let other = candidates.trailing_zeros() as usize;
            candidates &= candidates - 1;
            let before = self.before[other];
            let looks = node.looking & (1 << other) != 0;
            let would = if looks { before.inspecting() } else { before };
            let depends = executed.touches.iter().any(|one| {
                would.iter().any(|two| {
                    self.dependence.conflict(one, two) || self.dependence.conflict(two, one)
                })
            });
            if depends || world.touches(other) != before {
                continue;
            }
            // Two who only look keep each other out for the moment, but nothing can come of that.
            if world.enabled(other) || looks && kept_out_by_a_look(world, other) {
                self.sleep.threads |= 1 << other;
                self.sleep.looking |= u64::from(looks) << other;
            }
        }
    }
}

/// Is the mutex this thread wants held by somebody who only looks?
fn kept_out_by_a_look(world: &World, thread: ThreadIndex) -> bool {
    let (Operation::Lock(mutex) | Operation::Wake { mutex, .. }) = world.threads[thread].pending
    else {
        return false;
    };
    world
        .holder(mutex)
        .is_some_and(|holder| world.threads[holder].inspecting)
}

impl Search for Dpor {
    fn decide(&mut self, world: &mut World) -> Decision {
        self.settle(world, true);
        let step = world.step as usize;
        if let Some(node) = self.nodes.get_mut(step) {
            let thread = node.thread as usize;
            if step < self.trace.events.len() {
                let event = &self.trace.events[step];
                let slot = world.threads.get(thread);
                if slot.is_none_or(|slot| {
                    slot.pending != event.operation || slot.status != Status::Announced
                }) {
                    self.classes.diverged(event.place);
                    self.stopped = Stopped::CutOff;
                    return Decision::Stop;
                }
            } else {
                if let Some((other, operation)) = self.expected.take()
                    && world
                        .threads
                        .get(other)
                        .is_none_or(|slot| slot.pending != operation)
                {
                    let place = world
                        .threads
                        .get(other)
                        .map_or(world.threads[0].place, |slot| slot.place);
                    self.classes.diverged(place);
                    self.stopped = Stopped::CutOff;
                    return Decision::Stop;
                }
                if node.choice == 0 {
                    node.choices = world.choices(thread);
                }
            }
            return Decision::Run {
                thread,
                choice: node.choice,
            };
        }
        let enabled = world.enabled_set();
        if enabled == 0 {
            self.stopped = Stopped::Maximal;
            return Decision::Stop;
        }
        if world.step >= self.max_steps {
            self.stopped = Stopped::CutOff;
            return Decision::Stop;
        }
        let awake = enabled & !self.sleep.threads;
        if awake == 0 {
            self.stopped = Stopped::Asleep;
            return Decision::Stop;
        }
        // Whoever went goes on, but not for ever: a thread that goes round in a circle must not keep the others out.
        let others = awake & !(1 << world.last);
        let after = others & (u64::MAX << world.last);
        let thread = if awake != others && (self.row < MAX_ROW || others == 0) {
            world.last
        } else if self.row >= MAX_ROW && after != 0 {
            after.trailing_zeros() as usize
        } else {
            others.trailing_zeros() as usize
        };
        self.nodes.push(Node {
            enabled,
            sleep: self.sleep.threads,
            looking: self.sleep.looking,
            done: 0,
            backtrack: 1 << thread,
            thread: thread as u8,
            choice: 0,
            choices: world.choices(thread),
        });
        Decision::Run { thread, choice: 0 }
    }

    fn executing(&mut self, world: &World, thread: ThreadIndex) {
        let step = world.step as usize;
        if step < self.trace.events.len() {
            return;
        }
        self.touched = world.touches(thread);
        let mut asleep = self.nodes[step].settled() & !(1 << thread);
        while asleep != 0 {
            let other = asleep.trailing_zeros() as usize;
            asleep &= asleep - 1;
            self.before[other] = world.touches(other);
        }
    }

    fn executed(&mut self, world: &mut World, thread: ThreadIndex) {
        let step = world.step as usize - 1;
        self.row = if self.going == thread {
            self.row + 1
        } else {
            0
        };
        self.going = thread;
        if step < self.trace.events.len() {
            return;
        }
        let choice = self.nodes[step].choice;
        let executed = Executed::just_now(world, thread, self.touched, choice);
        std::mem::swap(&mut self.causes, &mut world.causes);
        self.unsettled = Some(executed);
        let begins_a_section = matches!(
            executed.operation,
            Operation::Lock(_) | Operation::Wake { .. }
        );
        if !begins_a_section || !world.liberties.inspect {
            self.settle(world, false);
        }
    }

    fn wrote(&mut self, world: &World, write: AtomicWrite) {
        if let Some(event) = self.trace.events.get_mut(world.step as usize - 1) {
            event.write = Some(write);
        }
    }

    fn local(&mut self, world: &World, event: LocalEvent) {
        self.settle(world, false);
        // The prefix that is repeated has its local events already.
        if self.repeated.is_none_or(|repeated| event.step > repeated) {
            let label = self.classes.letters.label(&event.local);
            self.trace.local(world, event, label);
        }
    }

    fn overrun(&mut self) {
        self.stopped = Stopped::CutOff;
    }

    fn finished(&mut self, world: &mut World, panics: &[Panic]) {
        self.settle(world, true);
        self.executions += 1;
        if world.poll_bound_hit {
            self.classes.polled();
        }
        self.look_at_who_did_not_go(world);
        if matches!(self.stopped, Stopped::Maximal | Stopped::CutOff) {
            let cut_off = self.stopped == Stopped::CutOff;
            self.classes.add(world, &self.trace, panics, cut_off);
        } else {
            self.asleep += 1;
        }
    }

    fn next(&mut self) -> bool {
        self.stopped = Stopped::No;
        self.sleep = Sleep::default();
        if !self.deepest() {
            return false;
        }
        let keep = self.nodes.len() - 1;
        // What was announced there before must be announced again.
        self.expected = self
            .trace
            .events
            .get(keep)
            .map(|event| (event.thread, event.operation));
        self.trace.truncate(keep);
        self.repeated = Some(keep as Step);
        true
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
