//! The queue, with a real Redis and judges that decide by a word in the answer.

mod support;

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use grader::grade::{GRADER, GradeOptions, Sandbox};
use grader::judge::{Judge, Judgement, TaskSpec};
use grader::queue::{Address, Announcement, Desk, QueueError, work};
use support::{Class, TextJudge};

/// For whatever has to happen sooner or later, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server of our own that keeps nothing on a disk.
struct Redis {
    port: u16,
    server: Child,
}

impl Redis {
    fn start() -> Redis {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        Redis {
            port,
            server: serve(port),
        }
    }

    /// Killed, and started anew: it knows nothing any more.
    fn start_anew(&mut self) {
        self.server.kill().expect("a kill");
        self.server.wait().expect("its end");
        self.server = serve(self.port);
    }

    fn address(&self) -> Address {
        format!("redis://127.0.0.1:{}/", self.port)
            .parse()
            .expect("an address")
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn serve(port: u16) -> Child {
    let port = port.to_string();
    let server = Command::new("redis-server")
        .args([
            "--port",
            &port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ])
        .stdout(Stdio::null())
        .spawn()
        .expect("redis-server; tests/run installs it");
    let begun = Instant::now();
    while TcpStream::connect(format!("127.0.0.1:{port}")).is_err() {
        assert!(begun.elapsed() < PATIENCE, "Redis takes no connections");
        thread::sleep(Duration::from_millis(5));
    }
    server
}

fn like(toolchain: &str, jobs: usize) -> Announcement {
    Announcement {
        grader: GRADER.to_owned(),
        toolchain: toolchain.to_owned(),
        sandbox: Sandbox {
            level: "boxes of paper".to_owned(),
            ..Sandbox::default()
        },
        jobs,
    }
}

/// A worker on a thread, until this is dropped.
struct Worker {
    stop: &'static AtomicBool,
    thread: Option<thread::JoinHandle<Result<u64, QueueError>>>,
}

impl Worker {
    fn start(redis: &Redis, judge: Arc<dyn Judge + Send + Sync>, like: Announcement) -> Worker {
        let stop: &'static AtomicBool = Box::leak(Box::new(AtomicBool::new(false)));
        let address = redis.address();
        let thread = thread::spawn(move || work(&address, judge, &like, stop, &mut |_| ()));
        Worker {
            stop,
            thread: Some(thread),
        }
    }

    fn end(mut self) -> u64 {
        self.stop.store(true, Ordering::Relaxed);
        let thread = self.thread.take().expect("a worker that is not ended");
        thread.join().expect("no panic").expect("work")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn wait_for_workers(redis: &Redis, count: usize) -> Vec<Announcement> {
    let desk = Desk::open(&redis.address()).expect("a desk");
    let begun = Instant::now();
    loop {
        let workers = desk.workers().expect("an answer");
        if workers.len() == count {
            return workers;
        }
        assert!(begun.elapsed() < PATIENCE, "{workers:?}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A class of twelve.
fn class() -> Class {
    let class = Class::new();
    for student in 0..12 {
        let verdict = ["Accepted", "Wrong", "half"][student % 3];
        class.answer(
            &format!("s{student}"),
            &format!("fn f() {{ {student} }} // judge: {verdict}"),
        );
    }
    class
}

/// Grades it with the workers that are there.
fn grade(class: &Class, address: &Address, workers: &[Announcement]) {
    let all = Announcement::of_all(workers).expect("workers that are alike");
    let all = all.expect("a worker");
    let options = GradeOptions {
        toolchain: all.toolchain.clone(),
        sandbox: all.sandbox.clone(),
        jobs: all.jobs * 2,
        ..class.options()
    };
    let judge = Desk::open(address).expect("a desk").judge(&all);
    let outcome = grader::grade(&class.assignment, &judge, &options, &mut |_| ()).expect("grades");
    assert_eq!(outcome.submissions, 12);
    assert_eq!(outcome.for_a_human, []);
}

/// Every student has the verdict that stands in her answer.
fn assert_graded(class: &Class) {
    let grades = class.grades();
    assert_eq!(grades["submissions"].as_array().map(Vec::len), Some(12));
    for student in 0..12 {
        let (verdict, _) = class.verdict(&format!("s{student}"));
        let wanted = ["Accepted", "Wrong", "Partial"][student % 3];
        assert_eq!(verdict.as_deref(), Some(wanted), "s{student}");
    }
}

#[test]
fn workers_judge_what_one_grading_would_have_judged_and_leave_nothing_in_the_queue() {
    let (redis, class) = (Redis::start(), class());
    let judge = Arc::new(TextJudge::default());
    let workers = [2, 1].map(|jobs| Worker::start(&redis, judge.clone(), like("rustc", jobs)));
    let there = wait_for_workers(&redis, 2);
    grade(&class, &redis.address(), &there);
    assert_graded(&class);
    assert_eq!(judge.total(), 12, "each of them once");
    let judged: u64 = workers.into_iter().map(Worker::end).sum();
    assert_eq!(judged, 12);
    assert_eq!(wait_for_workers(&redis, 0), []);

    let mut connection = redis::Client::open(format!("redis://127.0.0.1:{}/", redis.port))
        .and_then(|client| client.get_connection())
        .expect("a connection");
    let keys: Vec<String> = redis::cmd("KEYS")
        .arg("*")
        .query(&mut connection)
        .expect("keys");
    let of_jobs =
        |key: &&String| key.contains(":meta:") || key.ends_with(":data") || key.ends_with(":done");
    assert_eq!(keys.iter().filter(of_jobs).collect::<Vec<_>>(), [""; 0]);
}

/// Judges nothing before it is opened.
#[derive(Default)]
struct Gated {
    judge: TextJudge,
    /// How many wait, and whether it is open.
    state: Mutex<(usize, bool)>,
    changed: Condvar,
}

impl Gated {
    fn wait_for(&self, waiting: usize) {
        let state = self.state.lock().expect("no panic");
        let fewer = |state: &mut (usize, bool)| state.0 < waiting;
        let (state, _) = self
            .changed
            .wait_timeout_while(state, PATIENCE, fewer)
            .expect("no panic");
        assert!(state.0 >= waiting, "only {} wait", state.0);
    }

    fn open(&self) {
        self.state.lock().expect("no panic").1 = true;
        self.changed.notify_all();
    }
}

impl Judge for Gated {
    fn judge(&self, task: &TaskSpec, answer: &str) -> Judgement {
        let mut state = self.state.lock().expect("no panic");
        state.0 += 1;
        self.changed.notify_all();
        drop(
            self.changed
                .wait_while(state, |state| !state.1)
                .expect("no panic"),
        );
        self.judge.judge(task, answer)
    }
}

#[test]
fn a_server_that_is_started_anew_and_knows_nothing_loses_no_submission() {
    let (mut redis, class) = (Redis::start(), class());
    let judge = Arc::new(Gated::default());
    let worker = Worker::start(&redis, judge.clone(), like("rustc", 2));
    let there = wait_for_workers(&redis, 1);
    let address = redis.address();
    thread::scope(|scope| {
        let grading = scope.spawn(|| grade(&class, &address, &there));
        judge.wait_for(2);
        redis.start_anew();
        judge.open();
        grading.join().expect("grades");
    });
    assert_graded(&class);
    drop(worker);
}

#[test]
fn a_worker_takes_only_what_is_meant_for_its_compiler_and_its_kind_of_box() {
    let (redis, class) = (Redis::start(), class());
    let [ours, theirs] = [(), ()].map(|()| Arc::new(TextJudge::default()));
    let _ours = Worker::start(&redis, ours.clone(), like("rustc 1", 1));
    let there = wait_for_workers(&redis, 1);
    let _theirs = Worker::start(&redis, theirs.clone(), like("rustc 2", 1));
    let mixed = Announcement::of_all(&wait_for_workers(&redis, 2));
    assert!(matches!(mixed, Err(QueueError::Mixed { .. })), "{mixed:?}");
    grade(&class, &redis.address(), &there);
    assert_eq!((ours.total(), theirs.total()), (12, 0));
}

#[test]
fn a_worker_that_is_another_grader_is_named_instead_of_waited_for() {
    let other = Announcement {
        grader: "weft 0.0.9 0123456789abcdef".to_owned(),
        ..like("rustc", 1)
    };
    let mixed = Announcement::of_all(&[like("rustc", 1), other.clone()]);
    assert!(
        matches!(&mixed, Err(QueueError::OtherWeft(theirs)) if *theirs == other.grader),
        "{mixed:?}"
    );
    // However alike they are among themselves: they would not take jobs from here.
    let others = Announcement::of_all(&[other.clone(), other]);
    assert!(
        matches!(others, Err(QueueError::OtherWeft(_))),
        "{others:?}"
    );
}

#[test]
fn an_address_keeps_its_password_and_has_to_be_that_of_a_redis() {
    let address: Address = "redis://:secret@example.org:7000/2"
        .parse()
        .expect("an address");
    assert_eq!(address.to_string(), "redis://example.org:7000");
    assert!(!format!("{address:?}").contains("secret"));
    for wrong in [
        "",
        "example.org",
        "postgres://example.org/",
        "redis://",
        "redis:/x",
        "rediss://example.org/",
    ] {
        assert!(wrong.parse::<Address>().is_err(), "{wrong}");
    }
}
