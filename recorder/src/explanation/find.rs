//! Concludes the [`Explanation`] of a run.

use std::collections::BTreeMap;

use super::links::Cause;
use super::{Explanation, Guarantee, HappensBefore, Likely, LineNumber, Surprise};
use crate::document::Document;
use crate::event::{Kind, LaneId, ObjectKind};

/// No list is longer: it stands under a picture.
const MOST: usize = 6;
/// So many pairs of lines are looked at closely; each may take a walk through the run.
const MOST_PAIRS: usize = 64;
/// Closer lines are not kept apart by a sleep, whatever slept before.
const LEAST_GAP_US: u64 = 1_000;

/// What is guaranteed in this run, what is likely, and what is surprising.
pub fn explain(document: &Document) -> Explanation {
    explain_run(document, &HappensBefore::of(document))
}

pub(crate) fn explain_run(document: &Document, run: &HappensBefore) -> Explanation {
    let (overtaken, more_overtaken) = overtaken(run);
    let mut explanation = Explanation {
        guaranteed: guaranteed(run),
        likely: document
            .order
            .likely
            .iter()
            .map(|report| Likely::Rule {
                rule: report.rule.clone(),
                holds: report.holds,
            })
            .collect(),
        surprises: document
            .order
            .guaranteed
            .iter()
            .filter(|report| !report.holds)
            .map(|report| Surprise::Broken {
                rule: report.rule.clone(),
            })
            .collect(),
        ..Explanation::default()
    };
    explanation.likely.extend(kept_apart_by_sleep(run));
    explanation.surprises.extend(overtaken);
    explanation.surprises.extend(unended(run));
    explanation.more_surprises = more_overtaken;
    explanation.more_guaranteed += shorten(&mut explanation.guaranteed);
    explanation.more_likely += shorten(&mut explanation.likely);
    explanation.more_surprises += shorten(&mut explanation.surprises);
    explanation
}

fn shorten<T>(list: &mut Vec<T>) -> usize {
    let left_out = list.len().saturating_sub(MOST);
    list.truncate(MOST);
    left_out
}

fn guaranteed(run: &HappensBefore) -> Vec<Guarantee> {
    let (moments, links) = (&run.moments, &run.links);
    let lane = |row: usize| moments.rows[row].lane;
    let mut started: BTreeMap<usize, Vec<LaneId>> = BTreeMap::new();
    let mut ended: BTreeMap<usize, Vec<LaneId>> = BTreeMap::new();
    for link in &links.links {
        let (from, to) = (moments.all[link.from].row, moments.all[link.to].row);
        let (list, about) = match link.cause {
            Cause::Start => (started.entry(from).or_default(), lane(to)),
            Cause::Join => (ended.entry(to).or_default(), lane(from)),
            _ => continue,
        };
        if list.last() != Some(&about) && !list.contains(&about) {
            list.push(about);
        }
    }
    let starts = started
        .into_iter()
        .map(|(parent, started)| Guarantee::Start {
            parent: lane(parent),
            started,
        });
    let joins = ended.into_iter().map(|(waiter, ended)| Guarantee::Join {
        waiter: lane(waiter),
        ended,
    });
    let mut found: Vec<Guarantee> = starts.chain(joins).collect();

    let mut rounds: BTreeMap<u64, (usize, usize)> = BTreeMap::new();
    for round in links
        .rounds
        .iter()
        .filter(|round| round.departures.len() > 1)
    {
        if let Some(object) = round.object {
            rounds.entry(object.id).or_insert((0, round.arrivals[0])).0 += 1;
        }
    }
    for (rounds, arrival) in rounds.into_values() {
        let object = moments.all[arrival].object;
        found.push(Guarantee::Barrier { object, rounds });
    }

    let mut uses: Vec<_> = links.uses.iter().collect();
    uses.sort_by_key(|(object, _)| (object.kind as u8, object.id));
    for (object, used) in uses {
        let object = *object;
        let several = used.takers.len() > 1 || used.givers.union(&used.takers).count() > 1;
        match object.kind {
            ObjectKind::Lock if used.takers.len() > 1 && !used.shared => {
                let (lanes, turns) = (used.takers.len(), used.takes);
                found.push(Guarantee::Lock {
                    object,
                    lanes,
                    turns,
                });
            }
            ObjectKind::Queue | ObjectKind::Pipe if several && used.takes > 0 && used.gives > 0 => {
                let messages = used.takes;
                found.push(Guarantee::Message { object, messages });
            }
            ObjectKind::Semaphore
                if used.is_one_way() && used.starts_empty && used.takes > 0 && used.gives > 0 =>
            {
                found.push(Guarantee::Permit {
                    object,
                    taken: used.takes,
                });
            }
            ObjectKind::Event | ObjectKind::Timer
                if used.is_one_way() && used.takes > 0 && used.gives > 0 =>
            {
                found.push(Guarantee::Flag { object });
            }
            _ => {}
        }
    }
    found
}

/// Pairs of lines, one after the other, that only a sleep kept apart; the widest gaps first.
fn kept_apart_by_sleep(run: &HappensBefore) -> Vec<Likely> {
    let mut slept = vec![false; run.moments.rows.len()];
    let mut before: Option<(usize, LineNumber)> = None;
    let mut pairs = Vec::new();
    for (at, moment) in run.moments.all.iter().enumerate() {
        if moment.kind == Kind::SleepEnd {
            slept[moment.row] = true;
        }
        let Some(line) = moment.line.map(LineNumber) else {
            continue;
        };
        let slept = std::mem::take(&mut slept[moment.row]);
        if let Some((earlier, first)) = before.replace((at, line)) {
            let one = &run.moments.all[earlier];
            let gap_us = moment.at_us.saturating_sub(one.at_us);
            if slept && one.row != moment.row && gap_us >= LEAST_GAP_US {
                pairs.push((
                    earlier,
                    at,
                    Likely::Sleep {
                        first,
                        then: line,
                        gap_us,
                    },
                    gap_us,
                ));
            }
        }
    }
    pairs.sort_by_key(|(.., gap_us)| std::cmp::Reverse(*gap_us));
    pairs
        .into_iter()
        .take(MOST_PAIRS)
        .filter(|(earlier, later, ..)| !run.ordered(*earlier, *later))
        .map(|(_, _, likely, _)| likely)
        .take(2)
        .collect()
}

/// Lanes whose first line came before that of a lane that was started before them, though nothing
/// orders the two. Gives how many more there are.
fn overtaken(run: &HappensBefore) -> (Vec<Surprise>, usize) {
    let mut printed = vec![false; run.moments.rows.len()];
    let mut firsts = Vec::new();
    for (at, moment) in run.moments.all.iter().enumerate() {
        if let Some(line) = moment.line
            && !std::mem::replace(&mut printed[moment.row], true)
        {
            firsts.push((at, moment.row, LineNumber(line)));
        }
    }
    let mut found = Vec::new();
    let turned = firsts.windows(2).filter(|pair| pair[0].1 > pair[1].1);
    for pair in turned.take(MOST_PAIRS) {
        let (first, then) = (pair[0], pair[1]);
        if !run.ordered(first.0, then.0) {
            found.push(Surprise::Overtaken {
                first: first.2,
                then: then.2,
            });
        }
    }
    let more = found.len().saturating_sub(3);
    found.truncate(3);
    (found, more)
}

/// Lanes without an end of which nobody knows anything.
fn unended(run: &HappensBefore) -> Option<Surprise> {
    let mut ended = vec![false; run.moments.rows.len()];
    for moment in &run.moments.all {
        // Another program goes on where this one was; its end cannot be seen from here.
        ended[moment.row] |= matches!(moment.kind, Kind::Exit | Kind::Exec);
    }
    for link in run
        .links
        .links
        .iter()
        .filter(|link| link.cause == Cause::Join)
    {
        ended[run.moments.all[link.from].row] = true;
    }
    let lanes: Vec<LaneId> = (1..ended.len())
        .filter(|row| !ended[*row])
        .map(|row| run.moments.rows[row].lane)
        .collect();
    (!lanes.is_empty()).then_some(Surprise::Unended { lanes })
}
