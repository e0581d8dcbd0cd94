//! Cells: what a client says, and what it hears.

mod scripted;

use kernel::client::{Channel, parent_id};
use scripted::*;
use serde_json::json;

#[test]
fn a_cell_is_announced_runs_and_is_over() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let cell = send_cell(&client, "print hello");
    let heard: Vec<String> = (0..4)
        .map(|_| {
            let message = client.receive(Channel::Iopub, PATIENCE).unwrap();
            assert_eq!(parent_id(&message), Some(cell.as_str()));
            told(&message)
        })
        .collect();
    assert_eq!(
        heard,
        [
            "status busy",
            "execute_input [1] print hello",
            "stream stdout \"hello\"",
            "status idle"
        ]
    );
    let reply = client.receive(Channel::Shell, PATIENCE).unwrap();
    assert_eq!(reply.header.msg_type, "execute_reply");
    assert_eq!(reply.content["status"], "ok");
    assert_eq!(reply.content["execution_count"], 1);
    assert_eq!(reply.content["payload"], json!([]));
    assert_eq!(reply.content["user_expressions"], json!({}));
    assert!(reply.metadata["started"].is_string());
}

#[test]
fn values_and_displays_and_both_streams_arrive_in_call_order() {
    let kernel = Kernel::start();
    let client = kernel.client();
    assert_eq!(
        story(&run(&client, "value 42")),
        [
            "execute_input [1] value 42",
            r#"execute_result [1] {"text/plain":"42"}"#,
        ]
    );
    assert_eq!(
        story(&run(&client, "warn careful"))[1],
        "stream stderr \"careful\""
    );
    assert_eq!(
        story(&run(&client, "show"))[1..],
        [
            r#"display_data {"data":{"text/html":"<b>text</b>","text/plain":"text"},"metadata":{},"transient":{"display_id":"picture"}}"#,
            r#"update_display_data {"data":{"text/plain":"new"},"metadata":{},"transient":{"display_id":"picture"}}"#,
            r#"clear_output {"wait":true}"#,
        ]
    );
}

#[test]
fn an_error_is_told_in_the_broadcast_and_in_the_reply() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let failed = run(&client, "fail");
    assert_eq!(story(&failed)[1], "error Failure: Failure happened");
    assert_eq!(
        failed.broadcast[1].content["traceback"],
        json!(["line 1", "line 2"])
    );
    assert_eq!(failed.status(), "error");
    assert_eq!(failed.reply["ename"], "Failure");
    assert_eq!(failed.reply["evalue"], "Failure happened");
    assert_eq!(failed.reply["traceback"], json!(["line 1", "line 2"]));
    assert_eq!(failed.reply["execution_count"], 1);
}

#[test]
fn a_language_that_panics_is_an_error_and_goes_on() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let failed = run(&client, "panic");
    assert_eq!(
        (failed.status(), &failed.reply["evalue"]),
        ("error", &json!("the language itself panics"))
    );
    assert_eq!(run(&client, "print on").stream("stdout"), "on");
}

#[test]
fn a_silent_cell_broadcasts_nothing_and_counts_nothing() {
    let kernel = Kernel::start();
    let client = kernel.client();
    for code in ["print x", "value x", "fail"] {
        let content = json!({"code": code, "silent": true, "store_history": true});
        let cell = client
            .send(Channel::Shell, "execute_request", content)
            .unwrap();
        let quiet = client.finish(&cell, PATIENCE).unwrap();
        assert_eq!(story(&quiet), [""; 0]);
        assert_eq!(quiet.reply["execution_count"], 0);
    }
    assert_eq!(run(&client, "print y").reply["execution_count"], 1);
    let history = ask(
        &client,
        "history_request",
        json!({"hist_access_type": "tail", "n": 9}),
    );
    assert_eq!(history["history"], json!([[1, 1, "print y"]]));
}

#[test]
fn a_cell_without_history_is_not_counted() {
    let kernel = Kernel::start();
    let client = kernel.client();
    run(&client, "print a");
    let content = json!({"code": "print b", "store_history": false});
    assert_eq!(
        ask(&client, "execute_request", content)["execution_count"],
        1
    );
    assert_eq!(run(&client, "print c").reply["execution_count"], 2);
}

#[test]
fn user_expressions_and_the_pager_come_with_the_reply() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let reply = ask(
        &client,
        "execute_request",
        json!({"code": "", "user_expressions": {"a": "x", "b": 1}}),
    );
    assert_eq!(
        reply["user_expressions"]["a"],
        json!({"status": "ok", "data": {"text/plain": "X"}, "metadata": {}})
    );
    assert_eq!(reply["user_expressions"]["b"]["ename"], "NoText");
    let reply = ask(&client, "execute_request", json!({"code": "page"}));
    assert_eq!(
        reply["payload"],
        json!([{"source": "page", "data": {"text/plain": "pages of help"}, "start": 0}])
    );
}

#[test]
fn after_an_error_the_cells_that_wait_are_aborted_and_other_requests_are_not() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let first = send_cell(&client, "wait");
    begun(&client, &first);
    let fails = send_cell(&client, "fail");
    let waits = send_cell(&client, "print never");
    let asks = client
        .send(Channel::Shell, "is_complete_request", json!({"code": "x"}))
        .unwrap();
    let also = send_cell(&client, "print never either");
    all_queued(&client);
    kernel.gate.open();
    let statuses: Vec<_> = [&first, &fails, &waits, &asks, &also]
        .map(|request| {
            let reply = client.receive(Channel::Shell, PATIENCE).unwrap();
            assert_eq!(
                parent_id(&reply),
                Some(request.as_str()),
                "replies come in order"
            );
            reply.content["status"].as_str().unwrap().to_owned()
        })
        .into();
    assert_eq!(statuses, ["ok", "error", "aborted", "complete", "aborted"]);
    for aborted in [&waits, &also] {
        let heard = [(); 2].map(|()| {
            told(
                &client
                    .receive_for(Channel::Iopub, aborted, PATIENCE)
                    .unwrap(),
            )
        });
        assert_eq!(heard, ["status busy", "status idle"]);
    }
    let next = run(&client, "print again");
    assert_eq!(
        (next.status(), &next.reply["execution_count"]),
        ("ok", &json!(3))
    );
}

#[test]
fn with_stop_on_error_off_the_cells_that_wait_run() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let first = send_cell(&client, "wait");
    begun(&client, &first);
    client
        .send(
            Channel::Shell,
            "execute_request",
            json!({"code": "fail", "stop_on_error": false}),
        )
        .unwrap();
    let last = send_cell(&client, "print still");
    kernel.gate.open();
    let last = client.finish(&last, PATIENCE).unwrap();
    assert_eq!(
        (last.status(), last.stream("stdout").as_str()),
        ("ok", "still")
    );
}

#[test]
fn an_interrupt_ends_the_cell_and_aborts_those_that_wait() {
    let kernel = Kernel::start();
    let client = kernel.client();
    // Not the error of this cell but the interrupt aborts the other.
    let content = json!({"code": "wait", "stop_on_error": false});
    let running = client.send(Channel::Shell, "execute_request", content);
    let running = running.unwrap();
    begun(&client, &running);
    let waiting = send_cell(&client, "print never");
    all_queued(&client);
    client.interrupt(PATIENCE).unwrap();
    assert_eq!(
        client.finish(&running, PATIENCE).unwrap().reply["ename"],
        "Interrupted"
    );
    let waiting = client.finish(&waiting, PATIENCE).unwrap();
    assert_eq!((waiting.status(), story(&waiting).len()), ("aborted", 0));
    assert_eq!(run(&client, "print on").status(), "ok");
}

#[test]
fn while_a_cell_runs_control_and_kernel_info_are_answered_and_the_rest_waits() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let running = send_cell(&client, "wait");
    begun(&client, &running);
    let completion = client
        .send(Channel::Shell, "complete_request", json!({"code": "ab"}))
        .unwrap();
    for channel in [Channel::Control, Channel::Shell] {
        let reply = client
            .request(channel, "kernel_info_request", json!({}), PATIENCE)
            .unwrap();
        assert_eq!(reply["status"], "ok");
    }
    // A client that goes by the last status it heard must not take the kernel for idle.
    for _ in 0..2 {
        assert_eq!(
            [(); 3].map(|()| heard(&client)),
            ["status busy", "status idle", "status busy"]
        );
    }
    assert!(
        is_silent(&client, Channel::Shell),
        "the completion waits for the cell"
    );
    kernel.gate.open();
    client.finish(&running, PATIENCE).unwrap();
    assert_eq!(
        client
            .receive_for(Channel::Shell, &completion, PATIENCE)
            .unwrap()
            .content["matches"],
        json!(["ab()"])
    );
}

#[test]
fn kernel_info_does_not_wait_for_the_language_to_start_and_cells_do() {
    let kernel = Kernel::start_with(Options {
        start: Start::WhenTheGateOpens,
        ..Options::default()
    });
    let client = kernel.client();
    let cell = send_cell(&client, "print ready");
    assert!(is_silent(&client, Channel::Shell));
    kernel.gate.open();
    assert_eq!(
        client.finish(&cell, PATIENCE).unwrap().stream("stdout"),
        "ready"
    );
}

#[test]
fn a_language_that_cannot_start_says_so_in_every_cell() {
    let kernel = Kernel::start_with(Options {
        start: Start::Never,
        ..Options::default()
    });
    let client = kernel.client();
    for _ in 0..2 {
        let failed = run(&client, "print x");
        assert_eq!(
            (failed.status(), &failed.reply["evalue"]),
            ("error", &json!("rustc is missing"))
        );
    }
    assert_eq!(
        ask(&client, "complete_request", json!({"code": "a"}))["matches"],
        json!([])
    );
}

#[test]
fn output_of_a_cell_that_is_over_still_belongs_to_it() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let first = send_cell(&client, "later tail");
    client.finish(&first, PATIENCE).unwrap();
    run(&client, "print second");
    kernel.gate.open();
    let late = client.receive(Channel::Iopub, PATIENCE).unwrap();
    assert_eq!(
        (told(&late).as_str(), parent_id(&late)),
        ("stream stdout \"tail\"", Some(first.as_str()))
    );
}

#[test]
fn many_lines_arrive_complete_and_in_order_before_the_end_of_the_cell() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let expected: String = (0..20_000).map(|n| format!("{n}\n")).collect();
    assert_eq!(run(&client, "lines 20000").stream("stdout"), expected);
}

#[test]
fn a_client_that_reads_nothing_until_the_reply_loses_nothing() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let cell = send_cell(&client, "lines 10000");
    client.receive_for(Channel::Shell, &cell, PATIENCE).unwrap();
    let mut text = String::new();
    loop {
        let message = client.receive(Channel::Iopub, PATIENCE).unwrap();
        match message.header.msg_type.as_str() {
            "stream" => text += message.content["text"].as_str().unwrap(),
            "status" if message.content["execution_state"] == "idle" => break,
            _ => {}
        }
    }
    assert_eq!(text.lines().count(), 10_000);
}

#[test]
fn very_long_text_is_split_between_characters() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let shown = run(&client, "big 1000001");
    assert_eq!(shown.stream("stdout"), "é".repeat(1_000_001));
    assert!(shown.broadcast.len() > 3);
}

#[test]
fn the_cell_is_told_its_identity() {
    let kernel = Kernel::start();
    let client = kernel.client();
    assert_eq!(run(&client, "cell").stream("stdout"), "false None");
}
