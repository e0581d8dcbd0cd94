//! What the lines carry, and in which order.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::{Check, NOWHERE, at, by_who, count, ensure, index, number, picked};
use crate::order::pick::field_of;
use crate::order::{Pick, Run};

pub(super) fn countdown(run: &Run<'_>, who: &str, begin: &str, what: &str) -> Check {
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

pub(super) fn ramp(run: &Run<'_>, of: Pick, what: &str) -> Check {
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

pub(super) fn fifo(run: &Run<'_>, put: &str, take: &str) -> Check {
    let mut puts = run.lines.iter().filter(|line| line.what == put);
    for taken in run.lines.iter().filter(|line| line.what == take) {
        if puts.next().map(|line| &line.value) != Some(&taken.value) {
            return Err(at(taken));
        }
    }
    Ok(())
}

pub(super) fn same_values(run: &Run<'_>, put: &str, take: &str) -> Check {
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

pub(super) fn same(run: &Run<'_>, of: Pick, field: &str) -> Check {
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

pub(super) fn distinct(run: &Run<'_>, of: Pick, field: &str) -> Check {
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

pub(super) fn squares(run: &Run<'_>, of: Pick) -> Check {
    let mut inputs = BTreeSet::new();
    for line in picked(run, of) {
        let input = number(line, "input")?;
        if !inputs.insert(input) || Some(number(line, "output")?) != input.checked_mul(input) {
            return Err(at(line));
        }
    }
    ensure(inputs.into_iter().eq(0..count(run, of)))
}

pub(super) fn result_collects(run: &Run<'_>, field: &str, of: Pick) -> Check {
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

pub(super) fn rising(run: &Run<'_>, of: Pick, field: &str) -> Check {
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

pub(super) fn consecutive(run: &Run<'_>, of: Pick, field: &str, from: i64) -> Check {
    for (line, expected) in picked(run, of).zip(from..) {
        if number(line, field)? != expected {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn never_rising(run: &Run<'_>, of: Pick, field: &str) -> Check {
    let mut last = i64::MAX;
    for line in picked(run, of) {
        let value = number(line, field)?;
        if value > last {
            return Err(at(line));
        }
        last = value;
    }
    Ok(())
}

pub(super) fn rising_in_chunks(run: &Run<'_>, of: Pick, field: &str, chunk: i64) -> Check {
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

pub(super) fn rising_each(run: &Run<'_>, of: Pick, field: &str) -> Check {
    let mut last_of: HashMap<&str, i64> = HashMap::new();
    for line in picked(run, of) {
        let value = number(line, field)?;
        let last = last_of.insert(&line.who, value);
        if last.is_some_and(|last| value <= last) {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn rising_by(run: &Run<'_>, of: Pick, by: &str, field: &str) -> Check {
    let mut latest: HashMap<String, i64> = HashMap::new();
    for line in picked(run, of) {
        let group = field_of(line, by).ok_or(at(line))?.to_string();
        let value = number(line, field)?;
        if latest
            .insert(group, value)
            .is_some_and(|before| before >= value)
        {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn put_first(run: &Run<'_>, put: &str, take: &str) -> Check {
    let mut inside: HashMap<String, usize> = HashMap::new();
    for line in &run.lines {
        let value = || line.value.to_string();
        if line.what == put {
            *inside.entry(value()).or_default() += 1;
        } else if line.what == take {
            let left = inside.get_mut(&value()).filter(|left| **left > 0);
            *left.ok_or(at(line))? -= 1;
        }
    }
    Ok(())
}

pub(super) fn one_line(run: &Run<'_>, of: Pick, field: &str) -> Check {
    for line in picked(run, of) {
        let text = field_of(line, field).and_then(Value::as_str);
        if text.is_none_or(|text| text.is_empty() || text.contains('\n')) {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn values(run: &Run<'_>, of: Pick, field: &str, from: i64, count: i64) -> Check {
    let mut found = BTreeSet::new();
    for line in picked(run, of) {
        if !found.insert(number(line, field)?) {
            return Err(at(line));
        }
    }
    ensure(found.into_iter().eq(from..from.saturating_add(count)))
}

pub(super) fn each_once(run: &Run<'_>, of: Pick, field: &str, from: i64, count: i64) -> Check {
    let mut found = BTreeSet::new();
    for line in picked(run, of) {
        if !found.insert(number(line, field)?) {
            return Err(at(line));
        }
    }
    ensure(found.into_iter().eq(from..from.saturating_add(count)))
}
