//! All that a notebook shows of a run: an image with its table, rows of text for where there are no
//! images, and the run itself for programs.
//!
//! The image stands in the HTML as an `<img>` with a data address: that is the form in which both
//! trusted and untrusted notebooks show it, and pages made from notebooks too.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::plain::{self, escaped};
use super::words::Words;
use super::{svg, table, text};
use crate::document::Document;
use crate::explanation::{self, HappensBefore};

/// The MIME type of [`Figure::trace`].
pub const TRACE_TYPE: &str = "application/vnd.weft.trace+json";
/// Columns of the rows of text.
const TEXT_WIDTH: usize = 100;
/// Rows of text.
const TEXT_ROWS: usize = 120;
/// Events and lines of the run itself that go into a notebook; `:timeline save` writes all.
const MOST_TRACED: usize = 4_000;

/// A run in the forms a notebook can show.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// `text/html`.
    pub html: String,
    /// `image/svg+xml`.
    pub svg: String,
    /// `text/plain`.
    pub text: String,
    /// [`TRACE_TYPE`].
    pub trace: Value,
}

/// A run as a figure.
pub fn draw(document: &Document, words: &dyn Words) -> Figure {
    let run = HappensBefore::of(document);
    let svg = svg::draw_run(document, &run, words);
    let sentences =
        explanation::sentences(document, &explanation::explain_run(document, &run), words);
    let table = table::draw_run(document, &run, words);
    Figure {
        html: html(document, &svg, &sentences, &table, words),
        text: in_text(document, &sentences, words),
        svg,
        trace: trace(document),
    }
}

/// A page of its own, for a browser.
pub fn page(document: &Document, words: &dyn Words) -> String {
    let figure = draw(document, words);
    let direction = direction(words);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{}</title></head>\
         <body style=\"font-family:system-ui,sans-serif\">{}</body></html>\n",
        escaped(words.language()),
        escaped(&svg::title(document, words)),
        figure.html
    )
}

fn direction(words: &dyn Words) -> &'static str {
    if words.right_to_left() { "rtl" } else { "ltr" }
}

fn html(
    document: &Document,
    svg: &str,
    sentences: &[String],
    table: &str,
    words: &dyn Words,
) -> String {
    let (title, summary) = (svg::title(document, words), svg::summary(document, words));
    let mut html = format!(
        "<div dir=\"{}\" lang=\"{}\"><figure style=\"margin:0\">\
         <img style=\"max-width:100%\" alt=\"{}. {}\" src=\"data:image/svg+xml;base64,",
        direction(words),
        escaped(words.language()),
        escaped(&title),
        escaped(&summary),
    );
    STANDARD.encode_string(svg, &mut html);
    html.push_str("\"/></figure>");
    if !sentences.is_empty() {
        html.push_str("<ul>");
        for sentence in sentences {
            let _ = write!(html, "<li>{}</li>", escaped(sentence));
        }
        html.push_str("</ul>");
    }
    let all = escaped(&words.text("table-all"));
    let _ = write!(
        html,
        "<details><summary>{all}</summary>{table}</details></div>"
    );
    html
}

fn in_text(document: &Document, sentences: &[String], words: &dyn Words) -> String {
    let options = text::Options {
        width: TEXT_WIDTH,
        rows: TEXT_ROWS,
        word: &|kind| words.kind(kind),
        name: &|object| words.object(object),
        ..text::Options::default()
    };
    let mut said = text::draw(document, &options);
    for sentence in sentences {
        said.push('\n');
        said.push_str(&directed(sentence, words));
    }
    said.truncate(said.trim_end().len());
    said
}

/// A sentence for a terminal: one that runs to the left stands between marks that keep it so.
pub fn directed(sentence: &str, words: &dyn Words) -> String {
    if words.right_to_left() {
        format!("\u{2067}{sentence}\u{2069}")
    } else {
        sentence.to_owned()
    }
}

/// The run itself. Of a long one the last events and lines, and how many are missing: a notebook
/// is a file that is read and written whole.
fn trace(document: &Document) -> Value {
    let shown = |count: usize| count.saturating_sub(MOST_TRACED);
    let (events, lines) = (shown(document.events.len()), shown(document.lines.len()));
    let mut kept = document.clone();
    kept.events.drain(..events);
    kept.lines.drain(..lines);
    for line in &mut kept.lines {
        line.text = line
            .text
            .take()
            .map(|text| plain::cut(&plain::visible(&text), 400));
    }
    // A document is made of what JSON has; only a map with a key that is no text could fail.
    let mut trace = serde_json::to_value(&kept).unwrap_or_default();
    if events + lines > 0 {
        trace["left_out"] = json!({"events": events, "lines": lines});
    }
    trace
}
