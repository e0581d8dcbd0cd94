//! `:help`

use messages::text;
use serde_json::Value;

use super::{ALL, Definition, described};
use crate::evaluate::Session;
use crate::language::{CellOutcome, MimeBundle, StreamName, page};

pub(super) const DEFINITION: Definition = Definition {
    name: ":help",
    arguments: "",
    summary: "command-help",
    run,
};

/// Prints the list, and gives it to the pager of clients that have one.
fn run(session: &mut Session, cell: u32, _argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let tongue = session.tongue;
    let mut help = text(tongue, "help-head");
    help.push_str("\n\n");
    for definition in ALL {
        help.push_str(&described(tongue, definition));
        help.push('\n');
    }
    help.push('\n');
    help.push_str(&text(tongue, "help-tail"));
    help.push('\n');
    session.output.stream(cell, StreamName::Stdout, &help);
    Ok(vec![page(&MimeBundle::plain(help), 0)])
}
