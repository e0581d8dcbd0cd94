//! What the chapters have explored is what their text says of it.

use crate::support::Scratch;
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

/// The explorer is made for the compiler once, which takes a while on a busy machine.
const LONGEST: Duration = Duration::from_secs(600);

/// Each explored cell of the English chapters, in reading order: the chapter, how many outputs, and what is found in the
/// code; or of an exercise the rules that can fail.
const EXPLORED: [&str; 32] = [
    "01: s1e1 2; can fail: sequential(who)",
    "02: 4 outputs",
    "03: 16 outputs",
    "04: 6 outputs",
    "05: 2 outputs, lost-update",
    "05: 1 outputs",
    "06: 1 outputs, deadlock",
    "07: 2 outputs",
    "08: 4 outputs",
    "09: 3 outputs, deadlock, lost-wakeup",
    "10: 3 outputs",
    "11: 5 outputs, panic",
    "12: 2 outputs",
    "13: 2 outputs, deadlock",
    "14: 2 outputs",
    "15: 6 outputs",
    "16: 1 outputs, deadlock",
    "17: s2e2 1; can fail: all(start) < all(exit)",
    "17: s2e2 2; holds",
    "18: s2e1 2; can fail: all(call) < all(loop)",
    "19: s2e3 2; can fail: rising(value: number)",
    "20: 5 outputs",
    "21: s2e6 2; can fail: count(pop) <= 1",
    "22: s7e5 2; can fail: ordered(write by result.durations_ms)",
    "22: s7e5 1; holds",
    "23: 2 outputs",
    "24: s2e7 1; can fail: all(p3|p4 pass) < all(p1|p2 pass)",
    "24: s2e7 2; can fail: ordered(p1|p2 pass by result.durations_ms)",
    "25: 18 outputs",
    "26: 1 outputs",
    "27: 2 outputs, deadlock",
    "28: 4 outputs",
];

/// The sources of the code cells of a notebook.
fn code_cells(path: &Path) -> Vec<String> {
    let notebook: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let lines = |cell: &Value| -> String {
        let lines = cell["source"].as_array().unwrap();
        lines.iter().filter_map(Value::as_str).collect()
    };
    let cells = notebook["cells"].as_array().unwrap();
    let of_code = cells.iter().filter(|cell| cell["cell_type"] == "code");
    of_code.map(lines).collect()
}

fn texts<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    let list = list.as_array().unwrap();
    list.iter()
        .filter_map(|item| item[field].as_str())
        .collect()
}

/// What `weft explore` says of a cell, in short.
fn found(scratch: &Scratch, cell: &str) -> String {
    let (command, code) = cell.split_once('\n').unwrap_or((cell, ""));
    let words = command.split_whitespace().skip(1);
    let mut all = vec!["explore", "--json"];
    if !code.is_empty() {
        scratch.write("cell.rs", code);
        all.extend(["cell.rs", "--cell"]);
    }
    all.extend(words);
    let said = scratch.weft(&all).within(LONGEST).run();
    let answer: Value = serde_json::from_str(&said.stdout)
        .unwrap_or_else(|error| panic!("{error}: {cell}\n{}\n{}", said.stdout, said.stderr));
    assert_eq!(answer["verdict"], "proved", "{cell}");
    if !code.is_empty() {
        let mut short = vec![format!("{} outputs", answer["outputs"].as_str().unwrap())];
        short.extend(
            texts(&answer["failures"], "kind")
                .into_iter()
                .map(str::to_owned),
        );
        return short.join(", ");
    }
    assert_eq!(answer["failures"], serde_json::json!([]), "{cell}");
    let rules: Vec<&Value> = ["guaranteed", "likely"]
        .iter()
        .flat_map(|kind| answer[kind].as_array().unwrap())
        .collect();
    let failing: Vec<&str> = rules
        .iter()
        .filter(|rule| rule["standing"] == "broken")
        .filter_map(|rule| rule["rule"].as_str())
        .collect();
    let exercise = format!(
        "{} {}",
        answer["exercise"].as_str().unwrap(),
        answer["scenario"]
    );
    match failing.as_slice() {
        [] => format!("{exercise}; holds"),
        failing => format!("{exercise}; can fail: {}", failing.join(", ")),
    }
}

#[test]
fn what_the_chapters_explore_is_what_their_text_says() {
    let scratch = Scratch::new("explored-chapters");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks/en");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(|first: char| first.is_ascii_digit()))
        .collect();
    names.sort();
    let mut all = Vec::new();
    for name in &names {
        for cell in code_cells(&folder.join(name)) {
            if cell.starts_with(":explore") {
                all.push(format!("{}: {}", &name[..2], found(&scratch, &cell)));
            }
        }
    }
    assert_eq!(all, EXPLORED);
}
