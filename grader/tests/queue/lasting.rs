//! What a worker does with a server that changes its mind.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use grader::queue::{Address, QueueError, Told, work};

use crate::servers::{Redis, Server};
use crate::support::TextJudge;
use crate::{PATIENCE, Worker, class, grade, like, wait_for_workers};

fn eventually(what: &str, condition: impl Fn() -> bool) {
    let begun = Instant::now();
    while !condition() {
        assert!(begun.elapsed() < PATIENCE, "not in time: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_worker_whose_password_is_no_longer_right_says_so_and_ends() {
    let server = Redis::guarded("before");
    let address: Address = server.url(Some("before")).parse().expect("an address");
    let told = Arc::new(Mutex::new(Vec::new()));
    let stop: &'static AtomicBool = Box::leak(Box::new(AtomicBool::new(false)));
    let worker = thread::spawn({
        let told = Arc::clone(&told);
        move || {
            let tell = &mut |what: &Told| told.lock().expect("no panic").push(what.clone());
            let judge = Arc::new(TextJudge::default());
            work(&address, judge, &like("rustc", 1), stop, tell)
        }
    });
    let is_ready = || told.lock().expect("no panic").contains(&Told::Ready);
    eventually("a worker that is ready", is_ready);
    let mut administrator = server.connection(Some("before"));
    for words in [
        &["CONFIG", "SET", "requirepass", "after"][..],
        &["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"],
    ] {
        let () = redis::cmd(words[0])
            .arg(&words[1..])
            .query(&mut administrator)
            .expect("an answer");
    }
    let begun = Instant::now();
    while !worker.is_finished() && begun.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(5));
    }
    // Should it not have ended by itself.
    stop.store(true, Ordering::Relaxed);
    let ended = worker.join().expect("no panic");
    let Err(QueueError::Denied(why)) = ended else {
        panic!("{ended:?}");
    };
    let told = told.lock().expect("no panic");
    assert_eq!(told.last(), Some(&Told::Lost(why)), "{told:?}");
}

#[test]
fn a_job_whose_beginning_cannot_be_noted_at_first_is_judged_all_the_same() {
    let server = <Redis as Server>::start();
    let _worker = Worker::start(&server, Arc::new(TextJudge::default()), like("rustc", 1));
    let there = wait_for_workers(&server, 1);
    let administrator = Mutex::new(server.connection(None));
    let told = |words: &[&str]| -> String {
        redis::cmd(words[0])
            .arg(&words[1..])
            .query(&mut *administrator.lock().expect("no panic"))
            .expect("an answer")
    };
    // By this command alone a worker notes that it has begun.
    told(&["ACL", "SETUSER", "default", "-hincrby"]);
    thread::scope(|scope| {
        let grading = scope.spawn(|| grade(&class(), &server.address(), &there));
        let was_refused = || told(&["INFO", "errorstats"]).contains("errorstat_NOPERM");
        eventually("a worker that is refused", was_refused);
        told(&["ACL", "SETUSER", "default", "+hincrby"]);
        grading.join().expect("grades");
    });
}
