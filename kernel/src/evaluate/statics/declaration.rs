//! Declarations of statics: `static` items and `thread_local!`, wherever they stand in an item.

use std::ops::Range;

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned as _;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};

use super::digest;
use crate::evaluate::edited::Edited;
use crate::evaluate::variable_types::LineStarts;

/// Attributes with which a static has a name or a place of its own already, or may not be there: such a one is left
/// alone.
const PLACED: [&str; 5] = ["no_mangle", "export_name", "link_section", "used", "cfg"];

/// One `static` or one `thread_local!`.
pub(super) struct Declaration {
    /// Without attributes, with the semicolon.
    from: Span,
    to: Span,
    kind: Kind,
    /// How many declarations stand before it in its item.
    index: usize,
    /// One for a `static`, any number for `thread_local!`.
    pub(super) variables: Vec<Variable>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Static,
    /// `thread_local!`: what the program names is a key, the same for all threads.
    Local,
}

/// One variable of a declaration; everything as source text.
pub(super) struct Variable {
    pub(super) name: String,
    visibility: String,
    is_mut: bool,
    /// Its type.
    pub(super) kind: syn::Type,
    value: String,
}

impl Declaration {
    pub(super) fn range(&self, places: &LineStarts<'_>) -> Range<usize> {
        places.range(self.from).start..places.range(self.to).end
    }

    /// What the static is known by, in all cells.
    pub(super) fn key(&self, item: &syn::Item, variable: &Variable) -> String {
        let place = match item {
            syn::Item::Static(_) => String::new(),
            syn::Item::Fn(item) => format!("fn {}/{}", item.sig.ident, self.index),
            syn::Item::Mod(item) => format!("mod {}/{}", item.ident, self.index),
            syn::Item::Trait(item) => format!("trait {}/{}", item.ident, self.index),
            syn::Item::Const(item) => format!("const {}/{}", item.ident, self.index),
            // Without a name, like `impl`.
            item => format!(
                "{}/{}",
                digest(&item.to_token_stream().to_string()),
                self.index
            ),
        };
        let local = if self.kind == Kind::Local {
            "local "
        } else {
            ""
        };
        format!("{place}/{local}{}", variable.name)
    }

    /// The variable as text, to compare declarations.
    pub(super) fn text(&self, variable: &Variable) -> String {
        format!(
            "{} {} {} = {}",
            self.kind == Kind::Local,
            variable.is_mut,
            variable.kind.to_token_stream(),
            variable.value
        )
    }

    /// What has to be inserted so that the variables are there for other shared objects.
    pub(super) fn exported(
        &self,
        symbols: &[String],
        range: &Range<usize>,
    ) -> Vec<(Range<usize>, String)> {
        let insertions = self.variables.iter().zip(symbols).enumerate();
        insertions
            .map(|(index, (variable, symbol))| match self.kind {
                Kind::Static => (
                    range.start..range.start,
                    format!("#[unsafe(export_name = \"{symbol}\")] "),
                ),
                // A key is a constant: a static that holds it can be exported.
                Kind::Local => (
                    range.end..range.end,
                    format!(
                        " #[unsafe(export_name = \"{symbol}\")] static weft_local_{index}_{}: {} = {};",
                        digest(symbol),
                        key_type(&variable.kind.to_token_stream().to_string()),
                        variable.name,
                    ),
                ),
            })
            .collect()
    }

    /// A declaration of the same names that uses the statics of another shared object.
    pub(super) fn imported(&self, symbols: &[String]) -> String {
        let declarations: Vec<String> = self
            .variables
            .iter()
            .zip(symbols)
            .map(|(variable, symbol)| {
                let Variable {
                    name, visibility, ..
                } = variable;
                let kind = with_lifetimes(&variable.kind);
                let (safe, kind) = match self.kind {
                    Kind::Static if variable.is_mut => ("static mut", kind),
                    Kind::Static => ("safe static", kind),
                    Kind::Local => ("safe static", key_type(&kind)),
                };
                format!("#[link_name = \"{symbol}\"] {visibility} {safe} {name}: {kind};")
            })
            .collect();
        format!("unsafe extern \"Rust\" {{ {} }}", declarations.join(" "))
    }
}

fn key_type(kind: &str) -> String {
    format!("::std::thread::LocalKey<{kind}>")
}

/// A type with the lifetimes that need not be written in a `static`, but where one is imported.
fn with_lifetimes(kind: &syn::Type) -> String {
    struct Writer;
    impl VisitMut for Writer {
        fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
            if reference.lifetime.is_none() {
                reference.lifetime = Some(syn::Lifetime::new("'static", Span::call_site()));
            }
            visit_mut::visit_type_reference_mut(self, reference);
        }
        // Those of arguments and results are the function's own.
        fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
        fn visit_parenthesized_generic_arguments_mut(
            &mut self,
            _: &mut syn::ParenthesizedGenericArguments,
        ) {
        }
    }
    let mut kind = kind.clone();
    Writer.visit_type_mut(&mut kind);
    kind.to_token_stream().to_string()
}

/// Makes each `thread_local!` of a cell items: evcxr knows items by their names, and takes a macro for a statement.
/// What is named is the key, which is a constant. Lines stay in place.
pub(crate) fn keys_as_items(cell: &str) -> Edited<'_> {
    if !cell.contains("thread_local") {
        return Edited::unchanged(cell);
    }
    let Some(statements) = super::statements_of(cell) else {
        return Edited::unchanged(cell);
    };
    let places = LineStarts::of(cell);
    let only_lines = |range: Range<usize>| {
        let lines = "\n".repeat(cell[range.clone()].matches('\n').count());
        (range, lines)
    };
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for statement in &statements {
        let syn::Stmt::Macro(statement) = statement else {
            continue;
        };
        let Some(Locals(variables)) = locals_of(&statement.mac) else {
            continue;
        };
        let delimiter = statement.mac.delimiter.span();
        let end = statement
            .semi_token
            .map_or(delimiter.close(), |semi| semi.span());
        let begin =
            places.range(statement.mac.path.span()).start..places.range(delimiter.open()).end;
        edits.push(only_lines(begin));
        let close = places.range(delimiter.close()).start;
        edits.push(only_lines(close..places.range(end).end));
        for Local { variable, spans } in variables {
            let at = |span: Span| places.range(span);
            let Variable { name, kind, .. } = &variable;
            let kind = kind.to_token_stream();
            edits.push((
                at(spans.kind).start..at(spans.kind).start,
                "::std::thread::LocalKey<".to_owned(),
            ));
            edits.push((at(spans.kind).end..at(spans.kind).end, ">".to_owned()));
            let value = at(spans.value);
            edits.push((
                value.start..value.start,
                format!("{{ ::std::thread_local! {{ static {name}: {kind} = "),
            ));
            let semi = if spans.is_last_without_semi { ";" } else { "" };
            edits.push((value.end..value.end, format!("; }} {name} }}{semi}")));
        }
    }
    Edited::new(cell, edits)
}

/// All declarations in an item, in the order of the text.
pub(super) fn all_in(item: &syn::Item) -> Vec<Declaration> {
    let mut finder = Finder::default();
    finder.visit_item(item);
    finder.found
}

#[derive(Default)]
struct Finder {
    found: Vec<Declaration>,
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        if is_placed(&item.attrs) {
            return;
        }
        let visibility = item.vis.to_token_stream().to_string();
        let from = if visibility.is_empty() {
            item.static_token.span()
        } else {
            item.vis.span()
        };
        self.found.push(Declaration {
            from,
            to: item.semi_token.span(),
            kind: Kind::Static,
            index: self.found.len(),
            variables: vec![Variable {
                name: item.ident.to_string(),
                visibility,
                is_mut: matches!(item.mutability, syn::StaticMutability::Mut(_)),
                kind: (*item.ty).clone(),
                value: item.expr.to_token_stream().to_string(),
            }],
        });
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if is_placed(&item.attrs) {
            return;
        }
        let semi = item.semi_token.map(|semi| semi.span());
        self.found.extend(local(&item.mac, semi, self.found.len()));
    }

    fn visit_stmt_macro(&mut self, statement: &'ast syn::StmtMacro) {
        if is_placed(&statement.attrs) {
            return;
        }
        let semi = statement.semi_token.map(|semi| semi.span());
        self.found
            .extend(local(&statement.mac, semi, self.found.len()));
    }
}

fn local(call: &syn::Macro, semi: Option<Span>, index: usize) -> Option<Declaration> {
    let Locals(locals) = locals_of(call)?;
    Some(Declaration {
        from: call.path.span(),
        to: semi.unwrap_or_else(|| call.delimiter.span().close()),
        kind: Kind::Local,
        index,
        variables: locals.into_iter().map(|local| local.variable).collect(),
    })
}

fn is_placed(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.meta.to_token_stream().to_string();
        PLACED.iter().any(|word| text.contains(word)) && !attribute.path().is_ident("doc")
    })
}

fn locals_of(call: &syn::Macro) -> Option<Locals> {
    if call.path.segments.last()?.ident != "thread_local" {
        return None;
    }
    call.parse_body().ok()
}

/// What stands in `thread_local!` (the documentation of `std::thread_local`).
struct Locals(Vec<Local>);

struct Local {
    variable: Variable,
    spans: Spans,
}

struct Spans {
    kind: Span,
    value: Span,
    is_last_without_semi: bool,
}

impl Parse for Locals {
    fn parse(input: ParseStream<'_>) -> syn::Result<Locals> {
        let mut locals = Vec::new();
        while !input.is_empty() {
            if is_placed(&input.call(syn::Attribute::parse_outer)?) {
                return Err(input.error("a variable that may not be there"));
            }
            let visibility: syn::Visibility = input.parse()?;
            input.parse::<syn::Token![static]>()?;
            let name: syn::Ident = input.parse()?;
            input.parse::<syn::Token![:]>()?;
            let kind: syn::Type = input.parse()?;
            input.parse::<syn::Token![=]>()?;
            let value: syn::Expr = input.parse()?;
            let is_last_without_semi = input.is_empty();
            if !is_last_without_semi {
                input.parse::<syn::Token![;]>()?;
            }
            locals.push(Local {
                spans: Spans {
                    kind: kind.span(),
                    value: value.span(),
                    is_last_without_semi,
                },
                variable: Variable {
                    name: name.to_string(),
                    visibility: visibility.to_token_stream().to_string(),
                    is_mut: false,
                    value: value.to_token_stream().to_string(),
                    kind,
                },
            });
        }
        Ok(Locals(locals))
    }
}
