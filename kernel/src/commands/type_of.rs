//! `:type`

use messages::{format, text};
use serde_json::Value;

use super::{Definition, failure};
use crate::evaluate::Session;
use crate::language::{CellOutcome, MimeBundle};

pub(super) const DEFINITION: Definition = Definition {
    name: ":type",
    arguments: "EXPRESSION",
    summary: "command-type",
    run,
};

/// Shows the type of an expression, which is checked and not run.
fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let tongue = session.tongue;
    if argument.is_empty() {
        return Err(failure("Usage", text(tongue, "command-type-usage")));
    }
    if syn::parse_str::<syn::Expr>(argument).is_err() {
        let code = ("code", argument.into());
        let sentence = format(tongue, "command-no-expression", &[code]);
        return Err(failure("Usage", sentence));
    }
    let shown = match session.type_of(argument)? {
        Some(name) => MimeBundle::plain(name),
        None => MimeBundle::plain(text(tongue, "type-without-name")),
    };
    session.output.display_data(cell, &shown, None);
    Ok(Vec::new())
}
