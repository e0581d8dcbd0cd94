//! `:vars`

use messages::text;
use serde_json::Value;

use super::Definition;
use crate::evaluate::Session;
use crate::language::{CellOutcome, MimeBundle};

pub(super) const DEFINITION: Definition = Definition {
    name: ":vars",
    arguments: "",
    summary: "command-vars",
    run,
};

/// Shows the notebook's variables and their types.
fn run(session: &mut Session, cell: u32, _argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let variables = session.variables();
    let plain = if variables.is_empty() {
        text(session.tongue, "vars-none")
    } else {
        let lines = variables
            .iter()
            .map(|(name, kind)| format!("{name}: {kind}"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let mut bundle = MimeBundle::plain(plain);
    if !variables.is_empty() {
        let rows: String = variables
            .iter()
            .map(|(name, kind)| {
                let (name, kind) = (escaped(name), escaped(kind));
                format!("<tr><td><code>{name}</code></td><td><code>{kind}</code></td></tr>")
            })
            .collect();
        let (name, kind) = (
            text(session.tongue, "vars-name"),
            text(session.tongue, "vars-type"),
        );
        let table = format!("<table><tr><th>{name}</th><th>{kind}</th></tr>{rows}</table>");
        bundle = bundle.with("text/html", Value::String(table));
    }
    session.output.display_data(cell, &bundle, None);
    Ok(Vec::new())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
