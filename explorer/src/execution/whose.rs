//! Whose memory is taken: the engine's, or the program's, of which each process has a copy.
//!
//! Where [`Images`](super::Images) keep all of a process's memory apart, its heap is what is allocated while its own
//! code runs. The engine runs on the same stacks. So whatever the engine keeps is allocated below [`engines`], whoever
//! called it.
use std::cell::Cell;

thread_local! {
    static PROGRAMS: Cell<bool> = const { Cell::new(false) };
}

/// Whether what is allocated now, by this OS thread, is the program's.
#[must_use]
pub fn is_programs() -> bool {
    // Without a destructor, so it is always there.
    PROGRAMS.get()
}

/// As long as this lives, it is decided whose what is allocated is.
#[derive(Debug)]
#[must_use]
pub struct Whose {
    before: bool,
}

impl Drop for Whose {
    fn drop(&mut self) {
        PROGRAMS.set(self.before);
    }
}

fn from_now_on(programs: bool) -> Whose {
    Whose {
        before: PROGRAMS.replace(programs),
    }
}

/// What is allocated from here on is the engine's: no process has a copy of it.
#[inline(never)]
pub fn engines() -> Whose {
    from_now_on(false)
}

/// What is allocated from here on is the program's.
#[inline(never)]
pub fn programs() -> Whose {
    from_now_on(true)
}
