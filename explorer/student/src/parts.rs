//! What a program is compiled against and explored by, as files, for whoever does both in places of their own.
//!
//! The grader compiles and explores in boxes: it puts [`Parts::folder`] there to be read, and speaks to the compiler and
//! to the process that explores as [`Workshop`](crate::Workshop) does.
use crate::beside::Beside;
use crate::workshop::assigned;
use crate::{Error, compile};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What stands behind a program to be entered: one macro call, so that no line moves.
const ENTRY: &str = "::std::weft_entry!();\n";
/// The same for a program with destructors of its own.
const ENTRY_WITH_DESTRUCTORS: &str = "::std::weft_entry!(destructors);\n";
/// The same for a program that may start processes.
const ENTRY_WITH_PROCESSES: &str = "::std::weft_entry!(processes);\n";
/// The same for a program that may send them signals.
const ENTRY_WITH_SIGNALS: &str = "::std::weft_entry!(signals);\n";

/// What stands behind a program of these texts to be entered. Threads that stand still at an end are unwound, which frees
/// what they have; but not where the word `Drop` stands in a text: what the program's own destructors would do then, it
/// never does. Nor in a program that may start processes of our own library. Where these may be sent signals, they look for
/// them before all they do, which costs steps.
#[must_use]
pub fn entry(texts: &[&str]) -> &'static str {
    let stands = |word: &str| texts.iter().any(|text| text.contains(word));
    if stands("exercises") && stands("process") {
        if stands("terminate") || stands("kill") || stands("signal") {
            ENTRY_WITH_SIGNALS
        } else {
            ENTRY_WITH_PROCESSES
        }
    } else if stands("Drop") {
        ENTRY_WITH_DESTRUCTORS
    } else {
        ENTRY
    }
}

/// Where the parts are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The folder that holds all of them.
    pub folder: PathBuf,
    /// What stands in for std.
    pub facade: PathBuf,
    /// The crates behind the facade.
    pub crates: PathBuf,
    /// The process that explores: an [`explorer::job::Job`] is in the file its argument names, or on its stdin.
    pub runner: PathBuf,
    /// What stands in for our own library.
    pub ours: PathBuf,
}

impl Parts {
    /// The same parts, where their folder has this name.
    #[must_use]
    pub fn moved(&self, folder: &Path) -> Self {
        let moved = |path: &Path| match path.strip_prefix(&self.folder) {
            Ok(inside) => folder.join(inside),
            Err(_) => path.to_owned(),
        };
        Self {
            folder: folder.to_owned(),
            facade: moved(&self.facade),
            crates: moved(&self.crates),
            runner: moved(&self.runner),
            ours: moved(&self.ours),
        }
    }

    /// What makes rustc find, beside [`arguments`](Self::arguments), what stands in for our own library.
    #[must_use]
    pub fn with_ours(&self) -> [OsString; 2] {
        let name = Beside::Exercises.name();
        ["--extern".into(), assigned(name, &self.ours)]
    }

    /// What makes rustc compile a program against the facade, as a shared object, with its words as JSON.
    #[must_use]
    pub fn arguments(&self) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = [
            "--crate-type",
            "cdylib",
            "--error-format",
            "json",
            "-Cprefer-dynamic",
            "-Cdebuginfo=0",
            "--extern",
        ]
        .map(OsString::from)
        .into();
        arguments.push(assigned("std", &self.facade));
        arguments.push("-L".into());
        arguments.push(assigned("dependency", &self.crates));
        arguments
    }

    /// Why a program that compiles with the real std was refused with these arguments: [`Error::NotModelled`], or
    /// [`Error::NotLoaded`] where it has another reason. The words are the compiler's.
    #[must_use]
    pub fn refusal(&self, words: &str) -> Error {
        match compile::why(words) {
            compile::Refused::For(error) => error,
            compile::Refused::Damaged => Error::NotLoaded {
                reason: self.facade.display().to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_are_moved_stay_together() {
        let parts = Parts {
            folder: "/cache/x".into(),
            facade: "/cache/x/libfacade.so".into(),
            crates: "/cache/x/crates".into(),
            runner: "/cache/x/weft-explorer".into(),
            ours: "/cache/x/libours.rlib".into(),
        };
        let moved = parts.moved(Path::new("/box"));
        assert_eq!(moved.facade, Path::new("/box/libfacade.so"));
        assert_eq!(moved.crates, Path::new("/box/crates"));
        assert_eq!(moved.runner, Path::new("/box/weft-explorer"));
        assert_eq!(moved.ours, Path::new("/box/libours.rlib"));
    }
}
