//! What reaches the language's thread from others: an interrupt, which ends the compiler, a program, or the worker; and
//! the news that somebody asks.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::language::Interrupt;
use crate::output::events::Events;
use crate::worker::board::Board;

/// No copy of a worker takes longer to make.
const FORK_MS: u32 = 200;

/// Ends what runs when the user interrupts.
pub(crate) struct Stopper {
    board: Arc<Board>,
    /// The cell that is being executed, or the comm message that plays an exercise; 0 = none.
    pub(super) executing: AtomicU32,
    /// Process group of a program a command started; 0 = none.
    pub(crate) program: AtomicI32,
    events: Arc<Events>,
}

impl Stopper {
    pub(super) fn new(board: Arc<Board>, events: Arc<Events>) -> Stopper {
        Stopper {
            board,
            executing: AtomicU32::new(0),
            program: AtomicI32::new(0),
            events,
        }
    }

    fn end_group(group: i32) -> bool {
        group > 1 && killpg(Pid::from_raw(group), Signal::SIGKILL).is_ok()
    }

    /// Ends the program a command started; `false` where there is none.
    pub(crate) fn end_program(&self) -> bool {
        Self::end_group(self.program.load(Ordering::SeqCst))
    }

    /// Ends the worker if it has an order, but not in the moment in which its new copy is still of its process group.
    /// A worker without one does nothing for this cell, and what threads of earlier cells do there goes on.
    fn end_worker(&self) {
        let notes = self.board.notes();
        // Asked first: should it die meanwhile, the one that follows it has nothing to do with this.
        let worker = notes.worker.load(Ordering::SeqCst);
        if !self.board.stop_order() {
            return;
        }
        for _ in 0..FORK_MS {
            if notes.forking.load(Ordering::SeqCst) == 0 {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Self::end_group(worker);
    }
}

impl Interrupt for Stopper {
    fn interrupt(&self) {
        let cell = self.executing.load(Ordering::SeqCst);
        if cell == 0 {
            return;
        }
        let notes = self.board.notes();
        // Whatever reaches the worker for this cell from now on will not be run.
        notes.interrupted.store(cell, Ordering::SeqCst);
        let ended_compiler = Self::end_group(notes.compiler.swap(0, Ordering::SeqCst));
        let ended_program = self.end_program();
        if !ended_compiler && !ended_program {
            self.end_worker();
        }
    }

    fn asked(&self) {
        self.board.notes().asked.store(1, Ordering::SeqCst);
        self.events.announce();
    }

    fn shutdown(&self, _restart: bool) {
        let notes = self.board.notes();
        notes
            .interrupted
            .store(self.executing.load(Ordering::SeqCst), Ordering::SeqCst);
        Self::end_group(notes.compiler.load(Ordering::SeqCst));
        self.end_program();
        Self::end_group(notes.worker.load(Ordering::SeqCst));
    }
}
