//! Everything a client may ask for beside running a cell.

mod scripted;

use std::sync::Arc;

use kernel::client::{Channel, Client, parent_id};
use kernel::connection::Transport;
use scripted::*;
use serde_json::json;

#[test]
fn the_kernel_says_who_it_is_on_shell_and_on_control() {
    let kernel = Kernel::start();
    let client = kernel.client();
    for channel in [Channel::Shell, Channel::Control] {
        let request = client
            .send(channel, "kernel_info_request", json!({}))
            .unwrap();
        let reply = client.receive(channel, PATIENCE).unwrap();
        assert_eq!(reply.header.msg_type, "kernel_info_reply");
        assert_eq!(parent_id(&reply), Some(request.as_str()));
        assert_eq!(reply.header.version, "5.5");
        assert_eq!(reply.content["status"], "ok");
        assert_eq!(reply.content["protocol_version"], "5.5");
        assert_eq!(reply.content["language_info"]["name"], "tricks");
        assert_eq!(reply.content["language_info"]["file_extension"], ".tricks");
        assert_eq!(reply.content["help_links"][0]["text"], "Help");
        assert_eq!(reply.content["supported_features"], json!([]));
        for state in ["busy", "idle"] {
            let status = client.receive(Channel::Iopub, PATIENCE).unwrap();
            assert_eq!(told(&status), format!("status {state}"));
            assert_eq!(parent_id(&status), Some(request.as_str()));
        }
    }
}

#[test]
fn completion_counts_code_points() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let reply = ask(
        &client,
        "complete_request",
        json!({"code": "سلام𝄞x", "cursor_pos": 5}),
    );
    assert_eq!(
        reply,
        json!({
            "status": "ok", "matches": ["سلام𝄞()"], "cursor_start": 3, "cursor_end": 5,
            "metadata": {"_jupyter_types_experimental": [
                {"start": 3, "end": 5, "text": "سلام𝄞()", "type": "function", "signature": "fn()"}]},
        })
    );
    assert_eq!(
        ask(
            &client,
            "complete_request",
            json!({"code": "سلام", "cursor_pos": 99})
        )["cursor_end"],
        4
    );
}

#[test]
fn inspection_finds_or_does_not() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let found = ask(
        &client,
        "inspect_request",
        json!({"code": "é x", "cursor_pos": 2, "detail_level": 1}),
    );
    assert_eq!(
        found,
        json!({"status": "ok", "found": true, "data": {"text/plain": "é x 2 1"}, "metadata": {}})
    );
    let missing = ask(
        &client,
        "inspect_request",
        json!({"code": "nothing", "cursor_pos": 0}),
    );
    assert_eq!(
        missing,
        json!({"status": "ok", "found": false, "data": {}, "metadata": {}})
    );
}

#[test]
fn completeness_has_four_answers() {
    let kernel = Kernel::start();
    let client = kernel.client();
    for (code, answer) in [
        ("x", json!({"status": "complete"})),
        ("{", json!({"status": "incomplete", "indent": "    "})),
        ("}", json!({"status": "invalid"})),
        ("?", json!({"status": "unknown"})),
    ] {
        assert_eq!(
            ask(&client, "is_complete_request", json!({"code": code})),
            answer
        );
    }
}

#[test]
fn history_has_a_tail_a_range_and_a_search_and_outlives_the_kernel() {
    let folder = Arc::new(Folder::new());
    let start = || {
        Kernel::start_with(Options {
            folder: Some(folder.clone()),
            ..Options::default()
        })
    };
    {
        let kernel = start();
        let client = kernel.client();
        run(&client, "value 1");
        run(&client, "print two");
        run(&client, "value 1");
    }
    let kernel = start();
    let client = kernel.client();
    run(&client, "value 4");
    let find = |request| ask(&client, "history_request", request)["history"].clone();
    assert_eq!(
        find(json!({"hist_access_type": "tail", "n": 2, "output": true, "raw": true})),
        json!([[1, 3, ["value 1", "1"]], [2, 1, ["value 4", "4"]]])
    );
    assert_eq!(
        find(json!({"hist_access_type": "range", "session": -1, "start": 2, "stop": 3})),
        json!([[1, 2, "print two"]])
    );
    assert_eq!(
        find(json!({"hist_access_type": "range", "session": 0, "start": 0, "stop": null})),
        json!([[2, 1, "value 4"]])
    );
    assert_eq!(
        find(json!({"hist_access_type": "search", "pattern": "value ?", "n": 2})),
        json!([[1, 3, "value 1"], [2, 1, "value 4"]])
    );
    assert_eq!(
        find(json!({"hist_access_type": "search", "pattern": "value 1", "unique": true})),
        json!([[1, 3, "value 1"]])
    );
    assert_eq!(
        find(json!({"hist_access_type": "search", "pattern": "*", "output": true}))[1],
        json!([1, 2, ["print two", null]])
    );
}

#[test]
fn a_comm_opens_talks_is_listed_and_closes() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let say = |msg_type, content| {
        let id = client.send(Channel::Shell, msg_type, content).unwrap();
        let mut heard = Vec::new();
        while heard.last().is_none_or(|last| last != "status idle") {
            heard.push(told(
                &client.receive_for(Channel::Iopub, &id, PATIENCE).unwrap(),
            ));
        }
        heard[1..heard.len() - 1].to_vec()
    };
    let comms =
        |target| ask(&client, "comm_info_request", json!({"target_name": target}))["comms"].clone();
    assert_eq!(
        say(
            "comm_open",
            json!({"comm_id": "c", "target_name": "echo", "data": {"a": 1}})
        ),
        [r#"comm_msg {"comm_id":"c","data":{"opened":{"a":1}}}"#]
    );
    assert_eq!(
        say("comm_msg", json!({"comm_id": "c", "data": 7})),
        [r#"comm_msg {"comm_id":"c","data":{"buffers":0,"echo":7}}"#]
    );
    assert_eq!(comms(json!(null)), json!({"c": {"target_name": "echo"}}));
    assert_eq!(comms(json!("other")), json!({}));
    assert_eq!(
        say("comm_close", json!({"comm_id": "c", "data": {}})),
        [""; 0]
    );
    assert_eq!(comms(json!("echo")), json!({}));
    assert_eq!(
        say(
            "comm_open",
            json!({"comm_id": "d", "target_name": "nobody", "data": {}})
        ),
        [r#"comm_close {"comm_id":"d","data":{}}"#]
    );
    assert_eq!(
        say(
            "comm_open",
            json!({"comm_id": "e", "target_name": "echo", "data": "no"})
        ),
        [r#"comm_close {"comm_id":"e","data":{}}"#]
    );
    assert_eq!(
        say("comm_msg", json!({"comm_id": "gone", "data": {}})),
        [""; 0]
    );
}

#[test]
fn everybody_who_subscribes_is_welcomed_first() {
    let kernel = Kernel::start();
    let mut earlier = Vec::new();
    for _ in 0..2 {
        let client = Client::connect(&kernel.connection).unwrap();
        let first = loop {
            let message = client.receive(Channel::Iopub, PATIENCE).unwrap();
            // Sent before anybody had subscribed, unless we were quick.
            if told(&message) != "status starting" {
                break message;
            }
        };
        assert_eq!(told(&first), r#"iopub_welcome {"subscription":""}"#);
        assert!(first.parent_header.is_empty());
        earlier.push(client);
    }
    let client = kernel.client();
    client
        .socket(Channel::Iopub)
        .set_subscribe(b"stream")
        .unwrap();
    assert_eq!(heard(&client), r#"iopub_welcome {"subscription":"stream"}"#);
}

#[test]
fn the_heartbeat_echoes() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let heartbeat = client.socket(Channel::Heartbeat);
    for beat in ["ping", "", "سلام"] {
        heartbeat.send(beat, 0).unwrap();
        assert_eq!(heartbeat.poll(zmq::POLLIN, 20_000).unwrap(), 1);
        assert_eq!(heartbeat.recv_bytes(0).unwrap(), beat.as_bytes());
    }
}

#[test]
fn a_debugger_is_refused_and_ports_are_told() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let content = json!({"type": "request", "seq": 5, "command": "initialize", "arguments": {}});
    let reply = client
        .request(Channel::Control, "debug_request", content, PATIENCE)
        .unwrap();
    assert_eq!(reply["success"], false);
    assert_eq!(
        (&reply["request_seq"], &reply["command"]),
        (&json!(5), &json!("initialize"))
    );
    assert_eq!(
        ask(&client, "connect_request", json!({}))["hb_port"],
        kernel.connection.hb_port
    );
}

#[test]
fn everything_goes_over_tcp_and_without_a_key_too() {
    for key in ["a key", ""] {
        let kernel = Kernel::start_with(Options {
            transport: Transport::Tcp,
            key,
            ..Options::default()
        });
        let client = kernel.client();
        assert_eq!(run(&client, "print over tcp").stream("stdout"), "over tcp");
        let cell = send_cell(&client, "ask ?");
        client.receive(Channel::Stdin, PATIENCE).unwrap();
        client
            .send(Channel::Stdin, "input_reply", json!({"value": "yes"}))
            .unwrap();
        assert_eq!(
            client.finish(&cell, PATIENCE).unwrap().stream("stdout"),
            "got yes"
        );
        client.interrupt(PATIENCE).unwrap();
    }
}

#[test]
fn a_kernel_left_alone_gets_ready_without_waiting_for_a_cell() {
    let kernel = Kernel::start();
    assert!(kernel.gate.chores_done(CHORES, PATIENCE));
}

#[test]
fn questions_are_answered_while_a_cell_runs_elsewhere_and_nothing_else_is() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let cell = send_cell(&client, "apart");
    begun(&client, &cell);
    let later = send_cell(&client, "print later");
    for turn in 0..3 {
        let found = ask(
            &client,
            "complete_request",
            json!({"code": "pri", "cursor_pos": 3}),
        );
        assert_eq!(found["matches"], json!(["pri()"]), "turn {turn}");
        let about = json!({"code": "pri", "cursor_pos": 1, "detail_level": 0});
        assert_eq!(ask(&client, "inspect_request", about)["found"], true);
        let is = ask(&client, "is_complete_request", json!({"code": "{"}));
        assert_eq!(is["status"], "incomplete");
    }
    kernel.gate.open();
    assert_eq!(
        client.finish(&cell, PATIENCE).unwrap().stream("stdout"),
        "over"
    );
    assert_eq!(
        client.finish(&later, PATIENCE).unwrap().stream("stdout"),
        "later"
    );
}

#[test]
fn a_question_beside_a_cell_leaves_the_cell_busy() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let cell = send_cell(&client, "apart");
    begun(&client, &cell);
    client
        .send(Channel::Shell, "is_complete_request", json!({"code": "x"}))
        .unwrap();
    let states: Vec<String> = (0..3).map(|_| heard(&client)).collect();
    assert_eq!(states, ["status busy", "status idle", "status busy"]);
    kernel.gate.open();
    client.finish(&cell, PATIENCE).unwrap();
}
