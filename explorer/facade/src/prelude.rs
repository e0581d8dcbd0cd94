//! The preludes: std's, with our own macros where they print or make thread locals.
//!
//! Without them `println!` would still be std's: a prelude is named by the compiler, not by the program.

macro_rules! preludes {
    ($($edition:ident)*) => {
        $(
            #[doc = concat!("`std::prelude::", stringify!($edition), "`.")]
            pub mod $edition {
                pub use std::prelude::$edition::*;

                pub use crate::{dbg, eprint, eprintln, print, println, thread_local};
            }
        )*
    };
}

preludes!(v1 rust_2015 rust_2018 rust_2021 rust_2024);
