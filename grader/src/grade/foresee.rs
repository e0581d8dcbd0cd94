//! What can be known to be wrong before anything is prepared, let alone judged.

use std::fs;
use std::path::Path;

use super::hand::{self, Row};
use super::{GradeError, Shard, keep_apart};
use crate::assignment::Assignment;
use crate::ledger::{Ledger, LedgerError};
use crate::submission::{self, Found, Submission};
use crate::workplace::unnamed;

/// What a grading is made from, and where it goes.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The folder or zip file with the submissions.
    pub submissions: &'a Path,
    /// The folder for the results.
    pub out: &'a Path,
    /// Whether to go on where a grading was cut off.
    pub resume: bool,
    /// Only this student.
    pub only: Option<&'a str>,
    /// Only this part of the class.
    pub shard: Option<Shard>,
    /// Points given by hand; otherwise `hand.csv` in the folder for the results, where it is.
    pub hand: Option<&'a Path>,
}

/// Everything that grading begins with.
pub(super) struct Foreseen {
    pub submissions: Vec<Submission>,
    pub passed_over: Vec<String>,
    pub hand: Option<Vec<Row>>,
    pub ledger: Ledger,
}

/// Tells what is wrong with the inputs, before half a minute is spent on a compiler and boxes. Grading looks once more:
/// what is found here is not kept.
///
/// # Errors
/// Whatever [`grade`](super::grade()) would refuse before it judges.
pub fn foresee(assignment: &Assignment, inputs: &Inputs<'_>) -> Result<(), GradeError> {
    look(assignment, inputs)?;
    let Inputs { out, .. } = *inputs;
    if Ledger::is_in(out) {
        return ledger(assignment, inputs).map(drop);
    }
    // No ledger is begun: what is missing on this machine may still be found out.
    let was_there = out.exists();
    let tried = fs::create_dir_all(out).and_then(|()| tempfile::tempfile_in(out));
    if !was_there {
        // Where nothing can be graded, nothing is left behind.
        let _ = fs::remove_dir(out);
    }
    tried.map(drop).map_err(|source| {
        GradeError::Ledger(LedgerError::File {
            path: out.to_owned(),
            source: unnamed(source),
        })
    })
}

pub(super) fn open(assignment: &Assignment, inputs: &Inputs<'_>) -> Result<Foreseen, GradeError> {
    let (found, hand) = look(assignment, inputs)?;
    Ok(Foreseen {
        submissions: found.submissions,
        passed_over: found.passed_over,
        hand,
        ledger: ledger(assignment, inputs)?,
    })
}

fn ledger(assignment: &Assignment, inputs: &Inputs<'_>) -> Result<Ledger, GradeError> {
    let ledger = Ledger::open(inputs.out, &assignment.name)?;
    if ledger.is_open()? && !inputs.resume && inputs.only.is_none() {
        return Err(GradeError::Unfinished(inputs.out.to_owned()));
    }
    Ok(ledger)
}

fn look(
    assignment: &Assignment,
    inputs: &Inputs<'_>,
) -> Result<(Found, Option<Vec<Row>>), GradeError> {
    keep_apart(assignment, inputs.submissions, inputs.out)?;
    let mut found = submission::find(inputs.submissions, &assignment.name)?;
    let submissions = &mut found.submissions;
    if let Some(only) = inputs.only {
        submissions.retain(|submission| submission.id == only);
        if submissions.is_empty() {
            return Err(GradeError::NoSuchStudent(only.to_owned()));
        }
    }
    if let Some(part) = inputs.shard {
        submissions.retain(|submission| part.holds(&submission.id));
        if let (Some(only), true) = (inputs.only, submissions.is_empty()) {
            let student = only.to_owned();
            return Err(GradeError::OtherPart { student, part });
        }
    }
    let hand = hand::read(assignment, inputs.hand, inputs.out)?;
    Ok((found, hand))
}
