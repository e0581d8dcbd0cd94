use super::RunError;
use crate::primitive::Arc;
use crate::primitive::lock::{Condvar, Mutex};
use crate::primitive::thread::{self, JoinHandle};
use crate::primitive::time::{Deadline, Duration, Instant, scaled};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::io;

/// Nothing shorter is called a stall: an ordinary turn on a busy machine may take this long.
const SHORTEST: Duration = Duration::from_millis(1);

thread_local! {
    static BOARD: RefCell<Option<Arc<Board>>> = const { RefCell::new(None) };
}

/// Where the tasks of one thread write down who has it.
pub(super) struct Board {
    turn: Mutex<Option<Turn>>,
    /// How often each task has blocked the thread, where somebody wants to know it.
    blocked: Option<Mutex<BTreeMap<Arc<str>, u64>>>,
}

#[derive(Clone)]
struct Turn {
    task: Arc<str>,
    since: Instant,
}

impl Board {
    /// A board for this thread, as long as the result lives. `counts` says whether it notes who blocks the thread.
    pub fn hang_up(counts: bool) -> HungUp {
        let board = Arc::new(Board {
            turn: Mutex::quiet(None),
            blocked: counts.then(|| Mutex::quiet(BTreeMap::new())),
        });
        HungUp {
            before: BOARD.replace(Some(board.clone())),
            board,
        }
    }

    pub fn of_this_thread() -> Option<Arc<Board>> {
        BOARD.with_borrow(Clone::clone)
    }

    /// This task has the thread until the result is dropped, also by a panic.
    pub fn begin(&self, task: &Arc<str>) -> impl Drop {
        *self.turn.lock() = Some(Turn {
            task: task.clone(),
            since: Instant::now(),
        });
        let counts = self.blocked.as_ref();
        TurnEnd {
            board: self,
            count: counts.map(|_| (task.clone(), thread::times_blocked())),
        }
    }
}

pub(super) struct HungUp {
    before: Option<Arc<Board>>,
    board: Arc<Board>,
}

impl HungUp {
    /// Who has blocked the thread, by name.
    pub fn blocked(&self) -> Vec<Blocked> {
        let counted = self.board.blocked.as_ref().map(|counts| counts.lock());
        let tasks = counted.iter().flat_map(|counts| counts.iter());
        let blocked = |(task, times): (&Arc<str>, &u64)| Blocked {
            task: task.to_string(),
            times: *times,
        };
        tasks.map(blocked).collect()
    }
}

impl Drop for HungUp {
    fn drop(&mut self) {
        BOARD.set(self.before.take());
    }
}

struct TurnEnd<'a> {
    board: &'a Board,
    /// Whose turn it is, and how often the thread had blocked before.
    count: Option<(Arc<str>, u64)>,
}

impl Drop for TurnEnd<'_> {
    fn drop(&mut self) {
        if let Some((task, before)) = self.count.take()
            && let Some(blocked) = &self.board.blocked
        {
            let times = thread::times_blocked() - before;
            if times > 0 {
                *blocked.lock().entry(task).or_default() += times;
            }
        }
        *self.board.turn.lock() = None;
    }
}

/// A task put the thread to sleep, and with it all the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Which task.
    pub task: String,
    /// How often.
    pub times: u64,
}

/// A task kept the thread for too long without giving way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stall {
    /// Which task.
    pub task: String,
    /// For how long it had kept the thread when that was noticed; it may go on longer.
    pub lasted: Duration,
}

impl fmt::Display for Stall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "task `{}` has kept the thread for {} ms; move the call that blocks to a ThreadPool, or await in its place",
            self.task,
            self.lasted.as_millis()
        )
    }
}

/// Finds tasks that block: a thread of its own that looks who has the thread of the green tasks,
/// and reports each turn that lasts too long, *while* it lasts.
///
/// The task cannot report it itself, because it is blocked; and no other task can, because they
/// wait for it. Python's `asyncio` has this in its debug mode (`slow_callback_duration`, reported
/// afterwards), gevent as `monitor_thread`; tokio has nothing built in.
///
/// A turn of more than twice the limit is always reported, one of less than the limit never; a
/// turn that goes on is reported again each time it has become twice as long.
///
/// ```
/// use exercises::green::{self, Watchdog};
/// use exercises::primitive::{thread, time::Duration};
/// use exercises::sync::{Event, Mutex};
/// use std::sync::Arc;
///
/// let noticed = Arc::new(Event::new());
/// let stalls = green::run(async {
///     let heard = noticed.clone();
///     let watchdog = Watchdog::start(Duration::from_millis(20), move |_| heard.set())?;
///     let sleeper = green::spawn("sleeper", async move {
///         thread::sleep(Duration::from_millis(50)); // instead of green::sleep
///         noticed.wait();
///     });
///     sleeper.await.unwrap();
///     Ok::<_, green::RunError>(watchdog.stop())
/// })??;
/// assert_eq!(stalls[0].task, "sleeper");
/// # Ok::<(), green::RunError>(())
/// ```
#[must_use = "the watchdog goes when this is dropped"]
pub struct Watchdog {
    watch: Arc<Watch>,
    thread: Option<JoinHandle<()>>,
}

struct Watch {
    board: Arc<Board>,
    limit: Duration,
    state: Mutex<State>,
    over: Condvar,
}

struct State {
    over: bool,
    stalls: Vec<Stall>,
}

impl Watchdog {
    /// Watches the tasks of this thread from now on. A turn longer than `limit` (by the time
    /// scale, and never less than a millisecond) is a stall; `on_stall` is called for it in the
    /// watchdog's thread. An error outside of [`run`](super::run), or if the system refuses the
    /// thread.
    pub fn start(
        limit: Duration,
        on_stall: impl Fn(&Stall) + Send + 'static,
    ) -> Result<Watchdog, RunError> {
        let board = Board::of_this_thread()
            .ok_or_else(|| io::Error::other("this thread has no green tasks to watch"))?;
        let watch = Arc::new(Watch {
            board,
            limit: scaled(limit).max(SHORTEST),
            state: Mutex::quiet(State {
                over: false,
                stalls: Vec::new(),
            }),
            over: Condvar::quiet(),
        });
        let thread = thread::Builder::new().name("watchdog").spawn({
            let watch = watch.clone();
            move || watch.keep(&on_stall)
        })?;
        Ok(Watchdog {
            watch,
            thread: Some(thread),
        })
    }

    /// Stops watching, and says what was found: each turn once, as long as it was last seen.
    pub fn stop(mut self) -> Vec<Stall> {
        self.end();
        std::mem::take(&mut self.watch.state.lock().stalls)
    }

    fn end(&mut self) {
        self.watch.state.lock().over = true;
        self.watch.over.notify_all();
        if let Some(thread) = self.thread.take() {
            // It ends badly only if `on_stall` panicked, which has been said on stderr.
            let _ = thread.join();
        }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.end();
    }
}

impl fmt::Debug for Watchdog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watchdog")
            .field("limit", &self.watch.limit)
            .finish_non_exhaustive()
    }
}

impl Watch {
    fn keep(&self, on_stall: &dyn Fn(&Stall)) {
        // The turn reported last, and how long it must last to be reported again.
        let mut reported: Option<(Instant, Duration)> = None;
        loop {
            let turn = self.board.turn.lock().clone();
            let mut look_again = self.limit;
            if let Some(turn) = turn {
                let lasted = turn.since.elapsed();
                // A turn is known by its beginning: the thread has one at a time.
                let again = reported.filter(|(since, _)| *since == turn.since);
                let due = again.map_or(self.limit, |(_, due)| due);
                if lasted >= due {
                    reported = Some((turn.since, 2 * lasted));
                    let stall = Stall {
                        task: turn.task.to_string(),
                        lasted,
                    };
                    on_stall(&stall);
                    let mut state = self.state.lock();
                    if again.is_some() {
                        state.stalls.pop();
                    }
                    state.stalls.push(stall);
                } else {
                    look_again = due - lasted;
                }
            }
            let mut state = self.state.lock();
            if !state.over {
                self.over
                    .wait_until(&mut state, Deadline::after_unscaled(look_again));
            }
            if state.over {
                return;
            }
        }
    }
}
