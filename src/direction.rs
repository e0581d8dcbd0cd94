//! Right-to-left sentences on a terminal and in a notebook's output, between columns that run left to right.

use std::borrow::Cow;

use messages::Language;

/// A sentence that keeps the direction of its language: a right-to-left one stands between U+2067 and U+2069, and what
/// it says is to be typed, which runs left to right, between U+2066 and U+2069 (Unicode, UAX #9, isolates).
pub fn in_direction(language: Language, sentence: &str) -> Cow<'_, str> {
    if !language.is_rtl() {
        return sentence.into();
    }
    let mut out = String::from("\u{2067}");
    let pieces: Vec<&str> = sentence.split('`').collect();
    // One backtick without its other half is somebody's output.
    if pieces.len().is_multiple_of(2) {
        out.push_str(sentence);
    } else {
        for (place, piece) in pieces.into_iter().enumerate() {
            match place % 2 {
                0 => out.push_str(piece),
                _ => out.extend(["\u{2066}`", piece, "`\u{2069}"]),
            }
        }
    }
    out.push('\u{2069}');
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_to_the_left_is_kept_apart_and_what_is_typed_in_it_too() {
        assert_eq!(in_direction(Language::Tr, "a `:b` c"), "a `:b` c");
        let shown = |sentence| in_direction(Language::Fa, sentence).into_owned();
        assert_eq!(shown("a"), "\u{2067}a\u{2069}");
        assert_eq!(
            shown("a `:b` c"),
            "\u{2067}a \u{2066}`:b`\u{2069} c\u{2069}"
        );
        assert_eq!(shown("a ` b"), "\u{2067}a ` b\u{2069}");
    }
}
