//! `weft trace`: programs that know nothing of us.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Read as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{MINUTE, Scratch, weft};

fn document(scratch: &Scratch, name: &str) -> Value {
    let content = std::fs::read(scratch.path().join(name)).expect("a document was written");
    serde_json::from_slice(&content).expect("JSON")
}

#[test]
fn a_traced_program_keeps_its_streams_and_its_exit_code() {
    let scratch = Scratch::new("trace-streams");
    let script = "echo out; echo err >&2; exit 7";
    let run = scratch
        .weft(&["trace", "--json", "t.json", "--", "sh", "-c", script])
        .run()
        .exits(7);
    assert_eq!((&*run.stdout, &*run.stderr), ("out\n", "err\n"));
    let document = document(&scratch, "t.json");
    assert_eq!(document["exercise"], "sh");
    // By descriptor: a shell puts another one in the place of 1 for `>&2`.
    let lines: Vec<&str> = document["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| line["text"].as_str().expect("text"))
        .collect();
    assert_eq!(lines, ["out", "err"]);
    assert_eq!(document["result"]["exits"]["0"]["code"], 7);
}

#[test]
fn children_and_what_they_become_have_lanes() {
    let scratch = Scratch::new("trace-children");
    let script = "(sleep 0.01; echo inner) & wait; exec sh -c 'echo last'";
    scratch
        .weft(&["trace", "--json", "t.json", "--", "bash", "-c", script])
        .run()
        .exits(0);
    let document = document(&scratch, "t.json");
    let lanes = document["lanes"].as_array().expect("lanes");
    assert!(lanes.len() >= 3, "{lanes:?}");
    assert!(
        lanes.iter().any(|lane| lane["name"] == "sleep"),
        "{lanes:?}"
    );
    let last = document["lines"]
        .as_array()
        .expect("lines")
        .last()
        .cloned()
        .expect("a line");
    assert_eq!(
        (&last["text"], &last["lane"]),
        (&Value::from("last"), &Value::from(0))
    );
}

#[test]
fn without_a_file_the_timeline_comes_as_text_after_the_end() {
    let scratch = Scratch::new("trace-text");
    let run = scratch
        .weft(&["trace", "--", "sleep", "0.01"])
        .run()
        .exits(0);
    assert_eq!(run.stdout, "");
    for word in ["sleep-begin", "sleep-end", "exit"] {
        assert!(run.stderr.contains(word), "{}", run.stderr);
    }
}

#[test]
fn a_signal_that_ends_the_program_is_told_as_shells_do() {
    let scratch = Scratch::new("trace-signal");
    scratch
        .weft(&["trace", "--json", "t.json", "--", "sh", "-c", "kill -9 $$"])
        .run()
        .exits(128 + 9);
    let document = document(&scratch, "t.json");
    assert_eq!(document["result"]["exits"]["0"]["signal"], 9);
}

#[test]
fn what_ends_weft_while_the_program_runs_ends_the_program_and_leaves_a_picture() {
    let scratch = Scratch::new("trace-passed-on");
    let script = "grep SigBlk /proc/self/status; exec sleep 1000";
    let mut run = scratch
        .weft(&["trace", "--json", "t.json", "--", "sh", "-c", script])
        .start();
    let said = run.until_printed(|said| said.contains('\n'));
    run.signal("TERM");
    run.wait().exits(128 + 15);
    let document = document(&scratch, "t.json");
    assert_eq!(document["result"]["exits"]["0"]["signal"], 15);
    // And the program was not started with what holds signals back for a moment.
    assert_eq!(said.trim_end(), "SigBlk:\t0000000000000000");
}

#[test]
fn once_the_program_has_ended_what_ends_weft_ends_it() {
    let scratch = Scratch::new("trace-ended");
    for (name, number) in [("TERM", 15), ("HUP", 1), ("INT", 2), ("QUIT", 3)] {
        let path = scratch.path().join(name);
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.expect("mkfifo").success());
        let mut reader = OpenOptions::new()
            .read(true)
            .custom_flags(libc::O_NONBLOCK)
            .open(&path)
            .expect("an end to read from");
        // Whoever starts the tests may ignore some of them.
        let arguments = ["--default-signal", weft(), "trace", "--json", name, "--"];
        let program = [
            "sh",
            "-c",
            "i=0; while [ $i -lt 2000 ]; do echo $i; i=$((i+1)); done",
        ];
        let run = scratch
            .program("env", &[&arguments[..], &program[..]].concat())
            .start();
        // The first byte is written after the program's end; for the last one a pipe has no room.
        let begun = Instant::now();
        loop {
            match reader.read(&mut [0]) {
                Ok(1) => break,
                Ok(_) => {}
                Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock, "{error}"),
            }
            assert!(begun.elapsed() < MINUTE, "nothing is written");
            std::thread::sleep(Duration::from_millis(1));
        }
        run.signal(name);
        let done = run.wait();
        assert_eq!(done.code(), -number, "{name}: {}", done.stderr);
    }
}

#[test]
fn what_cannot_be_traced_is_refused_before_anything_runs() {
    let scratch = Scratch::new("trace-refused");
    let folder = scratch.path();
    std::fs::write(folder.join("notes.txt"), "not a program").expect("a file");
    // An ELF header of this machine without program headers: nothing is loaded before it.
    let mut static_program = std::fs::read("/proc/self/exe").expect("this program")[..64].to_vec();
    static_program[56..58].fill(0);
    let path = folder.join("static");
    std::fs::write(&path, static_program).expect("a file");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("its mode");
    for (program, said) in [
        ("no-such-program", "no program"),
        ("./no-such-program", "no file ./no-such-program"),
        ("./notes.txt", "may be executed"),
        ("./static", "statically linked"),
    ] {
        let run = scratch
            .weft(&["trace", "--lang", "en", "--", program])
            .run()
            .exits(2);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    for option in ["--json", "--timeline"] {
        let arguments = [
            "trace",
            option,
            "no/such/folder/f.svg",
            "--",
            "touch",
            "ran",
        ];
        scratch.weft(&arguments).run().exits(2);
    }
    assert!(!folder.join("ran").exists());
    scratch.weft(&["trace"]).run().exits(2);
}

#[test]
fn the_end_of_a_files_name_says_how_to_draw() {
    let scratch = Scratch::new("trace-picture");
    for (file, beginning) in [
        ("t.svg", "<svg"),
        ("t.html", "<!DOCTYPE html>"),
        ("t.txt", ""),
    ] {
        scratch
            .weft(&["trace", "--timeline", file, "--", "sh", "-c", "echo seen"])
            .run()
            .exits(0);
        let drawn = std::fs::read_to_string(scratch.path().join(file)).expect("a drawing");
        assert!(drawn.starts_with(beginning), "{drawn}");
        assert!(drawn.contains("seen"), "{drawn}");
    }
    let run = scratch
        .weft(&[
            "trace",
            "--lang",
            "en",
            "--timeline",
            "t.bmp",
            "--",
            "touch",
            "ran",
        ])
        .run()
        .exits(2);
    assert!(run.stderr.contains(".svg"), "{}", run.stderr);
    assert!(!scratch.path().join("ran").exists());
}

#[test]
fn a_cache_folder_that_cannot_be_written_is_told() {
    let mut scratch = Scratch::new("trace-cache");
    let file = scratch.write("file", "");
    scratch.set("WEFT_CACHE_DIR", file);
    let run = scratch.weft(&["trace", "--", "true"]).run().exits(3);
    assert!(run.stderr.contains("weft doctor"), "{}", run.stderr);
}
