//! A run as an SVG image: lanes, bands, glyphs, printed lines, arrows, an axis, a legend.
//!
//! The image stands alone (it is shown by `<img>`, where no style and no font of the page reach it),
//! follows the reader's light or dark theme, tells states apart by colour and by pattern, and has a
//! title and a description for those who do not see it. Names of elements begin with a mark made
//! from the run, so that several images can stand in one page.

mod frame;
mod legend;
mod paths;
mod style;

use std::fmt::Write as _;

use super::layout::{Glyph, LaneRow, PLOT_LEFT, Picture, Sign, State, WIDTH};
use super::plain::{self, escaped, isolated};
use super::words::Words;
use crate::document::{Argument, Document};
use crate::event::{LaneKind, ObjectKind};
use crate::explanation::HappensBefore;
use paths::Number;

/// A run as an image.
pub fn draw(document: &Document, words: &dyn Words) -> String {
    draw_run(document, &HappensBefore::of(document), words)
}

pub(super) fn draw_run(document: &Document, run: &HappensBefore, words: &dyn Words) -> String {
    let picture = Picture::from_run(document, run);
    Drawing {
        document,
        picture: &picture,
        words,
        mark: mark(document),
    }
    .whole()
}

/// The title of a run's drawings.
pub fn title(document: &Document, words: &dyn Words) -> String {
    frame::title(document, words)
}

/// How many lanes, events and lines there are, and how long it took.
pub fn summary(document: &Document, words: &dyn Words) -> String {
    frame::summary(document, words)
}

/// A few letters that differ from run to run (FNV-1a over what tells runs apart).
fn mark(document: &Document) -> String {
    let mut hash: u32 = 0x811c_9dc5;
    let mut mix = |number: u64| {
        for byte in number.to_le_bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    };
    mix(document.seed);
    mix(document.elapsed_ms.to_bits());
    mix(document.events.len() as u64);
    for event in document.events.iter().take(64) {
        mix(event.at_us);
    }
    format!("w{hash:x}")
}

struct Drawing<'a> {
    document: &'a Document,
    picture: &'a Picture,
    words: &'a dyn Words,
    mark: String,
}

impl Drawing<'_> {
    fn whole(&self) -> String {
        let mut out = String::with_capacity(64 << 10);
        let mut legend = String::new();
        let bottom = self.legend(&mut legend, self.picture.bottom + 10.0);
        let (mark, width, height) = (&self.mark, Number(WIDTH), Number(bottom + 8.0));
        // Writing to a string does not fail.
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" id=\"{mark}\" lang=\"{}\" \
             aria-labelledby=\"{mark}t {mark}d\">",
            escaped(self.words.language())
        );
        self.describe(&mut out);
        style::write(&mut out, mark);
        let _ = write!(
            out,
            "<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>"
        );
        self.head(&mut out);
        if self.picture.lanes.is_empty() {
            let _ = write!(
                out,
                "<text class=\"n\" x=\"{}\" y=\"46\">{}</text>",
                Number(PLOT_LEFT),
                escaped(&self.words.text("timeline-empty"))
            );
        }
        self.axis(&mut out);
        for lane in &self.picture.lanes {
            self.lane(&mut out, lane);
        }
        self.arrows(&mut out);
        self.leaders(&mut out);
        self.glyphs(&mut out);
        self.texts(&mut out);
        out.push_str(&legend);
        out.push_str("</svg>");
        out
    }

    /// A sentence of the reader's language that keeps its direction.
    fn directed(&self, text: &str) -> String {
        if self.words.right_to_left() {
            format!("\u{2067}{}\u{2069}", escaped(text))
        } else {
            escaped(text)
        }
    }

    fn lane(&self, out: &mut String, lane: &LaneRow) {
        let measures = &self.picture.measures;
        let _ = write!(out, "<g class=\"lane\">");
        self.name(out, lane);
        for band in &lane.bands {
            let _ = write!(
                out,
                "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                style::class(band.state),
                Number(band.x),
                Number(lane.band_top),
                // Narrower could not be seen.
                Number(band.width.max(0.8)),
                Number(measures.band),
            );
        }
        let base = lane.band_top + measures.band;
        for state in State::ALL.into_iter().rev() {
            let path = paths::shares(&lane.columns, state, base, measures.band);
            if !path.is_empty() {
                let _ = write!(
                    out,
                    "<path class=\"{} m\" d=\"{path}\"/>",
                    style::class(state)
                );
            }
        }
        self.waited_for(out, lane);
        out.push_str("</g>");
    }

    /// What a lane waited for, written on bands that have room for it.
    fn waited_for(&self, out: &mut String, lane: &LaneRow) {
        let measures = &self.picture.measures;
        if measures.band < 10.0 {
            return;
        }
        for band in &lane.bands {
            if !matches!(band.state, State::Waiting | State::Blocked) {
                continue;
            }
            let about = match band.object.kind {
                ObjectKind::None => continue,
                ObjectKind::Lane => {
                    let row = self
                        .picture
                        .lanes
                        .iter()
                        .find(|row| u64::from(row.lane.0) == band.object.id);
                    row.map_or_else(String::new, |row| self.lane_name(row))
                }
                _ => self.words.object(band.object),
            };
            let size = measures.band - 3.0;
            let columns = (band.width - 6.0) / (size * 0.62);
            if columns < 4.0 || about.is_empty() {
                continue;
            }
            let _ = write!(
                out,
                "<text class=\"o\" x=\"{}\" y=\"{}\" font-size=\"{}\">{}</text>",
                Number(band.x + 4.0),
                Number(lane.band_top + measures.band - 3.0),
                Number(size),
                escaped(&isolated(&plain::cut(&about, columns as usize))),
            );
        }
    }

    fn lane_name(&self, lane: &LaneRow) -> String {
        let name = plain::visible(&lane.name);
        if name.is_empty() {
            let number = [("number", Argument::Whole(lane.lane.0.into()))];
            self.words.say("timeline-lane-unnamed", &number)
        } else {
            name
        }
    }

    fn name(&self, out: &mut String, lane: &LaneRow) {
        let measures = &self.picture.measures;
        let dense = measures.strip < 14.0;
        let is_process = lane.kind == LaneKind::Process;
        let x = if is_process { 8.0 } else { 18.0 };
        let (size, columns) = if dense { (10.0, 17) } else { (12.0, 15) };
        let baseline = lane.band_top + measures.band - 2.0;
        // Two rows where there is room: the name, and what it is.
        let two = measures.strip >= 15.0;
        let baseline = if two { baseline - 11.0 } else { baseline };
        let _ = write!(
            out,
            "<text class=\"{}\" x=\"{}\" y=\"{}\" font-size=\"{}\">{}</text>",
            if is_process { "p" } else { "t" },
            Number(x),
            Number(baseline),
            Number(size),
            escaped(&isolated(&plain::cut(&self.lane_name(lane), columns))),
        );
        if two {
            let what = match (lane.kind, lane.pid) {
                (LaneKind::Process, pid) if pid > 0 => {
                    let pid = [("pid", Argument::Text(pid.to_string()))];
                    self.words.say("timeline-process", &pid)
                }
                (LaneKind::Process, _) => self.words.say(
                    "timeline-process",
                    &[("pid", Argument::Text(String::new()))],
                ),
                (LaneKind::Thread, _) => self.words.text("timeline-thread"),
            };
            let _ = write!(
                out,
                "<text class=\"n\" x=\"{}\" y=\"{}\">{}</text>",
                Number(x),
                Number(baseline + 11.0),
                escaped(&isolated(what.trim())),
            );
        }
    }

    fn glyphs(&self, out: &mut String) {
        let (mut boxes, mut numbers) = (String::new(), String::new());
        for lane in &self.picture.lanes {
            let y = lane.glyph_y;
            for Glyph { x, sign, count } in lane.glyphs.iter().copied() {
                let number = style::counted(count);
                let right = match sign {
                    Sign::Kind(kind) => {
                        style::write_use(out, &self.mark, kind, x, y);
                        5.0
                    }
                    Sign::Several => {
                        style::write_box(&mut boxes, number.len(), x, y);
                        -1.0
                    }
                };
                if count > 1 {
                    let (x, y) = (Number(x + right), Number(y + 3.0));
                    let _ = write!(numbers, "<text x=\"{x}\" y=\"{y}\">{number}</text>");
                }
            }
        }
        if !boxes.is_empty() {
            let _ = write!(out, "<path class=\"s\" d=\"{boxes}\"/>");
        }
        let _ = write!(out, "<g class=\"c\">{numbers}</g>");
    }

    /// Fine lines from where a line was printed to where it is written.
    fn leaders(&self, out: &mut String) {
        let measures = &self.picture.measures;
        let mut path = String::new();
        for lane in &self.picture.lanes {
            let band_bottom = lane.band_top + measures.band;
            for text in &lane.texts {
                let to = band_bottom + (text.row as f64 + 0.8) * measures.line;
                let (x, y) = (Number(text.at_x), Number(band_bottom));
                let _ = write!(path, "M{x} {y}V{}", Number(to));
            }
        }
        if !path.is_empty() {
            let _ = write!(out, "<path class=\"g\" d=\"{path}\"/>");
        }
    }

    fn texts(&self, out: &mut String) {
        let measures = &self.picture.measures;
        let _ = write!(
            out,
            "<g class=\"l\" font-size=\"{}\">",
            Number(measures.type_size)
        );
        for lane in &self.picture.lanes {
            let band_bottom = lane.band_top + measures.band;
            for text in &lane.texts {
                let y = band_bottom + (text.row as f64 + 0.8) * measures.line;
                // Beside the fine line, on the side where its place is.
                let (x, anchor) = if text.x < text.at_x {
                    (text.at_x - 3.0, " text-anchor=\"end\"")
                } else {
                    (text.x + 3.0, "")
                };
                let _ = write!(
                    out,
                    "<text x=\"{}\" y=\"{}\"{anchor}>{}</text>",
                    Number(x),
                    Number(y),
                    escaped(&isolated(&text.text)),
                );
            }
        }
        out.push_str("</g>");
    }
}
