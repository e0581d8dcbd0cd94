//! The exercises, one file each.
//!
//! A file declares the exercise's id, its parameters, what each scenario promises (as data, see
//! [`recorder::order`]) and plays it on a [`Stage`](crate::stage::Stage). What a reader sees of it (titles, the
//! sentences of the lines, what the usual mistake is) is not here but in the message catalogues, under the same
//! id. Lessons use real threads and real processes, and only through [`sync`](crate::sync),
//! [`process`](crate::process) and [`primitive`](crate::primitive); each one waits for everything it started.

mod counting;
mod dishwashers;
mod finished;
mod listing;
mod racers;
#[cfg(feature = "squirrel")]
mod round;
pub mod s1e1;
pub mod s1e2;
pub mod s1e3;
pub mod s1e4;
pub mod s1e5;
pub mod s1e6;
pub mod s1e7;
pub mod s2e1;
pub mod s2e2;
pub mod s2e3;
pub mod s2e4;
pub mod s2e5;
pub mod s2e6;
pub mod s2e7;
pub mod s2e8;
pub mod s3e1;
pub mod s3e2;
#[cfg(feature = "squirrel")]
pub mod s3e3;
#[cfg(feature = "squirrel")]
pub mod s3e4;
#[cfg(feature = "squirrel")]
pub mod s3e5;
#[cfg(feature = "squirrel")]
pub mod s3e6;
#[cfg(feature = "squirrel")]
pub mod s3e7;
#[cfg(feature = "squirrel")]
pub mod s3e8;
#[cfg(feature = "squirrel")]
pub mod s3e9;
pub mod s4e1;
pub mod s4e10;
pub mod s4e11;
pub mod s4e12;
pub mod s4e13;
pub mod s4e14;
pub mod s4e15;
pub mod s4e2;
pub mod s4e3;
pub mod s4e4;
pub mod s4e5;
pub mod s4e6;
pub mod s4e7;
pub mod s4e8;
pub mod s4e9;
pub mod s5e1;
pub mod s5e2;
pub mod s5e3;
pub mod s5e4;
pub mod s5e5;
pub mod s6e1;
pub mod s6e10;
pub mod s6e11;
pub mod s6e12;
pub mod s6e2;
pub mod s6e3;
pub mod s6e4;
pub mod s6e5;
pub mod s6e6;
pub mod s6e7;
pub mod s6e8;
pub mod s6e9;
pub mod s7e1;
pub mod s7e10;
pub mod s7e11;
pub mod s7e12;
pub mod s7e13;
pub mod s7e14;
pub mod s7e15;
pub mod s7e16;
pub mod s7e17;
pub mod s7e2;
pub mod s7e3;
pub mod s7e4;
pub mod s7e5;
pub mod s7e6;
pub mod s7e7;
pub mod s7e8;
pub mod s7e9;
mod three_ways;

mod managed;
mod pooled;

pub(crate) use finished::finish;
pub(crate) use listing::listed;
