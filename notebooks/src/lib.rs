#![deny(missing_docs)]
//! The workbook: how lessons become notebooks.
//!
//! A chapter is a folder `chapters/NN-slug` with three sources: `lesson.md`
//! (English prose with directives that place the cells), `cells.rs` (every Rust
//! cell, compiled and run as a test of this crate) and `po/LANG.po` (the
//! translations). From them the generator writes `LANG/NN-slug.ipynb`, without
//! outputs. The invariant that holds: a notebook is published in a language
//! only when every text of its chapter is translated, and its code is the
//! English code but for the comments.
//!
//! | module | holds |
//! |---|---|
//! | [`lesson`] | `lesson.md`: directives and pieces of prose |
//! | [`rust_cells`] | `cells.rs`: named regions, comments |
//! | [`prose`] | Markdown as translatable units |
//! | [`typesetting`] | what differs from language to language on a page |
//! | [`right_to_left`] | Persian prose as HTML that JupyterLab shows rightly |
//! | [`translation`] | PO files, [`po_lines`]: what may stand in them |
//! | [`glossary`] | what each language says for the terms |
//! | [`contents`] | the list of all chapters, planned ones included |
//! | [`chapter`] | one chapter folder, read and checked |
//! | [`document`] | cells to nbformat 4.5 |
//! | [`generator`] | all files of all languages; writing and comparing them |
//! | [`embedded`](mod@embedded) | the notebooks inside the program |
//! | [`checkout`] | where all of this is, in a copy of Weft's source |
//! | [`report`] | how far each language is, chapter by chapter |
//! | [`beginning`] | what a new language starts from |
//! | [`fluent`] | the texts of the program, as a translator sees them |

pub mod beginning;
pub mod chapter;
pub mod checkout;
pub mod contents;
pub mod document;
pub mod embedded;
mod error;
pub mod fluent;
pub mod generator;
pub mod glossary;
pub mod lesson;
pub mod po_lines;
pub mod prose;
pub mod report;
pub mod right_to_left;
pub mod rust_cells;
pub mod translation;
pub mod typesetting;

pub use embedded::embedded;
pub use error::{Error, Result};
pub use generator::{Difference, check, generate};
pub use messages::Language;
