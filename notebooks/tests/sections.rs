//! What stands in the section of an exercise: its own code, for each scenario.

use notebooks::chapter::Chapter;
use notebooks::generator::Workbook;
use notebooks::lesson::{Piece, Role};
use std::collections::BTreeSet;
use std::path::Path;

/// Whether a piece is a Rust cell that runs, and is neither the task nor only explored.
fn is_an_example(piece: &Piece) -> bool {
    matches!(
        piece,
        Piece::Rust {
            role: Role::Example,
            command: None,
            ..
        }
    )
}

/// From one heading to the next, of whatever level.
fn subsections(chapter: &Chapter) -> impl Iterator<Item = &[Piece]> {
    let pieces = &chapter.lesson.pieces;
    let is_heading = |line: &str| line.starts_with("## ") || line.starts_with("### ");
    let begins = move |piece: &Piece| match piece {
        Piece::Prose(text) => text.lines().any(is_heading),
        _ => false,
    };
    pieces.chunk_by(move |_, next| !begins(next))
}

/// The scenarios that a subsection runs, each once, as `:run s1e1 --scenario 2` begins.
fn scenarios<'a>(subsection: &'a [Piece], exercises: &[String]) -> BTreeSet<[&'a str; 2]> {
    let scenario = |piece: &'a Piece| {
        let Piece::Command(line) = piece else {
            return None;
        };
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            [":run", id, "--scenario", number, ..] if exercises.iter().any(|own| own == id) => {
                Some([id, number])
            }
            _ => None,
        }
    };
    subsection.iter().filter_map(scenario).collect()
}

#[test]
fn every_scenario_has_a_rust_cell_beside_its_run() {
    let workbook = Workbook::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut without = Vec::new();
    let mut seen = BTreeSet::new();
    for chapter in &workbook.chapters {
        for subsection in subsections(chapter) {
            let run = scenarios(subsection, &chapter.lesson.exercises);
            let cells = subsection.iter().filter(|piece| is_an_example(piece));
            if cells.count() < run.len() {
                without.push(format!("{}: {run:?}", chapter.name));
            }
            seen.extend(run);
        }
    }
    assert_eq!(seen.len(), 3 * exercises::catalogue::all().len());
    assert!(without.is_empty(), "{without:#?}");
}
