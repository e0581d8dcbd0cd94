//! One exploration in several processes: they share the tree of the reduction, and what they find is put together.
//!
//! The processes are forked, because a program under exploration may have statics, of which each execution needs its
//! own. The parent only keeps the books. It owns the upper part of the tree (`Spot`s): which branches of a state have
//! been given out, in which order, and which are demanded. A branch sleeps those that were given out before it, just as
//! if they had been explored before it. A worker owns what lies below the branch it was given; what it finds must be
//! tried further up, it demands of the parent. When somebody is idle, a worker gives away the uppermost of its states
//! that has anything left to do.
//!
//! Every class is explored once whoever does it: the order of the branches of a state is a total one, and a demand is
//! only dropped if one of its threads sleeps there or has been given out.
mod board;
mod pool;
mod tree;
mod worker;

pub use board::MAX_WORKERS;
pub use pool::{Become, Helpers, Part, WorkerPool, die_of};

use super::phases::{Course, GivenUp, with_dpor};
use super::settings::{Limit, Phase, Standing};
use crate::execution::Machine;
use crate::model::io::miss_stdout_lock;
use crate::search::node::Node;
use crate::world::Liberties;
use board::{Board, FromWorker, Report, Task, ToWorker, receive, send};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};
use tree::Tree;

/// How long a worker may take for its last execution and its report.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// What is known of a worker.
#[derive(Default)]
struct Worker {
    /// The spots above what it owns, and these states as it sees them.
    path: Vec<usize>,
    nodes: Vec<Node>,
    busy: bool,
    reported: bool,
}

/// Goes on with several processes where this search stands. The limit that was hit, if one was.
pub fn share_out<P: Fn() + Clone + 'static>(
    course: &mut Course<'_, P>,
    machine: &Rc<Machine>,
    liberties: Liberties,
    until: Duration,
) -> Result<Option<Limit>, GivenUp> {
    let Some(Helpers { pool, part }) = course.helpers.take() else {
        let (program, dependence) = (course.program.clone(), course.dependence.clone());
        let become_helper = move || -> Box<dyn FnMut(u32) -> Option<Part>> {
            Box::new(move |_| {
                Some(Part {
                    program: Rc::new(program.clone()),
                    dependence: dependence.clone(),
                })
            })
        };
        return match WorkerPool::new(course.settings.workers, Box::new(become_helper)) {
            Ok(mut pool) => {
                Books::new(&mut pool, machine).fill(course, machine, liberties, 0, until)
            }
            Err(_) => Ok(Some(Limit::WorkerLost)),
        };
    };
    let outcome = Books::new(pool, machine).fill(course, machine, liberties, part, until);
    course.helpers = Some(Helpers { pool, part });
    outcome
}

struct Books<'a> {
    tree: Tree,
    workers: Vec<Worker>,
    pool: &'a mut WorkerPool,
    alone: (u64, u64),
    limit: Option<Limit>,
    given_up: Option<GivenUp>,
}

impl<'a> Books<'a> {
    fn new(pool: &'a mut WorkerPool, machine: &Rc<Machine>) -> Self {
        let mut tree = Tree::default();
        let alone = with_dpor(machine, |dpor| {
            tree.plant(&dpor.nodes);
            (dpor.executions, dpor.classes.count)
        });
        Self {
            tree,
            workers: pool.streams.iter().map(|_| Worker::default()).collect(),
            pool,
            alone,
            limit: None,
            given_up: None,
        }
    }

    /// From the first branch to the last report.
    fn fill<P: Fn() + Clone + 'static>(
        mut self,
        course: &mut Course<'_, P>,
        machine: &Rc<Machine>,
        liberties: Liberties,
        part: u32,
        until: Duration,
    ) -> Result<Option<Limit>, GivenUp> {
        let task = Task {
            part,
            liberties,
            max_steps: course.settings.max_steps,
            stderr: course.settings.stderr,
        };
        self.pool.board.0.wipe();
        match self.engage(task) {
            Ok(()) => self.keep(course, until),
            Err(_) => self.lose(),
        }
        self.close(course, machine);
        match self.given_up {
            Some(given_up) => Err(given_up),
            None => Ok(self.limit),
        }
    }

    /// Tells everybody what is to be explored.
    fn engage(&mut self, task: Task) -> io::Result<()> {
        self.pool.wake()?;
        let mut streams = self.pool.streams.iter_mut();
        streams.try_for_each(|stream| send(stream, &ToWorker::Task(task)))
    }

    /// Somebody is gone, with what it had found.
    fn lose(&mut self) {
        self.limit = Some(Limit::WorkerLost);
        self.pool.lose();
    }

    /// Gives out branches until there are none.
    fn keep<P: Fn() + Clone + 'static>(&mut self, course: &mut Course<'_, P>, until: Duration) {
        loop {
            for number in 0..self.workers.len() {
                let worker = &mut self.workers[number];
                if worker.busy {
                    continue;
                }
                let Some((spot, nodes)) = self.tree.take() else {
                    break;
                };
                worker.path.clone_from(&self.tree.spots[spot].path);
                worker.nodes.clone_from(&nodes);
                worker.busy = true;
                if send(&mut self.pool.streams[number], &ToWorker::Begin(nodes)).is_err() {
                    self.lose();
                }
            }
            let board = self.pool.board.0;
            let idle = self.workers.iter().filter(|worker| !worker.busy).count();
            board.idle.store(idle as u32, Relaxed);
            if idle == self.workers.len() || self.limit.is_some() || self.given_up.is_some() {
                return;
            }
            for number in ready(&self.pool.streams) {
                self.listen(number);
            }
            let standing = Standing {
                estimate: course.estimate,
                ..self.standing(course.begun)
            };
            let bytes = Board::sum(&board.bytes) as usize;
            let enough = standing.classes >= course.settings.max_classes;
            let over = course.over(standing, bytes, until);
            self.limit = self.limit.or(over).or(enough.then_some(Limit::Classes));
        }
    }

    fn standing(&self, begun: Instant) -> Standing {
        let board = self.pool.board.0;
        Standing {
            phase: Phase::Exhaustive,
            executions: self.alone.0 + Board::sum(&board.executions),
            classes: self.alone.1 + Board::sum(&board.classes),
            elapsed: begun.elapsed(),
            estimate: None,
            helpers_bytes: Board::sum(&board.resident),
        }
    }

    fn listen(&mut self, number: usize) {
        let Ok(message) = receive(&mut self.pool.streams[number]) else {
            self.workers[number].reported = true;
            return self.lose();
        };
        let worker = &mut self.workers[number];
        match message {
            FromWorker::Looked(looked) => {
                if let (Some(&spot), Some(node)) = (worker.path.last(), worker.nodes.last()) {
                    let slot = &mut self.tree.spots[spot];
                    slot.known |= 1 << node.thread;
                    slot.node.looking |= u64::from(looked) << node.thread;
                }
            }
            FromWorker::Demands(demands) => {
                for (depth, demand) in demands {
                    let spot = worker.path[depth as usize];
                    self.tree.spots[spot].node.meet(demand);
                    self.tree.review(spot);
                }
            }
            FromWorker::Gift { nodes, ways } => {
                for node in nodes {
                    let above = Rc::new(worker.nodes.clone());
                    let bit = 1 << node.thread;
                    let mut ours = node;
                    ours.done |= bit;
                    let spot = self.tree.add(&worker.path, &above, ours, ours.done);
                    worker.path.push(spot);
                    worker.nodes.push(node);
                }
                for (depth, way) in ways {
                    let spot = worker.path[depth];
                    self.tree.spots[spot].ways.push(way);
                    self.tree.review(spot);
                }
            }
            FromWorker::Done => worker.busy = false,
            FromWorker::GivenUp(given_up) => self.given_up = Some(given_up),
            // Nobody was asked for a report yet.
            FromWorker::Diverged | FromWorker::Report(_) => {
                self.limit = Some(Limit::Nondeterminism);
            }
        }
    }

    /// Asks everybody for what was found.
    fn close<P>(&mut self, course: &mut Course<'_, P>, machine: &Rc<Machine>) {
        self.pool.board.0.stop.store(1, Relaxed);
        for number in 0..self.workers.len() {
            if self.workers[number].reported {
                continue;
            }
            match last_words(&mut self.pool.streams[number]) {
                // What an exploration found that is begun again is forgotten.
                Ok(_) if self.given_up.is_some() => {}
                Ok(report) => {
                    course.noted.add(report.noted);
                    with_dpor(machine, |dpor| {
                        dpor.executions += report.executions;
                        dpor.classes.merge(report.found);
                    });
                }
                Err(_) => self.lose(),
            }
        }
        if course.noted.missed_stdout_lock {
            miss_stdout_lock();
        }
    }
}

/// Waits for a worker's report; what else it says on the way does not matter any more.
fn last_words(stream: &mut UnixStream) -> io::Result<Report> {
    send(stream, &ToWorker::Finish)?;
    stream.set_read_timeout(Some(LAST_WORDS))?;
    loop {
        if let FromWorker::Report(report) = receive(stream)? {
            stream.set_read_timeout(None)?;
            return Ok(report);
        }
    }
}

/// The workers that have something to say, after at most ten milliseconds.
fn ready(streams: &[UnixStream]) -> Vec<usize> {
    let mut polled: Vec<libc::pollfd> = streams
        .iter()
        .map(|stream| libc::pollfd {
            fd: stream.as_raw_fd(),
            events: libc::POLLIN,
            revents: 0,
        })
        .collect();
    // SAFETY: an array of as many entries as are announced.
    unsafe { libc::poll(polled.as_mut_ptr(), polled.len() as libc::nfds_t, 10) };
    let said = |one: &libc::pollfd| one.revents & (libc::POLLIN | libc::POLLHUP) != 0;
    (0..streams.len()).filter(|&at| said(&polled[at])).collect()
}
