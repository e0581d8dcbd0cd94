//! The pseudo-locale: English that a program made strange, so that text which comes from no catalogue stands out.
//!
//! Every piece of text between two variables stands in brackets no other text of Weft has, its letters carry marks,
//! and it is longer, as translations are. What is outside of brackets on a screen is a name, a number, code — or a
//! sentence somebody wrote into the source. Code in backticks and addresses stay as they are: they are not
//! translated either.

use std::borrow::Cow;

/// Stands before each piece of text of the catalogue.
pub const OPENING: char = '⟦';
/// Stands after each piece of text of the catalogue.
pub const CLOSING: char = '⟧';

/// One piece of text, as the pseudo-locale says it. White space at its ends stays outside of the brackets, because
/// programs that break lines remove it.
pub(crate) fn disguised(text: &str) -> Cow<'_, str> {
    let inner = text.trim();
    if inner.is_empty() {
        return text.into();
    }
    let (before, after) = text.split_once(inner).unwrap_or_default();
    let mut said = format!("{before}{OPENING}");
    let mut rest = inner;
    while let Some((prose, tail)) = rest.split_once('`') {
        accent(prose, &mut said);
        said.push('`');
        rest = tail;
        // A variable may stand between two backticks; then the second one begins a piece, and prose follows it.
        if begins_prose(tail) {
            continue;
        }
        let (code, tail) = match tail.split_once('`') {
            Some((code, tail)) => (code, Some(tail)),
            None => (tail, None),
        };
        said.push_str(code);
        rest = tail.unwrap_or_default();
        if tail.is_some() {
            said.push('`');
        }
    }
    accent(rest, &mut said);
    said.push(CLOSING);
    said.push_str(after);
    said.into()
}

/// Whether what follows a backtick cannot be code: a gap, or the end of a sentence or of one of its parts.
fn begins_prose(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        None => true,
        Some(first) if first.is_whitespace() => true,
        Some('.' | ',' | ';' | ':' | '!' | '?' | ')' | '”') => {
            characters.next().is_none_or(char::is_whitespace)
        }
        Some(_) => false,
    }
}

fn accent(prose: &str, into: &mut String) {
    for (place, word) in prose.split(' ').enumerate() {
        if place > 0 {
            into.push(' ');
        }
        if word.contains("://") {
            into.push_str(word);
            continue;
        }
        for letter in word.chars() {
            match marked(letter) {
                Some(marked) => {
                    into.push(marked);
                    // About as much longer than English as German or Russian is.
                    if "aeou".contains(letter) {
                        into.push(marked);
                    }
                }
                None => into.push(letter),
            }
        }
    }
}

fn marked(letter: char) -> Option<char> {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const MARKED: &str = "áƀçďéƒğĥíĵķĺɱñóƥɋřšťúṽŵẋýžÁƁÇĎÉƑĞĤÍĴĶĹṀÑÓƤɊŘŠŤÚṼŴẊÝŽ";
    let place = PLAIN.find(letter)?;
    MARKED.chars().nth(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, format, text};

    #[test]
    fn a_text_is_bracketed_marked_and_longer_and_its_variables_are_not() {
        let english = format(
            Language::En,
            "error-unknown-exercise",
            &[("id", "s9e9".into())],
        );
        let said = format(
            Language::Pseudo,
            "error-unknown-exercise",
            &[("id", "s9e9".into())],
        );
        assert!(
            said.starts_with(OPENING) && said.ends_with(CLOSING),
            "{said}"
        );
        assert!(said.contains("“⟧s9e9⟦”"), "{said}");
        assert!(said.chars().count() > english.chars().count() + 4, "{said}");
        assert!(!said.contains("exercise"), "{said}");
    }

    #[test]
    fn code_and_addresses_stay_as_they_are() {
        assert_eq!(
            disguised("See `weft list`, as at"),
            "⟦Šéééé `weft list`, ááš ááť⟧"
        );
        assert_eq!(disguised("Not `"), "⟦Ñóóť `⟧");
        assert_eq!(disguised("` is it."), "⟦` íš íť.⟧");
        assert_eq!(
            disguised("(https://rustup.rs) a"),
            "⟦(https://rustup.rs) áá⟧"
        );
        assert_eq!(disguised(" \n"), " \n");
    }

    #[test]
    fn every_letter_has_one_of_its_own() {
        let mut seen = std::collections::BTreeSet::new();
        for letter in ('a'..='z').chain('A'..='Z') {
            let marked = marked(letter).unwrap();
            assert!(
                !marked.is_ascii() && seen.insert(marked),
                "{letter}: {marked}"
            );
        }
    }

    #[test]
    fn plurals_choose_as_in_english() {
        let said = format(
            Language::Pseudo,
            "error-doctor-failed",
            &[("count", 1.into())],
        );
        assert!(said.starts_with("⟦Óñéé"), "{said}");
        assert_ne!(
            text(Language::Pseudo, "language-name"),
            text(Language::En, "language-name")
        );
    }
}
