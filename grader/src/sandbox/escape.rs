//! What a program would do to get out of its box. `weft doctor` and the tests run it in one; each attempt that
//! succeeds is a hole.

use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::time::Duration;

/// The word that makes the helper program try.
pub const ATTEMPT: &str = "attempt";

/// One attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// What was tried, as a stable word.
    pub name: String,
    /// Whether the box held.
    pub held: bool,
}

/// Tries everything and writes what happened to stdout, as JSON.
pub(super) fn attempt() -> io::Result<()> {
    let attempts: Vec<Attempt> = ATTEMPTS
        .iter()
        .map(|(name, succeeds)| Attempt {
            name: (*name).to_owned(),
            held: !succeeds(),
        })
        .collect();
    io::stdout().write_all(&serde_json::to_vec(&attempts)?)
}

/// The names of all attempts.
pub fn names() -> impl Iterator<Item = &'static str> {
    ATTEMPTS.iter().map(|(name, _)| *name)
}

/// Whether an attempt gets out.
type GetsOut = fn() -> bool;

const ATTEMPTS: &[(&str, GetsOut)] = &[
    ("read-host-files", || {
        [
            "/etc/passwd",
            "/etc/shadow",
            "/root",
            "/home",
            "/var/log",
            "/sys/class",
        ]
        .iter()
        .any(|path| File::open(path).is_ok())
    }),
    ("write-system-files", || {
        ["/usr/weft-was-here", "/weft-was-here", "/dev/weft-was-here"]
            .iter()
            .any(|path| File::create(path).is_ok())
    }),
    ("write-shared-memory-files", || {
        File::create("/dev/shm/weft-was-here").is_ok()
    }),
    ("read-own-memory-as-a-file", || {
        File::open("/proc/self/mem").is_ok()
    }),
    ("see-other-processes", || fs::read_dir("/proc").is_ok()),
    ("signal-the-first-process", || {
        // SAFETY: signal 0 only asks whether it would be allowed.
        unsafe { libc::kill(1, 0) == 0 }
    }),
    ("trace", || call(libc::SYS_ptrace, [0, 0, 0, 0])),
    ("read-other-memory", || {
        refused_with_permission(libc::SYS_process_vm_readv, [1, 0, 0, 0])
    }),
    ("new-user-namespace", || {
        call(libc::SYS_unshare, [libc::CLONE_NEWUSER as i64, 0, 0, 0])
    }),
    ("io-uring", || {
        refused_with_permission(libc::SYS_io_uring_setup, [1, 0, 0, 0])
    }),
    ("kernel-programs", || {
        refused_with_permission(libc::SYS_bpf, [0, 0, 0, 0])
    }),
    ("kernel-packets", || {
        // SAFETY: makes a descriptor or fails.
        unsafe { libc::socket(libc::AF_PACKET, libc::SOCK_RAW, 0) >= 0 }
    }),
    ("memory-of-nobody", || {
        refused_with_permission(libc::SYS_memfd_create, [0, 0, 0, 0])
    }),
    ("mount", || {
        refused_with_permission(libc::SYS_mount, [0, 0, 0, 0])
    }),
    ("become-root", || {
        // SAFETY: a call without pointers.
        unsafe { libc::setuid(0) == 0 && !is_own_root() }
    }),
    ("internet", || {
        UdpSocket::bind("0.0.0.0:0").is_ok_and(|socket| socket.connect("192.0.2.1:53").is_ok())
    }),
    ("metadata-address", || {
        let address = ([169, 254, 169, 254], 80).into();
        TcpStream::connect_timeout(&address, Duration::from_millis(300)).is_ok()
    }),
    // The other way round: what lessons need works, or the box holds nothing because nothing runs.
    ("no-loopback", || {
        TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| TcpStream::connect(listener.local_addr()?))
            .is_err()
    }),
    ("no-limit-of-threads", || {
        let mut threads = Vec::new();
        let mut unlimited = true;
        for _ in 0..2_000 {
            match std::thread::Builder::new()
                .stack_size(16 * 1024)
                .spawn(std::thread::park)
            {
                Ok(thread) => threads.push(thread),
                Err(_) => {
                    unlimited = false;
                    break;
                }
            }
        }
        for thread in threads {
            thread.thread().unpark();
            let _ = thread.join();
        }
        unlimited
    }),
];

/// In a user namespace of its own, a box's user may be called root; that is no other user.
fn is_own_root() -> bool {
    // SAFETY: asks for a number.
    unsafe { libc::getuid() == 0 && libc::geteuid() == 0 }
}

fn call(number: i64, arguments: [i64; 4]) -> bool {
    let [a, b, c, d] = arguments;
    // SAFETY: the pointers these calls take are null here.
    unsafe { libc::syscall(number, a, b, c, d) >= 0 }
}

/// A call with nonsense: one that is refused says so before it looks at its arguments.
fn refused_with_permission(number: i64, arguments: [i64; 4]) -> bool {
    let got_in = call(number, arguments);
    let error = io::Error::last_os_error().raw_os_error();
    got_in || !matches!(error, Some(libc::EPERM | libc::ENOSYS))
}
