//! `.await` at the top level of a cell.
//!
//! A cell is not asynchronous. evcxr can make it so, with the crate tokio, which it downloads; a
//! class may have no network. So each top-level `FUTURE.await` becomes a call that drives the
//! future to its end on the executor in the library of cells. Inside `async` blocks and functions
//! it stays what it is. Where the notebook has added tokio itself, evcxr's way is the right one:
//! then tasks go on between cells.

use proc_macro2::Span;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

use super::edited::Edited;
use super::variable_types::LineStarts;

/// What stands before the future instead of `.await` behind it. Without colons before it: at the
/// beginning of a cell evcxr takes a colon for a command.
const DRIVE: &str = "weft::block_on(";

/// Replaces `.await` at the top level. Lines stay in place.
pub(super) fn driven(cell: &str) -> Edited<'_> {
    if !cell.contains("await") {
        return Edited::unchanged(cell);
    }
    let wrapped = format!("{{{cell}\n}}");
    let Ok(block) = syn::parse_str::<syn::Block>(&wrapped) else {
        return Edited::unchanged(cell);
    };
    let mut awaits = Awaits::default();
    awaits.visit_block(&block);
    let places = LineStarts::of(&wrapped);
    let mut edits = Vec::new();
    for (whole, base) in awaits.found {
        let (whole, base) = (places.range(whole), places.range(base));
        // The brace before the cell is ours.
        edits.push((whole.start - 1..whole.start - 1, DRIVE.to_owned()));
        let newlines = wrapped[base.end..whole.end].matches('\n').count();
        let closing = format!("){}", "\n".repeat(newlines));
        edits.push((base.end - 1..whole.end - 1, closing));
    }
    Edited::new(cell, edits)
}

/// The places of `.await` that are not in asynchronous code: the whole expression, the future.
#[derive(Default)]
struct Awaits {
    found: Vec<(Span, Span)>,
}

impl<'ast> Visit<'ast> for Awaits {
    fn visit_expr_await(&mut self, expression: &'ast syn::ExprAwait) {
        self.found.push((expression.span(), expression.base.span()));
        visit::visit_expr_await(self, expression);
    }

    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}

    /// In a plain closure it is the error it always was.
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}

    fn visit_item(&mut self, _: &'ast syn::Item) {}

    /// `println!("{}", f().await)`: the arguments of most macros are expressions.
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let arguments = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        let Ok(arguments) = arguments.parse2(call.tokens.clone()) else {
            return;
        };
        for argument in &arguments {
            self.visit_expr(argument);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cell: &str) -> String {
        driven(cell).text
    }

    #[test]
    fn a_future_is_driven_where_it_is_awaited() {
        assert_eq!(
            text("let v = f(1).await;\nv"),
            "let v = weft::block_on(f(1));\nv"
        );
        assert_eq!(text("f().await?"), "weft::block_on(f())?");
        assert_eq!(
            text("a().await.b().await"),
            "weft::block_on(weft::block_on(a()).b())"
        );
        assert_eq!(
            text("println!(\"{}\", f().await);"),
            "println!(\"{}\", weft::block_on(f()));"
        );
        assert_eq!(text("if c { f().await }"), "if c { weft::block_on(f()) }");
    }

    #[test]
    fn asynchronous_code_stays_what_it_is() {
        for cell in [
            "async fn g() { f().await }",
            "let future = async { f().await };",
            "let c = async |x| x.await;",
            "let c = |x| x.await;",
            "let word = \"await\";",
            "f().await +",
        ] {
            assert_eq!(text(cell), cell);
        }
    }

    #[test]
    fn lines_and_characters_stay_in_place() {
        let cell = "let é = f()\n    .await;\nlet x = 1;";
        assert_eq!(text(cell), "let é = weft::block_on(f())\n;\nlet x = 1;");
        let edited = driven("let é = g().await; h()");
        assert_eq!(edited.text, "let é = weft::block_on(g()); h()");
        let at = edited.text.find("h()").unwrap();
        assert_eq!(
            edited.original_offset(at),
            edited.original.find("h()").unwrap()
        );
    }
}
