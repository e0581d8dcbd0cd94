//! How fast schedules are explored: on one processor, by its own time, and on all of them, by the clock.
//!
//! `cargo bench --bench speed` at the root. Targets: 150,000 executions a second of two threads and a mutex; two
//! producers and a one-slot buffer (422,400 classes) in 3 s, and on all processors in less.

#[path = "../tests/many/programs.rs"]
mod programs;

use explorer::{Exploration, Settings, explore};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

fn main() {
    let (exploration, seconds) = best(|| programs::two_threads_one_mutex(9));
    println!(
        "two threads, one mutex    {:>9.0} executions a second (target >= 150,000)",
        exploration.executions as f64 / seconds
    );
    let (exploration, seconds) = best(|| programs::one_slot_buffer(3));
    println!(
        "one-slot buffer           {seconds:>9.2} s of one processor, {} classes, {} executions (target <= 3)",
        exploration.classes, exploration.executions
    );
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    // In turns, on whatever else the machine has to do.
    let (mut alone, mut together) = (f64::MAX, f64::MAX);
    for _ in 0..ROUNDS {
        alone = alone.min(on_the_clock(1, exploration.classes));
        together = together.min(on_the_clock(cores, exploration.classes));
    }
    println!(
        "  on the clock            {alone:>9.2} s with one worker, {together:.2} s with {cores}: {:.2}x as fast",
        alone / together
    );
}

/// The seconds that pass while so many workers explore the one-slot buffer.
fn on_the_clock(workers: usize, classes: u64) -> f64 {
    let settings = Settings {
        time: Duration::from_secs(60),
        workers,
        ..Settings::default()
    };
    let begun = Instant::now();
    let exploration = explore(&|| programs::one_slot_buffer(3), &settings);
    assert_eq!(exploration.classes, classes);
    begun.elapsed().as_secs_f64()
}

/// An exploration, and the seconds it took at best.
fn best(program: impl Fn() + Clone + 'static) -> (Exploration, f64) {
    let settings = Settings {
        time: Duration::from_secs(60),
        ..Settings::default()
    };
    (0..ROUNDS)
        .map(|_| {
            let begun = busy();
            let exploration = explore(&program, &settings);
            (exploration, busy() - begun)
        })
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .expect("there are rounds")
}

/// The CPU time of this thread, in seconds: the machine may be busy with others.
fn busy() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")
        .expect("Linux tells how long a thread has run");
    text.split(' ')
        .next()
        .and_then(|nanoseconds| nanoseconds.parse::<f64>().ok())
        .expect("nanoseconds come first")
        / 1e9
}
