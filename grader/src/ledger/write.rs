//! Writing the ledger: what is begun, what was judged, what was recorded, and what is forgotten.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::params;

use super::{Finding, Judged, Ledger, LedgerError, Record};
use crate::judge::Judgement;
use crate::submission::Origin;

impl Ledger {
    /// Writes down that a submission is begun.
    pub fn started(&mut self, id: &str, origin: Origin) -> Result<(), LedgerError> {
        sql!(
            self,
            self.connection.execute(
                "INSERT INTO submission (id, origin, starts) VALUES (?1, ?2, 1)
                 ON CONFLICT (id) DO UPDATE SET starts = starts + 1",
                params![id, origin.name()]
            )
        )
        .map(drop)
    }

    /// Writes down judgements, and every run they rest on.
    pub fn judged(&mut self, judgements: &[Judged]) -> Result<(), LedgerError> {
        let path = self.path.clone();
        let damaged = |error: serde_json::Error| LedgerError::Damaged {
            path: path.clone(),
            what: error.to_string(),
        };
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        let this = Borrowed { path: &path };
        let transaction = sql!(this, self.connection.transaction())?;
        for judged in judgements {
            let Judgement {
                verdict,
                share,
                why,
                schedule,
                runs,
            } = &judged.judgement;
            sql!(
                this,
                transaction.execute(
                    "INSERT INTO judgement VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                     ON CONFLICT (input) DO NOTHING",
                    params![
                        judged.input,
                        judged.spec.id,
                        judged.spec_hash,
                        crate::assignment::sha256(judged.answer.as_bytes()),
                        judged.toolchain,
                        serde_json::to_string(&judged.spec.limits).map_err(damaged)?,
                        verdict.name(),
                        verdict.share(*share),
                        serde_json::to_string(why).map_err(damaged)?,
                        schedule,
                        i64::try_from(now).unwrap_or(i64::MAX),
                    ]
                )
            )?;
            for (number, run) in runs.iter().enumerate() {
                sql!(
                    this,
                    transaction.execute(
                        "INSERT INTO run VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                        params![
                            judged.input,
                            i64::try_from(number).unwrap_or(i64::MAX),
                            // As text: SQLite's integers are signed.
                            run.seed.to_string(),
                            run.verdict.name(),
                            run.wall_ms,
                            run.cpu_ms,
                            serde_json::to_string(run).map_err(damaged)?,
                        ]
                    )
                )?;
            }
        }
        sql!(this, transaction.commit())
    }

    /// Writes down a graded submission, all of it or nothing.
    pub fn record(&mut self, record: &Record) -> Result<(), LedgerError> {
        let path = self.path.clone();
        let damaged = |error: serde_json::Error| LedgerError::Damaged {
            path: path.clone(),
            what: error.to_string(),
        };
        let this = Borrowed { path: &path };
        let transaction = sql!(this, self.connection.transaction())?;
        sql!(
            this,
            transaction.execute(
                "INSERT INTO submission (id, name, origin, hash, done) VALUES (?1, ?2, ?3, ?4, 1)
                 ON CONFLICT (id) DO UPDATE SET name = ?2, origin = ?3, hash = ?4, done = 1, starts = 0",
                params![record.id, record.name, record.origin.name(), record.hash]
            )
        )?;
        sql!(
            this,
            transaction.execute("DELETE FROM result WHERE submission = ?1", [&record.id])
        )?;
        for entry in &record.entries {
            let answer = entry
                .answer
                .as_ref()
                .map(|text| crate::assignment::sha256(text.as_bytes()));
            if let (Some(hash), Some(text)) = (&answer, &entry.answer) {
                sql!(
                    this,
                    transaction.execute(
                        "INSERT INTO answer VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                        params![hash, text]
                    )
                )?;
            }
            let (input, problem, internal) = match &entry.finding {
                Finding::Judged(input) => (Some(input), None, None),
                Finding::Problem(problem) => (
                    None,
                    Some(serde_json::to_string(problem).map_err(damaged)?),
                    None,
                ),
                Finding::Internal { what, attempts } => {
                    let told = serde_json::to_string(&(what, attempts)).map_err(damaged)?;
                    (None, None, Some(told))
                }
                Finding::Hand => (None, None, None),
            };
            sql!(
                this,
                transaction.execute(
                    "INSERT INTO result VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![
                        record.id,
                        entry.task,
                        record.hash,
                        answer,
                        input,
                        problem,
                        internal
                    ]
                )
            )?;
        }
        sql!(this, transaction.commit())
    }

    /// Writes down what the teacher gave; replaces what she gave before.
    pub fn set_hand<'a>(
        &mut self,
        points: impl IntoIterator<Item = (&'a str, &'a str, f64, &'a str)>,
    ) -> Result<(), LedgerError> {
        let path = self.path.clone();
        let this = Borrowed { path: &path };
        let transaction = sql!(this, self.connection.transaction())?;
        sql!(this, transaction.execute("DELETE FROM hand", []))?;
        for (submission, task, points, comment) in points {
            sql!(
                this,
                transaction.execute(
                    "INSERT INTO hand VALUES (?1, ?2, ?3, ?4)",
                    params![submission, task, points, comment]
                )
            )?;
        }
        sql!(this, transaction.commit())
    }

    /// Forgets a student and whatever only rested on her; true where there was something to forget.
    pub fn forget(&mut self, id: &str) -> Result<bool, LedgerError> {
        let path = self.path.clone();
        let this = Borrowed { path: &path };
        let transaction = sql!(this, self.connection.transaction())?;
        let mut gone = 0;
        for delete in [
            "DELETE FROM hand WHERE submission = ?1",
            "DELETE FROM submission WHERE id = ?1",
        ] {
            gone += sql!(this, transaction.execute(delete, [id]))?;
        }
        sql!(
            this,
            transaction.execute_batch(
                "DELETE FROM judgement WHERE input NOT IN (SELECT input FROM result WHERE input IS NOT NULL);
                 DELETE FROM answer WHERE hash NOT IN (SELECT answer FROM result WHERE answer IS NOT NULL);"
            )
        )?;
        sql!(this, transaction.commit())?;
        // The log still holds what was deleted, and so do free pages.
        sql!(
            this,
            self.connection
                .execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")
        )?;
        Ok(gone > 0)
    }
}

/// Lends the path to errors while the connection is borrowed.
struct Borrowed<'a> {
    path: &'a PathBuf,
}
