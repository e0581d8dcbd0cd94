//! What the compiler warns of in a cell that works.
//!
//! They are shown beside the output and not on standard error: a grader takes anything there for a
//! failure. The compiler sees the source evcxr makes of the cell and of all items before it; a
//! warning is shown where its line is one of the cell's.

use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Deserialize;
use serde_json::Value;

use super::compiler::LINE_MAP;
use crate::commands::vars::escaped;
use crate::language::MimeBundle;

/// Where the compiler's stand-in leaves them, beside the shared object.
pub(super) const FILE: &str = "weft-warnings";
/// The folder of both, in the one evcxr builds in.
pub(super) const FOLDER: &str = "target/weft";
/// nbgrader executes the notebook: nobody reads warnings, and the output is compared.
const GRADING: &str = "NBGRADER_EXECUTION";
/// So many are shown; the rest is counted.
const MAX_SHOWN: usize = 20;
/// What evcxr and we write around a cell's code.
const OURS: [&str; 2] = ["unused_parens", "unused_braces"];

#[derive(Deserialize)]
struct Warning {
    message: String,
    code: Option<Code>,
    spans: Vec<Span>,
    children: Vec<Child>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    line_start: usize,
    line_end: usize,
    is_primary: bool,
    label: Option<String>,
    text: Vec<Text>,
}

/// A line of a span; columns in characters from 1.
#[derive(Deserialize)]
struct Text {
    text: String,
    highlight_start: usize,
    highlight_end: usize,
}

#[derive(Deserialize)]
struct Child {
    level: String,
    message: String,
}

/// The lines of rustc's JSON that are warnings, and the others.
pub(super) fn split(said: &str) -> (String, String) {
    let is_warning = |line: &&str| {
        serde_json::from_str::<Value>(line).is_ok_and(|message| message["level"] == "warning")
    };
    let (warnings, others): (Vec<&str>, Vec<&str>) = said.lines().partition(is_warning);
    let text = |lines: Vec<&str>| lines.iter().map(|line| format!("{line}\n")).collect();
    (text(warnings), text(others))
}

/// Forgets the warnings of the cell before.
pub(super) fn forget(build: &Path) {
    let _ = std::fs::remove_file(build.join(FOLDER).join(FILE));
}

/// Whether a grader runs the notebook.
pub(super) fn nobody_reads() -> bool {
    std::env::var_os(GRADING).is_some()
}

/// What to show of the last compilation's warnings; `None` where there is nothing, or nobody to
/// read it. `name`: where the source stands.
pub(super) fn of(build: &Path, cell: &str, name: &str) -> Option<MimeBundle> {
    if nobody_reads() {
        return None;
    }
    let read = |file| std::fs::read_to_string(build.join(FOLDER).join(file));
    let warnings = read(FILE).ok().filter(|text| !text.is_empty())?;
    let lines: Vec<usize> = read(LINE_MAP)
        .ok()?
        .lines()
        .map(|line| line.parse().unwrap_or_default())
        .collect();
    let mut drawn: Vec<String> = warnings
        .lines()
        .filter_map(|line| serde_json::from_str::<Warning>(line).ok())
        .filter_map(|warning| warning.draw(cell, &lines, name))
        .collect();
    if drawn.is_empty() {
        return None;
    }
    if drawn.len() > MAX_SHOWN {
        let more = drawn.len() - MAX_SHOWN;
        drawn.truncate(MAX_SHOWN);
        drawn.push(format!("+ {more}"));
    }
    let plain = drawn.join("\n\n");
    let html = format!(
        "<pre style=\"border-inline-start: 4px solid #d9a400; padding-inline-start: 8px\" dir=\"ltr\">{}</pre>",
        escaped(&plain)
    );
    Some(MimeBundle::plain(plain).with("text/html", Value::String(html)))
}

impl Warning {
    /// As rustc draws it, with the cell's own lines; `None` where it is not about the cell.
    fn draw(&self, cell: &str, lines: &[usize], name: &str) -> Option<String> {
        let code = self.code.as_ref().map(|code| code.code.as_str());
        if code.is_some_and(|code| OURS.contains(&code)) {
            return None;
        }
        let primary = self.spans.iter().find(|span| span.is_primary)?;
        primary.place(cell, lines)?;
        let mut title = Level::WARNING.primary_title(&self.message);
        if let Some(code) = code {
            title = title.id(code);
        }
        let mut snippet = Snippet::source(cell).path(name).line_start(1);
        for span in &self.spans {
            let Some(place) = span.place(cell, lines) else {
                continue;
            };
            let kind = if span.is_primary {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            snippet = snippet.annotation(kind.span(place).label(span.label.as_deref()));
        }
        let mut group = title.element(snippet);
        for child in self.children.iter().filter(|child| child.level == "help") {
            group = group.element(Level::HELP.message(&child.message));
        }
        Some(Renderer::plain().render(&[group]))
    }
}

impl Span {
    /// Where it is in the cell.
    fn place(&self, cell: &str, lines: &[usize]) -> Option<Range<usize>> {
        let line = |generated: usize| lines.get(generated.checked_sub(1)?).copied();
        let (first, last) = (self.text.first()?, self.text.last()?);
        let start = first.place(cell, line(self.line_start)?)?.start;
        let end = last.place(cell, line(self.line_end)?)?.end;
        (start < end).then_some(start..end)
    }
}

impl Text {
    /// Where the marked part is in the cell, whose line has this number (0: none has).
    fn place(&self, cell: &str, number: usize) -> Option<Range<usize>> {
        let line = cell.lines().nth(number.checked_sub(1)?)?;
        let start = line.as_ptr() as usize - cell.as_ptr() as usize;
        let byte = |column: usize| {
            let mut characters = self.text.char_indices();
            characters
                .nth(column.saturating_sub(1))
                .map_or(self.text.len(), |(at, _)| at)
        };
        let marked = byte(self.highlight_start)..byte(self.highlight_end);
        let whole = self.text.trim();
        let indent = self.text.len() - self.text.trim_start().len();
        let inside = match line.find(whole) {
            // The same text, perhaps as a part of a longer line.
            Some(at) if marked.start >= indent => at + marked.start - indent,
            // The line was changed on its way: its marked part is looked for.
            _ => line.find(self.text.get(marked.clone())?)?,
        };
        let end = (inside + marked.len()).min(line.len());
        let range = start + inside..start + end;
        cell.get(range.clone()).map(|_| range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(line: usize, text: &str, start: usize, end: usize) -> Warning {
        let warning = serde_json::json!({
            "message": "unused variable: `b`",
            "code": {"code": "unused_variables"},
            "spans": [{
                "line_start": line, "line_end": line, "is_primary": true, "label": null,
                "text": [{"text": text, "highlight_start": start, "highlight_end": end}],
            }],
            "children": [{"level": "help", "message": "prefix it"}, {"level": "note", "message": "on"}],
        });
        serde_json::from_value(warning).unwrap()
    }

    #[test]
    fn a_warning_is_drawn_at_its_place_in_the_cell() {
        let cell = "let a = 1;\n  let é = 2; fn f() { let b = 3; }";
        let drawn = warning(3, "fn f() { let b = 3; }", 14, 15)
            .draw(cell, &[0, 1, 2], "cell")
            .unwrap();
        assert!(drawn.contains("cell:2:27"), "{drawn}");
        assert!(
            drawn.contains("prefix it") && !drawn.contains("note"),
            "{drawn}"
        );
    }

    #[test]
    fn what_is_not_of_the_cell_is_not_shown() {
        let drawn = warning(1, "let b = 3;", 5, 6).draw("let b = 3;", &[0], "cell");
        assert_eq!(drawn, None);
        let drawn = warning(9, "let b = 3;", 5, 6).draw("let b = 3;", &[1], "cell");
        assert_eq!(drawn, None);
    }

    #[test]
    fn warnings_are_told_from_errors() {
        let said = "{\"level\":\"warning\"}\n{\"level\":\"error\"}\nno json\n";
        let (warnings, others) = split(said);
        assert_eq!(warnings, "{\"level\":\"warning\"}\n");
        assert_eq!(others, "{\"level\":\"error\"}\nno json\n");
    }
}
