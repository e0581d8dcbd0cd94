//! The notebooks inside the program, for `weft lab` to copy, and the graded tasks of their chapters.

use crate::Language;
use crate::chapter::number_of;
use std::path::PathBuf;

/// One language's notebooks and their pictures: path below the language's folder and content, sorted.
type Files = &'static [(&'static str, &'static [u8])];

const NOTEBOOK: &str = ".ipynb";

/// By language code; made by `build.rs`.
static ALL: &[(&str, Files)] = include!(concat!(env!("OUT_DIR"), "/notebooks.rs"));

/// What was written by hand for one task: paths below its folder, and contents.
type Task = &'static [(&'static str, &'static str)];

/// By the name of the task's folder; made by `build.rs`.
static TASKS: &[(&str, Task)] = include!(concat!(env!("OUT_DIR"), "/tasks.rs"));

/// The notebooks published in `language`: file name and content, sorted by name.
pub fn embedded(language: Language) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    files(language).filter(|(path, _)| path.ends_with(NOTEBOOK))
}

/// The pictures of these notebooks: path beside them and content, sorted.
pub fn pictures(language: Language) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    files(language).filter(|(path, _)| !path.ends_with(NOTEBOOK))
}

fn files(language: Language) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    ALL.iter()
        .filter(move |(code, _)| *code == language.code())
        .flat_map(|(_, files)| files.iter().copied())
}

/// The notebook of a chapter, where it is published in `language`.
pub fn chapter(chapter: u32, language: Language) -> Option<&'static str> {
    let mut notebooks = embedded(language);
    let (_, text) = notebooks.find(|(name, _)| number_of(name) == Some(chapter))?;
    std::str::from_utf8(text).ok()
}

/// The chapters with a graded task, in order.
pub fn tasks() -> Vec<u32> {
    let numbers = TASKS.iter().filter_map(|(folder, _)| number_of(folder));
    let mut chapters: Vec<u32> = numbers.collect();
    chapters.sort_unstable();
    chapters
}

/// What was written by hand for the graded task of a chapter, by the paths below its folder; nothing where there is
/// no task.
pub fn task(chapter: u32) -> Vec<(PathBuf, &'static str)> {
    let task = TASKS
        .iter()
        .find(|(folder, _)| number_of(folder) == Some(chapter));
    let files = task.map(|(_, files)| *files).unwrap_or_default();
    files
        .iter()
        .map(|(path, text)| (PathBuf::from(path), *text))
        .collect()
}
