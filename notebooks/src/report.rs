//! How far each language is: counted from the files, so that a language the program was not built with is seen too.

use crate::chapter::translation_path;
use crate::checkout::Checkout;
use crate::glossary::Glossary;
use crate::translation::Translation;
use crate::{Language, Result, fluent};
use serde::Serialize;

/// What a part of the translation belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A chapter of the workbook, or its index: a PO file.
    Chapter,
    /// Texts of the program: a Fluent file.
    Program,
    /// The list of terms.
    Glossary,
}

/// One part in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What it belongs to.
    pub kind: Kind,
    /// `02-threads-and-join`, `lessons/s1.ftl`, `glossary.toml`.
    pub name: String,
    /// How far it is.
    #[serde(flatten)]
    pub count: Count,
    /// The texts that are missing or fuzzy: English, for the program's texts their ids.
    pub open: Vec<String>,
}

/// How many texts are in which state. `translated + fuzzy + missing` is `messages`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Texts there are in English.
    pub messages: usize,
    /// Translated.
    pub translated: usize,
    /// Translated, and marked: somebody has to look at it again. Not published.
    pub fuzzy: usize,
    /// Not translated.
    pub missing: usize,
    /// Translations of what English does not say any more.
    pub obsolete: usize,
}

/// One language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct State {
    /// Its code.
    pub language: String,
    /// Whether this program was built with it.
    pub built_in: bool,
    /// All parts together.
    pub total: Count,
    /// Chapters, then the program's texts, then the terms.
    pub parts: Vec<Part>,
}

/// All languages somebody has begun, or one of them.
pub fn report(checkout: &Checkout, only: Option<&str>) -> Result<Vec<State>> {
    let codes = match only {
        Some(code) => {
            checkout.has_language(code)?;
            vec![code.to_owned()]
        }
        None => checkout.languages()?,
    };
    let chapters = checkout.translatable()?;
    let glossary = Glossary::read(&checkout.glossary())?;
    let english = checkout.texts(Language::En.code());
    let mut states = Vec::new();
    for code in codes {
        let mut parts = Vec::new();
        for one in &chapters {
            let path = translation_path(&one.chapter.folder, &code);
            let translation = match path.exists() {
                true => Translation::read(&path)?,
                false => Translation::default(),
            };
            parts.push(part(
                Kind::Chapter,
                one.chapter.name.clone(),
                &one.units,
                |unit| state(&translation, unit),
                translation.obsolete(&one.units).len(),
            ));
        }
        for file in checkout.text_files()? {
            let wanted = fluent::ids(&english.join(&file))?;
            let there = fluent::ids(&checkout.texts(&code).join(&file))?;
            let is_said = |id: &str| match there.iter().any(|said| said == id) {
                true => Text::Translated,
                false => Text::Missing,
            };
            let obsolete = there.iter().filter(|id| !wanted.contains(id)).count();
            let name = file.display().to_string();
            parts.push(part(Kind::Program, name, &wanted, is_said, obsolete));
        }
        let terms: Vec<String> = glossary.term.iter().map(|term| term.en.clone()).collect();
        let chosen = |en: &str| {
            let term = glossary.term.iter().find(|term| term.en == en);
            match term.and_then(|term| term.chosen.get(&code)) {
                Some(word) if !word.trim().is_empty() => Text::Translated,
                _ => Text::Missing,
            }
        };
        let name = "glossary.toml".to_owned();
        parts.push(part(Kind::Glossary, name, &terms, chosen, 0));
        states.push(State {
            built_in: Language::ALL.iter().any(|known| known.code() == code),
            language: code,
            total: parts
                .iter()
                .fold(Count::default(), |sum, part| sum.and(part.count)),
            parts,
        });
    }
    Ok(states)
}

#[derive(Clone, Copy, PartialEq)]
enum Text {
    Translated,
    Fuzzy,
    Missing,
}

fn state(translation: &Translation, unit: &str) -> Text {
    if translation.get(unit).is_some() {
        Text::Translated
    } else if translation.fuzzy(unit).is_some() {
        Text::Fuzzy
    } else {
        Text::Missing
    }
}

fn part(
    kind: Kind,
    name: String,
    wanted: &[String],
    state: impl Fn(&str) -> Text,
    obsolete: usize,
) -> Part {
    let mut count = Count {
        messages: wanted.len(),
        obsolete,
        ..Count::default()
    };
    let mut open = Vec::new();
    for text in wanted {
        let state = state(text);
        *match state {
            Text::Translated => &mut count.translated,
            Text::Fuzzy => &mut count.fuzzy,
            Text::Missing => &mut count.missing,
        } += 1;
        if state != Text::Translated {
            open.push(text.clone());
        }
    }
    Part {
        kind,
        name,
        count,
        open,
    }
}

impl Count {
    fn and(self, other: Count) -> Count {
        Count {
            messages: self.messages + other.messages,
            translated: self.translated + other.translated,
            fuzzy: self.fuzzy + other.fuzzy,
            missing: self.missing + other.missing,
            obsolete: self.obsolete + other.obsolete,
        }
    }
}
