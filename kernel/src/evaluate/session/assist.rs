//! Help while a cell is written: completion and inspection.
//!
//! evcxr asks rust-analyzer with everything the notebook has defined so far; commands answer for
//! themselves.

use serde_json::Value;

use super::Session;
use crate::commands;
use crate::language::{Completion, Completions, MimeBundle};

/// The kind of completions that have signatures.
const FUNCTION: &str = "function";
/// Whole signatures are looked up for so many completions; for more it would take too long.
const MAX_SIGNATURES: usize = 5;
/// What evcxr answers where it has no documentation.
const NOTHING_KNOWN: &str = "No documentation found";

impl Session {
    /// Proposes completions at a position in code points.
    pub(super) fn completions(&mut self, code: &str, cursor_chars: usize) -> Completions {
        if let Some(completions) = commands::complete(code, cursor_chars) {
            return completions;
        }
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
        if let Some(help) = commands::inspect(self.tongue, &code[..upto]) {
            return Some(MimeBundle::plain(help));
        }
        let before = commands::without_commands(&code[..upto]);
        let name = last_name(&before);
        if let Some(kind) = self.variables().get(name) {
            return Some(MimeBundle::plain(format!("let {name}: {kind}")));
        }
        let (plain, html) = self.documentation(&before)?;
        Some(MimeBundle::plain(plain).with("text/html", Value::String(html)))
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
