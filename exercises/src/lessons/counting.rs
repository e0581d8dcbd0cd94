//! What the lessons share whose children count: one that says that it starts, counts, and says that it is done, if it
//! ever comes to that.
//!
//! Lines: `start`, `number` (value = the number), and the last word of the lesson's choice.

use std::iter::StepBy;
use std::ops::Range;

use crate::process::{Abandoned, Process, Semaphore};
use crate::stage::Stage;

/// A child that counts.
pub(super) struct Counting<'a> {
    pub stage: &'a Stage,
    /// Its name, also in its lines.
    pub who: &'static str,
    pub numbers: StepBy<Range<u32>>,
    /// The pause after each number.
    pub pause_ms: u64,
    /// Whether there is one before the first number too.
    pub pause_first: bool,
    /// The word of its last line.
    pub last: &'static str,
    /// What it waits for before its last line. Where nobody ever releases it, that the line does not come is a promise
    /// and not luck.
    pub waits_for: Option<&'a Semaphore>,
}

impl<'a> Counting<'a> {
    /// The process, not yet started.
    pub fn into_process(self) -> Process<'a> {
        Process::borrowing(self.who, move || self.run())
    }

    fn run(self) -> Result<(), Abandoned> {
        self.stage.print(self.who, "start", ());
        if self.pause_first {
            self.stage.sleep(self.pause_ms);
        }
        for number in self.numbers {
            self.stage.print(self.who, "number", number);
            self.stage.sleep(self.pause_ms);
        }
        if let Some(semaphore) = self.waits_for {
            semaphore.acquire()?;
        }
        self.stage.print(self.who, self.last, ());
        Ok(())
    }
}
