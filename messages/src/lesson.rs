//! What the catalogue says about an exercise: titles, notes, and the words of a line it printed.

use recorder::Line;
use recorder::document::{Document, line_arguments};

use crate::{Language, Value, text};

/// The exercise's title.
pub fn title(language: Language, exercise: &str) -> String {
    text(language, &format!("{exercise}-title"))
}

/// The title of scenario `number`, counted from 1.
pub fn scenario(language: Language, exercise: &str, number: u32) -> String {
    text(language, &format!("{exercise}-scenario-{number}"))
}

/// What there is to learn from scenario `number`.
pub fn note(language: Language, exercise: &str, number: u32) -> String {
    text(language, &format!("{exercise}-note-{number}"))
}

/// A printed line in the reader's language.
pub fn line(language: Language, exercise: &str, line: &Line) -> String {
    let id = format!("{exercise}-line-{}", line.what);
    let arguments = line_arguments(line);
    let named: Vec<(&str, Value<'_>)> = arguments
        .iter()
        .map(|(name, argument)| (name.as_str(), argument.into()))
        .collect();
    crate::format(language, &id, &named)
}

/// Gives a run's document its sentences.
pub fn add_texts(document: &mut Document, language: Language) {
    for printed in &mut document.lines {
        printed.text = Some(line(language, &document.exercise, &printed.line));
    }
    document.note = Some(note(language, &document.exercise, document.scenario));
}
