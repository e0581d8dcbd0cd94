//! What stands in for std when a student's program is compiled to be explored: `rustc --extern std=...` puts this
//! crate where the compiler expects std, so that not a letter of the program has to change.
//!
//! Everything of std is here. What the explorer has to see (threads, locks, channels, time, prints, the end of the
//! process) is [`explorer::model`]'s; what it cannot see (files, networks, other programs) is missing, so that a program
//! that needs it does not compile, and `student` can say which line that is.
//!
//! The invariant: whatever a safe program can reach through this crate either orders nothing, or is announced.
#![deny(missing_docs)]

// Unused here: a program is linked with this library alone, so what `explorer/stand-ins` are built of must be in it.
extern crate postcard as _;

// What follows by name comes before what comes by the star.
pub use std::*;

pub use explorer::model::{dbg, eprint, eprintln, print, println, thread_local};

pub mod env;
pub mod hint;
pub mod io;
pub mod os;
pub mod panic;
pub mod prelude;
pub mod process;
pub mod sync;
pub mod thread;
pub mod time;

/// Not modelled: files are the real machine's.
pub mod fs {}

/// Not modelled: others on the network are not known.
pub mod net {
    // Addresses are values like any other.
    pub use std::net::{
        AddrParseError, IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6,
    };
}

/// What the crates in `explorer/stand-ins` give their names to.
#[doc(hidden)]
pub mod weft_beside {
    pub use explorer::model::{crossbeam, parking_lot};
}

/// What `student` makes of a `static mut`.
#[doc(hidden)]
pub mod weft_plain {
    pub use explorer::model::cell::Plain;
}

/// How the runner enters the program. `main` is found where this is called: at the program's end.
#[doc(hidden)]
#[macro_export]
macro_rules! weft_entry {
    () => {
        $crate::weft_entry!(run_main);
    };
    (destructors) => {
        $crate::weft_entry!(run_main_with_destructors);
    };
    (processes) => {
        $crate::weft_entry!(run_main_with_processes);
    };
    (signals) => {
        $crate::weft_entry!(run_main_with_signals);
    };
    ($run:ident) => {
        #[unsafe(no_mangle)]
        pub extern "C-unwind" fn weft_explored_main() {
            $crate::process::$run(main)
        }
    };
}
