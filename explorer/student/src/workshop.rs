//! The compiler and what is compiled once for it.
use crate::beside::Beside;
use crate::toolchain::Toolchain;
use crate::{Error, Parts, Source, reading};
use carried::{Artifact, Carried, Kept, Waiting};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

include!(concat!(env!("OUT_DIR"), "/sources.rs"));

mod originals {
    include!(concat!(env!("OUT_DIR"), "/originals.rs"));
}

/// The facade, the process that explores, and in the order of [`Beside::ALL`] what stands in for other crates.
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
        artifact(Beside::ALL[0], "rlib"),
        artifact(Beside::ALL[1], "rlib"),
        artifact(Beside::ALL[2], "rlib"),
        artifact(Beside::ALL[3], "rlib"),
    ],
};

/// The crates as they are, for checking. Compiled when a program names one of them for the first time.
const ORIGINALS: Carried = Carried {
    name: "originals",
    sources: originals::SOURCES,
    digest: originals::DIGEST,
    package: "originals",
    artifacts: &[
        artifact(Beside::ALL[0], "rmeta"),
        artifact(Beside::ALL[1], "rmeta"),
        artifact(Beside::ALL[2], "rmeta"),
        artifact(Beside::ALL[3], "rmeta"),
    ],
};

const fn artifact(beside: Beside, extension: &'static str) -> Artifact {
    Artifact {
        target: beside.name(),
        extension,
    }
}

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
        Self::open_unless(progress, &|| false)
    }

    /// The same, unless somebody asks to stop.
    ///
    /// # Errors
    /// As [`open`](Self::open), and [`Error::Interrupted`].
    pub fn open_unless(
        progress: Progress<'_>,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Self, Error> {
        Self::with(Toolchain::find()?, progress, interrupted)
    }

    /// As [`open`](Self::open), for the compiler in this folder.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn at(sysroot: &Path, progress: Progress<'_>) -> Result<Self, Error> {
        Self::with(Toolchain::at(sysroot)?, progress, &|| false)
    }

    fn with(
        toolchain: Toolchain,
        progress: Progress<'_>,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Self, Error> {
        let since = SystemTime::now();
        let mut waiting = Waiting {
            progress,
            interrupted,
        };
        let kept = CARRIED.prepare(&toolchain.compiler, &mut waiting)?;
        Ok(Self {
            toolchain,
            kept: Mutex::new(kept),
            since,
        })
    }

    /// Compiles what this program is checked with and std has not, where that has not been done: some seconds, once,
    /// for the first program that names a crate beside std. Compiling the program does the same without a word.
    ///
    /// # Errors
    /// Where it cannot be compiled or kept, or somebody asked to stop.
    pub fn prepare_for(
        &self,
        source: &Source,
        progress: Progress<'_>,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<(), Error> {
        // Most programs name none: they are not read a second time.
        let is_mentioned = !Beside::mentioned(&source.text).is_empty();
        if is_mentioned && !reading::read(&source.text).beside.is_empty() {
            let mut waiting = Waiting {
                progress,
                interrupted,
            };
            ORIGINALS.prepare(&self.toolchain.compiler, &mut waiting)?;
        }
        Ok(())
    }

    /// Makes the facade again, and the crates beside it if they are used: what is there turned out to be damaged.
    pub(crate) fn mend(
        &self,
        beside: &[Beside],
        interrupted: &dyn Fn() -> bool,
    ) -> Result<(), Error> {
        let mut waiting = Waiting {
            progress: &mut |_| {},
            interrupted,
        };
        let (compiler, since) = (&self.toolchain.compiler, self.since);
        let kept = CARRIED.prepare_again(compiler, since, &mut waiting)?;
        *self.locked() = kept;
        if !beside.is_empty() {
            ORIGINALS.prepare_again(compiler, since, &mut waiting)?;
        }
        Ok(())
    }

    /// What makes rustc find these crates as they are.
    pub(crate) fn originals(
        &self,
        beside: &[Beside],
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Vec<OsString>, Error> {
        if beside.is_empty() {
            return Ok(Vec::new());
        }
        let mut waiting = Waiting {
            progress: &mut |_| {},
            interrupted,
        };
        let kept = ORIGINALS.prepare(&self.toolchain.compiler, &mut waiting)?;
        let mut arguments = named(beside, |index| kept.files.get(index).cloned());
        arguments.push("-L".into());
        arguments.push(assigned("dependency", &kept.crates));
        Ok(arguments)
    }

    /// What makes rustc find what stands in for these crates.
    pub(crate) fn stand_ins(&self, beside: &[Beside]) -> Vec<OsString> {
        let kept = self.locked();
        named(beside, |index| {
            kept.files.get(index + FIRST_STAND_IN).cloned()
        })
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

/// The place of the first stand-in among the artifacts.
const FIRST_STAND_IN: usize = 2;

/// `--extern` for each of these crates, whose files are found by their place in [`Beside::ALL`].
fn named(beside: &[Beside], file: impl Fn(usize) -> Option<PathBuf>) -> Vec<OsString> {
    let mut arguments = Vec::new();
    for one in beside {
        let index = Beside::ALL.iter().position(|other| other == one);
        if let Some(file) = index.and_then(&file) {
            arguments.push("--extern".into());
            arguments.push(assigned(one.name(), &file));
        }
    }
    arguments
}

/// `NAME=PATH`.
pub(crate) fn assigned(name: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(name);
    argument.push("=");
    argument.push(path);
    argument
}
