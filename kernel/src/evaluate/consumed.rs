//! Variables that do not outlive their cell.
//!
//! evcxr keeps every variable of a cell for later cells. One that the cell itself uses up makes
//! its first compilation fail; it then compiles again without it. The usual case by far is the
//! list of thread handles that is joined in a loop:
//!
//! ```text
//! let handles: Vec<_> = (0..4).map(|i| thread::spawn(..)).collect();
//! for handle in handles { handle.join().unwrap(); }
//! ```
//! Here it is certain, going by the text alone, that nothing can be kept. A block around such
//! statements says so to evcxr and saves half of the cell's time.

use syn::spanned::Spanned as _;

use super::variable_types::LineStarts;

/// Puts a block around each `let` of a `Vec` up to the loop that uses it up, if nothing else is
/// defined between them. Lines stay in place. `None` where there is no such pair.
pub(super) fn enclose(cell: &str) -> Option<String> {
    let wrapped = format!("{{{cell}\n}}");
    let block: syn::Block = syn::parse_str(&wrapped).ok()?;
    let places = LineStarts::of(&wrapped);
    let mut edits = Vec::new();
    let mut next = 0;
    while next < block.stmts.len() {
        match pair_from(&block.stmts[next..]) {
            Some(length) => {
                edits.push((places.range(block.stmts[next].span()).start, "{"));
                edits.push((places.range(block.stmts[next + length - 1].span()).end, "}"));
                next += length;
            }
            None => next += 1,
        }
    }
    if edits.is_empty() {
        return None;
    }
    let mut text = wrapped;
    for (place, brace) in edits.into_iter().rev() {
        text.insert_str(place, brace);
    }
    Some(text[1..text.len() - 2].to_owned())
}

/// How many statements, from the `let` to the loop; `None` where it does not begin so.
fn pair_from(statements: &[syn::Stmt]) -> Option<usize> {
    let syn::Stmt::Local(local) = statements.first()? else {
        return None;
    };
    let name = vector_name(local)?;
    for (index, statement) in statements.iter().enumerate().skip(1) {
        match statement {
            syn::Stmt::Expr(syn::Expr::ForLoop(repetition), _)
                if is_name(&repetition.expr, &name) =>
            {
                return Some(index + 1);
            }
            syn::Stmt::Expr(..) => {}
            _ => return None,
        }
    }
    None
}

/// The name a statement gives to what is certainly a `Vec`.
fn vector_name(local: &syn::Local) -> Option<String> {
    let (pattern, declared) = match &local.pat {
        syn::Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
        pattern => (pattern, None),
    };
    let syn::Pat::Ident(pattern) = pattern else {
        return None;
    };
    let init = local.init.as_ref()?;
    let by_type = matches!(declared, Some(syn::Type::Path(path)) if ends_in_vec(&path.path));
    let is_vector = by_type || (declared.is_none() && makes_vec(&init.expr));
    (is_vector && init.diverge.is_none()).then(|| pattern.ident.to_string())
}

fn ends_in_vec(path: &syn::Path) -> bool {
    path.segments
        .last()
        .is_some_and(|segment| segment.ident == "Vec")
}

/// `Vec::new()`, `Vec::with_capacity(n)`, `vec![...]`.
fn makes_vec(expression: &syn::Expr) -> bool {
    match expression {
        syn::Expr::Macro(call) => call.mac.path.is_ident("vec"),
        syn::Expr::Call(call) => {
            let syn::Expr::Path(function) = &*call.func else {
                return false;
            };
            let mut names = function
                .path
                .segments
                .iter()
                .rev()
                .map(|segment| &segment.ident);
            let made = names
                .next()
                .is_some_and(|name| name == "new" || name == "with_capacity");
            made && names.next().is_some_and(|name| name == "Vec")
        }
        _ => false,
    }
}

fn is_name(expression: &syn::Expr, name: &str) -> bool {
    matches!(expression, syn::Expr::Path(path) if path.path.is_ident(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_joined_in_a_loop_are_enclosed() {
        let cell =
            "use std::thread;\nlet hs: Vec<_> = (0..4).map(f).collect(); for h in hs { h.join(); }";
        assert_eq!(
            enclose(cell).unwrap(),
            "use std::thread;\n{let hs: Vec<_> = (0..4).map(f).collect(); for h in hs { h.join(); }}"
        );
        let cell = "let mut hs = Vec::new();\nfor i in 0..3 { hs.push(i); }\nfor h in hs {}\n1";
        assert_eq!(
            enclose(cell).unwrap(),
            "{let mut hs = Vec::new();\nfor i in 0..3 { hs.push(i); }\nfor h in hs {}}\n1"
        );
    }

    #[test]
    fn what_may_be_kept_stays_outside() {
        for cell in [
            "let v = vec![1]; for x in &v {}",
            "let v = vec![1]; let kept = 2; for x in v {}",
            "let r = &[1, 2]; for x in r {}",
            "let v = make(); for x in v {}",
            "let v = vec![1];",
            "let s: &[i32] = &[]; for x in s {}",
        ] {
            assert_eq!(enclose(cell), None, "{cell}");
        }
    }
}
