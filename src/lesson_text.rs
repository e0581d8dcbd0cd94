//! What the catalogue says about an exercise: titles, notes, and the words of a line it printed.

use exercises::lesson::Lesson;
use messages::{Language, Value};
use recorder::Line;
use recorder::document::{Argument, line_arguments};

/// The exercise's title.
pub fn title(language: Language, lesson: &Lesson) -> String {
    messages::text(language, &format!("{}-title", lesson.id))
}

/// The title of scenario `number`, counted from 1.
pub fn scenario(language: Language, lesson: &Lesson, number: u32) -> String {
    messages::text(language, &format!("{}-scenario-{number}", lesson.id))
}

/// What there is to learn from scenario `number`.
pub fn note(language: Language, lesson: &Lesson, number: u32) -> String {
    messages::text(language, &format!("{}-note-{number}", lesson.id))
}

/// A printed line in the reader's language.
pub fn line(language: Language, exercise: &str, line: &Line) -> String {
    let id = format!("{exercise}-line-{}", line.what);
    let arguments = line_arguments(line);
    let named: Vec<(&str, Value<'_>)> = arguments
        .iter()
        .map(|(name, argument)| {
            let value = match argument {
                Argument::Text(text) => text.into(),
                Argument::Whole(number) => (*number).into(),
                Argument::Real(number) => (*number).into(),
            };
            (name.as_str(), value)
        })
        .collect();
    messages::format(language, &id, &named)
}
