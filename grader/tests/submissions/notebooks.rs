//! Notebooks that were edited in every way, and what is none.

use super::support::cell;
use super::{RIGHT, accepted, changed, nothing, verdict};
use serde_json::json;

#[test]
fn points_tags_and_kernelspec_have_no_effect() {
    let found = changed(RIGHT, |notebook| {
        notebook["metadata"]["kernelspec"] = json!({"name": "evil", "language": "python"});
        notebook["metadata"]["weft"] = json!(7);
        let answer = cell(notebook, "doubled");
        answer["metadata"]["nbgrader"]["points"] = json!(1000);
        answer["metadata"]["nbgrader"]["grade"] = json!(true);
        answer["metadata"]["tags"] = json!(["skip-execution", "raises-exception"]);
        answer["cell_type"] = json!("raw");
        answer["outputs"] = json!([{"output_type": "execute_result", "data": {"text/plain": "2"}}]);
    });
    assert_eq!(found, accepted());
    let points_are_none = changed(RIGHT, |notebook| {
        cell(notebook, "doubled-test")["metadata"]["nbgrader"]["points"] = json!("NaN");
    });
    assert_eq!(points_are_none, accepted());
}

#[test]
fn tests_may_be_edited_deleted_duplicated_and_renamed() {
    let wrong = "fn doubled(number: i64) -> i64 { number } // judge: Wrong";
    for change in [
        |notebook: &mut serde_json::Value| cell(notebook, "doubled-test")["source"] = json!("2.0"),
        |notebook: &mut serde_json::Value| {
            notebook["cells"]
                .as_array_mut()
                .unwrap()
                .retain(|cell| cell["id"] != "doubled-test");
        },
        |notebook: &mut serde_json::Value| {
            let copy = cell(notebook, "doubled-test").clone();
            notebook["cells"].as_array_mut().unwrap().push(copy);
        },
        |notebook: &mut serde_json::Value| {
            cell(notebook, "doubled-test")["metadata"]["nbgrader"]["grade_id"] = json!("mine");
        },
        |notebook: &mut serde_json::Value| notebook["cells"].as_array_mut().unwrap().reverse(),
    ] {
        assert_eq!(changed(wrong, change), nothing("Wrong"));
        assert_eq!(changed(RIGHT, change), accepted());
    }
}

#[test]
fn an_answer_that_is_not_there_is_incomplete() {
    let deleted = |notebook: &mut serde_json::Value| {
        notebook["cells"]
            .as_array_mut()
            .unwrap()
            .retain(|cell| cell["id"] != "doubled");
    };
    assert_eq!(changed(RIGHT, deleted), nothing("Incomplete"));
    let renamed = changed(RIGHT, |notebook| {
        cell(notebook, "doubled")["metadata"]["nbgrader"]["grade_id"] = json!("double");
    });
    assert_eq!(renamed, nothing("Incomplete"));
    assert_eq!(changed(" \n\t", |_| {}), nothing("Incomplete"));
    // What was handed out, with the white space an editor changes.
    assert_eq!(
        changed(
            "fn doubled(number: i64) -> i64 {\r\n  todo!()\r\n}\r\n",
            |_| {}
        ),
        nothing("Incomplete")
    );
    assert_eq!(
        changed(RIGHT, |notebook| notebook["cells"] = json!([])),
        nothing("Incomplete")
    );
}

#[test]
fn of_two_cells_with_one_name_the_one_that_was_written_in_counts() {
    let twice = |other: &'static str| {
        changed(RIGHT, move |notebook| {
            let mut copy = cell(notebook, "doubled").clone();
            copy["source"] = json!(other);
            notebook["cells"].as_array_mut().unwrap().insert(0, copy);
        })
    };
    assert_eq!(twice(RIGHT), accepted());
    assert_eq!(twice(""), accepted());
    assert_eq!(
        twice("fn doubled(number: i64) -> i64 {\n    todo!()\n}"),
        accepted()
    );
    assert_eq!(
        twice("fn doubled(number: i64) -> i64 { number + 1 }"),
        nothing("Invalid")
    );
    let many = changed(RIGHT, |notebook| {
        for copy in 0..1000 {
            let mut other = cell(notebook, "doubled").clone();
            other["source"] = json!(format!("fn f() {{ {copy} }}"));
            notebook["cells"].as_array_mut().unwrap().push(other);
        }
    });
    assert_eq!(many, nothing("Invalid"));
}

#[test]
fn lines_and_marks_of_other_systems_are_read() {
    assert_eq!(
        changed("fn doubled(number: i64) -> i64 {\r\n number * 2 }", |_| {}),
        accepted()
    );
    let marked = verdict(|class| {
        let text = format!("\u{feff}{}", class.notebook(&[("doubled", RIGHT)]));
        class.submit("x", text);
    });
    assert_eq!(marked, accepted());
}

#[test]
fn what_is_no_notebook_is_invalid() {
    let deep = format!("{{\"cells\": {}", "[".repeat(1 << 20));
    let deep_elsewhere = format!(
        "{{\"x\": {}{}, \"cells\": 1}}",
        "[".repeat(1 << 20),
        "]".repeat(1 << 20)
    );
    let utf16: Vec<u8> = "\u{feff}{\"cells\": []}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let strange: Vec<Vec<u8>> = vec![
        vec![],
        b"no json".to_vec(),
        b"[]".to_vec(),
        b"{}".to_vec(),
        b"\xff\xfe\x00\x00".to_vec(),
        b"null".to_vec(),
        b"{\"cells\": {}}".to_vec(),
        b"{\"cells\": null}".to_vec(),
        b"{\"cells\": [], \"cells\": []}".to_vec(),
        b"{\"cells\": []} and more".to_vec(),
        b"{\"cells\": [{\"source\": \"\\ud800\"}]}".to_vec(),
        b"{\"cells\": [{\"source\": \"".to_vec(),
        deep.into_bytes(),
        deep_elsewhere.into_bytes(),
        utf16,
    ];
    for bytes in strange {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert_eq!(
            verdict(|class| class.submit("x", &bytes)),
            nothing("Invalid"),
            "{start}"
        );
    }
}

#[test]
fn strange_values_in_other_places_change_nothing() {
    let huge = format!("1{}", "0".repeat(300));
    for strange in [
        "null",
        "true",
        "-1",
        "1e999999",
        &huge,
        "\"x\"",
        "[[[]]]",
        "{\"grade_id\": [1]}",
        "[\"doubled\"]",
    ] {
        let found = verdict(|class| {
            let mut notebook = class.notebook(&[("doubled", RIGHT)]);
            let mut odd = cell(&mut notebook, "doubled").clone();
            odd["metadata"] = json!("STRANGE");
            let cells = notebook["cells"].as_array_mut().unwrap();
            cells.push(odd);
            cells.push(json!({"metadata": {"nbgrader": "STRANGE"}, "source": "STRANGE"}));
            cells.push(json!({"metadata": {"nbgrader": {"grade_id": "STRANGE"}}, "source": ["STRANGE", "STRANGE"]}));
            cells.push(json!("STRANGE"));
            notebook["nbformat"] = json!("STRANGE");
            class.submit("x", notebook.to_string().replace("\"STRANGE\"", strange));
        });
        // A number that is none is not JSON.
        let expected = if strange == "1e999999" {
            nothing("Invalid")
        } else {
            accepted()
        };
        assert!(
            found == expected || found == accepted(),
            "{strange}: {found:?}"
        );
    }
}

#[test]
fn a_source_that_is_no_text_is_no_answer() {
    for source in [
        json!(7),
        json!({"a": 1}),
        json!([1, 2, [3]]),
        json!(null),
        json!([]),
    ] {
        let found = changed(RIGHT, |notebook| {
            cell(notebook, "doubled")["source"] = source
        });
        assert_eq!(found, nothing("Incomplete"));
    }
}
