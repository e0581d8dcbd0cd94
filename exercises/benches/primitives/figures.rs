//! The figures, each with what it is compared with and what it must reach.

use std::fmt;
use std::hint::black_box;

use exercises::primitive::thread;
use exercises::primitive::time::Instant;
use exercises::process::{self, Manager, Pool, Process};
use exercises::sync;

use crate::raw;

/// Rounds of a hand-over or a barrier.
pub const COUNTED: u32 = 5_000;

/// One line of the table.
pub struct Figure {
    /// Its name.
    pub name: &'static str,
    /// Ours, in microseconds each.
    pub ours: fn() -> f64,
    /// Its name in `python.py`.
    pub python: Option<&'static str>,
    /// The limit without a library.
    pub raw: Option<fn() -> f64>,
    /// What must be reached.
    pub targets: &'static [Target],
}

/// What a figure must reach.
pub enum Target {
    /// At least so many times quicker than Python.
    Python(f64),
    /// At most so many times the raw limit.
    Raw(f64),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Python(times) => write!(f, "{times}x Python"),
            Target::Raw(times) => write!(f, "<= {times:.2} raw"),
        }
    }
}

/// All of them.
pub const FIGURES: &[Figure] = &[
    Figure {
        name: "process start and join",
        ours: process_start,
        python: Some("process_start"),
        raw: None,
        targets: &[Target::Python(4.0)],
    },
    Figure {
        name: "thread start and join",
        ours: thread_start,
        python: Some("thread_start"),
        raw: Some(raw::thread_start),
        targets: &[Target::Raw(1.15)],
    },
    Figure {
        name: "pool map, a task",
        ours: pool_map,
        python: Some("pool_map"),
        raw: None,
        targets: &[Target::Python(3.0)],
    },
    Figure {
        name: "pool apply_async, a task",
        ours: apply_async,
        python: Some("apply_async"),
        raw: None,
        targets: &[Target::Python(10.0)],
    },
    Figure {
        name: "pipe round trip",
        ours: pipe_round_trip,
        python: Some("pipe_round_trip"),
        raw: Some(raw::pipe_round_trip),
        targets: &[Target::Raw(1.15)],
    },
    Figure {
        name: "process queue, an item",
        ours: process_queue,
        python: Some("process_queue"),
        raw: None,
        targets: &[Target::Python(10.0)],
    },
    Figure {
        name: "thread queue, an item",
        ours: thread_queue,
        python: Some("thread_queue"),
        raw: None,
        targets: &[Target::Python(5.0)],
    },
    Figure {
        name: "manager dict, an item set",
        ours: manager_dict,
        python: Some("manager_dict"),
        raw: Some(raw::socket_round_trip),
        targets: &[Target::Python(3.0), Target::Raw(1.3)],
    },
    Figure {
        name: "locked counter, 2 processes",
        ours: locked_counter,
        python: Some("locked_counter"),
        raw: None,
        targets: &[Target::Python(3.0)],
    },
    Figure {
        name: "thread barrier, a round",
        ours: thread_barrier,
        python: Some("thread_barrier"),
        raw: Some(raw::thread_hand_over),
        targets: &[Target::Python(1.0), Target::Raw(1.3)],
    },
    Figure {
        name: "process barrier, a round",
        ours: process_barrier,
        python: Some("process_barrier"),
        raw: Some(raw::process_hand_over),
        targets: &[Target::Python(1.0), Target::Raw(1.3)],
    },
    Figure {
        name: "thread semaphore, a pair",
        ours: thread_semaphore,
        python: Some("thread_semaphore"),
        raw: None,
        targets: &[Target::Python(20.0)],
    },
    Figure {
        name: "process semaphore, a pair",
        ours: process_semaphore,
        python: Some("process_semaphore"),
        raw: None,
        targets: &[],
    },
    Figure {
        name: "crunch, 2 threads against serial",
        ours: crunch_in_threads,
        python: None,
        raw: Some(crunch_serially),
        targets: &[Target::Raw(1.0 / 1.8)],
    },
];

/// Microseconds that one of `count` takes.
pub fn each(count: u32, work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(count)
}

/// Measures `work` while `partner` does its part in a process of its own.
fn with_process(partner: impl Fn(), work: impl FnOnce() -> f64) -> f64 {
    let mut other = Process::borrowing("partner", partner);
    other.start().expect("a process");
    let time = work();
    assert_eq!(other.join().expect("its end"), Some(0));
    time
}

fn process_start() -> f64 {
    const COUNT: u32 = 200;
    each(COUNT, || {
        for _ in 0..COUNT {
            let mut child = Process::new("child", || ());
            child.start().expect("a process");
            child.join().expect("its end");
        }
    })
}

fn thread_start() -> f64 {
    const COUNT: u32 = 2_000;
    each(COUNT, || {
        for _ in 0..COUNT {
            thread::spawn(None, || ()).join().expect("nothing panics");
        }
    })
}

fn pool_map() -> f64 {
    const COUNT: u32 = 200_000;
    let inputs: Vec<u32> = (0..COUNT).collect();
    let pool = Pool::new(2, |input: &u32| input.wrapping_mul(*input)).expect("a pool");
    black_box(pool.map(&inputs[..100]).expect("squares"));
    let time = each(COUNT, || {
        black_box(pool.map(&inputs).expect("squares"));
    });
    pool.close();
    pool.join().expect("its end");
    time
}

fn apply_async() -> f64 {
    const COUNT: u32 = 5_000;
    let pool = Pool::new(2, |input: &u32| input.wrapping_mul(*input)).expect("a pool");
    black_box(pool.map(&[0; 100]).expect("squares"));
    let time = each(COUNT, || {
        let pending: Vec<_> = (0..COUNT)
            .map(|input| pool.apply_async(input).expect("a task"))
            .collect();
        for one in pending {
            black_box(one.get().expect("a square"));
        }
    });
    pool.close();
    pool.join().expect("its end");
    time
}

fn manager_dict() -> f64 {
    const COUNT: u32 = 5_000;
    let manager = Manager::new().expect("a manager");
    let dict = manager.dict().expect("a dictionary");
    dict.set(0, 0).expect("the server is there");
    each(COUNT, || {
        for number in 0..COUNT {
            dict.set(number % 64, number).expect("the server is there");
        }
    })
}

fn locked_counter() -> f64 {
    const COUNT: u32 = 50_000;
    let counter = process::Value::new(0_i32).expect("shared memory");
    let add = || {
        for _ in 0..COUNT {
            counter
                .lock()
                .expect("nobody died")
                .update(|value| value + 1);
        }
    };
    let mut both = [
        Process::borrowing("one", add),
        Process::borrowing("two", add),
    ];
    each(2 * COUNT, || {
        for one in &mut both {
            one.start().expect("a process");
        }
        for one in &both {
            assert_eq!(one.join().expect("its end"), Some(0));
        }
    })
}

fn pipe_round_trip() -> f64 {
    const COUNT: u32 = 20_000;
    let (here, there) = process::duplex::<u32>().expect("a pipe");
    let echo = move || {
        for _ in 0..COUNT {
            let number = there.recv().expect("a number").expect("a number");
            there.send(number).expect("the parent reads");
        }
    };
    with_process(echo, || {
        each(COUNT, || {
            for number in 0..COUNT {
                here.send(number).expect("the child reads");
                black_box(here.recv().expect("a number"));
            }
        })
    })
}

fn process_queue() -> f64 {
    const COUNT: u32 = 100_000;
    let queue = process::Queue::<u32>::unbounded().expect("a queue");
    let filler = || {
        for item in 0..COUNT {
            queue.put(item).expect("room");
        }
    };
    with_process(filler, || {
        each(COUNT, || {
            for _ in 0..COUNT {
                black_box(queue.get().expect("an item"));
            }
        })
    })
}

fn thread_queue() -> f64 {
    const COUNT: u32 = 200_000;
    let queue = sync::Queue::unbounded();
    thread::scope(|scope| {
        scope.spawn(None, || {
            for item in 0..COUNT {
                queue.put(item).expect("room");
            }
        });
        each(COUNT, || {
            for _ in 0..COUNT {
                black_box(queue.get());
            }
        })
    })
}

fn thread_barrier() -> f64 {
    let barrier = sync::Barrier::new(2);
    let rounds = || {
        for _ in 0..COUNTED {
            barrier.wait().expect("whole");
        }
    };
    thread::scope(|scope| {
        scope.spawn(None, rounds);
        each(COUNTED, rounds)
    })
}

fn process_barrier() -> f64 {
    let barrier = process::Barrier::new(2).expect("a barrier");
    let rounds = || {
        for _ in 0..COUNTED {
            barrier.wait().expect("whole");
        }
    };
    with_process(rounds, || each(COUNTED, rounds))
}

fn thread_semaphore() -> f64 {
    const COUNT: u32 = 200_000;
    let semaphore = sync::Semaphore::new(1);
    each(COUNT, || {
        for _ in 0..COUNT {
            semaphore.acquire();
            semaphore.release();
        }
    })
}

fn process_semaphore() -> f64 {
    const COUNT: u32 = 500_000;
    let semaphore = process::Semaphore::new(1).expect("a semaphore");
    each(COUNT, || {
        for _ in 0..COUNT {
            semaphore.acquire().expect("nobody died");
            semaphore.release();
        }
    })
}

/// How many numbers each of two workers draws: long enough for the scheduler to give each a core.
const CRUNCHED: u32 = 200_000_000;

/// One chain of multiplications in a register. (A count through memory, as in lesson s3e2, takes six
/// times as long in one copy of the loop as in another: processors differ in when a load sees the
/// store before it.) Never inlined, so that both sides run the same instructions.
#[inline(never)]
fn crunch() {
    let mut x = black_box(1_u64);
    for _ in 0..CRUNCHED {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    }
    black_box(x);
}

fn crunch_in_threads() -> f64 {
    each(2, || {
        thread::scope(|scope| {
            scope.spawn(None, crunch);
            scope.spawn(None, crunch);
        });
    })
}

fn crunch_serially() -> f64 {
    each(2, || {
        crunch();
        crunch();
    })
}
