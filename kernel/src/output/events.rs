//! What the language's thread waits for while a cell runs and evcxr does not wait for it.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How a cell ended from which evcxr was released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Well, after it ran so long: evcxr has to be told.
    Well(Duration),
    /// The worker died and its copy took over: for evcxr there was no such cell.
    Undone,
    /// The worker died, and the variables with it.
    Lost,
}

/// News for the language's thread: from the pump and from the socket.
#[derive(Debug, Default)]
pub(crate) struct Events {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// How many pieces of news there were.
    count: u64,
    end: Option<End>,
}

impl Events {
    /// Something is to be looked at.
    pub(crate) fn announce(&self) {
        self.lock().count += 1;
        self.changed.notify_all();
    }

    /// The cell has ended.
    pub(crate) fn ended(&self, end: End) {
        self.lock().end = Some(end);
        self.announce();
    }

    /// How many pieces of news there were, and the end of the cell if it is among them.
    pub(crate) fn so_far(&self) -> (u64, Option<End>) {
        let mut state = self.lock();
        (state.count, state.end.take())
    }

    /// Returns when there is more news than so much, but not later than after so long.
    pub(crate) fn wait(&self, known: u64, longest: Duration) {
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), longest, |state| state.count == known);
        drop(waited);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn news_between_the_look_and_the_wait_is_not_missed() {
        let events = Events::default();
        let (known, end) = events.so_far();
        assert_eq!(end, None);
        events.ended(End::Undone);
        events.wait(known, LONG);
        assert_eq!(events.so_far(), (1, Some(End::Undone)));
        assert_eq!(events.so_far(), (1, None), "an end is told once");
    }

    #[test]
    fn news_of_another_thread_ends_the_wait() {
        let events = Events::default();
        std::thread::scope(|scope| {
            scope.spawn(|| events.announce());
            events.wait(0, LONG);
        });
        assert_eq!(events.so_far().0, 1);
    }
}
