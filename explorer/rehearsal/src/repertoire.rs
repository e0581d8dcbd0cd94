//! What is played, how small, and what is not played and why: the one place where anything is left out.

use std::collections::BTreeMap;

use crate::lesson::{Lesson, Parameter, Scene};
use crate::lessons;

/// Something that is not played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Which exercise.
    pub id: &'static str,
    /// What it uses that the model does not have.
    pub lacks: &'static str,
}

const fn gap(id: &'static str, lacks: &'static str) -> Gap {
    Gap { id, lacks }
}

const PROGRAMS: &str = "exercises::process::Subprocess";
const SOCKETS: &str = "sockets";
const TASKS: &str = "exercises::green";
const HTTP: &str = "exercises::squirrel";

/// What is not played. A test compares this list with the catalogue and with what happens, in both directions.
pub static GAPS: &[Gap] = &[
    gap("s3e3", HTTP),
    gap("s3e4", HTTP),
    gap("s3e5", HTTP),
    gap("s3e6", HTTP),
    gap("s3e7", HTTP),
    gap("s3e8", HTTP),
    gap("s3e9", HTTP),
    gap("s4e1", PROGRAMS),
    gap("s4e2", PROGRAMS),
    gap("s4e3", PROGRAMS),
    gap("s4e6", PROGRAMS),
    gap("s4e12", SOCKETS),
    gap("s4e13", SOCKETS),
    gap("s4e14", TASKS),
];

/// So many of anything, where nothing else is said: the fewest that can come in each other's way.
const FEW: u32 = 2;

/// Where two are too few to show anything, or too many to try everything: in which scenarios (empty for all) there are
/// how many of what.
const SIZES: &[(&str, &[u32], &str, u32)] = &[
    // Process i loops i times: with two of them only one says anything.
    ("s2e1", &[], "n_process", 3),
    // Two kinds of load for each.
    ("s4e15", &[2, 3], "load", 1),
    // Each of two writers adds as often in three ways.
    ("s5e3", &[3], "length", 1),
    // None is one for each core, of whatever machine.
    ("s5e5", &[], "n_workers", 2),
    ("s7e7", &[], "n_workers", 2),
    ("s7e8", &[], "n_workers", 2),
    // Twice as many threads as are asked for: with one permit some of them wait.
    ("s6e9", &[3], "n_permits", 1),
];

/// The seed of the random choices where nothing else is said: they are the same in all executions, or these could not be
/// compared.
const SEED: u64 = 7;

/// Where others are drawn.
const SEEDS: &[(&str, u64)] = &[
    // 10 to add and 5 to remove, the fewest there can be; with others there are millions of orders.
    ("s1e5", 8),
];

/// The lessons that are played.
pub fn all() -> &'static [&'static Lesson] {
    lessons::ALL
}

/// The lesson with this id; what it lacks if it is not played.
pub fn find(id: &str) -> Result<&'static Lesson, &'static str> {
    if let Some(gap) = gap_of(id) {
        return Err(gap.lacks);
    }
    let found = all().iter().copied().find(|lesson| lesson.id == id);
    found.ok_or("exercises::lesson")
}

/// Why this exercise is not played.
pub fn gap_of(id: &str) -> Option<&'static Gap> {
    GAPS.iter().find(|gap| gap.id == id)
}

/// The seed a lesson is played with.
pub fn seed(lesson: &Lesson) -> u64 {
    let said = SEEDS.iter().find(|(id, _)| *id == lesson.id);
    said.map_or(SEED, |(_, seed)| *seed)
}

/// The parameters a scenario is played with where nothing else is asked for: small.
pub fn reduced(lesson: &Lesson, scene: Scene) -> BTreeMap<String, u32> {
    let size = |parameter: &Parameter| {
        let said = SIZES.iter().find(|(id, scenes, name, _)| {
            (*id, *name) == (lesson.id, parameter.name)
                && (scenes.is_empty() || scenes.contains(&scene.number()))
        });
        let size = said.map_or(FEW.min(parameter.default), |(_, _, _, size)| *size);
        size.clamp(parameter.min, parameter.max)
    };
    let parameters = lesson.parameters.iter();
    parameters
        .map(|parameter| (parameter.name.to_owned(), size(parameter)))
        .collect()
}
