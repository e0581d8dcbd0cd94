//! A program's text.
use crate::{Error, NotModelled, reading};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The editions of Rust that can be explored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Edition {
    /// 2018
    E2018,
    /// 2021
    E2021,
    /// 2024
    #[default]
    E2024,
}

/// No edition that can be explored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is no edition of Rust that can be explored: 2018, 2021 or 2024")]
pub struct UnknownEdition {
    /// What was given.
    pub given: String,
}

impl Edition {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::E2018, Self::E2021, Self::E2024];

    /// As rustc wants it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::E2018 => "2018",
            Self::E2021 => "2021",
            Self::E2024 => "2024",
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Edition {
    type Err = UnknownEdition;

    fn from_str(given: &str) -> Result<Self, UnknownEdition> {
        let named = Self::ALL.into_iter().find(|one| one.name() == given);
        named.ok_or_else(|| UnknownEdition {
            given: given.to_owned(),
        })
    }
}

/// A program.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name its places are given with, and the compiler's messages.
    pub name: String,
    /// The text.
    pub text: String,
    /// The edition.
    pub edition: Edition,
    /// The folder its other files are in.
    pub folder: Option<PathBuf>,
}

/// As large as a program may be: the compiler would take for ever.
const MAX_BYTES: u64 = 1 << 20;

impl Source {
    /// A file.
    ///
    /// # Errors
    /// Where it cannot be read, is no UTF-8, or is larger than a program can be.
    pub fn read(path: &Path, edition: Edition) -> Result<Self, Error> {
        let cannot = || Error::file(path);
        let found = std::fs::metadata(path).map_err(cannot())?;
        if !found.is_file() || found.len() > MAX_BYTES {
            let reason = if found.is_file() {
                std::io::ErrorKind::FileTooLarge
            } else {
                std::io::ErrorKind::InvalidInput
            };
            return Err(cannot()(reason.into()));
        }
        let text = std::fs::read_to_string(path).map_err(cannot())?;
        let name = path.file_name().map_or_else(
            || "main.rs".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        let folder = path.canonicalize().map_err(cannot())?;
        Ok(Self {
            name,
            text,
            edition,
            folder: folder.parent().map(Path::to_owned),
        })
    }

    /// A cell of a notebook: a program, or statements that become one. Lines stay where they are.
    #[must_use]
    pub fn cell(text: &str, edition: Edition) -> Self {
        let whole = reading::read(text).has_main;
        let text = if whole {
            text.to_owned()
        } else {
            format!("fn main() {{ let _ = {{ {text}\n}}; }}")
        };
        Self {
            name: "cell.rs".to_owned(),
            text,
            edition,
            folder: None,
        }
    }

    /// What the model cannot see in it.
    #[must_use]
    pub fn remarks(&self) -> Vec<NotModelled> {
        reading::read(&self.text).remarks
    }
}
