//! What is taken from a student's notebook: the text of the answer cells, and nothing else.
//!
//! A student's notebook is read as a stream that forgets everything but the texts of the cells we ask for by name.
//! Metadata, tags, outputs, the kernelspec, test cells, their order and their number therefore cannot have an effect,
//! and memory is bounded by what we keep, not by what is sent. Limits: [`MAX_NOTEBOOK_BYTES`] are read,
//! [`MAX_ANSWER_BYTES`] are kept of an answer, and [`MAX_COPIES`] of cells with one name.

mod stream;

use std::collections::HashMap;
use std::io::{self, Read};

use serde::de::DeserializeSeed;
use serde::{Deserialize, Serialize};

use crate::notebook::Notebook;
use crate::submission::Problem;
use stream::{Copies, Root};

/// At most this much of a notebook is read.
pub const MAX_NOTEBOOK_BYTES: u64 = 32 << 20;

/// At most this long may an answer be.
pub const MAX_ANSWER_BYTES: usize = 256 << 10;

/// Of cells that have the same name, at most this many are looked at.
pub const MAX_COPIES: usize = 8;

/// What stands in a student's notebook for one task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// This.
    Text(String),
    /// What was there from the beginning, or nothing.
    Untouched,
    /// There is no cell with that name.
    Missing,
    /// Several cells have that name, and they say different things.
    Ambiguous,
    /// More than [`MAX_ANSWER_BYTES`].
    TooLong,
}

impl Answer {
    /// Why there is nothing to judge, where there is nothing.
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Answer::Text(_) => None,
            Answer::Untouched => Some(Problem::Untouched),
            Answer::Missing => Some(Problem::CellMissing),
            Answer::Ambiguous => Some(Problem::CellTwice),
            Answer::TooLong => Some(Problem::AnswerTooLong {
                limit_kb: (MAX_ANSWER_BYTES >> 10) as u64,
            }),
        }
    }
}

/// A task's name and what its cell held when it was handed out.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The name of the answer cell.
    pub id: &'a str,
    /// The text nobody wrote yet.
    pub stub: &'a str,
}

/// Reads the answers out of a notebook, in the order they are wanted in.
pub fn answers(reader: impl Read, wanted: &[Wanted<'_>]) -> Result<Vec<Answer>, Problem> {
    let mut bounded = Bounded {
        inner: reader,
        left: MAX_NOTEBOOK_BYTES,
        over: false,
        failed: None,
        start: true,
    };
    let found = {
        let mut json = serde_json::Deserializer::from_reader(io::BufReader::with_capacity(
            64 << 10,
            &mut bounded,
        ));
        let names: HashMap<&str, usize> = wanted
            .iter()
            .enumerate()
            .map(|(place, wanted)| (wanted.id, place))
            .collect();
        Root(&names)
            .deserialize(&mut json)
            .and_then(|found| json.end().map(|()| found))
    };
    if bounded.over {
        return Err(Problem::TooLarge {
            limit_mb: MAX_NOTEBOOK_BYTES >> 20,
        });
    }
    if let Some(what) = bounded.failed {
        return Err(Problem::Damaged { what });
    }
    let found = found.map_err(|error| match error.classify() {
        serde_json::error::Category::Data => Problem::NotNotebook,
        _ => Problem::NotJson {
            line: error.line() as u64,
            column: error.column() as u64,
        },
    })?;
    Ok(wanted
        .iter()
        .zip(found)
        .map(|(wanted, copies)| choose(copies, wanted.stub))
        .collect())
}

/// Of several cells with one name the one that was written in counts; two that were written in differently do not.
fn choose(copies: Copies, stub: &str) -> Answer {
    if copies.texts.is_empty() && !copies.too_long {
        return Answer::Missing;
    }
    let mut written: Vec<String> = copies
        .texts
        .into_iter()
        .filter(|text| !is_untouched(text, stub))
        .collect();
    written.dedup();
    match (written.len(), copies.too_long) {
        (0, true) => Answer::TooLong,
        (0, false) => Answer::Untouched,
        (1, false) => Answer::Text(written.remove(0)),
        _ => Answer::Ambiguous,
    }
}

/// Whether a text is the stub or nothing, white space apart.
pub fn is_untouched(text: &str, stub: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    words.peek().is_none() || words.eq(stub.split_whitespace())
}

/// The instructor's notebook with a student's answers in it, for a teacher to read.
pub fn graft<'a>(
    notebook: &Notebook,
    answers: impl IntoIterator<Item = (&'a str, &'a Answer)>,
) -> Notebook {
    let answers: HashMap<&str, &Answer> = answers.into_iter().collect();
    let mut grafted = notebook.clone();
    for cell in &mut grafted.cells {
        let Some(answer) = cell
            .role
            .as_ref()
            .and_then(|role| answers.get(role.grade_id.as_str()))
        else {
            continue;
        };
        cell.clear_output();
        cell.source = match answer {
            Answer::Text(text) => text.clone(),
            _ => String::new(),
        };
    }
    grafted
}

/// A reader that stops at the limit, remembers whether it did, and drops a byte order mark.
struct Bounded<R> {
    inner: R,
    left: u64,
    over: bool,
    failed: Option<String>,
    start: bool,
}

impl<R: Read> Bounded<R> {
    fn some(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.inner.read(buffer) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                self.failed = Some(error.to_string());
                Err(error)
            }
            other => other,
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if std::mem::take(&mut self.start) {
            let mut mark = [0; 3];
            let mut have = 0;
            while have < 3 {
                match self.some(&mut mark[have..])? {
                    0 => break,
                    more => have += more,
                }
            }
            self.left = self.left.saturating_sub(have as u64);
            if &mark[..have] != b"\xef\xbb\xbf" && have > 0 {
                // The buffer in front of us is much larger than a mark.
                let kept = have.min(buffer.len());
                buffer[..kept].copy_from_slice(&mark[..kept]);
                return Ok(kept);
            }
        }
        if self.left == 0 {
            let mut one = [0];
            self.over = self.some(&mut one)? > 0;
            return Ok(0);
        }
        let most = buffer
            .len()
            .min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.some(&mut buffer[..most])?;
        self.left -= read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: [Wanted<'static>; 1] = [Wanted {
        id: "a",
        stub: "todo!()",
    }];

    #[test]
    fn what_is_longer_than_the_limit_is_too_large_and_what_is_not_is_read() {
        let notebook =
            r#"{"cells": [{"metadata": {"nbgrader": {"grade_id": "a"}}, "source": "x"}]}"#;
        let padded = |size: u64| {
            notebook
                .as_bytes()
                .chain(io::repeat(b' ').take(size - notebook.len() as u64))
        };
        assert_eq!(
            answers(padded(MAX_NOTEBOOK_BYTES), &WANTED),
            Ok(vec![Answer::Text("x".to_owned())])
        );
        let too_large = Problem::TooLarge { limit_mb: 32 };
        assert_eq!(
            answers(padded(MAX_NOTEBOOK_BYTES + 1), &WANTED),
            Err(too_large.clone())
        );
        assert_eq!(answers(io::repeat(b' '), &WANTED), Err(too_large));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_damaged() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let found = answers(b"{\"cells\": ".chain(Broken), &WANTED);
        assert_eq!(
            found,
            Err(Problem::Damaged {
                what: "the disk is gone".to_owned()
            })
        );
    }

    #[test]
    fn a_byte_order_mark_is_dropped_also_in_small_pieces() {
        struct Slow<'a>(&'a [u8]);
        impl Read for Slow<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let one = self.0.len().min(1).min(buffer.len());
                buffer[..one].copy_from_slice(&self.0[..one]);
                self.0 = &self.0[one..];
                Ok(one)
            }
        }
        assert_eq!(
            answers(Slow(b"\xef\xbb\xbf{\"cells\": []}"), &WANTED),
            Ok(vec![Answer::Missing])
        );
        assert_eq!(
            answers(Slow(b"{\"cells\": []}"), &WANTED),
            Ok(vec![Answer::Missing])
        );
    }
}
