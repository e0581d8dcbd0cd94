//! The catalogue of exercises as web pages and JSON: what `weft serve` shows.
//!
//! - [`asked`]: what an address asks for, checked once, at the boundary;
//! - [`player`]: the program's second life as the child that plays one exercise;
//! - [`runs`]: runs under way, their limits, their queue, and who looks on;
//! - `rooms`: a teacher shows one page to all;
//! - `pages`: everything in HTML; [`api`]: everything in JSON, and its description;
//! - [`server`]: connections, routes, and the end of it all.
//!
//! The invariants: the server's own process never plays an exercise, and every queue, buffer, wait and count in
//! here has a bound that stands in [`settings`].
#![deny(missing_docs)]

pub mod api;
pub mod asked;
mod assets;
mod pages;
pub mod player;
mod possible;
mod rooms;
pub mod runs;
pub mod server;
pub mod settings;
pub mod typical;
mod words;

pub use server::{ServeError, Server};
pub use settings::{Player, Settings};
