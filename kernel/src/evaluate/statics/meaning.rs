//! What the bytes of a static mean: its declaration and the definitions of all types it is made of.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::visit::Visit;

use super::declaration::{Declaration, Variable};
use super::digest;
use crate::evaluate::generated;

/// Stands for the names of a glob import or of a macro, which are not known here.
const ANY: &str = "*";

/// The definitions a type can depend on, by the names they give.
pub(super) struct Meanings {
    definitions: BTreeMap<String, Vec<Definition>>,
}

struct Definition {
    text: String,
    mentions: BTreeSet<String>,
}

impl Meanings {
    /// `crates`: what the notebook asked for, by name.
    pub(super) fn of(file: &syn::File, crates: &BTreeMap<String, String>) -> Meanings {
        let mut definitions: BTreeMap<String, Vec<Definition>> = BTreeMap::new();
        for (name, text) in crates {
            let definition = Definition {
                text: text.clone(),
                mentions: BTreeSet::new(),
            };
            definitions.insert(name.replace('-', "_"), vec![definition]);
        }
        for item in file
            .items
            .iter()
            .take_while(|item| !generated::is_evcxrs(item))
        {
            let tokens = item.to_token_stream();
            for name in names_given_by(item) {
                definitions.entry(name).or_default().push(Definition {
                    text: tokens.to_string(),
                    mentions: names_in(tokens.clone()),
                });
            }
        }
        Meanings { definitions }
    }

    /// The same for the same declaration over the same types; whatever else there is.
    pub(super) fn of_variable(
        &self,
        item: &syn::Item,
        declaration: &Declaration,
        variable: &Variable,
    ) -> String {
        let mut text = declaration.text(variable);
        let mut names = names_in(variable.kind.to_token_stream());
        names.insert(ANY.to_owned());
        if !matches!(item, syn::Item::Static(_)) {
            // In a function its types may be defined too.
            text.push_str(&item.to_token_stream().to_string());
            names.extend(names_in(item.to_token_stream()));
        }
        let mut open: Vec<String> = names.iter().cloned().collect();
        let mut texts = BTreeSet::new();
        while let Some(name) = open.pop() {
            for definition in self.definitions.get(&name).into_iter().flatten() {
                texts.insert(definition.text.as_str());
                let new: Vec<String> = definition.mentions.difference(&names).cloned().collect();
                names.extend(new.iter().cloned());
                open.extend(new);
            }
        }
        for definition in texts {
            text.push('\n');
            text.push_str(definition);
        }
        digest(&text)
    }
}

/// The names an item can give a type a meaning by.
fn names_given_by(item: &syn::Item) -> BTreeSet<String> {
    let one = |name: &syn::Ident| BTreeSet::from([name.to_string()]);
    match item {
        syn::Item::Struct(item) => one(&item.ident),
        syn::Item::Enum(item) => one(&item.ident),
        syn::Item::Union(item) => one(&item.ident),
        syn::Item::Type(item) => one(&item.ident),
        syn::Item::Trait(item) => one(&item.ident),
        syn::Item::Const(item) => one(&item.ident),
        syn::Item::Mod(item) => one(&item.ident),
        // For the length of an array.
        syn::Item::Static(item) => one(&item.ident),
        syn::Item::Fn(item) if item.sig.constness.is_some() => one(&item.sig.ident),
        syn::Item::Macro(item) => item
            .ident
            .as_ref()
            .map_or_else(|| BTreeSet::from([ANY.to_owned()]), one),
        syn::Item::Use(item) => {
            let mut leaves = Leaves::default();
            leaves.visit_item_use(item);
            leaves.0
        }
        // Associated types and constants.
        syn::Item::Impl(item) if item.items.iter().any(is_type_or_constant) => {
            let mut names = names_in(item.self_ty.to_token_stream());
            if let Some((path, ..)) = &item.trait_ {
                names.extend(names_in(path.to_token_stream()));
            }
            names
        }
        _ => BTreeSet::new(),
    }
}

fn is_type_or_constant(item: &syn::ImplItem) -> bool {
    match item {
        syn::ImplItem::Type(_) | syn::ImplItem::Const(_) => true,
        syn::ImplItem::Fn(function) => function.sig.constness.is_some(),
        _ => false,
    }
}

#[derive(Default)]
struct Leaves(BTreeSet<String>);

impl<'ast> Visit<'ast> for Leaves {
    fn visit_use_name(&mut self, leaf: &'ast syn::UseName) {
        self.0.insert(leaf.ident.to_string());
    }

    fn visit_use_glob(&mut self, _: &'ast syn::UseGlob) {
        self.0.insert(ANY.to_owned());
    }

    fn visit_use_rename(&mut self, leaf: &'ast syn::UseRename) {
        self.0.insert(leaf.rename.to_string());
    }
}

fn names_in(tokens: TokenStream) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for token in tokens {
        match token {
            TokenTree::Ident(name) => {
                names.insert(name.to_string());
            }
            TokenTree::Group(group) => names.extend(names_in(group.stream())),
            _ => {}
        }
    }
    names
}
