//! The Jupyter side of Weft: sockets, messages, cells, and the worker process cells run in.
//!
//! Nothing here knows grading, and nothing in `wire`, `socket`, `server` knows Rust: the
//! language is reached through the traits of [`language`].

#![deny(missing_docs)]

pub mod language;
