//! Which line comes before which.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::{Broken, Check, NOWHERE, at, by_who, ensure, index, picked};
use crate::event::Line;
use crate::order::{Pick, Run, Step, Word, index_of};

pub(super) fn indices(run: &Run<'_>, of: Pick, from: u64, count: i64) -> Check {
    let mut found = BTreeSet::new();
    for line in picked(run, of) {
        found.insert(index(line)?);
    }
    let count = u64::try_from(count).unwrap_or(0);
    ensure(found.into_iter().eq(from..from.saturating_add(count)))
}

pub(super) fn sequential(run: &Run<'_>, of: Pick, from: u64) -> Check {
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

pub(super) fn blocks(run: &Run<'_>, of: Pick) -> Check {
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

pub(super) fn within(run: &Run<'_>, of: Pick, words: &[Word]) -> Check {
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
pub(super) fn prefix(run: &Run<'_>, of: Pick, steps: &[Step]) -> Result<usize, Broken> {
    let mut matched = 0;
    for line in picked(run, of) {
        if !steps.get(matched).is_some_and(|step| step.fits(line)) {
            return Err(at(line));
        }
        matched += 1;
    }
    Ok(matched)
}

pub(super) fn begins(run: &Run<'_>, of: Pick, steps: &[Step]) -> Check {
    let mut lines = picked(run, of);
    for step in steps {
        let line = lines.next().ok_or(NOWHERE)?;
        if !step.fits(line) {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn all_before(run: &Run<'_>, first: Pick, then: Pick) -> Check {
    let mut later_seen = false;
    for line in &run.lines {
        later_seen |= then.takes(line);
        if later_seen && first.takes(line) {
            return Err(at(line));
        }
    }
    Ok(())
}

pub(super) fn edge(run: &Run<'_>, of: Pick, edge: Option<&Line>) -> Check {
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

pub(super) fn balance(run: &Run<'_>, less: &str, more: &str) -> Check {
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

pub(super) fn inside(run: &Run<'_>, enter: &str, leave: &str, max: u64) -> Check {
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

pub(super) fn odd_rising(run: &Run<'_>, of: Pick) -> Check {
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

pub(super) fn even_after_odd(run: &Run<'_>, of: Pick) -> Check {
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

pub(super) fn alternating(run: &Run<'_>, a: &str, b: &str) -> Check {
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

pub(super) fn ordered_by(run: &Run<'_>, of: Pick, list: &str, from: u64, names: &[&str]) -> Check {
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
