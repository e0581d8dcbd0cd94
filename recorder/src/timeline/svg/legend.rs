//! What the colours, glyphs and arrows mean, of those that are in the picture; and what was left out.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::paths::Number;
use super::{Drawing, frame, style};
use crate::document::Argument;
use crate::event::Kind;
use crate::timeline::layout::{self, ArrowKind, Sign, State, WIDTH};
use crate::timeline::plain::wrapped;

const MARGIN: f64 = 8.0;
/// Height of a row.
const ROW: f64 = 17.0;
/// Width of a sample.
const SAMPLE: f64 = 18.0;
/// About the width of a column of the type.
const COLUMN: f64 = 6.1;
/// Columns of a note.
const NOTE: usize = 150;

#[derive(Clone, Copy)]
enum Sample {
    State(State),
    Glyph(Kind),
    Several,
    Arrow(ArrowKind),
}

impl Drawing<'_> {
    /// Writes it from this height on, and gives where it ends.
    pub(super) fn legend(&self, out: &mut String, top: f64) -> f64 {
        let mut y = top + ROW;
        let mut x = MARGIN;
        out.push_str("<g class=\"legend\">");
        for (sample, said) in self.samples() {
            let width = SAMPLE + 4.0 + said.width() as f64 * COLUMN + 14.0;
            if x + width > WIDTH - MARGIN && x > MARGIN {
                x = MARGIN;
                y += ROW;
            }
            self.entry(out, sample, &said, x, y);
            x += width;
        }
        out.push_str("</g>");
        for note in self.notes() {
            for row in wrapped(&note, NOTE) {
                y += 14.0;
                let (at, anchor) = self.side(MARGIN);
                let row = self.directed(&row);
                let _ = write!(
                    out,
                    "<text class=\"n\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{row}</text>",
                    Number(at),
                    Number(y)
                );
            }
        }
        y
    }

    /// A place so far from the side on which sentences begin.
    fn side(&self, distance: f64) -> (f64, &'static str) {
        if self.words.right_to_left() {
            (WIDTH - distance, "end")
        } else {
            (distance, "start")
        }
    }

    fn samples(&self) -> Vec<(Sample, String)> {
        let lanes = &self.picture.lanes;
        let words = self.words;
        let mut samples = Vec::new();
        for state in State::ALL {
            if lanes.iter().any(|lane| lane.spent_us[state as usize] > 0) {
                let id = layout::state_id(state);
                samples.push((Sample::State(state), words.text(id)));
            }
        }
        for kind in Kind::ALL {
            let sign = Sign::Kind(*kind);
            if lanes
                .iter()
                .flat_map(|lane| &lane.glyphs)
                .any(|glyph| glyph.sign == sign)
            {
                samples.push((Sample::Glyph(*kind), words.kind(*kind)));
            }
        }
        if self.picture.omitted.several {
            samples.push((Sample::Several, words.text("timeline-several")));
        }
        for kind in ArrowKind::ALL {
            if self.picture.arrows.iter().any(|arrow| arrow.kind == kind) {
                let id = layout::arrow_id(kind);
                samples.push((Sample::Arrow(kind), words.text(id)));
            }
        }
        samples
    }

    fn entry(&self, out: &mut String, sample: Sample, said: &str, x: f64, y: f64) {
        // Mirrored where sentences run to the left: the sample stands where the sentence begins.
        let left = if self.words.right_to_left() {
            WIDTH - x - SAMPLE
        } else {
            x
        };
        let middle = y - 4.0;
        match sample {
            Sample::State(state) => {
                let (class, x, y) = (style::class(state), Number(left), Number(middle - 5.0));
                let _ = write!(
                    out,
                    "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"18\" height=\"10\"/>"
                );
            }
            Sample::Glyph(kind) => style::write_use(out, &self.mark, kind, left + 9.0, middle),
            Sample::Several => {
                let mut outline = String::new();
                style::write_box(&mut outline, 1, left + 7.0, middle);
                let (x, y) = (Number(left + 6.0), Number(middle + 3.0));
                let _ = write!(
                    out,
                    "<path class=\"s\" d=\"{outline}\"/><text class=\"c\" x=\"{x}\" y=\"{y}\">3</text>"
                );
            }
            Sample::Arrow(kind) => {
                let (class, y) = (frame::class(kind), Number(middle));
                let (from, to) = (Number(left), Number(left + SAMPLE));
                let (near, up, down) = (
                    Number(left + SAMPLE - 5.0),
                    Number(middle - 2.2),
                    Number(middle + 2.2),
                );
                let _ = write!(
                    out,
                    "<path class=\"a {class}\" d=\"M{from} {y}H{to}\"/>\
                     <path class=\"a {class}\" style=\"stroke-dasharray:none\" \
                     d=\"M{near} {up}L{to} {y}L{near} {down}\"/>"
                );
            }
        }
        let (at, anchor) = self.side(x + SAMPLE + 4.0);
        let _ = write!(
            out,
            "<text class=\"k\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            Number(at),
            Number(y),
            self.directed(said)
        );
    }

    /// What a reader must know of what is not drawn one by one.
    fn notes(&self) -> Vec<String> {
        let omitted = &self.picture.omitted;
        let words = self.words;
        let count = |count: usize| Argument::Whole(count as i64);
        let mut notes = vec![words.text("timeline-axis")];
        if omitted.mixed {
            notes.push(words.text("timeline-note-mixed"));
        }
        if omitted.lanes > 0 {
            let arguments = [("count", count(omitted.lanes))];
            notes.push(words.say("timeline-note-lanes", &arguments));
        }
        if omitted.lines > 0 {
            let arguments = [
                ("count", count(omitted.of_lines - omitted.lines)),
                ("all", count(omitted.of_lines)),
            ];
            notes.push(words.say("timeline-note-lines", &arguments));
        }
        if omitted.arrows > 0 {
            let arguments = [
                ("count", count(omitted.of_arrows - omitted.arrows)),
                ("all", count(omitted.of_arrows)),
            ];
            notes.push(words.say("timeline-note-arrows", &arguments));
        }
        if omitted.lost > 0 {
            let lost = i64::try_from(omitted.lost).unwrap_or(i64::MAX);
            notes.push(words.say("timeline-note-lost", &[("count", Argument::Whole(lost))]));
        }
        notes
    }
}
