//! Three versions of a notebook become one: what was shipped before, what the student made of it, what is shipped now.
//!
//! The invariant: no line she wrote is lost. A cell she has not touched follows the newer version, a cell she has
//! changed stays as it is, and where both were changed, ours stands below hers as text: as code it would define
//! her answer away. Two cells are the same one when they have the same id (nbformat 4.5), which the generator makes
//! from what a cell is about. Outputs are no change.

use std::collections::{HashMap, HashSet};

use serde_json::ser::PrettyFormatter;
use serde_json::{Map, Value, json};

/// The longest id that nbformat 4.5 allows, in characters.
const LONGEST_ID: usize = 64;

/// What came of it.
pub struct Merged {
    /// The notebook.
    pub notebook: Vec<u8>,
    /// Cells that both sides have changed: ours were put below hers.
    pub beside: usize,
}

/// Brings her notebook up to date. `heading` stands above what both sides have changed. `None` where one of the three is
/// no notebook whose cells can be told apart.
pub fn merge(original: &[u8], hers: &[u8], shipped: &[u8], heading: &str) -> Option<Merged> {
    let (original, hers, shipped) = (read(original)?, read(hers)?, read(shipped)?);
    let mut own = hers.own(&original, &shipped);
    let mut used: HashSet<String> = [&hers, &shipped]
        .iter()
        .flat_map(|notebook| notebook.cells.iter().map(|(id, _)| id.clone()))
        .collect();
    let mut beside = 0;
    let mut cells = own.remove(&None).unwrap_or_default();
    for (id, ours) in &shipped.cells {
        match (original.cell(id), hers.cell(id)) {
            (None, None) => cells.push(ours.clone()),
            // She took it out.
            (Some(_), None) => {}
            (before, Some(cell)) => {
                let changed = |cell| before.is_none_or(|before| !is_same(before, cell));
                if !is_same(cell, ours) && !changed(cell) {
                    cells.push(ours.clone());
                } else {
                    cells.push(with_metadata_of(cell, ours));
                    let text = as_text(ours, heading);
                    if !is_same(cell, ours) && changed(ours) && !hers.says(&text) {
                        let id = fresh_id(id, &mut used);
                        cells.push(json!({
                            "cell_type": "markdown", "id": id, "metadata": {}, "source": text
                        }));
                        beside += 1;
                    }
                }
            }
        }
        cells.extend(own.remove(&Some(id)).unwrap_or_default());
    }
    let mut whole = shipped.around.clone();
    let metadata = overlaid(hers.around.get("metadata"), shipped.around.get("metadata"));
    whole.insert("metadata".to_owned(), metadata);
    whole.insert("cells".to_owned(), cells.into());
    Some(Merged {
        notebook: written(&whole)?,
        beside,
    })
}

/// A notebook whose cells have an id each.
struct Notebook {
    /// All but the cells.
    around: Map<String, Value>,
    cells: Vec<(String, Value)>,
    places: HashMap<String, usize>,
}

fn read(bytes: &[u8]) -> Option<Notebook> {
    let Value::Object(mut around) = serde_json::from_slice(bytes).ok()? else {
        return None;
    };
    if around.get("nbformat").and_then(Value::as_u64) != Some(4) {
        return None;
    }
    let Some(Value::Array(found)) = around.remove("cells") else {
        return None;
    };
    let mut cells = Vec::new();
    let mut places = HashMap::new();
    for cell in found {
        let id = cell.get("id")?.as_str()?.to_owned();
        if places.insert(id.clone(), cells.len()).is_some() {
            return None;
        }
        cells.push((id, cell));
    }
    Some(Notebook {
        around,
        cells,
        places,
    })
}

impl Notebook {
    fn cell(&self, id: &str) -> Option<&Value> {
        self.places.get(id).map(|&place| &self.cells[place].1)
    }

    fn says(&self, text: &str) -> bool {
        self.cells.iter().any(|(_, cell)| source(cell) == text)
    }

    /// The cells that are only hers, by the cell they follow: those she added, and those she changed that are not
    /// shipped any more.
    fn own<'a>(
        &'a self,
        original: &Notebook,
        shipped: &Notebook,
    ) -> HashMap<Option<&'a String>, Vec<Value>> {
        let mut own: HashMap<_, Vec<Value>> = HashMap::new();
        let mut above = None;
        for (id, cell) in &self.cells {
            if shipped.cell(id).is_some() {
                above = Some(id);
            } else if original
                .cell(id)
                .is_none_or(|before| !is_same(before, cell))
            {
                own.entry(above).or_default().push(cell.clone());
            }
        }
        own
    }
}

/// The text of a cell, which a file may hold whole or in lines.
fn source(cell: &Value) -> String {
    match cell.get("source") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(lines)) => lines.iter().filter_map(Value::as_str).collect(),
        _ => String::new(),
    }
}

fn is_same(one: &Value, other: &Value) -> bool {
    one.get("cell_type") == other.get("cell_type") && source(one) == source(other)
}

/// Her cell, with what the newer version says about it: points, for example, or what may be edited.
fn with_metadata_of(hers: &Value, ours: &Value) -> Value {
    let mut cell = hers.clone();
    cell["metadata"] = overlaid(hers.get("metadata"), ours.get("metadata"));
    cell
}

fn overlaid(below: Option<&Value>, above: Option<&Value>) -> Value {
    let mut all = below
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    all.extend(
        above
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default(),
    );
    all.into()
}

fn as_text(cell: &Value, heading: &str) -> String {
    let text = source(cell);
    if cell.get("cell_type").and_then(Value::as_str) == Some("code") {
        // Longer than any fence inside.
        let fence = "`".repeat(4);
        format!("**{heading}**\n\n{fence}rust\n{}\n{fence}", text.trim_end())
    } else {
        format!("**{heading}**\n\n{text}")
    }
}

/// An id no cell has yet, made from that of the cell above.
fn fresh_id(above: &str, used: &mut HashSet<String>) -> String {
    let stem: String = above.chars().take(LONGEST_ID - 10).collect();
    let id = (1..)
        .map(|number| format!("{stem}-newer-{number}"))
        .find(|id| !used.contains(id))
        .unwrap_or_default();
    used.insert(id.clone());
    id
}

/// As JupyterLab writes it: one space a level, and a line end.
fn written(notebook: &Map<String, Value>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let format = PrettyFormatter::with_indent(b" ");
    let mut to = serde_json::Serializer::with_formatter(&mut bytes, format);
    serde::Serialize::serialize(notebook, &mut to).ok()?;
    bytes.push(b'\n');
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notebook(cells: &[(&str, &str, &str)]) -> Vec<u8> {
        let cells: Vec<Value> = cells
            .iter()
            .map(|(id, kind, text)| {
                let lines: Vec<&str> = text.split_inclusive('\n').collect();
                json!({"id": id, "cell_type": kind, "metadata": {}, "source": lines})
            })
            .collect();
        let whole = json!({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells});
        whole.to_string().into_bytes()
    }

    fn texts(merged: &Merged) -> Vec<String> {
        let notebook = read(&merged.notebook).expect("a notebook");
        notebook
            .cells
            .iter()
            .map(|(_, cell)| source(cell))
            .collect()
    }

    fn merged(original: &[u8], hers: &[u8], shipped: &[u8]) -> Merged {
        merge(original, hers, shipped, "Newer").expect("three notebooks")
    }

    const PROSE: (&str, &str, &str) = ("idea", "markdown", "The idea\nold");
    const NEWER: (&str, &str, &str) = ("idea", "markdown", "The idea\nnew");
    const STUB: (&str, &str, &str) = ("answer", "code", "todo");
    const SOLVED: (&str, &str, &str) = ("answer", "code", "fn solved() {}");
    const OWN: (&str, &str, &str) = ("5f3a", "code", "my own try");

    #[test]
    fn her_answer_and_her_cells_stay_and_the_rest_is_new() {
        let before = notebook(&[PROSE, STUB]);
        let hers = notebook(&[PROSE, OWN, SOLVED]);
        let added = ("more", "markdown", "added");
        let done = merged(&before, &hers, &notebook(&[NEWER, STUB, added]));
        assert_eq!(
            texts(&done),
            ["The idea\nnew", "my own try", "fn solved() {}", "added"]
        );
        assert_eq!(done.beside, 0);
    }

    #[test]
    fn what_both_have_changed_is_there_twice_and_ours_does_not_run() {
        let before = notebook(&[STUB]);
        let newer = notebook(&[("answer", "code", "todo, with a hint\n")]);
        let done = merged(&before, &notebook(&[SOLVED]), &newer);
        assert_eq!(
            texts(&done),
            [
                "fn solved() {}",
                "**Newer**\n\n````rust\ntodo, with a hint\n````"
            ]
        );
        assert_eq!(done.beside, 1);
        let cells = read(&done.notebook).expect("a notebook").cells;
        assert_eq!(cells[1].1["cell_type"], "markdown");
        // Where the program ended before it had noted that this is done, it does the same once more.
        let again = merged(&before, &done.notebook, &newer);
        assert_eq!(texts(&again), texts(&done));
        assert_eq!(again.beside, 0);
        // And the next version but one finds nothing to say about it.
        let later = merged(&newer, &done.notebook, &newer);
        assert_eq!(texts(&later), texts(&done));
    }

    #[test]
    fn what_is_shipped_no_more_goes_unless_she_has_changed_it() {
        let before = notebook(&[PROSE, STUB]);
        let newer = notebook(&[("last", "markdown", "end")]);
        assert_eq!(texts(&merged(&before, &before, &newer)), ["end"]);
        let hers = notebook(&[PROSE, SOLVED]);
        assert_eq!(
            texts(&merged(&before, &hers, &newer)),
            ["fn solved() {}", "end"]
        );
    }

    #[test]
    fn what_she_took_out_stays_out() {
        let before = notebook(&[PROSE, STUB]);
        let done = merged(&before, &notebook(&[STUB]), &notebook(&[NEWER, STUB]));
        assert_eq!(texts(&done), ["todo"]);
    }

    #[test]
    fn results_stay_with_what_gave_them_and_new_metadata_comes() {
        let before = notebook(&[PROSE, STUB]);
        let mut hers: Value = serde_json::from_slice(&before).expect("json");
        hers["cells"][1]["outputs"] = json!(["42"]);
        hers["cells"][1]["metadata"] = json!({"collapsed": true, "points": 1});
        hers["cells"][0]["outputs"] = json!(["old"]);
        let mut newer: Value = serde_json::from_slice(&notebook(&[NEWER, STUB])).expect("json");
        newer["cells"][1]["metadata"] = json!({"points": 2});
        let bytes = |value: &Value| value.to_string().into_bytes();
        let done = merged(&before, &bytes(&hers), &bytes(&newer));
        let cells = read(&done.notebook).expect("a notebook").cells;
        assert_eq!(cells[1].1["outputs"], json!(["42"]));
        assert_eq!(
            cells[1].1["metadata"],
            json!({"collapsed": true, "points": 2})
        );
        assert_eq!(cells[0].1.get("outputs"), None, "they are of another text");
    }

    #[test]
    fn what_is_no_notebook_of_ours_is_not_judged() {
        let good = notebook(&[STUB]);
        let twice = notebook(&[STUB, SOLVED]);
        for bad in [
            b"no json".as_slice(),
            b"[]",
            br#"{"nbformat": 3, "cells": []}"#,
            br#"{"nbformat": 4, "cells": [{"source": "without an id"}]}"#,
            &twice,
        ] {
            assert!(merge(&good, bad, &good, "Newer").is_none());
        }
    }
}
