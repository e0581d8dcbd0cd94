//! What an answer is written against, and what calls it.
//!
//! - [`thread`], [`sync`], [`say`]: threads, locks and lines that are recorded and, on demand, shaken by random delays;
//! - [`harness`]: asks the answer what the grader wants to know, over a channel that safe code cannot reach;
//! - [`wire`]: how questions and answers are written on that channel.
//!
//! Only std is used: this library is compiled on the teacher's machine by the compiler that compiles the answers.
//! Nothing public here records an event that did not happen, so an answer without `unsafe` cannot forge one.
#![deny(missing_docs)]

pub mod harness;
mod journal;
mod shake;
pub mod sync;
pub mod thread;
mod typed;
pub mod wire;

pub use typed::{Answer, Given, Input};

/// Everything of std, with threads and locks that are recorded.
pub mod recorded {
    pub use crate::{sync, thread};
    pub use ::std::*;
}

/// Records a line: who speaks, a word, and what is carried.
pub fn say(who: impl std::fmt::Display, what: &str, value: impl Answer) {
    shake::shake();
    journal::line(&who.to_string(), what, &value.answer());
    shake::shake();
}
