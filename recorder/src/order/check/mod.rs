//! How each rule is checked. Every function here reads a [`Run`] and says where it breaks.

mod carried;
mod lanes;
mod lines;
mod together;
mod values;

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::pick::field_of;
use super::{Amount, Pick, Rule, Run, index_of};
use crate::event::Line;

/// A rule does not hold; the `seq` where that is first seen, where there is one.
#[derive(Debug)]
pub(super) struct Broken(pub(super) Option<u64>);

type Check = Result<(), Broken>;

/// Where the missing or the superfluous cannot be pointed at.
const NOWHERE: Broken = Broken(None);

pub(super) fn check(rule: &Rule, run: &Run<'_>) -> Check {
    match *rule {
        Rule::Count { of, ref is } => ensure(count(run, of) == amount(is, run)?),
        Rule::AtMost { of, ref max } => ensure(count(run, of) <= amount(max, run)?),
        Rule::DistinctWho { of, ref max } => {
            let names: HashSet<&str> = picked(run, of).map(|line| line.who.as_str()).collect();
            ensure(names.len() as i64 <= amount(max, run)?)
        }
        Rule::Indices {
            of,
            from,
            ref count,
        } => lines::indices(run, of, from, amount(count, run)?),
        Rule::IndexIsPid { of } => lanes::index_is_pid(run, of),
        Rule::Sequential { of, from } => lines::sequential(run, of, from),
        Rule::Blocks { of } => lines::blocks(run, of),
        Rule::Within { of, words } => lines::within(run, of, words),
        Rule::Exactly { of, steps } => {
            let matched = lines::prefix(run, of, steps)?;
            ensure(matched == steps.len())
        }
        Rule::ProperPrefix { of, steps } => {
            let matched = lines::prefix(run, of, steps)?;
            ensure(matched < steps.len())
        }
        Rule::Prefix { of, steps } => lines::prefix(run, of, steps).map(|_| ()),
        Rule::AllBefore { first, then } => lines::all_before(run, first, then),
        Rule::First { of } => lines::edge(run, of, run.lines.first().copied()),
        Rule::Last { of } => lines::edge(run, of, run.lines.last().copied()),
        Rule::Countdown { who, begin, what } => values::countdown(run, who, begin, what),
        Rule::Ramp { of, what } => values::ramp(run, of, what),
        Rule::Fifo { put, take } => values::fifo(run, put, take),
        Rule::SameValues { put, take } => values::same_values(run, put, take),
        Rule::Balance { less, more } => lines::balance(run, less, more),
        Rule::Inside { enter, leave, max } => lines::inside(run, enter, leave, max),
        Rule::Same { of, field } => values::same(run, of, field),
        Rule::Distinct { of, field } => values::distinct(run, of, field),
        Rule::OwnPid { of, field } => lanes::own_pid(run, of, field),
        Rule::OwnLane { of, kind } => lanes::own_lane(run, of, kind),
        Rule::ParentOf { child, parent } => lanes::parent_of(run, child, parent),
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
        Rule::Squares { of } => values::squares(run, of),
        Rule::ResultCollects { field, of } => values::result_collects(run, field, of),
        Rule::Rising { of, field } => values::rising(run, of, field),
        Rule::RisingInChunks {
            of,
            field,
            ref chunk,
        } => values::rising_in_chunks(run, of, field, amount(chunk, run)?),
        Rule::OddRising { of } => lines::odd_rising(run, of),
        Rule::EvenAfterOdd { of } => lines::even_after_odd(run, of),
        Rule::Alternating { a, b } => lines::alternating(run, a, b),
        Rule::OrderedBy {
            of,
            list,
            from,
            names,
        } => lines::ordered_by(run, of, list, from, names),
        Rule::AliveTogether { kind, max } => lanes::alive_together(run, kind, max),
        Rule::AllEnded { kind, ref count } => lanes::all_ended(run, kind, amount(count, run)?),
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
        Rule::Consecutive { of, field, from } => values::consecutive(run, of, field, from),
        Rule::NeverRising { of, field } => values::never_rising(run, of, field),
        Rule::InsideUpTo {
            enter,
            leave,
            ref max,
        } => {
            let max = u64::try_from(amount(max, run)?).unwrap_or(0);
            lines::inside(run, enter, leave, max)
        }
        Rule::Begins { of, steps } => lines::begins(run, of, steps),
        Rule::RisingEach { of, field } => values::rising_each(run, of, field),
        Rule::ResultReads { field, json } => together::result_reads(run, field, json),
        Rule::ResultIsField { field, of, part } => together::result_is_field(run, field, of, part),
        Rule::FromList { of, list, from } => together::from_list(run, of, list, from),
        Rule::EachTakesAll { put, take } => together::each_takes_all(run, put, take),
        Rule::Gate {
            open,
            shut,
            keeps_out,
            late,
        } => together::gate(run, open, shut, keeps_out, late),
        Rule::Groups {
            arrive,
            pass,
            ref members,
        } => together::groups(run, arrive, pass, amount(members, run)?),
        Rule::RisingBy { of, by, field } => values::rising_by(run, of, by, field),
        Rule::PutFirst { put, take } => values::put_first(run, put, take),
        Rule::OneLine { of, field } => values::one_line(run, of, field),
        Rule::ResultList { field, is } => {
            let found = run.result.get(field).and_then(Value::as_array);
            let found = found.ok_or(NOWHERE)?.iter().map(Value::as_i64);
            ensure(found.eq(is.iter().map(|number| Some(*number))))
        }
        Rule::Programs { ref count } => lanes::programs(run, amount(count, run)?),
        Rule::ChildrenOfMain { of } => lanes::children_of_main(run, of),
        Rule::ResultIs { field, ref is } => ensure(
            run.result
                .get(field)
                .is_some_and(|value| is.fits(value, run)),
        ),
        Rule::Values {
            of,
            field,
            from,
            ref count,
        } => values::values(run, of, field, from, amount(count, run)?),
        Rule::EndedBefore { kind, of } => lanes::ended_before(run, kind, of),
        Rule::EachOnce {
            of,
            field,
            from,
            ref count,
        } => values::each_once(run, of, field, from, amount(count, run)?),
        Rule::Unless { rule, .. } => check(rule, run),
        Rule::Named { of, field, is } => carried::named(run, of, field, is),
        Rule::Carries { of, field, ref is } => carried::carries(run, of, field, amount(is, run)?),
        Rule::FollowsSame { first, then } => carried::follows_same(run, first, then),
        Rule::Roots { of } => carried::roots(run, of),
        Rule::ResultLists { field, of } => carried::result_lists(run, field, of),
        Rule::ResultAtMost { field, ref max } => {
            let found = run
                .result
                .get(field)
                .and_then(Value::as_f64)
                .ok_or(NOWHERE)?;
            ensure(found <= amount(max, run)? as f64)
        }
        Rule::OneLane { of } => lanes::one_lane(run, of),
    }
}

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

fn count(run: &Run<'_>, of: Pick) -> i64 {
    picked(run, of).count() as i64
}

fn by_who<'r>(run: &'r Run<'_>, of: Pick) -> BTreeMap<&'r str, Vec<&'r Line>> {
    let mut groups: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in picked(run, of) {
        groups.entry(&line.who).or_default().push(line);
    }
    groups
}
