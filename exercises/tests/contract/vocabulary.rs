//! The words of the exercises, as anybody outside may rely on them.

use std::collections::BTreeSet;

use exercises::catalogue;
use exercises::lesson::Scene;
use recorder::document::Document;
use serde_json::Value;

use crate::alone::alone;
use crate::played::{kept, request, scenarios};
use crate::series::{self, Shape, vocabulary};

fn is_named(who: &str, pattern: &str) -> bool {
    match pattern.split_once('#') {
        None => who == pattern,
        Some((before, _)) => who
            .strip_prefix(before)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())),
    }
}

fn fits(shape: Shape, value: &Value) -> bool {
    let fields = |names: &[&str]| {
        value
            .as_object()
            .is_some_and(|object| object.keys().map(String::as_str).eq(names.iter().copied()))
    };
    match shape {
        Shape::Null => value.is_null(),
        Shape::Count => value.is_u64(),
        Shape::Pid => value.as_u64().is_some_and(|pid| pid > 1),
        Shape::Time => value.as_f64().is_some_and(|time| time >= 0.0),
        Shape::Process => {
            fields(&["pid", "parent"]) && value["pid"].is_u64() && value["parent"].is_u64()
        }
        Shape::Status => fields(&["when", "alive"]) && value["alive"].is_boolean(),
        Shape::Text => value.is_string(),
        Shape::Whole => value.is_i64(),
        Shape::Fields(names) => fields(names),
        Shape::Square => {
            fields(&["input", "output"]) && value["input"].is_u64() && value["output"].is_u64()
        }
        Shape::Decimal => value.is_number(),
        Shape::Item => value.is_string() || value.is_u64(),
    }
}

#[test]
fn every_line_is_in_the_vocabulary_of_its_exercise() {
    let _alone = alone();
    for (lesson, scene) in scenarios("") {
        let document = kept(request(lesson, scene, 21));
        let (words, results) = vocabulary(lesson.id);
        for line in &document.lines {
            let known = words.iter().any(|word| {
                word.what == line.what
                    && word.who.iter().any(|pattern| is_named(&line.who, pattern))
                    && fits(word.value, &line.value)
            });
            assert!(known, "{} scenario {}: {line:?}", lesson.id, scene.number());
        }
        for field in results {
            assert!(
                document.result.contains_key(*field),
                "{}: no result `{field}`",
                lesson.id
            );
        }
        main_or_worker(&document);
    }
}

/// In s2e8 the scenario decides who prints.
fn main_or_worker(document: &Document) {
    if document.exercise == "s2e8" {
        let by_main = document.lines.iter().all(|line| line.who == "main");
        assert_eq!(by_main, document.scenario != 2);
    }
}

#[test]
fn a_document_has_exactly_the_fields_of_the_contract() {
    let _alone = alone();
    let lesson = catalogue::find("s1e1").expect("s1e1");
    let mut request = request(lesson, Scene::First, 7);
    request.time_scale = Some(1.0);
    request.params.insert("n_threads".to_owned(), 3);
    let document = serde_json::to_value(kept(request)).expect("JSON");
    let keys = |value: &Value| -> Vec<String> {
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect()
    };
    assert_eq!(
        keys(&document),
        [
            "exercise",
            "scenario",
            "params",
            "seed",
            "lanes",
            "lines",
            "events",
            "result",
            "order",
            "status",
            "elapsed_ms"
        ]
    );
    assert_eq!(
        keys(&document["lanes"][0]),
        ["lane", "kind", "name", "pid", "tid", "parent"]
    );
    assert_eq!(
        keys(&document["lines"][0]),
        ["seq", "at_us", "lane", "who", "what", "value"]
    );
    assert_eq!(
        keys(&document["events"][0]),
        ["seq", "at_us", "lane", "kind", "object"]
    );
    assert_eq!(keys(&document["order"]), ["guaranteed", "likely"]);
    assert_eq!(keys(&document["order"]["guaranteed"][0]), ["rule", "holds"]);
    assert_eq!(
        document["order"]["guaranteed"][0]["rule"],
        "sequential(who)"
    );
    assert_eq!(document["lanes"][0]["name"], "main");
    assert_eq!(document["lanes"][0]["parent"], Value::Null);
    assert_eq!(document["status"], "ok");
    let read_back: Document = serde_json::from_value(document.clone()).expect("a document");
    assert_eq!(serde_json::to_value(read_back).expect("JSON"), document);
}

#[test]
fn the_catalogue_stands_in_the_order_of_the_book_with_its_counts() {
    let ids: Vec<&str> = catalogue::all().iter().map(|lesson| lesson.id).collect();
    let place = |id: &str| -> (u32, u32) {
        let (series, number) = id[1..].split_once('e').expect("s1e1");
        (series.parse().expect(id), number.parse().expect(id))
    };
    assert!(ids.is_sorted_by(|a, b| place(a) < place(b)), "{ids:?}");
    for lesson in catalogue::all() {
        let first = lesson.parameters.first().map(|parameter| series::Count {
            name: parameter.name,
            min: parameter.min,
            max: parameter.max,
            default: parameter.default,
        });
        assert_eq!(first, series::count(lesson.id), "{}", lesson.id);
        for scene in Scene::ALL {
            let guaranteed = lesson.guaranteed(scene);
            assert!(!guaranteed.is_empty(), "{}", lesson.id);
            let rules: Vec<String> = guaranteed
                .iter()
                .chain(lesson.scenario(scene).likely)
                .map(ToString::to_string)
                .collect();
            let different: BTreeSet<&String> = rules.iter().collect();
            assert_eq!(
                different.len(),
                rules.len(),
                "{}: a rule stands twice in {rules:?}",
                lesson.id
            );
        }
    }
    assert!(catalogue::find("s9e9").is_none());
}

#[test]
fn every_title_scenario_note_and_line_has_its_english_text() {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../messages/locales/en/lessons"
    );
    let mut catalogue_text = String::new();
    for file in std::fs::read_dir(folder).expect(folder) {
        let path = file.expect(folder).path();
        catalogue_text += &std::fs::read_to_string(&path).expect("a catalogue");
    }
    let ids: BTreeSet<&str> = catalogue_text
        .lines()
        .filter(|line| !line.starts_with([' ', '#']))
        .filter_map(|line| line.split_once(" = "))
        .map(|(id, _)| id)
        .collect();
    let mut wanted = BTreeSet::new();
    for lesson in catalogue::all() {
        wanted.insert(format!("{}-title", lesson.id));
        for number in 1..=3 {
            wanted.insert(format!("{}-scenario-{number}", lesson.id));
            wanted.insert(format!("{}-note-{number}", lesson.id));
        }
        for word in vocabulary(lesson.id).0 {
            wanted.insert(format!("{}-line-{}", lesson.id, word.what));
        }
        for parameter in lesson.parameters {
            wanted.insert(format!("parameter-{}", parameter.name));
        }
        for file in lesson.files {
            wanted.insert(format!("parameter-{}", file.name));
        }
    }
    let missing: Vec<&String> = wanted
        .iter()
        .filter(|id| !ids.contains(id.as_str()))
        .collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
    // Without its feature, UptimeSquirrel is not in the catalogue; its texts are there all the same.
    let left_out = |id: &str| {
        const PARAMETERS: [&str; 3] = [
            "parameter-n_sites",
            "parameter-concurrency",
            "parameter-sites",
        ];
        let lesson = |number: u32| id.starts_with(&format!("s3e{number}-"));
        !cfg!(feature = "squirrel") && (PARAMETERS.contains(&id) || (3..=9).any(lesson))
    };
    let unused: Vec<&&str> = ids
        .iter()
        .filter(|id| !wanted.contains(**id) && !left_out(id))
        .collect();
    assert!(unused.is_empty(), "nothing says {unused:?}");
}
