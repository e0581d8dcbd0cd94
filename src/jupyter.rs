//! Finding a JupyterLab that can be used: the one on `PATH`, or Weft's own in the user's data
//! folder.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::child;

/// The oldest JupyterLab the notebooks are made for.
pub const OLDEST_LAB: u32 = 4;

/// How long Python may take to load Jupyter; it is seconds on a cold disk.
const PATIENCE: Duration = Duration::from_secs(60);

/// A Jupyter that starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jupyter {
    /// The `jupyter` command.
    pub command: PathBuf,
    /// The Python it runs on, where it could be found out.
    pub python: Option<PathBuf>,
    /// JupyterLab's version.
    pub lab: String,
    /// The prefix of Weft's own environment; `None` if the Jupyter is the user's.
    pub private: Option<PathBuf>,
}

/// What became of looking for one Jupyter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Can be used.
    Usable(Jupyter),
    /// There is a JupyterLab, but an old one.
    TooOld {
        /// Where.
        command: PathBuf,
        /// Its version.
        lab: String,
    },
    /// There is a `jupyter`, but `jupyter lab` does not start.
    Unusable {
        /// Where.
        command: PathBuf,
        /// What it said.
        reason: String,
    },
    /// Nothing there.
    Nothing,
}

/// Weft's own Jupyter environment, whether it exists or not.
pub fn private_prefix(get: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| {
        get(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    folder("XDG_DATA_HOME")
        .or_else(|| folder("HOME").map(|home| home.join(".local/share")))
        .map(|data| data.join("weft/jupyter"))
}

/// The Jupyter on `PATH`.
pub fn on_path() -> Found {
    match child::on_path("jupyter") {
        Some(command) => examine(command, None),
        None => Found::Nothing,
    }
}

/// Weft's own Jupyter, if it was completely set up.
pub fn private(prefix: &Path) -> Found {
    let command = prefix.join("bin/jupyter");
    if !prefix.join(READY).exists() || !child::is_executable(&command) {
        return Found::Nothing;
    }
    examine(command, Some(prefix.to_owned()))
}

/// Written into Weft's own environment when everything is in it: an installation that was broken
/// off is made again.
pub const READY: &str = "weft-ready";

fn examine(command: PathBuf, private: Option<PathBuf>) -> Found {
    let answer = child::ask(Command::new(&command).args(["lab", "--version"]), PATIENCE);
    let answer = match answer {
        Ok(answer) if answer.success() => answer,
        Ok(answer) => {
            return Found::Unusable {
                command,
                reason: answer.last_words(),
            };
        }
        Err(error) => {
            return Found::Unusable {
                command,
                reason: error.to_string(),
            };
        }
    };
    let Some(lab) = answer.stdout.lines().map(str::trim).find_map(version_line) else {
        return Found::Unusable {
            command,
            reason: answer.last_words(),
        };
    };
    if major(&lab) < OLDEST_LAB {
        return Found::TooOld { command, lab };
    }
    let python = python_of(&command);
    Found::Usable(Jupyter {
        command,
        python,
        lab,
        private,
    })
}

fn version_line(line: &str) -> Option<String> {
    let is_version = line.starts_with(|c: char| c.is_ascii_digit()) && line.contains('.');
    is_version.then(|| line.to_owned())
}

fn major(version: &str) -> u32 {
    version
        .split('.')
        .next()
        .and_then(|part| part.parse().ok())
        .unwrap_or(0)
}

/// The Python a Jupyter command runs on, checked by importing what is needed of it.
fn python_of(command: &Path) -> Option<PathBuf> {
    let beside = command
        .parent()
        .into_iter()
        .flat_map(|folder| ["python3", "python"].map(|name| folder.join(name)));
    let named = fs::read(command)
        .ok()
        .and_then(|script| interpreter(&script));
    named
        .into_iter()
        .chain(beside)
        .find(|python| has_client(python))
}

/// A Python with `jupyter_client`, whatever Jupyter there is.
pub fn any_python_with_client() -> Option<PathBuf> {
    child::on_path("python3").filter(|python| has_client(python))
}

fn has_client(python: &Path) -> bool {
    child::is_executable(python)
        && child::ask(
            Command::new(python).args(["-c", "import jupyter_client"]),
            PATIENCE,
        )
        .is_ok_and(|answer| answer.success())
}

/// The Python named in a script's first lines: `#!/path/python`, or pip's form for long paths,
/// where a shell line executes it.
fn interpreter(script: &[u8]) -> Option<PathBuf> {
    let head = String::from_utf8_lossy(&script[..script.len().min(1024)]).into_owned();
    let mut lines = head.lines();
    let first = lines.next()?.strip_prefix("#!")?.trim();
    if first.contains("python") && !first.contains("/env ") {
        return Some(PathBuf::from(first.split_whitespace().next()?));
    }
    let second = lines.next()?;
    let path = second.strip_prefix("'''exec' ")?;
    let path = match path.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => path.split_whitespace().next()?,
    };
    Some(PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_python_is_read_from_the_scripts_first_lines() {
        let python = |script: &str| interpreter(script.as_bytes());
        assert_eq!(
            python("#!/opt/env/bin/python3.11\nimport sys\n"),
            Some("/opt/env/bin/python3.11".into())
        );
        assert_eq!(
            python("#!/bin/sh\n'''exec' \"/a long/path/python\" \"$0\" \"$@\"\n"),
            Some("/a long/path/python".into())
        );
        assert_eq!(
            python("#!/bin/sh\n'''exec' /long/python \"$0\" \"$@\"\n"),
            Some("/long/python".into())
        );
        assert_eq!(python("#!/usr/bin/env python3\n"), None);
        assert_eq!(python("#!/usr/bin/env bash\nexec pyenv\n"), None);
        assert_eq!(python(""), None);
    }

    #[test]
    fn versions_are_compared_by_their_first_number() {
        assert_eq!(major("4.6.6"), 4);
        assert_eq!(major("10.0rc1"), 10);
        assert_eq!(major("lab"), 0);
        assert_eq!(version_line("4.2.0").as_deref(), Some("4.2.0"));
        assert_eq!(version_line("some warning 4.2"), None);
    }

    #[test]
    fn an_unfinished_environment_is_not_used() {
        assert_eq!(private(Path::new("/nonexistent")), Found::Nothing);
    }
}
