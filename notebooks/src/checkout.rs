//! A copy of Weft's source: where texts, lessons and terms are in it.

use crate::chapter::{Chapter, translation_path};
use crate::generator::Workbook;
use crate::{Error, Language, Result, beginning, fluent, translation};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The root of a copy of Weft's source.
#[derive(Debug, Clone)]
pub struct Checkout {
    root: PathBuf,
}

/// A chapter, or the index, with the texts to translate in it.
#[derive(Debug)]
pub struct Translatable {
    /// The chapter.
    pub chapter: Chapter,
    /// Its texts; those of the index include the list of chapters.
    pub units: Vec<String>,
}

impl Checkout {
    /// The checkout at `root`, if it is one.
    pub fn at(root: &Path) -> Result<Checkout> {
        let checkout = Checkout {
            // So that a path is told as people write it: "notebooks/...", not "./notebooks/...".
            root: root.strip_prefix(".").unwrap_or(root).to_owned(),
        };
        for expected in [
            checkout.notebooks().join("chapters/index/contents.toml"),
            checkout.glossary(),
            checkout.texts("en"),
        ] {
            if !expected.exists() {
                return Err(Error::NoCheckout {
                    root: root.to_owned(),
                    expected,
                });
            }
        }
        Ok(checkout)
    }

    /// The workbook: chapters and notebooks.
    pub fn notebooks(&self) -> PathBuf {
        self.root.join("notebooks")
    }

    /// The list of terms.
    pub fn glossary(&self) -> PathBuf {
        self.notebooks().join("i18n/glossary.toml")
    }

    /// The folder of the program's texts in the language `code`.
    pub fn texts(&self, code: &str) -> PathBuf {
        self.root.join("messages/locales").join(code)
    }

    /// A path as a reader of this checkout calls it: below the root.
    pub fn short<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// All chapters in order, the index last.
    pub fn translatable(&self) -> Result<Vec<Translatable>> {
        let workbook = Workbook::read(&self.notebooks())?;
        let index = workbook.index_units();
        let mut all: Vec<Translatable> = workbook
            .chapters
            .into_iter()
            .map(|chapter| Translatable {
                units: chapter.units(),
                chapter,
            })
            .collect();
        all.push(Translatable {
            chapter: workbook.index,
            units: index,
        });
        Ok(all)
    }

    /// The codes of all languages somebody has begun, those the program was built with first. English is none of
    /// them.
    pub fn languages(&self) -> Result<Vec<String>> {
        let mut begun = BTreeSet::new();
        for name in names(&self.texts(""))? {
            if self.texts(&name).is_dir() {
                begun.insert(name);
            }
        }
        let chapters = self.notebooks().join("chapters");
        for chapter in names(&chapters)? {
            let translations = chapters.join(chapter).join("po");
            if !translations.is_dir() {
                continue;
            }
            let files = names(&translations)?;
            begun.extend(
                files
                    .iter()
                    .filter_map(|name| Some(name.strip_suffix(".po")?.to_owned())),
            );
        }
        let known = Language::ALL.map(Language::code);
        let mut codes: Vec<String> = begun
            .into_iter()
            .filter(|code| code != Language::En.code())
            .collect();
        // Stable: the others stay in the order of the alphabet.
        codes.sort_by_key(|code| {
            known
                .iter()
                .position(|known| known == code)
                .unwrap_or(known.len())
        });
        Ok(codes)
    }

    /// Nothing, if somebody has begun the language `code`.
    pub fn has_language(&self, code: &str) -> Result<()> {
        if self.languages()?.iter().any(|begun| begun == code) {
            return Ok(());
        }
        beginning::check(code)?;
        Err(Error::NoLanguage {
            code: code.to_owned(),
            path: self.texts(code),
        })
    }

    /// Brings the PO files of the language `code` up to their lessons, all of them or one chapter's (`index` is one
    /// too), and returns those that have become others. With all of them, files of the program's texts that English
    /// has and the language has not are made too.
    pub fn update(&self, code: &str, chapter: Option<&str>) -> Result<Vec<PathBuf>> {
        self.has_language(code)?;
        let all = self.translatable()?;
        if let Some(name) = chapter
            && !all.iter().any(|known| known.chapter.name == name)
        {
            return Err(Error::NoChapter(name.to_owned()));
        }
        let mut written = Vec::new();
        if chapter.is_none() {
            written.extend(self.begin_texts(code)?);
        }
        for one in all {
            if chapter.is_some_and(|name| name != one.chapter.name) {
                continue;
            }
            let path = translation_path(&one.chapter.folder, code);
            if translation::update(&path, code, &one.units)? {
                written.push(path);
            }
        }
        Ok(written)
    }

    /// Makes the files of the program's texts that the language `code` has not, with English as comments.
    pub(crate) fn begin_texts(&self, code: &str) -> Result<Vec<PathBuf>> {
        let english = self.texts(Language::En.code());
        let mut begun = Vec::new();
        for file in self.text_files()? {
            let path = self.texts(code).join(&file);
            if path.exists() {
                continue;
            }
            let source = english.join(&file);
            let text = fs::read_to_string(&source).map_err(Error::file(&source))?;
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(Error::file(folder))?;
            }
            fs::write(&path, fluent::skeleton(&text)).map_err(Error::file(&path))?;
            begun.push(path);
        }
        Ok(begun)
    }

    /// The English files of the program's texts: names below their folder, in order.
    pub fn text_files(&self) -> Result<Vec<PathBuf>> {
        fluent::files(&self.texts(Language::En.code()))
    }
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let name = entry.map_err(Error::file(folder))?.file_name();
        names.insert(name.to_string_lossy().into_owned());
    }
    Ok(names)
}
