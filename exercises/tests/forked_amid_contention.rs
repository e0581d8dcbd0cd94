//! Children forked while other threads of their parent have locks or fight for them. They get copies of whatever
//! those threads were in the middle of, and must get by without them. The threads never rest here, so these tests
//! have a process of their own.

mod alone;

use alone::alone;
use exercises::primitive::atomic::{AtomicBool, AtomicU32, Ordering};
use exercises::primitive::thread;
use exercises::primitive::time::Duration;
use exercises::process::Process;
use exercises::sync::{Condvar, Lock, Mutex, Queue, ReentrantLock, Semaphore};

/// How many children are forked.
const CHILDREN: u32 = 100;
/// How many locks a child waits for, each at another place in memory.
const PLACES: usize = 64;
/// Only a hang can take so long, also where six threads that never rest have the processors.
const LIMIT: Duration = Duration::from_secs(60);

/// Two threads that wait for each other again and again until it is enough.
#[derive(Default)]
struct Duel {
    turn: Mutex<bool>,
    passed: Condvar,
    lock: Lock,
    reentrant: ReentrantLock<()>,
}

impl Duel {
    fn fight(&self, side: bool, mut goes_on: impl FnMut() -> bool) {
        while goes_on() {
            let mut turn = self.turn.lock();
            self.passed
                .wait_while_timeout(&mut turn, Duration::from_millis(1), |turn| *turn != side);
            *turn = !side;
            // Under the lock, so that whoever is woken finds it closed.
            self.passed.notify_one();
            drop(turn);
            drop(self.lock.hold());
            drop(self.reentrant.lock());
        }
    }
}

/// What a child does: two threads of its own wait for each other, at locks that nobody in the parent knew.
fn contend() {
    // One closed lock after another: whoever finds it closed has announced itself before it goes to sleep there.
    let places: Vec<Mutex<()>> = (0..PLACES).map(|_| Mutex::new(())).collect();
    let coming = AtomicU32::new(0);
    let opened = Semaphore::new(0);
    thread::scope(|scope| {
        let closed: Vec<_> = places.iter().map(Mutex::lock).collect();
        scope.spawn(None, || {
            for place in &places {
                coming.fetch_add(1, Ordering::SeqCst);
                drop(place.lock());
                opened.release();
            }
        });
        for (number, lock) in (1..).zip(closed) {
            while coming.load(Ordering::SeqCst) < number {
                thread::yield_now();
            }
            (0..10).for_each(|_| thread::yield_now());
            drop(lock);
            opened.acquire();
        }
    });
    let duel = Duel::default();
    thread::scope(|scope| {
        for side in [false, true] {
            let mut rounds = 0..100;
            let duel = &duel;
            scope.spawn(None, move || duel.fight(side, || rounds.next().is_some()));
        }
    });
    let queue = Queue::bounded(1);
    thread::scope(|scope| {
        scope.spawn(None, || {
            (0..100).for_each(|item| queue.put(item).expect("room"))
        });
        (0..100).for_each(|item| assert_eq!(queue.get(), Some(item)));
    });
}

/// What each thread of a process is at, as the system sees it: its state with the processor time it had, and the call it
/// is in (`/proc/pid/task/tid/stat` and `syscall`, proc(5)).
fn threads_of(pid: i32) -> Vec<String> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("its threads");
    let told = |task: std::io::Result<std::fs::DirEntry>| {
        let task = task.expect("a thread").path();
        let read = |file| std::fs::read_to_string(task.join(file)).unwrap_or_default();
        format!("{} | {}", read("stat").trim(), read("syscall").trim())
    };
    tasks.map(told).collect()
}

#[test]
fn a_reentrant_lock_goes_with_the_thread_that_forks_and_with_no_other() {
    let _alone = alone();
    let lock = ReentrantLock::new(());
    // In the child, the first thread is the main one; in the grandchild, the one that forked it is.
    let mut child = Process::borrowing("child", || {
        let _held = lock.lock();
        let own = ReentrantLock::new(());
        let ended = thread::scope(|scope| {
            let forker = scope.spawn(Some("forker"), || {
                let _held = own.lock();
                let mut grandchild = Process::borrowing("grandchild", || {
                    assert!(
                        own.try_lock().is_some(),
                        "what this thread has, it may take again"
                    );
                    assert!(
                        lock.try_lock().is_none(),
                        "the main thread of the parent has it"
                    );
                });
                grandchild.start().expect("a grandchild");
                let ended = grandchild.join_timeout(LIMIT).expect("its end");
                ended.then(|| grandchild.exit_code()).flatten()
            });
            forker.join().expect("no panic")
        });
        assert_eq!(ended, Some(0));
    });
    child.start().expect("a child");
    assert!(child.join_timeout(2 * LIMIT).expect("its end"));
    assert_eq!(child.exit_code(), Some(0));
}

#[test]
fn children_forked_while_other_threads_fight_for_locks_can_wait_for_locks() {
    let _alone = alone();
    let enough = AtomicBool::new(false);
    let duels: [Duel; 3] = Default::default();
    thread::scope(|scope| {
        for duel in &duels {
            for side in [false, true] {
                let goes_on = || !enough.load(Ordering::Relaxed);
                scope.spawn(None, move || duel.fight(side, goes_on));
            }
        }
        let mut hung = Vec::new();
        for number in 0..CHILDREN {
            let mut child = Process::new(format!("child {number}"), contend);
            child.start().expect("a child");
            if !child.join_timeout(LIMIT).expect("its end") {
                hung.push((number, threads_of(child.pid().expect("a started child"))));
                child.kill().expect("it can be killed");
                // A few are proof enough, and each has cost the whole limit.
                if hung.len() == 3 {
                    break;
                }
            } else if child.exit_code() != Some(0) {
                enough.store(true, Ordering::Relaxed);
                panic!("child {number} ended with {:?}", child.exit_code());
            }
        }
        enough.store(true, Ordering::Relaxed);
        assert!(hung.is_empty(), "these children hang: {hung:#?}");
    });
}
