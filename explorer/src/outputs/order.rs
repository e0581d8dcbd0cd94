//! Which lines come in a fixed order in every output, read off the automaton.
use super::automaton::{Automaton, Letter};
use super::cause::{By, Cause, Skeleton, explain};
use super::{Label, Letters};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// No more different lines than this: pairs of them are looked at.
const MAX_LINES: usize = 200;

/// No more guarantees than this are told.
const MAX_TOLD: usize = 100;

/// In every output, no `after` is printed before a `before` was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Guarantee {
    /// The earlier line.
    pub before: String,
    /// The later line.
    pub after: String,
    /// What brings it about, where that was looked for.
    #[serde(flatten)]
    pub cause: Option<Cause>,
}

/// The guarantees worth telling: what no two others imply, what threads do to each other first.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Guarantees {
    /// They.
    pub told: Vec<Guarantee>,
    /// So many more hold.
    pub left_out: usize,
}

/// The lines, and for each pair of them whether one comes first in every output.
#[derive(Debug, Clone, Default)]
pub struct Orders {
    /// Without their line ends.
    pub lines: Vec<String>,
    /// For each line those that may be printed before it ever was.
    may_precede: Vec<BTreeSet<usize>>,
    /// For each line those that may be printed after it.
    may_follow: Vec<BTreeSet<usize>>,
}

impl Orders {
    /// Is no `after` printed before a `before`?
    pub fn fixed(&self, before: usize, after: usize) -> bool {
        before != after && !self.may_precede[before].contains(&after)
    }

    /// Can they come in either order?
    pub fn open(&self, one: usize, other: usize) -> bool {
        one != other
            && self.may_follow[one].contains(&other)
            && self.may_follow[other].contains(&one)
    }

    /// The pairs that do not follow from two others.
    fn reduced(&self) -> Vec<(usize, usize)> {
        let all = 0..self.lines.len();
        let pairs = all
            .clone()
            .flat_map(|one| all.clone().map(move |two| (one, two)));
        pairs
            .filter(|&(before, after)| {
                self.fixed(before, after)
                    && !all
                        .clone()
                        .any(|between| self.fixed(before, between) && self.fixed(between, after))
            })
            .collect()
    }
}

impl Automaton {
    /// The lines and their orders. `None` if there are too many different lines, or some print does not end its line.
    pub fn orders(&self) -> Option<Orders> {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for state in 0..self.len() as u32 {
            for (letter, _) in self.edges(state) {
                let Letter::Text(text) = letter else { continue };
                if !text.ends_with('\n') {
                    return None;
                }
                let next = numbers.len();
                numbers.entry(text).or_insert(next);
            }
        }
        if numbers.len() > MAX_LINES {
            return None;
        }
        let mut lines = vec![""; numbers.len()];
        for (line, number) in &numbers {
            lines[*number] = line;
        }
        let each = |which: &dyn Fn(&str) -> BTreeSet<usize>| -> Vec<_> {
            lines.iter().map(|line| which(line)).collect()
        };
        Some(Orders {
            may_precede: each(&|line| self.reachable(&[0], Some(line), &numbers)),
            may_follow: each(&|line| self.reachable(&self.behind(line), None, &numbers)),
            lines: lines
                .iter()
                .map(|line| line.trim_end_matches('\n').to_owned())
                .collect(),
        })
    }

    /// The guaranteed orders of lines, without those that follow from two others, and without their causes. `None` as
    /// for [`Automaton::orders`].
    pub fn guarantees(&self) -> Option<Vec<Guarantee>> {
        let orders = self.orders()?;
        let mut found: Vec<Guarantee> = orders
            .reduced()
            .into_iter()
            .map(|(before, after)| Guarantee {
                before: orders.lines[before].clone(),
                after: orders.lines[after].clone(),
                cause: None,
            })
            .collect();
        found.sort();
        Some(found)
    }

    /// The states right behind a line.
    fn behind(&self, line: &str) -> Vec<u32> {
        (0..self.len() as u32)
            .flat_map(|state| self.edges(state))
            .filter(|(letter, _)| matches!(letter, Letter::Text(text) if **text == *line))
            .map(|(_, target)| *target)
            .collect()
    }

    /// The lines that can be printed from these states on, before the one that is left out.
    fn reachable(
        &self,
        from: &[u32],
        left_out: Option<&str>,
        numbers: &HashMap<&str, usize>,
    ) -> BTreeSet<usize> {
        let mut seen = vec![false; self.len()];
        let mut found = BTreeSet::new();
        let mut open = from.to_vec();
        while let Some(state) = open.pop() {
            if std::mem::replace(&mut seen[state as usize], true) {
                continue;
            }
            for (letter, target) in self.edges(state) {
                let Letter::Text(text) = letter else { continue };
                if left_out != Some(text) {
                    found.insert(numbers[&**text]);
                    open.push(*target);
                }
            }
        }
        found
    }
}

/// The guarantees of an exploration with what brings each about. `seen` is the filter the outputs are seen through.
pub fn with_causes(
    outputs: &Automaton,
    letters: &Letters,
    skeletons: &[Skeleton],
    mut seen: impl FnMut(&str) -> Option<String>,
) -> Option<Guarantees> {
    let mut labels: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (number, label) in letters.labels().iter().enumerate() {
        if let Label::Text(text) = label
            && let Some(text) = seen(text)
        {
            for line in text.lines() {
                labels
                    .entry(line.to_owned())
                    .or_default()
                    .push(number as u32);
            }
        }
    }
    let none = Vec::new();
    let mut told = outputs.guarantees()?;
    for one in &mut told {
        let of = |line: &str| labels.get(line).unwrap_or(&none);
        one.cause = explain(skeletons, of(&one.before), of(&one.after));
    }
    let rank = |one: &Guarantee| one.cause.as_ref().map_or(By::Other, |cause| cause.by);
    told.sort_by_cached_key(|one| (rank(one), one.clone()));
    let left_out = told.len().saturating_sub(MAX_TOLD);
    told.truncate(MAX_TOLD);
    Some(Guarantees { told, left_out })
}
