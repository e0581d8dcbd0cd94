//! What is special to an operating system is not modelled, apart from the names of C's types.
pub use std::os::raw;
