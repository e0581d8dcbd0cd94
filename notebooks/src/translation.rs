//! PO files: one a chapter and language.
//!
//! A fuzzy entry is an untranslated one. The PO reader we use drops an entry
//! that is not parted from the one before by an empty line; such a file is
//! refused here instead of losing a text in silence. References carry no line
//! numbers, so that editing a lesson does not touch every entry.

use crate::{Error, Result, po_lines};
use polib::catalog::Catalog;
use polib::message::{Message, MessageFlags};
use polib::metadata::CatalogMetadata;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

/// The translations of one chapter into one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translation {
    texts: BTreeMap<String, String>,
    /// Entries marked fuzzy that have a text.
    fuzzy: BTreeMap<String, String>,
    empty: BTreeSet<String>,
    /// What translators wrote above an entry.
    comments: BTreeMap<String, String>,
    /// Every entry, in the order of the file.
    order: Vec<String>,
}

impl Translation {
    /// Reads a PO file.
    pub fn read(path: &Path) -> Result<Translation> {
        let text = fs::read_to_string(path).map_err(Error::file(path))?;
        let text = po_lines::checked(path, &text)?;
        let catalog = polib::po_file::parse_from_reader(text.as_bytes())
            .map_err(|error| Error::source(path, 0, error.to_string()))?;
        let written = text
            .lines()
            .filter(|line| line.starts_with("msgid "))
            .count();
        if written == 0 {
            let problem = "there is no header, the entry with an empty `msgid`";
            return Err(Error::source(path, 0, problem));
        }
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
            let unit = message.msgid().to_owned();
            let text = message.msgstr().unwrap_or_default().to_owned();
            translation.order.push(unit.clone());
            let comment = message.translator_comments();
            if !comment.is_empty() {
                let comment = comment.to_owned();
                translation.comments.insert(unit.clone(), comment);
            }
            if text.trim().is_empty() {
                translation.empty.insert(unit);
            } else if message.flags().is_fuzzy() {
                translation.fuzzy.insert(unit, text);
            } else {
                translation.texts.insert(unit, text);
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

    /// The text of an entry marked fuzzy: somebody has to look at it again.
    pub fn fuzzy(&self, unit: &str) -> Option<&str> {
        self.fuzzy.get(unit).map(String::as_str)
    }

    /// Entries no unit asks for any more.
    pub fn obsolete(&self, units: &[String]) -> Vec<&str> {
        let units: HashSet<&String> = units.iter().collect();
        self.texts
            .keys()
            .chain(self.fuzzy.keys())
            .chain(&self.empty)
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

/// Writes the PO file of the language `code` with exactly `units`, in their order: known translations stay, fuzzy ones
/// stay fuzzy, new units are empty, obsolete ones go. A file that has them already stays as it was written, line breaks
/// and all. Says whether the file has become another.
pub fn update(path: &Path, code: &str, units: &[String]) -> Result<bool> {
    let mut known = Translation::default();
    if path.exists() {
        known = Translation::read(path)?;
        if known.order == units {
            return Ok(false);
        }
    }
    let mut metadata = CatalogMetadata::new();
    metadata.project_id_version = "weft".to_owned();
    metadata.mime_version = "1.0".to_owned();
    metadata.content_type = "text/plain; charset=UTF-8".to_owned();
    metadata.content_transfer_encoding = "8bit".to_owned();
    metadata.language = code.replace('-', "_");
    let mut catalog = Catalog::new(metadata);
    for unit in units {
        let mut message = Message::build_singular();
        message.with_msgid(unit.clone());
        let text = known.get(unit).or_else(|| {
            message.with_flags(known.fuzzy(unit).map(|_| fuzzy()).unwrap_or_default());
            known.fuzzy(unit)
        });
        message.with_msgstr(text.unwrap_or_default().to_owned());
        if let Some(comment) = known.comments.get(unit) {
            message.with_translator_comments(comment.clone());
        }
        catalog.append_or_update(message.done());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    polib::po_file::write_to_file(&catalog, path).map_err(Error::file(path))?;
    Ok(true)
}

fn fuzzy() -> MessageFlags {
    let mut flags = MessageFlags::new();
    flags.add_flag("fuzzy");
    flags
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

    fn whole_file(name: &str, text: &str) -> Result<Translation> {
        let path = std::env::temp_dir().join(format!("weft-po-{}-{name}.po", std::process::id()));
        fs::write(&path, text).unwrap();
        let translation = Translation::read(&path);
        fs::remove_file(&path).unwrap();
        translation
    }

    #[test]
    fn an_empty_comment_is_a_comment_wherever_it_stands() {
        let translation = whole_file(
            "bare",
            "#\n# Persian\n#\nmsgid \"\"\nmsgstr \"Language: fa\\n\"\n\n#\nmsgid \"a\"\nmsgstr \"A\"\n#\n",
        )
        .unwrap();
        assert_eq!(translation.pairs().collect::<Vec<_>>(), [("a", "A")]);
    }

    #[test]
    fn a_string_that_continues_nothing_is_an_error_with_file_and_line() {
        let error = whole_file("lost", "\n\"Language: fa\\n\"\n")
            .unwrap_err()
            .to_string();
        assert!(error.contains("-lost.po:2: "), "{error}");
        let error = whole_file("open", "msgid \"\nmsgstr \"\"\n")
            .unwrap_err()
            .to_string();
        assert!(error.contains("-open.po:1: "), "{error}");
    }

    #[test]
    fn a_file_without_a_header_is_an_error_that_names_the_file() {
        for text in ["", "#", "msgid \"a\"\nmsgstr \"A\"\n"] {
            let error = whole_file("headless", text).unwrap_err().to_string();
            assert!(error.contains("-headless.po: "), "{error}");
        }
    }

    #[test]
    fn a_file_that_has_every_unit_is_not_written_again() {
        let path = std::env::temp_dir().join(format!("weft-po-{}-same.po", std::process::id()));
        // As other programs for PO files write it.
        let written = "msgid \"\"\nmsgstr \"Language: tr\\n\"\n\nmsgid \"a\"\nmsgstr \"\"\n\"A\"\n\nmsgid \"b\"\nmsgstr \"B\"\n";
        fs::write(&path, written).unwrap();
        let units = ["a", "b"].map(str::to_owned);
        assert!(!update(&path, "tr", &units).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), written);
        // Another order, or one unit less, is another file.
        let [a, b] = units;
        assert!(update(&path, "tr", &[b, a.clone()]).unwrap());
        assert!(update(&path, "tr", &[a]).unwrap());
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn an_update_keeps_what_is_fuzzy_and_the_comments_of_translators() {
        let path = std::env::temp_dir().join(format!("weft-po-{}-draft.po", std::process::id()));
        fs::write(
            &path,
            "msgid \"\"\nmsgstr \"Language: tr\\n\"\n\n# why so\n#, fuzzy\nmsgid \"a\"\nmsgstr \"A\"\n",
        )
        .unwrap();
        let units = ["a".to_owned()];
        update(&path, "tr", &units).unwrap();
        let again = fs::read_to_string(&path).unwrap();
        let unchanged = !update(&path, "tr", &units).unwrap();
        let translation = Translation::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(translation.fuzzy("a"), Some("A"));
        assert_eq!(translation.missing(&units), ["a"]);
        assert!(again.contains("# why so\n#, fuzzy\n"), "{again}");
        assert!(unchanged);
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
        assert!(update(&path, "tr", &units).unwrap());
        let translation = Translation::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(translation.get("kept"), Some("K"));
        assert_eq!(translation.missing(&units), ["new"]);
        assert!(translation.obsolete(&units).is_empty());
    }
}
