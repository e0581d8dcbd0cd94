//! `:pick`: an exercise as a form to fill in, where pages have widgets; else as text.

use exercises::catalogue;
use exercises::lesson::Lesson;
use messages::{Language as Tongue, format, text};
use serde_json::{Value, json};

use super::{Definition, failure, show_panel};
use crate::comm::picker::{self, Picker};
use crate::evaluate::Session;
use crate::language::{CellOutcome, MimeBundle};

pub(super) const DEFINITION: Definition = Definition {
    name: ":pick",
    arguments: "[s1e1]",
    summary: "command-pick",
    run,
};

/// Exercises named where one was misspelt.
const MOST_NEAR: usize = 5;
/// How much alike two names are that may have been confused (1 = the same).
const NEAR: f64 = 0.8;

fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let tongue = session.tongue;
    let mut words = argument.split_whitespace();
    let Some(id) = words.next() else {
        let list = MimeBundle::plain(list(tongue));
        session.output.display_data(cell, &list, None);
        return Ok(Vec::new());
    };
    let Some(lesson) = catalogue::find(id) else {
        return Err(failure("Usage", unknown(tongue, argument)));
    };
    if words.next().is_some() {
        let said = format(tongue, "pick-one", &[("given", argument.into())]);
        return Err(failure("Usage", said));
    }
    let in_text = picker::in_text(tongue, lesson);
    let panel = Box::new(Picker::new(tongue, lesson));
    show_panel(session, cell, in_text, panel, json!({"pick": lesson.id}));
    Ok(Vec::new())
}

/// All exercises, with what they are about.
fn list(tongue: Tongue) -> String {
    let sentence = |id| picker::in_direction(tongue, &text(tongue, id));
    let mut said = sentence("pick-head");
    said.push_str("\n\n");
    for lesson in catalogue::all() {
        let title = picker::in_direction(tongue, &picker::title(tongue, lesson));
        said.push_str(&format!("{:<6} {title}\n", lesson.id));
    }
    said.push('\n');
    said.push_str(&sentence("pick-how"));
    said
}

fn unknown(tongue: Tongue, given: &str) -> String {
    let near = near(tongue, given);
    let mut said = format(tongue, "error-unknown-exercise", &[("id", given.into())]);
    if !near.is_empty() {
        said.push(' ');
        let near = near.join(", ");
        said.push_str(&format(tongue, "pick-near", &[("near", near.into())]));
    }
    said.push(' ');
    said.push_str(&text(tongue, "pick-list-them"));
    said
}

/// The exercises that may have been meant: by a word of their title, or by a name like this one.
fn near(tongue: Tongue, given: &str) -> Vec<&'static str> {
    let given = given.to_lowercase();
    let by_title = |lesson: &&&Lesson| {
        given.chars().count() > 2
            && picker::title(tongue, lesson)
                .to_lowercase()
                .contains(&given)
    };
    let lessons = catalogue::all();
    let mut found: Vec<&str> = lessons.iter().filter(by_title).map(|l| l.id).collect();
    let first = given.split_whitespace().next().unwrap_or_default();
    let mut alike: Vec<(f64, &str)> = lessons
        .iter()
        .map(|lesson| (strsim::jaro_winkler(first, lesson.id), lesson.id))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .collect();
    // A stable sort: of two names as much alike, the one that comes first in the book.
    alike.sort_by(|one, other| other.0.total_cmp(&one.0));
    for (_, id) in alike {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found.truncate(MOST_NEAR);
    found
}

/// What may stand at the end of a `:pick` line.
pub(super) fn arguments(line: &str) -> Vec<String> {
    let mut words = line.split_whitespace();
    if words.next() != Some(DEFINITION.name) {
        return Vec::new();
    }
    let lessons = catalogue::all();
    lessons.iter().map(|lesson| lesson.id.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_exercise_is_found_by_its_likeness_or_its_title() {
        assert_eq!(near(Tongue::En, "s1e66")[0], "s1e6");
        assert_eq!(near(Tongue::En, "S1E6")[0], "s1e6");
        assert!(near(Tongue::En, "s9e9").contains(&"s6e9"));
        assert!(near(Tongue::En, "semaphore").contains(&"s1e6"));
        assert!(near(Tongue::Fa, "سمافور").contains(&"s1e6"));
        assert_eq!(near(Tongue::En, "🧵"), [""; 0]);
        assert!(near(Tongue::En, &"s".repeat(100_000)).len() <= MOST_NEAR);
    }

    #[test]
    fn the_list_has_every_exercise_in_every_language() {
        for tongue in Tongue::ALL {
            let list = list(tongue);
            for lesson in catalogue::all() {
                assert!(list.contains(&picker::title(tongue, lesson)));
            }
        }
    }
}
