//! The automaton of outputs: deterministic, without cycles, one path an output.
use super::residual::{ResidualId, Residuals};
use super::{Label, Letters};
use crate::allowance::{Allowance, Spent};
use crate::class::{Classes, Poset};
use crate::execution::Ending;
use num_bigint::BigUint;
use std::collections::{BTreeSet, HashMap, VecDeque};

/// A letter: a line (or a character, where some print does not end its line), or how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Letter {
    /// The end. It comes first in every list: shorter outputs before longer ones.
    End(Ending),
    /// Text.
    Text(Box<str>),
}

/// An output: the text and how it ended.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Outcome {
    /// Everything that was printed.
    pub text: String,
    /// How it ended.
    pub ending: Ending,
}

/// The automaton has more states than the budget allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the set of outputs needs more than {states} states: raise `Settings::max_states` or print less"
)]
pub struct TooLarge {
    /// The budget.
    pub states: usize,
}

/// Why there is no set of outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCounted {
    /// It is too large.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// It was given up.
    #[error(transparent)]
    Spent(#[from] Spent),
}

/// Can an output happen?
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Yes; and so it can end.
    Possible {
        /// How it can end after exactly this text.
        endings: Vec<Ending>,
    },
    /// No.
    Impossible {
        /// From this line on, counted from 1.
        from_line: usize,
        /// What that line could be instead.
        could_be: Vec<String>,
        /// How it could end before that line.
        could_end: Vec<Ending>,
    },
}

/// The set of outputs.
#[derive(Debug, Clone)]
pub struct Automaton {
    /// For each state its letters, in order, and where they lead. State 0 is the start; [`Automaton::END`] the end.
    states: Vec<Vec<(Letter, u32)>>,
}

/// Where a walk is: what is left of an order, and what is left of a print that has begun.
type Position = (ResidualId, u32, u32);

impl Automaton {
    /// The state after an ending.
    pub const END: u32 = u32::MAX;

    /// The union of all classes, made deterministic.
    pub fn new(classes: &Classes, max_states: usize) -> Result<Self, NotCounted> {
        let (letters, posets) = (&classes.letters, &classes.posets);
        Self::of(letters, posets, max_states, &Allowance::endless())
    }

    /// The union of these orders, made deterministic.
    pub(crate) fn of<'a>(
        letters: &Letters,
        posets: impl IntoIterator<Item = &'a Poset>,
        max_states: usize,
        allowance: &Allowance<'_>,
    ) -> Result<Self, NotCounted> {
        let too_large = TooLarge { states: max_states };
        if max_states == 0 {
            return Err(too_large.into());
        }
        let spelled = spell(letters);
        let mut residuals = Residuals::default();
        let mut start: Vec<Position> = Vec::new();
        for flat in posets {
            allowance.step()?;
            start.push((residuals.intern(flat), 0, 0));
        }
        start.sort_unstable();
        let mut known: HashMap<Box<[Position]>, u32> = HashMap::new();
        let mut states = Vec::new();
        let mut open = VecDeque::from([start.clone().into_boxed_slice()]);
        known.insert(start.into(), 0);
        let mut numbered = 1u32;
        let mut edges: HashMap<&Letter, Vec<Position>> = HashMap::new();
        // States are numbered in the order they are found, and done in that order.
        while let Some(positions) = open.pop_front() {
            if states.len() >= max_states || residuals.len() >= max_states.saturating_mul(8) {
                return Err(too_large.into());
            }
            for &(residual, label, spoken) in &positions {
                allowance.step()?;
                if spoken > 0 {
                    let word = &spelled[label as usize];
                    edges
                        .entry(&word[spoken as usize])
                        .or_default()
                        .push(after(word, residual, label, spoken));
                    continue;
                }
                for &(label, rest) in &residuals.successors(residual) {
                    let word = &spelled[label as usize];
                    edges
                        .entry(&word[0])
                        .or_default()
                        .push(after(word, rest, label, 0));
                }
            }
            let mut out: Vec<(Letter, u32)> = Vec::with_capacity(edges.len());
            // In the order of their letters, or the numbers of the states, and with them the order in which lines are
            // told, would be others each time.
            let mut sorted: Vec<_> = edges.drain().collect();
            sorted.sort_unstable_by_key(|&(letter, _)| letter);
            for (letter, mut targets) in sorted {
                if matches!(letter, Letter::End(_)) {
                    out.push((letter.clone(), Self::END));
                    continue;
                }
                targets.sort_unstable();
                targets.dedup();
                let targets = targets.into_boxed_slice();
                let target = match known.get(&targets) {
                    Some(&target) => target,
                    None => {
                        known.insert(targets.clone(), numbered);
                        open.push_back(targets);
                        numbered += 1;
                        numbered - 1
                    }
                };
                out.push((letter.clone(), target));
            }
            states.push(out);
        }
        Ok(Self { states })
    }

    /// How many states it has.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// No output at all: nothing was explored.
    pub fn is_empty(&self) -> bool {
        self.states.first().is_none_or(Vec::is_empty)
    }

    /// The letters of a state.
    pub(super) fn edges(&self, state: u32) -> &[(Letter, u32)] {
        self.states.get(state as usize).map_or(&[], Vec::as_slice)
    }

    /// How many outputs there are, exactly.
    pub fn count(&self) -> BigUint {
        let mut counts: Vec<Option<BigUint>> = vec![None; self.states.len()];
        let mut stack = vec![0u32];
        while let Some(&state) = stack.last() {
            let mut total = BigUint::ZERO;
            let mut ready = true;
            for (_, target) in self.edges(state) {
                if *target == Self::END {
                    total += 1u32;
                } else if let Some(count) = &counts[*target as usize] {
                    total += count;
                } else {
                    stack.push(*target);
                    ready = false;
                }
            }
            if ready {
                if let Some(slot) = counts.get_mut(state as usize) {
                    *slot = Some(total);
                }
                stack.pop();
            }
        }
        counts.into_iter().next().flatten().unwrap_or_default()
    }

    /// The first outputs, in alphabetical order.
    pub fn list(&self, limit: usize) -> Vec<Outcome> {
        let mut found = Vec::new();
        let mut stack = vec![(0u32, String::new(), None)];
        while let Some((state, text, ending)) = stack.pop() {
            if found.len() >= limit {
                break;
            }
            if let Some(ending) = ending {
                found.push(Outcome { text, ending });
                continue;
            }
            for (letter, target) in self.edges(state).iter().rev() {
                match letter {
                    Letter::Text(more) => stack.push((*target, format!("{text}{more}"), None)),
                    Letter::End(ending) => stack.push((Self::END, text.clone(), Some(*ending))),
                }
            }
        }
        found
    }

    /// Can the program print exactly this and end?
    pub fn ask(&self, text: &str) -> Answer {
        let mut state = 0;
        let mut line = 1;
        let mut column = 0;
        let mut begun = (0, 0);
        let mut rest = text;
        while !rest.is_empty() {
            if column == 0 {
                begun = (state, text.len() - rest.len());
            }
            let step = self
                .edges(state)
                .iter()
                .find_map(|(letter, target)| match letter {
                    Letter::Text(more) => rest
                        .strip_prefix(&**more)
                        .map(|left| (more.len(), left, *target)),
                    Letter::End(_) => None,
                });
            let Some((length, left, target)) = step else {
                return self.impossible(line, begun.0);
            };
            let printed = &rest[..length];
            line += printed.matches('\n').count();
            column = if printed.ends_with('\n') {
                0
            } else {
                column + length
            };
            rest = left;
            state = target;
        }
        let endings = self.endings(state);
        if endings.is_empty() {
            return self.impossible(line, if column == 0 { state } else { begun.0 });
        }
        Answer::Possible { endings }
    }

    /// All the ways it can end.
    pub fn all_endings(&self) -> BTreeSet<Ending> {
        let states = 0..self.len() as u32;
        states.flat_map(|state| self.endings(state)).collect()
    }

    fn endings(&self, state: u32) -> Vec<Ending> {
        let end = |(letter, _): &(Letter, u32)| match letter {
            Letter::End(ending) => Some(*ending),
            Letter::Text(_) => None,
        };
        self.edges(state).iter().filter_map(end).collect()
    }

    /// What the line that begins in this state could be.
    fn impossible(&self, from_line: usize, state: u32) -> Answer {
        const SHOWN: usize = 20;
        let mut could_be = Vec::new();
        let mut open = vec![(state, String::new())];
        while let Some((state, text)) = open.pop() {
            if could_be.len() >= SHOWN {
                break;
            }
            for (letter, target) in self.edges(state).iter().rev() {
                let Letter::Text(more) = letter else { continue };
                let text = format!("{text}{more}");
                match text.strip_suffix('\n') {
                    Some(whole) => could_be.push(whole.to_owned()),
                    None => open.push((*target, text)),
                }
            }
        }
        could_be.sort();
        could_be.dedup();
        Answer::Impossible {
            from_line,
            could_be,
            could_end: self.endings(state),
        }
    }
}

fn after(word: &[Letter], residual: ResidualId, label: u32, spoken: u32) -> Position {
    let spoken = spoken + 1;
    if spoken as usize == word.len() {
        (residual, 0, 0)
    } else {
        (residual, label, spoken)
    }
}

/// Each label as letters. Lines if every print ends its line, else characters: either way an output is spelled in
/// one way only.
fn spell(letters: &Letters) -> Vec<Vec<Letter>> {
    let by_line = letters.labels().iter().all(|label| match label {
        Label::Text(text) => text.ends_with('\n'),
        Label::End(_) => true,
    });
    letters
        .labels()
        .iter()
        .map(|label| match label {
            Label::End(ending) => vec![Letter::End(*ending)],
            Label::Text(text) if by_line => text
                .split_inclusive('\n')
                .map(|line| Letter::Text(line.into()))
                .collect(),
            Label::Text(text) => text
                .chars()
                .map(|one| Letter::Text(one.encode_utf8(&mut [0; 4]).to_owned().into()))
                .collect(),
        })
        .collect()
}
