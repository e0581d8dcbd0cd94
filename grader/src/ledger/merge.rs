//! Taking over what another ledger holds.

use std::io::ErrorKind;
use std::path::Path;

use super::{FILE_NAME, Ledger, LedgerError};
use crate::assignment::{Assignment, Decides};

/// In this order, because of what refers to what. What is here already is replaced: the other ledger may have been
/// graded again since.
const TAKE: &str = "
INSERT INTO judgement SELECT * FROM other.judgement WHERE true ON CONFLICT DO NOTHING;
INSERT INTO run SELECT * FROM other.run WHERE true ON CONFLICT DO NOTHING;
INSERT INTO answer SELECT * FROM other.answer WHERE true ON CONFLICT DO NOTHING;
DELETE FROM submission WHERE id IN (SELECT id FROM other.submission WHERE done = 1);
INSERT INTO submission SELECT * FROM other.submission WHERE done = 1;
INSERT INTO result SELECT * FROM other.result WHERE submission IN (SELECT id FROM other.submission WHERE done = 1);
INSERT OR REPLACE INTO hand SELECT * FROM other.hand;
";

impl Ledger {
    /// Whether there is one in this folder.
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE_NAME).is_file()
    }

    /// The students who were graded, and the hash of what each handed in.
    pub fn handed_in(&self) -> Result<Vec<(String, String)>, LedgerError> {
        self.rows(
            "SELECT id, hash FROM submission WHERE done = 1 ORDER BY id",
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// A task that was judged by other demands than the assignment makes now.
    pub fn judged_otherwise(&self, assignment: &Assignment) -> Result<Option<String>, LedgerError> {
        let found: Vec<(String, String)> = self.rows(
            "SELECT DISTINCT j.task, j.spec FROM result r JOIN judgement j ON j.input = r.input ORDER BY 1",
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let demands = |task: &str, spec: &str| {
            assignment.tasks.iter().any(|asked| {
                let by = matches!(&asked.decides, Decides::Judge { hash, .. } if hash == spec);
                asked.id == task && by
            })
        };
        let other = found.into_iter().find(|(task, spec)| !demands(task, spec));
        Ok(other.map(|(task, _)| task))
    }

    /// Takes over everything another ledger holds, in one transaction.
    pub fn take(&mut self, other: &Ledger) -> Result<(), LedgerError> {
        let name = other.path.to_str().ok_or_else(|| LedgerError::File {
            path: other.path.clone(),
            source: std::io::Error::new(ErrorKind::InvalidFilename, "the name is not UTF-8"),
        })?;
        sql!(
            self,
            self.connection
                .execute("ATTACH DATABASE ?1 AS other", [name])
        )?;
        let taken = self
            .connection
            .execute_batch(&format!("BEGIN IMMEDIATE; {TAKE} COMMIT;"));
        if taken.is_err() {
            // There is none where BEGIN itself failed.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        let let_go = self.connection.execute_batch("DETACH DATABASE other");
        sql!(self, taken.and(let_go))
    }

    /// Forgets the students who are not among these; what only rested on them too.
    pub fn keep_only(&mut self, students: &[String]) -> Result<(), LedgerError> {
        for id in self.students()? {
            if !students.contains(&id) {
                self.forget(&id)?;
            }
        }
        Ok(())
    }
}
