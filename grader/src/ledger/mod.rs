//! The ledger: every judgement and every run, in one SQLite file with one writer.
//!
//! A judgement is kept under the hash of its inputs (task, answer, toolchain, who judges): the same inputs are not
//! judged twice, whoever handed them in. Judgements are written before the results that rest on them, and the results
//! of a submission in one transaction: a grader killed at any moment leaves whole submissions behind, and judgements
//! that need not be made again. Failures of ours are results too, but never judgements: the next run tries again.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, Row, ffi};

use crate::judge::{Judgement, TaskSpec};
use crate::submission::{Origin, Problem};

/// The version of the tables.
const VERSION: i64 = 1;

/// The file's name in the folder of results.
pub const FILE_NAME: &str = "ledger.sqlite";

const TABLES: &str = "
CREATE TABLE session (one INTEGER PRIMARY KEY CHECK (one = 1), assignment TEXT NOT NULL, open INTEGER NOT NULL) STRICT;
CREATE TABLE submission (
    id TEXT PRIMARY KEY, name TEXT, origin TEXT NOT NULL, hash TEXT NOT NULL DEFAULT '',
    starts INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE answer (hash TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE judgement (
    input TEXT PRIMARY KEY, task TEXT NOT NULL, spec TEXT NOT NULL, answer TEXT NOT NULL, toolchain TEXT NOT NULL,
    limits TEXT NOT NULL, verdict TEXT NOT NULL, share REAL NOT NULL, why TEXT NOT NULL, schedule TEXT,
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE run (
    input TEXT NOT NULL REFERENCES judgement (input) ON DELETE CASCADE, number INTEGER NOT NULL, seed TEXT NOT NULL,
    verdict TEXT NOT NULL, wall_ms REAL NOT NULL, cpu_ms REAL NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (input, number)
) STRICT;
CREATE TABLE result (
    submission TEXT NOT NULL REFERENCES submission (id) ON DELETE CASCADE, task TEXT NOT NULL,
    submission_hash TEXT NOT NULL, answer TEXT, input TEXT REFERENCES judgement (input), problem TEXT, internal TEXT,
    PRIMARY KEY (submission, task)
) STRICT;
CREATE TABLE hand (
    submission TEXT NOT NULL, task TEXT NOT NULL, points REAL NOT NULL, comment TEXT NOT NULL,
    PRIMARY KEY (submission, task)
) STRICT;
CREATE INDEX result_input ON result (input);
CREATE INDEX result_answer ON result (answer);
";

/// Why the ledger cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// SQLite refuses.
    #[error("{path}: {source}")]
    Sqlite {
        /// Which file.
        path: PathBuf,
        /// What it says.
        source: rusqlite::Error,
    },
    /// The folder cannot be used.
    #[error("{path}: {source}")]
    File {
        /// Which file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Somebody else is writing.
    #[error(
        "{0} is in use by another grading; wait for it to end, or choose another folder for the results"
    )]
    Busy(PathBuf),
    /// It was written by another version.
    #[error(
        "{path} was written by another version of Weft (tables {found}, not {VERSION}); choose another folder"
    )]
    Version {
        /// Which file.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// It belongs to another assignment.
    #[error("{path} holds the results of {found:?}, not of {wanted:?}; choose another folder")]
    OtherAssignment {
        /// Which file.
        path: PathBuf,
        /// Whose results it holds.
        found: String,
        /// What is being graded.
        wanted: String,
    },
    /// Something in it cannot be understood.
    #[error("{path} is damaged: {what}; grade into another folder")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What.
        what: String,
    },
}

impl LedgerError {
    /// What the system refused, where that is why.
    pub fn kind(&self) -> Option<ErrorKind> {
        match self {
            LedgerError::Sqlite { source, .. } => match source.sqlite_error()?.code {
                ErrorCode::DiskFull => Some(ErrorKind::StorageFull),
                // Its index of the log is a file too, and is told otherwise where there is no room for it.
                ErrorCode::SystemIoFailure
                    if source.sqlite_error()?.extended_code == ffi::SQLITE_IOERR_SHMSIZE =>
                {
                    Some(ErrorKind::StorageFull)
                }
                ErrorCode::ReadOnly => Some(ErrorKind::ReadOnlyFilesystem),
                ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
                    Some(ErrorKind::PermissionDenied)
                }
                _ => None,
            },
            LedgerError::File { source, .. } => Some(source.kind()),
            _ => None,
        }
    }
}

/// What was found for one task of one submission.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// The judgement with this input.
    Judged(String),
    /// There was nothing to judge.
    Problem(Problem),
    /// We failed, after so many attempts; a human has to look.
    Internal {
        /// What happened.
        what: String,
        /// How many times it was tried.
        attempts: u32,
    },
    /// The teacher decides.
    Hand,
}

/// One task of a submission, as it is written down.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Which task.
    pub task: String,
    /// The answer, where there is one.
    pub answer: Option<String>,
    /// What was found.
    pub finding: Finding,
}

/// A judgement, with everything it depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The hash of all inputs.
    pub input: String,
    /// What the task demands.
    pub spec: TaskSpec,
    /// The hash of that.
    pub spec_hash: String,
    /// The answer.
    pub answer: String,
    /// The compiler.
    pub toolchain: String,
    /// What was found.
    pub judgement: Judgement,
}

/// One submission, graded.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Whose it is.
    pub id: String,
    /// Her name, where it is known.
    pub name: Option<String>,
    /// Where it came from.
    pub origin: Origin,
    /// The hash of the notebook.
    pub hash: String,
    /// Every task.
    pub entries: Vec<Entry>,
}

/// What the ledger says about one task of one submission.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskResult {
    /// Which task.
    pub task: String,
    /// The answer.
    pub answer: Option<String>,
    /// What was found.
    pub finding: Finding,
    /// The judgement, without its runs but the one that is the reason.
    pub judgement: Option<Judgement>,
    /// What the teacher gave, and what she wrote.
    pub hand: Option<(f64, String)>,
}

/// What the ledger says about one submission.
#[derive(Clone, Debug, PartialEq)]
pub struct Student {
    /// Whose it is.
    pub id: String,
    /// Her name.
    pub name: Option<String>,
    /// Where it came from.
    pub origin: Origin,
    /// The hash of the notebook.
    pub hash: String,
    /// Its results by task.
    pub results: BTreeMap<String, TaskResult>,
}

/// The ledger, open for writing; nobody else can open it until this one is dropped.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    path: PathBuf,
    _lock: File,
}

/// Gives a rusqlite error its file.
macro_rules! sql {
    ($ledger:expr, $result:expr) => {
        $result.map_err(|source| LedgerError::Sqlite {
            path: $ledger.path.clone(),
            source,
        })
    };
}

mod merge;
mod read;
mod write;

impl Ledger {
    /// Opens the ledger in this folder, making both where they are not there.
    pub fn open(folder: &Path, assignment: &str) -> Result<Ledger, LedgerError> {
        let file = |source| LedgerError::File {
            path: folder.to_owned(),
            source,
        };
        fs::create_dir_all(folder).map_err(file)?;
        let path = folder.join(FILE_NAME);
        let lock = File::options()
            .create(true)
            .append(true)
            .open(folder.join("ledger.lock"))
            .map_err(file)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(LedgerError::Busy(path)),
            Err(fs::TryLockError::Error(error)) => return Err(file(error)),
        }
        let sqlite = |source| LedgerError::Sqlite {
            path: path.clone(),
            source,
        };
        let connection = Connection::open(&path).map_err(sqlite)?;
        let mut ledger = Ledger {
            connection,
            path,
            _lock: lock,
        };
        ledger.prepare()?;
        ledger.belongs_to(assignment)?;
        Ok(ledger)
    }

    fn prepare(&mut self) -> Result<(), LedgerError> {
        // WAL with NORMAL survives a killed process whole. Should the machine lose power, the last submissions may be
        // gone, and are then graded again. Deleted rows are overwritten: a student can be forgotten.
        sql!(
            self,
            self.connection.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
                 PRAGMA secure_delete = ON;"
            )
        )?;
        let found: i64 = sql!(
            self,
            self.connection
                .query_row("PRAGMA user_version", [], |row| row.get(0))
        )?;
        match found {
            VERSION => Ok(()),
            0 => {
                let batch = format!("BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;");
                sql!(self, self.connection.execute_batch(&batch))
            }
            found => Err(LedgerError::Version {
                path: self.path.clone(),
                found,
            }),
        }
    }

    fn belongs_to(&self, assignment: &str) -> Result<(), LedgerError> {
        sql!(
            self,
            self.connection.execute(
                "INSERT INTO session VALUES (1, ?1, 0) ON CONFLICT DO NOTHING",
                [assignment]
            )
        )?;
        let found: String = sql!(
            self,
            self.connection
                .query_row("SELECT assignment FROM session", [], |row| row.get(0))
        )?;
        if found == assignment {
            Ok(())
        } else {
            Err(LedgerError::OtherAssignment {
                path: self.path.clone(),
                found,
                wanted: assignment.to_owned(),
            })
        }
    }

    /// Whether a grading was begun and not ended.
    pub fn is_open(&self) -> Result<bool, LedgerError> {
        sql!(
            self,
            self.connection
                .query_row("SELECT open FROM session", [], |row| row.get::<_, i64>(0))
        )
        .map(|open| open != 0)
    }

    /// Says that a grading begins or ends.
    pub fn set_open(&mut self, open: bool) -> Result<(), LedgerError> {
        sql!(
            self,
            self.connection
                .execute("UPDATE session SET open = ?1", [open])
        )
        .map(drop)
    }

    /// The inputs of every judgement there is.
    pub fn inputs(&self) -> Result<HashSet<String>, LedgerError> {
        self.rows("SELECT input FROM judgement", |row| row.get(0))
    }

    /// How many times each submission was begun and never ended.
    pub fn unfinished(&self) -> Result<BTreeMap<String, u32>, LedgerError> {
        self.rows(
            "SELECT id, starts FROM submission WHERE starts > 0",
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Every row a question without parameters gives.
    fn rows<T, All: FromIterator<T>>(
        &self,
        question: &str,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<All, LedgerError> {
        let mut query = sql!(self, self.connection.prepare(question))?;
        let rows = sql!(self, query.query_map([], read))?;
        sql!(self, rows.collect::<rusqlite::Result<All>>())
    }

    /// How many judgements and runs there are.
    pub fn counts(&self) -> Result<(i64, i64), LedgerError> {
        let query = "SELECT (SELECT count(*) FROM judgement), (SELECT count(*) FROM run)";
        sql!(
            self,
            self.connection
                .query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?)))
        )
    }
}
