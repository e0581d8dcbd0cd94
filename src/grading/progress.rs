//! How far a grading is: one line of a terminal that is written over, or a line now and then.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use grader::grade::Progress;

use super::harmless;
use crate::cli::Call;

/// Removes what stands on the terminal's line (ECMA-48, EL).
const CLEAR_LINE: &str = "\x1b[K";
/// Where lines stay, this is how often one is written.
const PAUSE: Duration = Duration::from_secs(2);
/// From here on, minutes say more than seconds.
const MINUTES: Duration = Duration::from_secs(120);

/// A line on stderr; a closed stderr must not stop the work.
pub fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Tells how far it is.
pub struct Meter<'a> {
    call: &'a Call<'a>,
    terminal: bool,
    told: Option<Instant>,
}

impl Meter<'_> {
    /// Nothing is done yet.
    pub fn new<'a>(call: &'a Call<'a>) -> Meter<'a> {
        Meter {
            call,
            terminal: io::stderr().is_terminal(),
            told: None,
        }
    }

    /// One more is done.
    pub fn tell(&mut self, progress: &Progress) {
        let line = words(self.call, progress);
        if self.terminal {
            let _ = write!(io::stderr(), "\r{CLEAR_LINE}{line}");
            let _ = io::stderr().flush();
            return;
        }
        let is_last = progress.done == progress.total;
        if is_last || self.told.is_none_or(|told| told.elapsed() >= PAUSE) {
            say(&line);
            self.told = Some(Instant::now());
        }
    }

    /// Makes room for what is said next.
    pub fn end(self) {
        if self.terminal {
            let _ = write!(io::stderr(), "\r{CLEAR_LINE}");
        }
    }
}

fn words(call: &Call<'_>, progress: &Progress) -> String {
    let known = [
        ("done", progress.done.into()),
        ("total", progress.total.into()),
        ("id", harmless(&progress.id).into()),
    ];
    match progress.left.filter(|left| !left.is_zero()) {
        None => call.format("grading-progress", &known),
        Some(left) if left < MINUTES => {
            let [done, total, id] = known;
            let seconds = left.as_secs().max(1);
            let known = [done, total, id, ("seconds", seconds.into())];
            call.format("grading-progress-left", &known)
        }
        Some(left) => {
            let [done, total, id] = known;
            let minutes = left.as_secs().div_ceil(60);
            let known = [done, total, id, ("minutes", minutes.into())];
            call.format("grading-progress-minutes", &known)
        }
    }
}
