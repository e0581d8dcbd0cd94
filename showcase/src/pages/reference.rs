//! The description of the addresses, for people: `/docs` with a form to try each, `/redoc` to read. Both are made from
//! the same description that programs get, and need nothing from any other place.

use maud::{Markup, html};
use serde_json::Value;

use super::{Frame, prose};
use crate::api::openapi;
use crate::words::Words;

/// The page. With `forms`, every address can be tried.
pub fn page(words: Words, forms: bool) -> String {
    let described = openapi::describe(words.0);
    let title = words.text("serve-docs");
    let here = if forms { "/docs" } else { "/redoc" };
    let paths = described["paths"].as_object();
    Frame {
        words,
        title: &title,
        here,
        bare: false,
        refresh: None,
    }
    .around(&html! {
        h1 { (title) }
        p.lead { (prose(&words.text("serve-docs-lead"))) }
        p {
            a href=(words.link("/openapi.json")) dir="ltr" { "openapi.json" } " · "
            @if forms { a href=(words.link("/redoc")) { (words.text("serve-docs-read")) } }
            @else { a href=(words.link("/docs")) { (words.text("serve-docs-try")) } }
        }
        @for (path, item) in paths.into_iter().flatten() {
            (operation(words, path, &item["get"], forms))
        }
        @if !forms { (schemas(words, &described["components"]["schemas"])) }
    })
}

fn operation(words: Words, path: &str, operation: &Value, forms: bool) -> Markup {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let parameters: Vec<&Value> = operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let in_path = parameters.iter().any(|parameter| parameter["in"] == "path");
    html! {
        details.operation open[!forms] {
            summary { code dir="ltr" { "GET " (path) } " " span { (text(&operation["summary"])) } }
            @if forms && !in_path {
                form action=(path) method="get" {
                    @for parameter in &parameters { (field(path, parameter)) }
                    p.buttons { button { (words.text("serve-docs-send")) } }
                }
            } @else {
                table {
                    thead { tr {
                        th scope="col" { (words.text("serve-docs-name")) }
                        th scope="col" { (words.text("serve-docs-values")) }
                        th scope="col" { (words.text("serve-docs-about")) }
                    } }
                    tbody {
                        @for parameter in &parameters {
                            tr {
                                th scope="row" { code dir="ltr" { (text(&parameter["name"])) } }
                                td { code dir="ltr" { (values(&parameter["schema"])) } }
                                td.lines { (prose(&text(&parameter["description"]))) }
                            }
                        }
                    }
                }
            }
            ul {
                @for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
                    li { code dir="ltr" { (status) } " " (prose(&text(&answer["description"]))) }
                }
            }
        }
    }
}

fn field(path: &str, parameter: &Value) -> Markup {
    let name = parameter["name"].as_str().unwrap_or_default();
    let id = format!("{}-{name}", path.trim_start_matches('/'));
    let schema = &parameter["schema"];
    let number = schema["type"] == "integer";
    let shown = |value: &Value| (!value.is_null()).then(|| whole(value));
    html! {
        p.field {
            label for=(id) {
                code dir="ltr" { (name) } " "
                span.lines { (prose(parameter["description"].as_str().unwrap_or_default())) }
            }
            @if let Some(choices) = schema["enum"].as_array() {
                select id=(id) name=(name) {
                    option value="" {}
                    @for choice in choices { option { (choice.as_str().unwrap_or_default()) } }
                }
            } @else {
                input id=(id) name=(name) type=(if number { "number" } else { "text" }) dir="ltr"
                    min=[shown(&schema["minimum"])] max=[shown(&schema["maximum"])]
                    value=[shown(&schema["default"])];
            }
        }
    }
}

fn values(schema: &Value) -> String {
    if let Some(choices) = schema["enum"].as_array() {
        let choices: Vec<&str> = choices.iter().filter_map(Value::as_str).collect();
        return choices.join(" | ");
    }
    if schema["type"] != "integer" {
        return schema["type"].as_str().unwrap_or_default().to_owned();
    }
    let max = match &schema["maximum"] {
        Value::Null => String::new(),
        max => whole(max),
    };
    let default = match &schema["default"] {
        Value::Null => String::new(),
        default => format!(" [{}]", whole(default)),
    };
    format!("{}..={max}{default}", whole(&schema["minimum"]))
}

/// A number of the description, where `64` may be written `64.0`.
fn whole(value: &Value) -> String {
    match value.as_f64() {
        Some(number) => format!("{number:.0}"),
        None => value.to_string(),
    }
}

fn schemas(words: Words, schemas: &Value) -> Markup {
    html! {
        h2 { (words.text("serve-docs-forms")) }
        @for (name, schema) in schemas.as_object().into_iter().flatten() {
            details.operation {
                summary { code dir="ltr" { (name) } }
                pre dir="ltr" { (serde_json::to_string_pretty(schema).unwrap_or_default()) }
            }
        }
    }
}
