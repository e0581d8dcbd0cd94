//! Reading the ledger: what is known about each student.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row};

use super::{Finding, Ledger, LedgerError, Student, TaskResult};
use crate::judge::{Judgement, RunRecord, Why};
use crate::submission::{Origin, Problem};
use crate::verdict::Verdict;

impl Ledger {
    /// The ids of all graded submissions, sorted.
    pub fn students(&self) -> Result<Vec<String>, LedgerError> {
        self.rows(
            "SELECT id FROM submission WHERE done = 1 ORDER BY id",
            |row| row.get(0),
        )
    }

    /// What is known about one submission.
    pub fn student(&self, id: &str) -> Result<Option<Student>, LedgerError> {
        let head = sql!(
            self,
            self.connection
                .query_row(
                    "SELECT name, origin, hash FROM submission WHERE id = ?1 AND done = 1",
                    [id],
                    |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?))
                )
                .optional()
        )?;
        let Some((name, origin, hash)) = head else {
            return Ok(None);
        };
        let mut query = sql!(
            self,
            self.connection.prepare_cached(
                "SELECT r.task, a.text, r.input, r.problem, r.internal, j.verdict, j.share, j.why, j.schedule,
                        h.points, h.comment
                 FROM result r LEFT JOIN answer a ON a.hash = r.answer LEFT JOIN judgement j ON j.input = r.input
                 LEFT JOIN hand h ON h.submission = r.submission AND h.task = r.task
                 WHERE r.submission = ?1"
            )
        )?;
        let mut rows = sql!(self, query.query([id]))?;
        let mut results = BTreeMap::new();
        while let Some(row) = sql!(self, rows.next())? {
            let result = sql!(self, self.result(row))?;
            results.insert(result.task.clone(), result);
        }
        Ok(Some(Student {
            id: id.to_owned(),
            name,
            origin: Origin::from_name(&origin),
            hash,
            results,
        }))
    }

    fn result(&self, row: &Row<'_>) -> rusqlite::Result<TaskResult> {
        let input: Option<String> = row.get(2)?;
        let judgement = match &input {
            Some(input) => {
                let share = row.get(6)?;
                Some(Judgement {
                    verdict: Verdict::from_name(&row.get::<_, String>(5)?, share)
                        .unwrap_or(Verdict::Internal),
                    share,
                    why: json(row, 7)?.unwrap_or(Why::Internal {
                        what: String::new(),
                    }),
                    schedule: row.get(8)?,
                    runs: self.telling_run(input)?,
                })
            }
            None => None,
        };
        let finding = match (
            input,
            json::<Problem>(row, 3)?,
            json::<(String, u32)>(row, 4)?,
        ) {
            (Some(input), _, _) => Finding::Judged(input),
            (_, Some(problem), _) => Finding::Problem(problem),
            (_, _, Some((what, attempts))) => Finding::Internal { what, attempts },
            (None, None, None) => Finding::Hand,
        };
        let hand = match (row.get(9)?, row.get(10)?) {
            (Some(points), Some(comment)) => Some((points, comment)),
            _ => None,
        };
        Ok(TaskResult {
            task: row.get(0)?,
            answer: row.get(1)?,
            finding,
            judgement,
            hand,
        })
    }

    /// The run that is the reason of a verdict: the first that was not accepted.
    fn telling_run(&self, input: &str) -> rusqlite::Result<Vec<RunRecord>> {
        let mut query = self.connection.prepare_cached(
            "SELECT record FROM run WHERE input = ?1 AND verdict <> 'Accepted' ORDER BY number LIMIT 1",
        )?;
        let record: Option<RunRecord> = query
            .query_row([input], |row| json(row, 0))
            .optional()?
            .flatten();
        Ok(record.into_iter().collect())
    }
}

fn json<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(
                column,
                rusqlite::types::Type::Text,
                Box::new(error),
            )
        })
}
