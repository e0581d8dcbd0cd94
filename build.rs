//! Exports the C functions this program defines for its worker, so that the dynamic standard
//! library of cells finds them before libc's: see `kernel/src/worker/`. And compiles the library that `weft trace`
//! puts in front of other programs, which the program carries inside: see `recorder/src/interpose/`.

use std::path::{Path, PathBuf};
use std::process::Command;

const EXPORTED: [&str; 48] = [
    "write",
    "writev",
    "read",
    "pthread_create",
    "pthread_join",
    "pthread_detach",
    "wait",
    "wait4",
    "waitpid",
    "waitid",
    "dup2",
    "dup3",
    "nanosleep",
    "clock_nanosleep",
    "usleep",
    "sleep",
    "syscall",
    "kill",
    "pthread_kill",
    "raise",
    "pthread_setname_np",
    "prctl",
    "readv",
    "recv",
    "recvfrom",
    "recvmsg",
    "send",
    "sendto",
    "sendmsg",
    "connect",
    "accept",
    "accept4",
    "poll",
    "ppoll",
    "select",
    "epoll_wait",
    "epoll_pwait",
    "fork",
    "posix_spawn",
    "posix_spawnp",
    "execve",
    "execv",
    "execvp",
    "execvpe",
    "fexecve",
    "execveat",
    "clone",
    "_exit",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    compile_library();
    for name in EXPORTED {
        // Taken from the archive of our crate even where nothing in the program itself calls it.
        println!("cargo::rustc-link-arg-bins=-Wl,--undefined={name}");
        println!("cargo::rustc-link-arg-bins=-Wl,--export-dynamic-symbol={name}");
    }
}

/// An executable cannot be preloaded, and cargo builds no shared object for another crate's build script: rustc alone
/// does, because the library depends on no crate.
fn compile_library() {
    let variable = |name: &str| std::env::var_os(name).expect("cargo sets it");
    let source = Path::new("recorder/src");
    for shared in [
        "interpose",
        "ring",
        "preload.rs",
        "identity.rs",
        "sys.rs",
        "vocabulary.rs",
    ] {
        println!("cargo::rerun-if-changed={}", source.join(shared).display());
    }
    let library = PathBuf::from(variable("OUT_DIR")).join("libweft_trace.so");
    let status = Command::new(variable("RUSTC"))
        .args([
            "--edition",
            "2024",
            "--crate-type",
            "cdylib",
            "--crate-name",
            "weft_trace",
        ])
        .args([
            "-Copt-level=3",
            "-Cpanic=abort",
            "-Cstrip=symbols",
            "-Clto",
            "-Ccodegen-units=1",
        ])
        .arg("--target")
        .arg(variable("TARGET"))
        .arg(source.join("preload.rs"))
        .arg("-o")
        .arg(&library)
        .status()
        .expect("rustc can be started");
    assert!(
        status.success(),
        "the library for preloading could not be compiled"
    );
}
