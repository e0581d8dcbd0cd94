//! The queue, on a real Redis and a real PostgreSQL, with judges that decide by a word in the answer.

#[path = "../support/certificates.rs"]
mod certificates;
mod database;
mod encrypted;
mod lasting;
#[path = "../support/postgres.rs"]
mod postgres;
mod servers;
#[path = "../support/mod.rs"]
mod support;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use grader::grade::{GRADER, GradeOptions, Sandbox};
use grader::judge::{Judge, Judgement, TaskSpec, Why};
use grader::queue::{Address, Announcement, Desk, QueueError, work};
use grader::verdict::Verdict;
use serde_json::json;
use servers::Server;
use support::{Class, TextJudge};

/// For whatever has to happen sooner or later, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(120);

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
    fn start(
        server: &impl Server,
        judge: Arc<dyn Judge + Send + Sync>,
        like: Announcement,
    ) -> Worker {
        let stop: &'static AtomicBool = Box::leak(Box::new(AtomicBool::new(false)));
        let address = server.address();
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

fn wait_for_workers(server: &impl Server, count: usize) -> Vec<Announcement> {
    let desk = Desk::open(&server.address()).expect("a desk");
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

fn start<S: Server>() -> S {
    S::start()
}

/// The same promises on every server.
macro_rules! on_every_server {
    ($($promise:ident)*) => {
        mod on_redis {
            $(#[test]
            fn $promise() {
                super::$promise(super::start::<crate::servers::Redis>());
            })*
        }

        mod on_postgres {
            $(#[test]
            fn $promise() {
                super::$promise(super::start::<crate::postgres::Postgres>());
            })*
        }
    };
}

on_every_server! {
    workers_judge_what_one_grading_would_have_judged_and_leave_nothing_in_the_queue
    a_server_that_is_started_anew_loses_no_submission
    a_worker_takes_only_what_is_meant_for_its_compiler_and_its_kind_of_box
    what_a_program_printed_comes_back_whatever_it_is
}

fn workers_judge_what_one_grading_would_have_judged_and_leave_nothing_in_the_queue(
    server: impl Server,
) {
    let class = class();
    let judge = Arc::new(TextJudge::default());
    let workers = [2, 1].map(|jobs| Worker::start(&server, judge.clone(), like("rustc", jobs)));
    let there = wait_for_workers(&server, 2);
    grade(&class, &server.address(), &there);
    assert_graded(&class);
    assert_eq!(judge.total(), 12, "each of them once");
    let judged: u64 = workers.into_iter().map(Worker::end).sum();
    assert_eq!(judged, 12);
    assert_eq!(wait_for_workers(&server, 0), []);
    assert_eq!(server.left(), [""; 0]);
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

fn a_server_that_is_started_anew_loses_no_submission(mut server: impl Server) {
    let class = class();
    let judge = Arc::new(Gated::default());
    let worker = Worker::start(&server, judge.clone(), like("rustc", 2));
    let there = wait_for_workers(&server, 1);
    let address = server.address();
    thread::scope(|scope| {
        let grading = scope.spawn(|| grade(&class, &address, &there));
        judge.wait_for(2);
        server.start_anew();
        judge.open();
        grading.join().expect("grades");
    });
    assert_graded(&class);
    drop(worker);
}

fn a_worker_takes_only_what_is_meant_for_its_compiler_and_its_kind_of_box(server: impl Server) {
    let class = class();
    let [ours, theirs] = [(), ()].map(|()| Arc::new(TextJudge::default()));
    let _ours = Worker::start(&server, ours.clone(), like("rustc 1", 1));
    let there = wait_for_workers(&server, 1);
    let _theirs = Worker::start(&server, theirs.clone(), like("rustc 2", 1));
    let mixed = Announcement::of_all(&wait_for_workers(&server, 2));
    assert!(matches!(mixed, Err(QueueError::Mixed { .. })), "{mixed:?}");
    grade(&class, &server.address(), &there);
    assert_eq!((ours.total(), theirs.total()), (12, 0));
}

/// Finds a program that printed what not every server can keep.
struct Printed;

/// NUL, a character beyond the first plane, what looks like an escape, a control character, a quote.
const PRINTED: &str = "\0 \u{1f980} \\u0000 \u{1b}[31m \" \u{fffd}";

impl Judge for Printed {
    fn judge(&self, _: &TaskSpec, _: &str) -> Judgement {
        let mut run = support::run(Verdict::Wrong, 0);
        run.stdout = PRINTED.to_owned();
        Judgement {
            runs: vec![run],
            ..Judgement::at_once(Verdict::Wrong, Why::Slept)
        }
    }
}

fn what_a_program_printed_comes_back_whatever_it_is(server: impl Server) {
    let _worker = Worker::start(&server, Arc::new(Printed), like("rustc", 1));
    let there = wait_for_workers(&server, 1).remove(0);
    let judge = Desk::open(&server.address()).expect("a desk").judge(&there);
    let task: TaskSpec =
        serde_json::from_value(json!({ "id": "\u{1f980}", "checks": [] })).expect("a task");
    let judgement = judge.judge(&task, PRINTED);
    assert_eq!(judgement.verdict, Verdict::Wrong);
    assert_eq!(judgement.runs[0].stdout, PRINTED);
    assert_eq!(server.left(), [""; 0]);
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
fn an_address_keeps_its_password_and_has_to_be_that_of_a_server() {
    for (given, shown) in [
        (
            "redis://:secret@example.org:7000/2",
            "redis://example.org:7000",
        ),
        ("rediss://:secret@example.org", "rediss://example.org:6379"),
        (
            "postgres://me:secret@example.org/class",
            "postgres://example.org:5432/class",
        ),
        (
            "postgresql://me:secret@example.org:7000",
            "postgres://example.org:7000/me",
        ),
        (
            "postgres://me:secret@%2Frun%2Fpostgresql/class",
            "postgres:///run/postgresql/class",
        ),
    ] {
        let address: Address = given.parse().expect("an address");
        assert_eq!(address.to_string(), shown);
        assert!(!format!("{address:?}").contains("secret"));
    }
    for wrong in [
        "",
        "example.org",
        "amqp://example.org/",
        "redis://",
        "redis:/x",
        "rediss://example.org/#insecure",
        "postgres://",
        "postgres://?sslmode=disable",
        "postgres://example.org/?sslmode=perhaps",
    ] {
        assert!(wrong.parse::<Address>().is_err(), "{wrong}");
    }
}
