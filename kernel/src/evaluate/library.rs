//! The library of cells: `exercises` and `weft`, compiled once for a compiler and kept.
//!
//! Their source travels inside the program (`build.rs` embeds it), so that an installed program
//! needs no checkout beside it. What is made from it lies in the cache folder under a name that
//! depends on the compiler and on the source: a new toolchain or a new Weft makes a new one.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::EvaluateError;
use super::compiler::CHECKED;
use super::linker::Linker;
use super::toolchain::{CompilerFacts, Toolchain};

/// Where rust-analyzer looks, beside the source that is compiled.
const VIEW: &str = "view";

include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// Names the folder everything is kept in instead of the user's cache folder.
pub const CACHE_VARIABLE: &str = "WEFT_CACHE_DIR";

/// A compiled library of cells.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Library {
    /// The shared object the worker loads.
    pub(crate) shared_object: PathBuf,
    /// The crate `exercises`, for `--extern`.
    pub(crate) exercises: PathBuf,
    /// Where the crates both stand on lie.
    pub(crate) crates: PathBuf,
    /// Where the source lies, for rust-analyzer.
    pub(crate) source: PathBuf,
    /// What links cells, where it is not `cc`.
    #[serde(default)]
    pub(super) linker: Option<Linker>,
}

/// The folder Weft keeps what it can make again in.
///
/// # Errors
/// [`EvaluateError::NoCacheFolder`] where neither `WEFT_CACHE_DIR`, `XDG_CACHE_HOME` nor `HOME`
/// is set, and the system knows no home of the user.
pub fn cache_folder() -> Result<PathBuf, EvaluateError> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    set(CACHE_VARIABLE)
        .map(PathBuf::from)
        .or_else(|| set("XDG_CACHE_HOME").map(|folder| Path::new(&folder).join("weft")))
        // Without HOME, what the system knows of the user.
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache/weft")))
        .ok_or(EvaluateError::NoCacheFolder)
}

/// The library for this compiler, if it is ready.
pub(crate) fn ready(facts: &CompilerFacts) -> Option<Library> {
    let text = fs::read_to_string(folder(facts).ok()?.join("library.json")).ok()?;
    let library: Library = serde_json::from_str(&text).ok()?;
    library.is_whole().then_some(library)
}

impl Library {
    /// Whether its files are there. Anybody may empty a cache at any time.
    pub(crate) fn is_whole(&self) -> bool {
        self.shared_object.is_file() && self.exercises.is_file()
    }
}

/// The library for this compiler; compiles it where it is not ready, telling `progress` the name
/// of each crate.
///
/// # Errors
/// [`EvaluateError::Library`] with what cargo said, [`EvaluateError::File`] where the cache folder
/// cannot be written.
pub(crate) fn prepare(
    toolchain: &Toolchain,
    facts: &CompilerFacts,
    progress: &mut dyn FnMut(&str),
) -> Result<Library, EvaluateError> {
    let folder = folder(facts)?;
    fs::create_dir_all(&folder).map_err(EvaluateError::file(&folder))?;
    let lock_path = folder.join("lock");
    let lock = File::create(&lock_path).map_err(EvaluateError::file(&lock_path))?;
    // Another kernel may be at it: wait for its result.
    lock.lock().map_err(EvaluateError::file(&lock_path))?;
    if let Some(library) = ready(facts) {
        return Ok(library);
    }
    let source = folder.join("source");
    unpack(&source, |content| Ok(content.to_vec()))?;
    unpack(&folder.join(VIEW), without_crates_behind)?;
    // Offline first: what built this program is usually at hand, and a class may have no network.
    let mut library = build(toolchain, &folder, true, progress)
        .or_else(|_| build(toolchain, &folder, false, progress))?;
    library.linker = Linker::find(facts);
    let text = serde_json::to_string_pretty(&library).unwrap_or_default();
    let path = folder.join("library.json");
    fs::write(&path, text).map_err(EvaluateError::file(&path))?;
    Ok(library)
}

/// A word for the library for this compiler: made of another source or by another compiler, it has another one.
pub(crate) fn digest(facts: &CompilerFacts) -> Result<String, EvaluateError> {
    let folder = folder(facts)?;
    let name = folder.file_name().unwrap_or_default();
    Ok(name.to_string_lossy().into_owned())
}

/// Where the shared objects of the library for this compiler lie, or will lie: a worker that is
/// started before they are made finds them later.
pub(crate) fn search_path(facts: &CompilerFacts) -> Result<Vec<PathBuf>, EvaluateError> {
    let target = folder(facts)?.join("target/release");
    Ok(vec![
        facts.library_folder.clone(),
        target.join("deps"),
        target,
    ])
}

fn folder(facts: &CompilerFacts) -> Result<PathBuf, EvaluateError> {
    let mut hash = Sha256::new();
    hash.update(facts.identity.as_bytes());
    hash.update(VIEW);
    hash.update(DIGEST);
    let name = hex::encode(&hash.finalize()[..10]);
    Ok(cache_folder()?.join("cells").join(name))
}

/// Writes the sources into a folder, with the manifests as they come out of `manifest`.
fn unpack(
    source: &Path,
    manifest: impl Fn(&[u8]) -> Result<Vec<u8>, EvaluateError>,
) -> Result<(), EvaluateError> {
    for (path, content) in SOURCES {
        let content = if path.ends_with("Cargo.toml") {
            manifest(content)?
        } else {
            content.to_vec()
        };
        let path = source.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(EvaluateError::file(parent))?;
        }
        fs::write(&path, content).map_err(EvaluateError::file(&path))?;
    }
    Ok(())
}

/// A manifest that names only our own crates: rust-analyzer would read every crate behind them (tokio, serde ...), and
/// cells would wait for it. What it shows of ours hardly needs them.
fn without_crates_behind(manifest: &[u8]) -> Result<Vec<u8>, EvaluateError> {
    let text = String::from_utf8_lossy(manifest);
    let mut table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| EvaluateError::Library(error.to_string()))?;
    table.remove("features");
    if let Some(toml::Value::Table(dependencies)) = table.get_mut("dependencies") {
        dependencies.retain(|name, _| ["recorder", "exercises"].contains(&name));
    }
    Ok(table.to_string().into_bytes())
}

fn build(
    toolchain: &Toolchain,
    folder: &Path,
    offline: bool,
    progress: &mut dyn FnMut(&str),
) -> Result<Library, EvaluateError> {
    let source = folder.join("source");
    let target = folder.join("target");
    let mut command = Command::new(&toolchain.cargo);
    command
        .args([
            "rustc",
            "--package",
            "weft-cell",
            "--crate-type",
            "dylib",
            "--lib",
        ])
        .args(["--release", "--message-format", "json-render-diagnostics"])
        .current_dir(&source)
        .env("RUSTC", &toolchain.rustc)
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", "-Cprefer-dynamic")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTC_WRAPPER")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if offline {
        command.arg("--offline");
    }
    // Of the library of cells alone, not of `exercises`: what cells share with it is as they are compiled.
    command.args(["--", "-Copt-level=0"]);
    command.args(CHECKED);
    let cannot = |error: std::io::Error| EvaluateError::Library(error.to_string());
    let mut child = command.spawn().map_err(cannot)?;
    // cargo's own words are read aside so that neither pipe fills up while the other is read.
    let words = child.stderr.take().map(|stderr| {
        std::thread::spawn(move || std::io::read_to_string(stderr).unwrap_or_default())
    });
    let mut shared_object = None;
    let mut exercises = None;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            let Ok(message) = serde_json::from_str::<Value>(&line) else {
                continue;
            };
            if message["reason"] != "compiler-artifact" {
                continue;
            }
            let name = message["target"]["name"].as_str().unwrap_or_default();
            progress(name);
            match name {
                "weft" => shared_object = artifact(&message, "so"),
                "exercises" => exercises = artifact(&message, "rlib"),
                _ => {}
            }
        }
    }
    let status = child.wait().map_err(cannot)?;
    let words = words
        .and_then(|words| words.join().ok())
        .unwrap_or_default();
    match (status.success(), shared_object, exercises) {
        (true, Some(shared_object), Some(exercises)) => Ok(Library {
            crates: exercises.parent().unwrap_or(&target).to_owned(),
            shared_object,
            exercises,
            source: folder.join(VIEW),
            linker: None,
        }),
        _ => Err(EvaluateError::Library(words)),
    }
}

/// The artifact with this extension; cargo names the copy beside `deps`, which serves as well.
fn artifact(message: &Value, extension: &str) -> Option<PathBuf> {
    message["filenames"]
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .map(PathBuf::from)
        .find(|path| path.extension().is_some_and(|found| found == extension))
}
