//! `:dep`

use messages::text;
use serde_json::Value;

use super::{Definition, failure};
use crate::evaluate::Session;
use crate::language::CellOutcome;

pub(super) const DEFINITION: Definition = Definition {
    name: ":dep",
    arguments: "NAME = \"VERSION\"",
    summary: "command-dep",
    run,
};

/// Adds a crate; it is built now, so that the next cell does not wait for it.
fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    if argument.is_empty() {
        return Err(failure("Usage", text(session.tongue, "command-dep-usage")));
    }
    let argument = if argument.starts_with('.') {
        // The notebook's folder is meant, not the one the kernel works in.
        session.folder().join(argument).display().to_string()
    } else {
        argument.to_owned()
    };
    session.evaluate(cell, &format!(":dep {argument}"))?;
    Ok(Vec::new())
}
