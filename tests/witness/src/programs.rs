//! The programs.

use std::ffi::CString;
use std::io::{Read as _, Write as _};
use std::os::fd::AsRawFd as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, Barrier, Condvar, Mutex, Once, RwLock, mpsc};
use std::thread;
use std::time::Duration;

use nix::sys::signal::{Signal, kill, raise};
use nix::sys::wait::waitpid;
use nix::unistd::{ForkResult, fork, pipe, read, write};

type Program = (&'static str, fn());

/// All of them, by name.
pub const ALL: &[Program] = &[
    ("threads", threads),
    ("mutex", mutex),
    ("channel", channel),
    ("condition", condition),
    ("barrier", barrier),
    ("reader-writer", reader_writer),
    ("park", park),
    ("once", once),
    ("scope", scope),
    ("detached", detached),
    ("parking-lot", parking_lot_mutex),
    ("parking-lot-condition", parking_lot_condition),
    ("crossbeam", crossbeam_channel),
    ("rayon", rayon_sum),
    ("tokio", tokio_tasks),
    ("fork-pipe", fork_pipe),
    ("fork-of-threads", fork_of_threads),
    ("killed", killed),
    ("spawn", spawn),
    ("spawn-with-pipes", spawn_with_pipes),
    ("stderr", stderr),
    ("exit-code", exit_code),
    ("sockets", sockets),
    ("connect", connections),
    ("clone", cloned),
    ("exec", becomes_another),
    ("unrecorded", starts_one_without_environment),
];

/// Returns when the thread of this number (0: not known yet) waits for something.
fn until_it_waits(thread: impl Fn() -> i32) {
    let waits = |thread| {
        let stat = std::fs::read_to_string(format!("/proc/{thread}/stat"));
        thread != 0 && stat.is_ok_and(|stat| stat.contains(") S "))
    };
    while !waits(thread()) {
        nap();
    }
}

fn nap() {
    thread::sleep(Duration::from_millis(5));
}

fn threads() {
    let workers: Vec<_> = (0..4)
        .map(|number| {
            let builder = thread::Builder::new().name(format!("worker-{number}"));
            builder
                .spawn(move || {
                    nap();
                    println!("worker {number}");
                })
                .expect("a thread")
        })
        .collect();
    for worker in workers {
        worker.join().expect("no panic");
    }
    println!("done");
}

fn mutex() {
    let number = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut number = number.lock().expect("no panic");
                nap();
                *number += 1;
                println!("{number}");
            });
        }
    });
}

fn channel() {
    let (sender, receiver) = mpsc::sync_channel(1);
    let producer = thread::spawn(move || {
        for number in 0..5 {
            nap();
            sender.send(number).expect("a receiver");
        }
    });
    for number in receiver {
        println!("got {number}");
    }
    producer.join().expect("no panic");
}

fn condition() {
    let state = (Mutex::new(false), Condvar::new());
    thread::scope(|scope| {
        scope.spawn(|| {
            let ready = state.0.lock().expect("no panic");
            drop(state.1.wait_while(ready, |ready| !*ready));
            println!("ready");
        });
        nap();
        *state.0.lock().expect("no panic") = true;
        state.1.notify_one();
    });
}

fn barrier() {
    let barrier = Barrier::new(3);
    thread::scope(|scope| {
        for number in 0..3 {
            let barrier = &barrier;
            scope.spawn(move || {
                thread::sleep(Duration::from_millis(number * 3));
                barrier.wait();
                println!("passed {number}");
            });
        }
    });
}

fn reader_writer() {
    let number = RwLock::new(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut number = number.write().expect("no panic");
            nap();
            nap();
            *number = 1;
        });
        for _ in 0..2 {
            scope.spawn(|| {
                nap();
                println!("read {}", number.read().expect("no panic"));
            });
        }
    });
}

fn park() {
    let parked = thread::spawn(|| {
        thread::park();
        thread::park_timeout(Duration::from_millis(3));
        println!("unparked");
    });
    nap();
    parked.thread().unpark();
    parked.join().expect("no panic");
}

fn once() {
    static ONCE: Once = Once::new();
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                ONCE.call_once(|| {
                    nap();
                    println!("once");
                });
            });
        }
    });
}

fn scope() {
    let numbers = [1, 2, 3];
    let sum = thread::scope(|scope| {
        let summer = scope.spawn(|| {
            nap();
            numbers.iter().sum::<i32>()
        });
        summer.join().expect("no panic")
    });
    println!("{sum}");
}

fn detached() {
    let (sender, receiver) = mpsc::channel::<()>();
    drop(thread::spawn(move || {
        nap();
        println!("detached");
        drop(sender);
    }));
    let _ = receiver.recv();
}

fn parking_lot_mutex() {
    let number = parking_lot::Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut number = number.lock();
                nap();
                *number += 1;
                println!("{number}");
            });
        }
    });
}

fn parking_lot_condition() {
    let state = (parking_lot::Mutex::new(false), parking_lot::Condvar::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut ready = state.0.lock();
                while !*ready {
                    state.1.wait(&mut ready);
                }
                println!("ready");
            });
        }
        nap();
        *state.0.lock() = true;
        state.1.notify_all();
    });
}

fn crossbeam_channel() {
    let (sender, receiver) = crossbeam::channel::bounded(0);
    crossbeam::thread::scope(|scope| {
        scope.spawn(|_| {
            for number in receiver.iter().take(3) {
                println!("met {number}");
            }
        });
        for number in 0..3 {
            nap();
            sender.send(number).expect("a receiver");
        }
    })
    .expect("no panic");
}

fn rayon_sum() {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .thread_name(|number| format!("rayon-{number}"))
        .build()
        .expect("a pool");
    let sum = pool.install(|| {
        let (left, right) = rayon::join(
            || {
                nap();
                1
            },
            || {
                nap();
                2
            },
        );
        left + right
    });
    println!("{sum}");
}

fn tokio_tasks() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let (sender, mut receiver) = tokio::sync::mpsc::channel(1);
        tokio::spawn(async move {
            for number in 0..3 {
                tokio::time::sleep(Duration::from_millis(3)).await;
                let _ = sender.send(number).await;
            }
        });
        while let Some(number) = receiver.recv().await {
            println!("task {number}");
        }
    });
}

fn fork_pipe() {
    let (reader, writer) = pipe().expect("a pipe");
    // SAFETY: one thread.
    match unsafe { fork() }.expect("a child") {
        ForkResult::Child => {
            drop(reader);
            nap();
            println!("child writes");
            write(&writer, b"hello").expect("a reader");
            std::process::exit(0);
        }
        ForkResult::Parent { child } => {
            drop(writer);
            let mut bytes = [0; 16];
            let count = read(&reader, &mut bytes).expect("bytes");
            println!("parent read {count}");
            waitpid(child, None).expect("its end");
        }
    }
}

fn fork_of_threads() {
    let started = Arc::new(AtomicBool::new(false));
    let other = {
        let started = Arc::clone(&started);
        thread::spawn(move || {
            started.store(true, Ordering::SeqCst);
            nap();
            nap();
            println!("thread of the parent");
        })
    };
    while !started.load(Ordering::SeqCst) {
        thread::yield_now();
    }
    // SAFETY: the child writes a line and ends; nobody else holds the lock of stdout yet.
    match unsafe { fork() }.expect("a child") {
        ForkResult::Child => {
            thread::sleep(Duration::from_millis(2));
            let _ = write(std::io::stdout(), b"child of a process with threads\n");
            // SAFETY: ends the child at once.
            unsafe { libc::_exit(7) }
        }
        ForkResult::Parent { child } => {
            waitpid(child, None).expect("its end");
        }
    }
    other.join().expect("no panic");
}

fn killed() {
    // SAFETY: one thread.
    match unsafe { fork() }.expect("a child") {
        ForkResult::Child => {
            println!("the child waits for its end");
            thread::sleep(Duration::from_secs(60));
        }
        ForkResult::Parent { child } => {
            until_it_waits(|| child.as_raw());
            kill(child, Signal::SIGKILL).expect("a child to kill");
            waitpid(child, None).expect("its end");
            println!("killed");
            let _ = raise(Signal::SIGTERM);
        }
    }
}

fn spawn() {
    let status = Command::new("sh")
        .args(["-c", "sleep 0.01; exit 3"])
        .status()
        .expect("a shell");
    println!("{status}");
}

fn spawn_with_pipes() {
    let mut child = Command::new("cat")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("cat");
    nap();
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(b"through the cat").expect("a reader");
    drop(stdin);
    let mut text = String::new();
    let mut stdout = child.stdout.take().expect("piped");
    stdout.read_to_string(&mut text).expect("text");
    child.wait().expect("its end");
    println!("{text}");
}

fn stderr() {
    eprintln!("one line in {} pieces", 3);
    println!("and one of stdout");
    print!("without ");
    println!("a piece");
}

fn exit_code() {
    println!("leaves with 9");
    std::process::exit(9);
}

fn sockets() {
    let (mut left, mut right) = std::os::unix::net::UnixStream::pair().expect("sockets");
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut bytes = [0; 4];
            right.read_exact(&mut bytes).expect("bytes");
            println!("{}", String::from_utf8_lossy(&bytes));
        });
        nap();
        left.write_all(b"ping").expect("a reader");
    });
}

/// Two connections to somebody who takes none at first: there is room for one to wait.
fn connections() {
    let path = std::env::temp_dir().join(format!("witness-{}", std::process::id()));
    let listener = UnixListener::bind(&path).expect("a socket");
    // SAFETY: numbers only. The room was chosen by std before.
    assert_eq!(unsafe { libc::listen(listener.as_raw_fd(), 0) }, 0);
    let first = UnixStream::connect(&path).expect("room for one");
    let caller = AtomicI32::new(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            caller.store(nix::unistd::gettid().as_raw(), Ordering::Release);
            UnixStream::connect(&path).expect("room for another one");
            println!("connected");
        });
        until_it_waits(|| caller.load(Ordering::Acquire));
        for _ in 0..2 {
            listener.accept().expect("a connection");
        }
    });
    drop(first);
    std::fs::remove_file(&path).expect("it is there");
}

/// A process made by the function `clone`.
fn cloned() {
    extern "C" fn begin(number: *mut libc::c_void) -> libc::c_int {
        println!("child {}", number as usize);
        5
    }
    const STACK: usize = 1 << 18;
    let mut stack = vec![0u128; STACK / size_of::<u128>()];
    // SAFETY: the stack grows down from its end, and the child has a copy of it; one thread.
    let child = unsafe {
        libc::clone(
            begin,
            stack.as_mut_ptr_range().end.cast(),
            libc::SIGCHLD,
            7 as *mut libc::c_void,
        )
    };
    assert!(child > 0);
    waitpid(nix::unistd::Pid::from_raw(child), None).expect("its end");
}

/// Children that become another program, each by another function; the last one fails at first.
fn becomes_another() {
    let words = [c"true".as_ptr(), std::ptr::null()];
    let environment: Vec<CString> = std::env::vars_os()
        .map(|(name, value)| {
            let entry = [name.as_bytes(), value.as_bytes()].join(&b'=');
            CString::new(entry).expect("no NUL")
        })
        .collect();
    let mut environment: Vec<_> = environment.iter().map(|entry| entry.as_ptr()).collect();
    environment.push(std::ptr::null());
    let file = std::fs::File::open("/bin/true").expect("a program");
    let ways: [&dyn Fn() -> libc::c_int; 4] = [
        // SAFETY: texts that end with NUL, lists that end with null; all live until then.
        &|| unsafe { libc::execvpe(words[0], words.as_ptr(), environment.as_ptr()) },
        // SAFETY: as above.
        &|| unsafe { libc::fexecve(file.as_raw_fd(), words.as_ptr(), environment.as_ptr()) },
        // SAFETY: as above.
        &|| unsafe {
            execveat(
                libc::AT_FDCWD,
                c"/bin/true".as_ptr(),
                words.as_ptr(),
                environment.as_ptr(),
                0,
            )
        },
        // SAFETY: as above.
        &|| unsafe {
            libc::execvp(c"no-such-program".as_ptr(), words.as_ptr());
            libc::execv(c"/bin/true".as_ptr(), words.as_ptr())
        },
    ];
    for become_another in ways {
        // SAFETY: one thread.
        match unsafe { fork() }.expect("a child") {
            ForkResult::Child => std::process::exit(become_another()),
            ForkResult::Parent { child } => waitpid(child, None).expect("its end"),
        };
    }
}

unsafe extern "C" {
    fn execveat(
        folder: libc::c_int,
        path: *const libc::c_char,
        words: *const *const libc::c_char,
        environment: *const *const libc::c_char,
        flags: libc::c_int,
    ) -> libc::c_int;
}

/// A program that cannot know that it is to be recorded.
fn starts_one_without_environment() {
    let status = Command::new("/bin/sh")
        .args(["-c", "exit 6"])
        .env_clear()
        .status()
        .expect("a shell");
    println!("{status}");
}
