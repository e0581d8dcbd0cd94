//! The compiler and what is compiled once for it.
use crate::toolchain::Toolchain;
use crate::{Error, Parts};
use carried::{Artifact, Carried, Kept};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// The facade and the process that explores.
const CARRIED: Carried = Carried {
    name: "explorer",
    sources: SOURCES,
    digest: DIGEST,
    package: "runner",
    artifacts: &[
        Artifact {
            target: "facade",
            extension: "so",
        },
        Artifact {
            target: "weft-explorer",
            extension: "",
        },
    ],
};

/// Hears the name of each crate that is compiled.
pub type Progress<'a> = &'a mut dyn FnMut(&str);

/// A compiler with everything that is needed to explore what it compiles.
#[derive(Debug)]
pub struct Workshop {
    pub(crate) toolchain: Toolchain,
    kept: Mutex<Kept>,
    since: SystemTime,
}

impl Workshop {
    /// Finds the compiler, and compiles the facade for it where that has not been done: some 15 s, once.
    ///
    /// # Errors
    /// Where there is no compiler, or the facade cannot be compiled or kept.
    pub fn open(progress: Progress<'_>) -> Result<Self, Error> {
        Self::with(Toolchain::find()?, progress)
    }

    /// As [`open`](Self::open), for the compiler in this folder.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn at(sysroot: &Path, progress: Progress<'_>) -> Result<Self, Error> {
        Self::with(Toolchain::at(sysroot)?, progress)
    }

    fn with(toolchain: Toolchain, progress: Progress<'_>) -> Result<Self, Error> {
        let since = SystemTime::now();
        let kept = CARRIED.prepare(&toolchain.compiler, progress)?;
        Ok(Self {
            toolchain,
            kept: Mutex::new(kept),
            since,
        })
    }

    /// Makes the facade again: what is there turned out to be damaged.
    pub(crate) fn mend(&self) -> Result<(), Error> {
        let kept = CARRIED.prepare_again(&self.toolchain.compiler, self.since, &mut |_| {})?;
        *self.locked() = kept;
        Ok(())
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn artifact(&self, index: usize) -> PathBuf {
        self.locked().files.get(index).cloned().unwrap_or_default()
    }

    /// What was compiled once for this compiler, and where it is.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let facade = self.facade();
        Parts {
            folder: facade.parent().map(Path::to_owned).unwrap_or_default(),
            crates: self.crates(),
            runner: self.runner(),
            facade,
        }
    }

    /// What stands in for std.
    pub(crate) fn facade(&self) -> PathBuf {
        self.artifact(0)
    }

    /// The process that explores.
    pub(crate) fn runner(&self) -> PathBuf {
        self.artifact(1)
    }

    /// The crates behind the facade.
    pub(crate) fn crates(&self) -> PathBuf {
        self.locked().crates.clone()
    }

    /// Where shared objects are looked for by the process that explores.
    pub(crate) fn search_path(&self) -> Vec<PathBuf> {
        let facade = self.facade();
        let folder = facade.parent().map(Path::to_owned);
        let mut folders = self.toolchain.libraries.clone();
        folders.push(self.crates());
        folders.extend(folder);
        folders
    }
}
