//! `:opt`

use messages::format;
use serde_json::Value;

use super::{Definition, wrong_argument};
use crate::evaluate::Session;
use crate::language::{CellOutcome, MimeBundle};

pub(super) const DEFINITION: Definition = Definition {
    name: ":opt",
    arguments: "0|1|2|3",
    summary: "command-opt",
    run,
};

/// Sets how much later cells are optimised.
fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    if !matches!(argument, "0" | "1" | "2" | "3") {
        let (name, expected) = (DEFINITION.name, "0, 1, 2, 3");
        return Err(wrong_argument(session.tongue, name, argument, expected));
    }
    session.evaluate(cell, &format!(":opt {argument}"))?;
    let said = format(
        session.tongue,
        "command-opt-set",
        &[("level", argument.into())],
    );
    session
        .output
        .display_data(cell, &MimeBundle::plain(said), None);
    Ok(Vec::new())
}
