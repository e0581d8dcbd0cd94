//! A program as a row of words, and ways to find one's place in it without a parser.
use crate::NotModelled;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::ops::Range;

/// Words that do not begin an operand: a star behind one of them looks behind a pointer.
pub(super) const KEYWORDS: &[&str] = &[
    "return", "in", "if", "match", "while", "mut", "break", "move", "else", "let", "ref", "as",
    "yield", "unsafe",
];

/// A name, a sign, one half of a pair of brackets, or something written out.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub text: String,
    pub line: u32,
}

pub(super) fn flatten(tokens: TokenStream, words: &mut Vec<Word>) {
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
pub(super) fn split(text: &str) -> Vec<Word> {
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

pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The words, and what they call an `Arc`.
pub(super) struct Text<'a> {
    pub words: &'a [Word],
    pub arcs: BTreeSet<&'a str>,
}

impl<'a> Text<'a> {
    pub(super) fn new(words: &'a [Word]) -> Self {
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

    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        self.words.get(at).map(|word| word.text.as_str())
    }

    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.word(at) == Some(text)
    }

    pub(super) fn is_path(&self, at: usize) -> bool {
        self.is(at, ":") && self.is(at + 1, ":")
    }

    pub(super) fn has(&self, text: &str) -> bool {
        self.words.iter().any(|word| word.text == text)
    }

    pub(super) fn names(&self, range: Range<usize>) -> impl Iterator<Item = &'a str> {
        let words = self.words.get(range).unwrap_or_default();
        let names = words.iter().map(|word| word.text.as_str());
        names.filter(|text| is_name(text))
    }

    pub(super) fn mentions(&self, range: Range<usize>, names: &[&str]) -> bool {
        self.names(range).any(|name| names.contains(&name))
    }

    /// The first of these at or behind a place, outside of brackets that open there; the end of what is around it, if
    /// that comes first.
    pub(super) fn after(&self, from: usize, ends: &[&str]) -> usize {
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
    pub(super) fn closed(&self, open: usize) -> usize {
        (self.after(open + 1, &[]) + 1).min(self.words.len())
    }

    /// Behind `<...>`, which begins here.
    pub(super) fn generic(&self, open: usize) -> usize {
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

    pub(super) fn remark(&self, found: &mut Vec<NotModelled>, at: usize, what: String) {
        // Once will do: the first line.
        if found.iter().all(|one| one.what != what) {
            let line = self.words.get(at).map_or(0, |word| word.line);
            found.push(NotModelled { what, line });
        }
    }

    /// The type whose function is called here by its path: the words before `::`.
    pub(super) fn owner(&self, at: usize) -> &'a [Word] {
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
}
