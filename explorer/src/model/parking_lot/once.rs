use crate::model::sync;

/// Something that runs once.
#[derive(Default)]
pub struct Once(sync::Once);

/// What is known of a once by the closure it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnceState {
    /// No closure has run.
    New,
    /// One has, and panicked.
    Poisoned,
    /// One is running.
    InProgress,
    /// One has come through.
    Done,
}

impl OnceState {
    /// Has a closure panicked?
    #[must_use]
    pub fn poisoned(self) -> bool {
        self == Self::Poisoned
    }

    /// Has one come through?
    #[must_use]
    pub fn done(self) -> bool {
        self == Self::Done
    }
}

impl Once {
    /// It has not run.
    pub const fn new() -> Self {
        Self(sync::Once::new())
    }

    /// Runs the closure, unless one has run; waits while one runs.
    #[track_caller]
    pub fn call_once<F: FnOnce()>(&self, run: F) {
        self.0.call_once(run);
    }

    /// The same, also after a panic.
    #[track_caller]
    pub fn call_once_force<F: FnOnce(OnceState)>(&self, run: F) {
        self.0.call_once_force(|state| {
            run(if state.is_poisoned() {
                OnceState::Poisoned
            } else {
                OnceState::New
            });
        });
    }

    /// Has it run?
    #[track_caller]
    pub fn is_completed(&self) -> bool {
        self.0.is_completed()
    }
}
