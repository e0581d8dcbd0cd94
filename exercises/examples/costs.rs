//! What the library costs, beside the same in Python 3.11 (measured once, two workers on two idle
//! cores: compare on an idle machine). `cargo run --release -p exercises --example costs`

use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant};
use exercises::process::{self, Pool, Process};
use exercises::sync;
use recorder::{Journal, Kind, LaneId, LaneKind, Object, current};

fn each(count: u32, f: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    f();
    begin.elapsed() / count
}

fn show(what: &str, ours: Duration, python: Duration) {
    let ratio = python.as_secs_f64() / ours.as_secs_f64();
    println!("{what:<34} {ours:>12.2?}   Python {python:>10.2?}   {ratio:>6.1}x");
}

fn main() {
    let micros = |micros: f64| Duration::from_nanos((micros * 1000.0) as u64);
    let two = |run: &dyn Fn(u32)| {
        let mut children: Vec<_> = (0..2)
            .map(|i| Process::borrowing(format!("p{i}"), move || run(i)))
            .collect();
        children
            .iter_mut()
            .for_each(|child| child.start().expect("a child"));
        children
            .iter()
            .for_each(|child| assert_eq!(child.join().expect("its end"), Some(0)));
    };

    let time = each(200, || {
        (0..200).for_each(|_| drop(thread::spawn(None, || ()).join()))
    });
    show("thread start + join", time, micros(45.0));
    let time = each(200, || {
        for _ in 0..200 {
            let mut child = Process::new("child", || ());
            child.start().expect("a child");
            child.join().expect("its end");
        }
    });
    show("process start + join", time, micros(3400.0));

    let queue = sync::Queue::unbounded();
    let time = each(200_000, || {
        thread::scope(|s| {
            s.spawn(None, || (0..200_000).for_each(|item| drop(queue.put(item))));
            (0..200_000).for_each(|_| _ = queue.get());
        });
    });
    show("thread queue, an item", time, micros(0.91));
    let queue = process::Queue::<u32>::unbounded().expect("a queue");
    let time = each(200_000, || {
        let mut child =
            Process::borrowing("p", || (0..200_000).for_each(|item| drop(queue.put(item))));
        child.start().expect("a child");
        (0..200_000).for_each(|_| drop(queue.get()));
        child.join().expect("its end");
    });
    show("process queue, an item", time, micros(5.7));

    let semaphore = sync::Semaphore::new(2);
    let time = each(1_000_000, || {
        (0..1_000_000).for_each(|_| drop(semaphore.permit()))
    });
    show("thread semaphore, a pair", time, micros(1.12));
    let semaphore = process::Semaphore::new(2).expect("a semaphore");
    let time = each(1_000_000, || {
        (0..1_000_000).for_each(|_| drop(semaphore.permit()))
    });
    show("process semaphore, a pair", time, micros(0.0735));
    let lock = process::Lock::new().expect("a lock");
    let time = each(400_000, || {
        two(&|_| (0..200_000).for_each(|_| drop(lock.lock())))
    });
    show("process lock, a contended pair", time, micros(0.53));

    let barrier = sync::Barrier::new(2);
    let time = each(20_000, || {
        thread::scope(|s| {
            s.spawn(None, || (0..20_000).for_each(|_| _ = barrier.wait()));
            (0..20_000).for_each(|_| _ = barrier.wait());
        });
    });
    show("thread barrier, a round", time, micros(54.0));
    let barrier = process::Barrier::new(2).expect("a barrier");
    let time = each(20_000, || {
        two(&|_| (0..20_000).for_each(|_| _ = barrier.wait()))
    });
    show("process barrier, a round", time, micros(28.0));

    let inputs: Vec<u32> = (0..1_000_000).collect();
    let time = each(1_000_000, || drop(Pool::map(2, &inputs, |input| input + 1)));
    show("pool map, a task", time, micros(0.204));

    let journal = Journal::create(1 << 22).expect("a journal");
    let object = Object::lane(LaneId(0));
    current::install(journal.clone(), "main", LaneKind::Process);
    let record = each(1_000_000, || {
        (0..1_000_000).for_each(|_| current::emit(Kind::Mark, object))
    });
    let value = serde_json::json!(7);
    let print = each(200_000, || {
        (0..200_000).for_each(|_| current::print("thread 0", "call", &value))
    });
    println!(
        "a recorded event {record:.0?}, a recorded line {print:.0?}, lost {}",
        journal.lost()
    );
}
