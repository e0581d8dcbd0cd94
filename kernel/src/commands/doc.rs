//! `:doc`

use messages::{format, text};
use serde_json::Value;

use super::{Definition, failure};
use crate::evaluate::Session;
use crate::language::{CellOutcome, MimeBundle};

pub(super) const DEFINITION: Definition = Definition {
    name: ":doc",
    arguments: "PATH",
    summary: "command-doc",
    run,
};

/// Shows the documentation of what a name or a path means.
fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let tongue = session.tongue;
    if argument.is_empty() {
        return Err(failure("Usage", text(tongue, "command-doc-usage")));
    }
    match session.documentation_of(argument) {
        Some((plain, html)) => {
            let bundle = MimeBundle::plain(plain).with("text/html", Value::String(html));
            session.output.display_data(cell, &bundle, None);
            Ok(Vec::new())
        }
        None => {
            let sentence = format(tongue, "doc-none", &[("name", argument.into())]);
            Err(failure("NoDocumentation", sentence))
        }
    }
}
