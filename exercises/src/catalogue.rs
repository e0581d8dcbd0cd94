//! All exercises, in the order of the book. `list`, `run`, the notebooks' menu and the contract tests read this.

use crate::lesson::Lesson;
use crate::lessons;

static ALL: &[&Lesson] = &[
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
    &lessons::s3e1::LESSON,
    &lessons::s3e2::LESSON,
    #[cfg(feature = "squirrel")]
    &lessons::s3e3::LESSON,
    #[cfg(feature = "squirrel")]
    &lessons::s3e4::LESSON,
    #[cfg(feature = "squirrel")]
    &lessons::s3e5::LESSON,
    #[cfg(feature = "squirrel")]
    &lessons::s3e6::LESSON,
    #[cfg(feature = "squirrel")]
    &lessons::s3e7::LESSON,
    #[cfg(feature = "squirrel")]
    &lessons::s3e8::LESSON,
    #[cfg(feature = "squirrel")]
    &lessons::s3e9::LESSON,
    &lessons::s4e1::LESSON,
    &lessons::s4e2::LESSON,
    &lessons::s4e3::LESSON,
    &lessons::s4e4::LESSON,
    &lessons::s4e5::LESSON,
    &lessons::s4e6::LESSON,
    &lessons::s4e7::LESSON,
    &lessons::s4e8::LESSON,
    &lessons::s4e9::LESSON,
    &lessons::s4e10::LESSON,
    &lessons::s4e11::LESSON,
    &lessons::s4e12::LESSON,
    &lessons::s4e13::LESSON,
    &lessons::s4e14::LESSON,
    &lessons::s4e15::LESSON,
    &lessons::s5e1::LESSON,
    &lessons::s5e2::LESSON,
    &lessons::s5e3::LESSON,
    &lessons::s5e4::LESSON,
    &lessons::s5e5::LESSON,
    &lessons::s6e1::LESSON,
    &lessons::s6e2::LESSON,
    &lessons::s6e3::LESSON,
    &lessons::s6e4::LESSON,
    &lessons::s6e5::LESSON,
    &lessons::s6e6::LESSON,
    &lessons::s6e7::LESSON,
    &lessons::s6e8::LESSON,
    &lessons::s6e9::LESSON,
    &lessons::s6e10::LESSON,
    &lessons::s6e11::LESSON,
    &lessons::s6e12::LESSON,
    &lessons::s7e1::LESSON,
    &lessons::s7e2::LESSON,
    &lessons::s7e3::LESSON,
    &lessons::s7e4::LESSON,
    &lessons::s7e5::LESSON,
    &lessons::s7e6::LESSON,
    &lessons::s7e7::LESSON,
    &lessons::s7e8::LESSON,
    &lessons::s7e9::LESSON,
    &lessons::s7e10::LESSON,
    &lessons::s7e11::LESSON,
    &lessons::s7e12::LESSON,
    &lessons::s7e13::LESSON,
    &lessons::s7e14::LESSON,
    &lessons::s7e15::LESSON,
    &lessons::s7e16::LESSON,
    &lessons::s7e17::LESSON,
];

/// Every exercise.
pub fn all() -> &'static [&'static Lesson] {
    ALL
}

/// The exercise with this id.
pub fn find(id: &str) -> Option<&'static Lesson> {
    ALL.iter().copied().find(|lesson| lesson.id == id)
}
