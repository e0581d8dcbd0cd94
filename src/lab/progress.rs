//! Telling on stderr how far `weft lab` has come.

use std::cell::Cell;
use std::io::{self, Write};

/// Numbered steps.
pub struct Progress {
    done: Cell<usize>,
    of: usize,
}

impl Progress {
    /// So many steps in all.
    pub fn new(of: usize) -> Progress {
        Progress {
            done: Cell::new(0),
            of,
        }
    }

    /// The next step begins.
    pub fn step(&self, what: &str) {
        self.done.set(self.done.get() + 1);
        say(&format!("[{}/{}] {what}", self.done.get(), self.of));
    }

    /// Something within the step.
    pub fn detail(&self, what: &str) {
        say(&format!("      {what}"));
    }
}

/// A line on stderr; a closed stderr must not stop the work.
pub fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
