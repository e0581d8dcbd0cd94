//! `i18n/glossary.toml`: what each language says for the terms of the workbook.
//!
//! A term is looked for in prose only: code, and the addresses of links, are
//! nobody's words. Languages that change the ends of words give stems; one of
//! them must begin somewhere in the translation of a sentence that has the term.

use crate::typesetting::folded;
use crate::{Error, Language, Result, prose};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// One term.
#[derive(Debug, Clone, Deserialize)]
pub struct Term {
    /// As the English lessons say.
    pub en: String,
    /// What the source courses say, where they differ.
    pub courses: Option<String>,
    /// What it means here, and where it is used otherwise.
    pub note: Option<String>,
    /// Whether translations can be checked for it.
    #[serde(default = "yes")]
    pub check: bool,
    /// By language code: beginnings of words of which one must occur.
    #[serde(default)]
    pub stems: BTreeMap<String, Vec<String>>,
    /// By language code: the chosen term.
    #[serde(flatten)]
    pub chosen: BTreeMap<String, String>,
}

fn yes() -> bool {
    true
}

/// All terms.
#[derive(Debug, Clone, Deserialize)]
pub struct Glossary {
    /// In the order of the file.
    pub term: Vec<Term>,
}

impl Glossary {
    /// Reads `glossary.toml`.
    pub fn read(path: &Path) -> Result<Glossary> {
        let text = fs::read_to_string(path).map_err(Error::file(path))?;
        toml::from_str(&text).map_err(|error| Error::source(path, 0, error.to_string()))
    }
}

/// The text of a glossary with an empty word in the language `code` for each term that has none. Only lines are added:
/// comments and order are those of people.
pub fn with_column(text: &str, code: &str) -> String {
    let is_key = |line: &str| line.split('=').next().is_some_and(|key| key.trim() == code);
    let mut lines: Vec<&str> = text.lines().collect();
    let empty = format!("{code} = \"\"");
    // From the end, so that what was found before stays where it is.
    let terms: Vec<usize> = (0..lines.len())
        .filter(|place| lines[*place].trim() == "[[term]]")
        .collect();
    for start in terms.into_iter().rev() {
        let body = lines[start + 1..]
            .iter()
            .take_while(|line| !line.trim_start().starts_with("[["));
        let mut last_word = None;
        let mut there = false;
        for (place, line) in (start + 1..).zip(body) {
            there |= is_key(line);
            let key = line.split('=').next().unwrap_or_default().trim();
            let is_word = key == "en" || Language::ALL.iter().any(|known| known.code() == key);
            if is_word {
                last_word = Some(place);
            }
        }
        if !there && let Some(place) = last_word {
            lines.insert(place + 1, &empty);
        }
    }
    lines.join("\n") + "\n"
}

impl Term {
    /// Whether an English unit uses the term, in the singular or the plural.
    pub fn is_in(&self, english: &str) -> bool {
        let words = words(english);
        let term: Vec<&str> = self.en.split(' ').collect();
        words.windows(term.len()).any(|window| {
            window
                .iter()
                .zip(&term)
                .enumerate()
                .all(|(place, (word, part))| {
                    let ending = word.strip_prefix(part);
                    match place + 1 == term.len() {
                        true => matches!(ending, Some("" | "s" | "es")),
                        false => ending == Some(""),
                    }
                })
        })
    }

    /// Whether a translated unit uses what was chosen for the term.
    pub fn is_said_in(&self, language: Language, translated: &str) -> bool {
        let text = folded(language, &prose::words(translated));
        let stems = self.stems.get(language.code()).map(Vec::as_slice);
        let chosen = self.chosen.get(language.code()).map(std::slice::from_ref);
        let wanted = stems.or(chosen).unwrap_or_default();
        wanted
            .iter()
            .any(|stem| text.contains(&folded(language, stem)))
    }
}

/// The words of a piece of English prose, in small letters. The text of a link is
/// left out: it is mostly the title of a book or a page, which nobody translates.
fn words(english: &str) -> Vec<String> {
    let mut own = String::new();
    let mut rest = english;
    while let Some((before, link)) = rest.split_once('[') {
        own += before;
        let Some((_, after)) = link.split_once("](") else {
            rest = link;
            break;
        };
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    own += rest;
    prose::words(&own)
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(toml: &str) -> Term {
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn a_column_is_added_after_the_last_word_and_nothing_else_changes() {
        let text = "# terms\n\n[[term]]\nen = \"a\"\nfa = \"x\"\nnote = \"n\"\n\n[[term]]\nen = \"b\"\nde = \"B\"\n";
        let with = with_column(text, "de");
        assert_eq!(
            with,
            "# terms\n\n[[term]]\nen = \"a\"\nfa = \"x\"\nde = \"\"\nnote = \"n\"\n\n[[term]]\nen = \"b\"\nde = \"B\"\n"
        );
        assert_eq!(with_column(&with, "de"), with);
    }

    #[test]
    fn a_term_is_found_as_a_whole_word_outside_of_code() {
        let lock = term("en = \"lock\"");
        assert!(lock.is_in("Take the Lock."));
        assert!(lock.is_in("two locks"));
        assert!(!lock.is_in("it is blocked"));
        assert!(!lock.is_in("call `lock` twice"));
        assert!(!lock.is_in("[*Rust Atomics and Lock*](https://marabos.nl/), chapter 1"));
        assert!(lock.is_in("see [a page](https://marabos.nl/) on the lock"));
        let memory = term("en = \"shared memory\"");
        assert!(memory.is_in("in shared memory,"));
        assert!(!memory.is_in("memory that is shared"));
    }

    #[test]
    fn a_translation_must_have_the_chosen_term_or_one_of_its_stems() {
        let process =
            term("en = \"process\"\ntr = \"süreç\"\nstems = { tr = [\"süreç\", \"sürec\"] }");
        assert!(process.is_said_in(Language::Tr, "İki Süreç"));
        assert!(process.is_said_in(Language::Tr, "sürecin sonu"));
        assert!(!process.is_said_in(Language::Tr, "`süreç` bir program"));
        let thread = term("en = \"thread\"\ntr = \"iş parçacığı\"");
        assert!(thread.is_said_in(Language::Tr, "İş parçacığı başlar"));
        assert!(!thread.is_said_in(Language::Ru, "поток"));
    }
}
