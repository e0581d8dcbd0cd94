//! What evcxr-aware crates print to be shown: blocks between two marks on standard output.
//!
//! ```text
//! EVCXR_BEGIN_CONTENT text/html
//! <b>shown</b>
//! EVCXR_END_CONTENT
//! ```
//! Blocks that follow each other directly and differ in type are forms of one thing.

use crate::language::MimeBundle;

const BEGIN: &str = "EVCXR_BEGIN_CONTENT ";
const END: &str = "EVCXR_END_CONTENT";
/// So much of the beginning of a mark is needed to hold text back: less could be anything.
const SIGN: &str = "EVCXR_";
/// Longest block; a longer one is printed as the text it is.
const MAX_BLOCK: usize = 64 << 20;

/// A piece of what was printed.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece {
    /// Ordinary text.
    Text(String),
    /// Something to show.
    Block {
        /// Its type.
        mime: String,
        /// Its content.
        content: String,
    },
}

/// Separates blocks from text, across any cuts.
#[derive(Debug, Default)]
pub(crate) struct Extractor {
    held: String,
}

impl Extractor {
    /// Takes the next text; gives what is decided.
    pub(crate) fn feed(&mut self, text: String) -> Vec<Piece> {
        if self.held.is_empty() && !text.contains(SIGN) {
            return vec![Piece::Text(text)];
        }
        self.held.push_str(&text);
        let mut pieces = Vec::new();
        while let Some(at) = self.held.find(BEGIN) {
            let Some((block, rest)) = parse_block(&self.held[at..]) else {
                if self.held.len() - at > MAX_BLOCK {
                    break;
                }
                push_text(&mut pieces, &self.held[..at]);
                self.held.drain(..at);
                return pieces;
            };
            push_text(&mut pieces, &self.held[..at]);
            pieces.push(block);
            self.held = rest;
        }
        let kept = undecided(&self.held);
        push_text(&mut pieces, &self.held[..self.held.len() - kept]);
        self.held.drain(..self.held.len() - kept);
        pieces
    }

    /// Nothing more will come: what was held back is a block without a last newline, or text.
    pub(crate) fn finish(&mut self) -> Option<Piece> {
        let mut rest = std::mem::take(&mut self.held);
        if rest.is_empty() {
            return None;
        }
        rest.push('\n');
        if let Some((block, after)) = parse_block(&rest)
            && after.is_empty()
        {
            return Some(block);
        }
        rest.pop();
        Some(Piece::Text(rest))
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// A whole block at the beginning of the text, its last newline included, and what follows it.
fn parse_block(text: &str) -> Option<(Piece, String)> {
    let (mime, rest) = text.strip_prefix(BEGIN)?.split_once('\n')?;
    let end = if rest.starts_with(END) {
        0
    } else {
        rest.find("\nEVCXR_END_CONTENT")? + 1
    };
    let after = rest[end + END.len()..].strip_prefix('\n')?;
    let content = rest[..end].strip_suffix('\n').unwrap_or(&rest[..end]);
    Some((
        Piece::Block {
            mime: mime.trim().to_owned(),
            content: content.to_owned(),
        },
        after.to_owned(),
    ))
}

/// How many bytes at the end may be the beginning of a mark.
fn undecided(text: &str) -> usize {
    text.rfind(SIGN)
        .map(|at| &text[at..])
        .filter(|tail| BEGIN.starts_with(tail))
        .map_or(0, str::len)
}

/// Blocks that belong together.
#[derive(Debug, Default)]
pub(crate) struct Gathered(MimeBundle);

impl Gathered {
    /// Adds a block; gives the bundle that is complete if this one begins another.
    pub(crate) fn add(&mut self, mime: String, content: String) -> Option<MimeBundle> {
        let complete = self
            .0
            .data
            .contains_key(&mime)
            .then(|| self.take())
            .flatten();
        self.0.data.insert(mime, content.into());
        complete
    }

    /// What was gathered, if anything.
    pub(crate) fn take(&mut self) -> Option<MimeBundle> {
        let bundle = std::mem::take(&mut self.0);
        (!bundle.data.is_empty()).then_some(bundle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(pieces: &[&str]) -> (String, Vec<(String, String)>) {
        let mut extractor = Extractor::default();
        let (mut text, mut blocks) = (String::new(), Vec::new());
        let mut take = |piece| match piece {
            Piece::Text(more) => text.push_str(&more),
            Piece::Block { mime, content } => blocks.push((mime, content)),
        };
        for piece in pieces {
            extractor
                .feed((*piece).to_owned())
                .into_iter()
                .for_each(&mut take);
        }
        extractor.finish().into_iter().for_each(&mut take);
        (text, blocks)
    }

    #[test]
    fn a_block_is_found_in_any_cut_behind_the_sign() {
        let whole = "a\nEVCXR_BEGIN_CONTENT text/html\n<b>\nx</b>\nEVCXR_END_CONTENT\nz";
        for cut in 8..whole.len() {
            let (text, blocks) = feed(&[&whole[..cut], &whole[cut..]]);
            assert_eq!(text, "a\nz", "cut at {cut}");
            assert_eq!(blocks, [("text/html".to_owned(), "<b>\nx</b>".to_owned())]);
        }
    }

    #[test]
    fn other_marks_of_evcxr_are_ordinary_text() {
        let printed = "EVCXR_EXECUTION_COMPLETE\nEVCXR_PANIC_NOTIFICATION\nafter\n";
        assert_eq!(feed(&[printed]), (printed.to_owned(), vec![]));
    }

    #[test]
    fn a_block_without_a_last_newline_is_one_at_the_end() {
        let (text, blocks) = feed(&["x\nEVCXR_BEGIN_CONTENT text/plain\nhello\nEVCXR_END_CONTENT"]);
        assert_eq!(text, "x\n");
        assert_eq!(blocks, [("text/plain".to_owned(), "hello".to_owned())]);
    }

    #[test]
    fn a_block_that_never_ends_is_text() {
        let printed = "EVCXR_BEGIN_CONTENT text/plain\nhello";
        assert_eq!(feed(&[printed]), (printed.to_owned(), vec![]));
    }

    #[test]
    fn two_forms_are_one_thing_and_the_same_form_again_is_another() {
        let mut gathered = Gathered::default();
        assert_eq!(gathered.add("text/plain".into(), "1".into()), None);
        assert_eq!(gathered.add("text/html".into(), "<1>".into()), None);
        let first = gathered.add("text/plain".into(), "2".into()).unwrap();
        assert_eq!(first.data.len(), 2);
        assert_eq!(gathered.take().unwrap().data["text/plain"], "2");
    }
}
