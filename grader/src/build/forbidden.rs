//! What may not stand in an answer.
//!
//! A word is found where it stands. A path, such as `std::process`, is found by whichever way it is named
//! (`paths`). And whatever a task says, no answer reads files that lie beside it while it is compiled.

use super::paths::Paths;
use super::tokens::{Token, tokens};

/// A sign that rustc takes for `K` in a name: the only one that stands for a letter of ASCII.
const KELVIN: char = '\u{212a}';

/// Names of macros that read files, and words that have no other use.
const READS_FILES: [&str; 2] = ["include_str", "include_bytes"];

const KERNEL_COMMANDS: [&str; 3] = ["dep", "load", "load_config"];

/// The first forbidden thing in the answer, and its line. What the task's prelude imports has its names in the answer.
pub fn forbidden(answer: &str, prelude: &str, forbidden: &[String]) -> Option<(String, u32)> {
    let answer = answer.replace(KELVIN, "K");
    let found = tokens(&answer);
    let patterns: Vec<Vec<&str>> = forbidden
        .iter()
        .map(|pattern| tokens(pattern).iter().map(|token| token.text).collect())
        .filter(|pattern: &Vec<&str>| !pattern.is_empty())
        .collect();
    let pasted = Pasted::of(&found);
    let stands = (0..found.len()).find_map(|place| {
        let rest = &found[place..];
        let what = command(rest)
            .or_else(|| reads_files(&found, place, &pasted))
            .or_else(|| {
                let pattern = patterns.iter().find(|pattern| begins(rest, pattern))?;
                Some(pattern.concat())
            })?;
        Some((what, found[place].line))
    });
    let before = tokens(prelude);
    let named = Paths::new(&patterns, &before, &found).first(&found, &pasted);
    [stands, named]
        .into_iter()
        .flatten()
        .min_by_key(|(_, line)| *line)
}

fn begins(rest: &[Token<'_>], pattern: &[&str]) -> bool {
    rest.len() >= pattern.len()
        && rest
            .iter()
            .zip(pattern)
            .all(|(token, word)| token.text == *word)
}

/// A line for the notebook's kernel that would bring in other people's code.
fn command(rest: &[Token<'_>]) -> Option<String> {
    let [colon, word, ..] = rest else { return None };
    let is_command = colon.text == ":"
        && colon.first
        && word.line == colon.line
        && KERNEL_COMMANDS.contains(&word.text);
    is_command.then(|| format!(":{}", word.text))
}

/// What would read a file beside the answer: a macro, an attribute, or a module without a body.
fn reads_files(found: &[Token<'_>], place: usize, pasted: &Pasted) -> Option<String> {
    let rest = &found[place..];
    let text = |at: usize| rest.get(at).map_or("", |token| token.text);
    match text(0) {
        word if READS_FILES.contains(&word) => Some(format!("{word}!")),
        "include" if text(1) == "!" || pasted.at(place).is_some() => Some("include!".to_owned()),
        "#" => attribute(rest),
        "mod" => {
            let name = if text(1) == "$" { 2 } else { 1 };
            let has_body = is_name(text(name)) && text(name + 1) == "{";
            // An argument of a macro can be put together with other words than it stands beside.
            let argument = pasted.at(place) == Some(Paste::Argument);
            (!has_body || argument).then(|| format!("mod {};", text(name)))
        }
        _ => None,
    }
}

/// An attribute that is longer than this is not looked through: it would be that of a module, which is seen by itself.
const ATTRIBUTE: usize = 64;

/// `path = ...` within an attribute, also where a `cfg_attr` gives it.
fn attribute(rest: &[Token<'_>]) -> Option<String> {
    let open = rest.iter().take(3).position(|token| token.text == "[")?;
    let mut depth = 0usize;
    for pair in rest[open..].windows(2).take(ATTRIBUTE) {
        match pair[0].text {
            "[" => depth += 1,
            "]" => depth -= 1,
            "path" if pair[1].text == "=" => return Some("[path".to_owned()),
            _ => {}
        }
        if depth == 0 {
            return None;
        }
    }
    None
}

/// Whether this token is a name or a keyword.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Where a token is that a macro could put beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paste {
    /// In a macro of the answer's own.
    Body,
    /// Where a macro is used.
    Argument,
}

/// Which tokens macros could put beside others. Without a macro of the answer's own, none: std's leave words in the order
/// in which they stand.
pub(super) struct Pasted(Vec<Option<Paste>>);

impl Pasted {
    fn of(found: &[Token<'_>]) -> Self {
        let mut pasted = vec![None; found.len()];
        if !found.iter().any(|token| token.text == "macro_rules") {
            return Self(pasted);
        }
        // What is open: how deep, and what it is.
        let mut open: Vec<Option<Paste>> = Vec::new();
        for (place, token) in found.iter().enumerate() {
            let inside = open.last().copied().flatten();
            pasted[place] = inside;
            match token.text {
                "(" | "[" | "{" => {
                    let before = |back: usize| {
                        let at = place.checked_sub(back)?;
                        Some(found[at].text)
                    };
                    let used = before(1) == Some("!") && before(2).is_some_and(is_name);
                    let made = before(2) == Some("!") && before(3) == Some("macro_rules");
                    open.push(match (made, used) {
                        (true, _) => Some(Paste::Body),
                        (_, true) => Some(Paste::Argument),
                        _ => inside,
                    });
                }
                ")" | "]" | "}" => {
                    open.pop();
                }
                _ => {}
            }
        }
        Self(pasted)
    }

    /// What the token there is.
    pub(super) fn at(&self, place: usize) -> Option<Paste> {
        self.0.get(place).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn what_is_forbidden_is_found_with_its_line() {
        let words = words(&["thread::sleep", "static", "Kitchen"]);
        let found = |text: &str| forbidden(text, "", &words);
        for (text, what, line) in [
            ("fn f() {}\n std::thread :: sleep(x)", "thread::sleep", 2),
            ("&'static str", "static", 1),
            (":dep rand = \"1\"", ":dep", 1),
            ("fn f() { \u{212a}itchen() }", "Kitchen", 1),
        ] {
            assert_eq!(found(text), Some((what.to_owned(), line)), "{text}");
        }
        assert_eq!(found("fn a() { asleep() } // static"), None);
        assert_eq!(found("use a\n::b;"), None);
    }

    #[test]
    fn nothing_reads_files_beside_the_answer() {
        for (text, what) in [
            ("r#include_str!(\"x\")", "include_str!"),
            ("#[path = \"x\"] mod y;", "[path"),
            ("#![path = \"x\"]", "[path"),
            ("#[cfg_attr(all(), path = \"t0_probe.rs\")] mod y;", "[path"),
            (
                "#[cfg_attr(all(), doc[x], path = \"x\")] mod y { }",
                "[path",
            ),
            ("mod y;", "mod y;"),
            (
                "macro_rules! m { ($a:meta) => { #[$a] mod y; } } m!(path = \"x\");",
                "mod y;",
            ),
            (
                "macro_rules! m { ($m:tt $n:tt $b:tt $o:tt $e:tt) => { $m $o $e } } m!(mod n {} y ;);",
                "mod n;",
            ),
            (
                "macro_rules! m { ($a:ident $b:literal) => { $a!($b) } } const X: &str = m!(include_str \"x\");",
                "include_str!",
            ),
            (
                "macro_rules! m { ($a:ident $b:literal) => { $a!($b); } } m!(include \"x\");",
                "include!",
            ),
        ] {
            assert_eq!(
                forbidden(text, "", &[]),
                Some((what.to_owned(), 1)),
                "{text}"
            );
        }
        for text in [
            "mod y { fn f() {} }",
            "macro_rules! m { ($a:ident) => { mod $a { } } } m!(y);",
            "#[derive(Debug)] struct S { path: u8 } fn f() { let path = [1]; include(path) }",
        ] {
            assert_eq!(forbidden(text, "", &[]), None, "{text}");
        }
    }
}
