//! Grading a class: what is judged, what is kept, what is told.

mod course;
mod handed_in;
mod judged;
#[path = "../support/mod.rs"]
mod support;
mod told;
