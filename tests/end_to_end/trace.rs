//! `weft trace`: programs that know nothing of us.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::support::Scratch;

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
