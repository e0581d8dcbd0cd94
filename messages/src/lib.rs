//! Every text a reader sees, in the five languages of Weft.
//!
//! The catalogues are Fluent files under `locales/`, one folder a language, embedded in the
//! program: `program.ftl` (the command line), `kernel.ftl` (what a notebook cell shows),
//! `timeline.ftl` (drawings of a run and explanations of its order), `grading.ftl` (reports), `showcase.ftl` (web
//! pages), `authors.ftl` (what writers and translators of Weft read) and `lessons/` (the exercises, one file a series).
//! No other crate holds text for readers. The invariant: an id that exists in English exists in every language with the
//! same variables; a test proves it.
//!
//! A language's catalogue is parsed when its first text is asked for, and only that language's,
//! because `weft run` has to be done within a few milliseconds.
//!
//! ```
//! use messages::{Language, format, text};
//!
//! assert_eq!(text(Language::Tr, "language-name"), "Türkçe");
//! let said = format(Language::En, "error-unknown-language", &[("name", "xx".into())]);
//! assert!(said.contains("xx"));
//! ```
#![deny(missing_docs)]

mod catalogue;
mod language;
pub mod lesson;
pub mod pseudo;
mod timeline;
mod value;

pub use catalogue::{format, text, try_format};
pub use language::{Language, UnknownLanguage};
pub use timeline::Spoken;
pub use value::{Value, grouped};
