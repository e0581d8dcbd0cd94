//! What the compiler answered about the cell that runs, for the case that evcxr has to be told of it again.
//!
//! evcxr may try several sources for one cell and learns from each error. When it is led through a cell a second time it
//! writes the same sources and must hear the same: in a moment, and without another shared object, whose statics would
//! be others. The notes lie in the folder evcxr builds in and concern one evaluation.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A line for each compilation.
const FILE: &str = "weft-retold.jsonl";

/// One answer.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Answer {
    asked: String,
    /// The compiler's exit code.
    pub(super) code: i32,
    /// What it said.
    pub(super) said: String,
}

/// Names a source in its ordered form.
pub(super) fn question(source: &str) -> String {
    hex::encode(&Sha256::digest(source.as_bytes())[..16])
}

/// Code is about to be evaluated for the first time.
pub(super) fn forget(folder: &Path) {
    let _ = fs::remove_file(folder.join(FILE));
}

/// Remembers an answer. Without it the source would be compiled again.
pub(super) fn note(folder: &Path, asked: String, code: i32, said: &str) {
    let said = said.to_owned();
    let noted = || -> std::io::Result<()> {
        let mut line = serde_json::to_vec(&Answer { asked, code, said })?;
        line.push(b'\n');
        let path = folder.join(FILE);
        let mut file = fs::File::options().append(true).create(true).open(path)?;
        file.write_all(&line)
    };
    if let Err(error) = noted() {
        tracing::debug!("an answer of the compiler was not noted: {error}");
    }
}

/// What the compiler answered to this source.
pub(super) fn known(folder: &Path, asked: &str) -> Option<Answer> {
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    text.lines()
        .filter_map(|line| serde_json::from_str::<Answer>(line).ok())
        .find(|answer| answer.asked == asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_found_by_their_question_until_they_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let (one, two) = (question("fn a() {}"), question("fn b() {}"));
        assert_eq!(known(at, &one), None);
        note(at, one.clone(), 1, "an error\nover two lines");
        note(at, two.clone(), 0, "");
        let found = known(at, &one).unwrap();
        assert_eq!(
            (found.code, found.said.as_str()),
            (1, "an error\nover two lines")
        );
        assert_eq!(known(at, &two).unwrap().code, 0);
        forget(at);
        assert_eq!(known(at, &two), None);
    }

    #[test]
    fn half_a_line_is_no_answer() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "{\"asked\":\"x\",\"code\":0").unwrap();
        assert_eq!(known(folder.path(), "x"), None);
    }
}
