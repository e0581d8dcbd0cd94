//! PO files: one a chapter and language.
//!
//! A fuzzy entry is an untranslated one. The PO reader we use drops an entry
//! that is not parted from the one before by an empty line; such a file is
//! refused here instead of losing a text in silence. References carry no line
//! numbers, so that editing a lesson does not touch every entry.

use crate::{Error, Language, Result};
use polib::catalog::Catalog;
use polib::message::Message;
use polib::metadata::CatalogMetadata;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

/// The translations of one chapter into one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translation {
    texts: BTreeMap<String, String>,
    untranslated: Vec<String>,
}

impl Translation {
    /// Reads a PO file.
    pub fn read(path: &Path) -> Result<Translation> {
        let text = fs::read_to_string(path).map_err(Error::file(path))?;
        let catalog = polib::po_file::parse_from_reader(text.as_bytes())
            .map_err(|error| Error::source(path, 0, error.to_string()))?;
        let written = text
            .lines()
            .filter(|line| line.starts_with("msgid "))
            .count();
        // The header is an entry with an empty msgid.
        if written != catalog.count() + 1 {
            let problem = format!(
                "{written} entries are written but {} are read: part them by empty lines \
                 and leave none twice (msgcat does both)",
                catalog.count() + 1
            );
            return Err(Error::source(path, 0, problem));
        }
        let mut translation = Translation::default();
        for message in catalog.messages() {
            let text = message.msgstr().unwrap_or_default();
            if message.flags().is_fuzzy() || text.trim().is_empty() {
                translation.untranslated.push(message.msgid().to_owned());
            } else {
                translation
                    .texts
                    .insert(message.msgid().to_owned(), text.to_owned());
            }
        }
        Ok(translation)
    }

    /// The translation of a unit, if there is one that may be published.
    pub fn get(&self, unit: &str) -> Option<&str> {
        self.texts.get(unit).map(String::as_str)
    }

    /// Which of `units` have no translation that may be published.
    pub fn missing<'a>(&self, units: &'a [String]) -> Vec<&'a str> {
        units
            .iter()
            .filter(|unit| !self.texts.contains_key(*unit))
            .map(String::as_str)
            .collect()
    }

    /// Entries no unit asks for any more.
    pub fn obsolete(&self, units: &[String]) -> Vec<&str> {
        let units: HashSet<&String> = units.iter().collect();
        self.texts
            .keys()
            .chain(&self.untranslated)
            .filter(|text| !units.contains(text))
            .map(String::as_str)
            .collect()
    }

    /// Every pair of unit and translation.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts
            .iter()
            .map(|(unit, text)| (unit.as_str(), text.as_str()))
    }
}

/// Writes the PO file of `language` with exactly `units`, in their order:
/// known translations stay, new units are empty, obsolete ones go.
pub fn update(path: &Path, language: Language, units: &[String]) -> Result<()> {
    let known = if path.exists() {
        Translation::read(path)?
    } else {
        Translation::default()
    };
    let mut metadata = CatalogMetadata::new();
    metadata.project_id_version = "weft".to_owned();
    metadata.mime_version = "1.0".to_owned();
    metadata.content_type = "text/plain; charset=UTF-8".to_owned();
    metadata.content_transfer_encoding = "8bit".to_owned();
    metadata.language = language.code().replace('-', "_");
    let mut catalog = Catalog::new(metadata);
    for unit in units {
        let mut message = Message::build_singular();
        message.with_msgid(unit.clone());
        message.with_msgstr(known.get(unit).unwrap_or_default().to_owned());
        catalog.append_or_update(message.done());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    polib::po_file::write_to_file(&catalog, path).map_err(Error::file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, entries: &str) -> Result<Translation> {
        let path = std::env::temp_dir().join(format!("weft-po-{}-{name}.po", std::process::id()));
        let header = "msgid \"\"\nmsgstr \"Language: tr\\n\"\n\n";
        fs::write(&path, format!("{header}{entries}")).unwrap();
        let translation = Translation::read(&path);
        fs::remove_file(&path).unwrap();
        translation
    }

    #[test]
    fn an_empty_or_fuzzy_entry_is_missing() {
        let translation = read(
            "fuzzy",
            "msgid \"a\"\nmsgstr \"A\"\n\n#, fuzzy\nmsgid \"b\"\nmsgstr \"B\"\n\nmsgid \"c\"\nmsgstr \"\"\n",
        )
        .unwrap();
        let units = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(translation.missing(&units), ["b", "c"]);
        assert_eq!(translation.obsolete(&units[..1]), ["b", "c"]);
    }

    #[test]
    fn a_file_whose_entries_touch_is_refused_instead_of_losing_one() {
        let glued = "msgid \"a\"\nmsgstr \"A\"\nmsgid \"b\"\nmsgstr \"B\"\n";
        assert!(read("glued", glued).is_err());
    }

    #[test]
    fn an_update_keeps_translations_adds_new_units_and_drops_old_ones() {
        let path = std::env::temp_dir().join(format!("weft-po-{}-update.po", std::process::id()));
        let units = ["new", "kept"].map(str::to_owned);
        fs::write(
            &path,
            "msgid \"\"\nmsgstr \"Language: tr\\n\"\n\nmsgid \"kept\"\nmsgstr \"K\"\n\nmsgid \"gone\"\nmsgstr \"G\"\n",
        )
        .unwrap();
        update(&path, Language::Tr, &units).unwrap();
        let translation = Translation::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(translation.get("kept"), Some("K"));
        assert_eq!(translation.missing(&units), ["new"]);
        assert!(translation.obsolete(&units).is_empty());
    }
}
