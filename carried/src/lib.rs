//! Source that travels inside a program and is compiled where the program runs.
//!
//! What students' code is linked to must have been made by the student's own compiler, so it cannot be shipped
//! compiled. A build script embeds the source of some crates of this workspace ([`embed`]); at run time it is compiled
//! once for each compiler and kept in the cache folder ([`Carried::prepare`]), so that an installed program needs no
//! checkout beside it.
//!
//! What is compiled can take long, so whoever waits may stop it; and what was started for it ends with whoever started it
//! ([`bind`]).
//!
//! The invariant: what [`Carried::prepare`] gives is whole. It is written to a folder named after the compiler and the
//! source, under a lock, and the note that says it is there is written last, with the sizes of the files.
#![deny(missing_docs)]

mod bound;
mod cache;
mod embed;
mod prepare;

pub use bound::{bind, end_group, end_with};
pub use cache::{CACHE_VARIABLE, cache_folder};
pub use embed::{Crate, embed, fingerprint};
pub use prepare::{Artifact, Carried, Compiler, Error, Kept, Waiting};
