//! `static mut` made visible, and what stays invisible named.
//!
//! Reading and writing a `static mut` is plain memory access, which no library can see. So `static mut N: T = v` becomes
//! a `static` of a type that announces both, `N` becomes `N.get()` and `N = e` becomes `N.set(e)`. Only text within
//! lines is changed: every line stays where it is.
//!
//! Where a reference to it is taken, or a part of it used, it stays as it is, and is named as not seen. What else is not
//! seen is found by `unseen`.
use crate::NotModelled;
use crate::beside::Beside;
use crate::unseen;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

/// What is read in a program's text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The text, changed.
    pub text: String,
    /// What is not seen in it.
    pub remarks: Vec<NotModelled>,
    /// What is not seen in it where the text is left as it was.
    pub remarks_unchanged: Vec<NotModelled>,
    /// It has a function `main`.
    pub has_main: bool,
    /// It has modules in other files.
    pub has_other_files: bool,
    /// The crates beside std that it names.
    pub beside: Vec<Beside>,
}

/// The module of the facade with the type that announces.
const PLAIN: &str = "::std::weft_plain::Plain";

/// Brackets within brackets, so many, are read by no person.
const MAX_DEPTH: usize = 128;
/// Nor are so many signs in a row.
const MAX_SIGNS: usize = 256;
/// The parser calls itself for each level; what passes the bounds above fits in here.
const STACK: usize = 128 << 20;

/// Reads a program. One that cannot be read stays as it is: the compiler will say why.
pub fn read(text: &str) -> Reading {
    let unread = || {
        let remarks = sorted(unseen::remarks_of_unread(text));
        Reading {
            text: text.to_owned(),
            beside: Beside::mentioned(text),
            remarks_unchanged: remarks.clone(),
            remarks,
            ..Reading::default()
        }
    };
    if is_too_deep(text) {
        return unread();
    }
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || rewrite(text));
        reader
            .ok()
            .and_then(|reader| reader.join().ok())
            .flatten()
            .unwrap_or_else(unread)
    })
}

/// As much of it is no program: a mark of its encoding, and a first line for the shell. What follows begins with the end
/// of that line, so that lines are counted alike.
fn beginning(text: &str) -> usize {
    let mark = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    match text[mark..].strip_prefix("#!") {
        Some(rest) if !rest.trim_start().starts_with('[') => {
            mark + text[mark..].find('\n').unwrap_or(text.len() - mark)
        }
        _ => mark,
    }
}

fn sorted(mut remarks: Vec<NotModelled>) -> Vec<NotModelled> {
    remarks.sort_by(|one, other| (one.line, &one.what).cmp(&(other.line, &other.what)));
    remarks.dedup();
    remarks
}

fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut signs) = (0usize, 0usize);
    text.bytes().any(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match byte {
            b'!' | b'-' | b'*' | b'&' => signs += 1,
            b' ' | b'\n' | b'\t' => {}
            _ => signs = 0,
        }
        depth > MAX_DEPTH || signs > MAX_SIGNS
    })
}

fn rewrite(whole: &str) -> Option<Reading> {
    let (before, text) = whole.split_at(beginning(whole));
    let file = syn::parse_file(text).ok()?;
    let mut found = Declarations::default();
    found.visit_file(&file);
    let mut uses = Uses {
        statics: found.statics,
    };
    uses.visit_file(&file);
    let mut edits = Vec::new();
    let mut announced = BTreeSet::new();
    let (mut hidden, mut all) = (Vec::new(), Vec::new());
    for (name, one) in uses.statics {
        let remark = NotModelled {
            what: format!("static mut {name}"),
            line: one.line,
        };
        all.push(remark.clone());
        if one.seen {
            edits.extend(one.edits);
            announced.insert(name);
        } else {
            hidden.push(remark);
        }
    }
    hidden.extend(unseen::remarks(text, &announced));
    all.extend(unseen::remarks(text, &BTreeSet::new()));
    let has = |wanted: fn(&syn::Item) -> bool| file.items.iter().any(wanted);
    Some(Reading {
        beside: found.beside.difference(&found.own).copied().collect(),
        text: before.to_owned() + &edited(text, edits),
        remarks: sorted(hidden),
        remarks_unchanged: sorted(all),
        has_main: has(
            |item| matches!(item, syn::Item::Fn(function) if function.sig.ident == "main"),
        ),
        has_other_files: has(
            |item| matches!(item, syn::Item::Mod(module) if module.content.is_none()),
        ),
    })
}

/// Something put in the place of something.
#[derive(Debug)]
struct Edit {
    at: Range<usize>,
    with: String,
}

fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        if edit.at.start < done || edit.at.end > text.len() {
            continue;
        }
        out.push_str(&text[done..edit.at.start]);
        // What was on several lines stays on several lines.
        let lines = text[edit.at.clone()].matches('\n').count();
        let kept = edit.with.matches('\n').count();
        out.push_str(&edit.with);
        out.extend(std::iter::repeat_n('\n', lines.saturating_sub(kept)));
        done = edit.at.end;
    }
    out.push_str(&text[done..]);
    out
}

/// A `static mut`.
#[derive(Debug)]
struct Static {
    line: u32,
    /// Every use of it can be announced.
    seen: bool,
    edits: Vec<Edit>,
}

#[derive(Default)]
struct Declarations {
    statics: BTreeMap<String, Static>,
    beside: BTreeSet<Beside>,
    /// Modules of its own with such a name.
    own: BTreeSet<Beside>,
}

impl Declarations {
    /// The names in a macro.
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(name) => self.beside.extend(Beside::named(&name.to_string())),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Declarations {
    fn visit_ident(&mut self, name: &'ast syn::Ident) {
        self.beside.extend(Beside::named(&name.to_string()));
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.own.extend(Beside::named(&module.ident.to_string()));
        visit::visit_item_mod(self, module);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        if let syn::StaticMutability::Mut(keyword) = &item.mutability {
            let before = |range: Range<usize>, with: &str| Edit {
                at: range.start..range.start,
                with: with.to_owned(),
            };
            let after = |range: Range<usize>, with: &str| Edit {
                at: range.end..range.end,
                with: with.to_owned(),
            };
            let kind = item.ty.span().byte_range();
            let value = item.expr.span().byte_range();
            let edits = vec![
                Edit {
                    at: keyword.span().byte_range(),
                    with: String::new(),
                },
                before(kind.clone(), &format!("{PLAIN}<")),
                after(kind, ">"),
                before(value.clone(), &format!("{PLAIN}::new(")),
                after(value, ")"),
            ];
            let line = u32::try_from(item.span().start().line).unwrap_or(0);
            let name = item.ident.to_string();
            let again = self.statics.contains_key(&name);
            let one = Static {
                line,
                // Two of the same name cannot be told apart here.
                seen: !again,
                edits,
            };
            self.statics.insert(name, one);
        }
        visit::visit_item_static(self, item);
    }
}

struct Uses {
    statics: BTreeMap<String, Static>,
}

impl Uses {
    /// The `static mut` this expression names.
    fn named(&mut self, expression: &syn::Expr) -> Option<&mut Static> {
        let syn::Expr::Path(path) = expression else {
            return None;
        };
        let last = path.path.segments.last()?;
        self.statics.get_mut(&last.ident.to_string())
    }

    fn set(&mut self, left: &syn::Expr, right: &syn::Expr, operator: Option<&str>) -> bool {
        let name = left.span().byte_range();
        let value = right.span().byte_range();
        let text = match left {
            syn::Expr::Path(path) => path
                .path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect::<Vec<_>>()
                .join("::"),
            _ => return false,
        };
        let Some(one) = self.named(left) else {
            return false;
        };
        let begin = match operator {
            Some(operator) => format!("{text}.set({text}.get() {operator} ("),
            None => format!("{text}.set("),
        };
        one.edits.push(Edit {
            at: name.start..value.start,
            with: begin,
        });
        // What is put at the end of the value itself comes before its closing bracket.
        self.visit_expr(right);
        let end = if operator.is_some() { "))" } else { ")" };
        if let Some(one) = self.named(left) {
            one.edits.push(Edit {
                at: value.end..value.end,
                with: end.to_owned(),
            });
        }
        true
    }

    /// Something of it is used that is not its value.
    fn hide(&mut self, expression: &syn::Expr) {
        if let Some(one) = self.named(expression) {
            one.seen = false;
        }
    }

    /// What stands in a macro is tokens: a name alone is a read.
    fn tokens(&mut self, tokens: TokenStream) {
        let all: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in all.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(name) => {
                    let punct = |at: Option<usize>| match at.and_then(|at| all.get(at)) {
                        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
                        Some(TokenTree::Group(group))
                            if group.delimiter() == proc_macro2::Delimiter::Bracket =>
                        {
                            Some('[')
                        }
                        _ => None,
                    };
                    let (before, after) = (punct(index.checked_sub(1)), punct(Some(index + 1)));
                    if let Some(one) = self.statics.get_mut(&name.to_string()) {
                        let value = before != Some('&')
                            && before != Some('.')
                            && !matches!(after, Some('.' | '[' | '=' | '+' | '-' | '*' | '/'));
                        if value {
                            let end = name.span().byte_range().end;
                            one.edits.push(Edit {
                                at: end..end,
                                with: ".get()".to_owned(),
                            });
                        } else {
                            one.seen = false;
                        }
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

/// `+=` as `+`, for the operators that assign.
fn assigns(operator: &syn::BinOp) -> Option<&'static str> {
    use syn::BinOp;
    Some(match operator {
        BinOp::AddAssign(_) => "+",
        BinOp::SubAssign(_) => "-",
        BinOp::MulAssign(_) => "*",
        BinOp::DivAssign(_) => "/",
        BinOp::RemAssign(_) => "%",
        BinOp::BitXorAssign(_) => "^",
        BinOp::BitAndAssign(_) => "&",
        BinOp::BitOrAssign(_) => "|",
        BinOp::ShlAssign(_) => "<<",
        BinOp::ShrAssign(_) => ">>",
        _ => return None,
    })
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_expr(&mut self, expression: &'ast syn::Expr) {
        match expression {
            syn::Expr::Assign(assign) if self.set(&assign.left, &assign.right, None) => return,
            syn::Expr::Binary(binary) => {
                if let Some(operator) = assigns(&binary.op)
                    && self.set(&binary.left, &binary.right, Some(operator))
                {
                    return;
                }
            }
            syn::Expr::Reference(reference) => self.hide(&reference.expr),
            syn::Expr::RawAddr(address) => self.hide(&address.expr),
            syn::Expr::MethodCall(call) => self.hide(&call.receiver),
            syn::Expr::Field(field) => self.hide(&field.base),
            syn::Expr::Index(index) => self.hide(&index.expr),
            syn::Expr::Path(_) => {
                let end = expression.span().byte_range().end;
                if let Some(one) = self.named(expression) {
                    one.edits.push(Edit {
                        at: end..end,
                        with: ".get()".to_owned(),
                    });
                }
                return;
            }
            _ => {}
        }
        visit::visit_expr(self, expression);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::read as rewrite;

    #[test]
    fn reads_and_writes_are_announced_on_their_lines() {
        let text = "static mut COUNT: u32 = 0;\nfn main() {\n    unsafe {\n        COUNT = 1;\n        COUNT += 2 * COUNT;\n        let now = COUNT;\n        println!(\"{} {now}\", COUNT);\n    }\n}\n";
        let rewritten = rewrite(text);
        assert_eq!(
            rewritten.text,
            "static  COUNT: ::std::weft_plain::Plain<u32> = ::std::weft_plain::Plain::new(0);\nfn main() {\n    unsafe {\n        COUNT.set(1);\n        COUNT.set(COUNT.get() + (2 * COUNT.get()));\n        let now = COUNT.get();\n        println!(\"{} {now}\", COUNT.get());\n    }\n}\n"
        );
        assert_eq!(rewritten.remarks, []);
    }

    #[test]
    fn what_cannot_be_announced_is_named_and_left_alone() {
        for body in [
            "LIST.push(1)",
            "let _ = &raw mut LIST",
            "LIST[0] = 1",
            "dbg!(&LIST)",
        ] {
            let text = format!(
                "static mut LIST: Vec<u32> = Vec::new();\nfn main() {{ unsafe {{ {body}; }} }}"
            );
            let rewritten = rewrite(&text);
            assert_eq!(rewritten.text, text);
            assert_eq!(rewritten.remarks[0].what, "static mut LIST", "{body}");
            assert_eq!(rewritten.remarks[0].line, 1);
        }
    }

    #[test]
    fn what_is_no_program_before_it_is_kept_and_lines_are_counted_alike() {
        let program = "\nstatic mut N: i32 = 0;\nfn main() { unsafe { N += 1; } }";
        let plain = rewrite(program);
        assert_ne!(plain.text, program);
        assert_eq!(plain.remarks, []);
        for before in ["\u{feff}", "#!/usr/bin/env run", "\u{feff}#! run"] {
            let read = rewrite(&format!("{before}{program}"));
            assert_eq!(read.text, format!("{before}{}", plain.text));
            let hidden = format!("{before}{program}\nfn f() {{ unsafe {{ g(&raw const N); }} }}");
            let named = rewrite(&hidden).remarks;
            let named: Vec<_> = named.iter().map(|one| (&*one.what, one.line)).collect();
            assert_eq!(named, [("static mut N", 2), ("unsafe", 3)], "{before}");
        }
        let attribute = format!("#![allow(dead_code)]{program}");
        assert_eq!(
            rewrite(&attribute).text,
            attribute.replace(program, &plain.text)
        );
    }

    #[test]
    fn nothing_is_seen_of_a_text_that_is_left_as_it_was() {
        let text = "static mut N: i32 = 0;\nfn main() { unsafe { N += 1; } }";
        let named = |remarks: Vec<super::NotModelled>| -> Vec<(String, u32)> {
            remarks
                .into_iter()
                .map(|one| (one.what, one.line))
                .collect()
        };
        let both = [("static mut N".to_owned(), 1), ("unsafe".to_owned(), 2)];
        assert_eq!(named(rewrite(text).remarks_unchanged), both);
        let deep = format!("{text}\n// {}", "(".repeat(1000));
        assert_eq!(named(rewrite(&deep).remarks), both);
    }

    #[test]
    fn crates_beside_std_are_those_that_are_named_and_not_its_own() {
        let named = |text: &str| -> Vec<&str> {
            let beside = rewrite(text).beside;
            beside.into_iter().map(super::Beside::name).collect()
        };
        assert_eq!(
            named("use crossbeam::channel;\nuse parking_lot::Mutex;\nfn main() {}"),
            ["crossbeam", "parking_lot"]
        );
        assert_eq!(
            named("fn main() { crossbeam::scope(|_| {}); }"),
            ["crossbeam"]
        );
        assert_eq!(
            named("fn main() { println!(\"{}\", crossbeam_channel::bounded::<u8>(1).0.len()); }"),
            ["crossbeam_channel"]
        );
        // Where nothing is read, a part of a word will do: a name too many costs time alone.
        assert_eq!(
            named("use crossbeam_utils::thread; fn ("),
            ["crossbeam", "crossbeam_utils"]
        );
        for none in [
            "// crossbeam::channel and parking_lot\nfn main() { println!(\"crossbeam\"); }",
            "mod parking_lot { pub struct Mutex; }\nuse parking_lot::Mutex;\nfn main() {}",
            "fn main() {}",
        ] {
            assert_eq!(named(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn text_that_is_no_program_stays_as_it_is() {
        for text in [
            "",
            "fn main( {",
            "static mut",
            "\u{feff}fn main() {}",
            &"(".repeat(100_000),
            &"-".repeat(1_000_000),
        ] {
            assert_eq!(rewrite(text).text, text);
        }
    }
}
