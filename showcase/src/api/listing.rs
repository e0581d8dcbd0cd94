//! The catalogue in JSON: `{"exercises": [{"id": "s1e1", ...}]}`.

use exercises::catalogue;
use exercises::lesson::{Lesson, Scene};
use messages::{Language, lesson as lesson_text};
use serde::Serialize;

/// All exercises.
#[derive(Debug, Serialize)]
pub struct Listed {
    exercises: Vec<Exercise>,
}

impl Listed {
    /// The whole catalogue, described in this language.
    pub fn all(language: Language) -> Listed {
        Listed {
            exercises: catalogue::all()
                .iter()
                .map(|lesson| Exercise::of(lesson, language))
                .collect(),
        }
    }
}

/// One exercise.
#[derive(Debug, Serialize)]
pub struct Exercise {
    id: &'static str,
    title: String,
    params: Vec<Param>,
    scenarios: Vec<Scenario>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Param {
    Number {
        name: &'static str,
        min: u32,
        max: u32,
        default: u32,
    },
    /// `{"name": "sites", "kind": "file"}`
    File {
        name: &'static str,
        kind: &'static str,
    },
}

#[derive(Debug, Serialize)]
struct Scenario {
    number: u32,
    title: String,
    guaranteed: Vec<String>,
    likely: Vec<String>,
}

impl Exercise {
    /// This exercise, described in this language.
    pub fn of(lesson: &Lesson, language: Language) -> Exercise {
        let described = |rules: &[_]| rules.iter().map(ToString::to_string).collect();
        Exercise {
            id: lesson.id,
            title: lesson_text::title(language, lesson.id),
            params: lesson
                .parameters
                .iter()
                .map(|parameter| Param::Number {
                    name: parameter.name,
                    min: parameter.min,
                    max: parameter.max,
                    default: parameter.default,
                })
                .chain(lesson.files.iter().map(|file| Param::File {
                    name: file.name,
                    kind: "file",
                }))
                .collect(),
            scenarios: Scene::ALL
                .into_iter()
                .map(|scene| Scenario {
                    number: scene.number(),
                    title: lesson_text::scenario(language, lesson.id, scene.number()),
                    guaranteed: described(&lesson.guaranteed(scene)),
                    likely: described(lesson.scenario(scene).likely),
                })
                .collect(),
        }
    }
}
