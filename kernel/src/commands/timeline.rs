//! `:timeline`

use messages::text;
use recorder::document::Document;
use recorder::timeline::text::Options;
use serde_json::Value;

use super::{Definition, failure};
use crate::evaluate::Session;
use crate::language::{CellOutcome, StreamName};

pub(super) const DEFINITION: Definition = Definition {
    name: ":timeline",
    arguments: "",
    summary: "command-timeline",
    run,
};

/// Columns a notebook shows without wrapping.
const WIDTH: usize = 100;

/// Draws who did what when in the last `:run`, in text.
fn run(session: &mut Session, cell: u32, _argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let document = session
        .last_run
        .clone()
        .and_then(|document| serde_json::from_value::<Document>(document).ok());
    let Some(document) = document else {
        return Err(failure("NoTimeline", text(session.tongue, "timeline-none")));
    };
    let options = Options {
        width: WIDTH,
        ..Options::default()
    };
    let drawn = recorder::timeline::text::draw(&document, &options);
    session.output.stream(cell, StreamName::Stdout, &drawn);
    Ok(Vec::new())
}
