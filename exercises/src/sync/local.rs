use crate::primitive::slot::Key;
use crate::primitive::thread;
use std::any::Any;
use std::fmt;
use std::rc::Rc;

/// The calling thread has no value in this [`Local`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "thread `{thread}` has no value here: call set() in this thread, or make the Local with Local::new, which gives \
     every thread an initial one"
)]
pub struct NotSet {
    /// The thread that asked.
    pub thread: String,
}

/// One object, and for each thread a value of its own in it.
///
/// What a thread sets, only that thread sees; `main` is a thread like any other. With
/// [`new`](Local::new) every thread begins with an initial value, with [`unset`](Local::unset) with
/// none.
///
/// | | difference |
/// |---|---|
/// | `std::thread_local!` | a `static`, made by a macro; this one is an object that can be a field or made at run time |
/// | parking_lot | has none |
/// | crossbeam | has none (the crate `thread_local` has one whose values wait for later threads with the same slot) |
/// | Python's `threading.local` | any number of attributes of any type; here one type (use a struct for several attributes, an enum for several types). A missing one is `AttributeError` there, [`NotSet`] here |
///
/// Nothing is shared, so there is nothing to lock, nothing to order and nothing to record; the
/// values need not be `Send`. A value is dropped by its own thread: when it sets another one, when it
/// ends, or (after the `Local` is gone) when it next makes room for others.
///
/// ```
/// use exercises::primitive::thread;
/// use exercises::sync::Local;
///
/// let name = Local::new(|| "nobody");
/// thread::scope(|s| {
///     s.spawn(Some("t1"), || {
///         name.set("t1");
///         assert_eq!(name.get(), Ok("t1"));
///     });
/// });
/// assert_eq!(name.get(), Ok("nobody"));
///
/// let empty = Local::<u32>::unset();
/// assert!(empty.get().is_err());
/// ```
pub struct Local<T: 'static> {
    key: Key,
    initial: Option<Box<dyn Fn() -> T + Send + Sync>>,
}

impl<T: 'static> Local<T> {
    /// Each thread begins with what `initial` makes, when it first looks.
    pub fn new(initial: impl Fn() -> T + Send + Sync + 'static) -> Local<T> {
        Local {
            key: Key::new(),
            initial: Some(Box::new(initial)),
        }
    }

    /// No thread has a value until it sets one.
    pub fn unset() -> Local<T> {
        Local {
            key: Key::new(),
            initial: None,
        }
    }

    /// Sets the calling thread's value.
    pub fn set(&self, value: T) {
        self.key.set(Rc::new(value));
    }

    /// A copy of the calling thread's value.
    pub fn get(&self) -> Result<T, NotSet>
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// Looks at the calling thread's value. To change it in place, put a
    /// [`Cell`](std::cell::Cell) or [`RefCell`](std::cell::RefCell) inside.
    pub fn with<R>(&self, look: impl FnOnce(&T) -> R) -> Result<R, NotSet> {
        let value = match self.own() {
            Some(value) => value,
            None => {
                let initial = self.initial.as_ref().ok_or_else(|| NotSet {
                    thread: thread::current_name(),
                })?;
                let value = Rc::new(initial());
                self.key.set(value.clone());
                value
            }
        };
        Ok(look(&value))
    }

    fn own(&self) -> Option<Rc<T>> {
        let value: Rc<dyn Any> = self.key.get()?;
        value.downcast().ok()
    }

    /// Whether the calling thread has a value: set, or initial and looked at.
    pub fn is_set(&self) -> bool {
        self.key.get().is_some()
    }

    /// Takes the calling thread's value away (Python's `del`); false if there was none. With an
    /// initial value, the next look makes it anew.
    pub fn clear(&self) -> bool {
        self.key.clear()
    }
}

impl<T: 'static> fmt::Debug for Local<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local")
            .field("is_set", &self.is_set())
            .finish_non_exhaustive()
    }
}
