#![allow(warnings)]
pub use std::{sync, thread};

pub fn say(who: impl std::fmt::Display, what: &str, value: impl std::fmt::Debug) {
    println!("{who} {what} {value:?}");
}
