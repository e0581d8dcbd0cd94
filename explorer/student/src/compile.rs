//! From a text to something that can be loaded.
//!
//! The text is compiled twice at the same time. With the real std it is only checked, so that mistakes are told in the
//! usual words, on the usual lines. Against the facade it becomes a shared object. If only the facade refuses it, the
//! program uses something that is not modelled. Crates beside std that have a model are given to both: as they are, and
//! what stands in for them; but only to programs that name them.
use crate::beside::Beside;
use crate::parts;
use crate::reading::{self, Reading};
use crate::{Error, NotModelled, Source, Workshop};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than any program a person writes takes.
const LIMIT: Duration = Duration::from_secs(60);
/// How often the compilers are looked at.
const LOOK: Duration = Duration::from_millis(1);
/// What is kept of a compiler's words.
const MAX_WORDS: usize = 64 << 10;

/// A program that can be loaded, as long as this lives.
#[derive(Debug)]
pub struct Compiled {
    pub(crate) library: PathBuf,
    remarks: Vec<NotModelled>,
    _folder: TempDir,
}

impl Compiled {
    /// What the model cannot see in it. With any of these, that nothing was found proves nothing.
    #[must_use]
    pub fn remarks(&self) -> &[NotModelled] {
        &self.remarks
    }
}

impl Workshop {
    /// Checks and compiles a program.
    ///
    /// # Errors
    /// [`Error::DoesNotCompile`] with the compiler's words, [`Error::NotModelled`] with what the model lacks.
    pub fn compile(&self, source: &Source) -> Result<Compiled, Error> {
        self.compile_unless(source, &|| false)
    }

    /// The same, unless somebody asks to stop.
    ///
    /// # Errors
    /// As [`compile`](Self::compile), and [`Error::Interrupted`].
    pub fn compile_unless(
        &self,
        source: &Source,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Compiled, Error> {
        let mut reading = reading::read(&source.text);
        let mut outcome = self.compile_once(source, &reading, interrupted);
        if let Err(Refused::For(Error::DoesNotCompile { said })) = &outcome
            && reading.has_other_files
        {
            let missed = Beside::missed(said);
            if missed.iter().any(|one| !reading.beside.contains(one)) {
                reading.beside.extend(missed);
                reading.beside.sort();
                reading.beside.dedup();
                outcome = self.compile_once(source, &reading, interrupted);
            }
        }
        if let Err(Refused::Damaged) = outcome {
            self.mend(&reading.beside, interrupted)?;
            outcome = self.compile_once(source, &reading, interrupted);
        }
        if let Err(Refused::For(Error::NotModelled { .. } | Error::NotLoaded { .. })) = outcome
            && reading.text != source.text
        {
            // It may be the change that does not compile.
            let unchanged = Reading {
                text: source.text.clone(),
                remarks: reading.remarks_unchanged.clone(),
                ..reading
            };
            outcome = self.compile_once(source, &unchanged, interrupted);
        }
        outcome.map_err(|refused| match refused {
            Refused::For(error) => error,
            Refused::Damaged => Error::NotLoaded {
                reason: self.facade().display().to_string(),
            },
        })
    }

    fn compile_once(
        &self,
        source: &Source,
        reading: &Reading,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Compiled, Refused> {
        let folder = tempfile::Builder::new()
            .prefix("weft-explore-")
            .tempdir()
            .map_err(Error::file(&std::env::temp_dir()))?;
        let place = |name: &str| folder.path().join(name);
        let (plain, entered) = (place("plain"), place("entered"));
        // What stands in other files is not known. Our own library has destructors, in the program's memory.
        let has_ours = reading.beside.contains(&Beside::Exercises);
        let others = match (has_ours, reading.has_other_files) {
            (true, true) => "Drop exercises process",
            (true, false) | (false, true) => "Drop",
            (false, false) => "",
        };
        let entry = parts::entry(&[&reading.text, others]);
        for (inside, text) in [
            (&plain, source.text.clone()),
            (&entered, format!("{}\n{}", reading.text, entry)),
        ] {
            fs::create_dir(inside).map_err(Error::file(inside))?;
            let path = inside.join(&source.name);
            fs::write(&path, text).map_err(Error::file(&path))?;
            if reading.has_other_files {
                link_others(source, inside)?;
            }
        }
        let library = place("program.so");
        let mut check = self.rustc(source, &plain, &place("check.txt"))?;
        check
            .args(self.originals(&reading.beside, interrupted)?)
            .args(["--crate-type", "bin", "--emit", "metadata", "-o"])
            .arg(place("check.rmeta"));
        let mut compile = self.rustc(source, &entered, &place("compile.txt"))?;
        let name = hex::encode(&Sha256::digest(source.text.as_bytes())[..8]);
        compile
            .args(self.parts().arguments())
            .args(self.stand_ins(&reading.beside))
            .args(["--cap-lints", "allow"])
            .arg(format!("-Cmetadata={name}"))
            .arg("-o")
            .arg(&library);
        let mut check = Running::start(check, self)?;
        let mut compile = Running::start(compile, self)?;
        let checked = check.wait(interrupted)?;
        if !checked.success() {
            let said = words(&place("check.txt"));
            // Not where a crate is missing: that may be one nobody has, named by the program.
            let damaged = |code: &&str| *code != "E0463" && said.contains(*code);
            if !reading.beside.is_empty() && DAMAGED.iter().any(damaged) {
                return Err(Refused::Damaged);
            }
            let what = without_model(&said);
            if !what.is_empty() {
                return Err(Error::NotModelled { what }.into());
            }
            return Err(Error::DoesNotCompile { said }.into());
        }
        let compiled = compile.wait(interrupted)?;
        if !compiled.success() {
            return Err(why(&words(&place("compile.txt"))));
        }
        Ok(Compiled {
            library,
            remarks: reading.remarks.clone(),
            _folder: folder,
        })
    }

    /// A compiler of this source, with what both need.
    fn rustc(&self, source: &Source, inside: &Path, words: &Path) -> Result<Command, Error> {
        let mut remap = std::ffi::OsString::from(inside);
        remap.push("=");
        let mut command = Command::new(&self.toolchain.compiler.rustc);
        command
            .arg(&source.name)
            .current_dir(inside)
            .args(["--edition", source.edition.name()])
            .args(["--crate-name", "main"])
            .arg("--remap-path-prefix")
            .arg(remap)
            .env_remove("RUST_LOG")
            .env_remove("RUSTC_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(words).map_err(Error::file(words))?);
        carried::bind(&mut command);
        Ok(command)
    }
}

/// Why nothing was compiled.
pub(crate) enum Refused {
    /// For this.
    For(Error),
    /// The facade is not what it should be.
    Damaged,
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::For(error)
    }
}

/// A compiler at work. It is ended when this is dropped.
struct Running {
    child: Child,
    begun: Instant,
}

impl Running {
    fn start(mut command: Command, workshop: &Workshop) -> Result<Self, Error> {
        let child = command.spawn().map_err(|source| Error::Compiler {
            path: workshop.toolchain.compiler.rustc.clone(),
            source,
        })?;
        Ok(Self {
            child,
            begun: Instant::now(),
        })
    }

    fn wait(&mut self, interrupted: &dyn Fn() -> bool) -> Result<ExitStatus, Error> {
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Ok(status),
                Ok(None) if self.begun.elapsed() > LIMIT => {
                    return Err(Error::CompilesForEver { limit: LIMIT });
                }
                Ok(None) if interrupted() => return Err(Error::Interrupted),
                Ok(None) => std::thread::sleep(LOOK),
                Err(source) => {
                    return Err(Error::Compiler {
                        path: "rustc".into(),
                        source,
                    });
                }
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            carried::end_group(self.child.id());
            let _ = self.child.wait();
        }
    }
}

/// The other files of the program, reachable from the folder the copy is in.
fn link_others(source: &Source, inside: &Path) -> Result<(), Error> {
    let Some(folder) = &source.folder else {
        return Ok(());
    };
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let entry = entry.map_err(Error::file(folder))?;
        let link = inside.join(entry.file_name());
        if !link.exists() {
            std::os::unix::fs::symlink(entry.path(), &link).map_err(Error::file(&link))?;
        }
    }
    Ok(())
}

fn words(path: &Path) -> String {
    let mut said = fs::read(path).unwrap_or_default();
    said.truncate(MAX_WORDS);
    String::from_utf8_lossy(&said).into_owned()
}

/// Crates that programs with threads name and that have no model. Of any other name it is not known whether it is a
/// crate: it may be a slip of the pen, for which the compiler has the right words.
const WITHOUT_MODEL: &[&str] = &[
    "arc_swap",
    "async_std",
    "dashmap",
    "flume",
    "futures",
    "kanal",
    "lazy_static",
    "libc",
    "loom",
    "nix",
    "once_cell",
    "rand",
    "rayon",
    "shuttle",
    "smol",
    "spin",
    "threadpool",
    "tokio",
];

/// Those of them that the compiler did not find, each with the first line that names it.
fn without_model(said: &str) -> Vec<NotModelled> {
    let mut what: Vec<NotModelled> = Vec::new();
    for error in said.split("\nerror") {
        let named = |name: &&&str| error.contains(&format!("crate `{name}`"));
        let Some(name) = WITHOUT_MODEL.iter().find(named) else {
            continue;
        };
        let place = error
            .lines()
            .find(|line| line.trim_start().starts_with("-->"));
        let line = place.and_then(|place| place.rsplit(':').nth(1)?.parse().ok());
        if let Some(line) = line
            && what.iter().all(|one| one.what != **name)
        {
            what.push(NotModelled {
                what: (*name).to_owned(),
                line,
            });
        }
    }
    what.sort_by_key(|one| one.line);
    what
}

/// A message of the compiler.
#[derive(Debug, Deserialize)]
struct Message {
    message: String,
    level: String,
    code: Option<Code>,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

#[derive(Debug, Deserialize)]
struct Span {
    line_start: u32,
    is_primary: bool,
    #[serde(default)]
    text: Vec<Text>,
    expansion: Option<Box<Expansion>>,
}

#[derive(Debug, Deserialize)]
struct Expansion {
    span: Span,
}

#[derive(Debug, Deserialize)]
struct Text {
    text: String,
    highlight_start: usize,
    highlight_end: usize,
}

/// Errors that name what is missing; others follow from it.
const NAMING: &[&str] = &[
    "E0432", "E0433", "E0425", "E0412", "E0405", "E0423", "E0574", "E0599", "E0603", "E0531",
];

/// Errors of a compiler that finds a crate, and cannot use it.
const DAMAGED: &[&str] = &["E0786", "E0463", "E0460"];

/// Why the facade refused what the real std takes.
pub(crate) fn why(said: &str) -> Refused {
    if DAMAGED
        .iter()
        .any(|code| said.contains(&format!("\"{code}\"")))
    {
        return Refused::Damaged;
    }
    let errors: Vec<Message> = said
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(|message: &Message| message.level == "error")
        .collect();
    let names = |message: &Message| {
        let code = message.code.as_ref().map(|code| code.code.as_str());
        code.is_some_and(|code| NAMING.contains(&code))
    };
    let naming = errors.iter().any(names);
    let mut what: Vec<NotModelled> = errors
        .iter()
        .filter(|message| !naming || names(message))
        .filter_map(missing)
        .collect();
    what.sort_by(|one, other| (one.line, &one.what).cmp(&(other.line, &other.what)));
    what.dedup();
    if what.is_empty() {
        let messages: Vec<String> = errors.into_iter().map(|error| error.message).collect();
        let reason = messages.join("\n");
        return Error::NotLoaded { reason }.into();
    }
    Error::NotModelled { what }.into()
}

/// What a message says is missing.
fn missing(message: &Message) -> Option<NotModelled> {
    let mut span = message.spans.iter().find(|span| span.is_primary)?;
    // Inside a macro: where it is called.
    while let Some(expansion) = &span.expansion {
        span = &expansion.span;
    }
    let quoted: Vec<&str> = message.message.split('`').skip(1).step_by(2).collect();
    let is_method = message
        .code
        .as_ref()
        .is_some_and(|code| code.code == "E0599");
    let what = match quoted.as_slice() {
        [method, kind, ..] if is_method => {
            let kind = kind.split(['<', '(']).next().unwrap_or(kind);
            let kind = kind.rsplit("::").next().unwrap_or(kind);
            format!("{}::{method}", kind.trim_start_matches(['&', ' ']))
        }
        [path, ..] if message.message.starts_with("unresolved import") => (*path).to_owned(),
        _ => span
            .text
            .first()
            .map(whole_path)
            .filter(|path| !path.is_empty())
            .unwrap_or_else(|| message.message.clone()),
    };
    Some(NotModelled {
        what,
        line: span.line_start,
    })
}

/// The path that what is highlighted is a part of.
fn whole_path(text: &Text) -> String {
    let letters: Vec<char> = text.text.chars().collect();
    let part = |letter: &char| letter.is_alphanumeric() || "_:!".contains(*letter);
    let mut start = text.highlight_start.saturating_sub(1).min(letters.len());
    let mut end = text
        .highlight_end
        .saturating_sub(1)
        .clamp(start, letters.len());
    while start > 0 && part(&letters[start - 1]) {
        start -= 1;
    }
    while end < letters.len() && part(&letters[end]) {
        end += 1;
    }
    letters[start..end].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &str, start: usize, end: usize) -> Text {
        Text {
            text: line.to_owned(),
            highlight_start: start,
            highlight_end: end,
        }
    }

    #[test]
    fn a_part_of_a_path_names_the_whole() {
        assert_eq!(
            whole_path(&text("    let x = std::fs::read(p);", 18, 20)),
            "std::fs::read"
        );
        assert_eq!(whole_path(&text("x", 1, 2)), "x");
        assert_eq!(whole_path(&text("", 9, 7)), "");
    }
}
