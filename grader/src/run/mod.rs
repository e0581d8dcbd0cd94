//! One run: a program in a box is asked, and what it answers is taken down.
//!
//! - [`supervise`](mod@supervise): a program and its bounds, kept from outside;
//! - [`conversation`]: questions and answers on the private channel;
//! - [`journal`]: what was recorded on the way, as the recorder's document.

pub mod conversation;
pub mod journal;
pub mod supervise;
