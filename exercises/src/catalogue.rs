//! All exercises, in the order of the book. `list`, `run`, the notebooks' menu and the contract tests read this.

use crate::lesson::Lesson;
use crate::lessons;

static ALL: [&Lesson; 15] = [
    &lessons::s1e1::LESSON,
    &lessons::s1e2::LESSON,
    &lessons::s1e3::LESSON,
    &lessons::s1e4::LESSON,
    &lessons::s1e5::LESSON,
    &lessons::s1e6::LESSON,
    &lessons::s1e7::LESSON,
    &lessons::s2e1::LESSON,
    &lessons::s2e2::LESSON,
    &lessons::s2e3::LESSON,
    &lessons::s2e4::LESSON,
    &lessons::s2e5::LESSON,
    &lessons::s2e6::LESSON,
    &lessons::s2e7::LESSON,
    &lessons::s2e8::LESSON,
];

/// Every exercise.
pub fn all() -> &'static [&'static Lesson] {
    &ALL
}

/// The exercise with this id.
pub fn find(id: &str) -> Option<&'static Lesson> {
    ALL.into_iter().find(|lesson| lesson.id == id)
}
