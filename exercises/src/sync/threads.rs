//! The threads there are: how many, which, who am I, and what happens to them at the end.
//!
//! The registry knows the main thread and every [`Thread`] from its start to its end. Threads that
//! were started in another way (std's own, [`scope`](crate::primitive::thread::scope), a notebook's)
//! are not counted: their number is not your program's business, and to count on it is a mistake that
//! Python's `active_count` invites. A forked child begins with a registry of its own, in which there
//! is only its main thread.
//!
//! | Python | here |
//! |---|---|
//! | `threading.active_count()` | [`active_count`] |
//! | `threading.enumerate()` | [`enumerate`] |
//! | `threading.current_thread()` | [`current`] |
//! | `threading.main_thread()` | [`main_thread`] |
//! | what the interpreter does when `main` has ended | [`shut_down`] |
//!
//! std, parking_lot and crossbeam have no registry.
//!
//! ```
//! use exercises::sync::{Thread, threads};
//!
//! let thread = Thread::new("worker", || assert_eq!(threads::current().name(), "worker"));
//! thread.start()?;
//! thread.join()?;
//! assert_eq!(threads::main_thread().name(), "main");
//! # Ok::<(), exercises::sync::ThreadError>(())
//! ```

use super::{Local, Thread};
use crate::primitive::cut;
use crate::primitive::lock::Mutex;
use crate::primitive::per_process::PerProcess;
use crate::primitive::thread::{self, ThreadId};
use crate::primitive::time::{Deadline, Duration};

/// How long [`shut_down`] gives the daemons to come to a point where they can be cut off.
pub const GRACE: Duration = Duration::from_millis(100);

pub(super) struct Registry {
    main: Thread,
    lists: Mutex<Lists>,
}

#[derive(Default)]
struct Lists {
    /// In the order of their starts.
    alive: Vec<Thread>,
    /// Ended, and nobody has waited for them yet.
    unjoined: Vec<Thread>,
}

static REGISTRY: PerProcess<Registry> = PerProcess::new(|| Registry {
    main: Thread::given("main".to_owned(), ThreadId::MAIN),
    lists: Mutex::quiet(Lists::default()),
});

/// What strangers are called by; our own threads are found in the registry.
static STRANGERS: PerProcess<Local<Thread>> = PerProcess::new(Local::unset);

pub(super) fn registry() -> &'static Registry {
    REGISTRY.get()
}

fn take_out(list: &mut Vec<Thread>, thread: &Thread) -> bool {
    match list.iter().position(|other| other.is_same(thread)) {
        Some(place) => {
            list.remove(place);
            true
        }
        None => false,
    }
}

impl Registry {
    #[track_caller]
    pub(super) fn begins(&self, thread: &Thread) {
        let mut lists = self.lists.lock();
        lists.unjoined.retain(Thread::is_unjoined);
        lists.alive.push(thread.clone());
    }

    #[track_caller]
    pub(super) fn ends(&self, thread: &Thread) {
        let mut lists = self.lists.lock();
        if take_out(&mut lists.alive, thread) {
            lists.unjoined.push(thread.clone());
        }
    }

    #[track_caller]
    pub(super) fn forgets(&self, thread: &Thread) {
        let mut lists = self.lists.lock();
        take_out(&mut lists.alive, thread);
        take_out(&mut lists.unjoined, thread);
    }
}

/// How many threads are alive: the main one and every started [`Thread`] that has not ended.
#[track_caller]
pub fn active_count() -> usize {
    1 + registry().lists.lock().alive.len()
}

/// The threads that are alive: the main one first, then the others in the order of their starts.
#[track_caller]
pub fn enumerate() -> Vec<Thread> {
    let registry = registry();
    let mut all = vec![registry.main.clone()];
    all.extend(registry.lists.lock().alive.iter().cloned());
    all
}

/// The main thread of this process: the first one, in a forked child the one that was forked.
pub fn main_thread() -> Thread {
    registry().main.clone()
}

/// The calling thread. One that was started in another way gets a handle that can be asked and
/// renamed, but neither joined nor found by [`enumerate`].
#[track_caller]
pub fn current() -> Thread {
    if thread::is_main() {
        return main_thread();
    }
    let id = Some(thread::current_id());
    let own = |thread: &&Thread| thread.id() == id;
    if let Some(own) = registry().lists.lock().alive.iter().find(own) {
        return own.clone();
    }
    let strangers = STRANGERS.get();
    strangers.get().unwrap_or_else(|_| {
        let own = Thread::given(thread::current_name(), thread::current_id());
        strangers.set(own.clone());
        own
    })
}

/// Ends the calling thread here if it is a daemon that was cut off by [`shut_down`].
/// [`sleep`](thread::sleep) does this by itself; a daemon that computes for long calls it now and then.
#[track_caller]
pub fn checkpoint() {
    cut::point();
}

/// What was left at the end of [`shut_down`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShutDown {
    /// The names of the daemons that did not come to a point where they could be cut off. They end
    /// with the process.
    pub still_running: Vec<String>,
}

/// What happens when a program ends: waits for every [`Thread`] that is not a daemon, then cuts off
/// the daemons.
///
/// Python does this by itself after the last line of the program. Rust does not: when `main`
/// returns, all other threads are killed where they are. So call it at the end of `main`, or join
/// your threads.
///
/// A daemon that was cut off ends at its next sleep of this library, [`checkpoint`], or line of an
/// exercise: its destructors run, its locks are released, and no line of it comes after this function
/// has returned (what it writes by `println!` may). One that
/// sleeps is woken. One that computes, or that waits for something else, goes on until the process
/// ends, at most [`GRACE`] is given to all of them together. (CPython stops a daemon where it next
/// asks for the interpreter, and its destructors do not run.)
///
/// Threads may start others meanwhile; these are waited for too. The calling thread is not waited
/// for.
///
/// ```
/// use exercises::primitive::thread::sleep;
/// use exercises::primitive::time::Duration;
/// use exercises::sync::{Thread, threads};
///
/// let background = Thread::new("background", || loop { sleep(Duration::from_secs(3600)) }).daemon(true);
/// background.start()?;
/// let end = threads::shut_down();
/// assert!(end.still_running.is_empty());
/// assert!(!background.is_alive());
/// # Ok::<(), exercises::sync::ThreadError>(())
/// ```
#[track_caller]
pub fn shut_down() -> ShutDown {
    let registry = registry();
    let next = |daemon: bool| {
        let lists = registry.lists.lock();
        let mut all = lists.alive.iter().chain(&lists.unjoined);
        all.find(|thread| thread.is_daemon() == daemon && !thread.is_current())
            .cloned()
    };
    while let Some(thread) = next(false) {
        // A panic was reported when it happened, and whoever joins gets it too.
        let _ = thread.join();
        registry.forgets(&thread);
    }
    let daemons: Vec<Thread> = {
        let lists = registry.lists.lock();
        lists.alive.iter().chain(&lists.unjoined).cloned().collect()
    };
    let daemons: Vec<Thread> = daemons
        .into_iter()
        .filter(|thread| thread.is_daemon() && !thread.is_current())
        .collect();
    daemons.iter().for_each(Thread::cut);
    let deadline = Deadline::after_unscaled(GRACE);
    let still_running = daemons
        .iter()
        .filter(|thread| matches!(thread.join_until(deadline), Ok(false)))
        .map(Thread::name)
        .collect();
    ShutDown { still_running }
}
