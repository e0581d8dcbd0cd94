//! What a worker does.
use super::super::phases::{Course, Noted, given_up, with_dpor};
use super::board::{Board, FromWorker, ToWorker, Way, receive, send};
use crate::class::Classes;
use crate::execution::Machine;
use crate::search::Search;
use crate::search::dpor::Dpor;
use crate::search::node::Node;
use crate::world::Liberties;
use std::io;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::sync::atomic::Ordering::Relaxed;

/// Executions a worker does before it looks whether somebody is idle.
const BETWEEN_GIFTS: u64 = 32;

/// What a worker does: branch after branch, until there are no more.
pub(super) fn work<P: Fn() + Clone + 'static>(
    course: &Course<'_, P>,
    machine: &Rc<Machine>,
    liberties: Liberties,
    board: &Board,
    number: usize,
    parent: &mut UnixStream,
) -> io::Result<()> {
    with_dpor(machine, |dpor| {
        dpor.classes = Classes::new(course.settings.stderr);
        dpor.executions = 0;
    });
    let mut noted = Noted::default();
    while let ToWorker::Begin(path) = receive(parent)? {
        with_dpor(machine, |dpor| dpor.begin(path));
        let mut first = true;
        loop {
            machine.run(course.program.clone());
            if let Some(given_up) = machine.with(|inner| {
                noted.look(inner);
                given_up(&inner.world, liberties)
            }) {
                return send(parent, &FromWorker::GivenUp(given_up));
            }
            let turn = with_dpor(machine, |dpor| {
                let above = dpor.nodes[dpor.floor - 1];
                let looked = above.looking & (1 << above.thread) != 0;
                let more = dpor.next();
                board.executions[number].store(dpor.executions, Relaxed);
                board.classes[number].store(dpor.classes.count, Relaxed);
                board.bytes[number].store(dpor.classes.bytes() as u64, Relaxed);
                let demands = std::mem::take(&mut dpor.demands);
                (
                    looked,
                    more,
                    demands,
                    dpor.executions,
                    dpor.classes.diverged.is_some(),
                )
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
            if executions % BETWEEN_GIFTS == 0
                && board.idle.load(Relaxed) > 0
                && let Some(gift) = with_dpor(machine, gift)
            {
                send(parent, &gift)?;
            }
        }
        send(parent, &FromWorker::Done)?;
    }
    let report = with_dpor(machine, |dpor| FromWorker::Report {
        executions: dpor.executions,
        found: std::mem::take(&mut dpor.classes).into_found(),
        noted,
    });
    send(parent, &report)
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
