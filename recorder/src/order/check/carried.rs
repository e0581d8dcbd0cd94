//! What each line carries by itself, or as an answer to another line.

use std::collections::HashMap;

use serde_json::Value;

use super::{Check, NOWHERE, at, ensure, index, number, picked};
use crate::order::pick::field_of;
use crate::order::{Pick, Run};

pub(super) fn named(run: &Run<'_>, of: Pick, field: &str, is: &str) -> Check {
    for line in picked(run, of) {
        let found = field_of(line, field).and_then(Value::as_str);
        let expected = if is.contains('#') {
            is.replace('#', &index(line)?.to_string())
        } else {
            is.to_owned()
        };
        if found != Some(&expected) {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn carries(run: &Run<'_>, of: Pick, field: &str, is: i64) -> Check {
    for line in picked(run, of) {
        if number(line, field)? != is {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn follows_same(run: &Run<'_>, first: &str, then: &str) -> Check {
    // Values cannot be hashed; how they are written can.
    let mut open: HashMap<String, u64> = HashMap::new();
    for line in &run.lines {
        if line.what == first {
            *open.entry(line.value.to_string()).or_default() += 1;
        } else if line.what == then {
            match open.get_mut(&line.value.to_string()) {
                Some(left) if *left > 0 => *left -= 1,
                _ => return Err(at(line)),
            }
        }
    }
    Ok(())
}

pub(super) fn roots(run: &Run<'_>, of: Pick) -> Check {
    for line in picked(run, of) {
        let value = line.value.as_f64().ok_or(at(line))?;
        let root = (index(line)? as f64).sqrt();
        if (value - root).abs() > 0.000_05 {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn result_lists(run: &Run<'_>, field: &str, of: Pick) -> Check {
    let list = run
        .result
        .get(field)
        .and_then(Value::as_array)
        .ok_or(NOWHERE)?;
    let mut expected = list.iter();
    for line in picked(run, of) {
        if expected.next() != Some(&line.value) {
            return Err(at(line));
        }
    }
    ensure(expected.next().is_none())
}
