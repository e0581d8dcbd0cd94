//! A run as a table in HTML: one row an event or a printed line.

use std::fmt::Write as _;

use super::plain::{self, cut, escaped, isolated, visible};
use super::words::Words;
use crate::document::{Argument, Document};
use crate::event::{Kind, Object, ObjectKind};
use crate::explanation::{HappensBefore, Moment};

/// Rows; of a longer run the middle is left out, and counted.
const MOST_ROWS: usize = 200;
/// A cell of words: notebooks put all cells to the right, where only numbers belong.
const BEGIN: &str = "<td style=\"text-align:start\">";
/// Columns of a cell.
const MOST_COLUMNS: usize = 200;

/// The table, with its rows in the order in which things happened.
pub fn draw(document: &Document, words: &dyn Words) -> String {
    draw_run(document, &HappensBefore::of(document), words)
}

pub(super) fn draw_run(document: &Document, run: &HappensBefore, words: &dyn Words) -> String {
    let mut out = String::from("<table><thead><tr>");
    for (head, side) in [
        ("table-time", "right"),
        ("table-lane", "start"),
        ("table-event", "start"),
        ("table-about", "start"),
    ] {
        let head = escaped(&words.text(head));
        let _ = write!(
            out,
            "<th scope=\"col\" style=\"text-align:{side}\">{head}</th>"
        );
    }
    out.push_str("</tr></thead><tbody>");
    let all = &run.moments.all;
    let left_out = all.len().saturating_sub(MOST_ROWS);
    let head = if left_out > 0 {
        MOST_ROWS * 2 / 3
    } else {
        all.len()
    };
    for moment in &all[..head] {
        row(&mut out, document, run, moment, words);
    }
    if left_out > 0 {
        let count = [("count", Argument::Whole(left_out as i64))];
        let said = escaped(&words.say("table-left-out", &count));
        let _ = write!(out, "<tr><td colspan=\"4\">{said}</td></tr>");
        for moment in &all[head + left_out..] {
            row(&mut out, document, run, moment, words);
        }
    }
    out.push_str("</tbody></table>");
    out
}

fn row(
    out: &mut String,
    document: &Document,
    run: &HappensBefore,
    moment: &Moment,
    words: &dyn Words,
) {
    let cell = |text: &str| escaped(&isolated(&cut(text, MOST_COLUMNS)));
    let name = |row: usize| {
        let known = &run.moments.rows[row];
        match visible(&known.name) {
            name if name.is_empty() => {
                let number = [("number", Argument::Whole(known.lane.0.into()))];
                words.say("timeline-lane-unnamed", &number)
            }
            name => name,
        }
    };
    let about = match (
        moment.line.and_then(|line| document.lines.get(line)),
        moment.object,
    ) {
        (Some(line), _) => plain::said(line),
        (None, object) if object.kind == ObjectKind::Lane => {
            let row = run.moments.row_about(object);
            row.filter(|row| *row != moment.row)
                .map(&name)
                .unwrap_or_default()
        }
        (None, Object::NONE) => String::new(),
        (None, object) => words.object(object),
    };
    let said = match moment.kind {
        Kind::Print if moment.line.is_some() => format!("<code>{}</code>", cell(&about)),
        _ => cell(&about),
    };
    let _ = write!(
        out,
        "<tr><td dir=\"ltr\">{:.3} ms</td>{BEGIN}{}</td>{BEGIN}{}</td>{BEGIN}{said}</td></tr>",
        moment.at_us as f64 / 1000.0,
        cell(&name(moment.row)),
        cell(&words.kind(moment.kind)),
    );
}
