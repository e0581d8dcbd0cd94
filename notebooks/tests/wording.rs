//! The words of the translations: none left in English, none of another country's, each in one spelling.

use notebooks::generator::Workbook;
use notebooks::{Language, prose};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Titles of books, papers and journals. Nobody finds them by a translated name.
const TITLES: [&str; 11] = [
    "A universal modular actor formalism for artificial intelligence",
    "Communications of the ACM",
    "Concurrency is not parallelism",
    "Cooperating sequential processes",
    "Enterprise Integration Patterns",
    "Modern Operating Systems",
    "Monitors: an operating system structuring concept",
    "Promises: linguistic support for efficient asynchronous procedure calls in distributed systems",
    "Rust Atomics and Locks",
    "The Little Book of Semaphores",
    "The Rust Programming Language",
];

/// Who wrote them, where they appeared, and the two languages that head the columns of tables.
const NAMES: [&str; 12] = [
    "Allen B. Downey",
    "C. A. R. Hoare",
    "Carl Hewitt",
    "EWD",
    "Edsger W. Dijkstra",
    "IJCAI",
    "Mara Bos",
    "Peter Bishop",
    "Python",
    "Richard Steiger",
    "Rob Pike",
    "Rust",
];

/// English terms that stand in brackets behind the reader's own word, so that she can look them up.
const TERMS: [&str; 3] = [
    "fire and forget",
    "global interpreter lock",
    "request and reply",
];

/// What they say on the mainland, a word a line: another word in Taiwan, or another meaning.
const MAINLAND: &str = include_str!("../../messages/tests/mainland.txt");

/// Russian words that are different words with `е` and with `ё`; here with `е`.
const DIFFERENT_WORDS: [&str; 3] = ["все", "узнает", "чем"];

/// Chapter, language, English text and translation of everything that is translated.
fn translations() -> Vec<(String, Language, String, String)> {
    let workbook = Workbook::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut all = Vec::new();
    for chapter in workbook.chapters.iter().chain([&workbook.index]) {
        for (language, translation) in &chapter.translations {
            for (english, text) in translation.pairs() {
                let (english, text) = (english.to_owned(), text.to_owned());
                all.push((chapter.name.clone(), *language, english, text));
            }
        }
    }
    assert!(all.len() > 5000, "only {} translations", all.len());
    all
}

/// Whether a language is written in Latin letters, as its own name is: English words do not stand out in it.
fn is_latin(language: Language) -> bool {
    let name = messages::try_format(language, "language-name", &[]);
    name.is_some_and(|name| name.chars().all(|letter| letter < '\u{250}'))
}

/// The text without the inline code, the addresses, and all that is listed.
fn own_words<'a>(text: &str, listed: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = prose::words(text);
    for listed in listed {
        words = words.replace(listed, " ");
    }
    words
}

fn is_latin_word(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'')
}

/// Three or more Latin words one after another: an English phrase. Single letters are names.
fn english_phrases(text: &str) -> Vec<String> {
    let mut phrases = Vec::new();
    let ends = |c: char| !(c.is_alphanumeric() || c.is_whitespace() || "'-._".contains(c));
    for part in own_words(text, TITLES.into_iter().chain(TERMS)).split(ends) {
        let mut run: Vec<&str> = Vec::new();
        for word in part.split_whitespace().chain(["0"]) {
            let word = word.trim_end_matches('.');
            if is_latin_word(word) {
                run.push(word);
                continue;
            }
            if run.len() > 2 {
                phrases.push(run.join(" "));
            }
            run.clear();
        }
    }
    phrases
}

#[test]
fn no_english_phrase_is_left_where_others_letters_are_written() {
    let mut left = Vec::new();
    for (chapter, language, _, text) in translations() {
        if !is_latin(language) {
            for phrase in english_phrases(&text) {
                left.push(format!("{chapter} {}: {phrase}", language.code()));
            }
        }
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
}

#[test]
fn an_english_phrase_is_three_words_outside_of_code_and_of_titles() {
    let text = "Читайте, wait for it, и *Rust Atomics and Locks* (global interpreter lock).";
    assert_eq!(english_phrases(text), ["wait for it"]);
    assert_eq!(english_phrases("先 `let it be`，再 join thread。"), [""; 0]);
    assert_eq!(english_phrases("先 join the thread。"), ["join the thread"]);
    assert_eq!(
        english_phrases("A B C, Allen B. Downey, salad, bread, soup"),
        [""; 0]
    );
}

#[test]
fn nothing_is_its_own_translation_but_names() {
    let mut same = Vec::new();
    for (chapter, language, english, text) in translations() {
        if english == text {
            let rest = own_words(&english, TITLES.into_iter().chain(NAMES));
            let mut words = rest.split(|c: char| !c.is_alphabetic());
            if words.any(|word| word.chars().count() > 1) {
                same.push(format!("{chapter} {}: {english}", language.code()));
            }
        }
    }
    assert!(same.is_empty(), "{}", same.join("\n"));
}

#[test]
fn what_is_listed_here_occurs() {
    let translations = translations();
    let occurs = |listed: &str| {
        let mut all = translations.iter();
        all.any(|(_, language, _, text)| *language != Language::En && text.contains(listed))
    };
    let lists = TITLES.into_iter().chain(NAMES).chain(TERMS);
    let unused: Vec<&str> = lists.filter(|listed| !occurs(listed)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn chinese_uses_the_words_of_taiwan() {
    let mut found = Vec::new();
    for (chapter, language, _, text) in translations() {
        if language == Language::ZhTw {
            for word in MAINLAND.lines().filter(|word| text.contains(word)) {
                found.push((chapter.clone(), word, text.matches(word).count()));
            }
        }
    }
    // The first chapter says once what others call them.
    let orientation = "01-orientation".to_owned();
    let once = [(orientation.clone(), "線程", 1), (orientation, "進程", 1)];
    assert_eq!(found, once);
}

#[test]
fn a_russian_word_has_one_spelling() {
    let mut spellings: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, language, _, text) in translations() {
        if language == Language::Ru {
            let text = prose::words(&text).to_lowercase();
            for word in text.split(|c: char| !c.is_alphabetic()) {
                let plain = word.replace('ё', "е");
                spellings.entry(plain).or_default().insert(word.to_owned());
            }
        }
    }
    assert!(spellings.len() > 2000, "only {} words", spellings.len());
    spellings.retain(|plain, both| both.len() > 1 && !DIFFERENT_WORDS.contains(&plain.as_str()));
    assert!(spellings.is_empty(), "{spellings:?}");
}
