//! `grades.csv` for course systems, `points.csv` with every task, and Moodle's own worksheet.
//!
//! `grades.csv` has the columns Canvas' gradebook import wants (`Student,ID,SIS User ID,SIS Login ID,Section`, then
//! the assignment), and nothing else, so that Moodle's grade import can map `SIS Login ID` to the user and the last
//! column to the grade. An id goes into `ID` only where it came from Canvas: Canvas would take any number there for
//! one of its users. For a class that came as Moodle's archive, `moodle.csv` is the grading worksheet Moodle reads
//! back: it knows its students by the number of the participant.

use super::mark::Sheet;
use super::visible;
use crate::submission::Origin;

/// The header and the rows of `grades.csv`.
pub(super) const STUDENT_COLUMNS: [&str; 5] =
    ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];

/// What a cell of a spreadsheet may hold without becoming a formula.
pub(super) fn cell(text: &str) -> String {
    let text = visible::line(text);
    let first = text.trim_start().chars().next();
    let formula = |c| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠' | '␉' | '␍' | '␊'
        )
    };
    if first.is_some_and(formula) {
        format!("'{text}")
    } else {
        text.into_owned()
    }
}

/// Points as course systems read them; nothing where they are not known.
pub(super) fn number(points: Option<f64>) -> String {
    points.map_or(String::new(), |points| points.to_string())
}

pub(super) fn student_row(sheet: &Sheet<'_>) -> Vec<String> {
    let id = cell(&sheet.student.id);
    let canvas = if sheet.student.origin == Origin::Canvas {
        id.clone()
    } else {
        String::new()
    };
    vec![
        cell(sheet.name()),
        canvas,
        String::new(),
        id,
        String::new(),
        number(sheet.points()),
    ]
}

/// The row of Moodle's worksheet.
pub(super) fn moodle_row(sheet: &Sheet<'_>) -> Vec<String> {
    vec![
        format!("Participant {}", cell(&sheet.student.id)),
        cell(sheet.name()),
        number(sheet.points()),
        // Moodle refuses a file without it, and skips grades that changed after this moment.
        String::new(),
    ]
}

pub(super) const MOODLE_COLUMNS: [&str; 4] =
    ["Identifier", "Full name", "Grade", "Last modified (grade)"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_a_formula() {
        for text in [
            "=1+1", "+1", "-1", "@x", " =x", "\t=x", "\r=x", "＝1", "%x", "|x",
        ] {
            assert!(
                cell(text).starts_with('\''),
                "{text:?} became {:?}",
                cell(text)
            );
        }
        assert_eq!(cell("Ada, \"Lovelace\""), "Ada, \"Lovelace\"");
    }

    #[test]
    fn points_that_are_not_known_are_no_zero() {
        assert_eq!(number(None), "");
        assert_eq!(number(Some(0.0)), "0");
        assert_eq!(number(Some(7.5)), "7.5");
    }
}
