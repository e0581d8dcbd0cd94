//! `:timeline`, and the picture that follows a run with more than one lane.

use std::path::Path;

use messages::{Spoken, format, text};
use recorder::document::Document;
use recorder::timeline::figure::{self, Figure};
use recorder::timeline::text::Options;
use recorder::timeline::words::Words as _;
use recorder::timeline::{svg, trace_event};
use serde_json::Value;

use super::{Definition, failure, wrong_argument};
use crate::evaluate::Session;
use crate::language::{CellOutcome, MimeBundle};

pub(super) const DEFINITION: Definition = Definition {
    name: ":timeline",
    arguments: "[on|off|last|save FILE]",
    summary: "command-timeline",
    run,
};

/// What may follow the name.
const WORDS: [&str; 4] = ["on", "off", "last", "save"];
/// Columns a notebook shows without wrapping.
const WIDTH: usize = 100;

fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let (word, rest) = argument
        .split_once(char::is_whitespace)
        .unwrap_or((argument, ""));
    match (word, rest.trim()) {
        ("on" | "off", "") => {
            let on = word == "on";
            session.picture_follows = on;
            let id = if on {
                "timeline-now-on"
            } else {
                "timeline-now-off"
            };
            say(session, cell, text(session.tongue, id));
            Ok(Vec::new())
        }
        ("" | "last", "") => {
            show(session, cell, last(session)?);
            Ok(Vec::new())
        }
        ("save", file) => save(session, cell, file),
        _ => {
            let expected = WORDS.join(", ");
            Err(wrong_argument(
                session.tongue,
                DEFINITION.name,
                argument,
                &expected,
            ))
        }
    }
}

fn say(session: &Session, cell: u32, sentence: String) {
    session
        .output
        .display_data(cell, &MimeBundle::plain(sentence), None);
}

/// What was recorded last.
pub(super) fn last(session: &Session) -> Result<&Document, CellOutcome> {
    let none = || failure("NoTimeline", text(session.tongue, "timeline-none"));
    session.last_run.as_ref().ok_or_else(none)
}

/// The hook after a run, of an exercise or of a cell: shows who did what when, where more than one
/// thread or process did something and the user has not turned this off.
pub(crate) fn show_timeline(session: &Session, cell: u32) {
    if session.picture_follows
        && let Some(document) = session.last_run.as_ref()
        && document.lanes.len() > 1
    {
        show(session, cell, document);
    }
}

fn show(session: &Session, cell: u32, document: &Document) {
    let Figure {
        html,
        svg,
        text,
        trace,
    } = figure::draw(document, &Spoken(session.tongue));
    let bundle = MimeBundle::plain(text)
        .with("text/html", html.into())
        .with("image/svg+xml", svg.into())
        .with(figure::TRACE_TYPE, trace);
    session.output.display_data(cell, &bundle, None);
}

/// Writes the last run to a file; the end of its name says how.
fn save(session: &Session, cell: u32, file: &str) -> Result<Vec<Value>, CellOutcome> {
    let tongue = session.tongue;
    let file = file.trim_matches('"');
    let usage = || failure("Usage", text(tongue, "timeline-save-usage"));
    let words = Spoken(tongue);
    let ending = Path::new(file)
        .extension()
        .and_then(|ending| ending.to_str());
    let ending = ending.map(str::to_ascii_lowercase).ok_or_else(usage)?;
    let document = last(session)?;
    let (content, said) = match ending.as_str() {
        "json" => (
            trace_event::draw(document, &words).to_string(),
            "timeline-saved",
        ),
        "svg" => (svg::draw(document, &words), "timeline-saved-picture"),
        "html" | "htm" => (figure::page(document, &words), "timeline-saved-picture"),
        "txt" => (
            figure::draw(document, &words).text + "\n",
            "timeline-saved-picture",
        ),
        _ => return Err(usage()),
    };
    let path = session.folder().join(file);
    let named = ("file", file.into());
    std::fs::write(path, content).map_err(|error| {
        let reason = ("reason", error.to_string().into());
        failure(
            "NotSaved",
            format(tongue, "timeline-save-failed", &[named.clone(), reason]),
        )
    })?;
    say(session, cell, format(tongue, said, &[named]));
    Ok(Vec::new())
}

/// The drawing of the last run in characters, in at most so many rows.
pub(crate) fn draw(session: &Session, rows: usize) -> Option<String> {
    let document = session.last_run.as_ref()?;
    let words = Spoken(session.tongue);
    let options = Options {
        width: WIDTH,
        rows,
        word: &|kind| words.kind(kind),
        name: &|object| words.object(object),
        ..Options::default()
    };
    Some(recorder::timeline::text::draw(document, &options))
}

/// What may stand at the end of a `:timeline` line.
pub(super) fn arguments(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        [name] | [name, _] if *name == DEFINITION.name => {
            WORDS.iter().map(|word| (*word).to_owned()).collect()
        }
        _ => Vec::new(),
    }
}
