//! What an address asks for. The query is read once, here; behind this boundary there are no strings to check.

use std::collections::BTreeMap;

use exercises::catalogue;
use exercises::lesson::{Lesson, Scene};
use messages::{Language, Value};

use crate::player::Part;

/// The most delay `shake` may ask for, in milliseconds.
pub const SHAKE_LIMIT: u64 = 1_000;
/// The parameter for the exercise on the index, as the first course that had it wrote it, as it is spelt, and as that
/// course's text wrote it.
const TAGS: [&str; 3] = ["exercies_tag", "exercise_tag", "exercires_tag"];
/// So much of a wrong value is shown again.
const SHOWN: usize = 40;

/// The parameters of an address, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads what stands behind the question mark, or the body of a form.
    pub fn read(raw: &str) -> Query {
        Query(
            form_urlencoded::parse(raw.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The value of this parameter; an empty one counts as none, because forms send every field.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.0.iter().filter(|(known, _)| known == name);
        found
            .next()
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// All but this parameter.
    pub fn without(&self, name: &str) -> Query {
        let others = self.0.iter().filter(|(known, _)| known != name);
        Query(others.cloned().collect())
    }

    /// The exercise a link of the index asks for.
    pub fn tag(&self) -> Option<&str> {
        TAGS.iter().find_map(|name| self.get(name))
    }

    /// The language the address asks for.
    pub fn language(&self) -> Option<Language> {
        self.get("lang").and_then(|wish| wish.parse().ok())
    }

    /// Whether JSON is wanted.
    pub fn json(&self) -> Result<bool, Mistake> {
        match self.get("Json") {
            None | Some("0") => Ok(false),
            Some("1") => Ok(true),
            Some(value) => Err(Mistake::new("Json", value, "serve-error-json")),
        }
    }
}

/// The language a browser asks for, by RFC 9110, 12.5.4: the one of ours with the highest weight.
pub fn accepted(header: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for wish in header.split(',').take(32) {
        let mut parts = wish.split(';');
        let Ok(language) = parts.next().unwrap_or_default().trim().parse::<Language>() else {
            continue;
        };
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok())
            .unwrap_or(1.0);
        if weight > 0.0 && best.is_none_or(|(known, _)| weight > known) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// Why an address cannot be followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// The parameter.
    pub parameter: String,
    /// What was given, or its beginning.
    pub value: String,
    id: &'static str,
    args: Vec<(&'static str, Value<'static>)>,
}

impl Mistake {
    fn new(parameter: &str, value: &str, id: &'static str) -> Mistake {
        let shown = |text: &str| text.chars().take(SHOWN).collect::<String>();
        Mistake {
            parameter: shown(parameter),
            value: shown(value),
            id,
            args: vec![
                ("name", shown(parameter).into()),
                ("value", shown(value).into()),
            ],
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<Value<'static>>) -> Mistake {
        self.args.push((name, value.into()));
        self
    }

    /// What is wrong, in the reader's language.
    pub fn text(&self, language: Language) -> String {
        messages::format(language, self.id, &self.args)
    }

    /// What to do about it.
    pub fn next(&self, language: Language) -> String {
        messages::format(language, &format!("{}-next", self.id), &self.args)
    }
}

/// What is asked of an exercise.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// A run, if a scenario is named; else the exercise's page alone.
    pub part: Option<Part>,
    /// Whether JSON is wanted.
    pub json: bool,
}

/// Reads what is asked of this exercise. Every mistake is found, in the order of the address.
pub fn read(lesson: &'static Lesson, query: &Query, memory: u64) -> Result<Asked, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    let mut params = BTreeMap::new();
    let (mut scene, mut seed, mut shake_ms) = (None, None, 0);
    for (name, value) in &query.0 {
        let (name, value) = (name.as_str(), value.trim());
        if seen.contains(&name) {
            mistakes.push(Mistake::new(name, value, "serve-error-twice"));
            continue;
        }
        seen.push(name);
        if value.is_empty() {
            continue;
        }
        match name {
            // Read elsewhere.
            "lang" | "Json" | "bare" => {}
            "scenario" => match value.parse().ok().and_then(Scene::from_number) {
                Some(number) => scene = Some(number),
                None => mistakes.push(
                    Mistake::new(name, value, "serve-error-scenario")
                        .with("last", Scene::ALL.len()),
                ),
            },
            "seed" => match value.parse() {
                Ok(number) => seed = Some(number),
                Err(_) => mistakes.push(Mistake::new(name, value, "serve-error-seed")),
            },
            "shake" => match value.parse().ok().filter(|ms| *ms <= SHAKE_LIMIT) {
                Some(number) => shake_ms = number,
                None => mistakes.push(
                    Mistake::new(name, value, "serve-error-range").with_range(0, SHAKE_LIMIT),
                ),
            },
            _ => match lesson.parameter(name) {
                Some(parameter) => {
                    let range = parameter.min..=parameter.max;
                    match value.parse().ok().filter(|number| range.contains(number)) {
                        Some(number) => drop(params.insert(name.to_owned(), i64::from(number))),
                        None => mistakes.push(
                            Mistake::new(name, value, "serve-error-range")
                                .with_range(parameter.min.into(), parameter.max.into()),
                        ),
                    }
                }
                None => mistakes.push(
                    Mistake::new(name, value, "serve-error-parameter")
                        .with("id", lesson.id)
                        .with("allowed", allowed(lesson)),
                ),
            },
        }
    }
    let json = query.json().unwrap_or_else(|mistake| {
        mistakes.push(mistake);
        false
    });
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    // A parameter left out has its default, so that both ways of saying it are one run.
    for parameter in lesson.parameters {
        params
            .entry(parameter.name.to_owned())
            .or_insert(parameter.default.into());
    }
    Ok(Asked {
        part: scene.map(|scene: Scene| Part {
            exercise: lesson.id.to_owned(),
            scenario: scene.number(),
            params,
            seed,
            shake_ms,
            memory,
        }),
        json,
    })
}

impl Mistake {
    fn with_range(self, min: u64, max: u64) -> Mistake {
        self.with("min", min).with("max", max)
    }
}

/// The names an address of this exercise may hold.
pub fn names(lesson: &Lesson) -> impl Iterator<Item = &'static str> {
    let own = lesson.parameters.iter().map(|parameter| parameter.name);
    std::iter::once("scenario")
        .chain(own)
        .chain(["seed", "shake", "Json", "lang"])
}

fn allowed(lesson: &Lesson) -> String {
    names(lesson).collect::<Vec<_>>().join(", ")
}

/// The exercise of this name.
pub fn lesson(id: &str) -> Option<&'static Lesson> {
    catalogue::find(id)
}

/// The exercises whose id or title has all words of the search, in this language or in English.
pub fn search(language: Language, wanted: &str) -> Vec<&'static Lesson> {
    let words: Vec<String> = folded(wanted)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let fits = |lesson: &&&'static Lesson| {
        let own = messages::lesson::title(language, lesson.id);
        let english = messages::lesson::title(Language::En, lesson.id);
        let text = folded(&format!("{} {own} {english}", lesson.id));
        words.iter().all(|word| text.contains(word.as_str()))
    };
    catalogue::all().iter().filter(fits).copied().collect()
}

/// The text as a search sees it: small letters, Persian letters for the Arabic ones that look alike, and no joiners.
pub fn folded(text: &str) -> String {
    text.chars()
        .take(200)
        .filter(|c| *c != '\u{200c}')
        .map(|c| match c {
            'ي' | 'ى' => 'ی',
            'ك' => 'ک',
            'İ' | 'ı' => 'i',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Result<Asked, Vec<Mistake>> {
        read(lesson("s1e1").unwrap(), &Query::read(query), 1)
    }

    #[test]
    fn a_link_without_a_scenario_asks_for_no_run() {
        assert_eq!(asked("n_threads=5&lang=fa").unwrap().part, None);
        assert_eq!(asked("").unwrap().part, None);
    }

    #[test]
    fn a_parameter_left_out_is_the_same_run_as_its_default() {
        let part = asked("scenario=2").unwrap().part.unwrap();
        assert_eq!(part.params["n_threads"], 10);
        assert_eq!(
            Some(part),
            asked("scenario=2&n_threads=10&seed=&Json=0").unwrap().part
        );
    }

    #[test]
    fn every_mistake_is_named_in_every_language() {
        let wrong = "scenario=9&n_threads=-5&n_process=3&seed=x&shake=1001&Json=yes&seed=1";
        let mistakes = asked(wrong).unwrap_err();
        let names: Vec<&str> = mistakes.iter().map(|m| m.parameter.as_str()).collect();
        assert_eq!(
            names,
            [
                "scenario",
                "n_threads",
                "n_process",
                "seed",
                "shake",
                "seed",
                "Json"
            ]
        );
        for language in Language::ALL {
            for mistake in &mistakes {
                for said in [mistake.text(language), mistake.next(language)] {
                    assert!(!said.contains("serve-error"), "{language}: {said}");
                    assert!(!said.contains("{ $"), "{language}: {said}");
                }
            }
        }
    }

    #[test]
    fn nothing_but_whole_numbers_in_range_is_a_number() {
        for value in [
            "65",
            "1e1",
            "0x5",
            "+-3",
            "٣",
            "5.0",
            "99999999999999999999",
            "NaN",
        ] {
            assert!(
                asked(&format!("scenario=1&n_threads={value}")).is_err(),
                "{value}"
            );
        }
        assert!(asked("scenario=1&n_threads=0").is_ok());
        assert!(asked("scenario=1&n_threads=64").is_ok());
    }

    #[test]
    fn what_is_shown_again_of_a_wrong_value_is_short() {
        let mistakes = asked(&format!("n_threads={}", "9".repeat(10_000))).unwrap_err();
        assert_eq!(mistakes[0].value.len(), SHOWN);
    }

    #[test]
    fn a_browser_gets_the_language_it_likes_best_of_ours() {
        assert_eq!(accepted("xx, fa;q=0.8, en;q=0.9"), Some(Language::En));
        assert_eq!(accepted("zh-TW,zh;q=0.9,en;q=0.8"), Some(Language::ZhTw));
        assert_eq!(accepted("fa-IR"), Some(Language::Fa));
        assert_eq!(accepted("tr;q=0"), None);
        assert_eq!(accepted("xx, *"), None);
    }

    #[test]
    fn a_search_finds_what_people_type() {
        let ids = |language, wanted| -> Vec<&str> {
            search(language, wanted).iter().map(|l| l.id).collect()
        };
        assert_eq!(ids(Language::En, "S1E1")[0], "s1e1");
        assert!(ids(Language::En, "barrier race").contains(&"s1e7"));
        assert!(ids(Language::Fa, "نخ‌ها").contains(&"s1e1"));
        assert!(ids(Language::Fa, "نخها").contains(&"s1e1"));
        assert!(ids(Language::Ru, "поток").contains(&"s1e1"));
        assert_eq!(ids(Language::En, "").len(), catalogue::all().len());
        assert!(ids(Language::En, "no such thing").is_empty());
    }

    #[test]
    fn the_tag_is_known_by_all_its_spellings() {
        for name in ["exercies_tag", "exercise_tag", "exercires_tag"] {
            let query = Query::read(&format!("{name}=s2e1"));
            assert_eq!(query.tag(), Some("s2e1"));
        }
        assert_eq!(Query::read("exercies_tag=").tag(), None);
    }
}
