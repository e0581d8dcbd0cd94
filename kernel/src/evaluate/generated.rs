//! What evcxr puts around the items of cells: how its own parts are told from a student's.

use super::rewrite::NUMBERED;

/// Other items evcxr generates.
const OWN_ITEMS: [&str; 2] = ["evcxr_internal_runtime", "EvcxrUserCodeError"];

/// Whether an item is evcxr's. All behind the first one are.
pub(super) fn is_evcxrs(item: &syn::Item) -> bool {
    match item {
        syn::Item::Fn(function) => function.sig.ident.to_string().starts_with(NUMBERED),
        syn::Item::Mod(module) => OWN_ITEMS.iter().any(|name| module.ident == name),
        syn::Item::Struct(structure) => OWN_ITEMS.iter().any(|name| structure.ident == name),
        _ => false,
    }
}
