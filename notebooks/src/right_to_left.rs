//! Prose that runs from right to left, as JupyterLab can show it.
//!
//! JupyterLab has no right-to-left mode and its style sheet aligns paragraphs to
//! the left, so each block carries its own direction and alignment. Inline code
//! gets `dir="ltr"`, or the bidirectional algorithm moves the brackets of
//! `Mutex<T>`. Code fences stay Markdown (for the colours), in a left-to-right
//! block of their own. Markdown cells are sanitised: `dir`, `lang` and
//! `text-align` survive, which is why nothing else is used.

use crate::Language;
use crate::prose::OPTIONS;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd, html};

const BLOCK: &str = "dir=\"rtl\" style=\"text-align:right\"";

/// The cell source for a piece of Markdown in such a language.
pub fn cell(language: Language, markdown: &str) -> String {
    let mut body = String::new();
    let mut in_head = false;
    let mut code_block = false;
    let events = Parser::new_ext(markdown, OPTIONS).map(|event| {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                code_block = true;
                let language = match &kind {
                    CodeBlockKind::Fenced(language) => language.as_ref(),
                    CodeBlockKind::Indented => "",
                };
                // The blank lines end the HTML block, so that the fence is Markdown again.
                raw(format!("\n<div dir=\"ltr\">\n\n```{language}\n"))
            }
            Event::End(TagEnd::CodeBlock) => {
                code_block = false;
                raw("```\n\n</div>\n\n".to_owned())
            }
            Event::Text(text) if code_block => raw(text.into_string()),
            Event::Start(tag) => match opening(&tag, &mut in_head) {
                Some(html) => raw(html),
                None => Event::Start(tag),
            },
            Event::End(tag) => match closing(&tag, &mut in_head) {
                Some(html) => raw(html),
                None => Event::End(tag),
            },
            Event::Code(code) => {
                let code = escaped(&code);
                Event::InlineHtml(format!("<code dir=\"ltr\">{code}</code>").into())
            }
            Event::SoftBreak => Event::Text(" ".into()),
            other => other,
        }
    });
    html::push_html(&mut body, events);
    format!(
        "<div dir=\"rtl\" lang=\"{}\">\n{}\n</div>",
        language.code(),
        body.trim_end()
    )
}

fn raw(html: String) -> Event<'static> {
    Event::Html(html.into())
}

fn escaped(code: &str) -> String {
    let mut html = String::with_capacity(code.len());
    for character in code.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            other => html.push(other),
        }
    }
    html
}

fn opening(tag: &Tag<'_>, in_head: &mut bool) -> Option<String> {
    Some(match tag {
        Tag::Paragraph => format!("<p {BLOCK}>"),
        Tag::Heading { level, .. } => format!("<{level} {BLOCK}>"),
        Tag::List(None) => format!("<ul {BLOCK}>\n"),
        Tag::List(Some(1)) => format!("<ol {BLOCK}>\n"),
        Tag::List(Some(first)) => format!("<ol start=\"{first}\" {BLOCK}>\n"),
        Tag::Item => format!("<li {BLOCK}>"),
        Tag::BlockQuote(_) => format!("<blockquote {BLOCK}>\n"),
        Tag::Table(_) => "<table dir=\"rtl\">\n".to_owned(),
        Tag::TableHead => {
            *in_head = true;
            "<thead><tr>".to_owned()
        }
        Tag::TableRow => "<tr>".to_owned(),
        Tag::TableCell if *in_head => format!("<th {BLOCK}>"),
        Tag::TableCell => format!("<td {BLOCK}>"),
        _ => return None,
    })
}

fn closing(tag: &TagEnd, in_head: &mut bool) -> Option<String> {
    Some(match tag {
        TagEnd::Paragraph => "</p>\n".to_owned(),
        TagEnd::Heading(level) => format!("</{level}>\n"),
        TagEnd::List(false) => "</ul>\n".to_owned(),
        TagEnd::List(true) => "</ol>\n".to_owned(),
        TagEnd::Item => "</li>\n".to_owned(),
        TagEnd::BlockQuote(_) => "</blockquote>\n".to_owned(),
        TagEnd::Table => "</tbody></table>\n".to_owned(),
        TagEnd::TableHead => {
            *in_head = false;
            "</tr></thead><tbody>\n".to_owned()
        }
        TagEnd::TableRow => "</tr>\n".to_owned(),
        TagEnd::TableCell if *in_head => "</th>".to_owned(),
        TagEnd::TableCell => "</td>".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paragraph_carries_its_direction_and_inline_code_stays_left_to_right() {
        assert_eq!(
            cell(Language::Fa, "نوع `Mutex<T>` است."),
            "<div dir=\"rtl\" lang=\"fa\">\n<p dir=\"rtl\" style=\"text-align:right\">نوع \
             <code dir=\"ltr\">Mutex&lt;T&gt;</code> است.</p>\n</div>"
        );
    }

    #[test]
    fn a_code_fence_stays_markdown_between_blank_lines() {
        let cell = cell(Language::Fa, "متن\n\n```rust\nlet a: Vec<u8>;\n```\n\nمتن");
        assert!(
            cell.contains("\n<div dir=\"ltr\">\n\n```rust\nlet a: Vec<u8>;\n```\n\n</div>\n\n<p "),
            "{cell}"
        );
    }

    #[test]
    fn a_table_and_a_list_run_from_right_to_left_without_a_blank_line_inside() {
        let cell = cell(
            Language::Fa,
            "- یک\n- دو\n\n| الف | ب |\n|---|---|\n| پ | [ت](a.ipynb) |\n",
        );
        assert!(!cell.contains("\n\n"), "{cell}");
        assert_eq!(cell.matches("<li dir=\"rtl\"").count(), 2);
        assert_eq!(cell.matches("<th dir=\"rtl\"").count(), 2);
        assert_eq!(cell.matches("<td dir=\"rtl\"").count(), 2);
        assert!(cell.contains("<a href=\"a.ipynb\">ت</a>"));
    }
}
