//! `weft grade merge`: parts of a class, graded on many machines, become one grading.
//!
//! The folder for the results holds, afterwards, what the parts hold, and nothing else; so it can be done again when a
//! part was graded again, or a student was forgotten in it. Nothing is judged, and the parts stay as they are.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use crate::assignment::Assignment;
use crate::grade::{HandError, Overlap, Sandbox, Settings, hand, keep_apart};
use crate::ledger::{Ledger, LedgerError};
use crate::report::{self, ReportError, ReportOptions};

/// What is merged, and where to.
#[derive(Clone, Debug)]
pub struct MergeOptions {
    /// The folders with the results of the parts.
    pub parts: Vec<PathBuf>,
    /// Points given by hand; otherwise `hand.csv` in the folder for the results, else what the parts hold.
    pub hand: Option<PathBuf>,
    /// How the reports are made; `out` is the folder for the results. What the boxes were is taken from the parts.
    pub report: ReportOptions,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// How many submissions there are.
    pub submissions: usize,
    /// Answers nobody has given points to yet: id and task.
    pub open: Vec<(String, String)>,
    /// Students who were given points by hand, and of whom there is no submission.
    pub unknown: Vec<String>,
    /// What lay among the submissions and is none.
    pub passed_over: Vec<String>,
}

/// Why parts were not merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// There is no grading in the folder.
    #[error("there is no grading in {0}")]
    NoGrading(PathBuf),
    /// A grading into the folder was cut off.
    #[error("a grading into {0} was cut off; end it first, with `--resume`")]
    Unfinished(PathBuf),
    /// Answers were judged into the folder for the results.
    #[error("{0} holds a grading of its own; choose another folder, or name it among the parts")]
    Occupied(PathBuf),
    /// The parts are not all there are of the class.
    #[error("parts are missing: {}", .0.join(", "))]
    Missing(Vec<String>),
    /// The class was split in two ways.
    #[error("{path} is part {found} of the class, and other folders are of a class in {of} parts")]
    OtherSplit {
        /// Which folder.
        path: PathBuf,
        /// Which part it is.
        found: String,
        /// Into how many parts the others were split.
        of: u32,
    },
    /// A student handed in two notebooks.
    #[error("{student:?} is in {first} and in {second}, with two notebooks")]
    TwoNotebooks {
        /// Who.
        student: String,
        /// In which folder.
        first: PathBuf,
        /// And in which.
        second: PathBuf,
    },
    /// A part was judged with another compiler, or by another grader.
    #[error("{path} was graded with {found}, and the others with {wanted}")]
    OtherJudge {
        /// Which folder.
        path: PathBuf,
        /// The compiler or the grader.
        found: String,
        /// The others'.
        wanted: String,
    },
    /// A part was judged by other demands.
    #[error("task {task:?} was judged in {path} by other demands than the assignment makes now")]
    OtherDemands {
        /// Which folder.
        path: PathBuf,
        /// Which task.
        task: String,
    },
    /// A part is named twice.
    #[error("{0} is named twice; name each part once")]
    Twice(PathBuf),
    /// The folder for the results is no folder of its own.
    #[error(transparent)]
    Overlap(#[from] Overlap),
    /// A ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The points given by hand cannot be used.
    #[error(transparent)]
    Hand(#[from] HandError),
    /// The reports cannot be written.
    #[error(transparent)]
    Report(#[from] ReportError),
}

/// A part of the class, open.
struct Part<'a> {
    folder: &'a Path,
    settings: Settings,
    ledger: Ledger,
}

/// Puts the parts of a class together.
///
/// # Errors
/// Whatever is wrong with the parts is found out before anything is written; see [`MergeError`].
pub fn merge(assignment: &Assignment, options: &MergeOptions) -> Result<Merged, MergeError> {
    let out = &options.report.out;
    let merged_before = Settings::read(out).is_ok_and(|of_out| !of_out.merged_from.is_empty());
    if Ledger::is_in(out) && !merged_before {
        return Err(MergeError::Occupied(out.clone()));
    }
    let mut seen = HashSet::new();
    for part in &options.parts {
        if !seen.insert(part.canonicalize().unwrap_or_else(|_| part.clone())) {
            return Err(MergeError::Twice(part.clone()));
        }
    }
    let parts: Vec<Part<'_>> = options
        .parts
        .iter()
        .map(|folder| open(assignment, folder))
        .collect::<Result<_, _>>()?;
    let Some((first, others)) = parts.split_first() else {
        return Err(MergeError::NoGrading(out.clone()));
    };
    for part in &parts {
        keep_apart(assignment, &part.settings.submissions, out)?;
    }
    complete(&parts)?;
    for part in others {
        let (of_part, of_first) = (&part.settings, &first.settings);
        for (found, wanted) in [
            (&of_part.toolchain, &of_first.toolchain),
            (&of_part.grader, &of_first.grader),
        ] {
            if found != wanted {
                return Err(MergeError::OtherJudge {
                    path: part.folder.to_owned(),
                    found: found.clone(),
                    wanted: wanted.clone(),
                });
            }
        }
    }
    let students = students(&parts)?;
    let rows = hand::read(assignment, options.hand.as_deref(), out)?;
    let sandbox = others
        .iter()
        .fold(first.settings.sandbox.clone(), |sandbox: Sandbox, part| {
            sandbox.and(&part.settings.sandbox)
        });

    // Each part has seen the whole class.
    let passed_over = parts
        .iter()
        .flat_map(|part| part.settings.passed_over.clone());
    let passed_over: BTreeSet<String> = passed_over.collect();
    let report = ReportOptions {
        sandbox,
        passed_over: passed_over.into_iter().collect(),
        ..options.report.clone()
    };
    let mut ledger = Ledger::open(out, &assignment.name)?;
    let settings = first.settings.clone();
    settings.merged(&options.parts, &report).write(out)?;
    for part in &parts {
        ledger.take(&part.ledger)?;
    }
    ledger.keep_only(&students)?;
    let mut unknown = Vec::new();
    if let Some(rows) = rows {
        hand::write(&mut ledger, &rows)?;
        unknown = hand::unknown(&ledger, &rows)?;
    }
    Ok(Merged {
        submissions: students.len(),
        open: report::write(assignment, &ledger, &report)?,
        unknown,
        passed_over: report.passed_over,
    })
}

fn open<'a>(assignment: &Assignment, folder: &'a Path) -> Result<Part<'a>, MergeError> {
    // Opening would make one.
    let settings = Settings::read(folder)
        .ok()
        .filter(|_| Ledger::is_in(folder));
    let settings = settings.ok_or_else(|| MergeError::NoGrading(folder.to_owned()))?;
    let ledger = Ledger::open(folder, &assignment.name)?;
    if ledger.is_open()? {
        return Err(MergeError::Unfinished(folder.to_owned()));
    }
    if let Some(task) = ledger.judged_otherwise(assignment)? {
        let path = folder.to_owned();
        return Err(MergeError::OtherDemands { path, task });
    }
    Ok(Part {
        folder,
        settings,
        ledger,
    })
}

/// Every part of the class must be there. Folders that hold all of a class (another section of the course) may stand
/// beside them.
fn complete(parts: &[Part<'_>]) -> Result<(), MergeError> {
    let split: Vec<_> = parts
        .iter()
        .filter_map(|part| Some((part, part.settings.shard()?)))
        .collect();
    let Some((_, first)) = split.first() else {
        return Ok(());
    };
    if let Some((part, other)) = split.iter().find(|(_, shard)| shard.of != first.of) {
        return Err(MergeError::OtherSplit {
            path: part.folder.to_owned(),
            found: other.to_string(),
            of: first.of,
        });
    }
    let missing: Vec<String> = (1..=first.of)
        .filter(|number| split.iter().all(|(_, shard)| shard.number != *number))
        .map(|number| format!("{number}/{}", first.of))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(MergeError::Missing(missing))
    }
}

/// Every student, once.
fn students(parts: &[Part<'_>]) -> Result<Vec<String>, MergeError> {
    let mut seen: BTreeMap<String, (String, &Path)> = BTreeMap::new();
    for part in parts {
        for (student, hash) in part.ledger.handed_in()? {
            if let Some((other, first)) = seen.get(&student)
                && *other != hash
            {
                return Err(MergeError::TwoNotebooks {
                    student,
                    first: (*first).to_owned(),
                    second: part.folder.to_owned(),
                });
            }
            seen.insert(student, (hash, part.folder));
        }
    }
    Ok(seen.into_keys().collect())
}
