//! A run as text, for the terminal and for `:timeline`.
//!
//! Time runs downwards, one row for each event or printed line; each lane is a column on the left
//! for as long as it lives, so that a run of 64 threads one after the other needs two columns and
//! not 65. Words of the vocabulary (`sleep-begin`) come from the caller, who may translate them;
//! printed lines appear as their sentences.
//!
//! ```text
//!     0.02  │    main      start
//!     0.11  ├─╮  main      spawn thread 0
//!     0.20  │ ●  thread 0  Function called by thread 0
//! ```

use std::collections::HashMap;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::plain::{self, FIRST_STRONG_ISOLATE, POP_ISOLATE, isolated};
use crate::document::{Document, PrintedLine};
use crate::event::{Event, Kind, LaneId, Object, ObjectKind};

/// The narrowest drawing: below this nothing could be read.
pub const LEAST_WIDTH: usize = 40;

/// How to draw.
pub struct Options<'a> {
    /// No row is wider than this many terminal columns (at least [`LEAST_WIDTH`]).
    pub width: usize,
    /// At most this many rows; of a longer run the middle is left out.
    pub rows: usize,
    /// Whether events are drawn, or only the printed lines.
    pub events: bool,
    /// The word for a kind of event, in the reader's language.
    pub word: &'a dyn Fn(Kind) -> String,
    /// The name of a thing.
    pub name: &'a dyn Fn(Object) -> String,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            width: 80,
            rows: 200,
            events: true,
            word: &vocabulary_word,
            name: &vocabulary_name,
        }
    }
}

/// The word of the JSON vocabulary: `sleep-begin`.
pub fn vocabulary_word(kind: Kind) -> String {
    kind.word().to_owned()
}

/// The name of the JSON vocabulary: `lock:1`.
pub fn vocabulary_name(object: Object) -> String {
    object.to_string()
}

/// The drawing, one row a line, each ended by a newline. Empty for a run in which nothing happened.
pub fn draw(document: &Document, options: &Options<'_>) -> String {
    let all = moments(document);
    let mut picture = Picture::new(document, options, &all);
    let drawn = |moment: &Moment<'_>| options.events || matches!(moment, Moment::Line(_));
    let count = all.iter().filter(|moment| drawn(moment)).count();
    let left_out = left_out(count, options.rows.max(3));
    let mut text = String::new();
    let mut number = 0;
    for moment in &all {
        if !drawn(moment) || left_out.contains(&number) {
            picture.before(moment);
            picture.after(moment);
        } else {
            text.push_str(picture.row(moment).trim_end());
            text.push('\n');
        }
        if drawn(moment) {
            number += 1;
            if number == left_out.end && !left_out.is_empty() {
                text.push_str(&format!("        ⋮  {}\n", left_out.len()));
            }
        }
    }
    text
}

/// The rows in the middle that are left out, so that with the one that says so there are no more
/// than this many.
fn left_out(count: usize, most: usize) -> std::ops::Range<usize> {
    if count <= most {
        return 0..0;
    }
    let head = most / 2;
    let tail = most - head - 1;
    head..count - tail
}

enum Moment<'a> {
    Event(&'a Event),
    Line(&'a PrintedLine),
}

impl Moment<'_> {
    fn lane(&self) -> LaneId {
        match self {
            Moment::Event(event) => event.lane,
            Moment::Line(line) => line.lane,
        }
    }

    fn at_us(&self) -> u64 {
        match self {
            Moment::Event(event) => event.at_us,
            Moment::Line(line) => line.at_us,
        }
    }
}

/// Events and printed lines in one order. A print is there as its line.
fn moments(document: &Document) -> Vec<Moment<'_>> {
    let mut all: Vec<(u64, Moment<'_>)> = document
        .events
        .iter()
        .filter(|event| event.kind != Kind::Print)
        .map(|event| (event.seq, Moment::Event(event)))
        .chain(
            document
                .lines
                .iter()
                .map(|line| (line.seq, Moment::Line(line))),
        )
        .collect();
    all.sort_by_key(|(seq, _)| *seq);
    all.into_iter().map(|(_, moment)| moment).collect()
}

/// What a lane is doing, as the stroke of its column.
#[derive(Clone, Copy)]
enum Doing {
    Running,
    Sleeping,
    Waiting,
}

impl Doing {
    fn stroke(self) -> char {
        match self {
            Doing::Running => '│',
            Doing::Sleeping => '┊',
            Doing::Waiting => '╎',
        }
    }
}

struct Picture<'a> {
    options: &'a Options<'a>,
    names: HashMap<LaneId, String>,
    columns: Vec<Option<(LaneId, Doing)>>,
    most_columns: usize,
    name_width: usize,
    graph_width: usize,
    width: usize,
}

/// Width of the column of times, `99999.99` and two spaces.
const TIME_WIDTH: usize = 10;

impl<'a> Picture<'a> {
    fn new(document: &'a Document, options: &'a Options<'a>, all: &[Moment<'_>]) -> Self {
        let width = options.width.max(LEAST_WIDTH);
        let names: HashMap<LaneId, String> = document
            .lanes
            .iter()
            .map(|lane| (lane.lane, plain::visible(&lane.name)))
            .collect();
        let longest = names.values().map(|name| name.width()).max().unwrap_or(0);
        let mut picture = Picture {
            options,
            names,
            columns: Vec::new(),
            most_columns: (width / 6).max(2),
            name_width: longest.min(width / 5),
            graph_width: 0,
            width,
        };
        // How many columns are needed is known only after one pass over the run.
        for moment in all {
            picture.before(moment);
            picture.after(moment);
        }
        picture.graph_width = 2 * picture.columns.len();
        picture.columns.clear();
        picture
    }

    fn column_of(&self, lane: LaneId) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.is_some_and(|(owner, _)| owner == lane))
    }

    /// The lane's column; a new one takes the first that is free, or none where all are taken.
    fn open(&mut self, lane: LaneId) -> Option<usize> {
        if let Some(column) = self.column_of(lane) {
            return Some(column);
        }
        let free = self.columns.iter().position(Option::is_none);
        let column = match free {
            Some(column) => column,
            None if self.columns.len() < self.most_columns => {
                self.columns.push(None);
                self.columns.len() - 1
            }
            None => return None,
        };
        self.columns[column] = Some((lane, Doing::Running));
        Some(column)
    }

    fn set(&mut self, lane: LaneId, doing: Doing) {
        if let Some(column) = self.column_of(lane) {
            self.columns[column] = Some((lane, doing));
        }
    }

    fn close(&mut self, lane: LaneId) {
        if let Some(column) = self.column_of(lane) {
            self.columns[column] = None;
        }
    }

    fn before(&mut self, moment: &Moment<'_>) {
        self.open(moment.lane());
        if let Some(child) = started_by(moment) {
            self.open(child);
        }
    }

    fn after(&mut self, moment: &Moment<'_>) {
        let Moment::Event(event) = moment else { return };
        match event.kind {
            Kind::SleepBegin => self.set(event.lane, Doing::Sleeping),
            Kind::JoinBegin | Kind::WaitBegin => self.set(event.lane, Doing::Waiting),
            Kind::SleepEnd | Kind::WaitEnd => self.set(event.lane, Doing::Running),
            Kind::JoinEnd => {
                self.set(event.lane, Doing::Running);
                // A process that was killed leaves no exit of its own.
                if let Some(lane) = lane_in(event) {
                    self.close(lane);
                }
            }
            Kind::Exit => self.close(event.lane),
            _ => {}
        }
    }

    fn row(&mut self, moment: &Moment<'_>) -> String {
        self.before(moment);
        let mut graph: Vec<char> = vec![' '; self.graph_width];
        for (column, state) in self.columns.iter().enumerate() {
            if let Some((_, doing)) = state {
                put(&mut graph, 2 * column, doing.stroke());
            }
        }
        if let Some(column) = self.column_of(moment.lane()) {
            put(&mut graph, 2 * column, mark(moment));
            if let Some(child) = started_by(moment).and_then(|lane| self.column_of(lane)) {
                branch(&mut graph, 2 * column, 2 * child);
            }
        }
        self.after(moment);

        let graph: String = graph.into_iter().collect();
        let time = format!("{:8.2}  ", moment.at_us() as f64 / 1000.0);
        let name = self.names.get(&moment.lane()).map_or("", String::as_str);
        let name = fit(name, self.name_width);
        let left = TIME_WIDTH + self.graph_width + self.name_width + 3;
        let said = clip(&self.said(moment), self.width.saturating_sub(left));
        format!("{time}{graph} {name}  {said}")
    }

    /// What the row says: a line's sentence, or the word for the event and what it is about.
    fn said(&self, moment: &Moment<'_>) -> String {
        match moment {
            Moment::Line(line) => isolated(&plain::said(line)),
            Moment::Event(event) => {
                let word = (self.options.word)(event.kind);
                let about = match lane_in(event) {
                    // A lane's own start and exit need no name: the row has it already.
                    Some(lane) if lane == event.lane => String::new(),
                    Some(lane) => self.names.get(&lane).cloned().unwrap_or_default(),
                    None if event.object.kind == ObjectKind::None => String::new(),
                    None => (self.options.name)(event.object),
                };
                format!("{word} {about}")
            }
        }
    }
}

fn lane_in(event: &Event) -> Option<LaneId> {
    (event.object.kind == ObjectKind::Lane)
        .then(|| u32::try_from(event.object.id).ok().map(LaneId))
        .flatten()
}

fn started_by(moment: &Moment<'_>) -> Option<LaneId> {
    match moment {
        Moment::Event(event) if matches!(event.kind, Kind::Spawn | Kind::Fork) => lane_in(event),
        _ => None,
    }
}

fn mark(moment: &Moment<'_>) -> char {
    match moment {
        Moment::Line(_) => '●',
        Moment::Event(event) => match event.kind {
            Kind::Spawn | Kind::Fork => '├',
            Kind::Start => '╷',
            Kind::Exit => '╵',
            Kind::SleepBegin | Kind::JoinBegin | Kind::WaitBegin => '┬',
            Kind::SleepEnd | Kind::JoinEnd | Kind::WaitEnd => '┴',
            _ => '┼',
        },
    }
}

fn put(graph: &mut [char], position: usize, stroke: char) {
    if let Some(place) = graph.get_mut(position) {
        *place = stroke;
    }
}

/// The stroke from a lane to the one it starts, to the right or (into a column that became free)
/// to the left.
fn branch(graph: &mut [char], from: usize, to: usize) {
    let (low, high) = (from.min(to), from.max(to));
    for position in low + 1..high {
        let crossed = graph.get(position).is_some_and(|stroke| *stroke != ' ');
        put(graph, position, if crossed { '┼' } else { '─' });
    }
    put(graph, from, if to > from { '├' } else { '┤' });
    put(graph, to, if to > from { '╮' } else { '╭' });
}

/// The text cut or filled to exactly this many terminal columns.
fn fit(text: &str, width: usize) -> String {
    let mut fitted = clip(text, width);
    let missing = width.saturating_sub(fitted.width());
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}

/// The text cut to at most this many terminal columns, with an ellipsis where it was cut.
fn clip(text: &str, width: usize) -> String {
    let one_line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if one_line.width() <= width {
        return one_line;
    }
    let mut clipped = String::new();
    let mut used = 0;
    for c in one_line.chars() {
        let next = c.width().unwrap_or(0);
        if used + next + 1 > width {
            break;
        }
        used += next;
        clipped.push(c);
    }
    if width > 0 {
        clipped.push('…');
    }
    // A cut may have removed the end of an isolated text; close it again.
    if clipped.contains(FIRST_STRONG_ISOLATE) && !clipped.contains(POP_ISOLATE) {
        clipped.push(POP_ISOLATE);
    }
    clipped
}

#[cfg(test)]
mod tests;
