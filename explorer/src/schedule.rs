//! A schedule as a short string that replays: which thread went, step by step.
//!
//! `1x3.2.0/1` reads: thread 1 three times, thread 2, then main with its second choice (which waiting thread is
//! woken, who leads). Nothing in it depends on the machine.
use crate::operation::{Step, ThreadIndex};
use crate::search::trace::Trace;
use std::fmt;
use std::str::FromStr;

/// The most steps a schedule may have.
const MAX_STEPS: usize = 1_000_000;

/// Which thread went, and which way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schedule {
    /// Step by step.
    pub steps: Vec<(ThreadIndex, u8)>,
}

impl Schedule {
    /// The simplest schedule of an execution's class: it stays with a thread as long as that one can go on, and then
    /// takes the first that can. It is the same whichever execution of the class was seen.
    pub fn simplest(trace: &Trace) -> Self {
        let width = trace.width();
        let mut by_thread: Vec<Vec<Step>> = vec![Vec::new(); width];
        for (step, event) in trace.events.iter().enumerate() {
            by_thread[event.thread].push(step as Step);
        }
        let mut done = vec![0u32; width];
        let ready = |done: &[u32], thread: ThreadIndex| -> Option<Step> {
            let own = done[thread] as usize;
            let step = *by_thread[thread].get(own)?;
            let past = |step: Step| {
                let clock = trace.clock(step);
                (0..width).all(|other| other == thread || clock[other] <= done[other])
            };
            // Whoever only looks at what a mutex protects has released it before anybody else does anything.
            let looks = trace.events[step as usize].inspecting();
            let whole = !looks || by_thread[thread].get(own + 1).is_none_or(|&end| past(end));
            (past(step) && whole).then_some(step)
        };
        let mut steps = Vec::with_capacity(trace.events.len());
        let mut current = 0;
        while steps.len() < trace.events.len() {
            let next = std::iter::once(current).chain(0..width);
            let Some((thread, step)) = next
                .into_iter()
                .find_map(|thread| ready(&done, thread).map(|step| (thread, step)))
            else {
                debug_assert!(
                    false,
                    "a class is a partial order: something can come first"
                );
                break;
            };
            steps.push((thread, trace.events[step as usize].choice));
            done[thread] += 1;
            current = thread;
        }
        Self { steps }
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for row in self.steps.chunk_by(|one, other| one == other) {
            if !std::mem::take(&mut first) {
                out.write_str(".")?;
            }
            let (thread, choice) = row[0];
            write!(out, "{thread}")?;
            if choice > 0 {
                write!(out, "/{choice}")?;
            }
            if row.len() > 1 {
                write!(out, "x{}", row.len())?;
            }
        }
        Ok(())
    }
}

/// A schedule that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{piece}` is no step of a schedule: expected a thread's number, `/` and a choice if there is one, `x` and how often if more than once"
)]
pub struct InvalidSchedule {
    /// What could not be read.
    pub piece: String,
}

impl FromStr for Schedule {
    type Err = InvalidSchedule;

    fn from_str(text: &str) -> Result<Self, InvalidSchedule> {
        let mut steps = Vec::new();
        for piece in text.split('.').filter(|_| !text.is_empty()) {
            let invalid = || InvalidSchedule {
                piece: piece.chars().take(40).collect(),
            };
            let (step, times) = piece.split_once('x').unwrap_or((piece, "1"));
            let (thread, choice) = step.split_once('/').unwrap_or((step, "0"));
            let times: usize = times.parse().map_err(|_| invalid())?;
            let thread: ThreadIndex = thread.parse().map_err(|_| invalid())?;
            let choice: u8 = choice.parse().map_err(|_| invalid())?;
            if times == 0
                || steps.len() + times > MAX_STEPS
                || thread >= crate::operation::MAX_THREADS
            {
                return Err(invalid());
            }
            steps.extend(std::iter::repeat_n((thread, choice), times));
        }
        Ok(Self { steps })
    }
}
