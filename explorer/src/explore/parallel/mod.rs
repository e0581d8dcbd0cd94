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
mod tree;
mod worker;

use super::phases::{Course, GivenUp, with_dpor};
use super::settings::{Limit, Phase, Standing};
use crate::execution::Machine;
use crate::search::node::Node;
use crate::world::Liberties;
use board::{Board, FromWorker, MAX_WORKERS, Mapped, ToWorker, receive, send};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};
use tree::Tree;

/// How long a worker may take for its last execution and its report.
const LAST_WORDS: Duration = Duration::from_secs(10);

struct Worker {
    pid: libc::pid_t,
    stream: UnixStream,
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
    let Ok(board) = Board::new().map(Mapped) else {
        return Ok(Some(Limit::Memory));
    };
    let mut tree = Tree::default();
    let alone = with_dpor(machine, |dpor| {
        tree.plant(&dpor.nodes);
        (dpor.executions, dpor.classes.count)
    });
    let mut workers = Vec::new();
    for number in 0..course.settings.workers.min(MAX_WORKERS) {
        match start(course, machine, liberties, board.0, number) {
            Ok(worker) => workers.push(worker),
            Err(_) if number > 0 => break,
            Err(_) => return Ok(Some(Limit::WorkerLost)),
        }
    }
    let mut books = Books {
        tree,
        workers,
        board: board.0,
        alone,
        limit: None,
        given_up: None,
    };
    books.keep(course, until);
    books.close(course, machine);
    match books.given_up {
        Some(given_up) => Err(given_up),
        None => Ok(books.limit),
    }
}

struct Books {
    tree: Tree,
    workers: Vec<Worker>,
    board: &'static Board,
    alone: (u64, u64),
    limit: Option<Limit>,
    given_up: Option<GivenUp>,
}

impl Books {
    /// Gives out branches until there are none.
    fn keep<P: Fn() + Clone + 'static>(&mut self, course: &mut Course<'_, P>, until: Duration) {
        loop {
            for worker in self.workers.iter_mut().filter(|worker| !worker.busy) {
                let Some((spot, nodes)) = self.tree.take() else {
                    break;
                };
                worker.path.clone_from(&self.tree.spots[spot].path);
                worker.nodes.clone_from(&nodes);
                worker.busy = true;
                if send(&mut worker.stream, &ToWorker::Begin(nodes)).is_err() {
                    self.limit = Some(Limit::WorkerLost);
                }
            }
            let idle = self.workers.iter().filter(|worker| !worker.busy).count();
            self.board.idle.store(idle as u32, Relaxed);
            if idle == self.workers.len() || self.limit.is_some() || self.given_up.is_some() {
                return;
            }
            for number in ready(&self.workers) {
                self.listen(number);
            }
            let standing = Standing {
                estimate: course.estimate,
                ..self.standing(course.begun)
            };
            let bytes = Board::sum(&self.board.bytes) as usize;
            let enough = standing.classes >= course.settings.max_classes;
            let over = course.over(standing, bytes, until);
            self.limit = self.limit.or(over).or(enough.then_some(Limit::Classes));
        }
    }

    fn standing(&self, begun: Instant) -> Standing {
        Standing {
            phase: Phase::Exhaustive,
            executions: self.alone.0 + Board::sum(&self.board.executions),
            classes: self.alone.1 + Board::sum(&self.board.classes),
            elapsed: begun.elapsed(),
            estimate: None,
        }
    }

    fn listen(&mut self, number: usize) {
        let worker = &mut self.workers[number];
        let Ok(message) = receive(&mut worker.stream) else {
            self.limit = Some(Limit::WorkerLost);
            worker.reported = true;
            return;
        };
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
            FromWorker::Diverged | FromWorker::Report { .. } => {
                self.limit = Some(Limit::Nondeterminism);
            }
        }
    }

    /// Asks everybody for what was found.
    fn close<P>(&mut self, course: &mut Course<'_, P>, machine: &Rc<Machine>) {
        self.board.stop.store(1, Relaxed);
        let wanted = self.given_up.is_none();
        for worker in &mut self.workers {
            let _ = worker.stream.set_read_timeout(Some(LAST_WORDS));
            let _ = send(&mut worker.stream, &ToWorker::Finish);
            while wanted && !worker.reported {
                match receive(&mut worker.stream) {
                    Ok(FromWorker::Report {
                        found,
                        executions,
                        noted,
                    }) => {
                        worker.reported = true;
                        course.noted.add(noted);
                        with_dpor(machine, |dpor| {
                            dpor.executions += executions;
                            dpor.classes.merge(found);
                        });
                    }
                    Ok(_) => {}
                    Err(_) => {
                        self.limit = Some(Limit::WorkerLost);
                        break;
                    }
                }
            }
            // SAFETY: our own child, not yet waited for, so the number is still its own.
            unsafe {
                libc::kill(worker.pid, libc::SIGKILL);
                libc::waitpid(worker.pid, std::ptr::null_mut(), 0);
            }
        }
    }
}

/// The workers that have something to say, after at most ten milliseconds.
fn ready(workers: &[Worker]) -> Vec<usize> {
    let mut polled: Vec<libc::pollfd> = workers
        .iter()
        .map(|worker| libc::pollfd {
            fd: worker.stream.as_raw_fd(),
            events: libc::POLLIN,
            revents: 0,
        })
        .collect();
    // SAFETY: an array of as many entries as are announced.
    unsafe { libc::poll(polled.as_mut_ptr(), polled.len() as libc::nfds_t, 10) };
    let said = |one: &libc::pollfd| one.revents & (libc::POLLIN | libc::POLLHUP) != 0;
    (0..workers.len()).filter(|&at| said(&polled[at])).collect()
}

fn start<P: Fn() + Clone + 'static>(
    course: &Course<'_, P>,
    machine: &Rc<Machine>,
    liberties: Liberties,
    board: &'static Board,
    number: usize,
) -> io::Result<Worker> {
    let (ours, mut theirs) = UnixStream::pair()?;
    // SAFETY: the child runs explorations alone and leaves by `_exit`. What other threads of this process may hold at
    // this moment it does not touch; `Settings::workers` says so.
    let pid = unsafe { libc::fork() };
    if pid < 0 {
        return Err(io::Error::last_os_error());
    }
    if pid > 0 {
        return Ok(Worker {
            pid,
            stream: ours,
            path: Vec::new(),
            nodes: Vec::new(),
            busy: false,
            reported: false,
        });
    }
    drop(ours);
    // SAFETY: only asks to be killed when the parent is gone.
    unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
    let worked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        worker::work(course, machine, liberties, board, number, &mut theirs)
    }));
    let code = i32::from(!matches!(worked, Ok(Ok(()))));
    // SAFETY: ends this process without running anybody's destructors or exit handlers: they belong to the parent.
    unsafe { libc::_exit(code) }
}
