//! What a worker does.
use super::super::memory::resident_bytes;
use super::super::phases::{Noted, given_up, with_dpor};
use super::board::{Board, FromWorker, Report, Task, ToWorker, Way, receive, send};
use super::pool::Part;
use crate::class::Classes;
use crate::execution::Machine;
use crate::loaded::Program;
use crate::search::Search;
use crate::search::dpor::Dpor;
use crate::search::node::Node;
use std::io;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::sync::atomic::Ordering::Relaxed;

/// Executions a worker does before it looks whether somebody is idle.
const BETWEEN_GIFTS: u64 = 32;

/// Executions a worker does before it looks how large it has become.
const BETWEEN_LOOKS: u64 = 256;

/// What a worker does: exploration after exploration, as long as somebody asks.
pub(super) fn work(
    part: &mut dyn FnMut(u32) -> Option<Part>,
    board: &Board,
    number: usize,
    parent: &mut UnixStream,
) -> io::Result<()> {
    let small = resident_bytes();
    loop {
        let task = match receive(parent) {
            Ok(ToWorker::Task(task)) => task,
            Ok(_) => return Err(io::ErrorKind::InvalidData.into()),
            // Nobody is there to ask.
            Err(_) => return Ok(()),
        };
        let Some(part) = part(task.part) else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let search = Dpor::new(
            part.dependence,
            Classes::new(task.stderr, false),
            task.max_steps,
        );
        let mut work = Work {
            machine: Machine::new(Box::new(search), task.liberties, false),
            program: part.program,
            task,
            noted: Noted::default(),
            board,
            number,
            small,
        };
        work.explore(parent)?;
    }
}

/// An exploration, as far as it is one worker's.
struct Work<'a> {
    machine: Rc<Machine>,
    program: Program,
    task: Task,
    noted: Noted,
    board: &'a Board,
    number: usize,
    small: u64,
}

impl Work<'_> {
    /// Branch after branch, until there are no more.
    fn explore(&mut self, parent: &mut UnixStream) -> io::Result<()> {
        loop {
            match receive(parent)? {
                ToWorker::Begin(path) => {
                    with_dpor(&self.machine, |dpor| dpor.begin(path));
                    self.branch(parent)?;
                }
                ToWorker::Finish => break,
                ToWorker::Task(_) => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
        let noted = self.noted;
        let report = with_dpor(&self.machine, |dpor| Report {
            executions: dpor.executions,
            found: std::mem::take(&mut dpor.classes).into_found(),
            noted,
        });
        send(parent, &FromWorker::Report(report))
    }

    fn branch(&mut self, parent: &mut UnixStream) -> io::Result<()> {
        let (board, number) = (self.board, self.number);
        let mut first = true;
        loop {
            let program = Rc::clone(&self.program);
            self.machine.run(move || program());
            let (noted, liberties) = (&mut self.noted, self.task.liberties);
            if let Some(given_up) = self.machine.with(|inner| {
                noted.look(inner);
                given_up(&inner.world, liberties)
            }) {
                return send(parent, &FromWorker::GivenUp(given_up));
            }
            let turn = with_dpor(&self.machine, |dpor| {
                let above = dpor.nodes[dpor.floor - 1];
                let looked = above.looking & (1 << above.thread) != 0;
                let more = dpor.next();
                board.executions[number].store(dpor.executions, Relaxed);
                board.classes[number].store(dpor.classes.count, Relaxed);
                board.bytes[number].store(dpor.classes.bytes() as u64, Relaxed);
                let demands = std::mem::take(&mut dpor.demands);
                let diverged = dpor.classes.diverged.is_some();
                (looked, more, demands, dpor.executions, diverged)
            });
            let (looked, more, demands, executions, diverged) = turn;
            if std::mem::take(&mut first) {
                send(parent, &FromWorker::Looked(looked))?;
            }
            if !demands.is_empty() {
                send(parent, &FromWorker::Demands(demands))?;
            }
            if diverged {
                send(parent, &FromWorker::Diverged)?;
                break;
            }
            if !more || board.stop.load(Relaxed) != 0 {
                break;
            }
            if executions % BETWEEN_LOOKS == 0 {
                let grown = resident_bytes().saturating_sub(self.small);
                board.resident[number].store(grown, Relaxed);
            }
            if executions % BETWEEN_GIFTS == 0
                && board.idle.load(Relaxed) > 0
                && let Some(gift) = with_dpor(&self.machine, gift)
            {
                send(parent, &gift)?;
            }
        }
        send(parent, &FromWorker::Done)
    }
}

/// The uppermost of one's own states that has anything left to do, and those above it. Never the last, which is next.
fn gift(dpor: &mut Dpor) -> Option<FromWorker> {
    let floor = dpor.floor;
    let left = |node: &Node| node.open() != 0 || node.choice + 1 < node.choices;
    let last = dpor.nodes.len().checked_sub(1)?;
    let uppermost = (floor..last).find(|&at| left(&dpor.nodes[at]))?;
    let mut ways = Vec::new();
    for depth in floor - 1..=uppermost {
        let node = &mut dpor.nodes[depth];
        if node.choice + 1 < node.choices {
            ways.push((
                depth,
                Way {
                    thread: node.thread,
                    choice: node.choice + 1,
                    choices: node.choices,
                    done: node.done,
                },
            ));
            node.choices = node.choice + 1;
        }
    }
    let nodes = dpor.nodes[floor..=uppermost].to_vec();
    dpor.floor = uppermost + 1;
    Some(FromWorker::Gift { nodes, ways })
}
