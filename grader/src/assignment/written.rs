//! A manifest as it stands in its file, held against the [table](super::schema) of what may stand there.

use super::fault::{ManifestFault, Wanted};
use super::schema::{Is, Key, MANIFEST};
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A fault, and the line it is in, from 1.
pub(super) type Found = (Option<usize>, ManifestFault);

/// So much of a value or a line is shown.
const SHOWN: usize = 60;

/// A manifest as it stands in its file.
pub(super) struct Written<'a> {
    text: &'a str,
    root: Spanned<DeTable<'a>>,
}

impl<'a> Written<'a> {
    /// Reads it and holds it against the table.
    pub(super) fn read(text: &'a str) -> Result<Written<'a>, Found> {
        let root = DeTable::parse(text).map_err(|error| no_toml(text, &error))?;
        let written = Written { text, root };
        written.table(&written.root.span(), written.root.get_ref(), MANIFEST, "")?;
        Ok(written)
    }

    /// The line of a key of the whole.
    pub(super) fn line_of(&self, key: &str) -> Option<usize> {
        let (key, _) = self.root.get_ref().get_key_value(key)?;
        Some(line_at(self.text, key.span().start))
    }

    /// The line of a key of this task, or that of the task.
    pub(super) fn line(&self, task: usize, key: &str) -> Option<usize> {
        let task = self.tasks()?.get(task)?;
        Some(self.line_in(task, key))
    }

    /// The line of a key of this check of this task, or that of the check, or that of the judge.
    pub(super) fn line_of_check(&self, task: usize, check: usize, key: &str) -> Option<usize> {
        let judge = self.tasks()?.get(task)?.get_ref().get("judge")?;
        let checks = judge.get_ref().get("checks");
        let check = checks.and_then(|checks| checks.get_ref().get(check));
        Some(check.map_or_else(
            || self.line_in(judge, "checks"),
            |check| self.line_in(check, key),
        ))
    }

    fn tasks(&self) -> Option<&toml::de::DeArray<'a>> {
        self.root.get_ref().get("task")?.get_ref().as_array()
    }

    fn line_in(&self, value: &Spanned<DeValue<'a>>, key: &str) -> usize {
        let table = value.get_ref().as_table();
        let place = table.and_then(|table| table.get_key_value(key));
        let span = place.map_or(value.span(), |(key, _)| key.span());
        line_at(self.text, span.start)
    }

    /// A table with these keys, and with one that was looked at already.
    fn table(
        &self,
        span: &Range<usize>,
        table: &DeTable<'a>,
        keys: &'static [Key],
        seen: &str,
    ) -> Result<(), Found> {
        for (name, value) in table.iter().filter(|(name, _)| name.get_ref() != seen) {
            let Some(key) = keys.iter().find(|key| key.name == name.get_ref()) else {
                let known = quoted(keys.iter().map(|key| key.name));
                let key = shortened(name.get_ref());
                return Err(self.at(&name.span(), ManifestFault::Unknown { key, known }));
            };
            self.value(key.name, value, &key.is)?;
        }
        match keys
            .iter()
            .find(|key| key.must && !table.contains_key(key.name))
        {
            None => Ok(()),
            Some(key) => Err(self.at(span, ManifestFault::Missing { key: key.name })),
        }
    }

    fn value(
        &self,
        key: &'static str,
        value: &Spanned<DeValue<'a>>,
        is: &'static Is,
    ) -> Result<(), Found> {
        let found = || shortened(self.text.get(value.span()).unwrap_or_default());
        let kind = |wanted| {
            let (key, found) = (key.to_owned(), found());
            self.at(&value.span(), ManifestFault::Kind { key, found, wanted })
        };
        let given = value.get_ref();
        match is {
            Is::Anything => Ok(()),
            Is::Text => given.as_str().map(drop).ok_or_else(|| kind(Wanted::Text)),
            Is::Truth => given.as_bool().map(drop).ok_or_else(|| kind(Wanted::Truth)),
            Is::Much if given.is_str() || given.is_integer() => Ok(()),
            Is::Much => Err(kind(Wanted::Much)),
            Is::List => given.as_array().map(drop).ok_or_else(|| kind(Wanted::List)),
            Is::NotNegative | Is::Positive => {
                let number = number(given).ok_or_else(|| kind(Wanted::Number))?;
                let (key, found) = (key.to_owned(), found());
                let fault = match is {
                    Is::Positive if !(number.is_finite() && number > 0.0) => {
                        ManifestFault::Positive { key, found }
                    }
                    Is::NotNegative if !(number.is_finite() && number >= 0.0) => {
                        ManifestFault::NotNegative { key, found }
                    }
                    _ => return Ok(()),
                };
                Err(self.at(&value.span(), fault))
            }
            Is::Whole { least, most } => {
                let number = given
                    .as_integer()
                    .ok_or_else(|| kind(Wanted::Whole))
                    .map(|number| i128::from_str_radix(number.as_str(), number.radix()))?;
                let (least, most) = (*least, *most);
                if number
                    .is_ok_and(|number| (i128::from(least)..=i128::from(most)).contains(&number))
                {
                    return Ok(());
                }
                let fault = ManifestFault::Range {
                    key: key.to_owned(),
                    found: found(),
                    least,
                    most,
                };
                Err(self.at(&value.span(), fault))
            }
            Is::Texts => self.each(
                given,
                || kind(Wanted::Texts),
                |item| self.value(key, item, &Is::Text),
            ),
            Is::Choices(known) => self.each(
                given,
                || kind(Wanted::Texts),
                |item| self.chosen(key, item, known),
            ),
            Is::Choice(known) => self.chosen(key, value, known),
            Is::ChoiceOr(_, keys) if given.is_table() => self.value_table(key, value, keys),
            Is::ChoiceOr(known, _) => self.chosen(key, value, known),
            Is::Title if given.is_str() => Ok(()),
            Is::Title | Is::TextEach => {
                let wanted = match is {
                    Is::Title => Wanted::Title,
                    _ => Wanted::Table,
                };
                let table = given.as_table().ok_or_else(|| kind(wanted))?;
                table
                    .values()
                    .try_for_each(|text| self.value(key, text, &Is::Text))
            }
            Is::Table(keys) => self.value_table(key, value, keys),
            Is::Tables(keys) => self.each(
                given,
                || kind(Wanted::Tables),
                |item| self.value_table(key, item, keys),
            ),
            Is::TablesBy(by, kinds) => self.each(
                given,
                || kind(Wanted::Tables),
                |item| self.by(key, item, by, kinds),
            ),
        }
    }

    fn each(
        &self,
        list: &DeValue<'a>,
        wrong: impl Fn() -> Found,
        check: impl Fn(&Spanned<DeValue<'a>>) -> Result<(), Found>,
    ) -> Result<(), Found> {
        list.as_array()
            .ok_or_else(wrong)?
            .iter()
            .try_for_each(check)
    }

    fn value_table(
        &self,
        key: &'static str,
        value: &Spanned<DeValue<'a>>,
        keys: &'static [Key],
    ) -> Result<(), Found> {
        match value.get_ref().as_table() {
            Some(table) => self.table(&value.span(), table, keys, ""),
            None => {
                let fault = ManifestFault::Kind {
                    key: key.to_owned(),
                    found: shortened(self.text.get(value.span()).unwrap_or_default()),
                    wanted: Wanted::Table,
                };
                Err(self.at(&value.span(), fault))
            }
        }
    }

    fn chosen(
        &self,
        key: &'static str,
        value: &Spanned<DeValue<'a>>,
        known: &'static [&'static str],
    ) -> Result<(), Found> {
        if value
            .get_ref()
            .as_str()
            .is_some_and(|word| known.contains(&word))
        {
            return Ok(());
        }
        let fault = ManifestFault::Choice {
            key: key.to_owned(),
            found: shortened(self.text.get(value.span()).unwrap_or_default()),
            known: quoted(known.iter().copied()),
        };
        Err(self.at(&value.span(), fault))
    }

    /// A table in which one word says which other keys there are.
    fn by(
        &self,
        key: &'static str,
        value: &Spanned<DeValue<'a>>,
        by: &'static str,
        kinds: &'static [(&'static str, &'static [Key])],
    ) -> Result<(), Found> {
        let Some(table) = value.get_ref().as_table() else {
            return self.value_table(key, value, &[]);
        };
        let Some(word) = table.get(by) else {
            return Err(self.at(&value.span(), ManifestFault::Missing { key: by }));
        };
        let named = word.get_ref().as_str();
        let Some((_, keys)) = kinds.iter().find(|(name, _)| Some(*name) == named) else {
            let fault = ManifestFault::Choice {
                key: by.to_owned(),
                found: shortened(self.text.get(word.span()).unwrap_or_default()),
                known: quoted(kinds.iter().map(|(name, _)| *name)),
            };
            return Err(self.at(&word.span(), fault));
        };
        self.table(&value.span(), table, keys, by)
    }

    fn at(&self, span: &Range<usize>, fault: ManifestFault) -> Found {
        (Some(line_at(self.text, span.start)), fault)
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) => i128::from_str_radix(number.as_str(), number.radix())
            .ok()
            .map(|number| number as f64),
        DeValue::Float(number) => number.as_str().parse().ok(),
        _ => None,
    }
}

fn no_toml(text: &str, error: &toml::de::Error) -> Found {
    let span = error.span().unwrap_or(0..0);
    let line = line_at(text, span.start);
    if error.message() == "duplicate key" {
        let key = shortened(text.get(span).unwrap_or_default());
        return (Some(line), ManifestFault::KeyTwice { key });
    }
    let found = shortened(text.lines().nth(line - 1).unwrap_or_default());
    (Some(line), ManifestFault::Syntax { found })
}

/// The line of this byte, from 1.
fn line_at(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// The beginning of a text, of its first line.
fn shortened(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let short: String = line.chars().take(SHOWN).collect();
    if short.len() < text.trim().len() {
        format!("{short}…")
    } else {
        short
    }
}

fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<Cow<'_, str>> = words.map(|word| format!("`{word}`").into()).collect();
    words.join(", ")
}
