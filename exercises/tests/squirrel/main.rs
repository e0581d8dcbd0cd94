//! UptimeSquirrel, seen from outside: the checker against sites with known answers, the six versions with the user's
//! own list, the task queue on Redis and in a file, and that nothing stays behind.
//!
//! `redis-server` must be installed (Debian: `apt install redis-server`); without it these tests fail.
#![cfg(feature = "squirrel")]

#[path = "../alone/mod.rs"]
mod alone;
mod checks;
mod leftovers;
mod lists;
mod tasks;
mod versions;
