//! The queue between the shell socket and the language.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

use crate::session::{Frames, Parent};
use crate::socket::Wake;
use crate::wire::Request;

/// Requests that wait, in bytes and in number. When it is full the shell socket is not read,
/// and further requests wait in ZeroMQ and in their client.
const MOST_BYTES: usize = 64 * 1024 * 1024;
const MOST_JOBS: usize = 10_000;
/// How long we wait for the shell's thread to queue what has arrived. It needs microseconds.
const DRAIN: Duration = Duration::from_millis(100);

/// A request that waits for the language.
pub(crate) struct Job {
    pub(crate) identities: Frames,
    pub(crate) parent: Parent,
    pub(crate) cell_id: Option<String>,
    pub(crate) request: Request,
    pub(crate) buffers: Frames,
    pub(crate) size: usize,
    pub(crate) arrived: Instant,
    /// An earlier cell failed, or the user interrupted: answer it, but do not run it.
    pub(crate) aborted: bool,
}

pub(crate) struct Jobs {
    state: Mutex<State>,
    ready: Condvar,
    drained: Condvar,
    shell: Wake,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Job>,
    bytes: usize,
    closed: bool,
    drain_requests: u64,
    drained: u64,
}

impl Job {
    /// Whether it may be answered while a cell runs.
    pub(crate) fn is_question(&self) -> bool {
        matches!(
            self.request,
            Request::Complete(_) | Request::Inspect(_) | Request::IsComplete(_)
        )
    }
}

impl State {
    fn has_room(&self) -> bool {
        self.bytes <= MOST_BYTES && self.queue.len() < MOST_JOBS
    }
}

impl Jobs {
    /// A queue filled by the thread that `shell` wakes.
    pub(crate) fn new(shell: Wake) -> Jobs {
        Jobs {
            state: Mutex::default(),
            ready: Condvar::new(),
            drained: Condvar::new(),
            shell,
        }
    }

    pub(crate) fn push(&self, job: Job) {
        let mut state = self.state.lock();
        state.bytes += job.size;
        state.queue.push_back(job);
        self.ready.notify_one();
    }

    /// The next request; waits. `None` when the kernel is ending.
    pub(crate) fn pop(&self) -> Option<Job> {
        let mut state = self.state.lock();
        loop {
            if state.closed {
                return None;
            }
            if let Some(job) = self.take(&mut state, 0) {
                return Some(job);
            }
            self.ready.wait(&mut state);
        }
    }

    /// The question that has waited longest, before everything else that waits; `None` where there is none.
    pub(crate) fn pop_question(&self) -> Option<Job> {
        let mut state = self.state.lock();
        if state.closed {
            return None;
        }
        let place = state.queue.iter().position(Job::is_question)?;
        self.take(&mut state, place)
    }

    /// Whether a question waits.
    pub(crate) fn has_question(&self) -> bool {
        self.state.lock().queue.iter().any(Job::is_question)
    }

    fn take(&self, state: &mut State, place: usize) -> Option<Job> {
        let was_full = !state.has_room();
        let job = state.queue.remove(place)?;
        state.bytes -= job.size;
        if was_full && state.has_room() {
            self.shell.wake();
        }
        Some(job)
    }

    /// Waits until nothing has come for so long; false as soon as something comes or the kernel ends.
    pub(crate) fn quiet_for(&self, time: Duration) -> bool {
        let until = Instant::now() + time;
        let mut state = self.state.lock();
        loop {
            if state.closed || !state.queue.is_empty() {
                return false;
            }
            if self.ready.wait_until(&mut state, until).timed_out() {
                return state.queue.is_empty() && !state.closed;
            }
        }
    }

    pub(crate) fn has_room(&self) -> bool {
        self.state.lock().has_room()
    }

    /// Marks every cell that waits, or has arrived but is not queued yet, as aborted.
    pub(crate) fn abort_cells(&self) {
        self.abort(|request| matches!(request, Request::Execute(_)));
    }

    /// As [`Jobs::abort_cells`], and so what a click would begin.
    pub(crate) fn interrupt(&self) {
        self.abort(|request| matches!(request, Request::Execute(_) | Request::CommMsg(_)));
    }

    fn abort(&self, concerns: fn(&Request) -> bool) {
        let deadline = Instant::now() + DRAIN;
        let mut state = self.state.lock();
        state.drain_requests += 1;
        let wanted = state.drain_requests;
        self.shell.wake();
        while state.drained < wanted && !state.closed {
            if self.drained.wait_until(&mut state, deadline).timed_out() {
                break;
            }
        }
        for job in &mut state.queue {
            if concerns(&job.request) {
                job.aborted = true;
            }
        }
    }

    pub(crate) fn drain_requests(&self) -> u64 {
        self.state.lock().drain_requests
    }

    pub(crate) fn set_drained(&self, request: u64) {
        let mut state = self.state.lock();
        if state.drained < request {
            state.drained = request;
            self.drained.notify_all();
        }
    }

    pub(crate) fn close(&self) {
        self.state.lock().closed = true;
        self.ready.notify_all();
        self.drained.notify_all();
    }
}
