//! Printed lines, written under the place where they were printed as far as there is room.

use unicode_width::UnicodeWidthStr;

use super::{Measures, PLOT_LEFT, PLOT_RIGHT, Scale};
use crate::document::Document;
use crate::explanation::{LineNumber, Moments};
use crate::timeline::plain;

/// A printed line that is written out.
#[derive(Clone, Debug, PartialEq)]
pub struct LineText {
    /// Which line.
    pub line: LineNumber,
    /// Where it was printed.
    pub at_x: f64,
    /// Where its text begins.
    pub x: f64,
    /// How wide it is, at most.
    pub width: f64,
    /// In which row under the band, from 0.
    pub row: usize,
    /// What it says, cut to what there is room for.
    pub text: String,
}

/// The printed lines of a lane.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    pub(super) placed: Vec<LineText>,
    pub(super) rows: usize,
    pub(super) printed: usize,
}

/// Columns of a line that is written out; the table has more.
const MOST_COLUMNS: usize = 44;
/// Lines written out in the whole drawing.
const MOST_WRITTEN: usize = 600;
/// Between two lines side by side.
const GAP: f64 = 10.0;

/// Width of a column of a type with fixed pitch, as a part of its size.
const PITCH: f64 = 0.602;

pub(super) fn of(
    document: &Document,
    moments: &Moments,
    rows: usize,
    scale: &Scale,
    measures: &Measures,
) -> Vec<Texts> {
    let mut texts: Vec<Texts> = vec![Texts::default(); rows];
    let mut taken = vec![vec![PLOT_LEFT; measures.most_lines]; rows];
    let column = measures.type_size * PITCH;
    let mut left = MOST_WRITTEN;
    for moment in &moments.all {
        let (Some(line), Some(texts)) = (moment.line, texts.get_mut(moment.row)) else {
            continue;
        };
        texts.printed += 1;
        let at_x = scale.x(moment.at_us);
        let taken = &mut taken[moment.row];
        // Nothing fits here: do not even look at the text. There may be very many.
        let lowest = taken.iter().copied().fold(f64::MAX, f64::min);
        if left == 0 || lowest > at_x {
            continue;
        }
        let text = plain::cut(&plain::said(&document.lines[line]), MOST_COLUMNS);
        let width = text.width() as f64 * column + 4.0;
        // To the right of its place, or to the left of it where there is no room.
        let x = if at_x + width > PLOT_RIGHT + 4.0 {
            at_x - width
        } else {
            at_x
        };
        let Some(row) = taken.iter().position(|end| *end <= x) else {
            continue;
        };
        taken[row] = x + width + GAP;
        texts.rows = texts.rows.max(row + 1);
        texts.placed.push(LineText {
            line: LineNumber(line),
            at_x,
            x,
            width,
            row,
            text,
        });
        left -= 1;
    }
    texts
}
