//! Answers that resemble each other, as a hint for a teacher and nothing more.
//!
//! Answers are cut into tokens; names and literals count by their kind, comments and white space not at all, so that
//! renaming changes nothing. Runs of [`RUN`] tokens are hashed, and of every [`WINDOW`] hashes in a row the smallest is
//! kept (the winnowing of Schleimer, Wilkerson and Aiken, 2003). What the stub has, and what many students have, says
//! nothing and is left out. Bounds: [`MAX_PAIRS`] are listed, and only the first [`MAX_TOKENS`] of an answer count.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{Hash, Hasher};

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use crate::assignment::Assignment;
use crate::ledger::Student;

/// How many tokens make a run.
pub const RUN: usize = 9;

/// Of how many runs one is kept.
pub const WINDOW: usize = 4;

/// At most this many tokens of an answer are looked at.
pub const MAX_TOKENS: usize = 20_000;

/// At most this many pairs are listed.
pub const MAX_PAIRS: usize = 50;

/// From this share on, two answers are similar.
const THRESHOLD: f64 = 0.7;

/// Fewer marks than this are too few to say anything.
const LEAST_MARKS: usize = 6;

/// What more than this part of a class has, everybody may have thought of.
const COMMON: f64 = 0.3;

/// Two similar answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    /// To which task.
    pub task: String,
    /// Which part of the marks both have, 0 to 1.
    pub share: f64,
    /// Whose, and the answer.
    pub first: (String, String),
    /// Whose, and the answer.
    pub second: (String, String),
}

/// The answers of a class.
#[derive(Debug)]
pub struct Texts {
    tasks: BTreeMap<String, TaskTexts>,
}

#[derive(Debug, Default)]
struct TaskTexts {
    stub: HashSet<u64>,
    answers: Vec<(String, String, HashSet<u64>)>,
}

impl Texts {
    /// No answers yet.
    pub fn new(assignment: &Assignment) -> Texts {
        let tasks = assignment
            .tasks
            .iter()
            .map(|task| {
                let texts = TaskTexts {
                    stub: marks(&task.stub),
                    answers: Vec::new(),
                };
                (task.id.clone(), texts)
            })
            .collect();
        Texts { tasks }
    }

    /// Adds the answers of a student.
    pub fn add(&mut self, student: &Student) {
        for (task, result) in &student.results {
            if let (Some(texts), Some(answer)) = (self.tasks.get_mut(task), &result.answer) {
                let own: HashSet<u64> = marks(answer).difference(&texts.stub).copied().collect();
                texts
                    .answers
                    .push((student.id.clone(), answer.clone(), own));
            }
        }
    }

    /// The most similar pairs, the most similar first.
    pub fn similar(&self) -> Vec<Similar> {
        let mut all = Vec::new();
        for (task, texts) in &self.tasks {
            for (first, second, share) in texts.pairs() {
                let of = |index: usize| {
                    let (id, answer, _) = &texts.answers[index];
                    (id.clone(), answer.clone())
                };
                all.push((share, task.clone(), of(first), of(second)));
            }
            all.sort_by(|a, b| {
                b.0.total_cmp(&a.0)
                    .then_with(|| (&a.1, &a.2, &a.3).cmp(&(&b.1, &b.2, &b.3)))
            });
            all.truncate(MAX_PAIRS);
        }
        all.into_iter()
            .map(|(share, task, first, second)| Similar {
                task,
                share,
                first,
                second,
            })
            .collect()
    }
}

impl TaskTexts {
    /// Pairs of answers that share enough, by index.
    fn pairs(&self) -> Vec<(usize, usize, f64)> {
        let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
        for (index, (_, _, marks)) in self.answers.iter().enumerate() {
            for mark in marks {
                holders.entry(*mark).or_default().push(index);
            }
        }
        // In a small class two or three who found the same idea are no crowd.
        let crowd = ((self.answers.len() as f64 * COMMON) as usize).max(4);
        let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
        let mut own = vec![0; self.answers.len()];
        for holders in holders.values().filter(|holders| holders.len() <= crowd) {
            for (place, first) in holders.iter().enumerate() {
                own[*first] += 1;
                for second in &holders[place + 1..] {
                    *shared.entry((*first, *second)).or_default() += 1;
                }
            }
        }
        shared
            .into_iter()
            .filter(|((first, second), _)| own[*first].min(own[*second]) >= LEAST_MARKS)
            .map(|((first, second), both)| {
                let either = own[first] + own[second] - both;
                (first, second, both as f64 / either as f64)
            })
            .filter(|(_, _, share)| *share >= THRESHOLD)
            .collect()
    }
}

/// The marks of a text.
fn marks(text: &str) -> HashSet<u64> {
    let mut place = 0;
    let mut kinds = Vec::new();
    for token in tokenize(text, FrontmatterAllowed::No) {
        let start = place;
        place += token.len as usize;
        let kind = match token.kind {
            TokenKind::Whitespace
            | TokenKind::LineComment { .. }
            | TokenKind::BlockComment { .. } => continue,
            TokenKind::Literal { .. } => hash(&"literal"),
            // Words of the language are what a program is made of; names are not.
            TokenKind::Ident if is_keyword(&text[start..place]) => hash(&&text[start..place]),
            TokenKind::Ident | TokenKind::RawIdent => hash(&"name"),
            other => hash(&format!("{other:?}")),
        };
        kinds.push(kind);
        if kinds.len() == MAX_TOKENS {
            break;
        }
    }
    let runs: Vec<u64> = kinds.windows(RUN).map(|run| hash(&run)).collect();
    runs.windows(WINDOW)
        .filter_map(|window| window.iter().min())
        .copied()
        .collect()
}

fn hash(value: &impl Hash) -> u64 {
    // The same in every run: no random keys.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "as" | "async"
            | "await"
            | "break"
            | "const"
            | "continue"
            | "dyn"
            | "else"
            | "enum"
            | "false"
            | "fn"
            | "for"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "pub"
            | "ref"
            | "return"
            | "self"
            | "Self"
            | "static"
            | "struct"
            | "trait"
            | "true"
            | "type"
            | "unsafe"
            | "use"
            | "where"
            | "while"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "fn total(numbers: Vec<i64>) -> i64 {
        let (sender, receiver) = std::sync::mpsc::channel();
        let parts: Vec<_> = numbers.chunks(3).map(|part| part.to_vec()).collect();
        for part in parts { let sender = sender.clone();
            std::thread::spawn(move || { sender.send(part.iter().sum::<i64>()).unwrap(); }); }
        drop(sender);
        receiver.iter().sum()
    }";

    fn share(first: &str, second: &str) -> Option<f64> {
        let answer = |id: &str, text: &str| (id.to_owned(), text.to_owned(), marks(text));
        let texts = TaskTexts {
            stub: HashSet::new(),
            answers: vec![answer("a", first), answer("b", second)],
        };
        texts.pairs().first().map(|pair| pair.2)
    }

    #[test]
    fn renaming_and_comments_change_nothing() {
        let renamed = ANSWER
            .replace("sender", "tx")
            .replace("part", "p")
            .replace("drop", "/* done */ drop");
        assert_eq!(share(ANSWER, &renamed), Some(1.0));
    }

    #[test]
    fn another_way_is_not_similar() {
        let other = "fn total(numbers: Vec<i64>) -> i64 {
            let sum = std::sync::Mutex::new(0);
            std::thread::scope(|scope| { for number in &numbers { let sum = &sum;
                scope.spawn(move || *sum.lock().unwrap() += number); } });
            sum.into_inner().unwrap()
        }";
        assert_eq!(share(ANSWER, other), None);
    }

    #[test]
    fn short_answers_say_nothing() {
        assert_eq!(share("fn f() -> i64 { 1 }", "fn f() -> i64 { 2 }"), None);
    }

    #[test]
    fn strange_text_is_only_text() {
        for strange in ["\"", "/*", "'", "r#\"", "\u{0}\u{1b}", "b'\\", "0x", "«»🦀"] {
            marks(&strange.repeat(500));
        }
    }
}
