//! Submissions that would fill the memory.

use super::support::{Class, cell, zip};
use super::{RIGHT, accepted, changed, nothing};
use grader::graft::{MAX_ANSWER_BYTES, MAX_NOTEBOOK_BYTES};
use serde_json::json;
use std::fs;
use std::io::Write;

#[test]
fn an_endless_answer_is_invalid() {
    let long = "x".repeat(MAX_ANSWER_BYTES + 1);
    assert_eq!(changed(&long, |_| {}), nothing("Invalid"));
    let pieces = changed("", |notebook| {
        cell(notebook, "doubled")["source"] = json!(vec!["x\n"; MAX_ANSWER_BYTES]);
    });
    assert_eq!(pieces, nothing("Invalid"));
}

/// The most memory this process ever used, in KiB.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Writes a notebook of about this size: a beginning, and one piece again and again.
fn big(class: &Class, id: &str, size: u64, start: &str, piece: &str) {
    let folder = class.inbox().join(id);
    fs::create_dir_all(&folder).unwrap();
    let mut file = fs::File::create(folder.join("notebook.ipynb")).unwrap();
    file.write_all(start.as_bytes()).unwrap();
    let block = piece.repeat((1 << 20) / piece.len());
    for _ in 0..size >> 20 {
        file.write_all(block.as_bytes()).unwrap();
    }
}

#[test]
fn huge_notebooks_are_read_in_little_memory() {
    let class = Class::new();
    class.answer("right", RIGHT);
    big(&class, "too-large", 200 << 20, "{\"x\": [", "\"y\",");
    let shapes = [
        ("outputs", "{\"x\": [", "\"y\","),
        ("cells", "{\"cells\": [", "{},"),
        ("key", "{\"", "k"),
        ("string", "{\"cells\": [{\"source\": \"", "s"),
        ("lines", "{\"cells\": [{\"source\": [", "\"\","),
        (
            "numbers",
            "{\"cells\": [{\"metadata\": {\"nbgrader\": [",
            "0,",
        ),
    ];
    for (id, start, piece) in shapes {
        big(&class, id, MAX_NOTEBOOK_BYTES - (1 << 20), start, piece);
    }
    class.grade();
    assert_eq!(class.verdict("right"), accepted());
    assert!(class.read("students/too-large.md").contains("32 MB"));
    for (id, ..) in shapes {
        assert_eq!(class.verdict(id), nothing("Invalid"), "{id}");
        assert!(
            class.read(&format!("students/{id}.md")).contains("line 1"),
            "{id}"
        );
    }
    // Other tests of this program run at the same time and are counted as well.
    assert!(peak_kib() < 300 << 10, "{} KiB", peak_kib());
}

#[test]
fn a_zip_bomb_costs_little() {
    let class = Class::new();
    class.answer("right", RIGHT);
    let zeros = vec![b' '; 64 << 20];
    let bomb = class.inbox().join("x.zip");
    zip(&bomb, &[("first.ipynb", &zeros)]);
    assert!(fs::metadata(&bomb).unwrap().len() < 1 << 20);
    let nested = class.inbox().join("nested");
    fs::create_dir(&nested).unwrap();
    fs::copy(&bomb, nested.join("x.zip")).unwrap();
    drop(zeros);
    class.grade();
    assert_eq!(class.verdict("right"), accepted());
    assert_eq!(class.verdict("x"), nothing("Invalid"));
    assert_eq!(class.verdict("nested"), nothing("Invalid"));
    assert!(
        class
            .read("students/x.md")
            .contains(&format!("{} MB", MAX_NOTEBOOK_BYTES >> 20))
    );
}
