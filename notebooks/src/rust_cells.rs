//! `cells.rs`: the Rust cells of a chapter, in a file the compiler checks.
//!
//! The file is one program: its `main` holds the cells in the order of the
//! notebook, each between `// cell: NAME` and `// end cell`. So rustc sees what
//! the kernel will see, later cells may use what earlier ones define, and
//! running the program runs the chapter. What stands outside the regions (a
//! solution, an assertion) never reaches a notebook.

use crate::{Error, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// Region name to code, without the indentation of the surrounding `main`.
pub type Regions = BTreeMap<String, String>;

/// Reads the regions of a `cells.rs`; `path` is named in errors.
pub fn parse(path: &Path, text: &str) -> Result<Regions> {
    let mut regions = Regions::new();
    let mut open: Option<(String, usize, Vec<String>)> = None;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let trimmed = line.trim_start();
        if let Some(name) = trimmed.strip_prefix("// cell: ") {
            if open.is_some() {
                return Err(Error::source(path, number, "the cell before is not closed"));
            }
            open = Some((
                name.trim().to_owned(),
                line.len() - trimmed.len(),
                Vec::new(),
            ));
        } else if trimmed == "// end cell" {
            let Some((name, _, lines)) = open.take() else {
                return Err(Error::source(path, number, "no cell is open here"));
            };
            let code = lines.join("\n").trim_matches('\n').to_owned();
            if code.is_empty() || regions.insert(name.clone(), code).is_some() {
                let problem = format!("the cell `{name}` is empty or there twice");
                return Err(Error::source(path, number, problem));
            }
        } else if let Some((_, indent, lines)) = &mut open {
            let (margin, rest) = line.split_at(line.len().min(*indent));
            if !margin.trim().is_empty() {
                let problem = "a line of a cell stands left of its mark";
                return Err(Error::source(path, number, problem));
            }
            lines.push(rest.trim_end().to_owned());
        }
    }
    match open {
        Some((name, ..)) => Err(Error::source(path, 0, format!("`{name}` is not closed"))),
        None => Ok(regions),
    }
}

/// The byte where a line comment begins in a line of code, and whether the line
/// ends inside a string. Block comments are not used in cells.
fn comment_start(line: &str, mut in_string: bool) -> (Option<usize>, bool) {
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if in_string => at += 1,
            b'"' => in_string = !in_string,
            // A quote sign as a character, not as the start of a string.
            b'\'' if !in_string && bytes[at..].starts_with(b"'\"'") => at += 2,
            b'/' if !in_string && bytes[at..].starts_with(b"//") => return (Some(at), false),
            _ => {}
        }
        at += 1;
    }
    (None, in_string)
}

/// A line of code, and its comment: the slashes and the text.
type Line<'a> = (&'a str, Option<(&'a str, &'a str)>);

fn split_comments(code: &str) -> Vec<Line<'_>> {
    let mut in_string = false;
    code.lines()
        .map(|line| {
            let (start, open) = comment_start(line, in_string);
            in_string = open;
            let comment = start.map(|start| {
                let comment = &line[start..];
                let text = comment.trim_start_matches(['/', '!']);
                (&comment[..comment.len() - text.len()], text.trim())
            });
            (&line[..start.unwrap_or(line.len())], comment)
        })
        .collect()
}

/// The texts of the comments in a cell, one a line, for the translators.
pub fn comments(code: &str) -> Vec<String> {
    split_comments(code)
        .into_iter()
        .filter_map(|(_, comment)| comment)
        .map(|(_, text)| text.to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// The cell with each comment replaced by what `translate` gives for it.
pub fn with_comments(code: &str, mut translate: impl FnMut(&str) -> String) -> String {
    split_comments(code)
        .into_iter()
        .map(|(code, comment)| match comment {
            Some((slashes, "")) => format!("{code}{slashes}"),
            Some((slashes, text)) => format!("{code}{slashes} {}", translate(text)),
            None => code.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The cell with no comments: what must be equal in all languages.
pub fn without_comments(code: &str) -> String {
    split_comments(code)
        .into_iter()
        .map(|(code, _)| code.trim_end())
        .filter(|code| !code.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "fn main() {\n    // cell: one\n    let a = 1; // first\n\n    // second\n    println!(\"// no {a}\");\n    // end cell\n}\n";

    fn one() -> String {
        parse(Path::new("cells.rs"), FILE).unwrap()["one"].clone()
    }

    #[test]
    fn a_region_loses_the_indentation_of_main() {
        assert_eq!(
            one(),
            "let a = 1; // first\n\n// second\nprintln!(\"// no {a}\");"
        );
    }

    #[test]
    fn slashes_inside_a_string_are_not_a_comment() {
        assert_eq!(comments(&one()), ["first", "second"]);
        assert_eq!(
            with_comments(&one(), str::to_uppercase),
            "let a = 1; // FIRST\n\n// SECOND\nprintln!(\"// no {a}\");"
        );
    }

    #[test]
    fn code_is_compared_without_its_comments() {
        assert_eq!(
            without_comments(&one()),
            "let a = 1;\nprintln!(\"// no {a}\");"
        );
        let other = with_comments(&one(), |_| "başka".into());
        assert_eq!(without_comments(&other), without_comments(&one()));
    }

    #[test]
    fn a_documentation_comment_stays_one() {
        assert_eq!(
            with_comments("/// doc\nstruct A;", str::to_uppercase),
            "/// DOC\nstruct A;"
        );
    }

    #[test]
    fn a_string_over_several_lines_is_seen_whole() {
        let code = "println!(\"one\n // two\n three\"); // four";
        assert_eq!(comments(code), ["four"]);
    }

    #[test]
    fn an_unclosed_or_doubled_cell_is_refused() {
        for text in [
            "// cell: a\nlet x;\n",
            "// cell: a\nx\n// cell: b\n",
            "// end cell\n",
            "// cell: a\nx\n// end cell\n// cell: a\ny\n// end cell\n",
        ] {
            assert!(parse(Path::new("cells.rs"), text).is_err(), "{text}");
        }
    }
}
