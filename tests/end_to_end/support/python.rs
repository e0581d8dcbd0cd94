//! A Python environment of the tests' own.
//!
//! It is made once for two lists of requirements, under the target folder, and
//! shared by all test processes: a lock makes them wait for each other, and a
//! stamp written last says that it is whole.

use super::{Scratch, Step, repository, workshop};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

/// What is installed, and with which options: everything with what it needs, or alone.
const REQUIREMENTS: [(&str, &[&str]); 2] = [
    ("tests/requirements.txt", &[]),
    ("tests/requirements-alone.txt", &["--no-deps"]),
];

/// The environment of [`REQUIREMENTS`].
pub struct Python {
    folder: PathBuf,
}

impl Python {
    /// Makes the environment if it is not there yet. A test that needs Python
    /// fails where it cannot be made; it is never skipped.
    pub fn ready() -> &'static Python {
        static READY: OnceLock<Python> = OnceLock::new();
        READY.get_or_init(|| Python { folder: make() })
    }

    /// `bin/python` of the environment.
    pub fn interpreter(&self) -> PathBuf {
        self.folder.join("bin/python")
    }

    /// The folder with `jupyter` and its relatives.
    pub fn programs(&self) -> PathBuf {
        self.folder.join("bin")
    }
}

fn make() -> PathBuf {
    let read = |(name, _): &(&str, _)| {
        fs::read_to_string(repository().join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
    };
    let text: String = REQUIREMENTS.iter().map(read).collect();
    let mut hash = DefaultHasher::new();
    text.hash(&mut hash);
    let folder = workshop().join(format!("python-{:016x}", hash.finish()));
    let stamp = folder.join("complete");

    fs::create_dir_all(workshop()).expect("the target folder can be written");
    let lock = fs::File::create(workshop().join("python.lock")).expect("a lock file can be made");
    lock.lock().expect("the lock file can be locked");
    if stamp.exists() {
        return folder;
    }
    let _ = fs::remove_dir_all(&folder);
    step(
        Command::new("python3").args(["-m", "venv"]).arg(&folder),
        "Python 3 with its venv module is needed (on Debian: apt-get install python3-venv)",
    );
    for (name, options) in REQUIREMENTS {
        let mut pip = Command::new(folder.join("bin/python"));
        pip.args(["-m", "pip", "install", "--disable-pip-version-check", "-q"])
            .args(options)
            .arg("-r")
            .arg(repository().join(name));
        step(
            &mut pip,
            &format!("the Python packages of {name} could not be installed; is the network up?"),
        );
    }
    fs::write(&stamp, text).expect("the stamp can be written");
    folder
}

fn step(command: &mut Command, advice: &str) {
    let output = command.stdin(Stdio::null()).output();
    match output {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!(
            "{advice}\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(why) => panic!("{advice}\n{why}"),
    }
}

/// What a file of Python tests reported, test by test.
#[derive(serde::Deserialize)]
pub struct UnitReport {
    /// Every test that ran, by name.
    pub ran: Vec<String>,
    /// Name and trace of those that failed.
    pub failed: Vec<(String, String)>,
    /// Name and reason of those that were left out.
    pub skipped: Vec<(String, String)>,
}

impl UnitReport {
    /// Runs a script of `tests/python` that writes a report to `report.json`.
    pub fn of(scratch: &Scratch, script: &str, limit: Duration) -> Self {
        Self::from(scratch, scratch.python(script, &[]).within(limit))
    }

    /// Runs a prepared command that writes a report to `report.json`.
    pub fn from(scratch: &Scratch, step: Step) -> Self {
        let path = scratch.path().join("report.json");
        let done = step.env("WEFT_TEST_REPORT", &path).run().exits(0);
        let text = fs::read_to_string(&path).unwrap_or_else(|why| {
            panic!("no report ({why})\n{}{}", done.stdout, done.stderr);
        });
        serde_json::from_str(&text).expect("the report is JSON of the agreed form")
    }

    /// Every test passed, and none was left out.
    pub fn all_passed(&self) -> &Self {
        let failed: String = self
            .failed
            .iter()
            .map(|(name, trace)| format!("=== {name}\n{trace}\n"))
            .collect();
        assert!(
            self.failed.is_empty(),
            "{} failed\n{failed}",
            self.failed.len()
        );
        assert!(self.skipped.is_empty(), "left out: {:?}", self.skipped);
        self
    }

    /// Exactly these tests ran.
    pub fn ran_exactly(&self, names: &[&str]) -> &Self {
        let mut ran: Vec<&str> = self.ran.iter().map(String::as_str).collect();
        ran.sort_unstable();
        let mut wanted = names.to_vec();
        wanted.sort_unstable();
        assert_eq!(ran, wanted);
        self
    }
}
