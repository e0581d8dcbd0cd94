//! What a lesson can print: how many outputs there are, some of them, which of their lines always come in the same
//! order, and which come in either.

use explorer::{Allowance, By, Ending, Exploration, Guarantee, Orders};
use serde_json::Value;

use crate::player;

/// No more pairs in either order than these are told.
const MAX_OPEN: usize = 100;

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
    /// Pairs of lines of which now one comes first, now the other; those that say the same of somebody else first.
    pub open: Vec<[Value; 2]>,
    /// So many more such pairs there are.
    pub more_open: usize,
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
    /// Of this exploration; no more than `most` outputs are listed. `None`: there are too many to count
    /// with this allowance.
    pub(crate) fn of(
        found: &Exploration,
        states: usize,
        most: usize,
        allowance: &Allowance<'_>,
    ) -> Option<Possible> {
        let seen = found.projected(player::spoken, allowance).ok()?;
        let outputs = seen.outputs(states, allowance).ok()?;
        let list = outputs.list(most);
        let list = list.into_iter().map(|outcome| Output {
            lines: outcome.text.lines().map(line).collect(),
            ending: outcome.ending,
        });
        // None of either where the lines say nothing of it.
        let orders = outputs.orders(allowance).ok()?.unwrap_or_default();
        let fixed = found
            .guarantees_of(&orders, player::spoken, allowance)
            .ok()?;
        let mut open = in_either_order(&orders);
        let more_open = open.len().saturating_sub(MAX_OPEN);
        open.truncate(MAX_OPEN);
        Some(Possible {
            open,
            more_open,
            count: outputs.count().to_string(),
            list: list.collect(),
            orders: fixed.told.into_iter().map(ordered).collect(),
            more_orders: fixed.left_out,
        })
    }
}

/// The pairs of lines that come in either order.
fn in_either_order(orders: &Orders) -> Vec<[Value; 2]> {
    let lines: Vec<Value> = orders.lines.iter().map(|text| line(text)).collect();
    // A line that is printed again and again comes before and after others although the first time is always first.
    let either = |one: usize, other: usize| {
        orders.open(one, other) && !orders.fixed(one, other) && !orders.fixed(other, one)
    };
    let mut by_text: Vec<usize> = (0..lines.len()).collect();
    by_text.sort_by_key(|number| &orders.lines[*number]);
    let mut pairs: Vec<[Value; 2]> = Vec::new();
    for (place, one) in by_text.iter().enumerate() {
        let later = by_text[place + 1..].iter();
        let open = later.filter(|other| either(*one, **other));
        pairs.extend(open.map(|other| [lines[*one].clone(), lines[*other].clone()]));
    }
    // Stable: of those that are alike in this, the first in the order of the alphabet stays first.
    pairs.sort_by_key(|[one, other]| one["what"] != other["what"]);
    pairs
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
