//! What rust-analyzer reads of the standard library.
//!
//! Left alone, it asks cargo for the whole workspace of std and reads every crate behind it: `libc`, `gimli`,
//! `hashbrown`, the intrinsics of each processor. None of their names can be written in a cell, and after every cell it
//! looks through all of it again. Where the folder it is given has no manifest it reads just the crates in it.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::toolchain::Toolchain;

/// The variable by which rust-analyzer is told where the standard library's source lies.
pub(super) const VARIABLE: &str = "RUST_SRC_PATH";

/// The crates that a cell can name.
const CRATES: [&str; 4] = ["core", "alloc", "std", "proc_macro"];

/// Fills a folder with links to the source of [`CRATES`], and says whether it is of use: not where the toolchain has no
/// source of the standard library.
///
/// `named` is the value of [`VARIABLE`] that the user set.
///
/// # Errors
/// The file system's.
pub(super) fn link(
    toolchain: &Toolchain,
    named: Option<&OsString>,
    folder: &Path,
) -> io::Result<bool> {
    let named = named.map(PathBuf::from);
    let Some(source) = named.or_else(|| toolchain.standard_source()) else {
        return Ok(false);
    };
    if !CRATES.iter().all(|name| source.join(name).is_dir()) {
        return Ok(false);
    }
    std::fs::create_dir(folder)?;
    for name in CRATES {
        std::os::unix::fs::symlink(source.join(name), folder.join(name))?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(crates: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in crates {
            std::fs::create_dir_all(folder.path().join(name).join("src")).unwrap();
        }
        folder
    }

    fn without_source() -> Toolchain {
        Toolchain {
            cargo: "/nowhere/bin/cargo".into(),
            rustc: "/nowhere/bin/rustc".into(),
        }
    }

    #[test]
    fn only_what_a_cell_can_name_is_read() {
        let source = made(&["core", "alloc", "std", "proc_macro", "stdarch", "test"]);
        std::fs::write(source.path().join("Cargo.toml"), "[workspace]").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let linked = folder.path().join("library");
        let named = source.path().into();
        assert!(link(&without_source(), Some(&named), &linked).unwrap());
        let mut names: Vec<_> = std::fs::read_dir(&linked)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["alloc", "core", "proc_macro", "std"]);
        assert!(linked.join("std/src").is_dir());
    }

    #[test]
    fn a_source_that_is_not_whole_is_left_to_rust_analyzer() {
        let source = made(&["core", "alloc", "std"]);
        let folder = tempfile::tempdir().unwrap();
        let linked = folder.path().join("library");
        assert!(!link(&without_source(), Some(&source.path().into()), &linked).unwrap());
        assert!(!link(&without_source(), None, &linked).unwrap());
        assert!(!linked.exists());
    }
}
