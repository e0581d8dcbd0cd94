//! What every end-to-end test stands on: a scratch folder with an environment
//! of its own, commands that cannot outlive their time, and a private Python.
//!
//! The invariant: a test sees nothing of the user's Jupyter, and leaves no
//! process behind. Everything a test starts inherits one tag in its
//! environment, and a command is only over when no process with that tag lives.

mod command;
mod python;
mod scratch;

pub use command::{Finished, Running, Step};
pub use python::{Python, UnitReport};
pub use scratch::Scratch;

use std::path::{Path, PathBuf};
use std::time::Duration;

/// A minute: enough for anything that compiles nothing large.
pub const MINUTE: Duration = Duration::from_secs(60);

/// The folder of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder for what tests make: under cargo's target folder.
pub fn workshop() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

/// The program under test.
pub fn weft() -> &'static str {
    env!("CARGO_BIN_EXE_weft")
}

/// Whether the heavy figures were asked for (`tests/run --long`).
pub fn long() -> bool {
    std::env::var_os("WEFT_LONG").is_some_and(|v| v == "1")
}

/// Wrong usage: code 2, nothing on stdout, on stderr a sentence, a cause or a
/// next step, and no trace of the machinery.
pub fn refused(done: Finished, names: &[&str]) -> String {
    let done = done.exits(2);
    assert_eq!(done.stdout, "", "{}", done.shown);
    for machinery in ["panicked", "RUST_BACKTRACE", "Error {", "error-", "Error("] {
        assert!(
            !done.stderr.contains(machinery),
            "{}\n{}",
            done.shown,
            done.stderr
        );
    }
    for name in names {
        assert!(
            done.stderr.contains(name),
            "{} must name {name}:\n{}",
            done.shown,
            done.stderr
        );
    }
    assert!(
        done.stderr.lines().count() >= 2,
        "a sentence and a next step:\n{}",
        done.stderr
    );
    done.stderr
}
