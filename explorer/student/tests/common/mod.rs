//! Asks about the programs in `tests/programs`.
#![allow(dead_code, reason = "each test program uses its part")]
use explorer::Failure;
use explorer::job::{Compared, Done, Explored, Job, Question};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;
use student::{Compiled, Edition, Error, Source, Watch, Workshop};

#[macro_use]
pub mod for_real;

/// The one workshop of this test program.
pub fn workshop() -> &'static Workshop {
    static WORKSHOP: OnceLock<Workshop> = OnceLock::new();
    WORKSHOP.get_or_init(|| Workshop::open(&mut |_| {}).unwrap())
}

/// Where a program of the tests is.
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/programs")
        .join(name)
        .with_extension("rs")
}

/// A program of the tests.
pub fn source(name: &str) -> Source {
    Source::read(&path(name), Edition::E2024).unwrap()
}

/// Text as a program.
pub fn text(text: &str) -> Source {
    Source {
        name: "text.rs".to_owned(),
        text: text.to_owned(),
        edition: Edition::E2024,
        folder: None,
    }
}

pub fn job() -> Job {
    Job {
        libraries: Vec::new(),
        budget: Duration::from_secs(5),
        memory_bytes: 1 << 30,
        classes: None,
        question: Question::Explore,
        list: 20,
        ask: None,
        workers: student::cores(),
        disturb: true,
        seal: Vec::new(),
    }
}

pub fn done(sources: &[&Source], job: Job) -> Result<Done, Error> {
    let compiled: Result<Vec<Compiled>, Error> = sources
        .iter()
        .map(|source| workshop().compile(source))
        .collect();
    let compiled = compiled?;
    let mut watch = Watch {
        progress: &mut |_, _| {},
        interrupted: &|| false,
    };
    workshop().explore(&compiled.iter().collect::<Vec<_>>(), job, &mut watch)
}

pub fn try_explored(source: &Source) -> Result<Explored, Error> {
    match done(&[source], job())? {
        Done::Explored { explored, .. } => Ok(*explored),
        other => panic!("{other:?}"),
    }
}

pub fn explored(source: &Source) -> Explored {
    try_explored(source).unwrap()
}

/// A program of the tests, explored with patience and all its outputs listed.
pub fn possible(name: &str) -> Explored {
    let mut all = job();
    (all.list, all.budget) = (100, Duration::from_secs(60));
    match done(&[&source(name)], all) {
        Ok(Done::Explored { explored, .. }) => *explored,
        other => panic!("{name}: {other:?}"),
    }
}

/// What of a program has no model, and on which line.
pub fn not_modelled(program: &str) -> Vec<(String, u32)> {
    match try_explored(&text(program)) {
        Err(Error::NotModelled { what }) => {
            what.into_iter().map(|one| (one.what, one.line)).collect()
        }
        other => panic!("{program}: {other:?}"),
    }
}

/// What the compiler says of a program that is none.
pub fn said_by_the_compiler(source: &Source) -> String {
    match try_explored(source) {
        Err(Error::DoesNotCompile { said }) => said,
        other => panic!("{other:?}"),
    }
}

/// The schedule of a failure shows it again; all that it shows.
#[track_caller]
pub fn assert_replays(source: &Source, failure: &Failure) -> Vec<Failure> {
    let mut again = job();
    again.question = Question::Replay(failure.schedule.clone());
    match done(&[source], again).unwrap() {
        Done::Replayed { failures, .. } => {
            let mut shown = failures.iter().map(Failure::signature);
            assert!(shown.any(|one| one == failure.signature()), "{failures:?}");
            failures
        }
        other => panic!("{other:?}"),
    }
}

pub fn compared(one: &str, other: &str) -> Compared {
    match done(&[&source(one), &source(other)], job()).unwrap() {
        Done::Explored {
            comparison: Some(compared),
            ..
        } => *compared,
        other => panic!("{other:?}"),
    }
}

pub fn texts(explored: &Explored) -> Vec<&str> {
    explored.list.iter().map(|one| one.text.as_str()).collect()
}
