//! What may stand on a line of a PO file here, looked at before the file is read.
//!
//! The PO reader we use is made for files that a program wrote: it panics on a string that continues nothing and on
//! one that is not closed, and leaves out a line it does not know. People write these files too, so each line is
//! checked first, and a mistake is an error with its place. The form is that of gettext's manual ("PO Files"), less
//! what the workbook does not use: contexts and plurals.

use crate::{Error, Result};
use std::path::Path;

/// A longer line would be read as two.
const LONGEST_LINE: usize = 60_000;

/// What a string would continue.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Nothing,
    Msgid,
    Msgstr,
}

/// The text in a form that can be read safely, or what is wrong and where.
///
/// An empty comment, `#` alone, is right and common, and yet the reader panics on it at the start of a file, and
/// elsewhere adds a line end to a text: it gets the blank that makes it a comment for the reader too. A comment that
/// belongs to no entry is left out, because the reader would make an empty entry of it.
pub fn checked(path: &Path, text: &str) -> Result<String> {
    let mut safe = String::with_capacity(text.len() + 64);
    let mut open = Open::Nothing;
    let mut comments = String::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let wrong = |problem: &str| Err(Error::source(path, number, problem));
        if line.len() > LONGEST_LINE {
            return wrong("the line is too long: break it into strings of a line each");
        }
        let string = if line.trim().is_empty() {
            open = Open::Nothing;
            comments.clear();
            safe.push('\n');
            continue;
        } else if let Some(comment) = line.strip_prefix('#') {
            if open == Open::Msgid {
                return wrong("a comment stands between `msgid` and `msgstr`");
            }
            // What follows a comment is another entry, or a mistake.
            open = Open::Nothing;
            comments.push_str(if comment.is_empty() { "# " } else { line });
            comments.push('\n');
            continue;
        } else if let Some(string) = line.strip_prefix("msgid ") {
            if open == Open::Msgid {
                return wrong("a second `msgid` follows, and the first has no `msgstr`");
            }
            open = Open::Msgid;
            safe.push_str(&comments);
            comments.clear();
            string
        } else if let Some(string) = line.strip_prefix("msgstr ") {
            if open != Open::Msgid {
                return wrong("this `msgstr` has no `msgid` right before it");
            }
            open = Open::Msgstr;
            string
        } else if line.starts_with('"') {
            if open == Open::Nothing {
                return wrong("this string continues neither a `msgid` nor a `msgstr`");
            }
            line
        } else if ["msgctxt", "msgid_plural", "msgstr["]
            .iter()
            .any(|word| line.starts_with(word))
        {
            return wrong("the workbook has no contexts and no plurals: only `msgid` and `msgstr`");
        } else {
            return wrong(
                "a line is empty, a comment (`#`), `msgid \"...\"`, `msgstr \"...\"`, or a string \
                 in double quotes at its very beginning",
            );
        };
        if let Some(problem) = string_mistake(string) {
            return wrong(problem);
        }
        safe.push_str(line);
        safe.push('\n');
    }
    Ok(safe)
}

/// What is wrong with a string in double quotes.
fn string_mistake(string: &str) -> Option<&'static str> {
    const UNCLOSED: &str = "the string is not closed by a double quote at the end of the line";
    let Some(inner) = string.strip_prefix('"') else {
        return Some("the text must stand in double quotes, one space after the word");
    };
    let Some(inner) = inner.strip_suffix('"') else {
        return Some(UNCLOSED);
    };
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => return Some("a double quote inside of a string is written `\\\"`"),
            '\\' => match characters.next() {
                Some('\\' | '"' | 'n' | 'r' | 't') => {}
                Some(_) => {
                    return Some("after a backslash only `\\`, `\"`, `n`, `r` or `t` may stand");
                }
                // It belongs to the quote that should have closed the string.
                None => return Some(UNCLOSED),
            },
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line that is named, and the problem.
    fn refused(text: &str) -> (usize, String) {
        match checked(Path::new("xx.po"), text) {
            Err(Error::Source { line, problem, .. }) => (line, problem),
            other => panic!("{text:?} gave {other:?}"),
        }
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let entry = "msgid \"a\"\nmsgstr \"A\"\n\n";
        for (line, wrong, part) in [
            (1, "\"Language: tr\\n\"\n", "continues neither"),
            (1, "\"\n", "continues neither"),
            (4, &format!("{entry}\"lost\"\n"), "continues neither"),
            (1, "msgid \"\n", "not closed"),
            (1, "msgid \"a\\\"\n", "not closed"),
            (1, "msgid \n", "must stand in double quotes"),
            (1, "msgid  \"a\"\n", "must stand in double quotes"),
            (1, "msgid é\n", "must stand in double quotes"),
            (2, "msgid \"a\"\nmsgstr \"A\"B\"\n", "inside of a string"),
            (2, "msgid \"a\"\nmsgstr \"\\q\"\n", "after a backslash"),
            (2, "msgid \"a\"\nmsgid \"b\"\n", "second `msgid`"),
            (1, "msgstr \"A\"\n", "no `msgid`"),
            (2, "msgid \"a\"\n# why\nmsgstr \"A\"\n", "between"),
            (2, "msgid \"a\"\n  \"b\"\n", "a line is empty"),
            (1, "msgid\n", "a line is empty"),
            (1, "<html>\n", "a line is empty"),
            (1, "msgctxt \"x\"\n", "no contexts"),
            (2, "msgid \"a\"\nmsgid_plural \"b\"\n", "no contexts"),
            (2, "msgid \"a\"\nmsgstr[0] \"b\"\n", "no contexts"),
        ] {
            let (told, problem) = refused(wrong);
            assert_eq!(told, line, "{wrong:?}: {problem}");
            assert!(problem.contains(part), "{wrong:?}: {problem}");
        }
        let long = format!("msgid \"{}\"\n", "x".repeat(LONGEST_LINE));
        assert_eq!(refused(&long).0, 1);
    }

    #[test]
    fn comments_stay_with_their_entry_and_go_without_one() {
        let text = "# of nobody\n\n#\n# of a\nmsgid \"a\"\nmsgstr \"A\"\n#~ msgid \"old\"\n\n#\n";
        assert_eq!(
            checked(Path::new("xx.po"), text).unwrap(),
            "\n# \n# of a\nmsgid \"a\"\nmsgstr \"A\"\n\n"
        );
    }

    #[test]
    fn an_entry_without_an_empty_line_before_it_is_left_to_the_count() {
        let glued = "msgid \"a\"\nmsgstr \"A\"\nmsgid \"b\"\nmsgstr \"B\"\n";
        assert_eq!(checked(Path::new("xx.po"), glued).unwrap(), glued);
    }
}
