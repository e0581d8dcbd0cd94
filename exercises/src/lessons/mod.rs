//! The exercises, one file each.
//!
//! A file declares the exercise's id, its parameters, what each scenario promises (as data, see
//! [`recorder::order`]) and plays it on a [`Stage`](crate::stage::Stage). What a reader sees of it (titles, the
//! sentences of the lines, what the usual mistake is) is not here but in the message catalogues, under the same
//! id. Lessons use real threads and real processes, and only through [`sync`](crate::sync),
//! [`process`](crate::process) and [`primitive`](crate::primitive); each one waits for everything it started.

pub mod s1e1;
pub mod s1e2;
pub mod s1e3;
pub mod s1e4;
pub mod s1e5;
pub mod s1e6;
pub mod s1e7;
pub mod s2e1;
pub mod s2e2;
pub mod s2e3;
pub mod s2e4;
pub mod s2e5;
pub mod s2e6;
pub mod s2e7;
pub mod s2e8;

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
fn finish(process: &Process<'_>) -> Result<(), LessonError> {
    match process.join()? {
        Some(0) => Ok(()),
        code => Err(EndedBadly {
            name: process.name().to_owned(),
            code,
        }
        .into()),
    }
}
