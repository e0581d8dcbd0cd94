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
//! | [`language`] | the five languages and how each is typeset |
//! | [`lesson`] | `lesson.md`: directives and pieces of prose |
//! | [`rust_cells`] | `cells.rs`: named regions, comments |
//! | [`prose`] | Markdown as translatable units |
//! | [`right_to_left`] | Persian prose as HTML that JupyterLab shows rightly |
//! | [`translation`] | PO files |
//! | [`contents`] | the list of all chapters, planned ones included |
//! | [`chapter`] | one chapter folder, read and checked |
//! | [`document`] | cells to nbformat 4.5 |
//! | [`generator`] | all files of all languages; writing and comparing them |
//! | [`embedded`](mod@embedded) | the notebooks inside the program |

pub mod chapter;
pub mod contents;
pub mod document;
pub mod embedded;
mod error;
pub mod generator;
pub mod language;
pub mod lesson;
pub mod prose;
pub mod right_to_left;
pub mod rust_cells;
pub mod translation;

pub use embedded::embedded;
pub use error::{Error, Result};
pub use generator::{Difference, check, generate};
pub use language::Language;
