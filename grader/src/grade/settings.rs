//! How a class was graded, written beside the results: whoever changes them later goes on with the same.

use std::io;
use std::path::{Path, PathBuf};

use messages::Language;
use serde::{Deserialize, Serialize};

use super::{GradeOptions, Sandbox, Shard};
use crate::assignment::Assignment;
use crate::report::{ReportError, ReportOptions, put};

/// The file's name in the folder for the results.
pub const FILE_NAME: &str = "grading.json";

/// How a class was graded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The folder of the assignment.
    pub assignment: PathBuf,
    /// The folder or zip file with the submissions.
    pub submissions: PathBuf,
    /// The code of the language of the reports.
    language: String,
    /// The compiler.
    pub toolchain: String,
    /// The grader that judged; nothing in what an early one wrote.
    #[serde(default)]
    pub grader: String,
    /// How well students' programs were locked in.
    pub sandbox: Sandbox,
    /// The part of the class that was graded, such as `2/8`; nothing where it was all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shard: Option<String>,
    /// What lay among the submissions and is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<String>,
    /// The folders this one was merged from; none where answers were judged into it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged_from: Vec<PathBuf>,
}

impl Settings {
    /// What is true of this grading.
    pub(super) fn of(
        assignment: &Assignment,
        options: &GradeOptions<'_>,
        grader: &str,
        sandbox: &Sandbox,
        passed_over: &[String],
    ) -> Settings {
        let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Settings {
            assignment: whole(&assignment.folder),
            submissions: whole(&options.submissions),
            language: options.language.code().to_owned(),
            toolchain: options.toolchain.clone(),
            grader: grader.to_owned(),
            sandbox: sandbox.clone(),
            shard: options.shard.map(|shard| shard.to_string()),
            passed_over: passed_over.to_owned(),
            merged_from: Vec::new(),
        }
    }

    /// What is true of gradings like this one, put together from these folders and reported so.
    pub(crate) fn merged(self, from: &[PathBuf], report: &ReportOptions) -> Settings {
        Settings {
            language: report.language.code().to_owned(),
            sandbox: report.sandbox.clone(),
            passed_over: report.passed_over.clone(),
            shard: None,
            merged_from: from.to_vec(),
            ..self
        }
    }

    /// The part of the class that was graded; nothing where it was all of it.
    pub fn shard(&self) -> Option<Shard> {
        self.shard.as_ref()?.parse().ok()
    }

    /// Reads what stands in a folder with results.
    pub fn read(out: &Path) -> io::Result<Settings> {
        let text = std::fs::read(out.join(FILE_NAME))?;
        serde_json::from_slice(&text).map_err(io::Error::from)
    }

    pub(crate) fn write(&self, out: &Path) -> Result<(), ReportError> {
        let path = out.join(FILE_NAME);
        let text = serde_json::to_string_pretty(self).map_err(|error| ReportError::File {
            path: path.clone(),
            source: error.into(),
        })?;
        put(&path, format!("{text}\n").as_bytes())
    }

    /// The language of the reports.
    pub fn language(&self) -> Language {
        self.language.parse().unwrap_or(Language::En)
    }
}
