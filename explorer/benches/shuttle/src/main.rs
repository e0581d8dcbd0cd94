//! The explorer beside shuttle's depth-first search, on the same program in the same sitting: two threads that take a
//! mutex some times each.
//!
//! `cargo run --release --manifest-path explorer/benches/shuttle/Cargo.toml`. Target: the whole program never
//! later than shuttle, and where there are too many executions for that, as many a second.

use explorer::{Settings, Verdict, explore};
use shuttle::scheduler::DfsScheduler;
use shuttle::{Config, MaxSteps, Runner};

/// Each is measured so often, in turns; the best counts.
const ROUNDS: usize = 11;

/// So many of the executions of the larger program are enough to see how fast they come.
const EXECUTIONS: usize = 20_000;

fn main() {
    println!("two threads, one mutex, taken n times each");
    println!(
        "{:>2}  {:<9} {:>11} {:>9} {:>14}",
        "n", "", "executions", "ms", "a second"
    );
    for (times, bound) in [(1, None), (2, None), (9, Some(EXECUTIONS))] {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(explored(times));
            theirs.push(shuttled(times, bound));
        }
        let (ours, theirs) = (best(ours), best(theirs));
        row(times, "explorer", "", ours);
        row(
            times,
            "shuttle",
            if bound.is_some() { "+" } else { "" },
            theirs,
        );
        let rate = |(executions, seconds): (usize, f64)| executions as f64 / seconds;
        let faster = rate(ours) / rate(theirs);
        match bound {
            Some(_) => println!("    {faster:.2}x shuttle's executions a second (target >= 1)"),
            None => {
                let share = ours.1 / theirs.1;
                println!("    the whole program in {share:.2}x shuttle's time (target <= 1)");
            }
        }
    }
}

fn row(times: usize, name: &str, more: &str, (executions, seconds): (usize, f64)) {
    println!(
        "{times:>2}  {name:<9} {:>11} {:>9.3} {:>14.0}",
        format!("{executions}{more}"),
        seconds * 1e3,
        executions as f64 / seconds
    );
}

fn best(rounds: Vec<(usize, f64)>) -> (usize, f64) {
    let fastest = rounds
        .into_iter()
        .min_by(|one, other| one.1.total_cmp(&other.1));
    fastest.expect("there are rounds")
}

macro_rules! program {
    ($mutex:path, $arc:path, $spawn:path, $times:expr) => {{
        use $arc as Shared;
        use $mutex as Lock;
        use $spawn as spawn;
        let lock = Shared::new(Lock::new(0));
        let threads: Vec<_> = (0..2)
            .map(|number| {
                let lock = Shared::clone(&lock);
                spawn(move || {
                    for _ in 0..$times {
                        *lock.lock().unwrap() += number;
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    }};
}

fn explored(times: usize) -> (usize, f64) {
    let begun = busy();
    let found = explore(
        &move || {
            program!(
                explorer::model::sync::Mutex,
                explorer::model::sync::Arc,
                explorer::model::thread::spawn,
                times
            )
        },
        &Settings::default(),
    );
    assert_eq!(found.verdict, Verdict::Proved);
    (found.executions as usize, busy() - begun)
}

fn shuttled(times: usize, bound: Option<usize>) -> (usize, f64) {
    let mut config = Config::new();
    config.max_steps = MaxSteps::None;
    config.failure_persistence = shuttle::FailurePersistence::None;
    let begun = busy();
    let executions = Runner::new(DfsScheduler::new(bound, false), config).run(move || {
        program!(
            shuttle::sync::Mutex,
            shuttle::sync::Arc,
            shuttle::thread::spawn,
            times
        )
    });
    (executions, busy() - begun)
}

/// The CPU time of this thread, in seconds: the machine may be busy with others.
fn busy() -> f64 {
    let mut now = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: fills in the time it is given.
    let told = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut now) };
    assert_eq!(told, 0, "Linux tells how long a thread has run");
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}
