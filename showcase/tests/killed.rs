//! The server as a process: however it ends, no run outlives it, and no player that waits for one.

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use common::{below, living, until};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// A server of its own with the player that waits, and where it listens.
fn server() -> (Child, String) {
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
    until("a player that waits", || below(server.id()).len() == 1);
    (server, address.to_owned())
}

fn ask(address: &str, path: &str) -> TcpStream {
    let mut reader = TcpStream::connect(address).expect("a connection");
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    reader.write_all(request.as_bytes()).expect("sent");
    reader
}

/// A server with a run under way that takes seconds.
fn running() -> (Child, TcpStream) {
    let (server, address) = server();
    let reader = ask(&address, "/s2e3?scenario=1");
    // The player, the exercise's main process and two more.
    until("the processes of a run", || below(server.id()).len() >= 4);
    (server, reader)
}

/// A server with a reader who has asked for nothing yet.
fn idle() -> (Child, TcpStream) {
    let (server, address) = server();
    let reader = TcpStream::connect(address).expect("a connection");
    (server, reader)
}

fn send(process: u32, signal: Signal) {
    let pid = Pid::from_raw(process.try_into().expect("a number"));
    kill(pid, signal).expect("it lives");
}

fn end(server: &mut Child, signal: Signal) -> Option<i32> {
    send(server.id(), signal);
    server.wait().expect("an end").code()
}

#[test]
fn a_server_that_is_killed_takes_its_runs_with_it() {
    let (mut server, _reader) = running();
    let processes = below(server.id());
    assert_eq!(end(&mut server, Signal::SIGKILL), None);
    until("the end of all", || living(&processes) == 0);
}

#[test]
fn a_server_that_is_killed_takes_the_player_that_waits_with_it() {
    let (mut server, _) = server();
    let waiting = below(server.id());
    assert_eq!((waiting.len(), living(&waiting)), (1, 1));
    assert_eq!(end(&mut server, Signal::SIGKILL), None);
    until("its end", || living(&waiting) == 0);
}

#[test]
fn a_server_that_is_told_to_end_leaves_nothing_and_says_it_went_well() {
    for signal in [Signal::SIGTERM, Signal::SIGINT] {
        for start in [running, idle] {
            let (mut server, _reader) = start();
            let processes = below(server.id());
            assert!(living(&processes) > 0);
            assert_eq!(end(&mut server, signal), Some(0));
            assert_eq!(living(&processes), 0);
        }
    }
}

#[test]
fn a_run_is_played_by_the_player_that_waits_and_without_it_all_the_same() {
    let (mut server, address) = server();
    let first = below(server.id());
    let played = || {
        let mut said = String::new();
        let mut reader = ask(&address, "/s1e1?scenario=1&n_threads=3&seed=7&Json=1");
        reader.read_to_string(&mut said).expect("an answer");
        assert!(said.starts_with("HTTP/1.1 200"), "{said}");
        assert!(said.contains("\"status\":\"ok\""), "{said}");
        // The next one is there before long.
        until("another one that waits", || {
            let now = below(server.id());
            now.len() == 1 && living(&first) == 0 && now != first
        });
    };
    played();
    let second = below(server.id());
    send(second[0].0, Signal::SIGKILL);
    until("its end", || living(&second) == 0);
    played();
    end(&mut server, Signal::SIGTERM);
}
