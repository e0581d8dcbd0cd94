//! The compiler that is used, the task library compiled with it, and the library that answers may ask for.

use super::{BuildError, Library};
use crate::workplace::Workplace;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

macro_rules! task_library {
    ($($file:literal)*) => {
        &[$(($file, include_str!(concat!("../../task/src/", $file)))),*]
    };
}

const TASK_SOURCE: &[(&str, &str)] = task_library![
    "lib.rs" "harness.rs" "journal.rs" "shake.rs" "sync.rs" "thread.rs" "typed.rs" "wire.rs"
];

/// Where things are in a box.
pub(super) const SYSROOT: &str = "/weft/toolchain";
pub(super) const TASK_LIBRARY: &str = "/weft/libweft_task.rlib";
pub(super) const LIBRARY: &str = "/weft/library";
pub(crate) const STD: &str = "/weft/lib";

/// A compiler with what it needs.
#[derive(Debug)]
pub struct Toolchain {
    /// Its folder.
    pub sysroot: PathBuf,
    /// What it says about itself.
    pub version: String,
    /// The program that links.
    pub linker: PathBuf,
    /// The folder with std as a shared library, beside nothing else.
    pub std: PathBuf,
    /// The task library.
    pub task_library: PathBuf,
    /// What tasks that ask for a library get.
    pub library: Option<Library>,
    // Holds the shared std, the task library and the copy of the library.
    folder: Workplace,
}

impl Toolchain {
    /// The one that `rustc` on the path is (or stands for), in this folder.
    pub fn find(folder: &Path) -> Result<Toolchain, BuildError> {
        let sysroot = say("rustc", &["--print", "sysroot"], folder)?;
        Toolchain::at(Path::new(sysroot.trim()))
    }

    /// The one in this folder.
    pub fn at(sysroot: &Path) -> Result<Toolchain, BuildError> {
        let rustc = sysroot.join("bin/rustc");
        let version = say(&rustc, &["-vV"], Path::new("/"))?;
        let host = version
            .lines()
            .find_map(|line| line.strip_prefix("host: "))
            .ok_or_else(|| BuildError::Toolchain("rustc -vV names no host".to_owned()))?;
        let libraries = sysroot.join("lib/rustlib").join(host).join("lib");
        let folder = Workplace::new().map_err(BuildError::System)?;
        let std = folder.path().join("std");
        fs::create_dir(&std).map_err(BuildError::System)?;
        let mut found = false;
        for entry in fs::read_dir(&libraries).map_err(BuildError::System)? {
            let path = entry.map_err(BuildError::System)?.path();
            let name = path.file_name().unwrap_or_default().to_owned();
            let text = name.to_string_lossy();
            if text.starts_with("libstd-") && text.ends_with(".so") {
                fs::copy(&path, std.join(&name)).map_err(BuildError::System)?;
                found = true;
            }
        }
        if !found {
            return Err(BuildError::Toolchain(format!(
                "there is no shared std in {}",
                libraries.display()
            )));
        }
        let task_library = folder.path().join("libweft_task.rlib");
        let source = folder.path().join("task");
        fs::create_dir(&source).map_err(BuildError::System)?;
        for (file, text) in TASK_SOURCE {
            fs::write(source.join(file), text).map_err(BuildError::System)?;
        }
        let made = Command::new(&rustc)
            .args([
                "--edition=2024",
                "--crate-name=weft_task",
                "--crate-type=rlib",
                "-O",
            ])
            .args(["--cap-lints=allow", "-Cmetadata=weft"])
            .arg("-o")
            .arg(&task_library)
            .arg(source.join("lib.rs"))
            .env_clear()
            .output()
            .map_err(BuildError::System)?;
        if !made.status.success() {
            return Err(BuildError::Toolchain(format!(
                "the task library does not compile: {}",
                String::from_utf8_lossy(&made.stderr)
            )));
        }
        Ok(Toolchain {
            sysroot: sysroot.to_owned(),
            linker: linker()?,
            version,
            std,
            task_library,
            library: None,
            folder,
        })
    }

    /// The same compiler, with a copy of a library for tasks that ask for one.
    ///
    /// # Errors
    /// [`BuildError::Toolchain`] where nothing can be compiled with it: students would be told that it is their fault.
    pub fn with_library(self, library: &Library) -> Result<Toolchain, BuildError> {
        let library = library.copied(&self.folder.path().join("library"))?;
        library.tried(&self.sysroot.join("bin/rustc"), self.folder.path())?;
        Ok(Toolchain {
            library: Some(library),
            ..self
        })
    }

    /// Everything a verdict depends on: what the compiler says about itself, and which library it was given.
    pub fn identity(&self) -> String {
        match &self.library {
            None => self.version.clone(),
            Some(library) => format!("{}library: {}\n", self.version, library.digest),
        }
    }
}

fn say(
    program: impl AsRef<std::ffi::OsStr>,
    arguments: &[&str],
    folder: &Path,
) -> Result<String, BuildError> {
    let output = Command::new(&program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|source| BuildError::Start {
            program: program.as_ref().into(),
            source,
        })?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(BuildError::Toolchain(told))
    }
}

/// The C compiler, by the name it really has: names like `cc` lead through folders that no box has.
fn linker() -> Result<PathBuf, BuildError> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|folder| ["cc", "gcc", "clang"].map(|name| folder.join(name)))
        .find_map(|program| program.canonicalize().ok())
        .ok_or(BuildError::NoLinker)
}
