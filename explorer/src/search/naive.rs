//! Every schedule, one by one: the witness the reduction is checked against.
//!
//! It knows nothing of dependence, clocks or partial orders. Prints and endings are operations of their own, an
//! ending stops everything, and an output is what was printed in the order it was printed.
use super::{Decision, Search};
use crate::execution::{Ending, Local, LocalEvent, Panic, Stream};
use crate::failure::FailureKind;
use crate::operation::{Operation, Place, ThreadIndex};
use crate::outputs::Outcome;
use crate::world::{Status, World};
use std::collections::BTreeSet;

/// The search.
#[derive(Debug, Default)]
pub struct Naive {
    /// Per step: the open alternatives, the last of which is tried.
    nodes: Vec<Vec<(ThreadIndex, u8)>>,
    text: String,
    ending: Option<Ending>,
    max_executions: u64,
    /// Executions.
    pub executions: u64,
    /// The outputs.
    pub outcomes: BTreeSet<Outcome>,
    /// The failures that do not need a partial order to be seen.
    pub failures: BTreeSet<(FailureKind, Vec<u32>)>,
    /// It gave up.
    pub incomplete: bool,
}

impl Naive {
    /// Gives up after so many executions.
    pub fn new(max_executions: u64) -> Self {
        Self {
            max_executions,
            ..Self::default()
        }
    }
}

fn line(place: Place) -> u32 {
    place.line()
}

impl Search for Naive {
    fn decide(&mut self, world: &mut World) -> Decision {
        let step = world.step as usize;
        if step == self.nodes.len() {
            let mut open = Vec::new();
            for thread in 0..world.threads.len() {
                if world.enabled(thread) {
                    open.extend((0..world.choices(thread)).map(|choice| (thread, choice)));
                }
            }
            if open.is_empty() || self.ending.is_some() {
                return Decision::Stop;
            }
            self.nodes.push(open);
        }
        match self.nodes[step].last() {
            Some(&(thread, choice)) => Decision::Run { thread, choice },
            None => Decision::Stop,
        }
    }

    fn executed(&mut self, world: &mut World, thread: ThreadIndex) {
        if let Operation::Exit(ending) = world.threads[thread].pending {
            self.ending = Some(ending);
        }
    }

    fn local(&mut self, _world: &World, event: LocalEvent) {
        if let Local::Print(Stream::Out, text, _) = event.local {
            self.text.push_str(&text);
        }
    }

    fn finished(&mut self, world: &mut World, panics: &[Panic]) {
        self.executions += 1;
        let ending = self.ending.take().unwrap_or_else(|| {
            let mut lines: Vec<u32> = world
                .threads
                .iter()
                .filter(|slot| slot.status == Status::Announced)
                .map(|slot| line(slot.place))
                .collect();
            lines.sort_unstable();
            lines.dedup();
            self.failures.insert((FailureKind::Deadlock, lines));
            Ending::Deadlock
        });
        for panic in panics {
            self.failures.insert((FailureKind::Panic, vec![panic.line]));
        }
        self.outcomes.insert(Outcome {
            text: std::mem::take(&mut self.text),
            ending,
        });
    }

    fn next(&mut self) -> bool {
        self.text.clear();
        self.ending = None;
        if self.executions >= self.max_executions {
            self.incomplete = true;
            return false;
        }
        while let Some(open) = self.nodes.last_mut() {
            open.pop();
            if !open.is_empty() {
                return true;
            }
            self.nodes.pop();
        }
        false
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
