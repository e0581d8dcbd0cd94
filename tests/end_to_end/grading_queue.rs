//! A class judged by workers on other machines: here, by processes of their own.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::grading::Class;
use crate::support::{MINUTE, Running, Scratch};

/// A Redis of our own, which keeps nothing on a disk.
struct Redis {
    port: u16,
    _server: Running,
    _scratch: Scratch,
}

impl Redis {
    fn start() -> Redis {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let words = [
            "--port",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
        ];
        let scratch = Scratch::new("queue-redis");
        let server = scratch.program("redis-server", &words);
        let redis = Redis {
            port,
            _server: server.within(20 * MINUTE).start(),
            _scratch: scratch,
        };
        wait_until("Redis takes connections", || {
            redis.asked("PING").contains("PONG")
        });
        redis
    }

    fn address(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// What it answers (an inline command of its protocol, RESP); nothing while it is not there.
    fn asked(&self, command: &str) -> String {
        let ask = || -> std::io::Result<String> {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            write!(stream, "{command}\r\nQUIT\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        };
        ask().unwrap_or_default()
    }
}

fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        // A worker may have to compile the library of answers first.
        assert!(begun.elapsed() < 15 * MINUTE, "not in time: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn worker(scratch: &Scratch, redis: &Redis) -> Running {
    let words = ["grade", "worker", "--jobs", "1"];
    let step = scratch.weft(&words).within(20 * MINUTE);
    // As somebody does who doesn't want a password to be seen.
    step.env("WEFT_QUEUE", redis.address()).start()
}

#[test]
fn a_worker_that_is_killed_loses_no_submission_and_none_is_graded_twice() {
    let class = Class::new("queue");
    class.archive();
    class.grade("whole", &[]).exits(0);
    let redis = Redis::start();
    let address = redis.address();
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
    let places = ["queue-first", "queue-second"].map(Scratch::new);
    let first = worker(&places[0], &redis);
    wait_until("a worker has a job", || {
        redis
            .asked("KEYS weft-grading:*:inflight:*")
            .contains("inflight")
    });
    first.signal("KILL");
    let mut second = worker(&places[1], &redis);
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
    assert!(!redis.asked("KEYS weft-grading:*").contains(":data"));
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
