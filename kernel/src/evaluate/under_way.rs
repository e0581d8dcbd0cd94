//! A compiler that is under way: the kernel can end it, and it ends with the kernel.
//!
//! evcxr starts the stand-in for cargo, which starts rustc, which starts the linker. All of them are in one process
//! group, led by the stand-in. An interrupt kills that group; so does the stand-in itself when the kernel has died,
//! however: nobody else would end what compiles on for nobody.

use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;

use nix::sys::prctl;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, kill, sigaction};
use nix::unistd::{Pid, getppid, setpgid};

use crate::worker::board::Board;

/// Tells the kernel whom to end if the user interrupts; withdrawn when dropped.
pub(super) struct UnderWay(Option<Board>);

impl UnderWay {
    /// To be called by the stand-in, before it starts anything.
    pub(super) fn announce(kernel: u32, board: &Path) -> UnderWay {
        end_with(kernel);
        let file = fs::OpenOptions::new().read(true).write(true).open(board);
        let board = file.ok().and_then(|file| Board::attach(file.into()).ok());
        let under_way = UnderWay(board);
        // What has run cannot be interrupted any more; evcxr must get to know it.
        if let (Some(board), false) = (&under_way.0, under_way.is_retelling()) {
            let own = std::process::id() as i32;
            board.notes().compiler.store(own, Ordering::SeqCst);
        }
        under_way
    }

    /// Whether evcxr is told again of a cell that has run.
    pub(super) fn is_retelling(&self) -> bool {
        self.0
            .as_ref()
            .is_some_and(|board| board.notes().retelling.load(Ordering::SeqCst) != 0)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if let Some(board) = &self.0 {
            board.notes().compiler.store(0, Ordering::SeqCst);
        }
    }
}

extern "C" fn end_own_group(_signal: i32) {
    // 0 is the group of the caller, which leads it.
    let _ = kill(Pid::from_raw(0), Signal::SIGKILL);
}

/// Makes this process the leader of a group that ends when the kernel does. (The system means the thread that started
/// this process; it waits there for what is compiled.)
fn end_with(kernel: u32) {
    let leads = setpgid(Pid::this(), Pid::from_raw(0)).is_ok();
    if leads {
        let handler = SigHandler::Handler(end_own_group);
        let action = SigAction::new(handler, SaFlags::empty(), SigSet::empty());
        // SAFETY: the handler makes one system call, which is async-signal-safe, and does not come back.
        let _ = unsafe { sigaction(Signal::SIGHUP, &action) };
    }
    // Otherwise it is the signal's default action that ends this process, and no other.
    let _ = prctl::set_pdeathsig(Signal::SIGHUP);
    // The kernel may have died before we asked to be told.
    if getppid().as_raw().unsigned_abs() != kernel {
        std::process::exit(super::compiler::BROKEN);
    }
}
