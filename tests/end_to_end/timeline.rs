//! `weft run --timeline`.

use crate::support::Scratch;

fn run<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = vec!["run", "s1e1", "--n_threads", "3", "--lang", "en"];
    arguments.extend(rest);
    arguments
}

#[test]
fn the_end_of_the_name_says_how_a_timeline_is_drawn() {
    let scratch = Scratch::new("timeline");
    for (name, part) in [
        ("run.svg", "<svg "),
        ("run.html", "<img "),
        ("run.txt", "guaranteed: "),
        ("run.json", "traceEvents"),
        ("RUN.SVG", "<svg "),
    ] {
        let path = scratch.path().join(name);
        // A file that is there already is replaced, also by a shorter one.
        std::fs::write(&path, "x".repeat(1_000_000)).expect("a file");
        scratch.weft(&run(&["--timeline", name])).run().exits(0);
        let drawn = std::fs::read_to_string(&path).expect("a timeline");
        assert!(drawn.contains(part), "{name}: {drawn}");
        assert!(!drawn.contains("xxx"), "{name} keeps what was there");
    }
}

#[test]
fn a_timeline_in_the_terminal_follows_the_lines() {
    let scratch = Scratch::new("timeline-terminal");
    let done = scratch.weft(&run(&["--timeline", "-"])).run().exits(0);
    let (lines, drawing) = done.stdout.split_once("│").expect("a drawing");
    assert!(lines.contains("thread 2"), "{}", done.stdout);
    assert!(drawing.contains("waits for the end of"), "{}", done.stdout);
    assert!(drawing.contains("(join)"), "{}", done.stdout);
}

#[test]
fn a_timeline_beside_json_leaves_the_document_alone() {
    let scratch = Scratch::new("timeline-json");
    let done = scratch
        .weft(&run(&["--json", "--timeline", "run.svg"]))
        .run()
        .exits(0);
    assert_eq!(done.json()["lanes"].as_array().map(Vec::len), Some(4));
    assert!(scratch.path().join("run.svg").is_file());
}

#[test]
fn a_timeline_that_cannot_be_drawn_is_refused_before_anything_is_played() {
    let scratch = Scratch::new("timeline-refused");
    for (options, code, named) in [
        (vec!["--timeline", "run.png"], 2, ".svg"),
        (vec!["--timeline", "run"], 2, ".svg"),
        (vec!["--timeline", ".svg"], 2, ".svg"),
        (vec!["--timeline", "-", "--json"], 2, "--json"),
        (vec!["--timeline", "nowhere/run.svg"], 1, "nowhere/run.svg"),
        (vec!["--timeline"], 2, "--timeline"),
    ] {
        let done = scratch.weft(&run(&options)).run().exits(code);
        assert_eq!(done.stdout, "", "{options:?}");
        assert!(done.stderr.contains(named), "{options:?}: {}", done.stderr);
        assert!(done.stderr.lines().count() >= 2, "{}", done.stderr);
        assert!(!done.stderr.contains("panicked"), "{}", done.stderr);
    }
    std::fs::create_dir(scratch.path().join("folder.svg")).expect("a folder");
    let done = scratch
        .weft(&run(&["--timeline", "folder.svg"]))
        .run()
        .exits(1);
    assert!(done.stderr.contains("folder.svg"), "{}", done.stderr);
}
