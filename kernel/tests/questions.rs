//! Cells that ask the user.

mod scripted;

use kernel::client::{AnyMessage, Channel, parent_id};
use kernel::session::Parent;
use scripted::*;
use serde_json::{Map, json};

#[test]
fn a_cell_asks_and_the_user_answers() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let cell = send_cell(&client, "ask name?");
    let question = client.receive(Channel::Stdin, PATIENCE).unwrap();
    assert_eq!(question.header.msg_type, "input_request");
    assert_eq!(parent_id(&question), Some(cell.as_str()));
    assert_eq!(question.content["prompt"], "name?");
    assert_eq!(question.content["password"], false);
    client
        .send(Channel::Stdin, "input_reply", json!({"value": 7}))
        .unwrap();
    client
        .send(Channel::Stdin, "input_reply", json!({"value": "سارا"}))
        .unwrap();
    assert_eq!(
        client.finish(&cell, PATIENCE).unwrap().stream("stdout"),
        "got سارا"
    );
    let cell = send_cell(&client, "secret");
    assert_eq!(
        client.receive(Channel::Stdin, PATIENCE).unwrap().content["password"],
        true
    );
    client
        .send(Channel::Stdin, "input_reply", json!({"value": ""}))
        .unwrap();
    client.finish(&cell, PATIENCE).unwrap();
}

#[test]
fn a_client_without_stdin_gets_no_question() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let asked = run(&client, "ask name?");
    assert_eq!(asked.stream("stdout"), "no answer");
    assert!(is_silent(&client, Channel::Stdin));
}

#[test]
fn another_client_cannot_answer_a_question() {
    let kernel = Kernel::start();
    let (client, stranger) = (kernel.client(), kernel.client());
    let cell = send_cell(&client, "ask name?");
    client.receive(Channel::Stdin, PATIENCE).unwrap();
    stranger
        .send(Channel::Stdin, "input_reply", json!({"value": "mine"}))
        .unwrap();
    assert!(is_silent(&client, Channel::Shell), "the cell still waits");
    client
        .send(Channel::Stdin, "input_reply", json!({"value": "yours"}))
        .unwrap();
    assert_eq!(
        client.finish(&cell, PATIENCE).unwrap().stream("stdout"),
        "got yours"
    );
}

#[test]
fn an_interrupt_ends_a_question() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let cell = send_cell(&client, "ask name?");
    client.receive(Channel::Stdin, PATIENCE).unwrap();
    client.interrupt(PATIENCE).unwrap();
    assert_eq!(
        client.finish(&cell, PATIENCE).unwrap().stream("stdout"),
        "no answer"
    );
    // The interrupt was meant for that cell, not for the next question.
    let cell = send_cell(&client, "ask again?");
    client.receive(Channel::Stdin, PATIENCE).unwrap();
    client
        .send(Channel::Stdin, "input_reply", json!({"value": "Ada"}))
        .unwrap();
    assert_eq!(
        client.finish(&cell, PATIENCE).unwrap().stream("stdout"),
        "got Ada"
    );
}

#[test]
fn a_client_that_has_no_stdin_socket_does_not_block_the_cell() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let bare = zmq::Context::new().socket(zmq::DEALER).unwrap();
    let shell = kernel.connection.endpoint(kernel.connection.shell_port);
    bare.connect(&shell).unwrap();
    let request = AnyMessage {
        msg_type: "execute_request",
        content: json!({"code": "ask name?", "allow_stdin": true}),
    };
    let (parent, metadata) = (Parent::none(), Map::new());
    let frames = client.session().pack(&[], &parent, &metadata, &request);
    bare.send_multipart(frames.unwrap(), 0).unwrap();
    while heard(&client) != "stream stdout \"no answer\"" {}
}
