//! `:load`

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use messages::{Language as Tongue, format, text};
use serde_json::Value;

use super::{Definition, failure};
use crate::evaluate::Session;
use crate::language::CellOutcome;

pub(super) const DEFINITION: Definition = Definition {
    name: ":load",
    arguments: "FILE.rs",
    summary: "command-load",
    run,
};

/// A longer file is no source of a cell.
const LONGEST: u64 = 1 << 20;
/// A file that loads a file ... that loads itself ends here.
const DEEPEST: usize = 8;

/// Runs a file as if its text stood in the cell.
fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let tongue = session.tongue;
    let name = unquoted(argument);
    if name.is_empty() {
        return Err(failure("Usage", text(tongue, "command-load-usage")));
    }
    if session.loading.len() >= DEEPEST {
        let depth = [("file", name.into()), ("depth", DEEPEST.into())];
        return Err(failure(
            "FileError",
            format(tongue, "load-too-deep", &depth),
        ));
    }
    let source = read(&session.folder().join(name)).map_err(|problem| {
        let sentence = problem.sentence(tongue, name);
        failure("FileError", sentence)
    })?;
    session.loading.push(name.to_owned());
    let result = session.run_text(cell, &source);
    session.loading.pop();
    result
}

fn unquoted(argument: &str) -> &str {
    let inside = |quote| argument.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(argument)
}

/// Why a file cannot be run.
#[derive(Debug)]
enum Problem {
    Missing,
    NotAFile,
    TooLong(u64),
    NotText(usize),
    Unreadable(std::io::Error),
}

impl Problem {
    fn sentence(&self, tongue: Tongue, file: &str) -> String {
        let mut arguments = vec![("file", file.into())];
        let id = match self {
            Problem::Missing => "load-missing",
            Problem::NotAFile => "load-no-file",
            Problem::TooLong(size) => {
                arguments.push(("size", size.div_ceil(LONGEST).into()));
                arguments.push(("limit", (LONGEST >> 20).into()));
                "load-too-long"
            }
            Problem::NotText(place) => {
                arguments.push(("place", (*place).into()));
                "load-no-text"
            }
            Problem::Unreadable(error) => {
                arguments.push(("reason", error.to_string().into()));
                "load-unreadable"
            }
        };
        format(tongue, id, &arguments)
    }
}

fn read(path: &Path) -> Result<String, Problem> {
    let cannot = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Problem::Missing,
        _ => Problem::Unreadable(error),
    };
    // Before it is opened: opening a named pipe waits for a writer.
    let facts = std::fs::metadata(path).map_err(cannot)?;
    if !facts.is_file() {
        return Err(Problem::NotAFile);
    }
    if facts.len() > LONGEST {
        return Err(Problem::TooLong(facts.len()));
    }
    let mut bytes = Vec::new();
    // It may have grown meanwhile, and files of the kernel's own have no length.
    let file = File::open(path).map_err(cannot)?;
    file.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > LONGEST {
        return Err(Problem::TooLong(bytes.len() as u64));
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| Problem::NotText(error.utf8_error().valid_up_to()))?;
    // A byte order mark, as some editors write it, is no Rust.
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_text_in_a_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        assert!(matches!(read(&path("none.rs")), Err(Problem::Missing)));
        assert!(matches!(read(folder.path()), Err(Problem::NotAFile)));
        std::fs::write(path("bytes.rs"), b"ab\xff").unwrap();
        assert!(matches!(read(&path("bytes.rs")), Err(Problem::NotText(2))));
        let long = File::create(path("long.rs")).unwrap();
        long.set_len(200 << 20).unwrap();
        assert!(matches!(
            read(&path("long.rs")),
            Err(Problem::TooLong(size)) if size == 200 << 20
        ));
        nix::unistd::mkfifo(&path("fifo"), nix::sys::stat::Mode::S_IRWXU).unwrap();
        assert!(matches!(read(&path("fifo")), Err(Problem::NotAFile)));
        std::fs::write(path("good.rs"), "\u{feff}1 + 1").unwrap();
        assert_eq!(read(&path("good.rs")).unwrap(), "1 + 1");
    }

    #[test]
    fn a_name_may_stand_in_quotes() {
        assert_eq!(unquoted("\"my file.rs\""), "my file.rs");
        assert_eq!(unquoted("'a.rs'"), "a.rs");
        assert_eq!(unquoted("it's.rs"), "it's.rs");
    }
}
