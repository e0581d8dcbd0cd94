//! What a lesson plays on: the chosen scenario, the parameters, the random numbers, the printed lines.

use std::collections::BTreeMap;
use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::lesson::{Parameter, Scene};
use crate::primitive::{current, cut, settings, thread, time};

/// Everything a lesson knows about its run.
#[derive(Clone, Debug)]
pub struct Stage {
    scene: Scene,
    params: BTreeMap<String, u32>,
    files: BTreeMap<String, PathBuf>,
    scratch: Option<PathBuf>,
    seed: u64,
}

impl Stage {
    /// A stage; parameters that are not named have their default.
    pub fn new(
        parameters: &[Parameter],
        scene: Scene,
        chosen: &BTreeMap<String, u32>,
        seed: u64,
    ) -> Stage {
        let params = parameters
            .iter()
            .map(|parameter| {
                let value = chosen
                    .get(parameter.name)
                    .copied()
                    .unwrap_or(parameter.default);
                (
                    parameter.name.to_owned(),
                    value.clamp(parameter.min, parameter.max),
                )
            })
            .collect();
        Stage {
            scene,
            params,
            files: BTreeMap::new(),
            scratch: None,
            seed,
        }
    }

    /// With these files, by the name of the parameter.
    #[must_use]
    pub fn with_files(mut self, files: BTreeMap<String, PathBuf>) -> Stage {
        self.files = files;
        self
    }

    /// With this place for a folder of temporary files. Whoever gives it removes the folder after the run, however
    /// that ends; the folder is made when a lesson asks for it.
    #[must_use]
    pub fn with_scratch(mut self, folder: PathBuf) -> Stage {
        self.scratch = Some(folder);
        self
    }

    /// A folder of this run's own, for temporary files; nobody else can read it.
    pub fn scratch(&self) -> io::Result<&Path> {
        let folder = self.scratch.as_deref().ok_or_else(|| {
            io::Error::new(io::ErrorKind::NotFound, "this run has no folder for files")
        })?;
        match DirBuilder::new().mode(0o700).create(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(folder),
        }
    }

    /// Which scenario is played.
    pub fn scene(&self) -> Scene {
        self.scene
    }

    /// The value of a parameter; 0 where the lesson does not declare it.
    pub fn count(&self, name: &str) -> u32 {
        debug_assert!(self.params.contains_key(name), "{name} is not declared");
        self.params.get(name).copied().unwrap_or(0)
    }

    /// The file the user chose for this parameter.
    pub fn file(&self, name: &str) -> Option<&Path> {
        self.files.get(name).map(PathBuf::as_path)
    }

    /// All numbers.
    pub fn params(&self) -> &BTreeMap<String, u32> {
        &self.params
    }

    /// The random numbers of this run: the same for the same seed. A lesson takes them once, in its main thread,
    /// and draws before it starts anything, so that what is drawn does not depend on the schedule.
    pub fn random(&self) -> fastrand::Rng {
        fastrand::Rng::with_seed(self.seed)
    }

    /// Prints a line: a record in the journal with its place in the order of all threads and processes. Nothing is
    /// written to stdout; whoever follows the journal shows the line in the reader's language.
    pub fn print(&self, who: &str, what: &str, value: impl Into<Value>) {
        settings::shake();
        let value = value.into();
        cut::whole(|| current::print(who, what, &value));
        settings::shake();
    }

    /// Sleeps this long, by the time scale.
    pub fn sleep(&self, milliseconds: u64) {
        thread::sleep(time::Duration::from_millis(milliseconds));
    }
}
