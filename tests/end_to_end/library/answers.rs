//! Answers that use the library: the teacher's, others that are right, and those that must be rejected.

/// The teacher's answers.
pub const REFERENCES: [(&str, &str); 5] = [
    ("squares", SQUARES),
    (
        "pooled",
        "fn pooled(n: u64) -> Vec<u64> {
    let pool = ThreadPool::new(3).unwrap();
    pool.map(0..n, |n| n * n).map(Result::unwrap).collect()
}",
    ),
    (
        "ended",
        "fn ended() -> Option<i32> {
    let stays = Semaphore::new(0).unwrap();
    let mut child = Process::new(\"child\", { let stays = stays.clone(); move || { let _ = stays.acquire(); } });
    child.start().unwrap();
    assert!(child.is_alive());
    child.kill().unwrap();
    child.join().unwrap()
}",
    ),
    (
        "added",
        "fn add(total: &Value<u32>, lock: &Lock, n: u32) {
    let _held = lock.lock().unwrap();
    total.set(total.get() + n);
}",
    ),
    ("plain", "fn plain() -> u64 { 7 }"),
];

const SQUARES: &str = "fn squares(n: u64) -> Vec<u64> {
    let queue = Queue::unbounded().unwrap();
    let children: Vec<Process> = (0..n).map(|n| {
        let queue = queue.clone();
        let mut child = Process::new(format!(\"child {n}\"), move || queue.put(&square(n)).unwrap());
        child.start().unwrap();
        child
    }).collect();
    let found = (0..n).map(|_| queue.get().unwrap().unwrap()).collect();
    for child in &children {
        assert_eq!(child.join().unwrap(), Some(0));
    }
    found
}";

/// Answers that must be accepted.
pub const RIGHT: &[(&str, &str, &str)] = &[
    (
        "squares",
        "pipes",
        "fn squares(n: u64) -> Vec<u64> {
    let all: Vec<_> = (0..n).map(|n| {
        let (sender, receiver) = exercises::process::pipe().unwrap();
        let mut child = Process::new(\"child\", move || sender.send(&square(n)).unwrap());
        child.start().unwrap();
        (child, receiver)
    }).collect();
    all.into_iter().map(|(child, receiver)| {
        let square = receiver.recv().unwrap().unwrap();
        child.join().unwrap();
        square
    }).collect()
}",
    ),
    (
        "squares",
        "a_queue_each",
        "fn squares(n: u64) -> Vec<u64> {
    let all: Vec<_> = (0..n.max(6)).map(|_| Queue::unbounded().unwrap()).collect();
    let mut found = Vec::new();
    for (n, queue) in (0..n).zip(&all) {
        let mut child = Process::new(\"child\", { let queue = queue.clone(); move || queue.put(&square(n)).unwrap() });
        child.start().unwrap();
        found.push(queue.get().unwrap().unwrap());
        child.join().unwrap();
    }
    found
}",
    ),
    (
        "pooled",
        "threads",
        "fn pooled(n: u64) -> Vec<u64> {
    let thread = exercises::sync::Thread::new(\"one\", || ());
    thread.start().unwrap();
    thread.join().unwrap();
    (0..n).map(|n| n * n).collect()
}",
    ),
    (
        "added",
        "in_one_step",
        "fn add(total: &Value<u32>, _: &Lock, n: u32) {
    total.fetch_add(n);
}",
    ),
    (
        "ended",
        "together",
        "fn ended() -> Option<i32> {
    let together = Barrier::new(3).unwrap();
    let mut children: Vec<Process> = (0..2).map(|n| {
        let together = together.clone();
        Process::new(format!(\"child {n}\"), move || { together.wait().unwrap(); })
    }).collect();
    children.iter_mut().for_each(|child| child.start().unwrap());
    together.wait().unwrap();
    let all = children.iter().map(|child| child.join().unwrap());
    assert!(all.eq([Some(0), Some(0)]));
    Some(-9)
}",
    ),
    (
        "ended",
        "much_of_the_library",
        "fn ended() -> Option<i32> {
    use exercises::process::{Array, Event, Lock, Manager, Pool, Value};
    assert_eq!(Pool::map(2, &[1u64, 2, 3], |n| n * n).unwrap(), [1, 4, 9]);
    let (shared, numbers) = (Value::new(1).unwrap(), Array::new(&[0, 1, 2]).unwrap());
    let (lock, event) = (Lock::new().unwrap(), Event::new().unwrap());
    let manager = Manager::new().unwrap();
    let list = manager.list().unwrap();
    let mut child = Process::borrowing(\"child\", || {
        let _held = lock.lock().unwrap();
        shared.set(42);
        numbers.update(1, |number: i32| -number);
        list.push(\"from the child\").unwrap();
        event.set();
    });
    child.start().unwrap();
    event.wait().unwrap();
    assert_eq!(child.join().unwrap(), Some(0));
    drop(child);
    assert_eq!((shared.get(), numbers.to_vec()), (42, vec![0, -1, 2]));
    list.get(0).unwrap();
    Some(-9)
}",
    ),
];

/// Answers that must be rejected, and how.
pub const WRONG: &[(&str, &str, &str)] = &[
    (
        "squares",
        "one_child_is_left",
        "// verdict: Wrong
fn squares(n: u64) -> Vec<u64> {
    let stays = exercises::process::Semaphore::new(0).unwrap();
    let mut child = Process::new(\"stays\", { let stays = stays.clone(); move || { let _ = stays.acquire(); } });
    child.start().unwrap();
    std::mem::forget((child, stays));
    let queue = Queue::unbounded().unwrap();
    for n in 0..n {
        let queue = queue.clone();
        let mut child = Process::new(\"child\", move || queue.put(&square(n)).unwrap());
        child.start().unwrap();
        child.join().unwrap();
    }
    (0..n).map(|_| queue.get().unwrap().unwrap()).collect()
}",
    ),
    (
        "squares",
        "bomb",
        "// verdict: ProcessLimit
fn squares(_: u64) -> Vec<u64> {
    fn bomb() {
        loop {
            let mut child = Process::new(\"bomb\", bomb);
            let _ = child.start();
            std::mem::forget(child);
        }
    }
    bomb();
    vec![]
}",
    ),
    (
        "squares",
        "threads_are_no_processes",
        "// verdict: Wrong
fn squares(n: u64) -> Vec<u64> {
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..n).map(|n| scope.spawn(move || square(n))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}",
    ),
    (
        "squares",
        "one_for_all",
        "// verdict: Wrong
fn squares(n: u64) -> Vec<u64> {
    let queue = Queue::unbounded().unwrap();
    let mut child = Process::new(\"child\", { let queue = queue.clone(); move || {
        for n in 0..n {
            queue.put(&square(n)).unwrap();
        }
    } });
    child.start().unwrap();
    child.join().unwrap();
    (0..n).map(|_| queue.get().unwrap().unwrap()).collect()
}",
    ),
    (
        "squares",
        "fills_the_queue",
        "// verdict: MemoryLimit
fn squares(_: u64) -> Vec<u64> {
    let queues: Vec<_> = (0..4).map(|_| Queue::<Vec<u8>>::unbounded().unwrap()).collect();
    loop {
        for queue in &queues {
            let _ = queue.put(&vec![7u8; 1 << 20]);
        }
    }
}",
    ),
    (
        "squares",
        "memory_in_children",
        "// verdict: MemoryLimit
fn squares(_: u64) -> Vec<u64> {
    let stays = exercises::process::Semaphore::new(0).unwrap();
    let mut children: Vec<_> = (0..4).map(|_| {
        let stays = stays.clone();
        Process::new(\"child\", move || {
            let much = vec![7u8; 30 << 20];
            let _ = stays.acquire();
            drop(much);
        })
    }).collect();
    children.iter_mut().for_each(|child| child.start().unwrap());
    children.iter().for_each(|child| { child.join().unwrap(); });
    vec![]
}",
    ),
    (
        "squares",
        "bomb_of_forks",
        "// verdict: ProcessLimit
fn squares(_: u64) -> Vec<u64> {
    fn bomb() -> i32 {
        loop {
            std::mem::forget(exercises::primitive::process::fork(\"bomb\", bomb));
        }
    }
    bomb();
    vec![]
}",
    ),
    (
        "squares",
        "a_grandchild_is_left",
        "// verdict: Wrong
fn squares(n: u64) -> Vec<u64> {
    use exercises::primitive::process::fork;
    let child = fork(\"child\", || {
        std::mem::forget(fork(\"grandchild\", || loop { std::thread::park() }));
        0
    });
    child.unwrap().wait().unwrap();
    let queue = Queue::unbounded().unwrap();
    for n in 0..n {
        let queue = queue.clone();
        let mut child = Process::new(\"child\", move || queue.put(&square(n)).unwrap());
        child.start().unwrap();
        child.join().unwrap();
    }
    (0..n).map(|_| queue.get().unwrap().unwrap()).collect()
}",
    ),
    (
        "squares",
        "a_pool_that_never_ends",
        "// verdict: TimeLimit
fn squares(n: u64) -> Vec<u64> {
    let numbers: Vec<u64> = (0..n.max(1)).collect();
    exercises::process::Pool::map(2, &numbers, |_| -> u64 { loop { std::thread::park() } }).unwrap()
}",
    ),
    (
        "squares",
        "ends_everybody",
        "// verdict: RuntimeError
fn squares(_: u64) -> Vec<u64> {
    use exercises::primitive::process::{Signal, fork, getppid, kill};
    let child = fork(\"child\", || {
        let _ = kill(getppid(), Signal::SIGKILL);
        let _ = kill(1, Signal::SIGKILL);
        let _ = kill(-1, Signal::SIGKILL);
        0
    });
    child.unwrap().wait().unwrap();
    vec![]
}",
    ),
    (
        "squares",
        "memory_of_children_that_have_ended",
        "// verdict: MemoryLimit
fn squares(_: u64) -> Vec<u64> {
    let mut all = Vec::new();
    loop {
        let shared = exercises::process::Array::<u64>::zeroed(2 << 20).unwrap();
        let mut child = Process::new(\"child\", {
            let shared = shared.clone();
            move || (0..2 << 20).step_by(512).for_each(|place| shared.set(place, 7))
        });
        child.start().unwrap();
        child.join().unwrap();
        all.push(shared);
    }
}",
    ),
    (
        "squares",
        "many_wait",
        "// verdict: ProcessLimit
fn squares(_: u64) -> Vec<u64> {
    let pool = ThreadPool::new(60).unwrap();
    let gate = exercises::sync::Semaphore::new(0);
    let most = std::time::Duration::from_millis(500);
    let all = pool.map(0..60u64, move |n| {
        gate.acquire_timeout(most);
        n
    });
    all.map(Result::unwrap).collect()
}",
    ),
    (
        "pooled",
        "the_pool_never_ends",
        "// verdict: TimeLimit
fn pooled(n: u64) -> Vec<u64> {
    let pool = ThreadPool::new(2).unwrap();
    pool.map(0..n, |_| -> u64 { loop { std::thread::park() } }).map(Result::unwrap).collect()
}",
    ),
    (
        "pooled",
        "the_pool_is_left",
        "// verdict: Wrong
fn pooled(n: u64) -> Vec<u64> {
    let pool = ThreadPool::new(2).unwrap();
    std::mem::forget(pool.map(0..2u64, |_| -> u64 { loop { std::thread::park() } }));
    std::mem::forget(pool);
    (0..n).map(|n| n * n).collect()
}",
    ),
    (
        "pooled",
        "too_many_workers",
        "// verdict: Wrong
fn pooled(n: u64) -> Vec<u64> {
    let pool = ThreadPool::new(12).unwrap();
    let all = exercises::sync::Semaphore::new(0);
    let most = std::time::Duration::from_millis(300);
    let found = pool.map(0..12, move |n| {
        all.acquire_timeout(most);
        n * n
    });
    found.map(Result::unwrap).take(n as usize).collect()
}",
    ),
    (
        "ended",
        "sleeps",
        "// verdict: Forbidden
fn ended() -> Option<i32> {
    exercises::primitive::thread::sleep(std::time::Duration::from_millis(1));
    Some(-9)
}",
    ),
    // No run shows it: what lies between is shorter than a start.
    (
        "added",
        "in_two_steps",
        "// verdict: Wrong
fn add(total: &Value<u32>, _: &Lock, n: u32) {
    total.set(total.get() + n);
}",
    ),
    (
        "added",
        "a_lock_of_its_own",
        "// verdict: Wrong
fn add(total: &Value<u32>, _: &Lock, n: u32) {
    let lock = Lock::new().unwrap();
    let _held = lock.lock().unwrap();
    total.set(total.get() + n);
}",
    ),
    (
        "added",
        "keeps_the_lock",
        "// verdict: Wrong
fn add(total: &Value<u32>, lock: &Lock, n: u32) {
    std::mem::forget(lock.lock().unwrap());
    total.set(total.get() + n);
}",
    ),
    (
        "plain",
        "uses_what_it_was_not_given",
        "// verdict: CompileError
fn plain() -> u64 {
    let mut child = exercises::process::Process::new(\"child\", || 7);
    child.start().unwrap();
    child.join().unwrap().map_or(0, |code| code as u64)
}",
    ),
];
