//! One copy of a notebook's dependencies for all its cells.
//!
//! Linked into each cell, a crate would have its statics once in every cell: a pool of threads, a logger or a counter
//! would begin anew. So the crates go into a dynamic library that all cells use. When the notebook asks for another
//! crate, a further library takes what is new, and the compiler finds the rest in the earlier ones.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Built;
use crate::evaluate::cache;
use crate::evaluate::compiler::{self, Settings};
use crate::evaluate::library::Library;

/// A dynamic library that holds crates.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Shared {
    /// Its name in the source.
    pub(crate) name: String,
    /// Where it lies.
    pub(crate) path: PathBuf,
}

impl Shared {
    /// Makes the library for crates that were just built; `None` where the compiler refuses, and every cell has a copy
    /// of its own then.
    ///
    /// # Errors
    /// Where a file cannot be written or the compiler not started.
    pub(super) fn make(
        settings: &Settings,
        built: &Built,
        library: Option<&Library>,
    ) -> std::io::Result<Option<Shared>> {
        // A procedural macro is the compiler's, not the program's.
        let crates = || {
            built
                .crates
                .iter()
                .filter(|(_, path)| path.extension().is_some_and(|kind| kind == "rlib"))
        };
        let mut source = String::new();
        for (name, _) in crates() {
            source.push_str(&format!("pub extern crate {name};\n"));
        }
        for earlier in &built.shared {
            source.push_str(&format!("extern crate {} as _;\n", earlier.name));
        }
        if library.is_some() {
            source.push_str("extern crate weft as _;\n");
        }
        let folder = built.folder.join("weft");
        fs::create_dir_all(&folder)?;
        let mut command = Command::new(&settings.rustc);
        compiler::hide_stand_ins(&mut command);
        command
            .args(["--edition", "2024", "--crate-type", "dylib", "-Awarnings"])
            .args(["-Cprefer-dynamic", "-Cembed-bitcode=no", "-Cdebuginfo=0"])
            .arg("-L")
            .arg(compiler::search("dependency", &built.folder));
        for (name, path) in crates() {
            command
                .arg("--extern")
                .arg(compiler::extern_crate(name, path));
        }
        for path in &built.native {
            command.arg("-L").arg(path);
        }
        if let Some(library) = library {
            command
                .arg("--extern")
                .arg(compiler::extern_crate("weft", &library.shared_object))
                .arg("-L")
                .arg(compiler::search("dependency", &library.crates));
        }
        for earlier in &built.shared {
            earlier.link(&mut command);
        }
        let mut hash = Sha256::new();
        hash.update(&source);
        for argument in command.get_args() {
            hash.update(argument.as_encoded_bytes());
            hash.update(cache::state_of_file_in(argument));
        }
        let name = format!("weft_dependencies_{}", hex::encode(&hash.finalize()[..8]));
        let path = folder.join(format!("lib{name}.so"));
        let shared = Shared { name, path };
        if shared.path.exists() {
            return Ok(Some(shared));
        }
        shared.compile(&mut command, &source, &folder)
    }

    /// Under another name first: another kernel may be making the same one.
    fn compile(
        self,
        command: &mut Command,
        source: &str,
        folder: &Path,
    ) -> std::io::Result<Option<Shared>> {
        let room = tempfile::tempdir_in(folder)?;
        let text = room.path().join("lib.rs");
        fs::write(&text, source)?;
        let output = command
            .args(["--crate-name", &self.name, "--out-dir"])
            .arg(room.path())
            .arg(&text)
            .stdin(Stdio::null())
            .output()?;
        if !output.status.success() {
            tracing::debug!("{}", String::from_utf8_lossy(&output.stderr));
            return Ok(None);
        }
        fs::rename(room.path().join(format!("lib{}.so", self.name)), &self.path)?;
        Ok(Some(self))
    }

    /// Lets the compiler use it, and the program find it.
    pub(crate) fn link(&self, command: &mut Command) {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let mut run_path = std::ffi::OsString::from("-Clink-arg=-Wl,-rpath,");
        run_path.push(folder);
        command
            .arg("--extern")
            .arg(compiler::extern_crate(&self.name, &self.path))
            .arg("-L")
            .arg(compiler::search("dependency", folder))
            .arg(run_path);
    }
}
