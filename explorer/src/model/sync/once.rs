use crate::execution::Tag;
use crate::model::machine;
use crate::operation::{ObjectId, Operation, Place, Reply};
use crate::world::Object;
use std::fmt;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::{Mutex as Data, OnceLock as DataOnce, PoisonError};

/// Something that runs once.
#[derive(Default)]
pub struct Once {
    tag: Tag,
}

/// What `call_once_force` is told.
#[derive(Debug)]
pub struct OnceState(bool);

impl OnceState {
    /// An earlier run panicked.
    pub fn is_poisoned(&self) -> bool {
        self.0
    }
}

impl Once {
    /// It has not run.
    pub const fn new() -> Self {
        Self { tag: Tag::new() }
    }

    fn id(&self) -> ObjectId {
        machine().object(&self.tag, Object::once)
    }

    fn enter(&self, place: Place, force: bool, run: impl FnOnce(&OnceState)) {
        let machine = machine();
        let once = self.id();
        let poisoned = match machine.announce(Operation::Enter(once), place) {
            Reply::Done | Reply::Teardown => return,
            reply => reply == Reply::Poisoned,
        };
        if poisoned && !force {
            machine.announce(Operation::Finish { once, poison: true }, place);
            std::panic::panic_any("Once instance has previously been poisoned");
        }
        let outcome = catch_unwind(AssertUnwindSafe(|| run(&OnceState(poisoned))));
        machine.announce(
            Operation::Finish {
                once,
                poison: outcome.is_err(),
            },
            place,
        );
        if let Err(payload) = outcome {
            resume_unwind(payload);
        }
    }

    /// Runs the closure, unless one has run; waits while one runs.
    #[track_caller]
    pub fn call_once<F: FnOnce()>(&self, run: F) {
        self.enter(Location::caller(), false, |_| run());
    }

    /// The same, also after a panic.
    #[track_caller]
    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, run: F) {
        self.enter(Location::caller(), true, run);
    }

    /// Has it run?
    #[track_caller]
    pub fn is_completed(&self) -> bool {
        machine().announce(Operation::Peek(self.id()), Location::caller()) == Reply::Done
    }
}

/// A value that is set once.
pub struct OnceLock<T> {
    once: Once,
    data: DataOnce<T>,
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> OnceLock<T> {
    /// Empty.
    pub const fn new() -> Self {
        Self {
            once: Once::new(),
            data: DataOnce::new(),
        }
    }

    /// The value, if it is there.
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        if self.once.is_completed() {
            self.data.get()
        } else {
            None
        }
    }

    /// Its value: nobody else can have it.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.data.get_mut()
    }

    /// Sets it, or gives the value back.
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.once.enter(Location::caller(), true, |_| {
            if let Some(value) = value.take() {
                let _ = self.data.set(value);
            }
        });
        value.map_or(Ok(()), Err)
    }

    /// The value, made by the closure if it is not there.
    #[track_caller]
    pub fn get_or_init<F: FnOnce() -> T>(&self, make: F) -> &T {
        self.once.enter(Location::caller(), true, |_| {
            let _ = self.data.set(make());
        });
        match self.data.get() {
            Some(value) => value,
            None => unreachable!("whoever enters a once finds the value or sets it"),
        }
    }

    /// The value.
    pub fn into_inner(self) -> Option<T> {
        self.data.into_inner()
    }

    /// The value; the cell is empty again.
    pub fn take(&mut self) -> Option<T> {
        std::mem::take(self).into_inner()
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    #[track_caller]
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = out.debug_tuple("OnceLock");
        match self.get() {
            Some(value) => shown.field(value),
            None => shown.field(&format_args!("<uninit>")),
        };
        shown.finish()
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        self.get().cloned().map_or_else(Self::new, Self::from)
    }
}

impl<T> From<T> for OnceLock<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        let cell = Self::new();
        // Nobody else has it.
        let _ = cell.set(value);
        cell
    }
}

impl<T: PartialEq> PartialEq for OnceLock<T> {
    #[track_caller]
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq> Eq for OnceLock<T> {}

/// A value that is made at its first use.
pub struct LazyLock<T, F = fn() -> T> {
    cell: OnceLock<T>,
    make: Data<Option<F>>,
}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// Made by this closure.
    pub const fn new(make: F) -> Self {
        Self {
            cell: OnceLock::new(),
            make: Data::new(Some(make)),
        }
    }

    /// The value.
    #[track_caller]
    pub fn force(this: &Self) -> &T {
        this.cell.get_or_init(|| {
            let make = this
                .make
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            match make {
                Some(make) => make(),
                None => std::panic::panic_any("LazyLock instance has previously been poisoned"),
            }
        })
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        Self::force(self)
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Once").finish_non_exhaustive()
    }
}

impl<T: Default> Default for LazyLock<T> {
    fn default() -> Self {
        Self::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    #[track_caller]
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = out.debug_tuple("LazyLock");
        match self.cell.get() {
            Some(value) => shown.field(value),
            None => shown.field(&format_args!("<uninit>")),
        };
        shown.finish()
    }
}
