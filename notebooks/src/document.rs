//! Cells to a notebook file, nbformat 4.5.

use crate::{Error, Language, Result};
use nbformat::Notebook;
use nbformat::v4::{self, Cell, CellId, CellMetadata, KernelSpec, LanguageInfo, Metadata};
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// A notebook being put together.
#[derive(Debug, Default)]
pub struct Document {
    cells: Vec<Cell>,
    ids: HashSet<String>,
    last_id: String,
}

impl Document {
    /// Adds a Markdown cell. Its id comes from its heading, or from the cell
    /// before it, so that it stays when other cells come and go.
    pub fn markdown(&mut self, heading: Option<&str>, source: &str) -> Result<()> {
        let wanted = match heading {
            Some(heading) => format!("text-{}", slug(heading)),
            None => format!("after-{}", self.last_id),
        };
        let id = self.new_id(&wanted)?;
        self.cells.push(Cell::Markdown {
            id,
            metadata: CellMetadata::default(),
            source: lines(source),
            attachments: None,
        });
        Ok(())
    }

    /// Adds a code cell, without outputs.
    pub fn code(&mut self, name: &str, tag: Option<&str>, source: &str) -> Result<()> {
        let id = self.new_id(&slug(name))?;
        self.cells.push(Cell::Code {
            id,
            metadata: CellMetadata {
                tags: tag.map(|tag| vec![tag.to_owned()]),
                ..CellMetadata::default()
            },
            execution_count: None,
            source: lines(source),
            outputs: Vec::new(),
        });
        Ok(())
    }

    /// The file's text.
    pub fn finish(self, name: &str, language: Language) -> Result<String> {
        let notebook = v4::Notebook {
            metadata: Metadata {
                kernelspec: Some(KernelSpec {
                    display_name: "Rust (Weft)".to_owned(),
                    name: "weft".to_owned(),
                    language: Some("rust".to_owned()),
                    additional: HashMap::new(),
                }),
                language_info: Some(LanguageInfo {
                    name: "rust".to_owned(),
                    version: None,
                    codemirror_mode: None,
                    additional: HashMap::from([
                        ("file_extension".to_owned(), json!(".rs")),
                        ("mimetype".to_owned(), json!("text/x-rustsrc")),
                        ("pygments_lexer".to_owned(), json!("rust")),
                    ]),
                }),
                authors: None,
                additional: HashMap::from([(
                    "weft".to_owned(),
                    json!({ "lang": language.code() }),
                )]),
            },
            nbformat: 4,
            nbformat_minor: 5,
            cells: self.cells,
        };
        nbformat::serialize_notebook(&Notebook::V4(notebook)).map_err(|error| Error::Document {
            name: name.to_owned(),
            problem: error.to_string(),
        })
    }

    fn new_id(&mut self, wanted: &str) -> Result<CellId> {
        // nbformat allows 64 characters; some are left for a counter.
        let wanted: String = wanted.chars().take(56).collect();
        let mut id = wanted.clone();
        let mut counter = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{wanted}-{counter}");
            counter += 1;
        }
        self.last_id.clone_from(&id);
        CellId::new(&id).map_err(|problem| Error::Document {
            name: id,
            problem: problem.to_owned(),
        })
    }
}

fn lines(source: &str) -> Vec<String> {
    source.split_inclusive('\n').map(str::to_owned).collect()
}

/// Letters and digits joined by hyphens.
fn slug(text: &str) -> String {
    text.split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable_words_and_never_twice() {
        let mut document = Document::default();
        document.code(":run s1e1 --scenario 1", None, "x").unwrap();
        document.markdown(None, "text").unwrap();
        document.markdown(Some("The idea"), "## The idea").unwrap();
        document.code(":run s1e1 --scenario 1", None, "x").unwrap();
        let ids: Vec<_> = document
            .cells
            .iter()
            .map(|cell| cell.id().as_str())
            .collect();
        assert_eq!(
            ids,
            [
                "run-s1e1-scenario-1",
                "after-run-s1e1-scenario-1",
                "text-the-idea",
                "run-s1e1-scenario-1-2"
            ]
        );
    }

    #[test]
    fn a_notebook_is_valid_and_has_no_outputs() {
        let mut document = Document::default();
        document.code("a", Some("task"), "let a = 1;\na").unwrap();
        let text = document.finish("a.ipynb", Language::Fa).unwrap();
        assert!(text.contains("\"outputs\": []"), "{text}");
        assert!(text.contains("\"lang\": \"fa\""));
        let parsed = nbformat::parse_notebook(&text).unwrap();
        // Any other variant means: an older form, or something to repair.
        assert!(matches!(parsed, Notebook::V4(_)));
    }
}
