//! What an exercise is: its parameters, its three scenarios with their order contracts, and how it runs.

use std::fmt;

use recorder::order::Rule;
use serde_json::{Map, Value};

use crate::stage::Stage;

/// An exercise.
pub struct Lesson {
    /// Its id: `s1e1`.
    pub id: &'static str,
    /// What can be chosen besides the scenario.
    pub parameters: &'static [Parameter],
    /// Which files of the reader's own it can work on.
    pub files: &'static [FileParameter],
    /// What holds in every run of each scenario.
    pub always: &'static [Rule],
    /// What is promised in each scenario besides.
    pub scenarios: [Scenario; 3],
    /// Plays it.
    pub run: fn(&Stage) -> Result<Outcome, LessonError>,
}

impl Lesson {
    /// The parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.parameters
            .iter()
            .find(|parameter| parameter.name == name)
    }

    /// The file parameter of that name.
    pub fn file(&self, name: &str) -> Option<&'static FileParameter> {
        self.files.iter().find(|file| file.name == name)
    }

    /// What holds in every run of that scenario: what is its own, then what always does.
    pub fn guaranteed(&self, scene: Scene) -> Vec<Rule> {
        [self.scenario(scene).guaranteed, self.always].concat()
    }

    /// What the scenario adds to the lesson's order contract.
    pub fn scenario(&self, scene: Scene) -> &Scenario {
        match scene {
            Scene::First => &self.scenarios[0],
            Scene::Second => &self.scenarios[1],
            Scene::Third => &self.scenarios[2],
        }
    }
}

/// Which of the three scenarios.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scene {
    /// Scenario 1.
    First,
    /// Scenario 2.
    Second,
    /// Scenario 3.
    Third,
}

impl Scene {
    /// All of them, in order.
    pub const ALL: [Scene; 3] = [Scene::First, Scene::Second, Scene::Third];

    /// 1, 2 or 3.
    pub fn number(self) -> u32 {
        match self {
            Scene::First => 1,
            Scene::Second => 2,
            Scene::Third => 3,
        }
    }

    /// The scenario with this number, if it is 1, 2 or 3.
    pub fn from_number(number: i64) -> Option<Scene> {
        Scene::ALL
            .into_iter()
            .find(|scene| i64::from(scene.number()) == number)
    }
}

/// A number that the user may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name: `n_threads`.
    pub name: &'static str,
    /// The smallest value.
    pub min: u32,
    /// The largest value.
    pub max: u32,
    /// The value where none is chosen.
    pub default: u32,
}

impl Parameter {
    /// How many of something: 0 to 64, usually 10.
    pub const fn count(name: &'static str) -> Parameter {
        Parameter {
            name,
            min: 0,
            max: 64,
            default: 10,
        }
    }

    /// Something that is off (0, the default) or on (1).
    pub const fn switch(name: &'static str) -> Parameter {
        Parameter {
            name,
            min: 0,
            max: 1,
            default: 0,
        }
    }
}

/// A file that the user may choose; without one the lesson uses what is built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileParameter {
    /// Its name: `sites`.
    pub name: &'static str,
}

/// The order contract of one scenario, without what is the same in all three ([`Lesson::always`]).
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// What else holds in every run.
    pub guaranteed: &'static [Rule],
    /// What usually holds, because of sleeps.
    pub likely: &'static [Rule],
}

/// The final values of a run: the document's `result`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    values: Map<String, Value>,
}

impl Outcome {
    /// No final values.
    pub fn none() -> Outcome {
        Outcome::default()
    }

    /// One more final value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Outcome {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    /// As the document has it.
    pub fn into_values(self) -> Map<String, Value> {
        self.values
    }
}

/// Why an exercise could not be played to its end. What it says is what the primitive said that failed.
#[derive(Debug)]
pub struct LessonError {
    cause: Box<dyn std::error::Error + Send + Sync>,
}

impl LessonError {
    /// Whether it comes from an error of this type.
    pub fn is<E: std::error::Error + 'static>(&self) -> bool {
        self.cause.is::<E>()
    }
}

// Not itself a `std::error::Error`, so that every error of a primitive becomes one by `?`.
impl<E: std::error::Error + Send + Sync + 'static> From<E> for LessonError {
    fn from(error: E) -> Self {
        LessonError {
            cause: Box::new(error),
        }
    }
}

impl fmt::Display for LessonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.cause)?;
        let mut source = self.cause.source();
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}
