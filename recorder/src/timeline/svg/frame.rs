//! What stands around the lanes: title, description, axis, arrows.

use std::fmt::Write as _;

use super::Drawing;
use super::paths::Number;
use crate::document::{Argument, Document};
use crate::timeline::layout::{Arrow, ArrowKind, PLOT_LEFT, PLOT_RIGHT, State, WIDTH};
use crate::timeline::plain::{self, escaped};
use crate::timeline::words::Words;

/// Lanes told one by one to those who do not see the picture.
const MOST_TOLD: usize = 16;

/// More arrows of a kind are drawn faintly, or they would hide what is behind them.
const MANY: usize = 24;

/// The title of a run.
pub(super) fn title(document: &Document, words: &dyn Words) -> String {
    if document.exercise.is_empty() || document.scenario == 0 {
        return words.text("timeline-title-other");
    }
    let exercise = plain::cut(&plain::visible(&document.exercise), 30);
    let arguments = [
        ("exercise", Argument::Text(exercise)),
        ("scenario", Argument::Whole(document.scenario.into())),
    ];
    words.say("timeline-title-exercise", &arguments)
}

/// What there is in a run.
pub(super) fn summary(document: &Document, words: &dyn Words) -> String {
    let last = document.events.iter().map(|event| event.at_us);
    let last = last
        .chain(document.lines.iter().map(|line| line.at_us))
        .max();
    let count = |count: usize| Argument::Whole(count as i64);
    let arguments = [
        ("lanes", count(document.lanes.len())),
        ("events", count(document.events.len())),
        ("lines", count(document.lines.len())),
        ("time", plain::time_in(last.unwrap_or(0), words)),
    ];
    words.say("timeline-summary", &arguments)
}

impl Drawing<'_> {
    /// For those who do not see the picture: `title` and `desc`.
    pub(super) fn describe(&self, out: &mut String) {
        let (title, summary) = (
            title(self.document, self.words),
            summary(self.document, self.words),
        );
        let _ = write!(
            out,
            "<title id=\"{0}t\">{1}</title><desc id=\"{0}d\">{2}",
            self.mark,
            escaped(&title),
            escaped(&summary)
        );
        for lane in self.picture.lanes.iter().take(MOST_TOLD) {
            let life = lane.life_us.1.saturating_sub(lane.life_us.0).max(1) as f64;
            let share = |state: State| {
                let share = lane.spent_us[state as usize] as f64 / life * 100.0;
                Argument::Whole(share.round() as i64)
            };
            let arguments = [
                (
                    "name",
                    Argument::Text(plain::cut(&self.lane_name(lane), 40)),
                ),
                ("from", plain::time_in(lane.life_us.0, self.words)),
                ("to", plain::time_in(lane.life_us.1, self.words)),
                ("running", share(State::Running)),
                ("sleeping", share(State::Sleeping)),
                ("waiting", share(State::Waiting)),
                ("blocked", share(State::Blocked)),
                ("lines", Argument::Whole(lane.printed as i64)),
            ];
            let said = self.words.say("timeline-lane-summary", &arguments);
            let _ = write!(out, "\n{}", escaped(&said));
        }
        let untold = self.picture.lanes.len().saturating_sub(MOST_TOLD);
        if untold > 0 {
            let count = [("count", Argument::Whole(untold as i64))];
            let _ = write!(
                out,
                "\n{}",
                escaped(&self.words.say("timeline-lanes-unsaid", &count))
            );
        }
        out.push_str("</desc>");
    }

    /// The title and what there is to see; where sentences run to the left they begin at the right.
    pub(super) fn head(&self, out: &mut String) {
        let (near, far) = ((8.0, "start"), (WIDTH - 8.0, "end"));
        let (first, then) = if self.words.right_to_left() {
            (far, near)
        } else {
            (near, far)
        };
        let title = self.directed(&title(self.document, self.words));
        let summary = self.directed(&summary(self.document, self.words));
        for (class, (x, anchor), said) in [("h", first, title), ("n", then, summary)] {
            let _ = write!(
                out,
                "<text class=\"{class}\" x=\"{}\" y=\"17\" text-anchor=\"{anchor}\">{said}</text>",
                Number(x)
            );
        }
    }

    /// Times, with a fine line each, and a dotted line for each lane.
    pub(super) fn axis(&self, out: &mut String) {
        let picture = self.picture;
        let mut grid = String::new();
        out.push_str("<g class=\"axis\">");
        for tick in &picture.ticks {
            let x = Number(tick.x);
            let _ = write!(
                grid,
                "M{x} {}V{}",
                Number(picture.top - 6.0),
                Number(picture.bottom)
            );
            let anchor = if tick.x > PLOT_RIGHT - 20.0 {
                "end"
            } else {
                "middle"
            };
            let label = escaped(&tick.label);
            let mut label_at = |y: f64| {
                let y = Number(y);
                let _ = write!(
                    out,
                    "<text class=\"n\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{label}</text>"
                );
            };
            label_at(picture.top - 10.0);
            // Who has scrolled down reads the time at the bottom.
            if picture.bottom > 600.0 {
                label_at(picture.bottom + 8.0);
            }
        }
        out.push_str("</g>");
        let mut rows = String::new();
        for lane in &picture.lanes {
            let y = Number(lane.band_top + picture.measures.band / 2.0);
            let _ = write!(rows, "M{} {y}H{}", Number(PLOT_LEFT), Number(PLOT_RIGHT));
        }
        let _ = write!(
            out,
            "<path class=\"g\" d=\"{grid}\"/><path class=\"e\" d=\"{rows}\"/>"
        );
    }

    pub(super) fn arrows(&self, out: &mut String) {
        for kind in ArrowKind::ALL {
            let (mut shafts, mut heads) = (String::new(), String::new());
            let mut count = 0;
            for arrow in self
                .picture
                .arrows
                .iter()
                .filter(|arrow| arrow.kind == kind)
            {
                self.arrow(arrow, &mut shafts, &mut heads);
                count += 1;
            }
            if shafts.is_empty() {
                continue;
            }
            let name = class(kind);
            let many = if count > MANY { " many" } else { "" };
            let _ = write!(
                out,
                "<path class=\"a {name}{many}\" d=\"{shafts}\"/>\
                 <path class=\"a {name}\" style=\"stroke-dasharray:none\" d=\"{heads}\"/>"
            );
        }
    }

    fn arrow(&self, arrow: &Arrow, shafts: &mut String, heads: &mut String) {
        let lanes = &self.picture.lanes;
        let (Some(from), Some(to)) = (lanes.get(arrow.from_row), lanes.get(arrow.to_row)) else {
            return;
        };
        let band = self.picture.measures.band;
        // From the near edge of one band to the near edge of the other.
        let (from_y, to_y) = if arrow.from_row < arrow.to_row {
            (from.band_top + band, to.band_top)
        } else {
            (from.band_top, to.band_top + band)
        };
        let (x, y) = (arrow.to_x, to_y);
        let _ = write!(
            shafts,
            "M{} {}L{} {}",
            Number(arrow.from_x),
            Number(from_y),
            Number(x),
            Number(y)
        );
        let length = (x - arrow.from_x).hypot(y - from_y).max(0.1);
        let (along, across) = ((x - arrow.from_x) / length, (y - from_y) / length);
        const LONG: f64 = 5.0;
        const WIDE: f64 = 2.2;
        let side = |way: f64| {
            let side_x = x - along * LONG - across * WIDE * way;
            let side_y = y - across * LONG + along * WIDE * way;
            (Number(side_x), Number(side_y))
        };
        let ((x1, y1), (x2, y2)) = (side(1.0), side(-1.0));
        let _ = write!(heads, "M{x1} {y1}L{} {}L{x2} {y2}", Number(x), Number(y));
    }
}

/// The class of an arrow, also its name in tests.
pub(super) fn class(kind: ArrowKind) -> &'static str {
    match kind {
        ArrowKind::Spawn => "spawn",
        ArrowKind::Join => "join",
        ArrowKind::Wake => "wake",
        ArrowKind::Send => "send",
    }
}
