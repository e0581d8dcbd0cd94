//! How long work may go on that comes after a search.
//!
//! A search looks at the clock by itself. What is made of its classes then (the automaton of outputs, orders of lines,
//! schedules looked for again) can take far longer than the search did, and far more memory: so it asks an allowance
//! with every small step, and gives up when that is spent.
use crate::explore::resident_bytes;
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

/// Steps between two looks at the clock.
const STRIDE: u32 = 64;

/// Time between two looks at the memory, and for an interrupt.
const LOOK: Duration = Duration::from_millis(5);

/// After an interrupt, what is nearly done may be finished.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Why work was given up.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Spent {
    /// No time left.
    #[error("no time is left")]
    Time,
    /// No memory left.
    #[error("no memory is left")]
    Memory,
    /// Somebody asked to stop.
    #[error("interrupted")]
    Interrupted,
}

/// Time, memory, and whoever may ask to stop.
pub struct Allowance<'a> {
    bounds: Option<Bounds<'a>>,
}

struct Bounds<'a> {
    until: Cell<Instant>,
    bytes: u64,
    is_interrupted: RefCell<&'a mut dyn FnMut() -> bool>,
    steps: Cell<u32>,
    looked: Cell<Instant>,
    interrupted: Cell<bool>,
    spent: Cell<Option<Spent>>,
}

impl Allowance<'static> {
    /// For whoever waits as long as it takes.
    pub fn endless() -> Self {
        Self { bounds: None }
    }
}

impl<'a> Allowance<'a> {
    /// So much time from now on, as long as this process has no more than so many bytes in memory, and until somebody
    /// asks to stop: then it is a second at most.
    pub fn new(time: Duration, bytes: u64, is_interrupted: &'a mut dyn FnMut() -> bool) -> Self {
        let now = Instant::now();
        Self {
            bounds: Some(Bounds {
                until: Cell::new(now + time),
                bytes,
                is_interrupted: RefCell::new(is_interrupted),
                steps: Cell::new(0),
                // The first look is made at once.
                looked: Cell::new(now.checked_sub(LOOK).unwrap_or(now)),
                interrupted: Cell::new(false),
                spent: Cell::new(None),
            }),
        }
    }

    /// The time that is left.
    pub fn left(&self) -> Duration {
        match &self.bounds {
            None => Duration::MAX,
            Some(bounds) if bounds.spent.get().is_some() => Duration::ZERO,
            Some(bounds) => bounds.until.get().saturating_duration_since(Instant::now()),
        }
    }

    /// One small step more.
    ///
    /// # Errors
    /// When it is spent, from then on.
    pub fn step(&self) -> Result<(), Spent> {
        let Some(bounds) = &self.bounds else {
            return Ok(());
        };
        let steps = bounds.steps.get() + 1;
        if steps < STRIDE {
            bounds.steps.set(steps);
            return bounds.known();
        }
        self.look()
    }

    /// The same for a step that is not small.
    ///
    /// # Errors
    /// When it is spent, from then on.
    pub fn look(&self) -> Result<(), Spent> {
        let Some(bounds) = &self.bounds else {
            return Ok(());
        };
        bounds.steps.set(0);
        bounds.known()?;
        bounds.look(Instant::now());
        bounds.known()
    }
}

impl Bounds<'_> {
    fn known(&self) -> Result<(), Spent> {
        self.spent.get().map_or(Ok(()), Err)
    }

    fn look(&self, now: Instant) {
        if now >= self.until.get() {
            let interrupted = self.interrupted.get();
            let why = if interrupted {
                Spent::Interrupted
            } else {
                Spent::Time
            };
            self.spent.set(Some(why));
            return;
        }
        if now.saturating_duration_since(self.looked.get()) < LOOK {
            return;
        }
        self.looked.set(now);
        if resident_bytes() > self.bytes {
            self.spent.set(Some(Spent::Memory));
        }
        if !self.interrupted.get() && (self.is_interrupted.borrow_mut())() {
            self.interrupted.set(true);
            self.until.set(self.until.get().min(now + LAST_WORDS));
        }
    }
}

impl std::fmt::Debug for Allowance<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Allowance")
            .field("left", &self.left())
            .finish_non_exhaustive()
    }
}
