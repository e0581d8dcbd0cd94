//! Help while a cell is written: completion and inspection.
//!
//! evcxr asks rust-analyzer with everything the notebook has defined so far; commands answer for
//! themselves.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::edited::Edited;
use super::super::{diagnostics, endings, variable_types};
use super::Session;
use crate::commands;
use crate::language::{CellOutcome, Completion, Completions, MimeBundle};

/// The kind of completions that have signatures.
const FUNCTION: &str = "function";
/// Whole signatures are looked up for so many completions; for more it would take too long.
const MAX_SIGNATURES: usize = 5;
/// What evcxr answers where it has no documentation.
const NOTHING_KNOWN: &str = "No documentation found";

/// The variable a type is asked of.
const ASKED: &str = "weft_asked";
/// Types that stand in the prelude, as the compiler names them.
const PRELUDE: [&str; 5] = [
    "std::vec::Vec",
    "std::string::String",
    "std::option::Option",
    "std::result::Result",
    "std::boxed::Box",
];

impl Session {
    /// Proposes completions at a position in code points.
    pub(super) fn completions(&mut self, code: &str, cursor_chars: usize) -> Completions {
        if let Some((before, rust)) = commands::rust_before(code, cursor_chars) {
            let mut found = self.completions_of_rust(&rust, rust.chars().count());
            found.start += before;
            found.end += before;
            return found;
        }
        if let Some(completions) = commands::complete(code, cursor_chars, self.last_run.as_ref()) {
            return completions;
        }
        self.completions_of_rust(code, cursor_chars)
    }

    fn completions_of_rust(&mut self, code: &str, cursor_chars: usize) -> Completions {
        let byte = char_to_byte(code, cursor_chars);
        let Ok(found) = self.context.completions(code, byte) else {
            return Completions::none(cursor_chars);
        };
        let typed = &code[..found.start_offset.min(code.len())];
        let functions = found
            .completions
            .iter()
            .filter(|found| found.kind == FUNCTION);
        let few = functions.count() <= MAX_SIGNATURES;
        let mut matches = Vec::with_capacity(found.completions.len());
        for completion in &found.completions {
            let text = identifier(&completion.code);
            if matches.iter().any(|known: &Completion| known.text == text) {
                // The same name with other arguments, or known from two places.
                continue;
            }
            let whole = (few && completion.kind == FUNCTION)
                .then(|| self.signature(&format!("{typed}{text}")))
                .flatten();
            matches.push(Completion {
                text,
                kind: completion.kind.to_owned(),
                signature: whole.unwrap_or_else(|| completion.label.clone()),
            });
        }
        Completions {
            matches,
            start: code[..found.start_offset.min(code.len())].chars().count(),
            end: code[..found.end_offset.min(code.len())].chars().count(),
        }
    }

    /// Describes what stands at a position in code points.
    pub(super) fn inspection(&mut self, code: &str, cursor_chars: usize) -> Option<MimeBundle> {
        let upto = end_of_word(code, char_to_byte(code, cursor_chars));
        let chars = code[..upto].chars().count();
        let argument = commands::rust_before(code, chars).filter(|(_, rust)| !rust.is_empty());
        let before = match argument {
            Some((_, rust)) => rust,
            None => {
                if let Some(help) = commands::inspect(self.tongue, &code[..upto]) {
                    return Some(MimeBundle::plain(help));
                }
                commands::without_commands(&code[..upto])
            }
        };
        let name = last_name(&before);
        if let Some(kind) = self.variables().get(name) {
            return Some(MimeBundle::plain(format!("let {name}: {kind}")));
        }
        let (plain, html) = self.documentation(&before)?;
        Some(MimeBundle::plain(plain).with("text/html", Value::String(html)))
    }

    /// The type of an expression, by the compiler: nothing is run. `None` where it has no name that
    /// could be written, as a closure's.
    pub(crate) fn type_of(&mut self, expression: &str) -> Result<Option<String>, CellOutcome> {
        let asked = Edited::between(&format!("let {ASKED} = "), expression, ";");
        let types = self.process.build.join(variable_types::FILE);
        let _ = std::fs::remove_file(&types);
        let errors = self
            .context
            .check(&asked.text)
            .map_err(|error| endings::error("CompileError", error.to_string()))?;
        if !errors.is_empty() {
            return Err(diagnostics::outcome(&errors, &asked, self.source_name()));
        }
        let known = std::fs::read_to_string(&types).unwrap_or_default();
        let known: BTreeMap<String, String> = serde_json::from_str(&known).unwrap_or_default();
        Ok(known.get(ASKED).map(|found| short_type(found)))
    }

    /// The documentation of a name or a path: text and HTML. A path may name a value, a module, a
    /// type or a macro, which stand in different places of the source.
    pub(crate) fn documentation_of(&mut self, name: &str) -> Option<(String, String)> {
        let name = name.trim_end_matches([';', '(', ')', '!']);
        let places = [String::new(), "use ".to_owned(), "let _: ".to_owned()];
        places
            .iter()
            .find_map(|before| self.documentation(&format!("{before}{name}")))
    }

    /// What rust-analyzer knows of the thing named at the end of some code: text and HTML.
    fn documentation(&mut self, code: &str) -> Option<(String, String)> {
        let (plain, html) = self.context.hover_at(code, code.len()).ok()?;
        // The crate evcxr makes of a cell is nothing to the user.
        let plain = plain
            .strip_prefix("ctx\n\n")
            .unwrap_or(&plain)
            .trim()
            .to_owned();
        let html = html.replacen(
            "<pre><code class=\"language-rust\">ctx\n</code></pre>\n",
            "",
            1,
        );
        (plain != NOTHING_KNOWN && !plain.is_empty()).then_some((plain, html))
    }

    /// The signature of the function named at the end of some code.
    fn signature(&mut self, code: &str) -> Option<String> {
        let (plain, _) = self.documentation(code)?;
        plain
            .lines()
            .find(|line| line.contains("fn "))
            .map(str::to_owned)
    }
}

/// A type as a student writes it: what every program can name without a path goes without one.
fn short_type(found: &str) -> String {
    PRELUDE.iter().fold(found.to_owned(), |text, path| {
        let name = path.rsplit("::").next().unwrap_or(path);
        let mut short = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find(path) {
            let (before, after) = (&rest[..at], &rest[at + path.len()..]);
            short.push_str(before);
            let inside_name = |character: char| character.is_alphanumeric() || character == '_';
            let is_whole = !before.ends_with(|last| inside_name(last) || last == ':')
                && !after.starts_with(inside_name);
            short.push_str(if is_whole { name } else { path });
            rest = after;
        }
        short.push_str(rest);
        short
    })
}

/// The name standing alone (no path, no field) that text ends with; empty where there is none.
fn last_name(text: &str) -> &str {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let name = &text[text.trim_end_matches(is_part).len()..];
    let before = text[..text.len() - name.len()].trim_end();
    if before.ends_with(['.', ':']) {
        ""
    } else {
        name
    }
}

/// Only what names the thing is inserted: no placeholders of arguments.
fn identifier(code: &str) -> String {
    let end = code
        .find(['(', '{', '<'])
        .filter(|at| *at > 0)
        .unwrap_or(code.len());
    code[..end].trim_end().to_owned()
}

fn char_to_byte(code: &str, chars: usize) -> usize {
    code.char_indices()
        .nth(chars)
        .map_or(code.len(), |(at, _)| at)
}

fn end_of_word(code: &str, byte: usize) -> usize {
    code[byte..]
        .find(|character: char| !character.is_alphanumeric() && character != '_')
        .map_or(code.len(), |more| byte + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_the_prelude_go_without_a_path() {
        assert_eq!(
            short_type("std::vec::Vec<std::option::Option<my::std::vec::Vec<std::vec::Vector>>>"),
            "Vec<Option<my::std::vec::Vec<std::vec::Vector>>>"
        );
    }
}
