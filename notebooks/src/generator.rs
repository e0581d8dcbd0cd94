//! All notebooks of all languages: made, written, compared.

use crate::chapter::{Chapter, once, translation_path};
use crate::contents::Contents;
use crate::document::Document;
use crate::lesson::Piece;
use crate::{Error, Language, Result, prose, rust_cells, typesetting};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// How a committed notebook differs from its sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The notebook should be there and is not.
    Missing,
    /// The notebook is there with another content.
    Different,
    /// The notebook is there and no source makes it.
    Extra,
}

/// A notebook, or another file that is made, that is not what its sources make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Below the root, e.g. `LANG/NAME.ipynb`.
    pub path: PathBuf,
    /// What is wrong with it.
    pub kind: Kind,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            Kind::Missing => "is missing",
            Kind::Different => "differs from its sources",
            Kind::Extra => "has no source",
        };
        write!(out, "{} {what}", self.path.display())
    }
}

/// The sources of the whole workbook.
#[derive(Debug)]
pub struct Workbook {
    /// The table of contents.
    pub contents: Contents,
    /// The index notebook.
    pub index: Chapter,
    /// The chapters, in order of their numbers.
    pub chapters: Vec<Chapter>,
}

impl Workbook {
    /// Reads all sources below `root/chapters`.
    pub fn read(root: &Path) -> Result<Workbook> {
        let folder = root.join("chapters");
        let mut chapters = Vec::new();
        for entry in fs::read_dir(&folder).map_err(Error::file(&folder))? {
            let path = entry.map_err(Error::file(&folder))?.path();
            if path.join("lesson.md").exists() && !path.ends_with("index") {
                chapters.push(Chapter::read(&path)?);
            }
        }
        chapters.sort_by_key(Chapter::number);
        let index = folder.join("index");
        let workbook = Workbook {
            contents: Contents::read(&index.join("contents.toml"))?,
            index: Chapter::read(&index)?,
            chapters,
        };
        workbook.check_titles()?;
        Ok(workbook)
    }

    /// The texts of the index to translate: its prose and the list of chapters.
    pub fn index_units(&self) -> Vec<String> {
        let mut units = self.index.units();
        units.extend(self.contents.units());
        once(units)
    }

    /// Whether the index may appear in `language`.
    pub fn index_is_complete(&self, language: Language) -> bool {
        language == Language::En
            || self
                .index
                .translations
                .get(&language)
                .is_some_and(|known| known.missing(&self.index_units()).is_empty())
    }

    /// Every notebook, by its path below the root. A chapter, or the index of a
    /// language, whose translation is not complete is left out.
    pub fn notebooks(&self) -> Result<BTreeMap<PathBuf, String>> {
        let mut notebooks = BTreeMap::new();
        for language in Language::ALL {
            if !self.index_is_complete(language) {
                continue;
            }
            let published: Vec<&Chapter> = self
                .chapters
                .iter()
                .filter(|chapter| chapter.is_complete(language))
                .collect();
            let folder = PathBuf::from(language.code());
            let index = self.notebook(&self.index, language, None, &published)?;
            notebooks.insert(folder.join(self.index.file_name()), index);
            for (place, chapter) in published.iter().enumerate() {
                let next = published.get(place + 1).copied();
                let footer = self.footer(language, next);
                let notebook = self.notebook(chapter, language, Some(footer), &published)?;
                notebooks.insert(folder.join(chapter.file_name()), notebook);
            }
        }
        Ok(notebooks)
    }

    /// Every picture in the texts, by its path below the root: `draw` draws the typical run of an exercise, where it
    /// knows it.
    pub fn pictures(
        &self,
        draw: impl Fn(&str, Language) -> Option<String>,
    ) -> Result<BTreeMap<PathBuf, String>> {
        let mut pictures = BTreeMap::new();
        for chapter in self.chapters.iter().chain([&self.index]) {
            for path in chapter.pictures() {
                let exercise = path
                    .strip_prefix("pictures/")
                    .and_then(|name| name.strip_suffix(".svg"));
                for language in Language::ALL {
                    if !chapter.is_complete(language) {
                        continue;
                    }
                    let drawn = exercise.and_then(|exercise| draw(exercise, language));
                    let Some(drawn) = drawn else {
                        let problem = format!(
                            "the picture `{path}` is of no exercise: write `pictures/s1e1.svg`"
                        );
                        return Err(Error::source(chapter.folder.join("lesson.md"), 0, problem));
                    };
                    pictures.insert(Path::new(language.code()).join(&path), drawn);
                }
            }
        }
        Ok(pictures)
    }

    fn notebook(
        &self,
        chapter: &Chapter,
        language: Language,
        footer: Option<String>,
        published: &[&Chapter],
    ) -> Result<String> {
        let mut document = Document::default();
        for (place, piece) in chapter.lesson.pieces.iter().enumerate() {
            match piece {
                Piece::Prose(english) => {
                    let heading = english
                        .lines()
                        .next()
                        .filter(|line| line.starts_with('#'))
                        .map(|line| line.trim_start_matches('#').trim());
                    let mut markdown =
                        prose::with_units(english, |unit| chapter.text(language, unit).to_owned());
                    if place == 0
                        && let Some(number) = chapter.number()
                    {
                        let number = typesetting::digits(language, number);
                        markdown = markdown.replacen("# ", &format!("# {number}. "), 1);
                    }
                    document.markdown(heading, &typesetting::cell(language, &markdown))?;
                }
                Piece::Rust {
                    name,
                    role,
                    command,
                } => {
                    let code = chapter.regions.get(name).map_or("", String::as_str);
                    let mut code = rust_cells::with_comments(code, |comment| {
                        chapter.text(language, comment).to_owned()
                    });
                    if let Some(command) = command {
                        code = format!("{command}\n{code}");
                    }
                    document.code(&format!("cell-{name}"), role.tag(), &code)?;
                }
                Piece::Command(line) => document.code(line, None, line)?,
                Piece::Chapters => {
                    let table = self.table(language, published);
                    document.markdown(Some("chapters"), &typesetting::cell(language, &table))?;
                }
            }
        }
        if let Some(footer) = footer {
            document.markdown(Some("footer"), &typesetting::cell(language, &footer))?;
        }
        document.finish(&chapter.name, language)
    }

    fn footer(&self, language: Language, next: Option<&Chapter>) -> String {
        let word = |unit| self.index.text(language, unit);
        let words = &self.contents.words;
        let mut footer = format!("---\n\n[{}](index.ipynb)", word(&words.contents));
        if let Some(next) = next {
            let title = next.text(language, &next.lesson.title);
            let (next_word, file) = (word(&words.next), next.file_name());
            let colon = typesetting::colon(language);
            footer += &format!(" · {next_word}{colon}[{title}]({file})");
        }
        footer
    }

    fn table(&self, language: Language, published: &[&Chapter]) -> String {
        let word = |unit| self.index.text(language, unit);
        let words = &self.contents.words;
        let mut table = format!(
            "| {} | {} | {} |\n|---|---|---|\n",
            word(&words.number),
            word(&words.title),
            word(&words.exercises)
        );
        for entry in &self.contents.chapter {
            let number = Some(entry.number);
            let written = self
                .chapters
                .iter()
                .find(|chapter| chapter.number() == number);
            let here = published.iter().find(|chapter| chapter.number() == number);
            let title = word(&entry.title);
            let title = match (here, written) {
                (Some(chapter), _) => format!("[{title}]({})", chapter.file_name()),
                (None, Some(_)) => format!("{title} ({})", word(&words.english_only)),
                (None, None) => format!("{title} ({})", word(&words.unwritten)),
            };
            let exercises: Vec<String> = written
                .map(|chapter| &chapter.lesson.exercises[..])
                .unwrap_or_default()
                .iter()
                .map(|id| format!("`{id}`"))
                .collect();
            let number = typesetting::digits(language, entry.number);
            table += &format!("| {number} | {title} | {} |\n", exercises.join(" "));
        }
        table
    }

    fn check_titles(&self) -> Result<()> {
        for chapter in &self.chapters {
            let path = chapter.folder.join("lesson.md");
            let entry = self
                .contents
                .chapter
                .iter()
                .find(|entry| Some(entry.number) == chapter.number());
            if entry.is_none_or(|entry| entry.title != chapter.lesson.title) {
                let problem = "number and title are not those of index/contents.toml";
                return Err(Error::source(path, 1, problem));
            }
            for language in Language::ALL {
                let title = &chapter.lesson.title;
                if chapter.is_complete(language)
                    && self.index_is_complete(language)
                    && chapter.text(language, title) != self.index.text(language, title)
                {
                    let path = translation_path(&chapter.folder, language.code());
                    let problem = "the title is translated otherwise than in the index";
                    return Err(Error::source(path, 0, problem));
                }
            }
        }
        Ok(())
    }
}

/// Writes every notebook below `root`, removes those no source makes, and
/// returns what was changed.
pub fn generate(root: &Path) -> Result<Vec<Difference>> {
    let notebooks = Workbook::read(root)?.notebooks()?;
    let differences = compare_notebooks(root, &notebooks)?;
    write(root, &notebooks, &differences)?;
    Ok(differences)
}

/// Writes what differs as it is made, and removes what nothing makes.
pub fn write(
    root: &Path,
    made: &BTreeMap<PathBuf, String>,
    differences: &[Difference],
) -> Result<()> {
    for difference in differences {
        let path = root.join(&difference.path);
        match made.get(&difference.path) {
            Some(text) => {
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).map_err(Error::file(folder))?;
                }
                fs::write(&path, text).map_err(Error::file(&path))?;
            }
            None => fs::remove_file(&path).map_err(Error::file(&path))?,
        }
    }
    Ok(())
}

/// Compares the notebooks below `root` with what their sources make.
pub fn check(root: &Path) -> Result<Vec<Difference>> {
    compare_notebooks(root, &Workbook::read(root)?.notebooks()?)
}

/// Which of these files, by their paths below `root`, are not there as they are made.
pub fn differing(root: &Path, made: &BTreeMap<PathBuf, String>) -> Result<Vec<Difference>> {
    let mut differences = Vec::new();
    for (path, text) in made {
        let kind = match fs::read(root.join(path)) {
            Ok(there) if there == text.as_bytes() => continue,
            Ok(_) => Kind::Different,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Kind::Missing,
            Err(error) => return Err(Error::file(root.join(path))(error)),
        };
        differences.push(Difference {
            path: path.clone(),
            kind,
        });
    }
    Ok(differences)
}

/// Compares the pictures below `root` with those that are made.
pub fn compare_pictures(
    root: &Path,
    pictures: &BTreeMap<PathBuf, String>,
) -> Result<Vec<Difference>> {
    let mut differences = differing(root, pictures)?;
    for language in Language::ALL {
        let folder = Path::new(language.code()).join("pictures");
        differences.extend(extra(root, &folder, "svg", pictures)?);
    }
    Ok(differences)
}

/// Compares the notebooks below `root` with those that are made.
pub fn compare_notebooks(
    root: &Path,
    notebooks: &BTreeMap<PathBuf, String>,
) -> Result<Vec<Difference>> {
    let mut differences = differing(root, notebooks)?;
    for language in Language::ALL {
        let folder = Path::new(language.code());
        differences.extend(extra(root, folder, "ipynb", notebooks)?);
    }
    Ok(differences)
}

/// The files of this kind in a folder below `root` that nothing makes.
fn extra(
    root: &Path,
    below: &Path,
    ending: &str,
    made: &BTreeMap<PathBuf, String>,
) -> Result<Vec<Difference>> {
    let folder = root.join(below);
    let mut extra = Vec::new();
    if !folder.is_dir() {
        return Ok(extra);
    }
    for entry in fs::read_dir(&folder).map_err(Error::file(&folder))? {
        let path = below.join(entry.map_err(Error::file(&folder))?.file_name());
        if path.extension().is_some_and(|found| found == ending) && !made.contains_key(&path) {
            extra.push(Difference {
                path,
                kind: Kind::Extra,
            });
        }
    }
    Ok(extra)
}
