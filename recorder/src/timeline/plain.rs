//! What a program printed, made fit to be seen: in one line, without characters that steer a
//! terminal, turn the text around it or make XML invalid.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::words::Words;
use crate::document::{Argument, PrintedLine};

pub(super) const FIRST_STRONG_ISOLATE: char = '\u{2068}';
pub(super) const POP_ISOLATE: char = '\u{2069}';
/// A character may carry so many marks; a printed line can stack thousands on one.
const MOST_MARKS: usize = 3;
/// So much of a line is looked at: what is shown is far shorter.
const MOST_CHARS: usize = 4096;

/// What a line says: its sentence, or what was recorded of it.
pub(crate) fn said(line: &PrintedLine) -> String {
    let said = match &line.text {
        Some(text) => text.chars().take(MOST_CHARS).collect(),
        None => {
            let words = [line.who.as_str(), line.what.as_str()];
            let mut said = words.map(|word| word.chars().take(MOST_CHARS).collect::<String>());
            said.iter_mut()
                .for_each(|word| word.truncate(word.trim_end().len()));
            let mut said = said.join(" ");
            if !line.value.is_null() {
                said.push(' ');
                said.extend(line.value.to_string().chars().take(MOST_CHARS));
            }
            said
        }
    };
    visible(&said)
}

/// The text in one line, of visible characters only, with no power over what stands beside it.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(MOST_CHARS));
    let mut marks = 0;
    let mut chars = text.chars().take(MOST_CHARS);
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => shown.push(' '),
            // Control pictures (Unicode, chapter 23).
            '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => shown.push('\u{2421}'),
            '\u{80}'..='\u{9f}' => shown.push(char::REPLACEMENT_CHARACTER),
            // Embeddings, overrides and isolates (UAX #9): all could reach beyond this text.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            // No characters of XML 1.0, or of any text.
            _ if u32::from(c) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c) => {
                shown.push(char::REPLACEMENT_CHARACTER);
            }
            _ if c.width() == Some(0) => {
                marks += 1;
                if marks <= MOST_MARKS {
                    shown.push(c);
                }
                continue;
            }
            _ => shown.push(c),
        }
        marks = 0;
    }
    shown.truncate(shown.trim_end().len());
    shown
}

/// Leaves out what follows the escape character: colours, movements of the cursor, titles of
/// windows (ECMA-48).
fn skip_escape(chars: &mut impl Iterator<Item = char>) {
    match chars.next() {
        Some('[') => while chars.next().is_some_and(|c| !('@'..='~').contains(&c)) {},
        Some(']' | 'P' | 'X' | '^' | '_') => {
            let mut escaped = false;
            for c in chars {
                if c == '\u{7}' || c == '\u{9c}' || (escaped && c == '\\') {
                    break;
                }
                escaped = c == '\u{1b}';
            }
        }
        _ => {}
    }
}

/// The visible text cut to at most this many columns of a terminal, with an ellipsis where it was cut.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        cut.push(c);
    }
    cut.push('…');
    cut
}

/// The text in rows of at most so many columns: broken at spaces, and anywhere where there are none
/// or between characters of full width.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = String::new();
    // How long the row was, in bytes, when it could last be broken.
    let mut breakable = 0;
    for c in text.chars() {
        if c == ' ' || c.width() == Some(2) {
            breakable = row.len();
        }
        row.push(c);
        if row.width() > width {
            let at = if breakable == 0 {
                row.len() - c.len_utf8()
            } else {
                breakable
            };
            let rest = row[at..].trim_start().to_owned();
            row.truncate(at);
            rows.push(std::mem::replace(&mut row, rest));
            breakable = 0;
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// Text written from right to left is isolated, so that it does not turn the rest of the row round.
pub(crate) fn isolated(text: &str) -> String {
    let right_to_left = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}');
    if text.chars().any(right_to_left) {
        format!("{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}")
    } else {
        text.to_owned()
    }
}

/// The visible text as XML and HTML want it, between tags and in quotes.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// A moment or a duration with the unit that suits it.
pub(crate) fn time(us: u64) -> String {
    let seconds = us as f64 / 1e6;
    match us {
        0..=999 => format!("{us} µs"),
        1_000..=9_999 => format!("{:.2} ms", seconds * 1e3),
        10_000..=99_999 => format!("{:.1} ms", seconds * 1e3),
        100_000..=999_999 => format!("{:.0} ms", seconds * 1e3),
        1_000_000..=99_999_999 => format!("{seconds:.2} s"),
        _ => format!("{seconds:.0} s"),
    }
}

/// A time inside a sentence. It is read from left to right, also where the sentence is not.
pub(crate) fn time_in(us: u64, words: &dyn Words) -> Argument {
    kept(time(us), words)
}

/// A text of our own that is read from left to right, such as a rule, inside a sentence.
pub(crate) fn kept(text: String, words: &dyn Words) -> Argument {
    Argument::Text(if words.right_to_left() {
        format!("\u{2066}{text}\u{2069}")
    } else {
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_survives() {
        assert_eq!(visible("\u{1b}[31mred\u{1b}[0m"), "red");
        assert_eq!(visible("a\u{1b}]0;title\u{7}b\u{1b}"), "ab");
        assert_eq!(visible("a\u{1b}]0;title\u{1b}\\b"), "ab");
        assert_eq!(visible("a\tb\r\nc\u{0}d\u{7f}"), "a b  c␀d␡");
        assert_eq!(visible("a\u{202e}b\u{2066}c\u{2069}"), "abc");
        assert_eq!(
            visible("\u{ffff}\u{1ffff}\u{fdd0}\u{9b}"),
            "\u{fffd}".repeat(4)
        );
        assert_eq!(visible("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn a_character_carries_a_few_marks_only() {
        let stacked = format!("a{}b", "\u{301}".repeat(1000));
        assert_eq!(visible(&stacked).chars().count(), 2 + MOST_MARKS);
    }

    #[test]
    fn a_text_is_cut_by_the_columns_it_takes() {
        assert_eq!(cut("執行緒一二三", 6), "執行…");
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("abcd", 0), "…");
    }

    #[test]
    fn a_long_note_is_broken_where_it_may_be() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("執行緒一二三", 5), ["執行", "緒一", "二三"]);
        assert_eq!(wrapped("", 5), [""; 0]);
    }

    #[test]
    fn a_time_has_the_unit_that_suits_it() {
        let times = [0, 999, 1_500, 42_000, 600_000, 1_500_000, 600_000_000].map(time);
        assert_eq!(
            times,
            [
                "0 µs", "999 µs", "1.50 ms", "42.0 ms", "600 ms", "1.50 s", "600 s"
            ]
        );
    }
}
