//! The words of the fifteen exercises, as anybody outside may rely on them.

use std::collections::BTreeSet;

use exercises::catalogue;
use recorder::document::Document;
use serde_json::Value;

use crate::alone::alone;
use crate::played::{kept, request, scenarios};

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Null,
    Count,
    Pid,
    Time,
    Process,
    Status,
    Square,
}

struct Word {
    what: &'static str,
    /// Names; `#` stands for a number.
    who: &'static [&'static str],
    value: Shape,
}

const fn word(what: &'static str, who: &'static [&'static str], value: Shape) -> Word {
    Word { what, who, value }
}

/// The vocabulary table, and the fields every result has.
fn vocabulary(id: &str) -> (Vec<Word>, &'static [&'static str]) {
    const RUNNERS: &[&str] = &["Reza", "Ali", "Hassan"];
    const NAMES: &[&str] = &["myFunc", "Process-2", "insider"];
    const BOTH: &[&str] = &["background", "normal"];
    const RACERS: &[&str] = &["thread #"];
    const ABC: &[&str] = &["A", "B", "C"];
    match id {
        "s1e1" => (vec![word("call", RACERS, Shape::Null)], &[]),
        "s1e2" => (
            vec![
                word("start", ABC, Shape::Null),
                word("exit", ABC, Shape::Null),
            ],
            &[],
        ),
        "s1e3" | "s1e4" => (
            vec![
                word("start", RACERS, Shape::Pid),
                word("exit", RACERS, Shape::Pid),
                word("elapsed", &["main"], Shape::Time),
            ],
            &["elapsed_ms"],
        ),
        "s1e5" => (
            vec![
                word("begin", &["adder", "remover"], Shape::Count),
                word("add", &["adder"], Shape::Count),
                word("remove", &["remover"], Shape::Count),
            ],
            &["total", "adds", "removes"],
        ),
        "s1e6" => (
            vec![
                word("wait", &["consumer #"], Shape::Null),
                word("consume", &["consumer #"], Shape::Count),
                word("produce", &["producer #"], Shape::Count),
            ],
            &["permits_left"],
        ),
        "s1e7" => (
            vec![
                word("begin", &["main"], Shape::Null),
                word("over", &["main"], Shape::Null),
                word("arrive", RUNNERS, Shape::Null),
                word("pass", RUNNERS, Shape::Null),
            ],
            &[],
        ),
        "s2e1" => (
            vec![
                word("call", &["process #"], Shape::Null),
                word("loop", &["process #"], Shape::Count),
            ],
            &[],
        ),
        "s2e2" => (
            vec![
                word("start", NAMES, Shape::Process),
                word("exit", NAMES, Shape::Process),
            ],
            &[],
        ),
        "s2e3" => (
            vec![
                word("start", BOTH, Shape::Null),
                word("number", BOTH, Shape::Count),
                word("exit", BOTH, Shape::Null),
            ],
            &["background_exit_code"],
        ),
        "s2e4" => (
            vec![
                word("status", &["main"], Shape::Status),
                word("start", &["child"], Shape::Null),
                word("number", &["child"], Shape::Count),
                word("finish", &["child"], Shape::Null),
            ],
            &["exit_code"],
        ),
        "s2e5" => (vec![word("run", &["MyClass-#"], Shape::Pid)], &[]),
        "s2e6" => (
            vec![
                word("append", &["producer"], Shape::Count),
                word("pop", &["consumer"], Shape::Count),
                word("empty", &["consumer"], Shape::Null),
            ],
            &["popped", "appended"],
        ),
        "s2e7" => (
            vec![
                word("arrive", &["p1", "p2"], Shape::Pid),
                word("pass", &["p1", "p2", "p3", "p4"], Shape::Pid),
            ],
            &[],
        ),
        "s2e8" => (
            vec![word("square", &["main", "worker #"], Shape::Square)],
            &["outputs"],
        ),
        other => panic!("{other} is not in the table"),
    }
}

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
        Shape::Square => {
            fields(&["input", "output"]) && value["input"].is_u64() && value["output"].is_u64()
        }
    }
}

#[test]
fn every_line_is_in_the_vocabulary_of_its_exercise() {
    let _alone = alone();
    for (lesson, scene) in scenarios() {
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
    let mut request = request(lesson, exercises::lesson::Scene::First, 7);
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
fn the_catalogue_has_the_fifteen_exercises_with_their_counts() {
    let ids: Vec<&str> = catalogue::all().iter().map(|lesson| lesson.id).collect();
    assert_eq!(
        ids,
        [
            "s1e1", "s1e2", "s1e3", "s1e4", "s1e5", "s1e6", "s1e7", "s2e1", "s2e2", "s2e3", "s2e4",
            "s2e5", "s2e6", "s2e7", "s2e8"
        ]
    );
    for lesson in catalogue::all() {
        let count = match lesson.id {
            "s1e1" | "s1e3" | "s1e4" | "s1e6" => Some("n_threads"),
            "s2e1" | "s2e5" => Some("n_process"),
            "s2e6" => Some("n_products"),
            "s2e8" => Some("n_inputs"),
            _ => None,
        };
        let first = lesson.parameters.first();
        assert_eq!(
            first.map(|parameter| parameter.name),
            count,
            "{}",
            lesson.id
        );
        if let Some(first) = first {
            assert_eq!(
                (first.min, first.max, first.default),
                (0, 64, 10),
                "{}",
                lesson.id
            );
        }
        for scenario in &lesson.scenarios {
            assert!(!scenario.guaranteed.is_empty(), "{}", lesson.id);
            let rules: Vec<String> = scenario
                .guaranteed
                .iter()
                .chain(scenario.likely)
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
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../messages/locales/en/lessons.ftl"
    );
    let catalogue_text = std::fs::read_to_string(path).expect(path);
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
    }
    let missing: Vec<&String> = wanted
        .iter()
        .filter(|id| !ids.contains(id.as_str()))
        .collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
    let unused: Vec<&&str> = ids.iter().filter(|id| !wanted.contains(**id)).collect();
    assert!(unused.is_empty(), "nothing says {unused:?}");
}
