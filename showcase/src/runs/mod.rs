//! Runs: one exercise being played, who looks on, and what is known of it.
//!
//! - [`Run`]: one run, its lines as they come, and its end;
//! - `desk`: who may run now, who waits, who shares a run, which runs are kept;
//! - `child`: the process that plays it, and its bounds;
//! - `understudy`: the process that waits for the next part;
//! - [`Client`]: who asks for runs, so that nobody gets all places;
//! - `census`: what the processes of all runs hold together.
//!
//! | state | what moves it |
//! |---|---|
//! | waiting | its turn comes; or its last reader leaves, then it is forgotten |
//! | playing | its document comes; a bound is reached; its last reader leaves; the server ends |
//! | ended | nothing: it is kept until newer runs need its place |

mod census;
mod child;
mod client;
mod desk;
mod understudy;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use recorder::Line;
use recorder::document::Document;
use tokio::sync::{Notify, watch};

pub use client::Client;
pub use desk::{Busy, Desk, Viewer, Whose};

use crate::player::Part;

/// How a run ended.
#[derive(Clone, Debug)]
pub enum Ending {
    /// There is a document, whatever it says.
    Played(Box<Document>),
    /// There is none.
    Stopped(Stop),
}

/// Why there is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It took too long, and did not even end when it was told to.
    Time,
    /// It told more than there is room for.
    Output,
    /// Its processes held too much memory.
    Memory,
    /// It had too many threads.
    Threads,
    /// Nobody looked on any more.
    Abandoned,
    /// The server ends.
    Closing,
    /// It could not be played, and why.
    Failed(String),
}

/// Where a run is.
#[derive(Clone, Debug)]
pub enum State {
    /// So many begin before it.
    Waiting(usize),
    /// It is being played.
    Playing,
    /// It has ended.
    Ended(Arc<Ending>),
}

/// One run.
#[derive(Debug)]
pub struct Run {
    /// Its name in addresses: nobody can guess it.
    pub id: String,
    /// What is played.
    pub part: Part,
    /// Who asked for it first.
    client: Client,
    log: Mutex<Log>,
    changed: watch::Sender<()>,
    /// Told when nobody looks on any more.
    abandoned: Notify,
}

#[derive(Debug)]
struct Log {
    lines: Vec<Arc<Line>>,
    bytes: usize,
    state: State,
}

impl Run {
    fn new(id: String, part: Part, client: Client) -> Run {
        Run {
            id,
            part,
            client,
            log: Mutex::new(Log {
                lines: Vec::new(),
                bytes: 0,
                state: State::Waiting(0),
            }),
            changed: watch::Sender::new(()),
            abandoned: Notify::new(),
        }
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        // What is behind it is whole after every statement, also after a panic.
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Log)) {
        change(&mut self.log());
        self.changed.send_replace(());
    }

    fn enter(&self, state: State) {
        self.change(|log| log.state = state);
    }

    fn add(&self, line: Line, bytes: usize) {
        self.change(|log| {
            log.lines.push(Arc::new(line));
            log.bytes += bytes;
        });
    }

    /// Counts bytes that are kept beside the lines.
    fn weigh(&self, bytes: usize) {
        self.log().bytes += bytes;
    }

    /// Its end, if it has ended.
    pub fn ending(&self) -> Option<Arc<Ending>> {
        match &self.log().state {
            State::Ended(ending) => Some(Arc::clone(ending)),
            _ => None,
        }
    }

    /// About how many bytes it takes.
    fn bytes(&self) -> usize {
        self.log().bytes
    }
}

/// What somebody who looks on learns next.
#[derive(Clone, Debug)]
pub enum Said {
    /// So many runs begin before this one.
    Waiting(usize),
    /// It begins.
    Playing,
    /// A printed line.
    Line(Arc<Line>),
    /// It has ended. Nothing comes after this.
    Ended(Arc<Ending>),
}

/// A place in a run from which it is read to its end.
#[derive(Debug)]
pub struct Follower {
    viewer: Viewer,
    changed: watch::Receiver<()>,
    next_line: usize,
    waiting: Option<usize>,
    begun: bool,
    ended: bool,
}

impl Follower {
    /// From the beginning of the run.
    pub fn new(viewer: Viewer) -> Follower {
        Follower {
            changed: viewer.run().changed.subscribe(),
            viewer,
            next_line: 0,
            waiting: None,
            begun: false,
            ended: false,
        }
    }

    /// The run.
    pub fn run(&self) -> &Arc<Run> {
        self.viewer.run()
    }

    /// What comes next; `None` after the end.
    pub async fn next(&mut self) -> Option<Said> {
        loop {
            if self.ended {
                return None;
            }
            self.changed.mark_unchanged();
            if let Some(said) = self.now() {
                return Some(said);
            }
            // The sender lives in the run, which we hold.
            if self.changed.changed().await.is_err() {
                return None;
            }
        }
    }

    fn now(&mut self) -> Option<Said> {
        let run = Arc::clone(self.viewer.run());
        let log = run.log();
        if let State::Waiting(ahead) = log.state {
            if self.waiting == Some(ahead) {
                return None;
            }
            self.waiting = Some(ahead);
            return Some(Said::Waiting(ahead));
        }
        if !self.begun {
            self.begun = true;
            return Some(Said::Playing);
        }
        if let Some(line) = log.lines.get(self.next_line) {
            self.next_line += 1;
            return Some(Said::Line(Arc::clone(line)));
        }
        match &log.state {
            State::Ended(ending) => {
                self.ended = true;
                Some(Said::Ended(Arc::clone(ending)))
            }
            _ => None,
        }
    }

    /// Waits for the end.
    pub async fn ending(mut self) -> Arc<Ending> {
        loop {
            match self.next().await {
                Some(Said::Ended(ending)) => return ending,
                Some(_) => {}
                None => return Arc::new(Ending::Stopped(Stop::Closing)),
            }
        }
    }
}
