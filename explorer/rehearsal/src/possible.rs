//! What a lesson can print: how many outputs there are, some of them, and which of their lines always come in the same
//! order.

use explorer::{By, Ending, Exploration, Guarantee};
use serde_json::Value;

use crate::player;

/// All that a lesson can print, as readers see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Possible {
    /// How many outputs there are, as a decimal number. Only after a proof are these all.
    pub count: String,
    /// The first of them, in the order of the alphabet.
    pub list: Vec<Output>,
    /// Lines that come in this order in every output, what threads do to each other first.
    pub orders: Vec<Ordered>,
    /// So many more orders hold.
    pub more_orders: usize,
}

/// One of the outputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Its lines: who, what and value of each.
    pub lines: Vec<Value>,
    /// How it ends.
    pub ending: Ending,
}

/// Two lines of which one always comes first.
#[derive(Debug, Clone, PartialEq)]
pub struct Ordered {
    /// The earlier one.
    pub before: Value,
    /// The later one.
    pub after: Value,
    /// What brings it about.
    pub by: Option<By>,
}

impl Possible {
    /// Of this exploration; no more than `most` outputs are listed. `None`: there are too many to count.
    pub(crate) fn of(found: &Exploration, states: usize, most: usize) -> Option<Possible> {
        let outputs = found.projected(player::spoken).outputs(states).ok()?;
        let list = outputs.list(most);
        let list = list.into_iter().map(|outcome| Output {
            lines: outcome.text.lines().map(line).collect(),
            ending: outcome.ending,
        });
        let orders = found.guarantees_of(&outputs, player::spoken);
        let orders = orders.unwrap_or_default();
        Some(Possible {
            count: outputs.count().to_string(),
            list: list.collect(),
            orders: orders.told.into_iter().map(ordered).collect(),
            more_orders: orders.left_out,
        })
    }
}

fn line(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

fn ordered(guarantee: Guarantee) -> Ordered {
    Ordered {
        before: line(&guarantee.before),
        after: line(&guarantee.after),
        by: guarantee.cause.map(|cause| cause.by),
    }
}
