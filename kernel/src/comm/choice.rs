//! What is chosen in a picker: checked when it comes in, so that it can always be played.

use exercises::lesson::{Lesson, Scene};
use messages::{Language as Tongue, format, text};
use serde_json::Value;

/// Longest path of a file.
const LONGEST_PATH: usize = 4096;
/// So much of a wrong value is repeated to the user.
const SHOWN: usize = 40;

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Which scenario.
    Scenario,
    /// The exercise's parameter with this index.
    Number(usize),
    /// The exercise's file parameter with this index.
    File(usize),
    /// The seed; empty for a new one.
    Seed,
}

/// What is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    scene: Scene,
    numbers: Vec<u32>,
    files: Vec<String>,
    seed: Option<u64>,
}

impl Choice {
    /// What is chosen at first.
    pub(super) fn of(lesson: &Lesson) -> Choice {
        let defaults = lesson.parameters.iter().map(|parameter| parameter.default);
        Choice {
            scene: Scene::First,
            numbers: defaults.collect(),
            files: vec![String::new(); lesson.files.len()],
            seed: None,
        }
    }

    /// Takes a value of a field over, or says what is wrong with it.
    pub(super) fn put(
        &mut self,
        tongue: Tongue,
        lesson: &Lesson,
        field: Field,
        value: &Value,
    ) -> Result<(), String> {
        match field {
            Field::Scenario => {
                // The page counts from 0.
                let number = value.as_i64().and_then(|index| index.checked_add(1));
                self.scene = number
                    .and_then(Scene::from_number)
                    .ok_or_else(|| wrong_scenario(tongue, lesson, number, value))?;
            }
            Field::Number(index) => {
                let parameter = &lesson.parameters[index];
                let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
                self.numbers[index] = number
                    .filter(|number| (parameter.min..=parameter.max).contains(number))
                    .ok_or_else(|| wrong_number(tongue, lesson, index, value))?;
            }
            Field::File(index) => {
                let usable =
                    |path: &&str| path.len() <= LONGEST_PATH && !path.contains(char::is_whitespace);
                let path = value.as_str().map(str::trim).filter(usable);
                let path = path.ok_or_else(|| text(tongue, "pick-wrong-file"))?;
                path.clone_into(&mut self.files[index]);
            }
            Field::Seed => {
                let written = value.as_str().map(str::trim);
                self.seed = match written.map(|seed| (seed, seed.parse())) {
                    Some(("", _)) => None,
                    Some((_, Ok(seed))) => Some(seed),
                    _ => return Err(wrong_seed(tongue, value)),
                };
            }
        }
        Ok(())
    }

    /// As words of a `:run` line, with this seed where none is chosen.
    pub(super) fn words(&self, lesson: &Lesson, seed: Option<u64>) -> Vec<String> {
        let mut words = vec![lesson.id.to_owned()];
        let mut option = |name: &str, value: String| words.extend([format!("--{name}"), value]);
        option("scenario", self.scene.number().to_string());
        for (parameter, number) in lesson.parameters.iter().zip(&self.numbers) {
            option(parameter.name, number.to_string());
        }
        let chosen = lesson.files.iter().zip(&self.files);
        for (file, path) in chosen.filter(|(_, path)| !path.is_empty()) {
            option(file.name, path.clone());
        }
        if let Some(seed) = self.seed.or(seed) {
            option("seed", seed.to_string());
        }
        words
    }

    /// The `:run` line that plays it.
    pub(super) fn line(&self, lesson: &Lesson, seed: Option<u64>) -> String {
        format!(":run {}", self.words(lesson, seed).join(" "))
    }
}

/// A wrong value as it is repeated to the user.
fn shown(value: &Value) -> String {
    let whole = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match whole.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", &whole[..end]),
        None => whole,
    }
}

fn with_cause(tongue: Tongue, id: &str, arguments: &[(&str, messages::Value<'_>)]) -> String {
    let cause = format(tongue, &format!("{id}-cause"), arguments);
    format!("{} {cause}", format(tongue, id, arguments))
}

fn wrong_scenario(tongue: Tongue, lesson: &Lesson, number: Option<i64>, value: &Value) -> String {
    let value = number.map_or_else(|| shown(value), |number| number.to_string());
    let arguments = [
        ("id", lesson.id.into()),
        ("value", value.into()),
        ("last", Scene::ALL.len().into()),
    ];
    with_cause(tongue, "error-scenario", &arguments)
}

fn wrong_number(tongue: Tongue, lesson: &Lesson, index: usize, value: &Value) -> String {
    let parameter = &lesson.parameters[index];
    let arguments = [
        ("id", lesson.id.into()),
        ("option", parameter.name.into()),
        ("value", shown(value).into()),
        ("min", parameter.min.into()),
        ("max", parameter.max.into()),
    ];
    with_cause(tongue, "error-parameter-range", &arguments)
}

fn wrong_seed(tongue: Tongue, value: &Value) -> String {
    with_cause(tongue, "error-seed", &[("value", shown(value).into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use exercises::catalogue;
    use serde_json::json;

    #[test]
    fn every_exercise_has_a_choice_that_its_line_tells() {
        for lesson in catalogue::all() {
            let line = Choice::of(lesson).line(lesson, Some(7));
            assert!(line.starts_with(&format!(":run {} --scenario 1", lesson.id)));
            assert!(line.ends_with("--seed 7"));
            for parameter in lesson.parameters {
                assert!(line.contains(&format!(" --{} {}", parameter.name, parameter.default)));
            }
        }
    }

    #[test]
    fn values_that_cannot_be_played_are_refused_and_change_nothing() {
        let lesson = catalogue::find("s3e5").unwrap();
        let before = Choice::of(lesson);
        let mut choice = before.clone();
        let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
        for field in [
            Field::Scenario,
            Field::Number(0),
            Field::File(0),
            Field::Seed,
        ] {
            for value in [
                json!(null),
                json!(-1),
                json!(1.5),
                json!(u64::MAX),
                json!(i64::MAX),
                json!(true),
                json!([]),
                json!({"a": 1}),
                json!("one two"),
                json!("x".repeat(100_000)),
                deep.clone(),
            ] {
                let said = choice.put(Tongue::En, lesson, field, &value).unwrap_err();
                assert!(said.len() < 300, "{said}");
                assert_eq!(choice, before, "{field:?} {value}");
            }
        }
    }

    #[test]
    fn what_is_chosen_stands_in_the_line() {
        let lesson = catalogue::find("s3e5").unwrap();
        let mut choice = Choice::of(lesson);
        for (field, value) in [
            (Field::Scenario, json!(1)),
            (Field::Number(0), json!(3)),
            (Field::File(0), json!(" mine.txt ")),
            (Field::Seed, json!(" 18446744073709551615 ")),
        ] {
            choice.put(Tongue::En, lesson, field, &value).unwrap();
        }
        assert_eq!(
            choice.line(lesson, Some(1)),
            ":run s3e5 --scenario 2 --n_sites 3 --workers 4 --sites mine.txt --seed 18446744073709551615"
        );
    }
}
