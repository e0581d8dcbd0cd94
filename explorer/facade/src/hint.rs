//! Hints: none is an operation.
pub use std::hint::*;
