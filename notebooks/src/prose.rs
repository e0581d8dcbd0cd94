//! Markdown as translatable units.
//!
//! A unit is the inline text of one block: a heading, a paragraph, an item of a
//! list, a cell of a table. Its key is the English source with line breaks
//! turned into spaces, so re-wrapping a lesson changes no translation. Code
//! fences, and blocks that hold nothing but code, are not translated.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The extensions lessons may use.
pub const OPTIONS: Options = Options::ENABLE_TABLES;

/// The units of a piece of Markdown, in reading order.
pub fn units(markdown: &str) -> Vec<String> {
    runs(markdown)
        .into_iter()
        .map(|run| unwrapped(&markdown[run]))
        .collect()
}

/// The Markdown with each unit replaced by what `translate` gives for it.
pub fn with_units(markdown: &str, mut translate: impl FnMut(&str) -> String) -> String {
    let mut translated = String::new();
    let mut copied = 0;
    for run in runs(markdown) {
        translated.push_str(&markdown[copied..run.start]);
        translated.push_str(&translate(&unwrapped(&markdown[run.clone()])));
        copied = run.end;
    }
    translated.push_str(&markdown[copied..]);
    translated
}

/// The addresses a piece of Markdown or of our own HTML links to, and those of its pictures.
pub fn links(text: &str) -> Vec<String> {
    let mut found = addresses(text, |_| true);
    for attribute in ["href=\"", "src=\""] {
        found.extend(
            text.split(attribute)
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .map(str::to_owned),
        );
    }
    found
}

/// The addresses of a piece of Markdown's pictures.
pub fn pictures(markdown: &str) -> Vec<String> {
    addresses(markdown, |tag| matches!(tag, Tag::Image { .. }))
}

/// The addresses of those links and pictures that are wanted.
fn addresses(markdown: &str, wanted: impl Fn(&Tag<'_>) -> bool) -> Vec<String> {
    Parser::new_ext(markdown, OPTIONS)
        .filter_map(|event| match event {
            Event::Start(tag) if wanted(&tag) => match tag {
                Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                    Some(dest_url.into_string())
                }
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// What is left when inline code and the addresses of links are taken away.
pub fn words(text: &str) -> String {
    let without_code: String = text.split('`').step_by(2).collect();
    let mut words = String::new();
    let mut rest = without_code.as_str();
    while let Some((before, after)) = rest.split_once("](") {
        words += before;
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    words + rest
}

fn unwrapped(source: &str) -> String {
    source.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The byte ranges of the units.
fn runs(markdown: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut open: Option<(Range<usize>, bool)> = None;
    let mut in_code_block = false;
    let mut close = |open: &mut Option<(Range<usize>, bool)>| {
        if let Some((range, true)) = open.take() {
            let text = &markdown[range.clone()];
            let start = range.start + text.len() - text.trim_start().len();
            runs.push(start..start + text.trim().len());
        }
    };
    for (event, range) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code_block = true,
            Event::End(TagEnd::CodeBlock) => in_code_block = false,
            _ => {}
        }
        if in_code_block || !is_inline(&event) {
            close(&mut open);
            continue;
        }
        let has_words =
            matches!(&event, Event::Text(text) if text.chars().any(char::is_alphanumeric));
        match &mut open {
            Some((run, words)) => {
                run.end = run.end.max(range.end);
                *words |= has_words;
            }
            None => open = Some((range, has_words)),
        }
    }
    close(&mut open);
    runs
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineHtml(_)
        | Event::SoftBreak
        | Event::HardBreak => true,
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "## A *head*\n\nFirst `x < y`\nline.\n\n- one\n- two [l](a.ipynb)\n  more\n\n```rust\nlet no = 1;\n```\n\n| id | what |\n|---|---|\n| `s1e1` | Start |\n";

    #[test]
    fn each_block_is_one_unit_and_code_is_none() {
        assert_eq!(
            units(TEXT),
            [
                "A *head*",
                "First `x < y` line.",
                "one",
                "two [l](a.ipynb) more",
                "id",
                "what",
                "Start"
            ]
        );
    }

    #[test]
    fn the_structure_survives_a_translation() {
        let translated = with_units(TEXT, |unit| format!("<{}>", unit.len()));
        assert_eq!(
            translated,
            "## <8>\n\n<19>\n\n- <3>\n- <21>\n\n```rust\nlet no = 1;\n```\n\n| <2> | <4> |\n|---|---|\n| `s1e1` | <5> |\n"
        );
    }

    #[test]
    fn links_are_found_in_markdown_and_in_html() {
        assert_eq!(links("[a](b.ipynb)"), ["b.ipynb"]);
        assert_eq!(links("<p><a href=\"c.ipynb\">c</a></p>"), ["c.ipynb"]);
        assert_eq!(links("<img src=\"d.svg\" alt=\"d\">"), ["d.svg"]);
    }

    #[test]
    fn what_a_picture_shows_is_translated_and_where_it_is_kept() {
        let picture = "![Two threads](pictures/s1e1.svg)";
        let text = format!("A text.\n\n{picture}\n\nMore.\n");
        assert_eq!(pictures(&text), ["pictures/s1e1.svg"]);
        assert_eq!(units(&text), ["A text.", picture, "More."]);
    }
}
