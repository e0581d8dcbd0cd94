//! Crates that are compiled already, for answers to tasks that ask for them.
//!
//! They lie where others look after them, and may go at any time; so they are copied, once, and tried. Invariant: where
//! an answer does not compile, it is not because its library is gone, cannot be read in a box, or is not whole.

use super::BuildError;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The library. It becomes part of a program, so nothing of it has to be in the box where that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// The folder its crates are in, with all the crates they stand on. An answer can name none of those.
    pub folder: PathBuf,
    /// The crates an answer can name, and their files in the folder.
    pub crates: Vec<(String, String)>,
    /// Says which library it is: with another one, answers are judged again.
    pub digest: String,
}

impl Library {
    /// A copy in this folder, which this makes, for everybody to read: as root we are somebody else in a box.
    pub(super) fn copied(&self, to: &Path) -> Result<Library, BuildError> {
        self.copy(to).map_err(|error| {
            let folder = self.folder.display();
            BuildError::Toolchain(format!("the library in {folder} cannot be copied: {error}"))
        })?;
        Ok(Library {
            folder: to.to_owned(),
            ..self.clone()
        })
    }

    fn copy(&self, to: &Path) -> io::Result<()> {
        fs::create_dir(to)?;
        fs::set_permissions(to, Permissions::from_mode(0o755))?;
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let (from, copy) = (entry.path(), to.join(entry.file_name()));
            // Crates, and the macros they stand on; nothing of what else a build leaves.
            let ends = from.extension().unwrap_or_default();
            if ends != "rlib" && ends != "so" {
                continue;
            }
            // Another name is as good and takes no room: whoever makes a crate again makes another file.
            let for_all = entry.metadata()?.permissions().mode() & 0o004 != 0;
            if !for_all || fs::hard_link(&from, &copy).is_err() {
                fs::copy(&from, &copy)?;
                fs::set_permissions(&copy, Permissions::from_mode(0o644))?;
            }
        }
        Ok(())
    }

    /// Whether something can be compiled with it.
    pub(super) fn tried(&self, rustc: &Path, scratch: &Path) -> Result<(), BuildError> {
        let source = scratch.join("tried.rs");
        let names = self.crates.iter().map(|(name, _)| name);
        let text: String = names
            .map(|name| format!("extern crate {name};\n"))
            .collect();
        fs::write(&source, text).map_err(BuildError::System)?;
        let made = Command::new(rustc)
            .args(["--edition=2024", "--crate-type=lib", "--emit=metadata"])
            .args(self.arguments(&self.folder))
            .arg("-o")
            .arg(scratch.join("tried.rmeta"))
            .arg(source)
            .env_clear()
            .output()
            .map_err(BuildError::System)?;
        if made.status.success() {
            return Ok(());
        }
        let told = String::from_utf8_lossy(&made.stderr);
        Err(BuildError::Toolchain(format!(
            "nothing can be compiled with the library: {told}"
        )))
    }

    /// What makes its crates, which are at this place, known to the compiler.
    pub(super) fn arguments(&self, place: &Path) -> Vec<String> {
        let named = self.crates.iter().map(|(name, file)| {
            let path = place.join(file);
            format!("--extern={name}={}", path.display())
        });
        // Searched for what those crates stand on, never for what an answer names.
        let search = format!("-Ldependency={}", place.display());
        named.chain([search]).collect()
    }
}
