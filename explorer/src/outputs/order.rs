//! Which lines come in a fixed order in every output, read off the automaton.
use super::automaton::{Automaton, Letter};
use super::cause::{By, Cause, Skeleton, explain};
use super::{Label, Letters};
use crate::allowance::{Allowance, Spent};
use std::collections::{BTreeMap, HashMap};

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
    /// For each line the others before which it may be printed, when none of them ever was.
    may_precede: Vec<LineSet>,
    /// For each line those that may be printed after it.
    may_follow: Vec<LineSet>,
}

/// Some of the lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct LineSet([u64; MAX_LINES.div_ceil(64)]);

impl LineSet {
    const ALL: Self = Self([u64::MAX; MAX_LINES.div_ceil(64)]);

    fn contains(&self, line: usize) -> bool {
        self.0[line / 64] & 1 << (line % 64) != 0
    }

    fn insert(&mut self, line: usize) {
        self.0[line / 64] |= 1 << (line % 64);
    }

    fn without(mut self, line: usize) -> Self {
        self.0[line / 64] &= !(1 << (line % 64));
        self
    }

    fn add(&mut self, others: &Self) {
        for (word, more) in self.0.iter_mut().zip(&others.0) {
            *word |= more;
        }
    }
}

impl Orders {
    /// Is no `after` printed before a `before`?
    pub fn fixed(&self, before: usize, after: usize) -> bool {
        before != after && !self.may_precede[after].contains(before)
    }

    /// Can they come in either order?
    pub fn open(&self, one: usize, other: usize) -> bool {
        one != other && self.may_follow[one].contains(other) && self.may_follow[other].contains(one)
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

impl Orders {
    /// The guaranteed orders of lines, without those that follow from two others, and without their causes.
    pub fn guarantees(&self) -> Vec<Guarantee> {
        let mut found: Vec<Guarantee> = self
            .reduced()
            .into_iter()
            .map(|(before, after)| Guarantee {
                before: self.lines[before].clone(),
                after: self.lines[after].clone(),
                cause: None,
            })
            .collect();
        found.sort();
        found
    }
}

impl Automaton {
    /// The lines and their orders. `None` if there are too many different lines, or some print does not end its line.
    ///
    /// # Errors
    /// When the allowance is spent.
    pub fn orders(&self, allowance: &Allowance<'_>) -> Result<Option<Orders>, Spent> {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for state in 0..self.len() as u32 {
            allowance.step()?;
            for (letter, _) in self.edges(state) {
                let Letter::Text(text) = letter else { continue };
                let next = numbers.len();
                numbers.entry(text).or_insert(next);
                if !text.ends_with('\n') || numbers.len() > MAX_LINES {
                    return Ok(None);
                }
            }
        }
        let mut lines = vec![String::new(); numbers.len()];
        for (line, number) in &numbers {
            line.trim_end_matches('\n').clone_into(&mut lines[*number]);
        }
        let children_first = self.children_first(allowance)?;
        Ok(Some(Orders {
            may_precede: self.may_precede(&children_first, &numbers, allowance)?,
            may_follow: self.may_follow(&children_first, &numbers, allowance)?,
            lines,
        }))
    }

    /// All states, each after those it leads to.
    fn children_first(&self, allowance: &Allowance<'_>) -> Result<Vec<u32>, Spent> {
        let mut order = Vec::with_capacity(self.len());
        let mut met = vec![false; self.len()];
        let mut open = vec![(0u32, 0usize)];
        while let Some((state, next)) = open.last_mut() {
            allowance.step()?;
            match self.edges(*state).get(*next) {
                Some((_, target)) => {
                    *next += 1;
                    let target = *target;
                    if let Some(met) = met.get_mut(target as usize)
                        && !std::mem::replace(met, true)
                    {
                        open.push((target, 0));
                    }
                }
                None => {
                    order.push(*state);
                    open.pop();
                }
            }
        }
        Ok(order)
    }

    /// The lines a state can go on with, by number, and where they lead.
    fn steps<'a>(
        &'a self,
        state: u32,
        numbers: &'a HashMap<&str, usize>,
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.edges(state)
            .iter()
            .filter_map(|(letter, target)| match letter {
                Letter::Text(text) => Some((numbers[&**text], *target as usize)),
                Letter::End(_) => None,
            })
    }

    /// For each line the others of which none need have been printed when it is: one walk for all of them, which keeps
    /// for each state the lines without which it can be reached.
    fn may_precede(
        &self,
        children_first: &[u32],
        numbers: &HashMap<&str, usize>,
        allowance: &Allowance<'_>,
    ) -> Result<Vec<LineSet>, Spent> {
        let mut reached_without = vec![LineSet::default(); self.len()];
        if let Some(start) = reached_without.first_mut() {
            *start = LineSet::ALL;
        }
        let mut may_precede = vec![LineSet::default(); numbers.len()];
        for &state in children_first.iter().rev() {
            allowance.step()?;
            let here = reached_without[state as usize];
            for (line, target) in self.steps(state, numbers) {
                let others = here.without(line);
                may_precede[line].add(&others);
                reached_without[target].add(&others);
            }
        }
        Ok(may_precede)
    }

    /// For each line those that can be printed later: one walk for all of them, which keeps for each state what can
    /// still be printed there.
    fn may_follow(
        &self,
        children_first: &[u32],
        numbers: &HashMap<&str, usize>,
        allowance: &Allowance<'_>,
    ) -> Result<Vec<LineSet>, Spent> {
        let mut still = vec![LineSet::default(); self.len()];
        let mut may_follow = vec![LineSet::default(); numbers.len()];
        for &state in children_first {
            allowance.step()?;
            let mut here = LineSet::default();
            for (line, target) in self.steps(state, numbers) {
                let there = still[target];
                may_follow[line].add(&there);
                here.add(&there);
                here.insert(line);
            }
            still[state as usize] = here;
        }
        Ok(may_follow)
    }
}

/// The guarantees of an exploration with what brings each about. `seen` is the filter the outputs are seen through.
pub fn with_causes(
    orders: &Orders,
    letters: &Letters,
    skeletons: &[Skeleton],
    mut seen: impl FnMut(&str) -> Option<String>,
    allowance: &Allowance<'_>,
) -> Result<Guarantees, Spent> {
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
    let mut told = orders.guarantees();
    for one in &mut told {
        allowance.look()?;
        let of = |line: &str| labels.get(line).unwrap_or(&none);
        one.cause = explain(skeletons, of(&one.before), of(&one.after));
    }
    let rank = |one: &Guarantee| one.cause.as_ref().map_or(By::Other, |cause| cause.by);
    told.sort_by_cached_key(|one| (rank(one), one.clone()));
    let left_out = told.len().saturating_sub(MAX_TOLD);
    told.truncate(MAX_TOLD);
    Ok(Guarantees { told, left_out })
}
