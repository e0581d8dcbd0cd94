//! What the lessons of the dishwashers share: the dishes, and what is promised of washing and drying.
//!
//! Lines: `wash` (washer) and `dry` (dryer k), value = {number, dish}.

use recorder::order::{Pick, Rule};
use serde_json::{Value, json};

/// The dishes that have a name.
const DISHES: [&str; 4] = ["salad", "bread", "entree", "dessert"];

/// The line value of the dish with this number, from 1: the menu, and after it plates.
pub(super) fn dish(number: u32) -> Value {
    let name = DISHES.get(number.wrapping_sub(1) as usize);
    match name {
        Some(name) => json!({"number": number, "dish": name}),
        None => json!({"number": number, "dish": format!("plate {number}")}),
    }
}

/// The lines of the washer.
pub(super) const WASH: Pick = Pick::what(&["wash"]);
/// The lines of the dryers.
pub(super) const DRY: Pick = Pick::what(&["dry"]);

/// The dishes are washed in the order of the menu.
pub(super) const WASHED_IN_ORDER: Rule = Rule::Consecutive {
    of: WASH,
    field: "number",
    from: 1,
};
/// No dish is dried before it was washed.
pub(super) const WASHED_FIRST: Rule = Rule::PutFirst {
    put: "wash",
    take: "dry",
};
/// Each dish is dried once.
pub(super) const ALL_DRIED: Rule = Rule::SameValues {
    put: "wash",
    take: "dry",
};
/// With one dryer, they are dried in the order of washing.
pub(super) const DRIED_IN_ORDER: Rule = Rule::Fifo {
    put: "wash",
    take: "dry",
};
