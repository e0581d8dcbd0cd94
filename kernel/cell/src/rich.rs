//! What is shown better than as a line of text: HTML, Markdown, pictures, tables. Each also has a
//! form for clients that show text only.

use std::fmt::{Display as Readable, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::{Display, show_new};

/// Shows HTML.
///
/// ```no_run
/// weft::html("<b>bold</b>");
/// ```
pub fn html(source: impl AsRef<str>) -> Display {
    let source = source.as_ref();
    show_new(json!({"text/html": source, "text/plain": source}))
}

/// Shows Markdown.
///
/// ```no_run
/// weft::markdown("- one\n- **two**");
/// ```
pub fn markdown(source: impl AsRef<str>) -> Display {
    let source = source.as_ref();
    show_new(json!({"text/markdown": source, "text/plain": source}))
}

/// Shows a drawing in SVG. It is shown as a picture: scripts inside do not run, and it is also
/// seen in notebooks that are not trusted.
pub fn svg(source: impl AsRef<str>) -> Display {
    let source = source.as_ref();
    show_new(json!({
        "text/html": picture("image/svg+xml", source.as_bytes()),
        "text/plain": "[SVG]",
    }))
}

/// Bytes that are none of the pictures a notebook can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these {length} bytes are not a PNG, JPEG, GIF or WebP picture")]
pub struct NotAPicture {
    length: usize,
}

/// Shows a picture: the bytes of a PNG, JPEG, GIF or WebP file.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// weft::image(std::fs::read("boat.png")?)?;
/// # Ok(()) }
/// ```
///
/// # Errors
/// [`NotAPicture`] where the bytes do not begin like one of these.
pub fn image(bytes: impl AsRef<[u8]>) -> Result<Display, NotAPicture> {
    let bytes = bytes.as_ref();
    let Some((mime, name)) = kind(bytes) else {
        let length = bytes.len();
        return Err(NotAPicture { length });
    };
    let data = STANDARD.encode(bytes);
    Ok(match mime {
        // A type of its own in few clients only.
        "image/webp" => show_new(json!({
            "text/html": picture(mime, bytes),
            "text/plain": format!("[{name}]"),
        })),
        _ => show_new(json!({mime: data, "text/plain": format!("[{name}]")})),
    })
}

fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let begins = |sign: &[u8]| bytes.starts_with(sign);
    if begins(b"\x89PNG\r\n\x1a\n") {
        Some(("image/png", "PNG"))
    } else if begins(b"\xff\xd8\xff") {
        Some(("image/jpeg", "JPEG"))
    } else if begins(b"GIF87a") || begins(b"GIF89a") {
        Some(("image/gif", "GIF"))
    } else if begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(("image/webp", "WebP"))
    } else {
        None
    }
}

fn picture(mime: &str, bytes: &[u8]) -> String {
    format!(
        "<img src=\"data:{mime};base64,{}\">",
        STANDARD.encode(bytes)
    )
}

/// Shows a table: what the columns are called, and the rows. Cells hold anything that can be
/// printed with `{}`; it is shown as text, whatever it contains.
///
/// ```no_run
/// weft::table(["n", "square"], (1..4).map(|n| [n, n * n]));
/// ```
pub fn table<H, R>(
    columns: impl IntoIterator<Item = H>,
    rows: impl IntoIterator<Item = R>,
) -> Display
where
    H: Readable,
    R: IntoIterator<Item: Readable>,
{
    let columns: Vec<String> = columns.into_iter().map(|name| name.to_string()).collect();
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| row.into_iter().map(|cell| cell.to_string()).collect())
        .collect();
    show_new(table_bundle(&columns, &rows))
}

fn table_bundle(columns: &[String], rows: &[Vec<String>]) -> Value {
    let mut html = String::from("<table><thead>");
    row_of(&mut html, "th", columns);
    html.push_str("</thead><tbody>");
    for row in rows {
        row_of(&mut html, "td", row);
    }
    html.push_str("</tbody></table>");
    json!({"text/html": html, "text/plain": aligned(columns, rows)})
}

fn row_of(html: &mut String, tag: &str, cells: &[String]) {
    html.push_str("<tr>");
    for cell in cells {
        let _ = write!(html, "<{tag}>{}</{tag}>", escaped(cell));
    }
    html.push_str("</tr>");
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// The table in columns of text.
fn aligned(columns: &[String], rows: &[Vec<String>]) -> String {
    let lines = || std::iter::once(columns).chain(rows.iter().map(Vec::as_slice));
    let mut widths: Vec<usize> = Vec::new();
    for line in lines() {
        for (index, cell) in line.iter().enumerate() {
            let width = cell.chars().count();
            match widths.get_mut(index) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    let lines: Vec<String> = lines()
        .map(|line| {
            let cells: Vec<String> = line
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{:<width$}", cell.replace('\n', " ")))
                .collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn what_a_table_holds_is_text() {
        let rows = [strings(&["<script>alert('x')</script>", "a & \"b\""])];
        let bundle = table_bundle(&strings(&["<i>", "two"]), &rows);
        let html = bundle["text/html"].as_str().unwrap();
        assert!(!html.contains("<script") && !html.contains("<i>"), "{html}");
        assert!(html.contains("<td>a &amp; &quot;b&quot;</td>"), "{html}");
    }

    #[test]
    fn rows_of_any_length_are_aligned() {
        let rows = [strings(&["é", "1", "more"]), strings(&["long"]), Vec::new()];
        assert_eq!(
            aligned(&strings(&["a", "b"]), &rows),
            "a     b\né     1  more\nlong\n"
        );
    }

    #[test]
    fn pictures_are_known_by_their_first_bytes() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\nrest").unwrap().0, "image/png");
        assert_eq!(kind(b"RIFF1234WEBPVP8 ").unwrap().0, "image/webp");
        assert_eq!(kind(b"RIFF"), None);
        assert_eq!(
            image(b"hello").unwrap_err().to_string(),
            "these 5 bytes are not a PNG, JPEG, GIF or WebP picture"
        );
        assert!(image([]).is_err());
    }
}
