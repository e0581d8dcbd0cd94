//! Destructors of the program's own in what is shared: whoever comes last runs them.
use super::text::{KEYWORDS, Text, is_name};
use crate::NotModelled;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

impl<'a> Text<'a> {
    /// A destructor of the program's own, in what is shared: who comes last runs it.
    pub(super) fn dropped_by_the_last(&self, found: &mut Vec<NotModelled>) {
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
                // What is called by one of these names is called by its type's too.
                "fn" if self.mentions(at + 1..at + 2, &["new", "default", "from"]) => {}
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
}
