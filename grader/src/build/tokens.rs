//! The words of an answer, without its comments and texts.
//!
//! Only to find what a task forbids (see [`forbidden`](super::forbidden)): it decides nothing about what compiles, so where
//! it and the compiler could differ, it errs on the side of seeing too many words.

/// A word or sign, and its line from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// A name, a number, or one sign.
    pub text: &'a str,
    /// The line it begins in.
    pub line: u32,
    /// Whether it is the first of its line.
    pub first: bool,
}

/// The tokens of a text.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut reader = Reader {
        text,
        at: 0,
        line: 1,
    };
    let mut found: Vec<Token<'_>> = Vec::new();
    let mut last_line = 0;
    while let Some(c) = reader.peek() {
        let (begin, line) = (reader.at, reader.line);
        if c.is_whitespace() {
            reader.next();
        } else if reader.rest().starts_with("//") {
            reader.skip_while(|c| c != '\n');
        } else if reader.rest().starts_with("/*") {
            reader.block_comment();
        } else if reader.raw_text() || reader.text_or_character() {
        } else {
            if c.is_alphanumeric() || c == '_' {
                if reader.rest().starts_with("r#") {
                    reader.next();
                    reader.next();
                }
                let word = reader.at;
                reader.skip_while(|c| c.is_alphanumeric() || c == '_');
                found.push(Token {
                    text: &text[word..reader.at],
                    line,
                    first: line != last_line,
                });
            } else {
                reader.next();
                found.push(Token {
                    text: &text[begin..reader.at],
                    line,
                    first: line != last_line,
                });
            }
            last_line = line;
        }
    }
    found
}

/// Where paths begin with this name, and go on: `name::`, which is in no other module.
pub fn beginnings(text: &str, name: &str) -> Vec<usize> {
    let found = tokens(text);
    let at = |token: &Token<'_>| token.text.as_ptr().addr() - text.as_ptr().addr();
    let begins = |place: usize| {
        let goes_on = matches!(found.get(place + 1..place + 3), Some([a, b]) if a.text == ":" && b.text == ":");
        // A module of another name may have one of this name in it.
        let is_inside = match found.get(place.wrapping_sub(3)..place) {
            Some([outer, a, b]) => {
                a.text == ":"
                    && b.text == ":"
                    && outer
                        .text
                        .ends_with(|c: char| c.is_alphanumeric() || c == '_')
                    && at(outer) + outer.text.len() == at(a)
            }
            _ => false,
        };
        found[place].text == name && goes_on && !is_inside
    };
    let places = (0..found.len()).filter(|place| begins(*place));
    places.map(|place| at(&found[place])).collect()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        self.line += u32::from(c == '\n');
        Some(c)
    }

    fn skip_while(&mut self, mut is: impl FnMut(char) -> bool) {
        while self.peek().is_some_and(&mut is) {
            self.next();
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0u32;
        loop {
            if self.rest().starts_with("/*") {
                depth += 1;
                self.next();
                self.next();
            } else if self.rest().starts_with("*/") {
                depth -= 1;
                self.next();
                self.next();
                if depth == 0 {
                    return;
                }
            } else if self.next().is_none() {
                return;
            }
        }
    }

    /// `r"..."`, `br#"..."#` and their like.
    fn raw_text(&mut self) -> bool {
        let rest = self.rest();
        let after = ["br", "cr", "r"]
            .iter()
            .find_map(|prefix| rest.strip_prefix(prefix));
        let Some(after) = after else { return false };
        let hashes = after.len() - after.trim_start_matches('#').len();
        if !after[hashes..].starts_with('"') {
            return false;
        }
        let open = rest.len() - after.len() + hashes + 1;
        let close = format!("\"{}", "#".repeat(hashes));
        let end = rest[open..]
            .find(&close)
            .map_or(rest.len(), |place| open + place + close.len());
        let target = self.at + end;
        while self.at < target {
            self.next();
        }
        true
    }

    /// `"..."`, `b"..."`, `'x'`; a lifetime is neither.
    fn text_or_character(&mut self) -> bool {
        let rest = self.rest();
        let body = rest.trim_start_matches(['b', 'c']);
        let prefix = rest.len() - body.len();
        if prefix > 1 {
            return false;
        }
        let quote = match body.chars().next() {
            Some('"') => '"',
            Some('\'') if is_character(body) => '\'',
            _ => return false,
        };
        for _ in 0..=prefix {
            self.next();
        }
        while let Some(c) = self.next() {
            if c == '\\' {
                self.next();
            } else if c == quote {
                break;
            }
        }
        true
    }
}

fn is_character(from_quote: &str) -> bool {
    let mut chars = from_quote.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| token.text).collect()
    }

    #[test]
    fn comments_and_texts_are_no_words() {
        let text = r####"
            // sleep
            /* sleep /* sleep */ sleep */
            let a = "sleep \" sleep"; let b = r#"sleep " sleep"#; let c = b"sleep"; let d = '"'; let e = '\'';
            fn f<'sleep>() {} r#sleep
        "####;
        let found = words(text);
        assert_eq!(
            found.iter().filter(|word| **word == "sleep").count(),
            2,
            "{found:?}"
        );
        assert_eq!(words("a 'x' 'y b"), ["a", "'", "y", "b"]);
        for open in ["\"", "r#\"", "/*", "'", "b'", "r", "'\\"] {
            // Whatever is left open ends with the text.
            let _ = words(open);
        }
    }
}
