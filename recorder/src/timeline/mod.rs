//! Drawings of a run. Nothing here reads a journal: a drawing is made from a [`Document`] alone,
//! and its words come from the caller ([`words::Words`]).
//!
//! - [`layout`]: where everything stands, for the drawings on a plane;
//! - [`svg`]: an image;
//! - [`text`]: rows of characters, for terminals and comparisons;
//! - [`table`]: one row an event, for those who do not see the image;
//! - [`trace_event`]: a file for trace viewers such as Perfetto;
//! - [`figure`]: all that a notebook shows of a run.
//!
//! [`Document`]: crate::document::Document

pub mod figure;
pub mod layout;
pub(crate) mod plain;
pub mod svg;
pub mod table;
pub mod text;
pub mod trace_event;
pub mod words;
