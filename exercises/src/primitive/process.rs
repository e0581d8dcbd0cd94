//! Processes: fork, wait, signal, end.
//!
//! A child is a real process with its own pid and memory, forked and not started anew, so it has
//! everything its parent had at that moment, as copies; what is to be shared lies in
//! [`shared`](super::shared) memory. Points that matter:
//!
//! - The child **never returns** into its parent's stack: it ends with `_exit` after the closure,
//!   whether that returned or panicked (code 1, message on stderr).
//! - The child is one thread, the one that forked. Locks other threads held stay locked in the
//!   child's copy for ever; around the fork we hold those of our own and of stdout and stderr, so
//!   that these are free (`fork_with_locks_free` has the list). A `sync::Mutex` another thread holds
//!   is not: do not fork while other threads work with what the child needs. Locks that the child
//!   makes itself work, whatever the threads of its parent were waiting for.
//! - What was printed but not flushed would be printed by both: stdout is flushed before.
//! - The child gets default handlers for the signals one ends processes with, and an empty signal
//!   mask; otherwise a handler of the parent's would swallow `terminate`.
//! - Waiting is done on a pidfd with `poll`: bounded, without polling in a loop, without a signal
//!   handler, and without the danger that a number is used again.

mod child;
mod daemon;

pub use child::{Child, ExitStatus};
pub use nix::sys::signal::Signal;

pub(crate) use child::{has_ended, pidfd_open};
pub(crate) use daemon::end as end_daemon;

use super::participants;
use super::program;
use super::settings::{self, shake};
use super::thread;
use nix::sys::signal::{
    SaFlags, SigAction, SigHandler, SigSet, SigmaskHow, pthread_sigmask, sigaction,
};
use nix::unistd::ForkResult;
use recorder::{Kind, LaneId, LaneKind, Object, current};
use std::cell::Cell;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// This process.
pub fn getpid() -> i32 {
    current::pid()
}

/// The process that started this one (or, after its death, that took over).
pub fn getppid() -> i32 {
    nix::unistd::getppid().as_raw()
}

/// Sends a signal to a process.
pub fn kill(pid: i32, signal: Signal) -> io::Result<()> {
    Ok(nix::sys::signal::kill(
        nix::unistd::Pid::from_raw(pid),
        signal,
    )?)
}

/// From here on this process does not notice the signal (SIGKILL and SIGSTOP cannot be ignored).
/// Children it forks notice it again.
pub fn ignore(signal: Signal) -> io::Result<()> {
    let action = SigAction::new(SigHandler::SigIgn, SaFlags::empty(), SigSet::empty());
    // SAFETY: to ignore a signal runs no code of ours.
    unsafe { sigaction(signal, &action) }?;
    Ok(())
}

static OWN_NAME: Mutex<Option<String>> = Mutex::new(None);

fn own_name() -> MutexGuard<'static, Option<String>> {
    OWN_NAME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name this process was forked under; `main` for the first one.
pub fn current_name() -> String {
    own_name().clone().unwrap_or_else(|| "main".to_owned())
}

/// Starts a child process that calls `f` and ends with its result as exit code (the low 8 bits of
/// it).
///
/// In the parent, `f` is dropped: shared objects it owns belong to the child now
/// (see [`participants`]).
///
/// ```
/// use exercises::primitive::process::{self, ExitStatus};
///
/// let child = process::fork("seven", || 7).unwrap();
/// assert_ne!(child.pid(), process::getpid());
/// assert_eq!(child.wait().unwrap(), ExitStatus::Code(7));
/// ```
pub fn fork(name: &str, f: impl FnOnce() -> i32) -> io::Result<Child> {
    fork_with(name, Bond::None, f)
}

/// What ties a child to its parent, and what it may use of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bond {
    /// Nothing.
    None,
    /// Ends with its parent.
    Daemon,
}

static IS_CHILD: AtomicBool = AtomicBool::new(false);
static PANIC_HOOK: Once = Once::new();

/// Whether this process was forked by this library.
pub fn is_child() -> bool {
    IS_CHILD.load(Ordering::Acquire)
}

thread_local! {
    static HUSHED: Cell<bool> = const { Cell::new(false) };
}

/// Calls a function in a child; a panic is not written to stderr but given back as text, because
/// somebody else will report it.
pub(crate) fn catch_hushed<R>(f: impl FnOnce() -> R) -> Result<R, String> {
    let before = HUSHED.replace(true);
    let caught = catch_unwind(AssertUnwindSafe(f));
    HUSHED.set(before);
    caught.map_err(|payload| {
        let message = thread::panic_message(payload.as_ref());
        // Dropping it could panic again.
        std::mem::forget(payload);
        message
    })
}

/// Whatever the program does with panics (a test collects them, a kernel reports them) is not for
/// its children: they write one line to stderr. The hook is set before the first fork, in the
/// parent, because setting one waits for every thread that is panicking, and in a child those of
/// the parent never finish.
fn speak_for_children() {
    if std::thread::panicking() {
        return;
    }
    PANIC_HOOK.call_once(|| {
        let otherwise = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !is_child() {
                return otherwise(panic);
            }
            if HUSHED.try_with(Cell::get).unwrap_or(false) {
                return;
            }
            let place = panic
                .location()
                .map(|place| format!(" at {place}"))
                .unwrap_or_default();
            let (name, pid) = (current_name(), getpid());
            let message = thread::panic_message(panic.payload());
            let text = format!("process `{name}` ({pid}) panicked{place}: {message}\n");
            // Straight to the descriptor: a test harness that catches stderr has no ears in this
            // process.
            let _ = nix::unistd::write(io::stderr(), text.as_bytes());
        }));
    });
}

pub(crate) fn fork_with(name: &str, bond: Bond, f: impl FnOnce() -> i32) -> io::Result<Child> {
    shake();
    speak_for_children();
    daemon::reap_orphans();
    let lane = current::open_lane(LaneKind::Process, name);
    current::emit(Kind::Fork, Object::lane(lane));
    let parent = Parent {
        pid: getpid(),
        is_main_thread: thread::current_tid() == getpid(),
    };

    let mut mask = SigSet::empty();
    pthread_sigmask(SigmaskHow::SIG_BLOCK, Some(&SigSet::all()), Some(&mut mask))?;
    // SAFETY: the child runs `run_child`, which never returns.
    match unsafe { fork_with_locks_free() } {
        Ok(ForkResult::Child) => run_child(name, lane, bond, parent, f),
        Ok(ForkResult::Parent { child }) => {
            let _ = pthread_sigmask(SigmaskHow::SIG_SETMASK, Some(&mask), None);
            participants::hand_over(f, child.as_raw());
            if let Some(journal) = current::journal() {
                // The child says the same, unless it is ended before it comes to that.
                journal.identify_lane(lane, child.as_raw(), child.as_raw());
            }
            let child = Child::adopt(child.as_raw(), lane)?;
            if bond == Bond::Daemon {
                daemon::enter(&child);
            }
            shake();
            Ok(child)
        }
        Err(error) => {
            let _ = pthread_sigmask(SigmaskHow::SIG_SETMASK, Some(&mask), None);
            Err(error.into())
        }
    }
}

/// As [`fork_with`], for a closure that borrows: nobody can tell what it will use, so the child counts as a participant of
/// every shared object there is.
pub(crate) fn fork_borrowing(name: &str, bond: Bond, f: impl FnOnce() -> i32) -> io::Result<Child> {
    let child = fork_with(name, bond, f)?;
    participants::enter_child_everywhere(child.pid());
    Ok(child)
}

/// Forks while this very thread holds every process-wide lock of this library, and those of stdout and
/// stderr; they are released in both processes before this returns. glibc keeps its own (malloc, stdio,
/// the loader) usable.
///
/// What else a child may find closed by a thread it does not have, and how that is met:
///
/// | what | in the child |
/// |---|---|
/// | who waits for the locks of `sync` | the system knows, nobody else ([`futex`](super::futex)) |
/// | the journal | written without locks |
/// | the registry of threads | made anew ([`per_process`](super::per_process)) |
/// | the status of a sibling | not waited for ([`Child::status`]) |
/// | first-time settings (exit handler, pid) | flags, no `Once`; the panic hook is set before the first fork |
/// | a manager's connections, an event loop | belong to one thread; connections are opened anew |
/// | std's lock of the environment | read once, by the parent; whoever calls `set_var` beside a fork is on his own |
/// | an object that another thread had locked | stays locked: say what the child needs before it is forked |
///
/// # Safety
/// As `fork`: the child must not go back into what its parent was doing.
pub(super) unsafe fn fork_with_locks_free() -> nix::Result<ForkResult> {
    // The child knows it then without asking the environment.
    settings::time_scale();
    let _members = participants::members();
    let _daemons = daemon::registry();
    let _ends = program::our_ends();
    let _name = own_name();
    let mut out = io::stdout().lock();
    let _err = io::stderr().lock();
    // What was printed but not yet written would be written by both. If it cannot be flushed, it could
    // not be printed either.
    let _ = out.flush();
    // SAFETY: by our own contract.
    unsafe { nix::unistd::fork() }
}

#[derive(Clone, Copy)]
struct Parent {
    pid: i32,
    is_main_thread: bool,
}

fn run_child(name: &str, lane: LaneId, bond: Bond, parent: Parent, f: impl FnOnce() -> i32) -> ! {
    daemon::forget_all();
    participants::keep_nothing_of_parent();
    program::close_ends_of_parent();
    reset_signals();
    if bond == Bond::Daemon && parent.is_main_thread {
        // The second line, for a parent that is killed. The kernel means the parent *thread*, so
        // not from another one. SAFETY: sets an attribute of this process.
        unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGTERM) };
        if getppid() != parent.pid {
            leave(1);
        }
    }
    thread::become_main();
    *own_name() = Some(name.to_owned());
    IS_CHILD.store(true, Ordering::Release);
    current::set_lane(lane);
    current::emit(Kind::Start, Object::lane(lane));
    shake();
    let code = match catch_unwind(AssertUnwindSafe(f)) {
        Ok(code) => {
            participants::leave_all();
            code
        }
        Err(payload) => {
            // Dropping it could panic again.
            std::mem::forget(payload);
            1
        }
    };
    daemon::end_all();
    current::emit(Kind::Exit, Object::lane(lane));
    leave(code)
}

fn leave(code: i32) -> ! {
    let _ = io::stdout().lock().flush();
    // SAFETY: ends the process; nothing of the parent's (destructors, atexit handlers, buffers) is
    // run here.
    unsafe { libc::_exit(code & 0xff) }
}

pub(super) fn reset_signals() {
    let default = SigAction::new(SigHandler::SigDfl, SaFlags::empty(), SigSet::empty());
    for signal in [
        Signal::SIGTERM,
        Signal::SIGINT,
        Signal::SIGHUP,
        Signal::SIGQUIT,
        Signal::SIGCHLD,
    ] {
        // SAFETY: the default action runs no code of ours.
        let _ = unsafe { sigaction(signal, &default) };
    }
    let _ = pthread_sigmask(SigmaskHow::SIG_SETMASK, Some(&SigSet::empty()), None);
}
