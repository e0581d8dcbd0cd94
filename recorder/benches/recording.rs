//! What recording costs: an event, and three programs with and without it, in turns in one run.
//!
//! `cargo bench -p recorder --bench recording`. Targets: an event below 150 ns (median); a contended lock at most 1.10
//! times, prints at most 1.15 times what they cost unrecorded.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Instant;

use recorder::{Journal, Kind, LaneKind, Object, ObjectKind, trace};

/// Names the part a child of this program plays.
const PART: &str = "WEFT_BENCH_PART";
const ROUNDS: usize = 61;
const SLOTS: u32 = 1 << 21;

fn main() {
    match std::env::var(PART).as_deref() {
        Ok("lock") => return lock(),
        Ok("print") => return print(),
        _ => {}
    }
    println!(
        "event                 {:>8.1} ns (median; target < 150)",
        event()
    );
    println!(
        "event, ring full      {:>8.1} ns (median)",
        event_when_full()
    );
    let library = library();
    for (part, target) in [("lock", 1.10), ("print", 1.15)] {
        let found = in_turns(part, &library);
        for (what, (plain, recorded)) in ["time", "processor"].into_iter().zip(found) {
            let ratio = recorded / plain;
            println!(
                "{part:<6} {what:<10} plain {plain:>7.1} ms, recorded {recorded:>7.1} ms, ratio {ratio:.3} (target <= {target:.2})"
            );
        }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn event() -> f64 {
    measure(1 << 22, 1 << 16)
}

fn event_when_full() -> f64 {
    measure(1 << 10, 1 << 16)
}

/// Nanoseconds an event, of batches.
fn measure(slots: u32, batch: u64) -> f64 {
    let journal = Journal::create(slots).expect("memory for a journal");
    let lane = journal.open_lane(LaneKind::Thread, "main", None);
    let object = Object::new(ObjectKind::Futex, 1);
    let batches = (0..25)
        .map(|_| {
            // The thread's own time: what others do meanwhile is none of it.
            let begun = own_time_ns();
            for _ in 0..batch {
                journal.record(lane, Kind::WaitBegin, object);
            }
            (own_time_ns() - begun) as f64 / batch as f64
        })
        .collect();
    median(batches)
}

fn own_time_ns() -> u64 {
    clock(libc::CLOCK_THREAD_CPUTIME_ID)
}

fn clock(clock: libc::clockid_t) -> u64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: fills a timespec of ours; the clock exists on Linux.
    unsafe { libc::clock_gettime(clock, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// Two threads, a million times each: lock, add, unlock.
fn lock() {
    let number = Mutex::new(0u64);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| (0..1_000_000).for_each(|_| *number.lock().expect("no panic") += 1));
        }
    });
    report(begun);
}

/// Eight threads print a hundred thousand lines altogether.
fn print() {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            scope.spawn(move || {
                (0..12_500).for_each(|line| println!("thread {thread} line {line}"))
            });
        }
    });
    report(begun);
}

/// Milliseconds by the clock and of processors.
fn report(begun: Instant) {
    let time = begun.elapsed().as_secs_f64() * 1000.0;
    let processors = clock(libc::CLOCK_PROCESS_CPUTIME_ID) as f64 / 1e6;
    let _ = writeln!(std::io::stderr(), "{time} {processors}");
}

/// Medians in milliseconds, plain and recorded: by the clock, and of processors (which busy neighbours spoil less).
fn in_turns(part: &str, library: &Path) -> [(f64, f64); 2] {
    let mut rounds = Vec::new();
    for round in 0..ROUNDS {
        // Whoever plays second finds the caches warm.
        rounds.push(if round % 2 == 0 {
            let plain = play(part, None);
            (plain, play(part, Some(library)))
        } else {
            let recorded = play(part, Some(library));
            (play(part, None), recorded)
        });
    }
    [0, 1].map(|place| {
        let of = |recorded: bool| {
            let values = rounds
                .iter()
                .map(|(plain, with)| if recorded { with } else { plain }[place]);
            median(values.collect())
        };
        (of(false), of(true))
    })
}

fn play(part: &str, library: Option<&Path>) -> [f64; 2] {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .env(PART, part)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let journal = Journal::create(SLOTS).expect("memory for a journal");
    if let Some(library) = library {
        trace::record(&mut command, library, &journal);
    }
    let output = command.output().expect("a part that runs");
    assert!(
        library.is_none() || journal.position() > 0,
        "it was recorded"
    );
    let said = String::from_utf8_lossy(&output.stderr);
    let numbers: Vec<f64> = said
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    numbers.try_into().expect("two numbers")
}

/// The library for preloading, as the program `weft` has it inside.
fn library() -> PathBuf {
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("libweft_trace.so");
    let status = Command::new("rustc")
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
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/preload.rs"))
        .arg("-o")
        .arg(&library)
        .status()
        .expect("rustc");
    assert!(status.success());
    library
}
