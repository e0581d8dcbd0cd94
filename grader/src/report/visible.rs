//! What came from outside, made harmless to look at.
//!
//! Every name, answer and message a student had a hand in goes through here before it goes anywhere else: control
//! characters (terminal escapes among them) and marks that change the direction of text become visible signs. What
//! HTML and Markdown need on top is done where they are written.

use std::borrow::Cow;
use std::fmt::Write;

/// At most this much of a text is shown.
pub const MAX_SHOWN: usize = 8 << 10;

/// A text over several lines; tabs and line ends stay.
pub fn lines(text: &str) -> Cow<'_, str> {
    clean(cut(text), &['\n', '\t'])
}

/// A text of one line.
pub fn line(text: &str) -> Cow<'_, str> {
    clean(cut(text), &[])
}

fn cut(text: &str) -> &str {
    if text.len() <= MAX_SHOWN {
        return text;
    }
    let mut end = MAX_SHOWN;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn clean<'a>(text: &'a str, allowed: &[char]) -> Cow<'a, str> {
    let harmful = |c: char| is_harmful(c) && !allowed.contains(&c);
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !harmful(c) => clean.push(c),
            // The pictures of the control characters.
            '\0'..='\u{1f}' => clean.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => clean.push('\u{2421}'),
            // Writing to a String cannot fail.
            c => drop(write!(clean, "⟨U+{:04X}⟩", u32::from(c))),
        }
    }
    Cow::Owned(clean)
}

/// A name for a file that says whose it is and cannot lead anywhere.
pub fn file_name(id: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !id.is_empty() && id.len() <= 100 && !id.starts_with('.') && id.chars().all(plain) {
        return id.to_owned();
    }
    let kept: String = id
        .chars()
        .map(|c| if plain(c) && c != '.' { c } else { '_' })
        .take(30)
        .collect();
    format!("{kept}-{}", &crate::assignment::sha256(id.as_bytes())[..12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_escapes_and_turned_text_become_visible() {
        assert_eq!(line("\u{1b}[31mred\r\n"), "␛[31mred␍␊");
        assert_eq!(lines("a\tb\nc\u{7f}"), "a\tb\nc␡");
        assert_eq!(line("abc\u{202e}fdp"), "abc⟨U+202E⟩fdp");
        assert_eq!(line("می\u{200c}رود"), "می\u{200c}رود");
    }

    #[test]
    fn long_texts_are_cut_between_letters() {
        let long = "ی".repeat(MAX_SHOWN);
        assert!(lines(&long).len() <= MAX_SHOWN);
    }

    #[test]
    fn file_names_lead_nowhere_and_differ() {
        assert_eq!(file_name("ada"), "ada");
        assert_eq!(file_name("آدا"), "آدا");
        for id in ["../../etc/passwd", "..", "", "a/b", "a b", "<x>", ".hidden"] {
            let name = file_name(id);
            assert!(
                !name.contains('/') && !name.starts_with('.') && name.len() > 12,
                "{name}"
            );
        }
        assert_ne!(file_name("a/b"), file_name("a b"));
    }
}
