//! A class judged by workers on other machines: here, by processes of their own.

#[path = "../../grader/tests/support/postgres.rs"]
mod postgres;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use exercises::squirrel::tasks::{Broker, Place};

use self::postgres::Postgres;
use crate::grading::Class;
use crate::support::{MINUTE, Running, Scratch};

/// The address of a Redis of our own: it has a password.
fn address(broker: &Broker) -> &str {
    match broker.place() {
        Place::Redis(address) => address,
        Place::Sqlite(path) => unreachable!("{}", path.display()),
    }
}

/// What Redis answers (inline commands of its protocol, RESP).
fn asked(address: &str, command: &str) -> String {
    let (password, host) = address
        .trim_start_matches("redis://:")
        .trim_end_matches('/')
        .split_once('@')
        .expect("a password");
    let mut stream = TcpStream::connect(host).expect("a connection");
    write!(stream, "AUTH {password}\r\n{command}\r\nQUIT\r\n").expect("room for a question");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        // A worker may have to compile the library of answers first.
        assert!(begun.elapsed() < 15 * MINUTE, "not in time: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn worker(scratch: &Scratch, address: &str) -> Running {
    let words = ["grade", "worker", "--jobs", "1"];
    let step = scratch.weft(&words).within(20 * MINUTE);
    // As somebody does who doesn't want a password to be seen.
    step.env("WEFT_QUEUE", address).start()
}

/// A server, and what is asked of it from outside.
trait Server {
    fn address(&self) -> String;

    /// Whether some worker has a job it has not judged yet.
    fn has_begun(&self) -> bool;

    /// Whether it knows any job.
    fn knows_a_job(&self) -> bool;
}

impl Server for Broker {
    fn address(&self) -> String {
        address(self).to_owned()
    }

    fn has_begun(&self) -> bool {
        asked(address(self), "KEYS weft-grading:*:inflight:*").contains("inflight")
    }

    fn knows_a_job(&self) -> bool {
        asked(address(self), "KEYS weft-grading:*").contains(":data")
    }
}

impl Server for Postgres {
    fn address(&self) -> String {
        self.url()
    }

    fn has_begun(&self) -> bool {
        let taken = "SELECT id FROM apalis.jobs WHERE status = 'Queued'";
        !self.ask(Postgres::DATABASE, taken).is_empty()
    }

    fn knows_a_job(&self) -> bool {
        let jobs = "SELECT id FROM apalis.jobs";
        !self.ask(Postgres::DATABASE, jobs).is_empty()
    }
}

/// `meanwhile` is what happens to the server when the worker has been killed.
fn a_killed_worker_loses_no_submission_and_none_is_graded_twice<S: Server>(
    name: &str,
    mut server: S,
    meanwhile: impl FnOnce(&mut S),
) {
    let class = Class::new(name);
    class.archive();
    class.grade("whole", &[]).exits(0);
    let address = server.address();
    let mut words = vec![
        "grade",
        "--assignment",
        "first",
        "--submissions",
        "class.zip",
    ];
    words.extend(["--out", "out", "--queue", &address]);
    let mut grading = class.scratch.weft(&words).within(20 * MINUTE).start();
    grading.until_printed(|text| text.contains("weft grade worker --queue"));

    // Each in a place of its own: what is left of one is nobody else's.
    let places = ["first", "second"].map(|which| Scratch::new(&format!("{name}-{which}")));
    let first = worker(&places[0], &address);
    wait_until("a worker has a job", || server.has_begun());
    first.signal("KILL");
    meanwhile(&mut server);
    let mut second = worker(&places[1], &address);
    grading.wait().exits(0);
    assert_eq!(
        class.grades("out")["submissions"],
        class.grades("whole")["submissions"]
    );
    second.until_printed(|text| text.contains("://127.0.0.1"));
    second.signal("INT");
    let done = second.wait().exits(0);
    assert!(done.stdout.contains("submission"), "{}", done.stdout);
    // Who was killed may have finished some of them.
    assert!(!server.knows_a_job());
}

#[test]
fn a_worker_that_is_killed_loses_no_submission_and_none_is_graded_twice() {
    let broker = Broker::redis().expect("redis-server; tests/run installs it");
    a_killed_worker_loses_no_submission_and_none_is_graded_twice("queue", broker, |_| {});
}

#[test]
fn nor_is_one_lost_or_graded_twice_where_the_queue_is_in_a_database_that_is_started_anew() {
    a_killed_worker_loses_no_submission_and_none_is_graded_twice(
        "database",
        Postgres::start(),
        Postgres::start_anew,
    );
}

#[test]
fn a_queue_that_cannot_be_used_is_named_without_its_password() {
    let class = Class::new("no-queue");
    class.archive();
    let refused = |code, words: &[&str]| {
        let refused = class.scratch.weft(words).run().exits(code);
        assert!(!refused.stderr.contains("secret"), "{}", refused.stderr);
        refused.stderr
    };
    let silent = "redis://:secret@127.0.0.1:1/";
    let grade = [
        "grade",
        "--assignment",
        "first",
        "--submissions",
        "class.zip",
        "--out",
        "out",
    ];
    let said = refused(3, &[&grade[..], &["--queue", silent]].concat());
    assert!(said.contains("redis://127.0.0.1:1"), "{said}");
    let away = "postgres://me:secret@127.0.0.1:1/class";
    let said = refused(3, &[&grade[..], &["--queue", away]].concat());
    assert!(said.contains("postgres://127.0.0.1:1/class"), "{said}");
    let said = refused(
        2,
        &[&grade[..], &["--queue", "amqp://:secret@host/"]].concat(),
    );
    assert!(said.contains("redis://"), "{said}");
    assert!(said.contains("postgres://"), "{said}");
    let said = refused(2, &["grade", "worker"]);
    assert!(said.contains("--queue"), "{said}");
    refused(3, &["grade", "worker", "--queue", silent]);
}

#[test]
fn what_a_database_refuses_is_said_with_what_to_do_in_every_language() {
    let postgres = Postgres::start();
    let scratch = Scratch::new("database-refuses");
    let (user, password, database) = (Postgres::USER, Postgres::PASSWORD, Postgres::DATABASE);
    let place = format!("127.0.0.1:{}", postgres.port());
    for (address, next) in [
        (format!("postgres://{user}:wr0ng@{place}/{database}"), "%40"),
        (
            format!("postgres://{user}:{password}@{place}/nowhere"),
            "createdb",
        ),
        (
            format!("postgres://{user}:{password}@{place}/postgres"),
            "hstore",
        ),
    ] {
        for language in ["en", "fa", "tr", "ru", "zh-TW"] {
            let words = ["grade", "worker", "--queue", &address, "--lang", language];
            let said = scratch.weft(&words).run().exits(3).stderr;
            assert!(said.contains(&place) && said.contains(next), "{said}");
            assert!(
                !said.contains(password) && !said.contains("wr0ng"),
                "{said}"
            );
        }
    }
}
