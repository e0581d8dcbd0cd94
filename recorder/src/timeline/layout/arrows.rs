//! Arrows from what one lane did to what another could do then.

use std::collections::HashSet;

use super::Scale;
use crate::explanation::{Cause, HappensBefore};

/// Why there is an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ArrowKind {
    /// A lane starts another.
    Spawn,
    /// A lane has ended, who waited for it goes on.
    Join,
    /// What a lane did lets a waiting one go on.
    Wake,
    /// A message.
    Send,
}

impl ArrowKind {
    /// All, in the order of the legend.
    pub const ALL: [ArrowKind; 4] = [
        ArrowKind::Spawn,
        ArrowKind::Join,
        ArrowKind::Wake,
        ArrowKind::Send,
    ];
}

/// An arrow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// Why.
    pub kind: ArrowKind,
    /// Row it comes from.
    pub from_row: usize,
    /// Row it goes to.
    pub to_row: usize,
    /// Where it begins.
    pub from_x: f64,
    /// Where it ends.
    pub to_x: f64,
}

/// Arrows that are drawn.
const MOST: usize = 400;
/// Arrows of a kind between the same lanes are one where both ends are so close.
const CLOSE: f64 = 4.0;

/// The arrows, and how many there would be if all were drawn. Starts and ends of lanes are the
/// frame of the picture; of the others, where there are too many, some are chosen evenly.
pub(super) fn of(run: &HappensBefore, rows: usize, scale: &Scale) -> (Vec<Arrow>, usize) {
    let all = candidates(run, rows, scale);
    let mut seen = HashSet::new();
    let place = |x: f64| (x / CLOSE) as u32;
    let apart = all.iter().copied().filter(|arrow| {
        let ends = (place(arrow.from_x), place(arrow.to_x));
        seen.insert((arrow.kind, arrow.from_row, arrow.to_row, ends))
    });
    let frame = |arrow: &Arrow| matches!(arrow.kind, ArrowKind::Spawn | ArrowKind::Join);
    let (mut kept, others): (Vec<Arrow>, Vec<Arrow>) = apart.partition(frame);
    kept.truncate(MOST);
    let room = (MOST - kept.len()).max(1);
    let step = others.len().div_ceil(room).max(1);
    kept.extend(others.into_iter().step_by(step));
    (kept, all.len())
}

fn candidates(run: &HappensBefore, rows: usize, scale: &Scale) -> Vec<Arrow> {
    let moments = &run.moments.all;
    // A message that wakes its receiver is one arrow, not two.
    let sent: HashSet<usize> = run
        .links
        .links
        .iter()
        .filter(|link| link.cause == Cause::Message)
        .map(|link| link.from)
        .collect();
    run.links
        .links
        .iter()
        .filter_map(|link| {
            let kind = match link.cause {
                Cause::Start => ArrowKind::Spawn,
                Cause::Join => ArrowKind::Join,
                Cause::Message => ArrowKind::Send,
                Cause::Wake if !sent.contains(&link.from) => ArrowKind::Wake,
                Cause::Wake | Cause::Barrier | Cause::Flag | Cause::Handover => return None,
            };
            let (from, to) = (&moments[link.from], &moments[link.to]);
            let drawn = from.row != to.row && from.row < rows && to.row < rows;
            drawn.then(|| Arrow {
                kind,
                from_row: from.row,
                to_row: to.row,
                from_x: scale.x(from.at_us),
                to_x: scale.x(to.at_us),
            })
        })
        .collect()
}
