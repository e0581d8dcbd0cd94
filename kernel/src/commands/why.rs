//! `:why "line A" "line B"`: what orders two printed lines of the last run, or that nothing does.

use messages::{Spoken, format, text};
use recorder::document::Document;
use recorder::explanation::{self, Asked, LineNumber};
use recorder::timeline::figure::directed;
use serde_json::Value;

use super::{Definition, failure, timeline};
use crate::evaluate::Session;
use crate::language::{CellOutcome, MimeBundle};

pub(super) const DEFINITION: Definition = Definition {
    name: ":why",
    arguments: "\"line A\" \"line B\"",
    summary: "command-why",
    run,
};

/// Lines named where one was not found, or several were.
const MOST_NAMED: usize = 8;
/// Lines proposed for completion.
const MOST_PROPOSED: usize = 60;

fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let usage = || failure("Usage", text(session.tongue, "why-usage"));
    let [one, other] = <[String; 2]>::try_from(quoted(argument)).map_err(|_| usage())?;
    let document = timeline::last(session)?;
    let line = |text: &str| asked(session, document, text);
    let (one, other) = (line(&one)?, line(&other)?);
    let words = Spoken(session.tongue);
    let answer = explanation::why(document, one, other).ok_or_else(usage)?;
    let said: Vec<String> = explanation::say_answer(document, &answer, &words)
        .iter()
        .map(|sentence| directed(sentence, &words))
        .collect();
    let bundle = MimeBundle::plain(said.join("\n"));
    session.output.display_data(cell, &bundle, None);
    Ok(Vec::new())
}

fn asked(session: &Session, document: &Document, wanted: &str) -> Result<LineNumber, CellOutcome> {
    let tongue = session.tongue;
    let named = |lines: &[LineNumber]| {
        let shown = lines.iter().take(MOST_NAMED).map(|line| {
            let said = explanation::line_text(document, *line);
            format!("#{} “{said}”", line.0 + 1)
        });
        let mut shown: Vec<String> = shown.collect();
        if lines.len() > MOST_NAMED {
            shown.push("…".to_owned());
        }
        shown.join(", ")
    };
    let wanted_text = ("text", wanted.into());
    match explanation::lines_like(document, wanted) {
        Asked::Line(line) => Ok(line),
        Asked::None => {
            let all: Vec<LineNumber> = (0..document.lines.len()).map(LineNumber).collect();
            let lines = ("lines", named(&all).into());
            Err(failure(
                "NoSuchLine",
                format(tongue, "why-no-line", &[wanted_text, lines]),
            ))
        }
        Asked::Several(found) => {
            let count = ("count", found.len().into());
            let lines = ("lines", named(&found).into());
            let arguments = [wanted_text, count, lines];
            Err(failure(
                "SeveralLines",
                format(tongue, "why-several", &arguments),
            ))
        }
    }
}

/// The texts in quotes (also typographic ones); single words may stand without.
fn quoted(argument: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = argument.trim_start();
    while let Some(first) = rest.chars().next() {
        let closing = match first {
            '"' => Some('"'),
            '\'' => Some('\''),
            '“' => Some('”'),
            '«' => Some('»'),
            '「' => Some('」'),
            _ => None,
        };
        let body = &rest[first.len_utf8()..];
        let (text, after) = match closing {
            Some(closing) => match body.split_once(closing) {
                Some((text, after)) => (text, after),
                // The quote was never closed: what was meant cannot be known.
                None => return Vec::new(),
            },
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                rest.split_at(end)
            }
        };
        texts.push(text.to_owned());
        rest = after.trim_start();
    }
    texts
}

/// How the lines of a run are named in a call: by their text in quotes, or by their number where
/// that is not enough.
fn names_of_lines(document: &Document) -> Vec<String> {
    let lines = (0..document.lines.len().min(MOST_PROPOSED)).map(LineNumber);
    let name = |line: LineNumber| {
        let said = explanation::line_text(document, line);
        let is_enough = explanation::lines_like(document, &said) == Asked::Line(line);
        if is_enough && !said.contains('"') {
            format!("\"{said}\"")
        } else {
            format!("\"#{}\"", line.0 + 1)
        }
    };
    lines.map(name).collect()
}

/// What may stand at the end of a `:why` line: the lines of the last run.
pub(super) fn arguments(line: &str, last_run: Option<&Document>) -> Vec<String> {
    if line.split_whitespace().next() == Some(DEFINITION.name) {
        last_run.map(names_of_lines).unwrap_or_default()
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_are_read_from_quotes_of_any_kind() {
        assert_eq!(quoted(r#""a b" "c""#), ["a b", "c"]);
        assert_eq!(quoted("“a b” «c d»"), ["a b", "c d"]);
        assert_eq!(quoted("one two"), ["one", "two"]);
        assert_eq!(quoted("'a' \"b\" c"), ["a", "b", "c"]);
        assert_eq!(quoted("\"a"), [""; 0]);
        assert_eq!(quoted(""), [""; 0]);
        assert_eq!(quoted("\"\" \"\""), ["", ""]);
    }
}
