//! Managers: what is promised about their objects, and what hostile clients can do (nothing).

use crate::{LIMIT, NOTICE, eventually, within};
use exercises::primitive::process::{Signal, kill};
use exercises::primitive::thread;
use exercises::primitive::time::Instant;
use exercises::process::*;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

fn is_there(pid: i32) -> bool {
    std::path::Path::new(&format!("/proc/{pid}")).exists()
}

fn run(f: impl FnOnce() -> Result<(), ManagerError> + 'static) {
    let mut child = Process::new("child", f);
    child.start().unwrap();
    assert_eq!(child.join().unwrap(), Some(0));
}

#[test]
fn what_one_process_changes_all_see_in_the_order_of_the_keys() {
    let _alone = crate::alone::alone();
    let manager = Manager::new().unwrap();
    let (dict, list) = (manager.dict().unwrap(), manager.list_from(0..10).unwrap());
    let (value, names) = (manager.value(1.5).unwrap(), manager.namespace().unwrap());
    run({
        let (dict, list) = (dict.clone(), list.clone());
        let (value, names) = (value.clone(), names.clone());
        move || {
            dict.set(1, "1")?;
            dict.set("2", 2)?;
            dict.set(0.25, ())?;
            list.reverse()?;
            value.set("changed")?;
            names.set("x", 10)
        }
    });
    assert_eq!(
        dict.snapshot().unwrap().to_string(),
        "{1: '1', '2': 2, 0.25: None}"
    );
    assert_eq!(dict.keys().unwrap().len(), 3);
    assert_eq!(dict.get(1).unwrap(), Some("1".into()));
    assert_eq!(dict.get("1").unwrap(), None);
    assert_eq!(
        list.snapshot().unwrap(),
        (0..10).rev().map(Datum::from).collect::<Vec<_>>()
    );
    assert_eq!(value.get().unwrap(), "changed".into());
    assert_eq!(names.get("x").unwrap(), Datum::Int(10));
    assert!(matches!(names.get("y"), Err(ManagerError::NoSuchKey)));
    assert_eq!(manager.shutdown().unwrap(), ExitStatus::Code(0));
}

#[test]
fn a_nested_list_is_copied_by_get_and_changed_in_place_by_its_proxy() {
    let _alone = crate::alone::alone();
    let manager = Manager::new().unwrap();
    let dict = manager.dict().unwrap();
    dict.set("list", vec![1, 2]).unwrap();
    let Some(Datum::List(mut copy)) = dict.get("list").unwrap() else {
        panic!("a list")
    };
    copy.push(3.into());
    assert_eq!(dict.snapshot().unwrap().to_string(), "{'list': [1, 2]}");
    let in_place = dict.list_at("list").unwrap();
    run({
        let in_place = in_place.clone();
        move || in_place.push(vec![7])
    });
    in_place.list_at(-1).unwrap().push(8).unwrap();
    assert_eq!(
        dict.snapshot().unwrap().to_string(),
        "{'list': [1, 2, [7, 8]]}"
    );
    dict.set("list", copy).unwrap();
    assert_eq!(dict.snapshot().unwrap().to_string(), "{'list': [1, 2, 3]}");
    assert!(
        matches!(in_place.push(9), Err(ManagerError::NoSuchObject)),
        "another list stands there now"
    );
}

#[test]
fn refusals_say_what_was_wrong_and_change_nothing() {
    let _alone = crate::alone::alone();
    let manager = Manager::new().unwrap();
    let list = manager.list_from([3, 1, 2]).unwrap();
    assert!(matches!(
        list.get(3),
        Err(ManagerError::OutOfRange {
            index: 3,
            length: 3
        })
    ));
    assert!(matches!(list.list_at(0), Err(ManagerError::NotA(_))));
    list.sort().unwrap();
    list.push("text").unwrap();
    assert!(matches!(list.sort(), Err(ManagerError::NotComparable)));
    assert!(matches!(list.add(3, 1), Err(ManagerError::NotANumber)));
    let number = manager.value(i64::MAX).unwrap();
    assert!(matches!(number.add(1), Err(ManagerError::TooLarge)));
    let deep = (0..100).fold(Datum::None, |inner, _| Datum::List(vec![inner]));
    assert!(list.push(deep).is_err());
    let long = "x".repeat((1 << 26) + 1);
    assert!(matches!(list.push(long), Err(ManagerError::TooLong { .. })));
    assert_eq!(list.pop().unwrap(), Some("text".into()));
    assert_eq!(list.snapshot().unwrap(), [1.into(), 2.into(), 3.into()]);
    list.insert(-100, 0).unwrap();
    list.insert(100, 4).unwrap();
    assert_eq!(list.remove(-1).unwrap(), 4.into());
    assert_eq!(list.get(0).unwrap(), 0.into());
    list.clear().unwrap();
    assert_eq!(list.pop().unwrap(), None);
}

#[test]
fn large_values_travel_whole() {
    let _alone = crate::alone::alone();
    let manager = Manager::new().unwrap();
    let text = "weft ".repeat(1 << 20);
    let value = manager.value(text.as_str()).unwrap();
    assert_eq!(value.get().unwrap().as_str(), Some(text.as_str()));
}

#[test]
fn no_addition_of_many_processes_and_threads_is_lost() {
    let _alone = crate::alone::alone();
    let manager = Manager::new().unwrap();
    let (dict, list) = (manager.dict().unwrap(), manager.list().unwrap());
    let mut children: Vec<_> = (0..4)
        .map(|number| {
            let (dict, list) = (dict.clone(), list.clone());
            Process::new(format!("child {number}"), move || {
                thread::scope(|s| {
                    for _ in 0..2 {
                        s.spawn(None, || {
                            for _ in 0..100 {
                                dict.add("total", 1).unwrap();
                                list.push(number).unwrap();
                            }
                        });
                    }
                });
            })
        })
        .collect();
    children.iter_mut().for_each(|child| child.start().unwrap());
    for child in &children {
        assert_eq!(child.join().unwrap(), Some(0));
    }
    assert_eq!(dict.get("total").unwrap(), Some(800.into()));
    assert_eq!(list.len().unwrap(), 800);
}

#[test]
fn everybody_learns_that_the_server_was_killed() {
    let _alone = crate::alone::alone();
    let manager = Manager::new().unwrap();
    let dict = manager.dict().unwrap();
    let (ready, go) = (Semaphore::new(0).unwrap(), Semaphore::new(0).unwrap());
    let pid = manager.pid();
    let mut survivor = Process::new("survivor", {
        let (dict, ready, go) = (dict.clone(), ready.clone(), go.clone());
        move || {
            dict.set(1, 1).unwrap();
            ready.release();
            go.acquire().unwrap();
            let gone = dict.set(2, 2);
            let again = dict.get(1);
            let told = |pid: i32| move |error| matches!(error, ManagerError::ServerGone { pid: dead } if dead == pid);
            i32::from(!(gone.is_err_and(told(pid)) && again.is_err_and(told(pid))))
        }
    });
    survivor.start().unwrap();
    ready.acquire().unwrap();
    kill(pid, Signal::SIGKILL).unwrap();
    eventually("it is dead", || !low_is_running(pid));
    go.release();
    let begin = Instant::now();
    assert_eq!(survivor.join().unwrap(), Some(0));
    assert!(begin.elapsed() < NOTICE);
    assert!(matches!(dict.len(), Err(ManagerError::ServerGone { .. })));
    drop(manager);
    assert!(!is_there(pid));
}

fn low_is_running(pid: i32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| {
        !stat
            .rsplit(')')
            .next()
            .unwrap_or("")
            .trim_start()
            .starts_with('Z')
    })
}

#[test]
fn one_who_waits_for_a_reply_learns_that_the_server_was_killed() {
    let _alone = crate::alone::alone();
    let server = Registry::new()
        .register("sleep", |_| {
            thread::sleep(LIMIT * 10);
            Ok(Datum::None)
        })
        .serve(0, b"key")
        .unwrap();
    let (address, pid) = (server.address(), server.pid());
    let waiter = thread::spawn(Some("waiter"), move || {
        let client = RemoteClient::connect(address, b"key").unwrap();
        client.call("sleep", [0; 0])
    });
    eventually("the function runs", || {
        std::fs::read_to_string(format!("/proc/{pid}/wchan"))
            .is_ok_and(|place| place.contains("nanosleep"))
            || std::fs::read_to_string(format!("/proc/{pid}/syscall"))
                .is_ok_and(|call| call.starts_with("230 ") || call.starts_with("35 "))
    });
    kill(pid, Signal::SIGKILL).unwrap();
    let begin = Instant::now();
    let outcome = waiter.join().unwrap();
    assert!(
        matches!(outcome, Err(ManagerError::ServerGone { .. })),
        "{outcome:?}"
    );
    assert!(begin.elapsed() < NOTICE);
}

#[test]
fn a_server_does_not_outlive_a_parent_that_was_killed() {
    let _alone = crate::alone::alone();
    let (sender, receiver) = pipe::<i32>().unwrap();
    let mut parent = Process::new("parent", move || {
        let manager = Manager::new().unwrap();
        sender.send(manager.pid()).unwrap();
        thread::sleep(LIMIT * 10);
    });
    parent.start().unwrap();
    let pid = receiver.recv().unwrap().unwrap();
    parent.kill().unwrap();
    parent.join().unwrap();
    eventually("the server ends", || !is_there(pid));
}

fn adder(key: &[u8]) -> RemoteServer {
    Registry::new()
        .register("add", |numbers| {
            let sum: Option<i64> = numbers.iter().map(Datum::as_int).sum();
            sum.map(Datum::Int).ok_or("numbers, please".to_owned())
        })
        .register("panic", |_| panic!("a test of a panic"))
        .serve(0, key)
        .unwrap()
}

/// The server is well: somebody with the key is served.
#[track_caller]
fn serves(address: SocketAddr) {
    let client = within(LIMIT, move || {
        RemoteClient::connect(address, b"abc").unwrap()
    });
    assert_eq!(client.call("add", [2, 3]).unwrap().value, Datum::Int(5));
    client.disconnect();
}

#[test]
fn functions_run_in_the_server_and_the_port_is_free_afterwards() {
    let _alone = crate::alone::alone();
    let server = adder(b"abc");
    let client = RemoteClient::connect(server.address(), b"abc").unwrap();
    let answer = client.call("add", [1, 2]).unwrap();
    assert_eq!((answer.value, answer.pid), (Datum::Int(3), server.pid()));
    assert!(matches!(
        client.call("add", ["one"]),
        Err(ManagerError::Failed(text)) if text == "numbers, please"
    ));
    assert!(matches!(
        client.call("panic", [0]),
        Err(ManagerError::Failed(text)) if text.contains("a test of a panic")
    ));
    assert!(matches!(
        client.call("none", [0]),
        Err(ManagerError::NoSuchFunction(_))
    ));
    assert_eq!(client.stop_server().unwrap(), 4);
    assert_eq!(server.join().unwrap(), ExitStatus::Code(0));
    assert!(client.call("add", [1]).is_err());
    TcpListener::bind(server.address()).expect("the port is free");
}

#[test]
fn a_wrong_key_is_refused_before_any_command_is_read() {
    let _alone = crate::alone::alone();
    let server = adder(b"abc");
    for key in [b"abd".as_slice(), b"", b"abc "] {
        let refused = RemoteClient::connect(server.address(), key).unwrap_err();
        assert!(matches!(refused, ManagerError::WrongKey), "{refused}");
    }
    // A whole request behind a wrong proof: it is not even read.
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let mut greeting = [0; 40];
    stream.read_exact(&mut greeting).unwrap();
    stream.write_all(&[7; 64]).unwrap();
    // Stop, as a frame.
    let _ = stream.write_all(&[1, 0, 0, 0, 3]);
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!(rest.is_empty() || rest == [0], "refused: {rest:?}");
    serves(server.address());
    let client = RemoteClient::connect(server.address(), b"abc").unwrap();
    assert_eq!(
        client.stop_server().unwrap(),
        1,
        "one command, of the one with the key"
    );
}

#[test]
fn a_server_that_does_not_know_the_key_is_refused_by_the_client() {
    let _alone = crate::alone::alone();
    // It says what a server says, but cannot prove that it knows the key.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let impostor = thread::spawn(Some("impostor"), move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"weftmgr1").unwrap();
        stream.write_all(&[1; 32]).unwrap();
        let mut answer = [0; 64];
        stream.read_exact(&mut answer).unwrap();
        stream.write_all(&[1]).unwrap();
        stream.write_all(&[9; 32]).unwrap();
    });
    let refused = RemoteClient::connect(address, b"abc").unwrap_err();
    assert!(matches!(refused, ManagerError::WrongKey), "{refused}");
    impostor.join().unwrap();
}

#[test]
fn garbage_half_frames_and_silence_do_no_harm() {
    let _alone = crate::alone::alone();
    let server = adder(b"abc");
    let address = server.address();
    let connect = || TcpStream::connect(address).unwrap();

    let mut garbage = connect();
    let _ = garbage.write_all(&[0xff; 1 << 16]);
    let mut half = connect();
    half.write_all(&[1, 2, 3]).unwrap();
    let silent = connect();
    let gone = connect();
    drop(gone);
    serves(address);

    // One that knows the key, and then talks nonsense.
    let trusted = || {
        let mut stream = connect();
        let mut greeting = [0; 40];
        stream.read_exact(&mut greeting).unwrap();
        let answer = prove(b"abc", &greeting[8..]);
        stream.write_all(&answer).unwrap();
        let mut verdict = [0; 33];
        stream.read_exact(&mut verdict).unwrap();
        assert_eq!(verdict[0], 1);
        stream
    };
    let mut nonsense = trusted();
    nonsense.write_all(&[3, 0, 0, 0, 0xff, 0xff, 0xff]).unwrap();
    let mut reply = [0; 6];
    nonsense.read_exact(&mut reply).unwrap();
    let mut endless = trusted();
    endless.write_all(&u32::MAX.to_le_bytes()).unwrap();
    assert_eq!(endless.read(&mut [0; 1]).unwrap_or(0), 0, "closed");
    let mut half_frame = trusted();
    half_frame.write_all(&[200, 0, 0, 0, 2, 3]).unwrap();
    serves(address);

    // A frame in single bytes is a frame.
    let mut slow = trusted();
    let bytes = [6u8, 0, 0, 0, 2, 3, b'a', b'd', b'd', 0];
    for byte in bytes {
        slow.write_all(&[byte]).unwrap();
        serves(address);
    }
    let mut length = [0; 4];
    slow.read_exact(&mut length).unwrap();
    serves(address);
    drop((silent, half, half_frame));
    serves(address);
}

/// What a client answers, written down a second time.
fn prove(key: &[u8], theirs: &[u8]) -> Vec<u8> {
    use hmac::{Hmac, KeyInit, Mac};
    let ours = [5; 32];
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
    mac.update(b"client");
    mac.update(theirs);
    mac.update(&ours);
    [ours.as_slice(), &mac.finalize().into_bytes()].concat()
}

#[test]
fn silent_connections_are_closed_after_a_while_and_many_do_not_shut_others_out() {
    let _alone = crate::alone::alone();
    let server = adder(b"abc");
    let address = server.address();
    let silent: Vec<_> = (0..300)
        .map(|_| TcpStream::connect(address).unwrap())
        .collect();
    serves(address);
    let mut last = silent.into_iter().next_back().unwrap();
    last.set_read_timeout(Some(LIMIT)).unwrap();
    let mut all = Vec::new();
    last.read_to_end(&mut all).expect("closed in time");
    assert_eq!(all.len(), 40, "the greeting and nothing else");
    serves(address);
}

#[test]
fn fifty_clients_get_exact_sums() {
    let _alone = crate::alone::alone();
    let server = Registry::new()
        .register("count", {
            let total = std::cell::Cell::new(0);
            move |_| {
                total.set(total.get() + 1);
                Ok(Datum::Int(total.get()))
            }
        })
        .serve(0, b"abc")
        .unwrap();
    let address = server.address();
    let mut children: Vec<_> = (0..50)
        .map(|number| {
            Process::new(format!("client {number}"), move || {
                let client = RemoteClient::connect(address, b"abc")?;
                for _ in 0..10 {
                    client.call("count", [0; 0])?;
                }
                Ok::<(), ManagerError>(())
            })
        })
        .collect();
    children.iter_mut().for_each(|child| child.start().unwrap());
    for child in &children {
        assert_eq!(child.join().unwrap(), Some(0));
    }
    let client = RemoteClient::connect(address, b"abc").unwrap();
    assert_eq!(client.call("count", [0; 0]).unwrap().value, Datum::Int(501));
}
