//! The paths an answer names, by whichever way it names them.
//!
//! `std::process` can be written in groups, under other names, by a star, through a module or a crate with another name,
//! or be put together by a macro. What matters of a path is only how much of what is forbidden it has named when it ends:
//! that is a [`Stage`], and names stand for sets of them. Modules are not told apart: a name that stands for something in
//! one of them is taken to do so everywhere. Where that is more than the compiler would see, the answer has an import
//! that nobody needs.

use super::forbidden::{Pasted, is_name};
use super::tokens::Token;
use std::collections::{BTreeMap, BTreeSet};

/// So much of a forbidden path was named: which path, and how many of its words.
type Stage = (usize, usize);

/// What has the same things in it as `std`; in the task library it is what stands for std.
const LIKE_STD: [&str; 4] = ["core", "alloc", "weft_task", "recorded"];

/// Of a path only the last words matter: none of std's is longer.
const WORDS: usize = 16;

/// Imports that name each other are followed so often, in both directions. Who needs more hides something.
const ROUNDS: usize = 32;

/// An import.
struct Import<'a> {
    path: Vec<&'a str>,
    /// The name it has from then on; none where a star stands for all names.
    name: Option<&'a str>,
    line: u32,
}

/// The forbidden paths of a task, and what an answer's names stand for.
pub(super) struct Paths<'a> {
    forbidden: Vec<Vec<&'a str>>,
    names: BTreeMap<&'a str, BTreeSet<Stage>>,
    /// The first import of the answer that names a whole one.
    imported: Option<(usize, u32)>,
}

impl<'a> Paths<'a> {
    /// What names stand for in an answer behind a prelude.
    pub(super) fn new(
        patterns: &[Vec<&'a str>],
        prelude: &[Token<'a>],
        answer: &[Token<'a>],
    ) -> Self {
        let mut paths = Self {
            forbidden: patterns.iter().filter_map(|one| path(one)).collect(),
            names: BTreeMap::new(),
            imported: None,
        };
        if paths.forbidden.is_empty() {
            return paths;
        }
        let given = imports(prelude);
        let own = imports(answer);
        let all: Vec<&Import<'a>> = given.iter().chain(&own).collect();
        let in_order = all.iter().copied().enumerate();
        let mut settled = false;
        for _ in 0..ROUNDS {
            let mut more = false;
            for (place, import) in in_order.clone().chain(in_order.clone().rev()) {
                more |= paths.learn(import, place < given.len());
            }
            settled = !more;
            if settled {
                break;
            }
        }
        paths.imported = own.iter().find_map(|import| {
            let whole = paths.whole(&paths.named(&import.path));
            let hidden = (!settled).then_some(0);
            Some((whole.or(hidden)?, import.line))
        });
        paths
    }

    /// The first place where a whole one is named, in words, and its line.
    pub(super) fn first(&self, found: &[Token<'a>], pasted: &Pasted) -> Option<(String, u32)> {
        let told = |(which, line): (usize, u32)| (self.forbidden[which].join("::"), line);
        if self.forbidden.is_empty() {
            return None;
        }
        let in_macros: BTreeSet<&str> = (0..found.len())
            .filter(|place| pasted.at(*place).is_some())
            .map(|place| found[place].text)
            .collect();
        let mut place = 0;
        let mut written = None;
        while place < found.len() && written.is_none() {
            let (words, next) = path_at(found, place);
            let is_member = words.len() == 1 && member(&found[..place]);
            let stages = if is_member {
                BTreeSet::new()
            } else {
                self.named(&words)
            };
            // A macro may put its end behind its beginning.
            let put_together = || {
                let begun = stages.iter().find(|(which, named)| {
                    let mut missing = self.forbidden[*which][*named..].iter();
                    missing.all(|word| in_macros.contains(word))
                });
                begun
                    .filter(|_| pasted.at(place).is_some())
                    .map(|(which, _)| *which)
            };
            let line = found[place].line;
            written = self
                .whole(&stages)
                .or_else(put_together)
                .map(|which| (which, line));
            place = next;
        }
        let first = [self.imported, written].into_iter().flatten();
        first.min_by_key(|(_, line)| *line).map(told)
    }

    /// What an import says; whether that is new. What the prelude gives by name is given.
    fn learn(&mut self, import: &Import<'a>, given: bool) -> bool {
        let stages = self.named(&import.path);
        match import.name {
            Some(_) if given && self.whole(&stages).is_some() => false,
            Some(name) => self.add(name, stages),
            None => stages.into_iter().fold(false, |more, (which, named)| {
                let Some(next) = self.forbidden[which].get(named).copied() else {
                    return more;
                };
                self.add(next, [(which, named + 1)]) | more
            }),
        }
    }

    fn add(&mut self, name: &'a str, stages: impl IntoIterator<Item = Stage>) -> bool {
        let mut stages = stages.into_iter().peekable();
        if stages.peek().is_none() {
            return false;
        }
        let known = self.names.entry(name).or_default();
        stages.fold(false, |more, stage| known.insert(stage) | more)
    }

    /// How much is named where a path ends.
    fn named(&self, path: &[&str]) -> BTreeSet<Stage> {
        let mut stages = BTreeSet::new();
        for (place, word) in path.iter().enumerate() {
            let is = |wanted: &str| *word == wanted || wanted == "std" && LIKE_STD.contains(word);
            let mut next: BTreeSet<Stage> = stages
                .into_iter()
                .filter(|&(which, named): &Stage| {
                    let wanted = self.forbidden[which].get(named);
                    wanted.is_some_and(|wanted| is(wanted))
                })
                .map(|(which, named)| (which, named + 1))
                .collect();
            let begun = (0..self.forbidden.len()).filter(|which| is(self.forbidden[*which][0]));
            next.extend(begun.map(|which| (which, 1)));
            next.extend(self.names.get(word).into_iter().flatten());
            stages = next;
            // What comes behind is inside of it.
            if place + 1 < path.len() && self.whole(&stages).is_some() {
                return stages;
            }
        }
        stages
    }

    /// One that is named whole.
    fn whole(&self, stages: &BTreeSet<Stage>) -> Option<usize> {
        let whole = |(which, named): &&Stage| self.forbidden[*which].len() == *named;
        stages.iter().find(whole).map(|(which, _)| *which)
    }
}

/// The words of a pattern that is a path of two words or more.
fn path<'a>(pattern: &[&'a str]) -> Option<Vec<&'a str>> {
    let is_path = pattern.iter().all(|word| *word == ":" || is_name(word));
    let words: Vec<&str> = pattern.iter().copied().filter(|one| *one != ":").collect();
    (is_path && words.len() > 1).then_some(words)
}

/// What says where a path begins, and is none of its words.
fn is_root(word: &str) -> bool {
    matches!(word, "crate" | "self" | "super" | "Self")
}

/// The last words of the path that begins there, and what comes behind it.
fn path_at<'a>(found: &[Token<'a>], place: usize) -> (Vec<&'a str>, usize) {
    let mut words = Vec::new();
    let mut at = place;
    while let Some(token) = found.get(at).filter(|token| is_name(token.text)) {
        if !is_root(token.text) {
            words.push(token.text);
        }
        at += 1;
        let goes_on = found[at..].len() > 2
            && found[at].text == ":"
            && found[at + 1].text == ":"
            && is_name(found[at + 2].text);
        if !goes_on {
            break;
        }
        at += 2;
    }
    (last(&words), at.max(place + 1))
}

fn last<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words[words.len().saturating_sub(WORDS)..].to_vec()
}

/// Whether what comes next is a field or a method: behind one dot.
fn member(before: &[Token<'_>]) -> bool {
    match before {
        [.., two, one] => one.text == "." && two.text != ".",
        _ => false,
    }
}

/// All imports of a text, each group as its single ones.
fn imports<'a>(found: &[Token<'a>]) -> Vec<Import<'a>> {
    let mut all = Vec::new();
    for (place, token) in found.iter().enumerate() {
        match token.text {
            "use" => tree(&found[place + 1..], &mut all),
            "crate" if place > 0 && found[place - 1].text == "extern" => {
                tree(&found[place + 1..], &mut all);
            }
            _ => {}
        }
    }
    all
}

/// What stands between `use` and `;`. Groups are followed without calling oneself: an answer may nest thousands.
fn tree<'a>(rest: &[Token<'a>], all: &mut Vec<Import<'a>>) {
    let mut path: Vec<&'a str> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // Whether the path has an end that nobody has noted.
    let mut pending = false;
    let mut renamed: Option<&'a str> = None;
    let mut tokens = rest.iter();
    while let Some(token) = tokens.next() {
        let mut note = |path: &[&'a str], name: Option<&'a str>| {
            all.push(Import {
                path: last(path),
                name,
                line: token.line,
            });
        };
        match token.text {
            ":" => {}
            "{" => {
                pending = false;
                open.push(path.len());
            }
            "*" => {
                note(&path, None);
                pending = false;
            }
            "as" => renamed = tokens.next().map(|token| token.text),
            "self" => pending = true,
            word if is_root(word) => {}
            word if is_name(word) => {
                path.push(word);
                pending = true;
            }
            sign => {
                if pending {
                    note(&path, renamed.or(path.last().copied()).or(Some("_")));
                }
                (pending, renamed) = (false, None);
                match sign {
                    "," => path.truncate(open.last().copied().unwrap_or(0)),
                    "}" => path.truncate(open.pop().unwrap_or(0)),
                    // `;`, and whatever no import has in it.
                    _ => return,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::build::forbidden::forbidden;

    fn found(answer: &str, prelude: &str, path: &str) -> Option<u32> {
        let found = forbidden(answer, prelude, &[path.to_owned()]);
        found.map(|(what, line)| {
            assert_eq!(what, path, "{answer}");
            line
        })
    }

    #[test]
    fn a_path_is_found_by_whichever_way_it_is_named() {
        for answer in [
            "use std::process::Command;",
            "use ::std::{process::Command};",
            "use std::{sync::Arc, process};",
            "use std::{sync::{Arc, Mutex}, process::{self as p, Command}};",
            "use {std::{process}};",
            "use std as s; fn f() { s::process::exit(0) }",
            "use std::{self as s}; fn f() { s::process::exit(0) }",
            "use std::*; fn f() { process::exit(0) }",
            "use std::{*}; use process as p;",
            "extern crate std as s; fn f() { s::process::exit(0) }",
            "extern crate std as s; use s as t; use self::t as u; fn f() { u::process::exit(0) }",
            "use self::t as u; use s as t; use std as s; fn f() { crate::u::process::exit(0) }",
            "mod x { pub use std::*; } fn f() { x::process::exit(0) }",
            "mod x { pub mod y { pub use std as s; } } fn f() { self::x::y::s::process::exit(0) }",
            "fn f() { std :: /* x */ r#process :: exit(0) }",
            "fn f() { weft_task::recorded::process::exit(0) }",
            "fn f() { ::weft_task::recorded::process::exit(0) }",
            "use weft_task as w; fn f() { w::recorded::process::exit(0) }",
            "use weft_task::*; fn f() { recorded::process::exit(0) }",
            "use weft_task::recorded::*; fn f() { process::exit(0) }",
            "macro_rules! m { ($a:ident) => { std::$a::Command } } type C = m!(process);",
            "macro_rules! m { ($a:ident) => { $a::process::Command } } type C = m!(std);",
            "macro_rules! m { ($($a:ident)*) => { $($a)::* } } type C = m!(std process Command);",
            "macro_rules! m { ($a:ident $($b:tt)*) => { $a $($b)* } } type C = m!(std; ::process::Command);",
            "macro_rules! m { ($a:ident) => { use std::$a as p; } } m!(process);",
            "use std as s; macro_rules! m { ($a:ident) => { s::$a::Command } } type C = m!(process);",
        ] {
            assert_eq!(found(answer, "", "std::process"), Some(1), "{answer}");
        }
        for (answer, path) in [
            (
                "use std::thread; fn f() { thread::sleep(x) }",
                "std::thread::sleep",
            ),
            (
                "use std::thread as t; fn f() { t::sleep(x) }",
                "thread::sleep",
            ),
            ("use std::thread::*; fn f() { sleep(x) }", "thread::sleep"),
            (
                "use std::thread::*; fn f() { 0..sleep(x) }",
                "thread::sleep",
            ),
            ("use std::thread::{sleep as rest};", "thread::sleep"),
            ("fn f() { core::mem::forget(x) }", "std::mem::forget"),
            (
                "fn f() { weft_task::thread::sleep(x) }",
                "std::thread::sleep",
            ),
        ] {
            assert_eq!(found(answer, "", path), Some(1), "{answer}");
        }
        let given = "use std::{thread, process as p};";
        assert_eq!(
            found(
                "fn f() {}\nfn g() { thread::sleep(x) }",
                given,
                "std::thread::sleep"
            ),
            Some(2)
        );
        assert_eq!(found("fn g() { p::exit(0) }", given, "std::process"), None);
    }

    #[test]
    fn what_only_looks_like_it_is_none() {
        for answer in [
            "use std::{sync::Arc, thread}; fn process() {} fn f() { process() }",
            "mod own { pub mod process {} } use own::process; fn f() { process::exit() }",
            "use std::sync::*; fn f(process: u8) -> u8 { process }",
            "use std as s; fn f(x: s::sync::Arc<X>) { x.process() }",
            "use std::*; fn f(x: X) { x.process() }",
            "fn f() -> impl Sized + use<> { std::mem::drop(process) }",
            "macro_rules! twice { ($a:expr) => { std::thread::spawn(|| ($a, $a)) } } fn f() { twice!(process(1)); }",
            "use std::fmt::{self, Display}; // std::process",
        ] {
            assert_eq!(found(answer, "", "std::process"), None, "{answer}");
        }
    }

    #[test]
    fn imports_without_end_are_read_to_their_end() {
        let deep = format!(
            "use {}std::process{};",
            "a::{".repeat(10_000),
            "}".repeat(10_000)
        );
        assert_eq!(found(&deep, "", "std::process"), Some(1));
        let wide: String = (0..3_000)
            .map(|n| format!("use s{n} as s{};", n + 1))
            .collect();
        let wide = format!("{wide}use std as s0; fn f() {{ s3000::process::exit(0) }}");
        assert_eq!(found(&wide, "", "std::process"), Some(1));
        // Who hides it in such an order is refused without being understood.
        let order = |n: usize| n * 1_237 % 3_000;
        let mixed: String = (0..3_000)
            .map(|n| format!("use s{} as s{};", order(n), order(n) + 1))
            .collect();
        let mixed = format!("{mixed}use std as s0; fn f() {{ s3000::process::exit(0) }}");
        assert_eq!(found(&mixed, "", "std::process"), Some(1));
    }
}
