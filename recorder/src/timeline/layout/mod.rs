//! Where everything stands in a drawing, in pixels: lanes, bands, glyphs, printed lines, arrows,
//! ticks. The shared model of all drawings on a plane; tests look at it.
//!
//! ```text
//! gutter   | plot: time runs to the right
//! main     |  ▸   ◆    ●        glyphs of the events, side by side
//! process  | ▇▇▇▇░░░░░▇▇▇▇      the band: what the lane did
//!          |            done    printed lines, under the place where they were printed
//! ```
//!
//! Nothing is left out in silence. What stands too close is drawn as one and counted: glyphs become
//! a number, stretches narrower than a column become shares of the column's height, arrows that
//! would cover each other are drawn once. [`Omitted`] says what a reader must be told.
//! The invariant is that the size of the result is bounded, whatever the run.

mod arrows;
mod axis;
mod bands;
mod glyphs;
mod lines;

pub use arrows::{Arrow, ArrowKind};
pub use axis::Tick;
pub(super) use bands::lives;
pub use bands::{Band, Column, State};
pub use glyphs::{Glyph, Sign, has_glyph};
pub use lines::LineText;

use crate::document::Document;
use crate::event::{LaneId, LaneKind};
use crate::explanation::HappensBefore;

/// Width of the whole drawing.
pub const WIDTH: f64 = 960.0;
/// Where the plot begins; left of it stand the names.
pub const PLOT_LEFT: f64 = 132.0;
/// Where the plot ends.
pub const PLOT_RIGHT: f64 = WIDTH - 12.0;
/// Top of the first row; above it stand the title and the times.
const TOP: f64 = 48.0;
/// A part of a band this wide is looked at; a narrower one is a stroke.
const SEEN: f64 = 8.0;
/// More lanes are not drawn.
pub const MOST_LANES: usize = 80;

/// A drawing of a run.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// Rows from top to bottom.
    pub lanes: Vec<LaneRow>,
    /// From lane to lane.
    pub arrows: Vec<Arrow>,
    /// Times on the axis.
    pub ticks: Vec<Tick>,
    /// Top of the first row.
    pub top: f64,
    /// Bottom of the last row.
    pub bottom: f64,
    /// The measures of a row.
    pub measures: Measures,
    /// When the plot begins and ends, in microseconds.
    pub span_us: (u64, u64),
    /// What was drawn as one, or not at all.
    pub omitted: Omitted,
}

/// A lane in its row.
#[derive(Clone, Debug)]
pub struct LaneRow {
    /// Which lane.
    pub lane: LaneId,
    /// Thread or process.
    pub kind: LaneKind,
    /// Its name; empty where it has none.
    pub name: String,
    /// Process id; 0 where it is not known.
    pub pid: i32,
    /// Top of the row.
    pub top: f64,
    /// Bottom of the row, with the printed lines.
    pub bottom: f64,
    /// Middle of its glyphs.
    pub glyph_y: f64,
    /// Top of its band.
    pub band_top: f64,
    /// When it began and ended, in microseconds.
    pub life_us: (u64, u64),
    /// How much of its life it spent in each state, in microseconds, in the order of [`State::ALL`].
    pub spent_us: [u64; 4],
    /// How many lines it printed.
    pub printed: usize,
    /// What it did.
    pub bands: Vec<Band>,
    /// What it did where that changed too often for bands.
    pub columns: Vec<Column>,
    /// What happened in it.
    pub glyphs: Vec<Glyph>,
    /// What it printed.
    pub texts: Vec<LineText>,
}

/// The measures of a row, in pixels; rows are lower where there are many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// Height of the strip of glyphs.
    pub strip: f64,
    /// Height of the band.
    pub band: f64,
    /// Height of a printed line.
    pub line: f64,
    /// Size of the type of printed lines.
    pub type_size: f64,
    /// Between two rows.
    pub gap: f64,
    /// Rows of printed lines under a band, at most.
    pub most_lines: usize,
    /// A place for a glyph.
    pub slot: f64,
    /// A column of a band that changes too often.
    pub column: f64,
}

impl Default for Measures {
    fn default() -> Self {
        Measures::of(1)
    }
}

impl Measures {
    /// For so many lanes. Slots and columns grow with the lanes, so that their number is bounded.
    fn of(lanes: usize) -> Measures {
        let (strip, band, line, type_size, gap, most_lines) = match lanes {
            0..=4 => (16.0, 14.0, 14.0, 11.0, 10.0, 5),
            5..=8 => (15.0, 13.0, 14.0, 11.0, 8.0, 4),
            9..=16 => (14.0, 11.0, 13.0, 10.5, 6.0, 3),
            17..=32 => (13.0, 10.0, 12.0, 10.0, 4.0, 2),
            _ => (12.0, 8.0, 11.0, 9.5, 3.0, 1),
        };
        const MOST_SLOTS: f64 = 1200.0;
        const MOST_COLUMNS: f64 = 5000.0;
        let all = lanes as f64 * (PLOT_RIGHT - PLOT_LEFT);
        Measures {
            strip,
            band,
            line,
            type_size,
            gap,
            most_lines,
            slot: (all / MOST_SLOTS).max(20.0),
            column: (all / MOST_COLUMNS).max(3.0),
        }
    }
}

/// What a reader must be told about a drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Omitted {
    /// Lanes that are not drawn.
    pub lanes: usize,
    /// Printed lines that are not written out.
    pub lines: usize,
    /// Of so many.
    pub of_lines: usize,
    /// Arrows that are covered by others of their kind.
    pub arrows: usize,
    /// Of so many.
    pub of_arrows: usize,
    /// Whether somewhere heights are shares.
    pub mixed: bool,
    /// Whether somewhere a glyph is a number.
    pub several: bool,
    /// Events the journal lost.
    pub lost: u64,
}

/// The id of a state's name.
pub(super) fn state_id(state: State) -> &'static str {
    match state {
        State::Running => "state-running",
        State::Sleeping => "state-sleeping",
        State::Waiting => "state-waiting",
        State::Blocked => "state-blocked",
    }
}

/// The id of an arrow's name.
pub(super) fn arrow_id(kind: ArrowKind) -> &'static str {
    match kind {
        ArrowKind::Spawn => "arrow-spawn",
        ArrowKind::Join => "arrow-join",
        ArrowKind::Wake => "arrow-wake",
        ArrowKind::Send => "arrow-send",
    }
}

/// From time to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    from_us: u64,
    pixels_per_us: f64,
}

impl Scale {
    fn new((from_us, to_us): (u64, u64)) -> Scale {
        let span = to_us.saturating_sub(from_us).max(1) as f64;
        Scale {
            from_us,
            pixels_per_us: (PLOT_RIGHT - PLOT_LEFT) / span,
        }
    }

    fn x(&self, at_us: u64) -> f64 {
        let since = at_us.saturating_sub(self.from_us) as f64;
        (PLOT_LEFT + since * self.pixels_per_us).min(PLOT_RIGHT)
    }
}

impl Picture {
    /// Lays out a run.
    pub fn of(document: &Document) -> Picture {
        Picture::from_run(document, &HappensBefore::of(document))
    }

    pub(super) fn from_run(document: &Document, run: &HappensBefore) -> Picture {
        let moments = &run.moments;
        let shown = moments.rows.len().min(MOST_LANES);
        let measures = Measures::of(shown);
        let span_us = moments.span();
        let scale = Scale::new(span_us);
        let mut picture = Picture {
            measures,
            span_us,
            ticks: axis::ticks(span_us, &scale),
            top: TOP,
            omitted: Omitted {
                lanes: moments.rows.len() - shown,
                of_lines: document.lines.len(),
                lost: document.lost,
                ..Omitted::default()
            },
            ..Picture::default()
        };
        let lives = bands::lives(moments, &run.links.links, span_us.1);
        let mut glyphs = glyphs::of(moments, shown, &scale, measures.slot);
        let mut texts = lines::of(document, moments, shown, &scale, &measures);
        let mut top = picture.top;
        for (row, life) in lives.into_iter().take(shown).enumerate() {
            let known = &moments.rows[row];
            let (bands, columns) = bands::drawn(&life, &scale, &measures);
            let texts = std::mem::take(&mut texts[row]);
            let below = texts.rows as f64 * measures.line;
            let glyph_y = top + measures.strip / 2.0;
            let band_top = top + measures.strip;
            let bottom = band_top + measures.band + below;
            let mixed: f64 = columns.iter().map(|column| column.width).sum();
            picture.omitted.mixed |= mixed > SEEN;
            picture.lanes.push(LaneRow {
                lane: known.lane,
                kind: known.kind,
                name: known.name.clone(),
                pid: known.pid,
                top,
                bottom,
                glyph_y,
                band_top,
                life_us: (life.from_us, life.to_us),
                spent_us: life.spent_us(),
                printed: texts.printed,
                bands,
                columns,
                glyphs: std::mem::take(&mut glyphs[row]),
                texts: texts.placed,
            });
            top = bottom + measures.gap;
        }
        picture.bottom = top;
        let written: usize = picture.lanes.iter().map(|lane| lane.texts.len()).sum();
        picture.omitted.lines = document.lines.len() - written;
        let glyphs = picture.lanes.iter().flat_map(|lane| &lane.glyphs);
        picture.omitted.several = glyphs.into_iter().any(|glyph| glyph.sign == Sign::Several);
        let (arrows, of_arrows) = arrows::of(run, shown, &scale);
        picture.omitted.of_arrows = of_arrows;
        picture.omitted.arrows = of_arrows - arrows.len();
        picture.arrows = arrows;
        picture
    }
}
