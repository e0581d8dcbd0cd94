//! The linker of cells: the toolchain's own, without the C compiler around it.
//!
//! rustc has `cc` link, which starts a program that starts the linker: a tenth of the time a small cell takes. Of what
//! `cc` adds a cell needs only the folders of the C library. The start files it leaves out hold nothing for a shared
//! object of Rust code: what runs when it is loaded and unloaded stands in `.init_array` and `.fini_array`, and
//! unwinding goes by `.eh_frame_hdr`. Where this linker is missing or fails, `cc` links as always.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::toolchain::CompilerFacts;

/// Systems whose C library is found like this.
const SYSTEM: &str = "-linux-gnu";
/// What rustc links every shared object with, as the linker looks for it.
const NEEDED: [&str; 2] = ["libc.so", "libgcc_s.so"];
/// How `cc -print-search-dirs` (gcc(1), clang(1)) begins the line that counts here.
const LIBRARIES: &str = "libraries: =";
/// A name that an earlier cell exports too is the cell's own in it.
const OWN_NAMES_FIRST: &str = "-Bsymbolic";

/// A linker, and where the libraries lie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Linker {
    program: PathBuf,
    folders: Vec<PathBuf>,
}

impl Linker {
    /// The one of this compiler, where it has one and all it needs is found.
    pub(super) fn find(facts: &CompilerFacts) -> Option<Linker> {
        let host = facts.host().filter(|host| host.ends_with(SYSTEM))?;
        let program = facts.library_folder.parent()?.join("bin/rust-lld");
        if !program.is_file() {
            return None;
        }
        tracing::debug!("cells for {host} are linked by {}", program.display());
        let answer = Command::new("cc").arg("-print-search-dirs").output().ok()?;
        let folders = folders(&String::from_utf8_lossy(&answer.stdout));
        let found = |name: &str| folders.iter().any(|folder| folder.join(name).exists());
        NEEDED
            .iter()
            .all(|name| found(name))
            .then_some(Linker { program, folders })
    }

    /// What tells rustc to link with it.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let mut arguments = vec![
            joined("-Clinker=", &self.program),
            "-Clinker-flavor=ld.lld".into(),
            joined("-Clink-arg=", Path::new(OWN_NAMES_FIRST)),
        ];
        arguments.extend(
            self.folders
                .iter()
                .map(|folder| joined("-Clink-arg=-L", folder)),
        );
        arguments
    }
}

/// What tells rustc to link with `cc`.
pub(super) fn by_cc() -> Vec<OsString> {
    vec![format!("-Clink-arg=-Wl,{OWN_NAMES_FIRST}").into()]
}

/// Whether the compiler's words are about linking, not about the source.
pub(super) fn is_about_linking(said: &str) -> bool {
    said.contains("\"message\":\"linking with `") || said.contains("\"message\":\"linker `")
}

fn folders(said: &str) -> Vec<PathBuf> {
    let listed = said.lines().find_map(|line| line.strip_prefix(LIBRARIES));
    let mut folders: Vec<PathBuf> = Vec::new();
    for folder in std::env::split_paths(listed.unwrap_or_default()) {
        // Many are named that are not there, and most several times.
        if let Ok(folder) = folder.canonicalize()
            && !folders.contains(&folder)
        {
            folders.push(folder);
        }
    }
    folders
}

fn joined(option: &str, path: &Path) -> OsString {
    let mut text = OsString::from(option);
    text.push(path);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_are_there_are_named_once() {
        let said = "install: /usr/lib/gcc/\nprograms: =/nowhere\nlibraries: =/nowhere/:/usr/lib/:/usr/lib/../lib/:/\n";
        assert_eq!(folders(said), [Path::new("/usr/lib"), Path::new("/")]);
        assert!(folders("nothing of the kind").is_empty());
    }

    #[test]
    fn an_error_of_linking_is_told_from_one_of_the_source() {
        assert!(is_about_linking(
            r#"{"$message_type":"diagnostic","message":"linking with `x` failed: exit status: 1"}"#
        ));
        assert!(!is_about_linking(
            r#"{"message":"cannot find value `linking` in this scope"}"#
        ));
    }
}
