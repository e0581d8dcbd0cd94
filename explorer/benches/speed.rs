//! How fast schedules are explored, on one processor.
//!
//! `cargo bench -p explorer`. Targets: 150,000 executions a second of two threads and a mutex; two producers and a
//! one-slot buffer (422,400 classes) in 3 s.

#[path = "../tests/many/programs.rs"]
mod programs;

use explorer::{Exploration, Settings, explore};
use std::time::Duration;

const ROUNDS: usize = 5;

fn main() {
    let (exploration, seconds) = best(|| programs::two_threads_one_mutex(9));
    println!(
        "two threads, one mutex    {:>9.0} executions a second (target >= 150,000)",
        exploration.executions as f64 / seconds
    );
    let (exploration, seconds) = best(|| programs::one_slot_buffer(3));
    println!(
        "one-slot buffer           {seconds:>9.2} s, {} classes, {} executions (target <= 3)",
        exploration.classes, exploration.executions
    );
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
