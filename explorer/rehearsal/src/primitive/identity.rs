//! Objects have no identity here: nothing that rules look at is about them.

use recorder::{Kind, Object, ObjectKind};

#[derive(Debug)]
pub struct Identity {
    kind: ObjectKind,
}

impl Identity {
    pub const fn new(kind: ObjectKind) -> Identity {
        Identity { kind }
    }

    pub fn object(&self) -> Object {
        Object::new(self.kind, 1)
    }

    /// As in a run that is recorded: then what has a quick way does not take it.
    pub fn is_recorded(&self) -> bool {
        self.kind != ObjectKind::None
    }

    pub fn emit(&self, _kind: Kind) {}

    pub fn shake(&self) {}
}
