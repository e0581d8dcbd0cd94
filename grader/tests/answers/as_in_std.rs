use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;
use weft_task::sync::{Condvar, Mutex, mpsc};
use weft_task::thread;

fn all() -> (u64, bool, bool, usize, bool) {
    let (sum, changed) = (Mutex::from(0), Condvar::new());
    let (send, received) = mpsc::channel();
    let (in_time, late) = thread::scope(|s| {
        let adder = thread::Builder::new().name("adder".to_owned());
        let adder = adder.spawn_scoped(s, || {
            for number in 1..=4u64 {
                *sum.lock().unwrap() += number;
                changed.notify_all();
                send.send(number).unwrap();
            }
        });
        let adder = adder.unwrap();
        assert_eq!(adder.thread().name(), Some("adder"));
        let (minute, moment) = (Duration::from_secs(60), Duration::from_millis(1));
        let (now, waited) = changed
            .wait_timeout_while(sum.lock().unwrap(), minute, |sum| *sum < 10)
            .unwrap();
        drop(now);
        let (now, waited_in_vain) = changed
            .wait_timeout_while(sum.lock().unwrap(), moment, |_| true)
            .unwrap();
        drop(now);
        while !adder.is_finished() {
            thread::park_timeout(moment);
        }
        (!waited.timed_out(), waited_in_vain.timed_out())
    });
    let mut there = received.try_iter().count();
    drop(send);
    for _ in &received {
        there += 100;
    }
    let panics = catch_unwind(AssertUnwindSafe(|| {
        let _held = sum.lock();
        std::panic::resume_unwind(Box::new("on purpose"))
    }));
    let poisoned = panics.is_err() && sum.is_poisoned();
    sum.clear_poison();
    let _ = thread::available_parallelism();
    (sum.into_inner().unwrap(), in_time, late, there, poisoned)
}
