//! Paths from one moment to another: along the lanes, and along what one lane did that another
//! had to wait for.
//!
//! All links point forward in the order of the run, so the search walks backwards from the later
//! moment and never looks at what came before the earlier one. Of several paths the one with the
//! fewest changes of lane is found.

use std::collections::{HashMap, VecDeque};

use super::links::{Cause, Holds, Links};
use super::moments::Moments;
use crate::document::Document;

/// A change of lane on a path: places in [`Moments::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hop {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) cause: Cause,
}

/// A run, ready to be asked what came before what and why.
#[derive(Clone, Debug, Default)]
pub(crate) struct HappensBefore {
    pub(crate) moments: Moments,
    pub(crate) links: Links,
    /// The moment before in the same lane.
    previous: Vec<Option<usize>>,
    /// Of each moment, the first of the links that lead to it.
    first_link: Vec<usize>,
    departs: HashMap<usize, usize>,
}

/// How the search came to a node: from which one, by which link.
#[derive(Clone, Copy)]
struct Came {
    then: usize,
    by: Option<Cause>,
}

impl HappensBefore {
    pub(crate) fn of(document: &Document) -> HappensBefore {
        let moments = Moments::of(document);
        let links = Links::of(&moments);
        let mut last: Vec<Option<usize>> = vec![None; moments.rows.len()];
        let mut previous = Vec::with_capacity(moments.all.len());
        for (at, moment) in moments.all.iter().enumerate() {
            previous.push(last[moment.row].replace(at));
        }
        let mut first_link = vec![links.links.len(); moments.all.len() + 1];
        for (number, link) in links.links.iter().enumerate().rev() {
            first_link[link.to] = number;
        }
        for at in (0..moments.all.len()).rev() {
            first_link[at] = first_link[at].min(first_link[at + 1]);
        }
        let mut departs = HashMap::new();
        for (number, round) in links.rounds.iter().enumerate() {
            departs.extend(
                round
                    .departures
                    .iter()
                    .map(|departure| (*departure, number)),
            );
        }
        HappensBefore {
            moments,
            links,
            previous,
            first_link,
            departs,
        }
    }

    /// Where a line of the document stands.
    pub(crate) fn place_of(&self, line: usize) -> Option<usize> {
        self.moments
            .all
            .iter()
            .position(|moment| moment.line == Some(line))
    }

    /// The changes of lane on the way from one moment to a later one, using only links that hold
    /// so far; `None` where there is no way. A way inside one lane changes no lane.
    pub(crate) fn path(&self, from: usize, to: usize, only: Holds) -> Option<Vec<Hop>> {
        let count = self.moments.all.len();
        if from > to || to >= count {
            return None;
        }
        // Nodes: the moments, then the rounds of barriers.
        let mut came: Vec<Option<Came>> = vec![None; count + self.links.rounds.len()];
        let mut done = vec![false; came.len()];
        let mut front = VecDeque::from([(to, None::<Came>)]);
        while let Some((node, how)) = front.pop_front() {
            if std::mem::replace(&mut done[node], true) {
                continue;
            }
            came[node] = how;
            if node == from {
                return Some(self.hops(from, to, &came));
            }
            let came_by = |by| Some(Came { then: node, by });
            if let Some(round) = node.checked_sub(count) {
                let round = &self.links.rounds[round];
                for arrival in round.arrivals.iter().filter(|arrival| **arrival >= from) {
                    front.push_back((*arrival, came_by(Some(Cause::Barrier))));
                }
                continue;
            }
            if let Some(previous) = self.previous[node].filter(|previous| *previous >= from) {
                front.push_front((previous, came_by(None)));
            }
            if let Some(round) = self.departs.get(&node) {
                front.push_front((count + round, came_by(None)));
            }
            for link in &self.links.links[self.first_link[node]..self.first_link[node + 1]] {
                if link.from >= from && link.holds <= only {
                    front.push_back((link.from, came_by(Some(link.cause))));
                }
            }
        }
        None
    }

    fn hops(&self, from: usize, to: usize, came: &[Option<Came>]) -> Vec<Hop> {
        let mut hops = Vec::new();
        let mut node = from;
        while let Some(came_by) = came[node].filter(|_| node != to) {
            let mut then = came_by.then;
            if let Some(cause) = came_by.by {
                // A round is no moment: what counts is who left it.
                if then >= self.moments.all.len() {
                    match came[then] {
                        Some(left) => then = left.then,
                        None => break,
                    }
                }
                let (a, b) = (self.moments.all[node].row, self.moments.all[then].row);
                if a != b {
                    hops.push(Hop {
                        from: node,
                        to: then,
                        cause,
                    });
                }
            }
            node = then;
        }
        hops
    }

    /// Whether anything in this run puts one before the other.
    pub(crate) fn ordered(&self, from: usize, to: usize) -> bool {
        self.path(from, to, Holds::ThisRun).is_some()
    }
}
