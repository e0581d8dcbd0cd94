//! The same notebook gives the compiler the same source.
//!
//! evcxr keeps items and variables in hash maps, so after a restart the same cells come in another order, and numbers
//! its functions by how many cells ran. The compile cache needs one form: [`LineOrder`] brings the lines into an order
//! that depends on nothing but their text, and the compiler's words back to the lines evcxr knows.

use std::ops::Range;

use proc_macro2::Span;
use serde_json::Value;
use syn::spanned::Spanned as _;

use super::diagnostics::byte_offset;
use super::edited::Edited;
use super::generated;

/// Statements evcxr makes of its map of variables, a line each: how they begin, behind `let NAME =`.
const OF_VARIABLES: [&str; 3] = [
    "vars_ok &= evcxr_variable_store.check_variable::<",
    "evcxr_variable_store.take_variable::<",
    "evcxr_variable_store.put_variable::<",
];

/// An order of the lines of a source.
pub(super) struct LineOrder {
    /// For each line of the ordered source its place in the original, both from 0.
    places: Vec<usize>,
}

impl LineOrder {
    /// The order that depends only on what the lines are. Lines of one item stay together.
    pub(super) fn of(source: &str, file: Option<&syn::File>) -> LineOrder {
        let lines: Vec<&str> = source.lines().collect();
        let mut places: Vec<usize> = (0..lines.len()).collect();
        if let Some(file) = file {
            order_items(file, &lines, &mut places);
        }
        order_variables(&lines, &mut places);
        LineOrder { places }
    }

    /// A text with as many lines as the source, in this order.
    pub(super) fn arrange(&self, text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let mut arranged = String::with_capacity(text.len() + 1);
        for place in &self.places {
            arranged.push_str(lines.get(*place).copied().unwrap_or_default());
            arranged.push('\n');
        }
        arranged
    }

    /// What the compiler said of an edited text in this order, with the columns the text had before. Edits leave lines
    /// where they are.
    pub(super) fn restore_columns(&self, said: &str, edited: &Edited<'_>) -> String {
        if edited.text == edited.original {
            return said.to_owned();
        }
        let mut restored = String::with_capacity(said.len());
        for line in said.lines() {
            match serde_json::from_str::<Value>(line) {
                Ok(mut message) => {
                    self.shift(&mut message, edited);
                    restored.push_str(&message.to_string());
                }
                Err(_) => restored.push_str(line),
            }
            restored.push('\n');
        }
        restored
    }

    fn shift(&self, value: &mut Value, edited: &Edited<'_>) {
        match value {
            Value::Array(values) => values
                .iter_mut()
                .for_each(|value| self.shift(value, edited)),
            Value::Object(fields) => {
                for side in ["start", "end"] {
                    let number = |what: &str| fields.get(&format!("{what}_{side}"))?.as_u64();
                    let (Some(line), Some(column)) = (number("line"), number("column")) else {
                        continue;
                    };
                    let place = self.places.get((line as usize).wrapping_sub(1));
                    let before = place.and_then(|place| {
                        let at = byte_offset(&edited.text, place + 1, column as usize)?;
                        let text = &edited.original[..edited.original_offset(at)];
                        let line = text.rfind('\n').map_or(text, |end| &text[end + 1..]);
                        Some(line.chars().count() + 1)
                    });
                    if let Some(column) = before {
                        fields.insert(format!("column_{side}"), column.into());
                    }
                }
                fields
                    .values_mut()
                    .for_each(|value| self.shift(value, edited));
            }
            _ => {}
        }
    }

    /// What the compiler said of the ordered source, with the line numbers of the original.
    pub(super) fn restore(&self, said: &str) -> String {
        if self.places.is_sorted() {
            return said.to_owned();
        }
        let mut restored = String::with_capacity(said.len());
        for line in said.lines() {
            match serde_json::from_str::<Value>(line) {
                Ok(mut message) => {
                    self.renumber(&mut message);
                    restored.push_str(&message.to_string());
                }
                Err(_) => restored.push_str(line),
            }
            restored.push('\n');
        }
        restored
    }

    fn renumber(&self, value: &mut Value) {
        match value {
            Value::Array(values) => values.iter_mut().for_each(|value| self.renumber(value)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value.as_u64() {
                        Some(line) if name == "line_start" || name == "line_end" => {
                            let place = self.places.get((line as usize).wrapping_sub(1));
                            *value = place.map_or(line, |place| *place as u64 + 1).into();
                        }
                        _ => self.renumber(value),
                    }
                }
            }
            _ => {}
        }
    }
}

/// Orders the items of cells by their text, macros first: they have to stand before their uses.
fn order_items(file: &syn::File, lines: &[&str], places: &mut [usize]) {
    let line_of = |span: Span| span.start().line - 1..span.end().line;
    let begin = file.attrs.iter().map(|attr| line_of(attr.span()).end);
    let begin = begin.max().unwrap_or(0);
    let mut blocks: Vec<(bool, Range<usize>)> = Vec::new();
    let mut end = begin;
    for item in file
        .items
        .iter()
        .take_while(|item| !generated::is_evcxrs(item))
    {
        let range = line_of(item.span());
        let is_macro = matches!(item, syn::Item::Macro(item) if item.ident.is_some());
        match blocks.last_mut() {
            // On a line with the one before.
            Some((_, last)) if range.start < end => last.end = range.end.max(end),
            // What stands between two items, comments mostly, belongs to the later one.
            _ => blocks.push((!is_macro, end..range.end)),
        }
        end = end.max(range.end);
    }
    if end > lines.len() {
        return;
    }
    blocks.sort_by(|(a_is_plain, a), (b_is_plain, b)| {
        (a_is_plain, &lines[a.clone()]).cmp(&(b_is_plain, &lines[b.clone()]))
    });
    let ordered = blocks.into_iter().flat_map(|(_, range)| range);
    for (place, line) in places[begin..].iter_mut().zip(ordered) {
        *place = line;
    }
}

/// Orders the statements that check, take and put variables, each kind among its neighbours.
fn order_variables(lines: &[&str], places: &mut [usize]) {
    let kinds: Vec<Option<usize>> = places.iter().map(|place| kind(lines[*place])).collect();
    let mut first = 0;
    for group in kinds.chunk_by(|one, other| one == other) {
        if group[0].is_some() {
            places[first..first + group.len()].sort_by_key(|place| lines[*place]);
        }
        first += group.len();
    }
}

fn kind(line: &str) -> Option<usize> {
    let line = line.trim();
    // A type that was written over several lines stays where it is.
    if !line.ends_with(';') {
        return None;
    }
    let call = match line.strip_prefix("let ") {
        Some(rest) => rest.split_once(" = ")?.1,
        None => line,
    };
    OF_VARIABLES
        .iter()
        .position(|begin| call.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(source: &str) -> String {
        let file = syn::parse_file(source).expect("Rust");
        LineOrder::of(source, Some(&file)).arrange(source)
    }

    const HEAD: &str = "#![allow(dead_code)]\n";
    const TAIL: &str =
        "#[unsafe(no_mangle)]\npub extern \"C\" fn run_user_code_3(mut s: *mut u8) {\n";

    #[test]
    fn the_same_items_in_any_order_are_the_same_source() {
        let items = [
            "fn b() {\n    a!();\n}\n",
            "/// Doc.\nstruct A;\n",
            "// why\nmacro_rules! a { () => {} }\n",
            "use std::io;\n",
        ];
        let first = ordered(&format!("{HEAD}{}{TAIL}}}", items.concat()));
        assert!(
            first.starts_with(&format!("{HEAD}// why\nmacro_rules!")),
            "{first}"
        );
        assert!(
            first.contains(items[0]) && first.contains(items[1]),
            "{first}"
        );
        for turn in 1..items.len() {
            let mut turned = items;
            turned.rotate_left(turn);
            assert_eq!(
                ordered(&format!("{HEAD}{}{TAIL}}}", turned.concat())),
                first
            );
        }
    }

    #[test]
    fn variables_are_ordered_and_statements_are_not() {
        let body = |a, b| {
            format!(
                "{TAIL}let {a} = evcxr_variable_store.take_variable::<u8>(stringify!({a}));\nlet {b} = evcxr_variable_store.take_variable::<u8>(stringify!({b}));\nz();\ny();\n}}\n"
            )
        };
        assert_eq!(ordered(&body("x", "w")).lines().count(), 7);
        let (one, other) = (ordered(&body("x", "w")), body("x", "w"));
        assert_ne!(one, other, "w comes first");
        assert!(one.contains("z();\ny();"));
    }

    #[test]
    fn items_on_one_line_stay_where_they_are_among_each_other() {
        let source = format!("{HEAD}fn z() {{}} fn a() {{}}\nfn b() {{}}\n{TAIL}}}\n");
        assert!(ordered(&source).contains("fn b() {}\nfn z() {} fn a() {}\n"));
    }

    #[test]
    fn the_compilers_lines_are_those_of_the_original() {
        let source = format!("{HEAD}fn b() {{ x }}\nfn a() {{}}\n{TAIL}}}");
        let file = syn::parse_file(&source).expect("Rust");
        let order = LineOrder::of(&source, Some(&file));
        assert!(
            order
                .arrange(&source)
                .starts_with(&format!("{HEAD}fn a() {{}}\nfn b()"))
        );
        let said = r#"{"spans":[{"line_start":3,"line_end":3,"column_start":2}],"children":[{"line_start":99}]}"#;
        let restored: Value = serde_json::from_str(&order.restore(said)).expect("JSON");
        assert_eq!(restored["spans"][0]["line_start"], 2);
        assert_eq!(restored["spans"][0]["column_start"], 2);
        assert_eq!(restored["children"][0]["line_start"], 99);
        assert_eq!(order.restore("no JSON"), "no JSON\n");
    }

    #[test]
    fn the_compilers_columns_are_those_of_the_original() {
        let source = format!("{HEAD}fn é() {{}} fn b() {{ x }}\nfn a() {{}}\n{TAIL}}}");
        let file = syn::parse_file(&source).expect("Rust");
        let order = LineOrder::of(&source, Some(&file));
        let place = source.find("fn b").expect("b");
        let edited = Edited::new(&source, vec![(place..place, "#[attribute] ".to_owned())]);
        let line = 1 + order
            .arrange(&edited.text)
            .lines()
            .position(|line| line.contains('x'))
            .expect("x");
        let said = format!(
            r#"{{"spans":[{{"line_start":{line},"line_end":{line},"column_start":32,"column_end":33}}]}}"#
        );
        let restored: Value =
            serde_json::from_str(&order.restore_columns(&said, &edited)).expect("JSON");
        assert_eq!(restored["spans"][0]["line_start"], line, "for later");
        assert_eq!(restored["spans"][0]["column_start"], 19);
        assert_eq!(restored["spans"][0]["column_end"], 20);
    }

    #[test]
    fn a_source_that_is_no_rust_is_left_alone() {
        let source = "fn (\nlet\n";
        assert_eq!(LineOrder::of(source, None).arrange(source), source);
    }
}
