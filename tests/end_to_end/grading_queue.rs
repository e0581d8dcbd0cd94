//! A class judged by workers on other machines: here, by processes of their own.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use exercises::squirrel::tasks::{Broker, Place};

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

#[test]
fn a_worker_that_is_killed_loses_no_submission_and_none_is_graded_twice() {
    let class = Class::new("queue");
    class.archive();
    class.grade("whole", &[]).exits(0);
    let broker = Broker::redis().expect("redis-server; tests/run installs it");
    let address = address(&broker);
    let mut words = vec![
        "grade",
        "--assignment",
        "first",
        "--submissions",
        "class.zip",
    ];
    words.extend(["--out", "out", "--queue", address]);
    let mut grading = class.scratch.weft(&words).within(20 * MINUTE).start();
    grading.until_printed(|text| text.contains("weft grade worker --queue"));

    // Each in a place of its own: what is left of one is nobody else's.
    let places = ["queue-first", "queue-second"].map(Scratch::new);
    let first = worker(&places[0], address);
    wait_until("a worker has a job", || {
        asked(address, "KEYS weft-grading:*:inflight:*").contains("inflight")
    });
    first.signal("KILL");
    let mut second = worker(&places[1], address);
    grading.wait().exits(0);
    assert_eq!(
        class.grades("out")["submissions"],
        class.grades("whole")["submissions"]
    );
    second.until_printed(|text| text.contains("redis://127.0.0.1"));
    second.signal("INT");
    let done = second.wait().exits(0);
    assert!(done.stdout.contains("submission"), "{}", done.stdout);
    // Who was killed may have finished some of them.
    assert!(!asked(address, "KEYS weft-grading:*").contains(":data"));
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
    let said = refused(
        2,
        &[&grade[..], &["--queue", "postgres://:secret@host/"]].concat(),
    );
    assert!(said.contains("redis://"), "{said}");
    let said = refused(2, &["grade", "worker"]);
    assert!(said.contains("--queue"), "{said}");
    refused(3, &["grade", "worker", "--queue", silent]);
}
