//! Everything in JSON, and its description.
//!
//! - [`listing`]: the catalogue, as `weft list --json` prints it;
//! - [`openapi`]: what can be asked of every address, as OpenAPI 3.1;
//! - [`wrong`]: what is said instead of a document.

pub mod listing;
pub mod openapi;

use messages::Language;
use serde_json::{Value, json};

use crate::asked::Mistake;

/// What is wrong with an address, for programs and their readers.
pub fn wrong(mistakes: &[Mistake], language: Language) -> Value {
    let described: Vec<Value> = mistakes
        .iter()
        .map(|mistake| {
            json!({
                "parameter": mistake.parameter,
                "value": mistake.value,
                "text": mistake.text(language),
                "next": mistake.next(language),
            })
        })
        .collect();
    json!({ "errors": described })
}

/// One sentence instead of a document.
pub fn refused(text: &str) -> Value {
    json!({ "errors": [{ "parameter": null, "value": null, "text": text, "next": null }] })
}
