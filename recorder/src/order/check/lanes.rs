//! Who printed, and who lived when.

use std::collections::{HashMap, HashSet};

use super::{Broken, Check, NOWHERE, at, ensure, index, number, picked};
use crate::event::{Kind, LaneId, LaneKind, ObjectKind};
use crate::order::{Pick, Run};

pub(super) fn index_is_pid(run: &Run<'_>, of: Pick) -> Check {
    for line in picked(run, of) {
        let lane = run
            .lanes
            .iter()
            .find(|lane| lane.lane == line.lane)
            .ok_or(at(line))?;
        if i64::try_from(index(line)?) != Ok(i64::from(lane.pid)) {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn own_pid(run: &Run<'_>, of: Pick, field: &str) -> Check {
    for line in picked(run, of) {
        let lane = run
            .lanes
            .iter()
            .find(|lane| lane.lane == line.lane)
            .ok_or(at(line))?;
        if number(line, field)? != i64::from(lane.pid) {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn own_lane(run: &Run<'_>, of: Pick, kind: LaneKind) -> Check {
    let main = run.lanes.first().ok_or(NOWHERE)?;
    let mut lane_of: HashMap<&str, LaneId> = HashMap::new();
    let mut owner_of: HashMap<LaneId, &str> = HashMap::new();
    for line in picked(run, of) {
        let lane = run
            .lanes
            .iter()
            .find(|lane| lane.lane == line.lane)
            .ok_or(at(line))?;
        let really_apart = lane.lane != main.lane
            && lane.kind == kind
            && match kind {
                LaneKind::Thread => lane.pid == main.pid && lane.tid != main.tid,
                LaneKind::Process => lane.pid != main.pid,
            };
        let one_lane = *lane_of.entry(&line.who).or_insert(line.lane) == line.lane;
        let one_owner = *owner_of.entry(line.lane).or_insert(&line.who) == line.who;
        if !really_apart || !one_lane || !one_owner {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn parent_of(run: &Run<'_>, child: &str, parent: &str) -> Check {
    let parent_pid = if parent == "main" {
        i64::from(run.lanes.first().ok_or(NOWHERE)?.pid)
    } else {
        let line = run
            .lines
            .iter()
            .find(|line| line.who == parent)
            .ok_or(NOWHERE)?;
        number(line, "pid")?
    };
    let mut children = 0;
    for line in run.lines.iter().filter(|line| line.who == child) {
        children += 1;
        if number(line, "parent")? != parent_pid {
            return Err(at(line));
        }
    }
    ensure(children > 0)
}

pub(super) fn children_of_main(run: &Run<'_>, of: Pick) -> Check {
    let main = i64::from(run.lanes.first().ok_or(NOWHERE)?.pid);
    for line in picked(run, of) {
        if number(line, "parent")? != main {
            return Err(at(line));
        }
    }
    Ok(())
}

/// The lanes of this kind besides the main one.
fn other_lanes(run: &Run<'_>, kind: LaneKind) -> HashSet<LaneId> {
    run.lanes
        .iter()
        .skip(1)
        .filter(|lane| lane.kind == kind)
        .map(|lane| lane.lane)
        .collect()
}

pub(super) fn alive_together(run: &Run<'_>, kind: LaneKind, max: u64) -> Check {
    let lanes = other_lanes(run, kind);
    let mut alive = HashSet::new();
    for event in run
        .events
        .iter()
        .filter(|event| lanes.contains(&event.lane))
    {
        match event.kind {
            Kind::Start => {
                alive.insert(event.lane);
            }
            Kind::Exit => {
                alive.remove(&event.lane);
            }
            _ => {}
        }
        if alive.len() as u64 > max {
            return Err(Broken(Some(event.seq)));
        }
    }
    Ok(())
}

/// A lane has ended when it said so itself or when somebody has waited for its end.
pub(super) fn all_ended(run: &Run<'_>, kind: LaneKind, count: i64) -> Check {
    let mut open = other_lanes(run, kind);
    ensure(open.len() as i64 == count)?;
    for event in run.events {
        match event.kind {
            Kind::Exit => {
                open.remove(&event.lane);
            }
            Kind::JoinEnd if event.object.kind == ObjectKind::Lane => {
                open.retain(|lane| u64::from(lane.0) != event.object.id);
            }
            _ => {}
        }
    }
    ensure(open.is_empty())
}

pub(super) fn one_lane(run: &Run<'_>, of: Pick) -> Check {
    let mut first = None;
    for line in picked(run, of) {
        if *first.get_or_insert(line.lane) != line.lane {
            return Err(at(line));
        }
    }
    Ok(())
}

/// A lane that ran another program says nothing at its end: somebody must have waited for it.
pub(super) fn programs(run: &Run<'_>, count: i64) -> Check {
    let mut programs = HashSet::new();
    let mut running = HashSet::new();
    for event in run.events {
        match event.kind {
            Kind::Exec => {
                programs.insert(event.lane);
                running.insert(u64::from(event.lane.0));
            }
            Kind::JoinEnd if event.object.kind == ObjectKind::Lane => {
                running.remove(&event.object.id);
            }
            _ => {}
        }
    }
    ensure(programs.len() as i64 == count && running.is_empty())
}

/// A lane that somebody waited for has ended; what it said itself before that is only on its way.
pub(super) fn ended_before(run: &Run<'_>, kind: LaneKind, of: Pick) -> Check {
    let mut open = other_lanes(run, kind);
    let Some(line) = picked(run, of).next() else {
        return Ok(());
    };
    for event in run.events.iter().filter(|event| event.seq < line.seq) {
        if event.kind == Kind::JoinEnd && event.object.kind == ObjectKind::Lane {
            open.retain(|lane| u64::from(lane.0) != event.object.id);
        }
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(at(line))
    }
}
