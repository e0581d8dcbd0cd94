//! At run time: compiles what travelled, once for a compiler.
use crate::bound::{bind, end_group};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

/// How often an interrupt is looked for.
const LOOK: Duration = Duration::from_millis(20);
/// Messages of cargo that wait to be read.
const LINES: usize = 64;

/// What travelled, and what is made of it.
#[derive(Debug, Clone, Copy)]
pub struct Carried {
    /// The folder of the cache it is kept under.
    pub name: &'static str,
    /// What `embed` wrote: paths and contents.
    pub sources: &'static [(&'static str, &'static [u8])],
    /// Equal for equal sources alone.
    pub digest: &'static str,
    /// The package that is compiled, with all it stands on.
    pub package: &'static str,
    /// What cargo is asked to do with it: `build`, or `check` where nothing of it is ever run.
    pub command: &'static [&'static str],
    /// The files that are wanted.
    pub artifacts: &'static [Artifact],
}

/// A file that cargo makes.
#[derive(Debug, Clone, Copy)]
pub struct Artifact {
    /// The name of the target.
    pub target: &'static str,
    /// The file's extension; none for a program.
    pub extension: &'static str,
}

/// The compiler it is made with, and where that is kept.
#[derive(Debug, Clone)]
pub struct Compiler {
    /// The cache folder.
    pub cache: PathBuf,
    /// cargo itself.
    pub cargo: PathBuf,
    /// rustc itself.
    pub rustc: PathBuf,
    /// All of `rustc -vV`: two compilers with the same text make the same code.
    pub identity: String,
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The files, in the order of [`Carried::artifacts`].
    pub files: Vec<PathBuf>,
    /// Where the crates they stand on lie.
    pub crates: PathBuf,
}

/// Why it could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("`{path}` cannot be read or written; is there space, and is it yours?")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// cargo could not be started.
    #[error("`{path}` cannot be started; is Rust installed (rustup.rs)?")]
    Cargo {
        /// cargo.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Somebody asked to stop.
    #[error("interrupted")]
    Interrupted,
    /// cargo was ended.
    #[error("cargo was ended by signal {signal}")]
    Killed {
        /// The signal.
        signal: i32,
    },
    /// cargo failed.
    #[error("the code that Weft carries could not be compiled:\n{said}")]
    NotCompiled {
        /// What cargo said.
        said: String,
    },
}

/// Whoever waits for what is made.
pub struct Waiting<'a> {
    /// Hears the name of each crate that is compiled.
    pub progress: &'a mut dyn FnMut(&str),
    /// Says whether to stop.
    pub interrupted: &'a dyn Fn() -> bool,
}

/// The note that says that everything is there.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    files: Vec<(PathBuf, u64)>,
    crates: PathBuf,
}

impl Carried {
    /// What was made for this compiler, if it is there and whole.
    pub fn ready(&self, compiler: &Compiler) -> Option<Kept> {
        let text = fs::read(self.folder(compiler).join(NOTE)).ok()?;
        let note: Note = serde_json::from_slice(&text).ok()?;
        let whole = note.files.len() == self.artifacts.len()
            && note.files.iter().all(|(path, size)| {
                fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == *size)
            });
        whole.then(|| Kept {
            files: note.files.into_iter().map(|(path, _)| path).collect(),
            crates: note.crates,
        })
    }

    /// What was made for this compiler; compiles it where it is not there.
    ///
    /// # Errors
    /// Where there is no room for it, cargo fails, or it is stopped.
    pub fn prepare(&self, compiler: &Compiler, waiting: &mut Waiting<'_>) -> Result<Kept, Error> {
        if let Some(kept) = self.ready(compiler) {
            return Ok(kept);
        }
        let folder = self.folder(compiler);
        let workplace = self.workplace(compiler);
        let _lock = locked(&workplace)?;
        // Another process may have been at it.
        if let Some(kept) = self.ready(compiler) {
            return Ok(kept);
        }
        self.make(compiler, &folder, &workplace, waiting)
    }

    /// Throws away what is there, and makes it again: somebody found that it is not what it should be. If another
    /// process has done that after `since`, what it made is given.
    ///
    /// # Errors
    /// As [`Carried::prepare`].
    pub fn prepare_again(
        &self,
        compiler: &Compiler,
        since: std::time::SystemTime,
        waiting: &mut Waiting<'_>,
    ) -> Result<Kept, Error> {
        let folder = self.folder(compiler);
        let workplace = self.workplace(compiler);
        let _lock = locked(&workplace)?;
        let note = folder.join(NOTE);
        let made = fs::metadata(&note).and_then(|note| note.modified()).ok();
        match self.ready(compiler) {
            Some(kept) if made.is_some_and(|made| made > since) => Ok(kept),
            _ => {
                // What is damaged there may be damaged where it came from.
                for damaged in [&folder, &workplace.join("target")] {
                    if damaged.exists() {
                        fs::remove_dir_all(damaged).map_err(file(damaged))?;
                    }
                }
                self.make(compiler, &folder, &workplace, waiting)
            }
        }
    }

    fn folder(&self, compiler: &Compiler) -> PathBuf {
        let mut hash = Sha256::new();
        hash.update(compiler.identity.as_bytes());
        hash.update(self.digest.as_bytes());
        let name = hex::encode(&hash.finalize()[..10]);
        compiler.cache.join(self.name).join(name)
    }

    /// Where it is compiled: one folder for all versions of the source, so that a new version compiles again only what
    /// changed.
    fn workplace(&self, compiler: &Compiler) -> PathBuf {
        let name = hex::encode(&Sha256::digest(compiler.identity.as_bytes())[..10]);
        compiler.cache.join(self.name).join("build").join(name)
    }

    fn make(
        &self,
        compiler: &Compiler,
        folder: &Path,
        workplace: &Path,
        waiting: &mut Waiting<'_>,
    ) -> Result<Kept, Error> {
        let source = workplace.join("source");
        if source.exists() {
            fs::remove_dir_all(&source).map_err(file(&source))?;
        }
        for (path, content) in self.sources {
            let path = source.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(file(parent))?;
            }
            fs::write(&path, content).map_err(file(&path))?;
        }
        // Offline first: what built this program is usually at hand, and a class may have no network.
        let made = match self.compile(compiler, workplace, true, waiting) {
            Err(Error::NotCompiled { .. }) => self.compile(compiler, workplace, false, waiting)?,
            made => made?,
        };
        let crates = folder.join("crates");
        fs::create_dir_all(&crates).map_err(file(&crates))?;
        let mut files = Vec::new();
        for path in &made.wanted {
            files.push(copied(path, folder)?);
        }
        for path in &made.crates {
            copied(path, &crates)?;
        }
        let note = Note { files, crates };
        let text = serde_json::to_vec_pretty(&note).unwrap_or_default();
        let (path, unfinished) = (folder.join(NOTE), folder.join("unfinished.json"));
        fs::write(&unfinished, text).map_err(file(&unfinished))?;
        fs::rename(&unfinished, &path).map_err(file(&path))?;
        Ok(Kept {
            files: note.files.into_iter().map(|(path, _)| path).collect(),
            crates: note.crates,
        })
    }

    fn compile(
        &self,
        compiler: &Compiler,
        workplace: &Path,
        offline: bool,
        waiting: &mut Waiting<'_>,
    ) -> Result<Made, Error> {
        let mut command = Command::new(&compiler.cargo);
        command
            .args(self.command)
            .args(["--package", self.package, "--release"])
            .args(["--message-format", "json-render-diagnostics"])
            .current_dir(workplace.join("source"))
            .env("RUSTC", &compiler.rustc)
            .env("CARGO_TARGET_DIR", workplace.join("target"))
            .env("RUSTFLAGS", "-Cprefer-dynamic")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("RUSTC_WRAPPER")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if offline {
            command.arg("--offline");
        }
        bind(&mut command);
        let cannot = |source| Error::Cargo {
            path: compiler.cargo.clone(),
            source,
        };
        let mut child = Cargo(command.spawn().map_err(cannot)?);
        // cargo's own words are read aside so that neither pipe fills up while the other is read.
        let words = child.0.stderr.take().map(|stderr| {
            std::thread::spawn(move || std::io::read_to_string(stderr).unwrap_or_default())
        });
        let mut found = vec![None; self.artifacts.len()];
        let mut crates = Vec::new();
        if let Some(stdout) = child.0.stdout.take() {
            let (sender, lines) = sync_channel(LINES);
            std::thread::spawn(move || {
                let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
                lines.try_for_each(|line| sender.send(line))
            });
            loop {
                if (waiting.interrupted)() {
                    return Err(Error::Interrupted);
                }
                let line = match lines.recv_timeout(LOOK) {
                    Ok(line) => line,
                    Err(RecvTimeoutError::Timeout) => continue,
                    Err(RecvTimeoutError::Disconnected) => break,
                };
                let Ok(message) = serde_json::from_str::<Value>(&line) else {
                    continue;
                };
                if message["reason"] != "compiler-artifact" {
                    continue;
                }
                let name = message["target"]["name"].as_str().unwrap_or_default();
                if message["fresh"] != true {
                    (waiting.progress)(name);
                }
                // Who compiles against what is made needs to know the crates behind it, not their code; of macros, it
                // is the same.
                crates.extend(produced(&message, "rmeta"));
                if message["target"]["kind"][0] == "proc-macro" {
                    crates.extend(produced(&message, "so"));
                }
                for (wanted, found) in self.artifacts.iter().zip(&mut found) {
                    if wanted.target == name {
                        *found = produced(&message, wanted.extension);
                    }
                }
            }
        }
        let status = child.0.wait().map_err(cannot)?;
        let said = words
            .and_then(|words| words.join().ok())
            .unwrap_or_default();
        if let Some(signal) = status.signal() {
            return Err(Error::Killed { signal });
        }
        let wanted: Option<Vec<PathBuf>> = found.into_iter().collect();
        wanted
            .filter(|_| status.success())
            .map(|wanted| Made { wanted, crates })
            .ok_or(Error::NotCompiled { said })
    }
}

/// cargo at work. It is ended, with the compilers it started, when this is dropped.
struct Cargo(Child);

impl Drop for Cargo {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(None)) {
            end_group(self.0.id());
            let _ = self.0.wait();
        }
    }
}

/// What cargo made, where it made it.
struct Made {
    wanted: Vec<PathBuf>,
    crates: Vec<PathBuf>,
}

/// Copies a file into a folder; gives where it is now, and its size.
fn copied(path: &Path, folder: &Path) -> Result<(PathBuf, u64), Error> {
    let copy = folder.join(path.file_name().unwrap_or_default());
    let size = fs::copy(path, &copy).map_err(file(path))?;
    Ok((copy, size))
}

/// The note's name.
const NOTE: &str = "made.json";

/// The folder, for this process alone until the file is closed.
fn locked(folder: &Path) -> Result<File, Error> {
    fs::create_dir_all(folder).map_err(file(folder))?;
    let path = folder.join("lock");
    let lock = File::create(&path).map_err(file(&path))?;
    lock.lock().map_err(file(&path))?;
    Ok(lock)
}

fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { path, source }
}

/// The file with this extension among those of a message.
fn produced(message: &Value, extension: &str) -> Option<PathBuf> {
    message["filenames"]
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .map(PathBuf::from)
        .find(|path| path.extension().unwrap_or_default() == extension)
}
