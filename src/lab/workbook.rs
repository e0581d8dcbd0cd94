//! Copying the notebooks to the folder a student works in.
//!
//! The invariant: nothing that the student wrote is lost. What was copied is kept a second time below
//! `.weft-originals`; a notebook that still equals its original was not edited and is replaced by a newer one, an
//! edited one is merged with it (see [`super::merge`]), after a copy of it was put below `.weft-originals/yours`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::merge::merge;
use crate::failure::Failure;

const ORIGINALS: &str = ".weft-originals";
const YOURS: &str = "yours";

/// What happened to the notebooks.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Were not there.
    pub new: usize,
    /// Were there in an older version nobody had edited.
    pub updated: usize,
    /// Are there as they should be.
    pub unchanged: usize,
    /// Were edited, and there is nothing newer.
    pub kept: usize,
    /// Were edited and are up to date now; with so many cells that both sides have changed.
    pub merged: Vec<(PathBuf, usize)>,
    /// Are not what is shipped now, and stay as they are.
    pub left: Vec<PathBuf>,
}

/// Copies the files, given by their names below `folder`. Where the student and we have changed the same cell, ours
/// comes below hers under this heading.
pub fn copy<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (PathBuf, &'a [u8])>,
    heading: &str,
) -> Result<Copied, Failure> {
    let mut copied = Copied::default();
    for (name, shipped) in files {
        let target = folder.join(&name);
        let original = folder.join(ORIGINALS).join(&name);
        let Some(present) = read(&target)? else {
            copied.new += 1;
            write(&target, shipped)?;
            write(&original, shipped)?;
            continue;
        };
        if present == shipped {
            copied.unchanged += 1;
            write(&original, shipped)?;
            continue;
        }
        // Without an original it is not ours to judge: somebody made it.
        let Some(before) = read(&original)? else {
            copied.left.push(target);
            continue;
        };
        if present == before {
            copied.updated += 1;
            write(&target, shipped)?;
        } else if before == shipped {
            copied.kept += 1;
            continue;
        } else if let Some(merged) = merge(&before, &present, shipped, heading) {
            write(&folder.join(ORIGINALS).join(YOURS).join(&name), &present)?;
            write(&target, &merged.notebook)?;
            copied.merged.push((target, merged.beside));
        } else {
            copied.left.push(target);
            continue;
        }
        // Last: where this is not reached, the same is done once more.
        write(&original, shipped)?;
    }
    Ok(copied)
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file(path, &error)),
    }
}

/// Writes the whole file or none of it: half a notebook would look like an edited one for ever.
fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let attempt = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut half = path.as_os_str().to_owned();
        half.push(format!(".{}.half", std::process::id()));
        let half = PathBuf::from(half);
        fs::write(&half, content)?;
        fs::rename(&half, path)
    };
    attempt().map_err(|error| Failure::file(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Workbook(PathBuf);

    impl Workbook {
        fn new(name: &str) -> Workbook {
            let path =
                std::env::temp_dir().join(format!("weft-workbook-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            Workbook(path)
        }

        fn copy(&self, content: &str) -> Copied {
            copy(
                &self.0,
                [("en/02.ipynb".into(), content.as_bytes())],
                "Newer",
            )
            .unwrap()
        }

        fn file(&self) -> PathBuf {
            self.0.join("en/02.ipynb")
        }

        fn content(&self) -> String {
            fs::read_to_string(self.file()).unwrap()
        }
    }

    impl Drop for Workbook {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn notebooks_are_copied_into_a_folder_that_does_not_exist_yet() {
        let book = Workbook::new("new");
        assert_eq!(book.copy("one").new, 1);
        assert_eq!(book.content(), "one");
        assert_eq!(book.copy("one").unchanged, 1);
    }

    fn notebook(cells: &[(&str, &str)]) -> String {
        let cells: Vec<_> = cells
            .iter()
            .map(|(id, text)| serde_json::json!({"id": id, "cell_type": "code", "source": text}))
            .collect();
        serde_json::json!({"nbformat": 4, "cells": cells}).to_string()
    }

    #[test]
    fn an_edited_notebook_is_brought_up_to_date_around_what_was_edited() {
        let book = Workbook::new("merged");
        book.copy(&notebook(&[("text", "one"), ("answer", "stub")]));
        let hers = notebook(&[("text", "one"), ("answer", "mine"), ("own", "and mine")]);
        fs::write(book.file(), &hers).unwrap();
        let same = book.copy(&notebook(&[("text", "one"), ("answer", "stub")]));
        assert_eq!((same.kept, book.content()), (1, hers.clone()));

        let newer = notebook(&[("text", "two"), ("answer", "stub")]);
        assert_eq!(book.copy(&newer).merged, [(book.file(), 0)]);
        for written in ["\"two\"", "\"mine\"", "\"and mine\""] {
            assert!(book.content().contains(written), "{}", book.content());
        }
        let before = book.0.join(ORIGINALS).join(YOURS).join("en/02.ipynb");
        assert_eq!(fs::read_to_string(before).unwrap(), hers);

        // From now on that is what hers is compared with.
        let merged = book.content();
        assert_eq!(book.copy(&newer).kept, 1);
        assert_eq!(book.content(), merged);
    }

    #[test]
    fn what_cannot_be_merged_is_never_written_to() {
        let book = Workbook::new("edited");
        book.copy("one");
        fs::write(book.file(), "one, with my solution").unwrap();
        assert_eq!(book.copy("one").kept, 1);
        for _ in 0..2 {
            assert_eq!(book.copy("two").left, [book.file()]);
            assert_eq!(book.content(), "one, with my solution");
        }
    }

    #[test]
    fn a_notebook_nobody_edited_follows_the_newer_version() {
        let book = Workbook::new("newer");
        book.copy("one");
        assert_eq!(book.copy("two").updated, 1);
        assert_eq!(book.content(), "two");
    }

    #[test]
    fn a_file_that_was_there_before_us_is_kept() {
        let book = Workbook::new("before");
        fs::create_dir_all(book.0.join("en")).unwrap();
        fs::write(book.file(), "somebody's own").unwrap();
        assert_eq!(book.copy("one").left, [book.file()]);
        assert_eq!(book.content(), "somebody's own");
    }

    #[test]
    fn no_half_written_files_stay_behind() {
        let book = Workbook::new("half");
        book.copy("one");
        let names: Vec<_> = fs::read_dir(book.0.join("en"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["02.ipynb"]);
    }
}
