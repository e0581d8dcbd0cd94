//! UptimeSquirrel: are these sites up?
//!
//! - [`Checker`] and [`check`]: one check by HTTP, and what it may find ([`Verdict`]);
//! - [`Site`], [`read_list`]: the addresses, from a text file of the user's;
//! - [`Notify`], [`Log`], [`Webhook`]: how the owner of a site hears of it;
//! - [`TestServer`]: sites with known answers on this machine, for a fair comparison;
//! - [`tasks`]: the checks as tasks in a queue, on Redis or in an SQLite file.
//!
//! The lessons s3e4 to s3e9 are six drivers over the one check. What holds everywhere: nothing here asks the
//! internet unless an address of the user's says so; every check has a time-out; names that end in `.invalid` are
//! never looked up (RFC 6761 keeps them for names that do not exist).

mod check;
mod list;
mod notify;
mod server;
pub mod tasks;
mod verdict;

pub use check::{CheckError, Checker, Patient, Settings, check};
pub use list::{ListError, MAX_SITES, Site, read_list};
pub use notify::{Log, Notify, NotifyError, Webhook};
pub use server::{Counts, TestServer};
pub use verdict::Verdict;
