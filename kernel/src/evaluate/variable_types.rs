//! Types of new variables, told by the compiler.
//!
//! evcxr keeps a cell's variables in a store and must write their types down to take them out
//! again. It asks rust-analyzer, which knows the types of the standard library only where its
//! source is installed (rustup's `rust-src`, not part of the default profile). rustc always knows:
//! a call that demands a trait nothing implements makes it name the type of the argument.

use std::collections::BTreeMap;

use serde_json::Value;

/// Where the compiler's stand-in leaves the answers, in the folder evcxr builds in.
pub(crate) const FILE: &str = "weft-types.json";

/// How evcxr's analysis source ends: each variable is passed to this function.
const STORE: &str = "fn evcxr_variable_store<T: 'static>(_: T) {}";
const ASKING_STORE: &str =
    "trait WeftTypeOf {} fn evcxr_variable_store<T: WeftTypeOf + 'static>(_: T) {}";

/// Changes evcxr's analysis source so that rustc names each variable's type. Lines stay in place.
pub(super) fn ask_in(source: &str) -> String {
    source.replacen(STORE, ASKING_STORE, 1)
}

/// Splits rustc's messages (JSON lines) into the types of variables and the other errors.
pub(super) fn answers(messages: &str, source: &str) -> (BTreeMap<String, String>, Vec<String>) {
    let lines: Vec<&str> = source.lines().collect();
    let mut types = BTreeMap::new();
    let mut errors = Vec::new();
    for line in messages.lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        if message["level"] != "error" {
            continue;
        }
        let text = message["message"].as_str().unwrap_or_default();
        if text.starts_with("aborting due to") {
            continue;
        }
        match named_type(text) {
            Some(found) => {
                let spans = message["spans"].as_array().into_iter().flatten();
                let variable = spans
                    .filter_map(|span| span["line_start"].as_u64())
                    .filter_map(|line| lines.get((line as usize).checked_sub(1)?))
                    .find_map(|line| stored_variable(line));
                if let (Some(variable), Some(found)) = (variable, writable(found)) {
                    types.insert(variable.to_owned(), found);
                }
            }
            None => errors.push(line.to_owned()),
        }
    }
    (types, errors)
}

/// The type in "the trait bound `TYPE: WeftTypeOf` is not satisfied".
fn named_type(message: &str) -> Option<&str> {
    message
        .strip_prefix("the trait bound `")?
        .strip_suffix(": WeftTypeOf` is not satisfied")
}

/// The variable in "evcxr_variable_store(VARIABLE);".
fn stored_variable(line: &str) -> Option<&str> {
    line.trim()
        .strip_prefix("evcxr_variable_store(")?
        .strip_suffix(");")
}

/// The type as source, `None` where it has no name (closures, `impl Trait`).
fn writable(found: &str) -> Option<String> {
    let text = found.replace("{integer}", "i32").replace("{float}", "f64");
    let nameless = ["{", "impl ", "..."].iter().any(|part| text.contains(part));
    (!nameless).then_some(text)
}

/// Writes the types into the cell: `let x = 1;` becomes `let x: i32 = 1;`, and a pattern becomes
/// declarations and an assignment on the same line. `None` where nothing could be added.
pub(super) fn annotate(cell: &str, types: &BTreeMap<String, String>) -> Option<String> {
    use syn::spanned::Spanned as _;
    let wrapped = format!("{{{cell}\n}}");
    let block: syn::Block = syn::parse_str(&wrapped).ok()?;
    let offset_of = LineStarts::of(&wrapped);
    let mut edits: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for statement in &block.stmts {
        let syn::Stmt::Local(local) = statement else {
            continue;
        };
        let range = |span: proc_macro2::Span| offset_of.range(span);
        match &local.pat {
            syn::Pat::Ident(pattern) => {
                if let Some(found) = types.get(&pattern.ident.to_string()) {
                    let end = range(pattern.span()).end;
                    edits.push((end..end, format!(": {found}")));
                }
            }
            syn::Pat::Type(_) => {}
            pattern
                if local
                    .init
                    .as_ref()
                    .is_some_and(|init| init.diverge.is_none()) =>
            {
                let mut names = Names::default();
                syn::visit::Visit::visit_pat(&mut names, pattern);
                if names.by_reference
                    || names
                        .found
                        .iter()
                        .all(|(name, _)| !types.contains_key(name))
                {
                    continue;
                }
                let declarations: String = names
                    .found
                    .iter()
                    .map(|(name, mutable)| {
                        let mutable = if *mutable { "mut " } else { "" };
                        match types.get(name) {
                            Some(found) => format!("let {mutable}{name}: {found}; "),
                            None => format!("let {mutable}{name}; "),
                        }
                    })
                    .collect();
                edits.push((range(local.let_token.span()), declarations));
                edits.extend(
                    names
                        .mutability
                        .into_iter()
                        .map(|span| (range(span), String::new())),
                );
            }
            _ => {}
        }
    }
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = wrapped;
    for (range, replacement) in edits {
        text.replace_range(range, &replacement);
    }
    Some(text[1..text.len() - 2].to_owned())
}

/// The variables a pattern binds.
#[derive(Default)]
struct Names {
    found: Vec<(String, bool)>,
    mutability: Vec<proc_macro2::Span>,
    by_reference: bool,
}

impl<'ast> syn::visit::Visit<'ast> for Names {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        use syn::spanned::Spanned as _;
        self.by_reference |= pattern.by_ref.is_some() || pattern.subpat.is_some();
        if let Some(mutability) = &pattern.mutability {
            self.mutability.push(mutability.span());
        }
        self.found
            .push((pattern.ident.to_string(), pattern.mutability.is_some()));
    }
}

/// Byte offsets of the beginnings of lines: proc-macro2 counts lines and characters.
pub(super) struct LineStarts<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineStarts<'a> {
    pub(super) fn of(text: &'a str) -> LineStarts<'a> {
        let after_newlines = text.match_indices('\n').map(|(at, _)| at + 1);
        LineStarts {
            text,
            starts: std::iter::once(0).chain(after_newlines).collect(),
        }
    }

    pub(super) fn range(&self, span: proc_macro2::Span) -> std::ops::Range<usize> {
        self.offset(span.start())..self.offset(span.end())
    }

    fn offset(&self, place: proc_macro2::LineColumn) -> usize {
        let start = self
            .starts
            .get(place.line.wrapping_sub(1))
            .copied()
            .unwrap_or(0);
        self.text[start..]
            .char_indices()
            .nth(place.column)
            .map_or(self.text.len(), |(at, _)| start + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(name, kind)| ((*name).to_owned(), (*kind).to_owned()))
            .collect()
    }

    #[test]
    fn a_type_is_written_behind_the_name() {
        let cell = "let keep = vec![1, 2];\nlet mut é = 2; println!(\"{é}\");";
        let known = types(&[("keep", "std::vec::Vec<i32>"), ("é", "i32")]);
        assert_eq!(
            annotate(cell, &known).unwrap(),
            "let keep: std::vec::Vec<i32> = vec![1, 2];\nlet mut é: i32 = 2; println!(\"{é}\");"
        );
    }

    #[test]
    fn a_pattern_becomes_declarations_on_the_same_line() {
        let cell = "let (tx, mut rx) = channel();\nrx.recv()";
        let known = types(&[("tx", "A<i32>"), ("rx", "B<i32>")]);
        assert_eq!(
            annotate(cell, &known).unwrap(),
            "let tx: A<i32>; let mut rx: B<i32>;  (tx,  rx) = channel();\nrx.recv()"
        );
    }

    #[test]
    fn the_type_is_read_from_the_message_and_other_errors_are_kept() {
        let source = "a\n  evcxr_variable_store(keep);\nb";
        let messages = concat!(
            r#"{"level":"error","message":"the trait bound `std::vec::Vec<{integer}>: WeftTypeOf` is not satisfied","spans":[{"line_start":2}]}"#,
            "\n",
            r#"{"level":"error","message":"cannot find value `x`","spans":[]}"#,
            "\n",
            r#"{"level":"error","message":"aborting due to 2 previous errors","spans":[]}"#,
        );
        let (found, errors) = answers(messages, source);
        assert_eq!(found, types(&[("keep", "std::vec::Vec<i32>")]));
        assert_eq!(errors.len(), 1);
    }

    #[test]
    fn a_closure_has_no_type_to_write() {
        assert_eq!(writable("{closure@lib.rs:1:2: 1:5}"), None);
        assert_eq!(writable("impl Fn()"), None);
    }
}
