//! What stands in the section of an exercise: its own code.

use notebooks::chapter::Chapter;
use notebooks::generator::Workbook;
use notebooks::lesson::{Piece, Role};
use std::path::Path;

/// The pieces of a chapter, from one heading of level two to the next.
fn sections(chapter: &Chapter) -> Vec<&[Piece]> {
    let begins = |piece: &Piece| matches!(piece, Piece::Prose(text) if text.starts_with("## "));
    let pieces = &chapter.lesson.pieces;
    let mut starts: Vec<usize> = (0..pieces.len())
        .filter(|at| begins(&pieces[*at]))
        .collect();
    starts.push(pieces.len());
    starts
        .windows(2)
        .map(|two| &pieces[two[0]..two[1]])
        .collect()
}

/// Whether the heading of a section names an exercise.
fn is_headed(section: &[Piece], id: &str) -> bool {
    let Some(Piece::Prose(text)) = section.first() else {
        return false;
    };
    let heading = text.lines().next().unwrap_or_default();
    heading.split([' ', ':', ',']).any(|word| word == id)
}

/// Whether a section runs an exercise.
fn runs(section: &[Piece], id: &str) -> bool {
    let start = format!(":run {id} ");
    let mut pieces = section.iter();
    pieces.any(|piece| matches!(piece, Piece::Command(line) if line.starts_with(&start)))
}

/// Whether a section has a Rust cell that runs, and is neither the task nor only explored.
fn has_a_rust_cell(section: &[Piece]) -> bool {
    section.iter().any(|piece| {
        matches!(
            piece,
            Piece::Rust {
                role: Role::Example,
                command: None,
                ..
            }
        )
    })
}

#[test]
fn every_exercise_has_a_rust_cell_in_a_section_of_its_own() {
    let workbook = Workbook::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut without = Vec::new();
    let mut seen = 0;
    for chapter in &workbook.chapters {
        let sections = sections(chapter);
        for id in &chapter.lesson.exercises {
            seen += 1;
            let headed = sections.iter().any(|section| is_headed(section, id));
            let is_its_own = |section: &&&[Piece]| match headed {
                true => is_headed(section, id),
                // The exercise whose scenarios are sections themselves.
                false => runs(section, id),
            };
            let mut own = sections.iter().filter(is_its_own);
            if !own.any(|section| has_a_rust_cell(section)) {
                without.push(format!("{}: {id}", chapter.name));
            }
        }
    }
    assert_eq!(seen, exercises::catalogue::all().len());
    assert!(without.is_empty(), "{without:?}");
}
