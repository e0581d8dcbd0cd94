//! Do two programs have the same set of outputs?
use super::automaton::{Automaton, Letter, Outcome};
use crate::allowance::{Allowance, Spent};
use std::collections::{HashSet, VecDeque};

/// How a program stands to its reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same outputs.
    Equal,
    /// It can print what the reference never prints.
    UnderSynchronised,
    /// It can never print what the reference can.
    OverSynchronised,
    /// Both.
    Different,
}

/// The relation, and a shortest output only one side has, for each side that has one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Comparison {
    /// The relation.
    pub relation: Relation,
    /// Only the reference can.
    pub only_reference: Option<Outcome>,
    /// Only the program can.
    pub only_program: Option<Outcome>,
    /// There is no output that both can have.
    pub disjoint: bool,
}

impl Comparison {
    /// The relation as far as it is certain; `None` where nothing is. What only one side was seen to print is known to be
    /// missing on the other only if that other was explored whole, and to be equal both must have been.
    #[must_use]
    pub fn certain(&self, reference_is_whole: bool, program_is_whole: bool) -> Option<Relation> {
        let under = self.only_program.is_some() && reference_is_whole;
        let over = self.only_reference.is_some() && program_is_whole;
        match (under, over) {
            (true, true) => Some(Relation::Different),
            (true, false) => Some(Relation::UnderSynchronised),
            (false, true) => Some(Relation::OverSynchronised),
            (false, false) => {
                let equal = self.relation == Relation::Equal;
                (equal && reference_is_whole && program_is_whole).then_some(Relation::Equal)
            }
        }
    }
}

/// Compares a program with its reference.
pub fn compare(reference: &Automaton, program: &Automaton) -> Comparison {
    match compare_within(reference, program, &Allowance::endless()) {
        Ok(comparison) => comparison,
        Err(_) => unreachable!("an endless allowance is never spent"),
    }
}

/// The same, as long as there is an allowance for it.
///
/// # Errors
/// When it is spent.
pub fn compare_within(
    reference: &Automaton,
    program: &Automaton,
    allowance: &Allowance<'_>,
) -> Result<Comparison, Spent> {
    let only_reference = shortest_difference(reference, program, allowance)?;
    let only_program = shortest_difference(program, reference, allowance)?;
    let relation = match (&only_reference, &only_program) {
        (None, None) => Relation::Equal,
        (None, Some(_)) => Relation::UnderSynchronised,
        (Some(_), None) => Relation::OverSynchronised,
        (Some(_), Some(_)) => Relation::Different,
    };
    Ok(Comparison {
        relation,
        only_reference,
        only_program,
        disjoint: !meet(reference, program, allowance)?,
    })
}

/// Is there an output that both have?
fn meet(one: &Automaton, other: &Automaton, allowance: &Allowance<'_>) -> Result<bool, Spent> {
    let start = (0u32, Cursor::default());
    let mut met = HashSet::from([start.clone()]);
    let mut open = vec![start];
    while let Some((state, cursor)) = open.pop() {
        for (letter, target) in one.edges(state) {
            allowance.step()?;
            let Some(followed) = cursor.follow(other, letter) else {
                continue;
            };
            if let Letter::End(_) = letter {
                return Ok(true);
            }
            let next = (*target, followed);
            if met.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    Ok(false)
}

/// A shortest output of `one` that `other` does not have. Breadth first over pairs of states; the second is `None`
/// once the other cannot follow.
///
/// The two may be spelled differently (lines here, characters there): then the other follows letter by letter.
pub(crate) fn shortest_difference(
    one: &Automaton,
    other: &Automaton,
    allowance: &Allowance<'_>,
) -> Result<Option<Outcome>, Spent> {
    let mut met = HashSet::new();
    let mut paths: Vec<(u32, Option<Cursor>, usize, Letter)> = Vec::new();
    let mut open = VecDeque::new();
    let root = usize::MAX;
    open.push_back((0u32, Some(Cursor::default()), root));
    while let Some((state, follower, path)) = open.pop_front() {
        for (letter, target) in one.edges(state) {
            allowance.step()?;
            let followed = follower
                .as_ref()
                .and_then(|cursor| cursor.follow(other, letter));
            if let Letter::End(ending) = letter {
                if followed.is_none() {
                    let mut text = Vec::new();
                    let mut at = path;
                    while at != root {
                        let (_, _, before, letter) = &paths[at];
                        if let Letter::Text(piece) = letter {
                            text.push(&**piece);
                        }
                        at = *before;
                    }
                    return Ok(Some(Outcome {
                        text: text.into_iter().rev().collect(),
                        ending: *ending,
                    }));
                }
                continue;
            }
            if met.insert((*target, followed.clone())) {
                paths.push((*target, followed.clone(), path, letter.clone()));
                open.push_back((*target, followed, paths.len() - 1));
            }
        }
    }
    Ok(None)
}

/// Where the other automaton stands: in a state, and within a letter of it that is longer than what was said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Cursor {
    state: u32,
    within: String,
}

impl Cursor {
    fn follow(&self, automaton: &Automaton, letter: &Letter) -> Option<Self> {
        match letter {
            Letter::End(_) if self.within.is_empty() => automaton
                .edges(self.state)
                .iter()
                .any(|(one, _)| one == letter)
                .then(|| Self {
                    state: Automaton::END,
                    within: String::new(),
                }),
            Letter::End(_) => None,
            Letter::Text(text) => self.say(automaton, text),
        }
    }

    fn say(&self, automaton: &Automaton, text: &str) -> Option<Self> {
        let mut said = format!("{}{text}", self.within);
        let mut state = self.state;
        'letters: while !said.is_empty() {
            for (letter, target) in automaton.edges(state) {
                let Letter::Text(known) = letter else {
                    continue;
                };
                if let Some(rest) = said.strip_prefix(&**known) {
                    said = rest.to_owned();
                    state = *target;
                    continue 'letters;
                }
            }
            let begins = |(letter, _): &(Letter, u32)| matches!(letter, Letter::Text(known) if known.starts_with(&said));
            return automaton.edges(state).iter().any(begins).then_some(Self {
                state,
                within: said,
            });
        }
        Some(Self {
            state,
            within: String::new(),
        })
    }
}
