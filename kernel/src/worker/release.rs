//! Whether evcxr waits for the cell that runs.
//!
//! evcxr waits for the end of a cell and can do nothing else meanwhile. Somebody who asks for a completion would have
//! to wait with it. So the supervisor releases it from a cell that takes longer: it answers as if the cell had been
//! undone ([`super::supervisor::UNDONE`]), and evcxr is free with the state from before the cell. The cell runs on. When
//! it has ended well, the kernel leads evcxr through the cell once more (it *retells* it): nothing is compiled, nothing
//! is run, evcxr hears again what the cell had told, and remembers it now.
//!
//! ```text
//!         ordered            is_due (asked, and it takes longer)
//!  Idle ──────────► Running ─────────────────────────────────────► Released
//!   ▲ ▲               │ over: evcxr is told                           │  │
//!   │ └───────────────┴──────────────────── died ─────────────────────┘  │ over: the kernel is told
//!   └──────────────────────────────── retold ◄────────────────────── Over ◄
//! ```

use std::time::{Duration, Instant};

use nix::poll::PollTimeout;

/// A cell is left alone for so long: most are over by then, and what is asked is answered with what they define.
const UNDISTURBED: Duration = Duration::from_millis(100);
/// While a cell runs it is looked so often whether somebody asks, in milliseconds.
const LOOK: u8 = 50;
/// Marks of one cell that are remembered: a panic, an error, and a variable each that changed its type.
const MOST_MARKS: usize = 1024;

/// evcxr's part in the cell that runs.
#[derive(Debug, Default)]
pub(super) enum Release {
    /// Nothing runs.
    #[default]
    Idle,
    /// evcxr waits.
    Running(Run),
    /// evcxr does something else.
    Released(Run),
    /// The cell has ended, and evcxr has not heard it.
    Over(Vec<String>),
}

#[derive(Debug)]
pub(super) struct Run {
    since: Instant,
    /// What evcxr was told, or would have been.
    marks: Vec<String>,
}

/// Who has to hear that a cell has ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Hearer {
    /// evcxr waits for it.
    Evcxr,
    /// The kernel; the cell took so long.
    Kernel(Duration),
}

impl Release {
    /// The worker was given a cell.
    pub(super) fn ordered(&mut self) {
        *self = Release::Running(Run {
            since: Instant::now(),
            marks: Vec::new(),
        });
    }

    /// evcxr goes once more through a cell that is over: its marks. `None` where there is no such cell.
    pub(super) fn retold(&mut self) -> Option<Vec<String>> {
        match std::mem::take(self) {
            Release::Over(marks) => Some(marks),
            other => {
                *self = other;
                None
            }
        }
    }

    /// The cell said something to evcxr. Whether evcxr listens.
    pub(super) fn mark(&mut self, line: &str) -> bool {
        if let Release::Running(run) | Release::Released(run) = self
            && run.marks.len() < MOST_MARKS
            && !run.marks.iter().any(|known| known == line)
        {
            run.marks.push(line.to_owned());
        }
        !matches!(self, Release::Released(_))
    }

    /// How long the supervisor may sleep.
    pub(super) fn patience(&self) -> PollTimeout {
        match self {
            Release::Running(_) => LOOK.into(),
            _ => PollTimeout::NONE,
        }
    }

    /// Whether evcxr is to be released now.
    pub(super) fn is_due(&mut self, asked: bool) -> bool {
        let due =
            matches!(self, Release::Running(run) if asked && run.since.elapsed() >= UNDISTURBED);
        if due && let Release::Running(run) = std::mem::take(self) {
            *self = Release::Released(run);
        }
        due
    }

    /// The cell has ended well.
    pub(super) fn over(&mut self) -> Hearer {
        match std::mem::take(self) {
            Release::Released(run) => {
                let took = run.since.elapsed();
                *self = Release::Over(run.marks);
                Hearer::Kernel(took)
            }
            _ => Hearer::Evcxr,
        }
    }

    /// The worker has died. Whether evcxr waits for it. A cell that was over is not concerned.
    pub(super) fn died(&mut self) -> bool {
        match self {
            Release::Over(_) => false,
            _ => !matches!(std::mem::take(self), Release::Released(_)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long_running() -> Release {
        Release::Running(Run {
            since: Instant::now() - UNDISTURBED,
            marks: Vec::new(),
        })
    }

    #[test]
    fn a_short_cell_is_not_disturbed() {
        let mut release = Release::default();
        assert!(!release.is_due(true), "nothing runs");
        release.ordered();
        assert!(!release.is_due(true));
        assert_eq!(release.over(), Hearer::Evcxr);
        assert!(release.retold().is_none());
    }

    #[test]
    fn nobody_is_released_for_nothing() {
        assert!(!long_running().is_due(false));
    }

    #[test]
    fn what_a_cell_told_before_and_after_the_release_is_told_again_once() {
        let mut release = long_running();
        assert!(release.mark("before"), "evcxr listens");
        assert!(release.is_due(true));
        assert!(!release.is_due(true), "once");
        assert!(!release.mark("after"));
        assert!(!release.mark("after"));
        assert!(release.retold().is_none(), "it runs");
        assert!(matches!(release.over(), Hearer::Kernel(_)));
        assert!(!release.died(), "the end of the worker is not the cell's");
        assert_eq!(release.retold().unwrap(), ["before", "after"]);
        assert!(release.retold().is_none());
    }

    #[test]
    fn a_death_is_told_to_evcxr_only_if_it_waits() {
        let mut release = long_running();
        assert!(release.died());
        let mut release = long_running();
        release.is_due(true);
        assert!(!release.died());
        assert!(
            release.retold().is_none(),
            "an undone cell is not told again"
        );
    }

    #[test]
    fn marks_are_bounded() {
        let mut release = long_running();
        for number in 0..MOST_MARKS * 2 {
            release.mark(&number.to_string());
        }
        release.is_due(true);
        release.over();
        assert_eq!(release.retold().unwrap().len(), MOST_MARKS);
    }
}
