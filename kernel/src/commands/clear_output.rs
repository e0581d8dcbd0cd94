//! `:clear_output`

use serde_json::Value;

use super::{Definition, wrong_argument};
use crate::evaluate::Session;
use crate::language::CellOutcome;

pub(super) const DEFINITION: Definition = Definition {
    name: ":clear_output",
    arguments: "[wait]",
    summary: "command-clear-output",
    run,
};

fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let wait = match argument {
        "" => false,
        "wait" => true,
        other => {
            let name = DEFINITION.name;
            return Err(wrong_argument(session.tongue, name, other, "wait"));
        }
    };
    session.output.clear_output(cell, wait);
    Ok(Vec::new())
}
