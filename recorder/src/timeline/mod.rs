//! Drawings of a run. Nothing here reads a journal: a drawing is made from a [`Document`] alone.
//!
//! [`Document`]: crate::document::Document

pub mod text;
