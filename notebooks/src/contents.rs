//! The list of all chapters, those included that are not written yet.

use crate::{Error, Result};
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// One line of the table of contents.
#[derive(Debug, Clone, Deserialize)]
pub struct Entry {
    /// The number in the course.
    pub number: u32,
    /// The English title.
    pub title: String,
}

/// Words the generator itself writes; units of the index, like its prose.
#[derive(Debug, Clone, Deserialize)]
pub struct Words {
    /// Head of the column of numbers.
    pub number: String,
    /// Head of the column of titles.
    pub title: String,
    /// Head of the column of exercises.
    pub exercises: String,
    /// Said of a chapter that exists only in English.
    pub english_only: String,
    /// Said of a chapter that does not exist yet.
    pub unwritten: String,
    /// The link to the index.
    pub contents: String,
    /// Before the link to the next chapter.
    pub next: String,
}

/// `contents.toml`.
#[derive(Debug, Clone, Deserialize)]
pub struct Contents {
    /// Words the generator writes.
    pub words: Words,
    /// All chapters in order.
    pub chapter: Vec<Entry>,
}

impl Contents {
    /// Reads `contents.toml`.
    pub fn read(path: &Path) -> Result<Contents> {
        let text = fs::read_to_string(path).map_err(Error::file(path))?;
        toml::from_str(&text).map_err(|error| Error::source(path, 0, error.to_string()))
    }

    /// The texts to translate.
    pub fn units(&self) -> Vec<String> {
        let words = &self.words;
        [
            &words.number,
            &words.title,
            &words.exercises,
            &words.english_only,
            &words.unwritten,
            &words.contents,
            &words.next,
        ]
        .into_iter()
        .chain(self.chapter.iter().map(|entry| &entry.title))
        .cloned()
        .collect()
    }
}
