//! The glossary is complete, and the translations keep to it.

use notebooks::Language;
use notebooks::checkout::Checkout;
use notebooks::generator::Workbook;
use notebooks::glossary::Glossary;
use std::collections::BTreeSet;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn glossary() -> Glossary {
    Glossary::read(&root().join("i18n/glossary.toml")).unwrap()
}

fn translated() -> impl Iterator<Item = Language> {
    Language::ALL
        .into_iter()
        .filter(|language| *language != Language::En)
}

#[test]
fn every_term_has_a_word_in_every_language() {
    let codes: BTreeSet<&str> = translated().map(Language::code).collect();
    let checkout = Checkout::at(root().parent().unwrap()).unwrap();
    let begun = checkout.languages().unwrap();
    let glossary = glossary();
    assert!(glossary.term.len() >= 60, "{} terms", glossary.term.len());
    for term in &glossary.term {
        let en = &term.en;
        let chosen: BTreeSet<&str> = term.chosen.keys().map(String::as_str).collect();
        let without: Vec<&&str> = codes.difference(&chosen).collect();
        assert!(without.is_empty(), "{en} in {without:?}");
        for (code, word) in &term.chosen {
            assert_eq!(word.trim(), word, "{en} in {code}");
            // One that somebody is still at has no words yet.
            let begun = begun.contains(code) && !codes.contains(code.as_str());
            assert!(
                begun || codes.contains(code.as_str()),
                "{en}: what is {code}?"
            );
            assert!(begun || !word.is_empty(), "{en} in {code}");
        }
        for (code, stems) in &term.stems {
            assert!(begun.contains(code), "stems of {en} in {code}");
            let empty = stems.iter().any(|stem| stem.trim().is_empty());
            assert!(!stems.is_empty() && !empty, "stems of {en} in {code}");
        }
        let note = term.note.as_deref();
        assert!(note.is_none_or(|note| note.len() > 10), "the note of {en}");
    }
}

#[test]
fn no_term_is_there_twice() {
    let mut seen = BTreeSet::new();
    for term in glossary().term {
        assert_eq!(term.en, term.en.to_lowercase());
        assert!(seen.insert(term.en.clone()), "{} is there twice", term.en);
    }
}

#[test]
fn what_every_chapter_says_is_in_the_glossary() {
    let glossary = glossary();
    let terms: BTreeSet<&str> = glossary.term.iter().map(|term| term.en.as_str()).collect();
    for word in [
        "thread",
        "process",
        "lock",
        "semaphore",
        "barrier",
        "event",
        "condition",
        "timer",
        "queue",
        "pool",
        "pipe",
        "guaranteed",
        "luck",
        "task",
        "exercise",
        "scenario",
    ] {
        assert!(terms.contains(word), "{word} is missing");
    }
}

#[test]
fn translations_use_the_chosen_terms() {
    let workbook = Workbook::read(root()).unwrap();
    let glossary = glossary();
    let mut found = BTreeSet::new();
    let mut strangers = Vec::new();
    for chapter in workbook.chapters.iter().chain([&workbook.index]) {
        for (language, translation) in &chapter.translations {
            for (english, text) in translation.pairs() {
                let used = glossary.term.iter().filter(|term| term.is_in(english));
                for term in used.filter(|term| term.check) {
                    found.insert(&term.en);
                    if !term.is_said_in(*language, text) {
                        strangers.push(format!(
                            "{} {}: `{}` in {english:?} is {text:?}",
                            chapter.name,
                            language.code(),
                            term.en
                        ));
                    }
                }
            }
        }
    }
    assert!(strangers.is_empty(), "{}", strangers.join("\n"));
    assert!(
        found.len() >= 30,
        "only {} terms were looked for",
        found.len()
    );
}
