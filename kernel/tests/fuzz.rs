//! Messages nobody would think of. Whatever arrives, the next good request is answered.
//!
//! A generator takes good messages apart and puts them together wrongly, below the signature and above it. The seeds
//! are kept here; `WEFT_LONG=1` adds many more, `WEFT_FUZZ_SEED=N` tries one. A failure names its seed and step.

mod scripted;

use kernel::client::{AnyMessage, Channel, Client};
use kernel::session::{DELIMITER, Frames, Parent, Session};
use scripted::*;
use serde_json::{Map, Value, json};

/// Kept: each of them once.
const SEEDS: [u64; 6] = [0, 1, 7, 42, 0x5eed, u64::MAX];
/// Wrong messages for a seed.
const STEPS: usize = 150;
/// So often it is asked whether the kernel is well.
const ASK_EVERY: usize = 25;

/// Good requests, none of which ends the kernel or waits for ever.
fn good(random: &mut fastrand::Rng) -> AnyMessage {
    let (msg_type, content) = match random.u8(..13) {
        0 => (
            "execute_request",
            json!({"code": "print a", "silent": false}),
        ),
        1 => (
            "execute_request",
            json!({"code": "fail", "store_history": true, "stop_on_error": false, "allow_stdin": false,
                "user_expressions": {"a": "b", "c": 4}}),
        ),
        2 => ("complete_request", json!({"code": "abc", "cursor_pos": 2})),
        3 => (
            "inspect_request",
            json!({"code": "abc", "cursor_pos": 1, "detail_level": 1}),
        ),
        4 => ("is_complete_request", json!({"code": "{"})),
        5 => (
            "history_request",
            json!({"output": true, "raw": true, "hist_access_type": "search", "pattern": "*", "n": 4,
                "unique": true, "session": 0, "start": 0, "stop": 9}),
        ),
        6 => ("comm_info_request", json!({"target_name": "echo"})),
        7 => (
            "comm_open",
            json!({"comm_id": "c", "target_name": "echo", "data": {}}),
        ),
        8 => ("comm_msg", json!({"comm_id": "c", "data": {"a": [1, 2]}})),
        9 => ("comm_close", json!({"comm_id": "c", "data": {}})),
        10 => ("interrupt_request", json!({})),
        11 => ("input_reply", json!({"value": "nobody asked"})),
        _ => (
            "debug_request",
            json!({"type": "request", "seq": 1, "command": "debugInfo"}),
        ),
    };
    AnyMessage { msg_type, content }
}

/// A value nobody expects.
fn strange(random: &mut fastrand::Rng) -> Value {
    match random.u8(..12) {
        0 => Value::Null,
        1 => json!(-1),
        2 => json!(u64::MAX),
        3 => json!(1e308),
        4 => json!(true),
        5 => json!([]),
        6 => json!({}),
        7 => json!(""),
        8 => json!("x".repeat(random.usize(..300_000))),
        9 => json!("\u{0}\u{202e}🧵\u{fffd}".repeat(random.usize(1..2000))),
        10 => (0..100).fold(json!(0), |inner, _| json!([inner])),
        _ => json!(["", {"": [null, {}]}]),
    }
}

/// Puts a strange value somewhere, takes a field away, or adds one.
fn disturb(value: &mut Value, random: &mut fastrand::Rng) {
    match value {
        Value::Object(fields) if !fields.is_empty() && random.u8(..4) != 0 => {
            let names: Vec<String> = fields.keys().cloned().collect();
            let name = &names[random.usize(..names.len())];
            match random.u8(..4) {
                0 => drop(fields.remove(name)),
                1 => drop(fields.insert("unasked".into(), strange(random))),
                _ => disturb(&mut fields[name], random),
            }
        }
        Value::Array(items) if !items.is_empty() && random.bool() => {
            let place = random.usize(..items.len());
            disturb(&mut items[place], random);
        }
        _ => *value = strange(random),
    }
}

/// Bytes that are no JSON, or more of it than anybody wants.
fn rubbish(random: &mut fastrand::Rng) -> Vec<u8> {
    match random.u8(..6) {
        0 => Vec::new(),
        1 => std::iter::repeat_with(|| random.u8(..)).take(500).collect(),
        2 => b"[".repeat(random.usize(1..300_000)),
        3 => b"{\"a\":".repeat(random.usize(1..50_000)),
        4 => b"{\"a\":\"\\ud800\",\"a\":1}".to_vec(),
        _ => DELIMITER.to_vec(),
    }
}

/// Frames of a message that was disturbed.
fn wrong(client: &Client, random: &mut fastrand::Rng) -> Frames {
    let mut message = good(random);
    let (none, metadata) = (Parent::none(), Map::new());
    let pack = |session: &Session, message: &AnyMessage| {
        session.pack(&[], &none, &metadata, message).expect("JSON")
    };
    match random.u8(..8) {
        // Signed, and not what it should be.
        0..4 => {
            for _ in 0..random.u8(1..4) {
                disturb(&mut message.content, random);
            }
            pack(client.session(), &message)
        }
        4 => pack(&Session::new("another key", "mallory"), &message),
        5 => {
            let mut frames = pack(client.session(), &message);
            let place = random.usize(..frames.len());
            frames[place] = rubbish(random);
            frames
        }
        6 => {
            let mut frames = pack(client.session(), &message);
            let place = random.usize(..frames.len());
            if let Some(byte) = random.choice(frames[place].iter_mut()) {
                *byte ^= 1 << random.u8(..8);
            }
            frames
        }
        _ => {
            let mut frames = pack(client.session(), &message);
            match random.u8(..4) {
                0 => random.shuffle(&mut frames),
                1 => frames.truncate(random.usize(1..frames.len())),
                2 => drop(frames.remove(random.usize(..frames.len()))),
                _ => {
                    for _ in 0..random.usize(1..40) {
                        frames.insert(random.usize(..frames.len()), rubbish(random));
                    }
                }
            }
            frames
        }
    }
}

/// Good requests are answered, on both sockets, and a cell runs.
fn well(client: &Client, of: &str) {
    for channel in [Channel::Control, Channel::Shell] {
        let answered = client.request(channel, "kernel_info_request", json!({}), PATIENCE);
        assert_eq!(answered.expect(of)["status"], "ok", "{of}");
    }
    let cell = client.execute("print well", PATIENCE).expect(of);
    assert_eq!(cell.stream("stdout"), "well", "{of}");
}

fn try_seed(client: &Client, seed: u64, steps: usize) {
    let mut random = fastrand::Rng::with_seed(seed);
    for step in 1..=steps {
        let frames = wrong(client, &mut random);
        let channels = [Channel::Shell, Channel::Control, Channel::Stdin];
        let channel = channels[random.usize(..channels.len())];
        client.socket(channel).send_multipart(frames, 0).unwrap();
        if step % ASK_EVERY == 0 {
            well(client, &format!("seed {seed}, step {step}"));
        }
    }
    well(client, &format!("seed {seed}, at its end"));
}

#[test]
fn whatever_arrives_the_next_good_request_is_answered() {
    let kernel = Kernel::start();
    let client = kernel.client();
    let given = std::env::var("WEFT_FUZZ_SEED");
    let seeds: Vec<u64> = match given.ok().and_then(|seed| seed.parse().ok()) {
        Some(seed) => vec![seed],
        None if std::env::var_os("WEFT_LONG").is_some() => {
            SEEDS.into_iter().chain(1000..1400).collect()
        }
        None => SEEDS.to_vec(),
    };
    for seed in seeds {
        try_seed(&client, seed, STEPS);
    }
}

#[test]
fn without_a_key_too() {
    let kernel = Kernel::start_with(Options {
        key: "",
        ..Options::default()
    });
    try_seed(&kernel.client(), 11, 2 * STEPS);
}
