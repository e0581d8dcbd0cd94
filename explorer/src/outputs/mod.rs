//! The exact set of outputs.
//!
//! Each class of executions is a partial order of prints and endings. Its outputs are its linear extensions, cut at
//! the first ending: main's end, an exit, a panic of main, or a deadlock (which comes after everything). The union
//! over all classes is a finite automaton, made deterministic, so that every output is exactly one path: counting,
//! listing, asking and comparing are walks.
mod automaton;
mod cause;
mod compare;
mod order;
mod projection;
mod residual;

pub use automaton::{Answer, Automaton, NotCounted, Outcome, TooLarge};
pub use cause::{By, Cause, KEPT, Skeleton};
pub(crate) use compare::shortest_difference;
pub use compare::{Comparison, Relation, compare, compare_within};
pub use order::{Guarantee, Guarantees, Orders, with_causes};
pub use projection::Projection;

use crate::class::{Poset, for_each_label};
use crate::execution::{Ending, Local};
use std::collections::HashMap;

/// A label of an event: what was printed at once, or how it ended.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Label {
    /// The text of one print.
    Text(String),
    /// The end of the process.
    End(Ending),
}

/// The labels seen so far, numbered.
#[derive(Debug, Default, Clone)]
pub struct Letters {
    numbers: HashMap<Label, u32>,
    labels: Vec<Label>,
}

impl Letters {
    /// The number of a print's or an ending's label.
    pub fn label(&mut self, local: &Local) -> u32 {
        let label = match local {
            Local::Print(_, text, _) => Label::Text(text.clone()),
            Local::Exit { ending, .. } => Label::End(*ending),
        };
        self.number(&label)
    }

    /// The number of a label.
    pub fn number(&mut self, label: &Label) -> u32 {
        if let Some(&number) = self.numbers.get(label) {
            return number;
        }
        let number = self.labels.len() as u32;
        self.numbers.insert(label.clone(), number);
        self.labels.push(label.clone());
        number
    }

    /// The labels by number.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The numbers in the order of their labels.
    fn sorted(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0..).take(self.labels.len()).collect();
        numbers.sort_unstable_by_key(|number| &self.labels[*number as usize]);
        numbers
    }

    /// Only those of one order, and the order with their numbers.
    fn of_one(&self, poset: &Poset) -> (Self, Poset) {
        let (mut own, mut flat) = (Self::default(), poset.clone());
        for_each_label(&mut flat, |label| {
            *label = own.number(&self.labels[*label as usize]);
        });
        (own, flat)
    }
}
