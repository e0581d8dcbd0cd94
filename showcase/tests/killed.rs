//! The server as a process: however it ends, no run outlives it.

mod common;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use common::{processes, until};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// A server of its own, with a run under way that takes seconds.
fn running(seed: &str) -> (Child, TcpStream) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_weft-showcase"))
        .args(["serve", "--addr", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("a server");
    let mut said = String::new();
    let output = server.stdout.take().expect("its output");
    BufReader::new(output).read_line(&mut said).expect("a line");
    let address = said
        .trim()
        .trim_start_matches("http://")
        .trim_end_matches('/');
    let mut reader = TcpStream::connect(address).expect("a connection");
    write!(
        reader,
        "GET /s2e3?scenario=1&seed={seed} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    )
    .expect("sent");
    // The player, the exercise's main process and two more.
    until("the processes of a run", || processes(&marked(seed)) >= 4);
    (server, reader)
}

fn marked(seed: &str) -> String {
    format!("\"seed\":{seed}")
}

fn end(server: &mut Child, signal: Signal) -> Option<i32> {
    let pid = Pid::from_raw(server.id().try_into().expect("a number"));
    kill(pid, signal).expect("it lives");
    server.wait().expect("an end").code()
}

#[test]
fn a_server_that_is_killed_takes_its_runs_with_it() {
    let (mut server, _reader) = running("881001");
    assert_eq!(end(&mut server, Signal::SIGKILL), None);
    until("the end of all", || processes(&marked("881001")) == 0);
}

#[test]
fn a_server_that_is_told_to_end_leaves_nothing_and_says_it_went_well() {
    for (seed, signal) in [("881002", Signal::SIGTERM), ("881003", Signal::SIGINT)] {
        let (mut server, _reader) = running(seed);
        assert_eq!(end(&mut server, signal), Some(0));
        assert_eq!(processes(&marked(seed)), 0);
    }
}
