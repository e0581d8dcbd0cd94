//! What is usual: one execution as it might go on a real machine, in virtual time with jitter.
//!
//! Every operation, print and start takes a little, somewhat at random; sleeping takes what was asked for and a little
//! more; a wait with a limit ends by time when nothing comes first. Of all that can happen, the earliest happens. This
//! proves nothing: it tells likely from lucky.
use super::{Decision, Random, Search};
use crate::execution::{Local, LocalEvent, Panic, Stream};
use crate::operation::{MAX_THREADS, Operation, ThreadIndex};
use crate::world::World;

/// Nanoseconds: the least and the most something takes.
type Range = (u64, u64);

const OPERATION: Range = (100, 2_000);
const PRINT: Range = (1_000, 8_000);
const START: Range = (20_000, 90_000);
const WAKE: Range = (3_000, 50_000);
const OVERSLEEP: Range = (50_000, 200_000);

/// A line and when it was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimedPrint {
    /// When, in nanoseconds of virtual time.
    pub at: u64,
    /// By whom.
    pub thread: ThreadIndex,
    /// So many operations its thread had done.
    pub after: u32,
    /// What.
    pub text: String,
}

/// Holds one thread up once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldUp {
    /// Whom.
    pub thread: ThreadIndex,
    /// When it has done so many operations: 0 is its start.
    pub after: u32,
    /// By how many nanoseconds.
    pub by: u64,
}

/// The search.
#[derive(Debug)]
pub struct Timed {
    random: Option<Random>,
    held_up: Option<HeldUp>,
    now: u64,
    /// For each thread: what it lost to starts, wake-ups and prints, on top of its own clock.
    lag: [u64; MAX_THREADS],
    started: u64,
    blocked: u64,
    slept: [u64; MAX_THREADS],
    /// For each thread: how many operations it has done.
    done: [u32; MAX_THREADS],
    max_steps: u32,
    stderr: bool,
    exited_at: Option<u64>,
    prints: Vec<TimedPrint>,
}

impl Timed {
    /// One execution. Without a seed everything takes the mean time.
    pub fn new(seed: Option<u64>, held_up: Option<HeldUp>, max_steps: u32, stderr: bool) -> Self {
        Self {
            random: seed.map(Random::new),
            held_up,
            now: 0,
            lag: [0; MAX_THREADS],
            started: 0,
            blocked: 0,
            slept: [0; MAX_THREADS],
            done: [0; MAX_THREADS],
            max_steps,
            stderr,
            exited_at: None,
            prints: Vec::new(),
        }
    }

    /// What was printed before the end, in the order of time.
    pub fn take_prints(&mut self) -> Vec<TimedPrint> {
        let end = self.exited_at.unwrap_or(u64::MAX);
        self.prints.retain(|print| print.at <= end);
        self.prints.sort_by_key(|print| print.at);
        std::mem::take(&mut self.prints)
    }

    fn takes(&mut self, (least, most): Range) -> u64 {
        match &mut self.random {
            Some(random) => least + random.below(most - least + 1),
            None => (least + most) / 2,
        }
    }

    /// For how long a thread is held up where it is.
    fn held_up_by(&self, thread: ThreadIndex) -> u64 {
        let here =
            |held_up: &HeldUp| (held_up.thread, held_up.after) == (thread, self.done[thread]);
        self.held_up.filter(here).map_or(0, |held_up| held_up.by)
    }

    /// When a thread has come as far as its own code goes.
    fn arrived(&mut self, world: &World, thread: ThreadIndex) -> u64 {
        let clock = world.threads[thread].clock;
        if self.started & (1 << thread) == 0 {
            self.started |= 1 << thread;
            self.slept[thread] = clock;
            if thread > 0 {
                self.lag[thread] += self.takes(START);
            }
            self.lag[thread] += self.held_up_by(thread);
        }
        if clock > self.slept[thread] {
            self.slept[thread] = clock;
            self.lag[thread] += self.takes(OVERSLEEP);
        }
        clock + self.lag[thread]
    }
}

/// Would this operation end by time, as things stand?
fn gives_up(world: &World, thread: ThreadIndex) -> bool {
    world.threads[thread].timeout.is_some() && world.waits_for_time(thread)
}

impl Search for Timed {
    fn decide(&mut self, world: &mut World) -> Decision {
        if world.step >= self.max_steps {
            return Decision::Stop;
        }
        let mut first: Option<(u64, ThreadIndex)> = None;
        for thread in 0..world.threads.len() {
            if !world.enabled(thread) {
                self.blocked |= 1 << thread;
                continue;
            }
            let mut at = self.arrived(world, thread);
            if gives_up(world, thread) {
                at += world.threads[thread].timeout.unwrap_or_default();
                self.blocked |= 1 << thread;
            } else if self.blocked & (1 << thread) != 0 {
                self.blocked &= !(1 << thread);
                let woken = self.now.max(at) + self.takes(WAKE);
                self.lag[thread] += woken.saturating_sub(at);
                at = woken;
            }
            if first.is_none_or(|(earliest, _)| at < earliest) {
                first = Some((at, thread));
            }
        }
        let Some((at, thread)) = first else {
            return Decision::Stop;
        };
        self.now = self.now.max(at);
        let ways = u64::from(world.choices(thread));
        let choice = self.random.as_mut().map_or(0, |random| random.below(ways)) as u8;
        Decision::Run { thread, choice }
    }

    fn executed(&mut self, world: &mut World, thread: ThreadIndex) {
        // From here on its clock is the time it is.
        let took = self.takes(OPERATION);
        world.threads[thread].clock = self.now + took;
        self.done[thread] += 1;
        self.lag[thread] = self.held_up_by(thread);
        self.slept[thread] = self.now + took;
        self.blocked &= !(1 << thread);
        if matches!(world.threads[thread].pending, Operation::End) {
            self.lag[thread] = 0;
        }
    }

    fn local(&mut self, world: &World, event: LocalEvent) {
        let at = self.arrived(world, event.thread);
        match event.local {
            Local::Print(stream, text, _) if stream == Stream::Out || self.stderr => {
                self.lag[event.thread] += self.takes(PRINT);
                self.prints.push(TimedPrint {
                    at,
                    thread: event.thread,
                    after: self.done[event.thread],
                    text,
                });
            }
            Local::Exit { .. } if self.exited_at.is_none_or(|earlier| at < earlier) => {
                self.exited_at = Some(at);
            }
            _ => {}
        }
    }

    fn finished(&mut self, _world: &mut World, _panics: &[Panic]) {}

    fn next(&mut self) -> bool {
        false
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
