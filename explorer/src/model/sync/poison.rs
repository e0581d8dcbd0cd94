//! What a mutex and a reader-writer lock have in common: data that a panic may have left half changed.
use crate::operation::Reply;
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

/// The data of something that the engine has given to this thread.
pub(super) fn taken<G>(data: TryLockResult<G>) -> G {
    match data {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        // Only destructors of an execution that is given up can come here: they wait for ever on real threads too.
        Err(TryLockError::WouldBlock) => std::process::abort(),
    }
}

/// An error if the lock was poisoned.
pub(super) fn with_poison<G>(guard: G, reply: Reply) -> LockResult<G> {
    if reply == Reply::Poisoned {
        Err(PoisonError::new(guard))
    } else {
        Ok(guard)
    }
}

/// The methods of a lock that are about poison and about owning it alone; and how it is shown, by trying.
macro_rules! poisonable {
    ($lock:ident, $tries:ident) => {
        impl<T> $lock<T> {
            /// Its data.
            pub fn into_inner(self) -> LockResult<T> {
                let reply = self.poison();
                let value = self.data.into_inner();
                with_poison(value.unwrap_or_else(PoisonError::into_inner), reply)
            }
        }

        impl<T: ?Sized> $lock<T> {
            fn poison(&self) -> Reply {
                let id = self.id();
                machine().with(|inner| match inner.world.objects_get(id) {
                    Some(object) if object.poisoned() => Reply::Poisoned,
                    _ => Reply::Done,
                })
            }

            /// Did a holder panic?
            #[track_caller]
            pub fn is_poisoned(&self) -> bool {
                let operation = Operation::Poisoned {
                    lock: self.id(),
                    clear: false,
                };
                machine().announce(operation, Location::caller()) == Reply::Poisoned
            }

            /// Forgets that a holder panicked.
            #[track_caller]
            pub fn clear_poison(&self) {
                let operation = Operation::Poisoned {
                    lock: self.id(),
                    clear: true,
                };
                machine().announce(operation, Location::caller());
            }

            /// Its data: nobody else can have it.
            pub fn get_mut(&mut self) -> LockResult<&mut T> {
                let reply = self.poison();
                let value = self.data.get_mut();
                with_poison(value.unwrap_or_else(PoisonError::into_inner), reply)
            }
        }

        impl<T> From<T> for $lock<T> {
            fn from(value: T) -> Self {
                Self::new(value)
            }
        }

        impl<T: ?Sized + fmt::Debug> fmt::Debug for $lock<T> {
            #[track_caller]
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut shown = out.debug_struct(stringify!($lock));
                let poisoned = match self.$tries() {
                    Ok(guard) => {
                        shown.field("data", &&*guard);
                        false
                    }
                    Err(TryLockError::Poisoned(poisoned)) => {
                        shown.field("data", &&**poisoned.get_ref());
                        true
                    }
                    Err(TryLockError::WouldBlock) => {
                        shown.field("data", &format_args!("<locked>"));
                        self.is_poisoned()
                    }
                };
                shown.field("poisoned", &poisoned).finish_non_exhaustive()
            }
        }
    };
}
pub(super) use poisonable;
