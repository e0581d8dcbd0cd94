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

mod own {
    include!(concat!(env!("OUT_DIR"), "/own.rs"));
}

/// The facade, the process that explores, and in the order of [`Beside::ALL`] what stands in for other crates.
const CARRIED: Carried = Carried {
    name: "explorer",
    sources: SOURCES,
    digest: DIGEST,
    package: "runner",
    command: &["build"],
    artifacts: &[
        Artifact {
            target: "facade",
            extension: "so",
        },
        Artifact {
            target: "weft-explorer",
            extension: "",
        },
        stand_in(Beside::ALL[0]),
        stand_in(Beside::ALL[1]),
        stand_in(Beside::ALL[2]),
        stand_in(Beside::ALL[3]),
        stand_in(Beside::ALL[4]),
    ],
};

/// The foreign crates as they are. Checked when a program names one of them for the first time.
const ORIGINALS: Carried = Carried {
    name: "originals",
    sources: originals::SOURCES,
    digest: originals::DIGEST,
    package: "originals",
    command: &["check"],
    artifacts: &[
        original(Beside::Crossbeam),
        original(Beside::CrossbeamChannel),
        original(Beside::CrossbeamUtils),
        original(Beside::ParkingLot),
    ],
};

/// Our own library as it is, in the same way. It stands on many others, which a program with crossbeam need not wait for.
const OWN: Carried = Carried {
    name: "exercises",
    sources: own::SOURCES,
    digest: own::DIGEST,
    package: "exercises",
    command: &["check", "--no-default-features"],
    artifacts: &[original(Beside::Exercises)],
};

const fn stand_in(beside: Beside) -> Artifact {
    Artifact {
        target: beside.stand_in(),
        extension: "rlib",
    }
}

const fn original(beside: Beside) -> Artifact {
    Artifact {
        target: beside.name(),
        extension: "rmeta",
    }
}

/// What has to be there so that a program with these crates can be checked.
fn checked_with(beside: &[Beside]) -> impl Iterator<Item = &'static Carried> {
    [&ORIGINALS, &OWN].into_iter().filter(|carried| {
        let has = |one: &Beside| {
            carried
                .artifacts
                .iter()
                .any(|artifact| artifact.target == one.name())
        };
        beside.iter().any(has)
    })
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
        if is_mentioned {
            let mut waiting = Waiting {
                progress,
                interrupted,
            };
            for carried in checked_with(&reading::read(&source.text).beside) {
                carried.prepare(&self.toolchain.compiler, &mut waiting)?;
            }
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
        for carried in checked_with(beside) {
            carried.prepare_again(compiler, since, &mut waiting)?;
        }
        Ok(())
    }

    /// What makes rustc find these crates as they are.
    pub(crate) fn originals(
        &self,
        beside: &[Beside],
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Vec<OsString>, Error> {
        let mut waiting = Waiting {
            progress: &mut |_| {},
            interrupted,
        };
        let mut arguments = Vec::new();
        for carried in checked_with(beside) {
            let kept = carried.prepare(&self.toolchain.compiler, &mut waiting)?;
            arguments.extend(named(beside, |one| {
                let is_it = |artifact: &Artifact| artifact.target == one.name();
                let index = carried.artifacts.iter().position(is_it)?;
                kept.files.get(index).cloned()
            }));
            arguments.push("-L".into());
            arguments.push(assigned("dependency", &kept.crates));
        }
        Ok(arguments)
    }

    /// What makes rustc find what stands in for these crates.
    pub(crate) fn stand_ins(&self, beside: &[Beside]) -> Vec<OsString> {
        named(beside, |one| self.stand_in(*one))
    }

    /// What stands in for this crate.
    fn stand_in(&self, one: Beside) -> Option<PathBuf> {
        let is_it = |artifact: &Artifact| artifact.target == one.stand_in();
        let index = CARRIED.artifacts.iter().position(is_it)?;
        self.locked().files.get(index).cloned()
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
            ours: self.stand_in(Beside::Exercises).unwrap_or_default(),
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

/// `--extern` for each of these crates that has a file.
fn named(beside: &[Beside], file: impl Fn(&Beside) -> Option<PathBuf>) -> Vec<OsString> {
    let mut arguments = Vec::new();
    for one in beside {
        if let Some(file) = file(one) {
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
