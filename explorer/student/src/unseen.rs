//! What stays unseen in a program: what its outputs may depend on, and no operation announces.
//!
//! - how many `Arc`s and `Weak`s there are, where it is asked, and who drops the last one, where that is an operation or
//!   a print of the program's own;
//! - the order in which a `HashMap` goes through what it has;
//! - atomics reached through `core`, past the model;
//! - `unsafe`, where it touches anything but a `static mut` that was made visible.
//!
//! It is read word by word, so that what stands in a macro counts like everything else. What cannot be told apart is
//! named: a remark too many costs a proof, a missing one makes a proof of what is none.
use crate::NotModelled;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Names that ask how many there are, whoever has them.
const COUNTS: &[&str] = &[
    "strong_count",
    "weak_count",
    "try_unwrap",
    "unwrap_or_clone",
    "make_mut",
];
/// Names that do so only where they are `Arc`'s: others have them too.
const COUNTS_OF_ARC: &[&str] = &["get_mut", "into_inner", "is_unique"];
/// What goes through its elements in an order that is drawn.
const DRAWN: &[&str] = &["HashMap", "HashSet", "RandomState"];
/// Words that reach memory past a `static mut` of that name.
const RAW: &[&str] = &[
    "ptr",
    "transmute",
    "transmute_copy",
    "from_raw",
    "from_raw_parts",
    "from_raw_parts_mut",
    "from_raw_in",
    "get_unchecked",
    "get_unchecked_mut",
    "unwrap_unchecked",
    "as_ref",
    "as_mut",
    "as_ptr",
    "as_mut_ptr",
    "assume_init",
    "read_volatile",
    "write_volatile",
    "zeroed",
    "UnsafeCell",
    "SyncUnsafeCell",
    "asm",
    "raw",
    "increment_strong_count",
    "decrement_strong_count",
];
/// Words that do not begin an operand: a star behind one of them looks behind a pointer.
const KEYWORDS: &[&str] = &[
    "return", "in", "if", "match", "while", "mut", "break", "move", "else", "let", "ref", "as",
    "yield", "unsafe",
];

/// A name, a sign, one half of a pair of brackets, or something written out.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    line: u32,
}

/// What stays unseen in a text in which these `static mut` are announced.
pub fn remarks(text: &str, announced: &BTreeSet<String>) -> Vec<NotModelled> {
    let mut words = Vec::new();
    match text.parse::<TokenStream>() {
        Ok(tokens) => flatten(tokens, &mut words),
        Err(_) => words = split(text),
    }
    find(&words, announced)
}

/// The same for a text that is too deep for any parser.
pub fn remarks_of_unread(text: &str) -> Vec<NotModelled> {
    let words = split(text);
    let mut found = find(&words, &BTreeSet::new());
    let declared = words
        .windows(3)
        .filter(|three| three[0].text == "static" && three[1].text == "mut");
    found.extend(declared.map(|three| NotModelled {
        what: format!("static mut {}", three[2].text),
        line: three[0].line,
    }));
    found
}

fn find(words: &[Word], announced: &BTreeSet<String>) -> Vec<NotModelled> {
    let text = Text::new(words);
    let mut found = Vec::new();
    text.counts(&mut found);
    text.drawn(&mut found);
    text.past_the_facade(&mut found);
    text.dropped_by_the_last(&mut found);
    text.unsafe_code(announced, &mut found);
    found
}

fn flatten(tokens: TokenStream, words: &mut Vec<Word>) {
    let word = |text: String, span: proc_macro2::Span| Word {
        text,
        line: u32::try_from(span.start().line).unwrap_or(0),
    };
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                words.push(word(open.to_owned(), group.span_open()));
                flatten(group.stream(), words);
                words.push(word(close.to_owned(), group.span_close()));
            }
            TokenTree::Ident(name) => {
                let text = name.to_string();
                let text = text.strip_prefix("r#").map(str::to_owned).unwrap_or(text);
                words.push(word(text, name.span()));
            }
            TokenTree::Punct(sign) => words.push(word(sign.as_char().to_string(), sign.span())),
            // What is written out names nothing, and is an operand.
            TokenTree::Literal(literal) => words.push(word("0".to_owned(), literal.span())),
        }
    }
}

/// Words of a text that is no program, or too deep for one.
fn split(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
            let length = match rest.find(|letter| !is_name(letter)) {
                Some(0) => first.len_utf8(),
                Some(length) => length,
                None => rest.len(),
            };
            if !first.is_whitespace() {
                words.push(Word {
                    text: rest[..length].to_owned(),
                    line: number,
                });
            }
            rest = &rest[length..];
        }
    }
    words
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The words, and what they call an `Arc`.
struct Text<'a> {
    words: &'a [Word],
    arcs: BTreeSet<&'a str>,
}

impl<'a> Text<'a> {
    fn new(words: &'a [Word]) -> Self {
        let mut text = Self {
            words,
            arcs: BTreeSet::new(),
        };
        if text.has("Arc") {
            text.arcs.extend(["Arc", "Weak"]);
        }
        for at in 0..words.len() {
            if text.is(at, "Arc") && text.is(at + 1, "as") {
                text.arcs.extend(text.word(at + 2));
            }
            if text.is(at, "type") && text.word(at + 1).is_some_and(is_name) {
                let end = text.after(at, &[";"]);
                if text.mentions(at..end, &["Arc"]) {
                    text.arcs.extend(text.word(at + 1));
                }
            }
        }
        text
    }

    fn word(&self, at: usize) -> Option<&'a str> {
        self.words.get(at).map(|word| word.text.as_str())
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.word(at) == Some(text)
    }

    fn is_path(&self, at: usize) -> bool {
        self.is(at, ":") && self.is(at + 1, ":")
    }

    fn has(&self, text: &str) -> bool {
        self.words.iter().any(|word| word.text == text)
    }

    fn names(&self, range: Range<usize>) -> impl Iterator<Item = &'a str> {
        let words = self.words.get(range).unwrap_or_default();
        let names = words.iter().map(|word| word.text.as_str());
        names.filter(|text| is_name(text))
    }

    fn mentions(&self, range: Range<usize>, names: &[&str]) -> bool {
        self.names(range).any(|name| names.contains(&name))
    }

    /// The first of these at or behind a place, outside of brackets that open there; the end of what is around it, if
    /// that comes first.
    fn after(&self, from: usize, ends: &[&str]) -> usize {
        let mut depth = 0usize;
        for at in from..self.words.len() {
            let text = self.words[at].text.as_str();
            if depth == 0 && ends.contains(&text) {
                return at;
            }
            match text {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" if depth == 0 => return at,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
        }
        self.words.len()
    }

    /// Behind the bracket that closes the one here.
    fn closed(&self, open: usize) -> usize {
        (self.after(open + 1, &[]) + 1).min(self.words.len())
    }

    /// Behind `<...>`, which begins here.
    fn generic(&self, open: usize) -> usize {
        let mut depth = 0usize;
        for at in open..self.words.len() {
            match self.words[at].text.as_str() {
                "<" => depth += 1,
                ">" if at > 0 && self.is(at - 1, "-") => {}
                ">" if depth == 1 => return at + 1,
                ">" => depth -= 1,
                ";" | "{" => return at,
                _ => {}
            }
        }
        self.words.len()
    }

    fn remark(&self, found: &mut Vec<NotModelled>, at: usize, what: String) {
        // Once will do: the first line.
        if found.iter().all(|one| one.what != what) {
            let line = self.words.get(at).map_or(0, |word| word.line);
            found.push(NotModelled { what, line });
        }
    }

    /// The type whose function is called here by its path: the words before `::`.
    fn owner(&self, at: usize) -> &'a [Word] {
        if at < 3 || !self.is_path(at - 2) {
            return &[];
        }
        let end = at - 2;
        let mut begin = end - 1;
        if self.is(begin, ">") {
            let mut depth = 0usize;
            while begin > 0 {
                match self.words[begin].text.as_str() {
                    ">" => depth += 1,
                    "<" if depth == 1 => break,
                    "<" => depth -= 1,
                    _ => {}
                }
                begin -= 1;
            }
            // `Arc::<T>::get_mut`
            if begin >= 3 && self.is_path(begin - 2) {
                begin -= 3;
            }
        }
        &self.words[begin..end]
    }

    fn counts(&self, found: &mut Vec<NotModelled>) {
        if self.arcs.is_empty() {
            return;
        }
        let weak = self.has("Weak") || self.has("downgrade") || self.has("new_cyclic");
        for (at, word) in self.words.iter().enumerate() {
            let name = word.text.as_str();
            let own = |names: &[&str]| {
                let owner = self.owner(at).iter();
                owner
                    .map(|word| word.text.as_str())
                    .any(|text| names.contains(&text))
            };
            let of_arc = || {
                let owner = self.owner(at).iter();
                owner
                    .map(|word| word.text.as_str())
                    .any(|text| self.arcs.contains(text))
            };
            let counts = COUNTS.contains(&name) && !own(&["Rc"])
                || name == "upgrade" && weak
                || COUNTS_OF_ARC.contains(&name) && of_arc();
            if counts {
                self.remark(found, at, format!("Arc::{name}"));
            }
        }
    }

    fn drawn(&self, found: &mut Vec<NotModelled>) {
        let mut import = 0..0;
        for (at, word) in self.words.iter().enumerate() {
            if word.text == "use" {
                import = at..self.after(at, &[";"]);
            }
            let imported = import.contains(&at) && !self.is(at + 1, "as");
            if DRAWN.contains(&word.text.as_str()) && !imported {
                self.remark(found, at, word.text.clone());
            }
        }
    }

    fn past_the_facade(&self, found: &mut Vec<NotModelled>) {
        for at in 0..self.words.len() {
            if self.is(at, "include") && self.is(at + 1, "!") {
                self.remark(found, at, "include!".to_owned());
            }
            if !self.is(at, "core") {
                continue;
            }
            if self.is(at + 1, "as") {
                self.remark(found, at, "core".to_owned());
            } else if self.is_path(at + 1) {
                let inside = match self.word(at + 3) {
                    Some("{") => at + 3..self.closed(at + 3),
                    _ => at + 3..at + 4,
                };
                let all = self.words[inside.start.min(self.words.len())..]
                    .iter()
                    .take(inside.len());
                let glob = all.clone().any(|word| ["*", "self"].contains(&&*word.text));
                if self.mentions(inside, &["sync"]) {
                    self.remark(found, at, "core::sync".to_owned());
                } else if glob {
                    self.remark(found, at, "core".to_owned());
                }
            }
        }
    }

    /// A destructor of the program's own, in what is shared: who comes last runs it.
    fn dropped_by_the_last(&self, found: &mut Vec<NotModelled>) {
        if self.arcs.is_empty() {
            return;
        }
        let mut first = None;
        let mut dropped = BTreeSet::new();
        for at in 0..self.words.len() {
            if self.is(at, "Drop") && self.is(at + 1, "for") {
                let end = self.after(at, &["{", "where", "<"]);
                dropped.extend(self.names(at + 2..end).last());
                first.get_or_insert(at);
            }
        }
        let Some(first) = first else {
            return;
        };
        let made_of = self.made_of();
        let types: BTreeSet<&str> = (1..self.words.len())
            .filter(|&at| {
                let before = self.words[at - 1].text.as_str();
                ["struct", "enum", "union", "type"].contains(&before)
            })
            .map(|at| self.words[at].text.as_str())
            .collect();
        loop {
            let before = dropped.len();
            for (name, parts) in &made_of {
                if parts.iter().any(|part| dropped.contains(part)) {
                    dropped.insert(name);
                }
            }
            if dropped.len() == before {
                break;
            }
        }
        let may_be = |at: usize| {
            let name = self.words[at].text.as_str();
            let upper = name.starts_with(|one: char| one.is_uppercase());
            let parameter = upper && name.len() == 1 && !types.contains(name);
            // A variable about which nothing stands here.
            let variable = !upper
                && self.is_variable(at)
                && !made_of.contains_key(name)
                && !KEYWORDS.contains(&name);
            parameter
                || variable
                || dropped.contains(name)
                || ["dyn", "impl", "Self"].contains(&name)
        };
        let shared = (0..self.words.len())
            .filter(|&at| self.arcs.contains(self.words[at].text.as_str()))
            .filter_map(|at| self.shared(at))
            .any(|mut inside| inside.any(|at| is_name(&self.words[at].text) && may_be(at)));
        if shared {
            self.remark(found, first, "Drop".to_owned());
        }
    }

    /// A name that is no function's, type's, macro's or field's.
    fn is_variable(&self, at: usize) -> bool {
        let after = self.word(at + 1).unwrap_or_default();
        let part = at > 0 && matches!(self.words[at - 1].text.as_str(), "." | ":" | "<");
        !part && !matches!(after, "(" | ":" | "!" | "<" | ">")
    }

    /// What is in an `Arc` that is named here, as type or where it is made.
    fn shared(&self, arc: usize) -> Option<Range<usize>> {
        let mut at = arc + 1;
        if self.is(at, "<") {
            return Some(at..self.generic(at));
        }
        if self.is_path(at) && self.is(at + 2, "<") {
            at = self.generic(at + 2);
        }
        let made = ["new", "from", "new_cyclic", "pin"];
        let makes = self.is_path(at) && self.word(at + 2).is_some_and(|name| made.contains(&name));
        (makes && self.is(at + 3, "(")).then(|| at + 3..self.closed(at + 3))
    }

    /// What each name may be made of: fields, what a function returns, what a variable is given.
    fn made_of(&self) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
        let mut made_of: BTreeMap<&'a str, BTreeSet<&'a str>> = BTreeMap::new();
        let mut add = |names: Range<usize>, parts: Range<usize>| {
            for name in self.names(names) {
                made_of
                    .entry(name)
                    .or_default()
                    .extend(self.names(parts.clone()));
            }
        };
        for (at, word) in self.words.iter().enumerate() {
            match word.text.as_str() {
                "struct" | "enum" | "union" => {
                    let end = self.after(at, &[";", "{"]);
                    let end = if self.is(end, "{") {
                        self.closed(end)
                    } else {
                        end
                    };
                    add(at + 1..at + 2, at + 2..end);
                }
                "type" | "static" | "const" => add(at + 1..at + 2, at + 2..self.after(at, &[";"])),
                "fn" => {
                    let end = self.after(at, &[";", "{"]);
                    let returns = (at..end)
                        .find(|&one| self.is(one, "-") && self.is(one + 1, ">"))
                        .unwrap_or(end);
                    add(at + 1..at + 2, returns..end);
                }
                // A variable, a field or a parameter with its type.
                ":" if at > 0 && !self.is_path(at) && !self.is_path(at - 1) => {
                    add(at - 1..at, at + 1..self.after(at, &[",", ";", "=", "{"]));
                }
                "let" => {
                    let middle = self.after(at, &["=", ";"]);
                    add(at + 1..middle, middle..self.after(middle, &[";", "{"]));
                }
                "for" => {
                    let middle = self.after(at, &["in", "{"]);
                    add(at + 1..middle, middle..self.after(middle, &["{"]));
                }
                _ => {}
            }
        }
        made_of
    }

    fn unsafe_code(&self, announced: &BTreeSet<String>, found: &mut Vec<NotModelled>) {
        // Functions that may only be called in `unsafe`, with their bodies.
        let mut functions: BTreeMap<&str, Range<usize>> = BTreeMap::new();
        let mut blocks = Vec::new();
        for at in 0..self.words.len() {
            if !self.is(at, "unsafe") {
                continue;
            }
            if self.is(at + 1, "{") {
                blocks.push((at, at + 1..self.closed(at + 1)));
            } else if self.is(at + 1, "impl") {
                let end = self.after(at, &["for", "{"]);
                let name = self.names(at + 2..end).last().unwrap_or_default();
                self.remark(found, at, format!("unsafe impl {name}"));
            } else if self.is(at + 1, "fn") || self.is(at + 1, "extern") {
                let open = self.after(at, &["{", ";"]);
                let end = self.closed(open);
                if self.is(open, "{") && self.mentions(at..open, &["fn"]) {
                    let named = (at..open).find(|&one| self.is(one, "fn")).unwrap_or(at);
                    functions.extend(self.word(named + 1).map(|name| (name, open..end)));
                    blocks.push((at, open..end));
                }
            }
        }
        let foreign = self.foreign();
        loop {
            let known = functions.clone();
            functions.retain(|_, body| self.explained(body.clone(), announced, &known, &foreign));
            if functions.len() == known.len() {
                break;
            }
        }
        for (at, block) in blocks {
            if !self.explained(block, announced, &functions, &foreign) {
                self.remark(found, at, "unsafe".to_owned());
            }
        }
    }

    /// It is there for a `static mut` that is announced, and for nothing else as far as can be seen.
    fn explained(
        &self,
        block: Range<usize>,
        announced: &BTreeSet<String>,
        functions: &BTreeMap<&str, Range<usize>>,
        foreign: &BTreeSet<&str>,
    ) -> bool {
        let why = |name: &str| announced.contains(name) || functions.contains_key(name);
        let calls = |at: usize| {
            let name = self.words[at].text.as_str();
            self.is(at + 1, "(") && foreign.contains(name) && !functions.contains_key(name)
        };
        let behind_a_pointer = |at: usize| {
            let before = self.words[at - 1].text.as_str();
            let operand =
                is_name(before) && !KEYWORDS.contains(&before) || matches!(before, "0" | ")" | "]");
            self.is(at, "*") && !operand
        };
        self.names(block.clone()).any(why)
            && !self.mentions(block.clone(), RAW)
            && !block
                .clone()
                .skip(1)
                .any(|at| behind_a_pointer(at) || calls(at))
    }

    /// Functions that are declared `unsafe`, or without a body: another language's.
    fn foreign(&self) -> BTreeSet<&'a str> {
        let mut foreign = BTreeSet::new();
        let mut begins = 0;
        for at in 0..self.words.len() {
            match self.words[at].text.as_str() {
                ";" | "{" | "}" => begins = at + 1,
                "fn" if self.mentions(begins..at, &["unsafe", "extern"])
                    || self.is(self.after(at, &["{", ";"]), ";") =>
                {
                    foreign.extend(self.word(at + 1));
                }
                _ => {}
            }
        }
        foreign
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(String, u32)> {
        let announced = ["N".to_owned()].into();
        let found = remarks(text, &announced).into_iter();
        found.map(|one| (one.what, one.line)).collect()
    }

    #[test]
    fn whoever_asks_for_arcs_counts_is_named() {
        for (code, what) in [
            ("let n = Arc::strong_count(&a);", "Arc::strong_count"),
            (
                "println!(\"{}\", Arc::strong_count(&a));",
                "Arc::strong_count",
            ),
            ("let n = Arc::<u8>::weak_count(&a);", "Arc::weak_count"),
            ("let m = Arc::try_unwrap(a).ok();", "Arc::try_unwrap"),
            ("let m = Arc::into_inner(a);", "Arc::into_inner"),
            ("let m = std::sync::Arc::get_mut(&mut a);", "Arc::get_mut"),
            ("let m = <Arc<u8>>::get_mut(&mut a);", "Arc::get_mut"),
            ("let u = Arc::downgrade(&a).upgrade();", "Arc::upgrade"),
            (
                "let n = a.into_iter().map(Arc::into_inner);",
                "Arc::into_inner",
            ),
        ] {
            let text = format!("use std::sync::Arc;\nfn main() {{\n{code}\n}}");
            assert_eq!(named(&text), [(what.to_owned(), 3)], "{code}");
        }
        let alias = "use std::sync::Arc as Shared;\nfn main() { Shared::get_mut(&mut a); }";
        assert_eq!(named(alias), [("Arc::get_mut".to_owned(), 2)]);
    }

    #[test]
    fn what_depends_on_no_order_is_not_named() {
        for code in [
            "let b = Arc::clone(&a); let c = a.clone(); Arc::ptr_eq(&b, &c);",
            "let v = m.into_inner().unwrap(); map.get_mut(&1); Mutex::into_inner(m);",
            "// strong_count\nprintln!(\"Arc::strong_count unsafe HashMap\");",
            "let n = Rc::strong_count(&r);",
            "let n = core::mem::take(&mut x);",
        ] {
            let text = format!("use std::sync::Arc;\nuse std::rc::Rc;\nfn main() {{ {code} }}");
            assert_eq!(named(&text), [], "{code}");
        }
    }

    #[test]
    fn orders_that_are_drawn_are_named_by_whatever_name() {
        for (text, what, line) in [
            (
                "use std::collections::HashMap;\nfn main() { let m = HashMap::new(); }",
                "HashMap",
                2,
            ),
            (
                "use std::collections::HashSet as Set;\nfn main() { Set::new(); }",
                "HashSet",
                1,
            ),
            (
                "fn main() {\nprintln!(\"{:?}\", RandomState::new()); }",
                "RandomState",
                2,
            ),
        ] {
            assert_eq!(named(text), [(what.to_owned(), line)], "{text}");
        }
        assert_eq!(named("use std::collections::HashMap;\nfn main() {}"), []);
    }

    #[test]
    fn ways_past_the_facade_are_named() {
        for (text, what) in [
            ("use core::sync::atomic::AtomicU8;", "core::sync"),
            ("use core::{mem, sync::atomic::AtomicU8};", "core::sync"),
            (
                "static N: u8 = core::sync::atomic::AtomicU8::new(0);",
                "core::sync",
            ),
            ("use core::*;", "core"),
            ("use core as c;", "core"),
            ("include!(\"other.rs\");", "include!"),
        ] {
            assert_eq!(named(text), [(what.to_owned(), 1)], "{text}");
        }
    }

    #[test]
    fn a_destructor_of_what_is_shared_is_named_and_no_other() {
        let text = |rest: &str| {
            format!(
                "use std::sync::Arc;\nstruct D;\nimpl Drop for D {{ fn drop(&mut self) {{}} }}\n{rest}"
            )
        };
        for rest in [
            "fn main() { let a = Arc::new(D); }",
            "fn main() { let d = D; let a = Arc::new(Mutex::new(d)); }",
            "struct S { d: D } fn main() { let a: Arc<S> = Default::default(); }",
            "fn made() -> D { D } fn main() { let a = Arc::from(made()); }",
            "fn main() { let a: Arc<dyn Any> = make(); }",
        ] {
            assert_eq!(named(&text(rest)), [("Drop".to_owned(), 3)], "{rest}");
        }
        for rest in [
            "fn main() { let d = D; let a = Arc::new(1); }",
            "fn main() { let (tx, rx) = channel(); let rx = Arc::new(Mutex::new(rx)); let b = Arc::clone(&rx); let d = D; }",
        ] {
            assert_eq!(named(&text(rest)), [], "{rest}");
        }
        assert_eq!(
            named("struct D;\nimpl Drop for D { fn drop(&mut self) {} }"),
            []
        );
    }

    #[test]
    fn unsafe_is_named_where_it_is_for_more_than_an_announced_static() {
        for (code, what) in [
            ("unsafe { *p = 1 }", "unsafe"),
            ("println!(\"{}\", unsafe { *cell.get() });", "unsafe"),
            ("unsafe { N += *p; }", "unsafe"),
            ("unsafe { N = 1; N2 = std::ptr::read(p); }", "unsafe"),
            ("unsafe { N = f(); }", "unsafe"),
            ("unsafe { g(); }", "unsafe"),
            ("unsafe {}", "unsafe"),
        ] {
            let text = format!(
                "extern \"C\" {{ fn f() -> i32; }}\nunsafe fn g() {{ N = 1; }}\nfn main() {{\n{code}\n}}"
            );
            let expected: &[_] = if code.contains("g()") {
                &[]
            } else {
                &[(what.to_owned(), 4)]
            };
            assert_eq!(named(&text), expected, "{code}");
        }
        for code in [
            "unsafe { N += 1; }",
            "unsafe { let c = N; thread::yield_now(); N = c * 2; }",
            "println!(\"{}\", unsafe { N });",
            "safe();",
        ] {
            let text = format!("fn safe() {{}}\nfn main() {{ {code} }}");
            assert_eq!(named(&text), [], "{code}");
        }
        let text = "struct S(UnsafeCell<i32>);\nunsafe impl Sync for S {}\n#[unsafe(no_mangle)]\nfn f() {}";
        assert_eq!(named(text), [("unsafe impl Sync".to_owned(), 2)]);
    }
}
