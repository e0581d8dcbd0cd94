//! `:vars`

use std::collections::BTreeMap;

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

/// Shows the notebook's variables, their types and how many bytes each takes by itself.
fn run(session: &mut Session, cell: u32, _argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let variables = session.variables();
    let bundle = if variables.is_empty() {
        MimeBundle::plain(text(session.tongue, "vars-none"))
    } else {
        let sizes = sizes(session, cell, &variables);
        let head = ["vars-name", "vars-type", "vars-size"].map(|id| text(session.tongue, id));
        let rows: Vec<[String; 3]> = variables
            .into_iter()
            .enumerate()
            .map(|(index, (name, kind))| {
                let size = sizes.get(index).map(u64::to_string);
                [name, kind, size.unwrap_or_default()]
            })
            .collect();
        table(&head, &rows)
    };
    session.output.display_data(cell, &bundle, None);
    Ok(Vec::new())
}

/// The size of each variable, in their order; nothing where it cannot be had (a type that can no
/// longer be named), for a table without sizes is still one.
fn sizes(session: &mut Session, cell: u32, variables: &BTreeMap<String, String>) -> Vec<u64> {
    let asked: Vec<String> = variables
        .keys()
        .map(|name| format!("::std::mem::size_of_val(&{name})"))
        .collect();
    let answer = session.evaluate(cell, &format!("[{}]", asked.join(", ")));
    answer
        .ok()
        .flatten()
        .and_then(|bundle| serde_json::from_str(bundle.data.get("text/plain")?.as_str()?).ok())
        .unwrap_or_default()
}

/// A table as text and as HTML.
fn table(head: &[String; 3], rows: &[[String; 3]]) -> MimeBundle {
    let widths: [usize; 2] = std::array::from_fn(|column| {
        let cells = std::iter::once(head).chain(rows);
        let lengths = cells.map(|row| row[column].chars().count());
        lengths.max().unwrap_or_default()
    });
    let lines: Vec<String> = std::iter::once(head)
        .chain(rows)
        .map(|[name, kind, size]| {
            let (first, second) = (widths[0], widths[1]);
            let line = format!("{name:<first$}  {kind:<second$}  {size}");
            line.trim_end().to_owned()
        })
        .collect();
    let cells: String = rows
        .iter()
        .map(|[name, kind, size]| {
            let (name, kind) = (escaped(name), escaped(kind));
            format!(
                "<tr><td><code>{name}</code></td><td><code>{kind}</code></td><td>{size}</td></tr>"
            )
        })
        .collect();
    let head: String = head
        .iter()
        .map(|title| format!("<th>{}</th>", escaped(title)))
        .collect();
    let html = format!("<table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>");
    MimeBundle::plain(lines.join("\n")).with("text/html", Value::String(html))
}

/// Text that is to be seen in HTML as it is.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_in_the_table_is_text() {
        let row = |name: &str, kind: &str, size: &str| [name, kind, size].map(str::to_owned);
        let bundle = table(
            &row("Variable", "Type", "Bytes"),
            &[
                row("v", "Vec<Option<&'static str>>", "24"),
                row("x", "i32", ""),
            ],
        );
        assert_eq!(
            bundle.data["text/plain"],
            "Variable  Type                       Bytes\n\
             v         Vec<Option<&'static str>>  24\n\
             x         i32"
        );
        let html = bundle.data["text/html"].as_str().unwrap();
        assert!(html.contains("Vec&lt;Option&lt;&amp;'static str&gt;&gt;"));
    }
}
