//! Do two programs have the same set of outputs?
use super::automaton::{Automaton, Letter, Outcome};
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

/// Compares a program with its reference.
pub fn compare(reference: &Automaton, program: &Automaton) -> Comparison {
    let only_reference = shortest_difference(reference, program);
    let only_program = shortest_difference(program, reference);
    let relation = match (&only_reference, &only_program) {
        (None, None) => Relation::Equal,
        (None, Some(_)) => Relation::UnderSynchronised,
        (Some(_), None) => Relation::OverSynchronised,
        (Some(_), Some(_)) => Relation::Different,
    };
    Comparison {
        relation,
        only_reference,
        only_program,
        disjoint: !meet(reference, program),
    }
}

/// Is there an output that both have?
fn meet(one: &Automaton, other: &Automaton) -> bool {
    let start = (0u32, Cursor::default());
    let mut met = HashSet::from([start.clone()]);
    let mut open = vec![start];
    while let Some((state, cursor)) = open.pop() {
        for (letter, target) in one.edges(state) {
            let Some(followed) = cursor.follow(other, letter) else {
                continue;
            };
            if let Letter::End(_) = letter {
                return true;
            }
            let next = (*target, followed);
            if met.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    false
}

/// A shortest output of `one` that `other` does not have. Breadth first over pairs of states; the second is `None`
/// once the other cannot follow.
///
/// The two may be spelled differently (lines here, characters there): then the other follows letter by letter.
fn shortest_difference(one: &Automaton, other: &Automaton) -> Option<Outcome> {
    let mut met = HashSet::new();
    let mut paths: Vec<(u32, Option<Cursor>, usize, Letter)> = Vec::new();
    let mut open = VecDeque::new();
    let root = usize::MAX;
    open.push_back((0u32, Some(Cursor::default()), root));
    while let Some((state, follower, path)) = open.pop_front() {
        for (letter, target) in one.edges(state) {
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
                    return Some(Outcome {
                        text: text.into_iter().rev().collect(),
                        ending: *ending,
                    });
                }
                continue;
            }
            if met.insert((*target, followed.clone())) {
                paths.push((*target, followed.clone(), path, letter.clone()));
                open.push_back((*target, followed, paths.len() - 1));
            }
        }
    }
    None
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
