//! The graded tasks of the workbook's chapters: for a teacher, from inside the program; for authors, in `tasks/`.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use grader::assignment::{AssignmentError, ChapterTask, chapter};
use messages::Language;
use notebooks::chapter::number_of;

use super::refused;
use crate::failure::Failure;

/// The graded task of a chapter, for students of this language.
pub fn of_chapter(number: u32, language: Language) -> Result<ChapterTask, Failure> {
    let lesson =
        |language: Language| notebooks::embedded::chapter(number, language).map(str::to_owned);
    let files = notebooks::embedded::task(number);
    let Some(english) = lesson(Language::En).filter(|_| !files.is_empty()) else {
        let known: Vec<String> = notebooks::embedded::tasks()
            .iter()
            .map(u32::to_string)
            .collect();
        return Err(Failure::usage("error-assignment-no-task")
            .with("chapter", number.to_string())
            .with("chapters", known.join(", ")));
    };
    Ok(ChapterTask {
        // A chapter that is not translated yet is there in English.
        lesson: lesson(language).unwrap_or_else(|| english.clone()),
        english,
        files: files
            .into_iter()
            .map(|(path, text)| (path, text.to_owned()))
            .collect(),
    })
}

/// What is made from the English chapters for `root/tasks`: source notebooks and nbgrader's configurations, by their
/// paths below `root`.
pub fn made(root: &Path) -> Result<BTreeMap<PathBuf, String>, Failure> {
    let lessons = entries(&root.join(Language::En.code()))?;
    let number = |path: &Path| number_of(path.file_name()?.to_str()?);
    let mut all = BTreeMap::new();
    for folder in entries(&root.join("tasks"))? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let chapter_of_task = number(&folder);
        let is_its =
            |lesson: &&PathBuf| chapter_of_task.is_some() && number(lesson) == chapter_of_task;
        let lesson = lessons.iter().find(is_its).ok_or_else(|| {
            refused::assignment(&AssignmentError::Lesson(format!("{name} has no chapter")))
        })?;
        let files = chapter::made(
            &read(&folder.join("assignment.toml"))?,
            &read(&folder.join("reference.rs"))?,
            &read(lesson)?,
        )
        .map_err(|error| refused::assignment(&error))?;
        let below = Path::new("tasks").join(&*name);
        all.extend(files.map(|(path, text)| (below.join(path), text)));
    }
    Ok(all)
}

/// What is in a folder, sorted; nothing where there is no such folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error: std::io::Error| Failure::file(folder, &error);
    let mut found = Vec::new();
    match std::fs::read_dir(folder) {
        Ok(all) => {
            for entry in all {
                found.push(entry.map_err(failed)?.path());
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))
}
