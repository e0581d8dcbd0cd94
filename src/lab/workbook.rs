//! Copying the notebooks to the folder a student works in.
//!
//! The invariant: a file the student has changed is never written to. What was copied is kept a
//! second time below `.weft-originals`; a notebook that still equals its original was not edited
//! and may be replaced by a newer one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

const ORIGINALS: &str = ".weft-originals";

/// What happened to the notebooks.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Were not there.
    pub new: usize,
    /// Were there in an older version nobody had edited.
    pub updated: usize,
    /// Are there as they should be.
    pub unchanged: usize,
    /// Were edited and stay as they are.
    pub kept: Vec<PathBuf>,
}

/// Copies the files, given by their names below `folder`.
pub fn copy<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (PathBuf, &'a [u8])>,
) -> Result<Copied, Failure> {
    let mut copied = Copied::default();
    for (name, shipped) in files {
        let target = folder.join(&name);
        let original = folder.join(ORIGINALS).join(&name);
        let present = read(&target)?;
        let edited = match &present {
            None => false,
            Some(content) if content == shipped => {
                copied.unchanged += 1;
                write(&original, shipped)?;
                continue;
            }
            // Without an original it is not ours to judge: somebody made it.
            Some(content) => read(&original)?.as_ref() != Some(content),
        };
        if edited {
            copied.kept.push(target);
            continue;
        }
        write(&target, shipped)?;
        write(&original, shipped)?;
        if present.is_some() {
            copied.updated += 1;
        } else {
            copied.new += 1;
        }
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
            copy(&self.0, [("en/02.ipynb".into(), content.as_bytes())]).unwrap()
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

    #[test]
    fn an_edited_notebook_is_never_written_to() {
        let book = Workbook::new("edited");
        book.copy("one");
        fs::write(book.file(), "one, with my solution").unwrap();
        for newer in ["one", "two"] {
            assert_eq!(book.copy(newer).kept, [book.file()]);
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
        assert_eq!(book.copy("one").kept, [book.file()]);
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
