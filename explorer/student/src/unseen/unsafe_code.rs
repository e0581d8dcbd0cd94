//! `unsafe`, where it is for more than a `static mut` that is announced.
use super::text::{KEYWORDS, Text, is_name};
use crate::NotModelled;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

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
impl<'a> Text<'a> {
    /// Names every block, function and implementation of which that cannot be said.
    pub(super) fn unsafe_code(&self, announced: &BTreeSet<String>, found: &mut Vec<NotModelled>) {
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
