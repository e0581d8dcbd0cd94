//! How each rule is checked. Every function here reads a [`Run`] and says where it breaks.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::pick::field_of;
use super::{Amount, Pick, Rule, Run, Step, Word, index_of};
use crate::event::{Kind, LaneId, LaneKind, Line, ObjectKind};

/// A rule does not hold; the `seq` where that is first seen, where there is one.
#[derive(Debug)]
pub(super) struct Broken(pub(super) Option<u64>);

type Check = Result<(), Broken>;

/// Where the missing or the superfluous cannot be pointed at.
const NOWHERE: Broken = Broken(None);

fn at(line: &Line) -> Broken {
    Broken(Some(line.seq))
}

fn ensure(holds: bool) -> Check {
    if holds { Ok(()) } else { Err(NOWHERE) }
}

fn amount(amount: &Amount, run: &Run<'_>) -> Result<i64, Broken> {
    amount.of(run).ok_or(NOWHERE)
}

fn picked<'r>(run: &'r Run<'_>, of: Pick) -> impl Iterator<Item = &'r Line> {
    run.lines.iter().copied().filter(move |line| of.takes(line))
}

fn number(line: &Line, field: &str) -> Result<i64, Broken> {
    field_of(line, field)
        .and_then(Value::as_i64)
        .ok_or(at(line))
}

fn index(line: &Line) -> Result<u64, Broken> {
    index_of(&line.who).ok_or(at(line))
}

pub(super) fn check(rule: &Rule, run: &Run<'_>) -> Check {
    match *rule {
        Rule::Count { of, ref is } => ensure(count(run, of) == amount(is, run)?),
        Rule::AtMost { of, ref max } => ensure(count(run, of) <= amount(max, run)?),
        Rule::DistinctWho { of, ref max } => {
            let names: HashSet<&str> = picked(run, of).map(|line| line.who.as_str()).collect();
            ensure(names.len() as i64 <= amount(max, run)?)
        }
        Rule::Indices { of, from, ref count } => indices(run, of, from, amount(count, run)?),
        Rule::IndexIsPid { of } => index_is_pid(run, of),
        Rule::Sequential { of, from } => sequential(run, of, from),
        Rule::Blocks { of } => blocks(run, of),
        Rule::Within { of, words } => within(run, of, words),
        Rule::Exactly { of, steps } => {
            let matched = prefix(run, of, steps)?;
            ensure(matched == steps.len())
        }
        Rule::ProperPrefix { of, steps } => {
            let matched = prefix(run, of, steps)?;
            ensure(matched < steps.len())
        }
        Rule::Prefix { of, steps } => prefix(run, of, steps).map(|_| ()),
        Rule::AllBefore { first, then } => all_before(run, first, then),
        Rule::First { of } => edge(run, of, run.lines.first().copied()),
        Rule::Last { of } => edge(run, of, run.lines.last().copied()),
        Rule::Countdown { who, begin, what } => countdown(run, who, begin, what),
        Rule::Ramp { of, what } => ramp(run, of, what),
        Rule::Fifo { put, take } => fifo(run, put, take),
        Rule::SameValues { put, take } => same_values(run, put, take),
        Rule::Balance { less, more } => balance(run, less, more),
        Rule::Inside { enter, leave, max } => inside(run, enter, leave, max),
        Rule::Same { of, field } => same(run, of, field),
        Rule::Distinct { of, field } => distinct(run, of, field),
        Rule::OwnPid { of, field } => own_pid(run, of, field),
        Rule::OwnLane { of, kind } => own_lane(run, of, kind),
        Rule::ParentOf { child, parent } => parent_of(run, child, parent),
        Rule::Result { field, ref is } => {
            let found = run
                .result
                .get(field)
                .and_then(Value::as_i64)
                .ok_or(NOWHERE)?;
            ensure(found == amount(is, run)?)
        }
        Rule::ResultBetween { field, min, max } => {
            let found = run
                .result
                .get(field)
                .and_then(Value::as_i64)
                .ok_or(NOWHERE)?;
            ensure((min..=max).contains(&found))
        }
        Rule::ResultIsValue { field, of } => {
            let line = picked(run, of).last().ok_or(NOWHERE)?;
            if run.result.get(field) == Some(&line.value) {
                Ok(())
            } else {
                Err(at(line))
            }
        }
        Rule::ResultCounts { field, of } => {
            let found = run
                .result
                .get(field)
                .and_then(Value::as_i64)
                .ok_or(NOWHERE)?;
            ensure(found == count(run, of))
        }
        Rule::Squares { of } => squares(run, of),
        Rule::ResultCollects { field, of } => result_collects(run, field, of),
        Rule::Rising { of, field } => rising(run, of, field),
        Rule::RisingInChunks {
            of,
            field,
            ref chunk,
        } => rising_in_chunks(run, of, field, amount(chunk, run)?),
        Rule::OddRising { of } => odd_rising(run, of),
        Rule::EvenAfterOdd { of } => even_after_odd(run, of),
        Rule::Alternating { a, b } => alternating(run, a, b),
        Rule::OrderedBy {
            of,
            list,
            from,
            names,
        } => ordered_by(run, of, list, from, names),
        Rule::AliveTogether { kind, max } => alive_together(run, kind, max),
        Rule::AllEnded { kind, ref count } => all_ended(run, kind, amount(count, run)?),
        Rule::TimeAtLeast { ref ms } => {
            // The clock and the sleeps count whole microseconds: forgive one hundredth of a
            // millisecond of rounding, nothing more.
            let bound = amount(ms, run)?.max(0) as f64 * run.time_scale;
            ensure(run.elapsed_ms + 0.01 >= bound)
        }
        Rule::TimeAtMost { ref ms } => {
            let bound = amount(ms, run)?.max(0) as f64 * run.time_scale;
            ensure(run.elapsed_ms <= bound + 250.0)
        }
        Rule::Unless { rule, .. } => check(rule, run),
    }
}

fn count(run: &Run<'_>, of: Pick) -> i64 {
    picked(run, of).count() as i64
}

fn indices(run: &Run<'_>, of: Pick, from: u64, count: i64) -> Check {
    let mut found = BTreeSet::new();
    for line in picked(run, of) {
        found.insert(index(line)?);
    }
    let count = u64::try_from(count).unwrap_or(0);
    ensure(found.into_iter().eq(from..from.saturating_add(count)))
}

fn index_is_pid(run: &Run<'_>, of: Pick) -> Check {
    for line in picked(run, of) {
        let lane = run.lanes.iter().find(|lane| lane.lane == line.lane).ok_or(at(line))?;
        if i64::try_from(index(line)?) != Ok(i64::from(lane.pid)) {
            return Err(at(line));
        }
    }
    Ok(())
}

fn sequential(run: &Run<'_>, of: Pick, from: u64) -> Check {
    let mut next = from;
    for line in picked(run, of) {
        let Some(index) = index_of(&line.who) else {
            continue;
        };
        if index == next {
            next += 1;
        } else if next == from || index != next - 1 {
            return Err(at(line));
        }
    }
    Ok(())
}

fn blocks(run: &Run<'_>, of: Pick) -> Check {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut current = None;
    for line in picked(run, of) {
        if current != Some(line.who.as_str()) {
            current = Some(line.who.as_str());
            if !seen.insert(&line.who) {
                return Err(at(line));
            }
        }
    }
    Ok(())
}

fn by_who<'r>(run: &'r Run<'_>, of: Pick) -> BTreeMap<&'r str, Vec<&'r Line>> {
    let mut groups: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in picked(run, of) {
        groups.entry(&line.who).or_default().push(line);
    }
    groups
}

fn within(run: &Run<'_>, of: Pick, words: &[Word]) -> Check {
    for lines in by_who(run, of).values() {
        let mut rest = lines.as_slice();
        for word in words {
            let (name, least, most) = match word {
                Word::Once(name) => (name, 1, 1),
                Word::Optional(name) => (name, 0, 1),
                Word::Many(name) => (name, 0, usize::MAX),
            };
            let found = rest
                .iter()
                .take(most)
                .take_while(|line| line.what == **name)
                .count();
            if found < least {
                return Err(Broken(rest.first().or(lines.last()).map(|line| line.seq)));
            }
            rest = &rest[found..];
        }
        if let Some(line) = rest.first() {
            return Err(at(line));
        }
    }
    Ok(())
}

/// How many of the steps the picked lines fill; an error where a line is not the next step.
fn prefix(run: &Run<'_>, of: Pick, steps: &[Step]) -> Result<usize, Broken> {
    let mut matched = 0;
    for line in picked(run, of) {
        if !steps.get(matched).is_some_and(|step| step.fits(line)) {
            return Err(at(line));
        }
        matched += 1;
    }
    Ok(matched)
}

fn all_before(run: &Run<'_>, first: Pick, then: Pick) -> Check {
    let mut later_seen = false;
    for line in &run.lines {
        later_seen |= then.takes(line);
        if later_seen && first.takes(line) {
            return Err(at(line));
        }
    }
    Ok(())
}

fn edge(run: &Run<'_>, of: Pick, edge: Option<&Line>) -> Check {
    let mut found = picked(run, of);
    let (Some(line), None) = (found.next(), found.next()) else {
        return Err(NOWHERE);
    };
    if edge.is_some_and(|edge| edge.seq == line.seq) {
        Ok(())
    } else {
        Err(at(line))
    }
}

fn countdown(run: &Run<'_>, who: &str, begin: &str, what: &str) -> Check {
    let mut expected: Option<i64> = None;
    for line in run.lines.iter().filter(|line| line.who == who) {
        let value = number(line, "")?;
        match expected {
            None if line.what == begin => expected = Some(value),
            Some(remaining) if line.what == what && value == remaining - 1 => {
                expected = Some(value);
            }
            _ => return Err(at(line)),
        }
    }
    ensure(expected == Some(0))
}

fn ramp(run: &Run<'_>, of: Pick, what: &str) -> Check {
    for lines in by_who(run, of).values() {
        let mut next = 0;
        for line in lines.iter().filter(|line| line.what == what) {
            if number(line, "")? != next {
                return Err(at(line));
            }
            next += 1;
        }
        if let Some(last) = lines.last()
            && index(last)? as i64 != next
        {
            return Err(at(last));
        }
    }
    Ok(())
}

fn fifo(run: &Run<'_>, put: &str, take: &str) -> Check {
    let mut puts = run.lines.iter().filter(|line| line.what == put);
    for taken in run.lines.iter().filter(|line| line.what == take) {
        if puts.next().map(|line| &line.value) != Some(&taken.value) {
            return Err(at(taken));
        }
    }
    Ok(())
}

fn same_values(run: &Run<'_>, put: &str, take: &str) -> Check {
    // Values have no order of their own; how they are written does.
    let values = |what: &str| {
        let mut all: Vec<String> = run
            .lines
            .iter()
            .filter(|line| line.what == what)
            .map(|line| line.value.to_string())
            .collect();
        all.sort();
        all
    };
    ensure(values(put) == values(take))
}

fn balance(run: &Run<'_>, less: &str, more: &str) -> Check {
    let mut ahead = 0i64;
    for line in &run.lines {
        if line.what == more {
            ahead += 1;
        } else if line.what == less {
            ahead -= 1;
        }
        if ahead < 0 {
            return Err(at(line));
        }
    }
    Ok(())
}

fn inside(run: &Run<'_>, enter: &str, leave: &str, max: u64) -> Check {
    let mut inside: HashSet<&str> = HashSet::new();
    for line in &run.lines {
        let fine = if line.what == enter {
            inside.insert(&line.who) && inside.len() as u64 <= max
        } else if line.what == leave {
            inside.remove(line.who.as_str())
        } else {
            true
        };
        if !fine {
            return Err(at(line));
        }
    }
    ensure(inside.is_empty())
}

fn same(run: &Run<'_>, of: Pick, field: &str) -> Check {
    let mut first = None;
    for line in picked(run, of) {
        let value = field_of(line, field)
            .filter(|value| !value.is_null())
            .ok_or(at(line))?;
        if *first.get_or_insert(value) != value {
            return Err(at(line));
        }
    }
    Ok(())
}

fn distinct(run: &Run<'_>, of: Pick, field: &str) -> Check {
    let mut value_of: HashMap<&str, &Value> = HashMap::new();
    let mut owner_of: HashMap<String, &str> = HashMap::new();
    for line in picked(run, of) {
        let value = field_of(line, field)
            .filter(|value| !value.is_null())
            .ok_or(at(line))?;
        let one_value = *value_of.entry(&line.who).or_insert(value) == value;
        let one_owner = *owner_of.entry(value.to_string()).or_insert(&line.who) == line.who;
        if !one_value || !one_owner {
            return Err(at(line));
        }
    }
    Ok(())
}

fn own_pid(run: &Run<'_>, of: Pick, field: &str) -> Check {
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

fn own_lane(run: &Run<'_>, of: Pick, kind: LaneKind) -> Check {
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

fn parent_of(run: &Run<'_>, child: &str, parent: &str) -> Check {
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

fn squares(run: &Run<'_>, of: Pick) -> Check {
    let mut inputs = BTreeSet::new();
    for line in picked(run, of) {
        let input = number(line, "input")?;
        if !inputs.insert(input) || Some(number(line, "output")?) != input.checked_mul(input) {
            return Err(at(line));
        }
    }
    ensure(inputs.into_iter().eq(0..count(run, of)))
}

fn result_collects(run: &Run<'_>, field: &str, of: Pick) -> Check {
    let mut outputs = BTreeMap::new();
    for line in picked(run, of) {
        outputs.insert(number(line, "input")?, number(line, "output")?);
    }
    let list = run
        .result
        .get(field)
        .and_then(Value::as_array)
        .ok_or(NOWHERE)?;
    ensure(
        list.iter()
            .map(Value::as_i64)
            .eq(outputs.into_values().map(Some)),
    )
}

fn rising(run: &Run<'_>, of: Pick, field: &str) -> Check {
    let mut last = None;
    for line in picked(run, of) {
        let value = number(line, field)?;
        if last.is_some_and(|last| value <= last) {
            return Err(at(line));
        }
        last = Some(value);
    }
    Ok(())
}

fn rising_in_chunks(run: &Run<'_>, of: Pick, field: &str, chunk: i64) -> Check {
    let mut last_of: HashMap<i64, i64> = HashMap::new();
    for line in picked(run, of) {
        let value = number(line, field)?;
        let group = value / chunk.max(1);
        if last_of
            .insert(group, value)
            .is_some_and(|last| value <= last)
        {
            return Err(at(line));
        }
    }
    Ok(())
}

fn odd_rising(run: &Run<'_>, of: Pick) -> Check {
    let mut last = None;
    for line in picked(run, of) {
        let index = index(line)?;
        if index % 2 == 1 {
            if last.is_some_and(|last| index <= last) {
                return Err(at(line));
            }
            last = Some(index);
        }
    }
    Ok(())
}

fn even_after_odd(run: &Run<'_>, of: Pick) -> Check {
    let mut seen = HashSet::new();
    for line in picked(run, of) {
        let index = index(line)?;
        if index > 0 && index % 2 == 0 && !seen.contains(&(index - 1)) {
            return Err(at(line));
        }
        seen.insert(index);
    }
    Ok(())
}

fn alternating(run: &Run<'_>, a: &str, b: &str) -> Check {
    let lines: Vec<&Line> = run
        .lines
        .iter()
        .copied()
        .filter(|line| line.what == a || line.what == b)
        .collect();
    let count = |what: &str| lines.iter().filter(|line| line.what == what).count();
    let turns = 2 * count(a).min(count(b));
    for pair in lines[..turns].windows(2) {
        if pair[0].what == pair[1].what {
            return Err(at(pair[1]));
        }
    }
    Ok(())
}

fn ordered_by(run: &Run<'_>, of: Pick, list: &str, from: u64, names: &[&str]) -> Check {
    let keys = run
        .result
        .get(list)
        .and_then(Value::as_array)
        .ok_or(NOWHERE)?;
    let mut last = None;
    for line in picked(run, of) {
        let position = match names.iter().position(|name| *name == line.who) {
            Some(position) => position,
            None => index(line)?.checked_sub(from).ok_or(at(line))? as usize,
        };
        let key = keys.get(position).and_then(Value::as_i64).ok_or(at(line))?;
        if last.is_some_and(|last| key < last) {
            return Err(at(line));
        }
        last = Some(key);
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

fn alive_together(run: &Run<'_>, kind: LaneKind, max: u64) -> Check {
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
fn all_ended(run: &Run<'_>, kind: LaneKind, count: i64) -> Check {
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
