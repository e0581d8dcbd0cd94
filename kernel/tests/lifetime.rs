//! How a kernel ends: asked to, told by a signal, or because nobody is left.

mod scripted;

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use kernel::client::{Channel, RunningKernel};
use kernel::{ConnectionFile, Setup};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use scripted::*;
use serde_json::json;

const SOON: Duration = Duration::from_millis(1500);

/// Started with a connection file by the tests that need a kernel in a process of its own, this
/// is that process; started by the test harness, it is the first of those tests.
#[test]
fn a_process_is_a_kernel_and_ends_at_once_when_asked() {
    let Ok(file) = std::env::var("WEFT_TEST_CONNECTION") else {
        let kernel = in_a_process(None);
        assert_eq!(
            run(kernel.client(), "print hello").stream("stdout"),
            "hello"
        );
        assert!(kernel.shutdown(SOON).unwrap().success());
        return;
    };
    let connection = ConnectionFile::load(file.as_ref()).unwrap();
    let setup = Setup {
        history: None,
        ..Setup::new(info())
    };
    let gate = Arc::new(Gate::default());
    kernel::serve(
        kernel::Listening::open(connection).unwrap(),
        setup,
        make(Start::AtOnce, gate),
    )
    .unwrap();
    std::process::exit(0);
}

fn in_a_process(parent: Option<u32>) -> RunningKernel {
    let mut command = Command::new("sh");
    let itself = std::env::current_exe().unwrap();
    let script = "WEFT_TEST_CONNECTION=\"$1\"; export WEFT_TEST_CONNECTION; \
        JPY_PARENT_PID=${FAKE_PARENT:-$JPY_PARENT_PID}; \
        exec \"$0\" --exact a_process_is_a_kernel_and_ends_at_once_when_asked --nocapture";
    command.args(["-c", script]).arg(itself);
    if let Some(parent) = parent {
        command.env("FAKE_PARENT", parent.to_string());
    }
    let mut kernel = RunningKernel::start_command(command).unwrap();
    kernel.wait_until_ready(PATIENCE).unwrap();
    kernel
}

#[test]
fn a_shutdown_is_answered_on_control_told_to_everybody_and_done() {
    for (channel, restart) in [(Channel::Control, false), (Channel::Shell, true)] {
        let kernel = Kernel::start();
        let client = kernel.client();
        let id = client
            .send(channel, "shutdown_request", json!({"restart": restart}))
            .unwrap();
        let reply = client.receive(channel, PATIENCE).unwrap();
        assert_eq!(
            (reply.header.msg_type.as_str(), &reply.content["restart"]),
            ("shutdown_reply", &json!(restart))
        );
        assert_eq!(reply.parent_header["msg_id"], id);
        let told = format!(r#"shutdown_reply {{"restart":{restart},"status":"ok"}}"#);
        assert_eq!(
            [(); 3].map(|()| heard(&client)),
            ["status busy", told.as_str(), "status idle"]
        );
        let gate = kernel.gate.clone();
        kernel.ended();
        assert_eq!(gate.shut_down(), Some(restart));
    }
}

#[test]
fn a_shutdown_ends_a_running_cell_and_its_last_words_arrive() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let cell = send_cell(&client, "wait");
    begun(&client, &cell);
    client.shutdown(false, PATIENCE).unwrap();
    let last = client.finish(&cell, PATIENCE).unwrap();
    assert_eq!(last.reply["ename"], "Interrupted");
    kernel.ended();
}

#[test]
fn a_shutdown_ends_a_question() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let cell = send_cell(&client, "ask name?");
    client.receive(Channel::Stdin, PATIENCE).unwrap();
    client.shutdown(false, PATIENCE).unwrap();
    assert_eq!(
        client.finish(&cell, PATIENCE).unwrap().stream("stdout"),
        "no answer"
    );
    kernel.ended();
}

#[test]
fn a_shutdown_comes_through_while_the_language_starts() {
    let kernel = Kernel::start_with(Options {
        start: Start::WhenTheGateOpens,
        ..Options::default()
    });
    let client = kernel.client();
    send_cell(&client, "print never");
    let begin = Instant::now();
    client.shutdown(false, PATIENCE).unwrap();
    let gate = kernel.gate.clone();
    kernel.ended();
    assert!(begin.elapsed() < SOON);
    gate.open();
}

#[test]
fn a_cell_that_cannot_be_stopped_does_not_keep_the_process() {
    let mut kernel = in_a_process(None);
    let cell = send_cell(kernel.client(), "stuck");
    begun(kernel.client(), &cell);
    kernel.client().shutdown(false, PATIENCE).unwrap();
    assert!(kernel.wait_for_end(SOON).unwrap().success());
}

#[test]
fn a_kernel_whose_parent_dies_ends() {
    let mut parent = Command::new("sleep")
        .arg("1000")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut kernel = in_a_process(Some(parent.id()));
    assert!(kernel.wait_for_end(SILENCE).is_err(), "not before");
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert!(kernel.wait_for_end(SOON).unwrap().success());
}

#[test]
fn sigint_interrupts_and_sigterm_ends() {
    let mut kernel = in_a_process(None);
    let pid = Pid::from_raw(kernel.pid().try_into().unwrap());
    let cell = send_cell(kernel.client(), "wait");
    begun(kernel.client(), &cell);
    kill(pid, Signal::SIGINT).unwrap();
    assert_eq!(
        kernel.client().finish(&cell, PATIENCE).unwrap().reply["ename"],
        "Interrupted"
    );
    kill(pid, Signal::SIGTERM).unwrap();
    assert!(kernel.wait_for_end(SOON).unwrap().success());
}

#[test]
fn ports_that_are_taken_are_an_error_and_not_a_hang() {
    let kernel = Kernel::start_with(Options {
        transport: kernel::connection::Transport::Tcp,
        ..Options::default()
    });
    drop(kernel.client());
    let error = kernel::Listening::open(kernel.connection.clone())
        .err()
        .expect("somebody listens there");
    assert!(error.to_string().contains("shell"), "{error}");
}
