//! Whether code can be run as it is.

use crate::language::Completeness;

/// Judges a cell. A console asks this at every Enter.
pub(super) fn judge(code: &str) -> Completeness {
    let code = crate::commands::without_commands(code);
    let block = format!("{{{code}\n}}");
    match syn::parse_str::<syn::Block>(&block) {
        Ok(_) => Completeness::Complete,
        Err(error) if is_unfinished(&block, &error) => Completeness::Incomplete {
            indent: " ".repeat(4 * depth(&code)),
        },
        Err(_) => Completeness::Invalid,
    }
}

/// Whether a cell's last statement is an expression whose value is shown.
pub(super) fn ends_in_expression(code: &str) -> bool {
    let block = format!("{{{code}\n}}");
    syn::parse_str::<syn::Block>(&block)
        .is_ok_and(|block| matches!(block.stmts.last(), Some(syn::Stmt::Expr(_, None))))
}

/// How `main` is called, where a cell does nothing but define it: a program from a book.
pub(super) fn call_of_main(code: &str) -> Option<&'static str> {
    let block: syn::Block = syn::parse_str(&format!("{{{code}\n}}")).ok()?;
    let mut call = None;
    for statement in &block.stmts {
        match statement {
            syn::Stmt::Item(syn::Item::Fn(function)) if function.sig.ident == "main" => {
                let returns = matches!(function.sig.output, syn::ReturnType::Type(..));
                call = function.sig.inputs.is_empty().then_some(
                    match (function.sig.asyncness.is_some(), returns) {
                        (false, false) => "main()",
                        (false, true) => "main()?",
                        (true, false) => "main().await",
                        (true, true) => "main().await?",
                    },
                );
            }
            syn::Stmt::Item(_) => {}
            _ => return None,
        }
    }
    call
}

fn is_unfinished(block: &str, error: &syn::Error) -> bool {
    if closes_more_than_it_opens(block) {
        return false;
    }
    // The closing brace is ours: an error there means that the cell ended too early.
    let last_line = block.lines().count();
    let message = error.to_string();
    error.span().start().line >= last_line
        || message.contains("unexpected end of input")
        || !is_closed(block)
}

/// Whether all delimiters and quotes are closed, going by the tokens.
fn is_closed(block: &str) -> bool {
    // A lexing error means an unclosed delimiter, string or comment.
    block.parse::<proc_macro2::TokenStream>().is_ok()
}

fn closes_more_than_it_opens(text: &str) -> bool {
    let count = |characters: [char; 3]| text.matches(characters).count();
    count(['}', ')', ']']) > count(['{', '(', '['])
}

/// How deep the end of the code is nested.
fn depth(code: &str) -> usize {
    let opened = code.matches(['{', '(', '[']).count();
    opened.saturating_sub(code.matches(['}', ')', ']']).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_code_can_be_run() {
        for code in [
            "1 + 1",
            "let x = 5;",
            "fn f() {}\nf()",
            ":run s1e1",
            "",
            "// remark",
            "struct A;",
        ] {
            assert_eq!(judge(code), Completeness::Complete, "{code}");
        }
    }

    #[test]
    fn begun_code_waits_for_more() {
        for code in [
            "fn f() {",
            "let x =",
            "let s = \"abc",
            "vec![1,",
            "if true {\n1\n} else {",
            "f(",
        ] {
            assert!(
                matches!(judge(code), Completeness::Incomplete { .. }),
                "{code}"
            );
        }
    }

    #[test]
    fn wrong_code_is_called_so() {
        for code in ["let 5x = ;", "fn fn", "}", "let = 3;"] {
            assert_eq!(judge(code), Completeness::Invalid, "{code}");
        }
    }

    #[test]
    fn the_next_line_is_indented_by_the_depth() {
        assert_eq!(
            judge("fn f() {\n    if x {"),
            Completeness::Incomplete {
                indent: " ".repeat(8)
            }
        );
    }

    #[test]
    fn a_pasted_program_is_recognised() {
        for (cell, call) in [
            (
                "use std::thread;\nfn f() {}\nfn main() { f(); }",
                Some("main()"),
            ),
            (
                "fn main() -> Result<(), String> { Ok(()) }",
                Some("main()?"),
            ),
            ("async fn main() {}", Some("main().await")),
            ("fn main() {}\nmain();", None),
            ("fn f() {}", None),
            ("mod a { fn main() {} }", None),
            ("fn main(x: u8) {}", None),
        ] {
            assert_eq!(call_of_main(cell), call, "{cell}");
        }
    }

    #[test]
    fn only_an_expression_without_a_semicolon_is_a_value() {
        assert!(ends_in_expression("let x = 1;\nx + 1"));
        assert!(!ends_in_expression("x + 1;"));
        assert!(!ends_in_expression("let x = 1;"));
    }
}
