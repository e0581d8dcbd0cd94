//! Messages no honest client sends. Each is dropped; the kernel stays, and is as quick as before.

mod scripted;

use std::time::{Duration, Instant};

use kernel::client::{AnyMessage, Channel, Client};
use kernel::session::{DELIMITER, Frames, Parent, Session};
use scripted::*;
use serde_json::{Map, Value, json};

fn packed(session: &Session, msg_type: &'static str, content: Value) -> Frames {
    let message = AnyMessage { msg_type, content };
    session
        .pack(&[], &Parent::none(), &Map::new(), &message)
        .unwrap()
}

fn throw(client: &Client, frames: Frames) {
    for channel in [Channel::Shell, Channel::Control, Channel::Stdin] {
        client
            .socket(channel)
            .send_multipart(frames.clone(), 0)
            .unwrap();
    }
}

/// Nothing came of it, and an honest request on each socket is answered.
fn unharmed(client: &Client) {
    for channel in [Channel::Control, Channel::Shell] {
        let id = client
            .send(channel, "kernel_info_request", json!({}))
            .unwrap();
        let reply = client.receive(channel, PATIENCE).unwrap();
        assert_eq!(
            reply.parent_header["msg_id"], id,
            "the next reply is to the honest request"
        );
    }
    let cell = send_cell(client, "ask ?");
    client.receive(Channel::Stdin, PATIENCE).unwrap();
    client
        .send(Channel::Stdin, "input_reply", json!({"value": "well"}))
        .unwrap();
    assert_eq!(
        client.finish(&cell, PATIENCE).unwrap().stream("stdout"),
        "got well"
    );
    let reply = client.receive(Channel::Shell, SILENCE);
    assert!(reply.is_err(), "one reply too many: {reply:?}");
}

#[test]
fn wrong_signatures_are_dropped() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let code = json!({"code": "print never"});
    throw(
        &client,
        packed(
            &Session::new("another key", "mallory"),
            "execute_request",
            code.clone(),
        ),
    );
    throw(
        &client,
        packed(
            &Session::new("", "mallory"),
            "execute_request",
            code.clone(),
        ),
    );
    for signature in [&b"xyz"[..], &[0xff; 64], &[b'0'; 64], &[b'a'; 100_000]] {
        let mut frames = packed(client.session(), "execute_request", code.clone());
        frames[1] = signature.to_vec();
        throw(&client, frames);
    }
    let mut altered = packed(client.session(), "execute_request", code);
    altered[5] = br#"{"code": "print altered"}"#.to_vec();
    throw(&client, altered);
    unharmed(&client);
}

#[test]
fn a_message_that_is_sent_again_is_dropped() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let frames = packed(
        client.session(),
        "execute_request",
        json!({"code": "print once"}),
    );
    client
        .socket(Channel::Shell)
        .send_multipart(frames.clone(), 0)
        .unwrap();
    let reply = client.receive(Channel::Shell, PATIENCE).unwrap();
    assert_eq!(reply.content["status"], "ok");
    throw(&client, frames);
    unharmed(&client);
}

#[test]
fn wrong_frames_are_dropped() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let good = || {
        packed(
            client.session(),
            "execute_request",
            json!({"code": "print never"}),
        )
    };
    for length in 1..good().len() {
        throw(&client, good()[..length].to_vec());
    }
    throw(&client, good()[1..].to_vec());
    throw(&client, vec![vec![]]);
    throw(&client, vec![vec![]; 5000]);
    throw(&client, vec![DELIMITER.to_vec(); 7]);
    unharmed(&client);
}

#[test]
fn what_is_no_json_is_dropped_even_with_a_right_signature() {
    // Without a key every signature is right.
    let kernel = Kernel::start_with(Options {
        key: "",
        ..Options::default()
    });
    let client = kernel.client();
    let good = || {
        packed(
            client.session(),
            "execute_request",
            json!({"code": "print never"}),
        )
    };
    let deep = b"[".repeat(200_000);
    let bad: [&[u8]; 9] = [
        b"",
        b"{",
        b"null",
        b"[]",
        b"7",
        b"\xff\xfe{}",
        b"{\"a\": NaN}",
        b"{\"code\": \"\\ud800\"}",
        &deep,
    ];
    for part in 2..6 {
        for text in bad {
            let mut frames = good();
            frames[part] = text.to_vec();
            throw(&client, frames);
        }
    }
    let mut frames = good();
    frames[2] = serde_json::to_vec(
        &json!({"msg_id": "x", "msg_type": "kernel_info_request", "fill": "x".repeat(100_000)}),
    )
    .unwrap();
    throw(&client, frames);
    unharmed(&client);
}

#[test]
fn unknown_types_and_wrong_fields_are_dropped() {
    let kernel = Kernel::start();
    let client = kernel.client();
    for (msg_type, content) in [
        ("dance_request", json!({})),
        ("execute_reply", json!({"status": "ok"})),
        ("input_reply", json!({"value": "nobody asked"})),
        ("execute_request", json!({})),
        ("execute_request", json!({"code": 1})),
        (
            "execute_request",
            json!({"code": "print never", "silent": "very"}),
        ),
        (
            "execute_request",
            json!({"code": "print never", "user_expressions": [1]}),
        ),
        ("complete_request", json!({"code": "a", "cursor_pos": -5})),
        (
            "complete_request",
            json!({"code": null, "cursor_pos": 1e300}),
        ),
        (
            "inspect_request",
            json!({"code": "a", "cursor_pos": 0, "detail_level": 4000}),
        ),
        ("history_request", json!({"hist_access_type": "everything"})),
        (
            "history_request",
            json!({"hist_access_type": "tail", "n": -1}),
        ),
        (
            "comm_open",
            json!({"comm_id": ["c"], "target_name": "echo"}),
        ),
        ("shutdown_request", json!({"restart": "please"})),
    ] {
        throw(&client, packed(client.session(), msg_type, content));
    }
    unharmed(&client);
}

#[test]
fn ten_megabytes_with_a_wrong_signature_are_dropped_and_with_the_right_one_are_run() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let large = json!({"code": "x".repeat(10 * 1024 * 1024)});
    throw(
        &client,
        packed(
            &Session::new("another key", "mallory"),
            "execute_request",
            large.clone(),
        ),
    );
    unharmed(&client);
    let id = client
        .send(Channel::Shell, "execute_request", large)
        .unwrap();
    assert_eq!(client.finish(&id, PATIENCE).unwrap().status(), "ok");
    unharmed(&client);
}

#[test]
fn a_flood_of_rubbish_does_not_keep_control_from_answering() {
    let kernel = Kernel::start();
    let (client, mallory) = (kernel.client(), kernel.client());
    let running = send_cell(&client, "wait");
    begun(&client, &running);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for _ in 0..20_000 {
                mallory
                    .socket(Channel::Shell)
                    .send_multipart([DELIMITER, b"", b"{", b"}"], 0)
                    .unwrap();
            }
        });
        let begin = Instant::now();
        client.interrupt(PATIENCE).unwrap();
        assert!(begin.elapsed() < Duration::from_secs(2));
    });
    assert_eq!(
        client.finish(&running, PATIENCE).unwrap().reply["ename"],
        "Interrupted"
    );
}

#[test]
fn more_requests_than_the_queue_holds_are_all_answered() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let running = send_cell(&client, "wait");
    begun(&client, &running);
    let large = "x".repeat(1024 * 1024);
    let asked: Vec<String> = (0..100)
        .map(|_| {
            client
                .send(
                    Channel::Shell,
                    "is_complete_request",
                    json!({ "code": large }),
                )
                .unwrap()
        })
        .collect();
    kernel.gate.open();
    for request in asked {
        let reply = client
            .receive_for(Channel::Shell, &request, PATIENCE)
            .unwrap();
        assert_eq!(reply.content["status"], "complete");
    }
}

/// A subscriber that reads its welcome and nothing more.
fn deaf_client(kernel: &Kernel) -> zmq::Socket {
    let deaf = zmq::Context::new().socket(zmq::SUB).unwrap();
    deaf.set_rcvhwm(1).unwrap();
    deaf.set_subscribe(b"").unwrap();
    let iopub = kernel.connection.endpoint(kernel.connection.iopub_port);
    deaf.connect(&iopub).unwrap();
    deaf.recv_multipart(0).unwrap();
    deaf
}

/// The first number is little enough to fit into the queues of the kernel, though not into those
/// of the deaf client; the second fills both.
#[test]
fn a_client_that_stops_reading_does_not_stop_the_others() {
    for lines in [6_000, 40_000] {
        let kernel = Kernel::start();
        let client = kernel.client();
        let _deaf = deaf_client(&kernel);
        let begin = Instant::now();
        let cell = format!("lines {lines}");
        let printed = client.execute(&cell, Duration::from_secs(60)).unwrap();
        assert_eq!(printed.stream("stdout").lines().count(), lines);
        assert!(begin.elapsed() > Duration::from_secs(4), "nobody was deaf");
        assert!(begin.elapsed() < Duration::from_secs(30));
        assert_eq!(run(&client, "print on").stream("stdout"), "on");
    }
}

#[test]
fn rubbish_on_the_heartbeat_and_from_subscribers_is_survived() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let context = zmq::Context::new();
    let dealer = context.socket(zmq::DEALER).unwrap();
    dealer
        .connect(&kernel.connection.endpoint(kernel.connection.hb_port))
        .unwrap();
    dealer.send_multipart(vec![vec![7; 10]; 50], 0).unwrap();
    let subscriber = context.socket(zmq::XSUB).unwrap();
    subscriber
        .connect(&kernel.connection.endpoint(kernel.connection.iopub_port))
        .unwrap();
    for event in [
        &b""[..],
        b"\x07rubbish",
        b"\x01\xff\xfe",
        &[&b"\x01"[..], &[b'a'; 5000]].concat(),
        b"\x00never",
    ] {
        subscriber.send(event, 0).unwrap();
    }
    unharmed(&client);
    client.socket(Channel::Heartbeat).send("alive?", 0).unwrap();
    assert_eq!(
        client
            .socket(Channel::Heartbeat)
            .poll(zmq::POLLIN, 20_000)
            .unwrap(),
        1
    );
}
