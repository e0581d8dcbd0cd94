//! Who an object is in the journal: `lock:3`.

use super::atomic::{AtomicU64, Ordering};
use recorder::{Kind, Object, ObjectKind, current};

/// The identity of a lock, a queue...: drawn from the journal when it is first needed, so that
/// objects can be `static`, and made before the journal.
#[derive(Debug)]
pub struct Identity {
    kind: ObjectKind,
    id: AtomicU64,
}

impl Identity {
    /// An identity not drawn yet. Of [`ObjectKind::None`], it never records anything: for locks
    /// inside other primitives.
    pub const fn new(kind: ObjectKind) -> Identity {
        Identity {
            kind,
            id: AtomicU64::new(0),
        }
    }

    /// Draws the number now: before a fork, for objects that processes share.
    pub fn drawn(kind: ObjectKind) -> Identity {
        let identity = Identity::new(kind);
        identity.object();
        identity
    }

    /// The object as events name it.
    pub fn object(&self) -> Object {
        let mut id = self.id.load(Ordering::Relaxed);
        if id == 0 && current::is_recording() && self.kind != ObjectKind::None {
            let drawn = current::next_object();
            id = match self
                .id
                .compare_exchange(0, drawn, Ordering::Relaxed, Ordering::Relaxed)
            {
                Ok(_) => drawn,
                Err(other) => other,
            };
        }
        Object::new(self.kind, id)
    }

    /// Whether events of this object are recorded now.
    #[inline]
    pub fn is_recorded(&self) -> bool {
        self.kind != ObjectKind::None && current::is_recording()
    }

    /// Records that something happened to the object.
    #[inline]
    pub fn emit(&self, kind: Kind) {
        if self.is_recorded() {
            current::emit(kind, self.object());
        }
    }

    /// A random delay, if asked for; none for the locks inside other primitives.
    #[inline]
    pub fn shake(&self) {
        if self.kind != ObjectKind::None {
            super::settings::shake();
        }
    }
}
