//! Every execution with at most so many preemptions: a search of its own, not the reduction with a bound on top
//! (bounding the reduction loses executions; see Marmanis, Kokologiannakis, Vafeiadis, TACAS 2023).
//!
//! A *preemption* is to go on with another thread although the last one could go on. The search is depth first over
//! all schedules within the bound (Musuvathi, Qadeer, PLDI 2007). Two prefixes with the same partial order have led to
//! the same state, so what follows is explored once for each state, last thread and number of preemptions used, fewer
//! of them being worth more.
use super::trace::{Executed, Trace};
use super::{Decision, Search};
use crate::class::Classes;
use crate::dependence::Dependence;
use crate::execution::{LocalEvent, Panic};
use crate::operation::{ThreadIndex, Touches};
use crate::world::{AtomicWrite, World};
use std::collections::HashMap;

/// What can be done in a state, and what was.
#[derive(Debug, Default)]
struct Node {
    /// Thread, way, preemptions used with it; the last is tried.
    open: Vec<(u8, u8, u32)>,
    /// Sum over the events before, whatever their order.
    sum: u128,
}

/// The search.
#[derive(Debug)]
pub struct Bounded {
    bound: u32,
    dependence: Dependence,
    nodes: Vec<Node>,
    sums: Vec<u128>,
    known: HashMap<(u128, u8), u32>,
    finals: std::collections::HashSet<u128>,
    trace: Trace,
    touched: Touches,
    repeated: Option<u32>,
    cut_off: bool,
    seen: bool,
    max_steps: u32,
    /// Something was left out because of the bound: with a greater one there is more.
    pub more: bool,
    /// What was found.
    pub classes: Classes,
    /// Executions, those that led to a known state included.
    pub executions: u64,
}

impl Bounded {
    /// With at most so many preemptions.
    pub fn new(bound: u32, classes: Classes, max_steps: u32) -> Self {
        Self {
            bound,
            dependence: Dependence::default(),
            nodes: Vec::new(),
            sums: vec![0],
            known: HashMap::new(),
            finals: std::collections::HashSet::new(),
            trace: Trace::default(),
            touched: Touches::NONE,
            repeated: None,
            cut_off: false,
            seen: false,
            max_steps,
            more: false,
            classes,
            executions: 0,
        }
    }

    /// Different classes found under this bound.
    pub fn distinct(&self) -> u64 {
        self.finals.len() as u64
    }

    /// Memory for what is known, in bytes.
    pub fn bytes(&self) -> usize {
        self.known.capacity() * 48 + self.finals.capacity() * 24
    }

    /// The number of the event that was just added: its thread, its place there, all that comes before it.
    fn fingerprint(&self) -> u128 {
        let step = self.trace.events.len() as u32 - 1;
        let event = &self.trace.events[step as usize];
        let mut low = 0x9E37_79B9_7F4A_7C15u64 ^ event.thread as u64;
        let mut high = 0xC2B2_AE3D_27D4_EB4Fu64 ^ (event.thread as u64) << 8;
        let numbers = [event.number, u32::from(event.choice)];
        // Trailing zeros do not count: the clock grows with the number of threads.
        let clock = self.trace.clock(step);
        let used = clock
            .iter()
            .rposition(|&one| one != 0)
            .map_or(0, |at| at + 1);
        for &number in numbers.iter().chain(&clock[..used]) {
            low = (low ^ u64::from(number)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
            low ^= low >> 33;
            high = (high.rotate_left(23) ^ u64::from(number)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
            high ^= high >> 29;
        }
        u128::from(high) << 64 | u128::from(low)
    }
}

impl Search for Bounded {
    fn decide(&mut self, world: &mut World) -> Decision {
        let step = world.step as usize;
        if step == self.nodes.len() {
            let enabled = world.enabled_set();
            if enabled == 0 {
                return Decision::Stop;
            }
            if world.step >= self.max_steps {
                self.cut_off = true;
                return Decision::Stop;
            }
            let used = step
                .checked_sub(1)
                .and_then(|before| self.nodes[before].open.last())
                .map_or(0, |last| last.2);
            let sum = self.sums[step];
            let known = self
                .known
                .entry((sum, world.last as u8))
                .or_insert(u32::MAX);
            if *known <= used {
                self.seen = true;
                return Decision::Stop;
            }
            *known = used;
            let goes_on = enabled & (1 << world.last) != 0;
            let mut open = Vec::new();
            for thread in (0..world.threads.len()).rev() {
                if enabled & (1 << thread) == 0 {
                    continue;
                }
                let cost = used + u32::from(goes_on && thread != world.last);
                if cost > self.bound {
                    self.more = true;
                    continue;
                }
                for choice in (0..world.choices(thread)).rev() {
                    open.push((thread as u8, choice, cost));
                }
            }
            // Without a preemption first: the last is tried first.
            open.sort_by_key(|&(_, _, cost)| std::cmp::Reverse(cost));
            self.nodes.push(Node { open, sum });
        }
        match self.nodes[step].open.last() {
            Some(&(thread, choice, _)) if world.enabled(thread.into()) => Decision::Run {
                thread: thread.into(),
                choice,
            },
            _ => {
                // The same steps led elsewhere.
                self.classes.diverged(world.threads[0].place);
                self.cut_off = true;
                Decision::Stop
            }
        }
    }

    fn executing(&mut self, world: &World, thread: ThreadIndex) {
        self.touched = world.touches(thread);
    }

    fn executed(&mut self, world: &mut World, thread: ThreadIndex) {
        let step = world.step as usize - 1;
        if step < self.trace.events.len() {
            return;
        }
        let choice = self.nodes[step].open.last().map_or(0, |last| last.1);
        let executed = Executed::just_now(world, thread, self.touched, choice);
        self.trace
            .push(&self.dependence, world, &executed, &world.causes);
        self.sums.truncate(step + 1);
        let sum = self.nodes[step].sum.wrapping_add(self.fingerprint());
        self.sums.push(sum);
    }

    fn wrote(&mut self, world: &World, write: AtomicWrite) {
        if let Some(event) = self.trace.events.get_mut(world.step as usize - 1) {
            event.write = Some(write);
        }
    }

    fn local(&mut self, world: &World, event: LocalEvent) {
        if self.repeated.is_none_or(|repeated| event.step > repeated) {
            let label = self.classes.letters.label(&event.local);
            self.trace.local(world, event, label);
        }
    }

    fn overrun(&mut self) {
        self.cut_off = true;
    }

    fn finished(&mut self, world: &mut World, panics: &[Panic]) {
        self.executions += 1;
        if world.poll_bound_hit {
            self.classes.polled();
        }
        let last = self.sums[self.trace.events.len()];
        if !self.seen && self.finals.insert(last) {
            self.classes.add(world, &self.trace, panics, self.cut_off);
        }
    }

    fn next(&mut self) -> bool {
        self.cut_off = false;
        self.seen = false;
        while let Some(node) = self.nodes.last_mut() {
            node.open.pop();
            if node.open.is_empty() {
                self.nodes.pop();
                continue;
            }
            let keep = self.nodes.len() - 1;
            self.trace.truncate(keep);
            self.sums.truncate(keep + 1);
            self.repeated = Some(keep as u32);
            return true;
        }
        false
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
