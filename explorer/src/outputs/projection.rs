//! The classes seen through a filter: some prints left out, some given another text.
//!
//! Whoever asks about a few lines need not tell apart what differs only in the others. What is left of a partial order
//! after taking events away is a partial order again, and its linear extensions are those of the whole, without what was
//! taken away: so nothing is lost but what was not asked for, and there are fewer orders with fewer extensions each.
use super::automaton::{Automaton, NotCounted, Outcome};
use super::residual::Residuals;
use super::{Label, Letters};
use crate::allowance::{Allowance, Spent};
use crate::class::{Poset, for_each_label};
use std::collections::HashSet;

/// All classes, seen through a filter.
#[derive(Debug)]
pub struct Projection<'a> {
    letters: Letters,
    /// The orders that are left.
    posets: HashSet<Poset>,
    /// What there was before, and what becomes of its labels.
    whole: (&'a Letters, &'a HashSet<Poset>),
    translate: Vec<Option<u32>>,
}

impl<'a> Projection<'a> {
    /// `seen` says what becomes of each printed text: `None` if it is left out. Endings stay.
    pub(crate) fn new(
        letters: &'a Letters,
        posets: &'a HashSet<Poset>,
        mut seen: impl FnMut(&str) -> Option<String>,
        allowance: &Allowance<'_>,
    ) -> Result<Self, Spent> {
        let mut kept = Letters::default();
        let mut translate = vec![None; letters.labels().len()];
        // In which order they were met depends on who explored what.
        for number in letters.sorted() {
            let label = &letters.labels()[number as usize];
            translate[number as usize] = match label {
                Label::End(_) => Some(kept.number(label)),
                Label::Text(text) => seen(text).map(|text| kept.number(&Label::Text(text))),
            };
        }
        let projected = posets.iter().map(|one| {
            allowance.step()?;
            Ok(project(one, &translate))
        });
        Ok(Self {
            letters: kept,
            posets: projected.collect::<Result<_, Spent>>()?,
            whole: (letters, posets),
            translate,
        })
    }

    /// The outputs that can be seen through the filter.
    ///
    /// # Errors
    /// Where the automaton is too large, or the allowance is spent.
    pub fn outputs(
        &self,
        max_states: usize,
        allowance: &Allowance<'_>,
    ) -> Result<Automaton, NotCounted> {
        Automaton::of(&self.letters, &self.posets, max_states, allowance)
    }

    /// One output of each order: all of them, but for the order of what can come in any order. `None` where something
    /// may come before the end of the process or not at all: then one output does not speak for the others.
    ///
    /// # Errors
    /// When the allowance is spent.
    pub fn one_of_each(&self, allowance: &Allowance<'_>) -> Result<Option<Vec<Outcome>>, Spent> {
        let mut outcomes = Vec::new();
        for poset in &self.posets {
            let Some(outcome) = self.one_of(poset, allowance)? else {
                return Ok(None);
            };
            outcomes.push(outcome);
        }
        Ok(Some(outcomes))
    }

    fn one_of(&self, poset: &Poset, allowance: &Allowance<'_>) -> Result<Option<Outcome>, Spent> {
        let mut residuals = Residuals::default();
        let mut at = residuals.intern(poset);
        let mut text = String::new();
        loop {
            allowance.step()?;
            let next = residuals.successors(at);
            let mut endings = next.iter().filter_map(|(label, _)| self.ending(*label));
            if let Some(ending) = endings.next() {
                // Nothing else can come first: everything has happened before the end.
                return Ok((next.len() == 1).then_some(Outcome { text, ending }));
            }
            let Some((label, rest)) = next.first() else {
                return Ok(None);
            };
            if let Some(Label::Text(more)) = self.letters.labels().get(*label as usize) {
                text.push_str(more);
            }
            at = *rest;
        }
    }

    fn ending(&self, label: u32) -> Option<crate::Ending> {
        match self.letters.labels().get(label as usize)? {
            Label::End(ending) => Some(*ending),
            Label::Text(_) => None,
        }
    }

    /// A class with this output, as its whole order of prints, and what its labels are.
    pub(crate) fn class_of(
        &self,
        outcome: &Outcome,
        max_states: usize,
        allowance: &Allowance<'_>,
    ) -> Option<(&'a Poset, &'a Letters)> {
        let (letters, whole) = self.whole;
        let in_time = |_: &&Poset| allowance.step().is_ok();
        let possible = self.posets.iter().take_while(in_time).filter(|&poset| {
            let (letters, alone) = self.letters.of_one(poset);
            let outputs = Automaton::of(&letters, [&alone], max_states, allowance);
            let answer = outputs.map(|outputs| outputs.ask(&outcome.text));
            matches!(answer, Ok(super::Answer::Possible { endings }) if endings.contains(&outcome.ending))
        });
        let possible: HashSet<&Poset> = possible.collect();
        let mut rank = vec![0; letters.labels().len()];
        for (place, number) in (0..).zip(letters.sorted()) {
            rank[number as usize] = place;
        }
        let ranked = |poset: &&Poset| {
            let mut flat = (*poset).clone();
            for_each_label(&mut flat, |label| *label = rank[*label as usize]);
            flat
        };
        // The smallest of them, so that it is always the same.
        let found = whole
            .iter()
            .take_while(in_time)
            .filter(|poset| possible.contains(&project(poset, &self.translate)));
        let found = found.min_by_key(ranked)?;
        // Of a part of them it may not be the smallest.
        allowance.look().ok()?;
        Some((found, letters))
    }
}

/// The order without the events whose label becomes nothing.
fn project(flat: &[u32], translate: &[Option<u32>]) -> Poset {
    let threads = flat[0] as usize;
    let stride = threads + 1;
    let becomes = |label: u32| translate.get(label as usize).copied().flatten();
    // For each thread, how many of its first n events are kept.
    let mut kept: Vec<Vec<u32>> = Vec::with_capacity(threads);
    let mut at = 1;
    for _ in 0..threads {
        let count = flat[at] as usize;
        let mut so_far = vec![0];
        for event in 0..count {
            let label = flat[at + 1 + event * stride];
            so_far.push(so_far[event] + u32::from(becomes(label).is_some()));
        }
        kept.push(so_far);
        at += 1 + count * stride;
    }
    let mut projected = vec![flat[0]];
    let mut at = 1;
    for own in &kept {
        let count = flat[at] as usize;
        projected.push(own[count]);
        for event in 0..count {
            let start = at + 1 + event * stride;
            let Some(label) = becomes(flat[start]) else {
                continue;
            };
            projected.push(label);
            for (other, needed) in flat[start + 1..start + stride].iter().enumerate() {
                projected.push(kept[other][*needed as usize]);
            }
        }
        at += 1 + count * stride;
    }
    projected.into()
}
