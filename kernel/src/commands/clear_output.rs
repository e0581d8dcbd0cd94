//! `:clear_output`

use messages::format;
use serde_json::Value;

use super::{Definition, failure};
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
            let arguments = [("argument", other.into()), ("expected", "wait".into())];
            let sentence = format(session.tongue, "command-wrong-argument", &arguments);
            return Err(failure("Usage", sentence));
        }
    };
    session.output.clear_output(cell, wait);
    Ok(Vec::new())
}
