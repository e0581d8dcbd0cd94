//! Exports the C functions this program defines for its worker, so that the dynamic standard
//! library of cells finds them before libc's: see `kernel/src/worker/interpose.rs`.

const EXPORTED: [&str; 8] = [
    "write",
    "writev",
    "read",
    "pthread_create",
    "waitpid",
    "waitid",
    "dup2",
    "dup3",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for name in EXPORTED {
        println!("cargo::rustc-link-arg-bins=-Wl,--export-dynamic-symbol={name}");
    }
}
