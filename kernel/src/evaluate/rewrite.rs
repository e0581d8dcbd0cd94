//! What we change in the source evcxr generates for a cell, before rustc sees it.
//!
//! evcxr lets a cell tell it of a panic, a lost variable or an error from `?` by printing a mark.
//! A student's own text must never be taken for one, so the printing is replaced by calls into
//! the library of cells. The replacements keep every line where it is: evcxr maps errors by line.

/// The last function evcxr generates: everything a cell runs is in it.
const ENTRY: &str = "#[unsafe(no_mangle)]\n";
const PANIC_MARK: &str = "println!(\"EVCXR_PANIC_NOTIFICATION\");";
const CHANGED_MARK: &str = "println!(\"{VARIABLE_CHANGED_TYPE}{name}\");";
const ERROR_MARK: &str = "println!(\"{}\", evcxr_internal_runtime::USER_ERROR_OCCURRED);";
/// How evcxr tells what the error was, on the line before that mark.
const ERROR_PRINTED: &str = "eprintln!(\"{}\", error);";

/// How evcxr shows a value whose first form did not compile (a variable moved into it, mostly): printed as text.
const PRINTED_VALUE: &str = "evcxr_send_text_plain(&format!(";

/// The name of evcxr's function with its number, which counts the cells that ran.
pub(crate) const NUMBERED: &str = "run_user_code_";
/// Its name in every shared object, so that the same cell is the same source whenever it runs.
pub(crate) const FUNCTION: &str = "run_user_code";

/// Takes the number from the name of evcxr's function, and names crates that are to be linked.
pub(super) fn entry(source: &str, crates: &[String]) -> String {
    let Some(at) = source.rfind(&format!("fn {NUMBERED}")) else {
        return source.to_owned();
    };
    let (before, name) = source.split_at(at);
    let behind = name.find('(').map_or("", |place| &name[place..]);
    let crates: String = crates
        .iter()
        .map(|name| format!("extern crate {name} as _; "))
        .collect();
    let before = replace_last(before, ENTRY, &format!("{crates}{ENTRY}"));
    format!("{before}fn {FUNCTION}{behind}")
}

/// Replaces the marks and brings the trait that shows values into scope.
pub(super) fn rewrite(source: &str) -> String {
    let mut source = replace_last(
        source,
        ENTRY,
        "#[allow(unused_imports)] use ::weft::Show as _; #[unsafe(no_mangle)]\n",
    );
    // The last one is evcxr's own: it stands behind everything the cell contains.
    source = replace_last(&source, PANIC_MARK, "::weft::mark_panic();");
    // These stand in modules evcxr generates, before the cell's own function but behind its items.
    source = replace_last(&source, PRINTED_VALUE, "::weft::show_text(&format!(");
    source = replace_last(&source, CHANGED_MARK, "::weft::mark_changed_type(name);");
    rewrite_error(source)
}

/// What `?` returns is the cell's error, not a line on its standard error.
fn rewrite_error(mut source: String) -> String {
    let Some(mark) = source.rfind(ERROR_MARK) else {
        return source;
    };
    source.replace_range(
        mark..mark + ERROR_MARK.len(),
        "::weft::mark_error(&error.to_string());",
    );
    let before = source[..mark].trim_end();
    if let Some(rest) = before.strip_suffix(ERROR_PRINTED) {
        source.replace_range(rest.len()..before.len(), "");
    }
    source
}

fn replace_last(source: &str, old: &str, new: &str) -> String {
    match source.rfind(old) {
        Some(at) => format!("{}{new}{}", &source[..at], &source[at + old.len()..]),
        None => source.to_owned(),
    }
}

/// For each line of the generated source the line of the cell it came from, 0 where none.
///
/// evcxr puts each statement of a cell on lines of its own, in order, and items before them; it
/// changes no text. So a generated line is looked up in the cell: the whole line, or (where a line
/// of the cell held several statements) as a part of one.
pub(super) fn line_map(generated: &str, cell: &str) -> Vec<u32> {
    let cell: Vec<&str> = cell.lines().map(str::trim).collect();
    let mut next = 0;
    generated
        .lines()
        .map(str::trim)
        .map(|line| {
            if line.is_empty() {
                return 0;
            }
            // Forward from the last match first: the same text may stand in the cell twice.
            let order = (next..cell.len()).chain(0..next.min(cell.len()));
            let found = order
                .clone()
                .find(|index| cell[*index] == line)
                .or_else(|| order.clone().find(|index| part_of(line, cell[*index])));
            match found {
                Some(index) => {
                    next = index + 1;
                    index as u32 + 1
                }
                None => 0,
            }
        })
        .collect()
}

fn part_of(line: &str, whole: &str) -> bool {
    line.len() > 2 && whole.len() > line.len() && whole.contains(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_generated_mark_is_replaced() {
        let student = format!(
            "fn f() {{ {PANIC_MARK} }}\n{ENTRY}pub extern \"C\" fn run() {{\n{PANIC_MARK}\nx\n"
        );
        let generated = format!("{student}}}) {{\n    {PANIC_MARK}\n}}");
        let rewritten = rewrite(&generated);
        assert_eq!(rewritten.matches(PANIC_MARK).count(), 2);
        assert_eq!(rewritten.matches("mark_panic").count(), 1);
        assert_eq!(rewritten.lines().count(), generated.lines().count());
    }

    #[test]
    fn an_error_is_told_and_not_printed() {
        let generated =
            format!("{ERROR_PRINTED}\n  {ERROR_PRINTED}\n    {ERROR_MARK}\n}}\n{ERROR_PRINTED}");
        let rewritten = rewrite(&generated);
        assert_eq!(rewritten.matches(ERROR_PRINTED).count(), 2);
        assert!(rewritten.contains("mark_error(&error.to_string())"));
        assert_eq!(rewritten.lines().count(), generated.lines().count());
    }

    #[test]
    fn the_trait_comes_into_scope_without_moving_a_line() {
        let rewritten = rewrite("#![allow(x)]\n#[unsafe(no_mangle)]\nfn a() {}\n");
        assert_eq!(rewritten.lines().count(), 3);
        assert!(rewritten.contains("use ::weft::Show as _; #[unsafe(no_mangle)]"));
    }

    #[test]
    fn the_number_of_a_function_is_gone() {
        let source =
            "fn run_user_code_1() {}\npub extern \"C\" fn run_user_code_12(mut x: u8) {}\n";
        assert!(entry(source, &[]).ends_with("fn run_user_code(mut x: u8) {}\n"));
        assert!(entry(source, &[]).starts_with("fn run_user_code_1() {}"));
    }

    #[test]
    fn lines_of_the_cell_are_found_in_the_generated_source() {
        let cell = "let a = 1; let b = 2;\nif a < b {\n    panic!(\"x\");\n}";
        let generated =
            "#![allow]\nlet a = 1;\nlet b = 2;\nif a < b {\n    panic!(\"x\");\n}\nstore(a);";
        assert_eq!(line_map(generated, cell), [0, 1, 1, 2, 3, 4, 0]);
    }

    #[test]
    fn repeated_lines_keep_their_order() {
        let cell = "f();\nf();\nf();";
        assert_eq!(line_map("f();\nf();\nf();", cell), [1, 2, 3]);
    }
}
