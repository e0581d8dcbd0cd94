//! One chapter folder, read and checked.

use crate::lesson::{self, Lesson, Piece};
use crate::rust_cells::{self, Regions};
use crate::translation::Translation;
use crate::{Error, Language, Result, prose};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A chapter's sources.
#[derive(Debug)]
pub struct Chapter {
    /// `NN-slug`, or `index`: the name of the notebook.
    pub name: String,
    /// The folder of the sources.
    pub folder: PathBuf,
    /// The lesson.
    pub lesson: Lesson,
    /// The Rust cells.
    pub regions: Regions,
    /// The PO files that are there, complete or not.
    pub translations: BTreeMap<Language, Translation>,
}

impl Chapter {
    /// Reads a chapter folder.
    pub fn read(folder: &Path) -> Result<Chapter> {
        let name = folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let lesson_path = folder.join("lesson.md");
        let text = fs::read_to_string(&lesson_path).map_err(Error::file(&lesson_path))?;
        let lesson = lesson::parse(&lesson_path, &text)?;

        let cells_path = folder.join("cells.rs");
        let regions = if cells_path.exists() {
            let text = fs::read_to_string(&cells_path).map_err(Error::file(&cells_path))?;
            rust_cells::parse(&cells_path, &text)?
        } else {
            Regions::new()
        };
        let mut unplaced: HashSet<&String> = regions.keys().collect();
        for piece in &lesson.pieces {
            if let Piece::Rust { name, .. } = piece
                && !unplaced.remove(name)
            {
                let problem = format!("the cell `{name}` is not in cells.rs, or placed twice");
                return Err(Error::source(&lesson_path, 0, problem));
            }
        }
        if let Some(name) = unplaced.into_iter().min() {
            let problem = format!("the lesson does not place the cell `{name}`");
            return Err(Error::source(&cells_path, 0, problem));
        }

        let mut translations = BTreeMap::new();
        for language in Language::ALL {
            let path = translation_path(folder, language.code());
            if language != Language::En && path.exists() {
                translations.insert(language, Translation::read(&path)?);
            }
        }
        Ok(Chapter {
            name,
            folder: folder.to_owned(),
            lesson,
            regions,
            translations,
        })
    }

    /// The number of the chapter; `None` for the index.
    pub fn number(&self) -> Option<u32> {
        number_of(&self.name)
    }

    /// The file name of the notebook.
    pub fn file_name(&self) -> String {
        format!("{}.ipynb", self.name)
    }

    /// The texts to translate, each once, in reading order.
    pub fn units(&self) -> Vec<String> {
        let mut units = Vec::new();
        for piece in &self.lesson.pieces {
            match piece {
                Piece::Prose(markdown) => units.extend(prose::units(markdown)),
                Piece::Rust { name, .. } => {
                    if let Some(code) = self.regions.get(name) {
                        units.extend(rust_cells::comments(code));
                    }
                }
                Piece::Command(_) | Piece::Chapters => {}
            }
        }
        once(units)
    }

    /// The pictures in the text, by their paths beside the notebook.
    pub fn pictures(&self) -> Vec<String> {
        let texts = self.lesson.pieces.iter().filter_map(|piece| match piece {
            Piece::Prose(markdown) => Some(markdown),
            _ => None,
        });
        once(texts.flat_map(|text| prose::pictures(text)).collect())
    }

    /// Whether the chapter may appear in `language`.
    pub fn is_complete(&self, language: Language) -> bool {
        language == Language::En
            || self
                .translations
                .get(&language)
                .is_some_and(|translation| translation.missing(&self.units()).is_empty())
    }

    /// A unit in `language`: its translation, or the English text itself.
    pub fn text<'a>(&'a self, language: Language, unit: &'a str) -> &'a str {
        self.translations
            .get(&language)
            .and_then(|translation| translation.get(unit))
            .unwrap_or(unit)
    }
}

/// The number that the name of a chapter, of its notebook or of its task begins with.
pub fn number_of(name: &str) -> Option<u32> {
    name.split('-').next()?.parse().ok()
}

/// Where the PO file of a chapter folder stands.
pub fn translation_path(folder: &Path, code: &str) -> PathBuf {
    folder.join("po").join(format!("{code}.po"))
}

/// Each text once, in the order of the first appearance.
pub fn once(texts: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    texts
        .into_iter()
        .filter(|text| seen.insert(text.clone()))
        .collect()
}
