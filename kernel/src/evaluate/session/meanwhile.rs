//! evcxr runs code, and is released from it where somebody asks something meanwhile.
//!
//! evcxr belongs to the language's thread, and waits there for the end of a cell. When a client asks for a completion
//! and the cell takes its time, the supervisor releases evcxr ([`crate::worker`], `release`): for evcxr the cell was
//! undone, so it knows what it knew before. Here is what the thread does then: it answers, until the cell has ended. If
//! it has ended well, evcxr is led through it once more, with the compiler's old answers ([`retold`]), and knows what
//! the cell defined.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::super::retold;
use super::Session;
use super::code::was_undone;
use crate::output::events::End;

/// A supervisor that was killed cannot tell: it is looked for so often.
const LOOK: Duration = Duration::from_millis(100);

/// A supervisor may be killed between its note and its answer.
fn was_released(result: &Result<evcxr::EvalOutputs, evcxr::Error>) -> bool {
    result.as_ref().is_err_and(was_undone)
}

impl Session {
    /// evcxr's evaluation of some code. Questions are answered while it runs.
    pub(super) fn tell_evcxr(&mut self, code: &str) -> Result<evcxr::EvalOutputs, evcxr::Error> {
        let board = Arc::clone(&self.process.board);
        let notes = board.notes();
        retold::forget(&self.process.build);
        // What is left of an earlier cell is no news.
        let _ = self.pump.events().so_far();
        // An order that is given from now on sees this, or a question that comes later says so itself.
        let asked = u32::from(self.questions.any());
        notes.asked.store(asked, Ordering::SeqCst);
        let mut result = self.context.execute(code);
        while notes.released.swap(0, Ordering::SeqCst) != 0 && was_released(&result) {
            match self.answer_until_the_end() {
                End::Undone => return result,
                End::Well(ran) => self.ran_apart += ran,
                // evcxr finds out by itself.
                End::Lost => {}
            }
            notes.retelling.store(1, Ordering::SeqCst);
            result = self.context.execute(code);
            notes.retelling.store(0, Ordering::SeqCst);
        }
        result
    }

    fn answer_until_the_end(&mut self) -> End {
        let questions = Arc::clone(&self.questions);
        let events = self.pump.events();
        loop {
            let (known, end) = events.so_far();
            if let Some(end) = end {
                return end;
            }
            if questions.answer_next(self) {
                continue;
            }
            if !self.supervisor_lives() {
                // It may have said how the cell ended before it died itself.
                return events.so_far().1.unwrap_or(End::Lost);
            }
            events.wait(known, LOOK);
        }
    }

    fn supervisor_lives(&self) -> bool {
        let handle = self.context.process_handle();
        let mut supervisor = match handle.lock() {
            Ok(supervisor) => supervisor,
            Err(poisoned) => poisoned.into_inner(),
        };
        matches!(supervisor.try_wait(), Ok(None))
    }
}
