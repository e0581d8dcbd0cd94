//! What several participants do together: who may go when, and what each of them must have seen.

use serde_json::Value;

use super::{Check, NOWHERE, at, by_who, ensure, index, number, picked};
use crate::order::{Pick, Run};

pub(super) fn result_reads(run: &Run<'_>, field: &str, json: &str) -> Check {
    let wanted: Value = serde_json::from_str(json).map_err(|_| NOWHERE)?;
    ensure(run.result.get(field) == Some(&wanted))
}

pub(super) fn result_is_field(run: &Run<'_>, field: &str, of: Pick, part: &str) -> Check {
    let line = picked(run, of).last().ok_or(NOWHERE)?;
    let found = run.result.get(field).ok_or(at(line))?;
    if line.value.get(part) == Some(found) {
        Ok(())
    } else {
        Err(at(line))
    }
}

pub(super) fn from_list(run: &Run<'_>, of: Pick, list: &str, from: u64) -> Check {
    let list = run
        .result
        .get(list)
        .and_then(Value::as_array)
        .ok_or(NOWHERE)?;
    for line in picked(run, of) {
        let position = index(line)?.checked_sub(from).ok_or(at(line))?;
        if list.get(position as usize) != Some(&line.value) {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn each_takes_all(run: &Run<'_>, put: &str, take: &str) -> Check {
    let puts: Vec<&Value> = run
        .lines
        .iter()
        .filter(|line| line.what == put)
        .map(|line| &line.value)
        .collect();
    let takers = by_who(run, Pick::ALL);
    for lines in takers.values() {
        let taken: Vec<_> = lines.iter().filter(|line| line.what == take).collect();
        for (position, line) in taken.iter().enumerate() {
            if puts.get(position) != Some(&&line.value) {
                return Err(at(line));
            }
        }
        if let Some(last) = taken.last()
            && taken.len() < puts.len()
        {
            return Err(at(last));
        }
    }
    Ok(())
}

pub(super) fn gate(run: &Run<'_>, open: &str, shut: &str, keeps_out: &str, late: u64) -> Check {
    // How many may still come; none means that the gate is open.
    let mut left = Some(0);
    for line in &run.lines {
        if line.what == open {
            left = None;
        } else if line.what == shut {
            left = Some(late);
        } else if line.what == keeps_out
            && let Some(left) = &mut left
        {
            *left = left.checked_sub(1).ok_or(at(line))?;
        }
    }
    Ok(())
}

pub(super) fn groups(run: &Run<'_>, arrive: &str, pass: &str, members: i64) -> Check {
    let mut arrived = 0;
    let mut passed: Vec<i64> = Vec::new();
    for line in &run.lines {
        if line.what == arrive {
            arrived += 1;
        } else if line.what == pass {
            let group = number(line, "")?;
            let position = usize::try_from(group).map_err(|_| at(line))?;
            let needed = group.saturating_add(1).saturating_mul(members);
            if members <= 0 || arrived < needed {
                return Err(at(line));
            }
            // Not larger than the lines there are: `needed` was checked against their number.
            if passed.len() <= position {
                passed.resize(position + 1, 0);
            }
            passed[position] += 1;
            if passed[position] > members {
                return Err(at(line));
            }
        }
    }
    ensure(passed.iter().all(|count| *count == members))
}
