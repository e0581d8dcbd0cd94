//! Looks for failures in an execution that is over.
use super::{Failure, FailureKind, Line, Waiting};
use crate::execution::Panic;
use crate::operation::{Kind, NO_STEP, Operation, Step, ThreadIndex, Touch};
use crate::search::trace::Trace;
use crate::world::{Object, Status, World};

/// Hands every failure of this execution to `report`.
pub fn find(
    world: &World,
    trace: &Trace,
    panics: &[Panic],
    cut_off: bool,
    mut report: impl FnMut(Failure),
) {
    for panic in panics {
        let line = Line {
            file: panic.file.clone(),
            line: panic.line,
        };
        let mut failure = Failure::new(FailureKind::Panic, vec![line]);
        failure.message = Some(panic.message.clone());
        report(failure);
    }
    blocked(world, cut_off, &mut report);
    lost_updates(world, trace, &mut report);
    data_races(world, trace, &mut report);
}

fn blocked(world: &World, cut_off: bool, report: &mut impl FnMut(Failure)) {
    let blocked: Vec<ThreadIndex> = (0..world.threads.len())
        .filter(|&thread| world.threads[thread].status == Status::Announced)
        .collect();
    if blocked.is_empty() {
        return;
    }
    let polling: Vec<ThreadIndex> = blocked
        .iter()
        .copied()
        .filter(|&thread| cut_off || world.polls_too_often(thread))
        .collect();
    if !polling.is_empty() {
        // Somebody polls for what no longer can change, or never stops.
        let stuck = match (cut_off, world.overran) {
            (true, overran) => overran || !undecided(world),
            (false, _) => !world.exited,
        };
        if stuck {
            report(Failure::new(
                FailureKind::Livelock,
                lines_of(world, &polling),
            ));
        }
        return;
    }
    let lost: Vec<ThreadIndex> = blocked
        .iter()
        .copied()
        .filter(|&thread| lost_wakeup(world, thread))
        .collect();
    for &thread in &lost {
        let mut lines = lines_of(world, &[thread]);
        if let Operation::Wake { condvar, .. } = world.threads[thread].pending
            && let Object::Condvar {
                lost: Some(place), ..
            } = world.object(condvar)
        {
            lines.push((*place).into());
        }
        report(Failure::new(FailureKind::LostWakeup, lines));
    }
    let waiting = waiting(world, &blocked);
    // What has ended the process is no deadlock; but main should have waited for a thread that never came through.
    let kind = if world.exited {
        FailureKind::BlockedAtExit
    } else {
        FailureKind::Deadlock
    };
    let cycle = cycle(&waiting);
    let ordered: Vec<Waiting> = match cycle {
        Some(cycle) => cycle
            .iter()
            .filter_map(|thread| waiting.iter().find(|one| one.thread == *thread))
            .chain(waiting.iter().filter(|one| !cycle.contains(&one.thread)))
            .cloned()
            .collect(),
        None => waiting,
    };
    let mut failure = Failure::new(kind, lines_of(world, &blocked));
    failure.waiting = ordered;
    report(failure);
}

/// Is it open how an execution that was cut off would go on? So it is if in its second half somebody who can go was
/// left out, or if something has changed: a thread has ended, or has come to where it waits.
fn undecided(world: &World) -> bool {
    let half = world.step / 2;
    (0..world.threads.len()).any(|thread| {
        let slot = &world.threads[thread];
        let last = if slot.last_step == NO_STEP {
            slot.spawned
        } else {
            slot.last_step
        };
        let lately = last != NO_STEP && last >= half;
        let goes = slot.status == Status::Announced && world.enabled(thread);
        goes != lately
    })
}

fn lines_of(world: &World, threads: &[ThreadIndex]) -> Vec<Line> {
    let mut lines: Vec<Line> = threads
        .iter()
        .map(|&thread| world.threads[thread].place.into())
        .collect();
    lines.sort();
    lines.dedup();
    lines
}

fn lost_wakeup(world: &World, thread: ThreadIndex) -> bool {
    let slot = &world.threads[thread];
    match slot.pending {
        Operation::Wake { condvar, .. } => {
            slot.notified == NO_STEP
                && matches!(world.object(condvar), Object::Condvar { lost: Some(_), .. })
        }
        _ => false,
    }
}

/// Who waits for whom: one for each of these threads.
pub fn waiting(world: &World, blocked: &[ThreadIndex]) -> Vec<Waiting> {
    blocked
        .iter()
        .map(|&thread| {
            let slot = &world.threads[thread];
            let (what, whom, taken_at) = match slot.pending {
                Operation::Lock(id) => held("mutex", world.object(id)),
                Operation::Wake { mutex, .. } if slot.notified != NO_STEP => {
                    held("mutex", world.object(mutex))
                }
                Operation::Wake { .. } => ("condition", None, None),
                Operation::Read(id) | Operation::Write(id) => held("rwlock", world.object(id)),
                Operation::Join(other) => (
                    "thread",
                    Some(other),
                    Some(world.threads[other].spawned_at.into()),
                ),
                Operation::Park => ("unpark", None, None),
                Operation::Pass { .. } => ("barrier", None, None),
                Operation::Enter(id) => match world.object(id) {
                    Object::Once { runner, .. } => ("once", *runner, None),
                    _ => ("once", None, None),
                },
                Operation::Send(_) | Operation::Taken { .. } => ("room", None, None),
                Operation::Recv(_) => ("message", None, None),
                Operation::PipeWrite { .. } | Operation::PipeRead { .. } => ("pipe", None, None),
                _ => ("turn", slot.twin, None),
            };
            Waiting {
                thread,
                at: slot.place.into(),
                what: what.to_owned(),
                whom,
                taken_at,
            }
        })
        .collect()
}

fn held(what: &'static str, object: &Object) -> (&'static str, Option<ThreadIndex>, Option<Line>) {
    match object {
        Object::Mutex {
            holder, acquired, ..
        } => (what, *holder, acquired.map(Line::from)),
        Object::RwLock {
            writer,
            readers,
            acquired,
            ..
        } => (
            what,
            writer.or_else(|| readers.first().copied()),
            acquired.map(Line::from),
        ),
        _ => (what, None, None),
    }
}

/// A cycle in the wait-for graph, each thread once.
fn cycle(waiting: &[Waiting]) -> Option<Vec<ThreadIndex>> {
    let next = |thread: ThreadIndex| {
        waiting
            .iter()
            .find(|one| one.thread == thread)
            .and_then(|one| one.whom)
    };
    for start in waiting {
        let mut path = vec![start.thread];
        while let Some(whom) = next(path[path.len() - 1]) {
            if whom == start.thread {
                return Some(path);
            }
            if path.contains(&whom) {
                break;
            }
            path.push(whom);
        }
    }
    None
}

/// A load, then another thread's write, then a store by the thread that loaded: what came between is gone. Only where
/// the write between was itself an update, and not where a flag is set that is set already.
fn lost_updates(world: &World, trace: &Trace, report: &mut impl FnMut(Failure)) {
    if trace.events.iter().all(|event| event.write.is_none()) {
        return;
    }
    let mut last_access: std::collections::HashMap<(u32, ThreadIndex), Step> =
        std::collections::HashMap::new();
    for (step, event) in trace.events.iter().enumerate() {
        for touch in event.touches.iter() {
            // What is lost in plain memory is lost in a race, which is told.
            let atomic = matches!(touch.kind, Kind::Load | Kind::Store | Kind::Rmw);
            if !atomic || world.is_plain(touch.object) {
                continue;
            }
            let before = last_access.insert((touch.object, event.thread), step as Step);
            let Some(load) = before.filter(|_| touch.kind == Kind::Store) else {
                continue;
            };
            let read = &trace.events[load as usize];
            // A flag that is set already is not set again.
            let flag = matches!(
                world.object(touch.object),
                Object::Atomic { flag: true, .. }
            );
            let changes = event
                .write
                .is_some_and(|write| write.before != write.after || !flag);
            if read.touches.iter().all(|one| one.kind != Kind::Load) || !changes {
                continue;
            }
            let between = (load as usize + 1..step).rev().find(|&other| {
                let one = &trace.events[other];
                one.thread != event.thread
                    && one.write.is_some_and(|write| write.before != write.after)
                    && one.touches.iter().any(|t| {
                        t.object == touch.object && updates(trace, other, t.kind, t.object)
                    })
            });
            if let Some(between) = between {
                let mut lines: Vec<Line> = [read.place, event.place, trace.events[between].place]
                    .map(Line::from)
                    .into();
                lines.sort();
                lines.dedup();
                report(Failure::new(FailureKind::LostUpdate, lines));
            }
        }
    }
}

/// Is this write a read-modify-write, in one operation or as load and store?
fn updates(trace: &Trace, step: usize, kind: Kind, object: u32) -> bool {
    let thread = trace.events[step].thread;
    kind == Kind::Rmw
        || kind == Kind::Store
            && trace.events[..step]
                .iter()
                .rev()
                .filter(|one| one.thread == thread)
                .flat_map(|one| one.touches.iter().collect::<Vec<_>>())
                .find(|touch| touch.object == object)
                .is_some_and(|touch| touch.kind == Kind::Load)
}

/// Two accesses to plain memory that nothing orders but this memory itself.
fn data_races(world: &World, trace: &Trace, report: &mut impl FnMut(Failure)) {
    let Some(order) = trace.synchronised() else {
        return;
    };
    let accesses: Vec<(Step, u32, bool)> = (0..)
        .zip(&trace.events)
        .flat_map(|(step, event)| {
            let plain = |touch: &Touch| world.is_plain(touch.object);
            let touches = event.touches.iter().filter(plain);
            touches.map(move |touch| (step, touch.object, touch.kind == Kind::Store))
        })
        .collect();
    for (index, &(earlier, object, writes)) in accesses.iter().enumerate() {
        for &(later, other, also_writes) in &accesses[index + 1..] {
            let (one, two) = (
                &trace.events[earlier as usize],
                &trace.events[later as usize],
            );
            if one.thread != two.thread
                && object == other
                && (writes || also_writes)
                && order.seen(later, one.thread) < one.number
            {
                let mut lines: Vec<Line> = vec![one.place.into(), two.place.into()];
                lines.sort();
                lines.dedup();
                report(Failure::new(FailureKind::DataRace, lines));
            }
        }
    }
}
