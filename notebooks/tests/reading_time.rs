//! A chapter takes 20 to 40 minutes, and says how many.
//!
//! How long learners really take, nobody has measured. This is an estimate that anybody can make again, the same for
//! all chapters; its parts were chosen for somebody who reads in a foreign language and has never seen such code.

use notebooks::Language;
use notebooks::chapter::Chapter;
use notebooks::generator::Workbook;
use notebooks::lesson::{Piece, Role};
use notebooks::typesetting::digits;
use std::path::Path;

const WORDS_A_MINUTE: f64 = 150.0;
const LINES_A_MINUTE: f64 = 12.0;
/// To run a cell and look at what comes out.
const RUN: f64 = 1.0 / 3.0;
const PREDICTION: f64 = 0.5;
/// A first try. How long it takes to finish, no text can tell.
const TASK: f64 = 5.0;
/// How headings begin of what may be left out, in English.
const OPTIONAL: &str = "## If you like";
const LAST: &str = "## Further reading";

fn workbook() -> Workbook {
    Workbook::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Words, or lines, of which something can be read: no rules of tables, no brackets alone.
fn readable<'a>(parts: impl Iterator<Item = &'a str>) -> f64 {
    parts
        .filter(|part| part.contains(char::is_alphanumeric))
        .count() as f64
}

fn minutes(chapter: &Chapter) -> f64 {
    let mut minutes = 0.0;
    let mut is_optional = false;
    for piece in &chapter.lesson.pieces {
        match piece {
            Piece::Prose(text) => {
                // A heading of level two begins a piece of its own.
                if text.starts_with("## ") {
                    is_optional = text.starts_with(OPTIONAL);
                }
                if !is_optional && !text.starts_with(LAST) {
                    minutes += readable(text.split_whitespace()) / WORDS_A_MINUTE;
                    minutes += text.matches("**Predict").count() as f64 * PREDICTION;
                }
            }
            Piece::Rust {
                role: Role::Check, ..
            } => minutes += TASK,
            Piece::Rust { name, .. } if !is_optional => {
                minutes += readable(chapter.regions[name].lines()) / LINES_A_MINUTE + RUN;
            }
            Piece::Command(_) if !is_optional => minutes += RUN,
            Piece::Rust { .. } | Piece::Command(_) | Piece::Chapters => {}
        }
    }
    minutes
}

#[test]
fn every_chapter_takes_20_to_40_minutes() {
    let mut wrong = Vec::new();
    for chapter in &workbook().chapters {
        let minutes = minutes(chapter);
        if !(20.0..=40.0).contains(&minutes) {
            wrong.push(format!("{}: {minutes:.1}", chapter.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_chapter_says_how_long_it_takes_in_every_language() {
    for chapter in &workbook().chapters {
        // To five minutes: nobody is that regular.
        let minutes = (minutes(chapter) / 5.0).round() as u32 * 5;
        let said = format!("need about {minutes} minutes.");
        let units = chapter.units();
        let unit = units.iter().find(|unit| unit.contains(&said));
        let unit = unit.unwrap_or_else(|| panic!("{}: \"{said}\" is missing", chapter.name));
        for language in Language::ALL {
            let text = chapter.text(language, unit);
            let number = digits(language, minutes);
            assert!(
                text.contains(&number),
                "{} {}: {number} is missing in \"{text}\"",
                chapter.name,
                language.code()
            );
        }
    }
}

#[test]
fn what_may_be_left_out_is_never_the_task() {
    let mut sections = 0;
    for chapter in &workbook().chapters {
        let mut is_optional = false;
        for piece in &chapter.lesson.pieces {
            match piece {
                Piece::Prose(text) if text.starts_with("## ") => {
                    is_optional = text.starts_with(OPTIONAL);
                    sections += usize::from(is_optional);
                }
                Piece::Rust { role, .. } => {
                    assert!(!is_optional || *role == Role::Example, "{}", chapter.name);
                }
                _ => {}
            }
        }
    }
    assert!(sections > 0, "no heading begins with \"{OPTIONAL}\"");
}
