//! One recorded run of every exercise: the picture on its page. They were recorded by `typical/record`, one document a
//! line, and carry no text: that is added in the reader's language.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use messages::{Language, Spoken};
use recorder::document::Document;
use recorder::timeline::{figure, svg};

static RECORDED: &str = include_str!("../typical/runs.jsonl");

/// Figures kept drawn. When there are more, all are drawn again: no reader notices.
const KEPT: usize = 128;

static LINES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let id = |line: &str| -> Option<String> {
        // Each line begins with the exercise's id: {"exercise":"s1e1",...
        Some(line.split('"').nth(3)?.to_owned())
    };
    RECORDED
        .lines()
        .filter_map(|line| Some((id(line)?, line)))
        .collect()
});

type Drawn = HashMap<(&'static str, Language), Arc<str>>;

static DRAWN: LazyLock<Mutex<Drawn>> = LazyLock::new(Mutex::default);

/// The recorded run of this exercise, with its texts.
pub(crate) fn document(exercise: &str, language: Language) -> Option<Document> {
    let line = LINES.get(exercise)?;
    let mut document: Document = serde_json::from_str(line).ok()?;
    messages::lesson::add_texts(&mut document, language);
    Some(document)
}

/// The picture of the recorded run, as a file of its own (SVG).
pub fn picture(exercise: &str, language: Language) -> Option<String> {
    let document = document(exercise, language)?;
    Some(svg::draw(&document, &Spoken(language)))
}

/// The figure of the recorded run, in HTML.
pub(crate) fn figure(exercise: &'static str, language: Language) -> Option<Arc<str>> {
    let key = (exercise, language);
    let drawn = || DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = drawn().get(&key) {
        return Some(Arc::clone(known));
    }
    let document = document(exercise, language)?;
    let html: Arc<str> = figure::draw(&document, &Spoken(language)).html.into();
    let mut drawn = drawn();
    if drawn.len() >= KEPT {
        drawn.clear();
    }
    drawn.insert(key, Arc::clone(&html));
    Some(html)
}

#[cfg(test)]
mod tests {
    use super::*;
    use exercises::catalogue;
    use recorder::document::Status;

    #[test]
    fn every_exercise_has_a_recorded_run_that_keeps_its_contract() {
        for lesson in catalogue::all() {
            let document = document(lesson.id, Language::En);
            let document = document.unwrap_or_else(|| panic!("{} was not recorded", lesson.id));
            assert_eq!(document.exercise, lesson.id);
            assert_eq!(document.status, Status::Ok, "{}", lesson.id);
            let scene = exercises::lesson::Scene::from_number(document.scenario.into());
            let scene = scene.unwrap_or_else(|| panic!("{}: a scenario", lesson.id));
            // By the rules of today, not by those of the day it was recorded.
            let mut checked = document.clone();
            checked.check_order(&lesson.guaranteed(scene), &[]);
            assert!(
                checked.keeps_its_contract(),
                "{}: {:?}",
                lesson.id,
                checked.order
            );
            let chosen: Vec<_> = document.params.keys().map(String::as_str).collect();
            let mut declared: Vec<_> = lesson.parameters.iter().map(|p| p.name).collect();
            declared.sort_unstable();
            assert_eq!(chosen, declared, "{}", lesson.id);
        }
    }

    #[test]
    fn a_figure_speaks_the_readers_language() {
        let persian = figure("s1e1", Language::Fa).expect("a figure");
        assert!(persian.contains("dir=\"rtl\""));
        assert!(persian.contains("همهٔ رویدادها"));
        assert!(figure("nonsense", Language::En).is_none());
    }
}
