//! Waiting for the processes of a lesson.

use crate::lesson::LessonError;
use crate::process::Process;

/// A process of a lesson did not end as it should.
#[derive(Debug, thiserror::Error)]
#[error("process `{name}` ended with exit code {code:?} and not with 0")]
struct EndedBadly {
    name: String,
    code: Option<i32>,
}

/// Waits for a process that is to end by itself. A lesson does not go on as if nothing had happened when one of its
/// processes has failed.
pub(crate) fn finish(process: &Process<'_>) -> Result<(), LessonError> {
    match process.join()? {
        Some(0) => Ok(()),
        code => Err(EndedBadly {
            name: process.name().to_owned(),
            code,
        }
        .into()),
    }
}
