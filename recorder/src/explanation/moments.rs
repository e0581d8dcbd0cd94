//! Events and printed lines in one order, on lanes counted from 0 in the order of birth.

use std::collections::HashMap;

use crate::document::Document;
use crate::event::{Kind, LaneId, LaneKind, Object, ObjectKind};

/// Something that happened, an event or a printed line or (where a line is the event) both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) seq: u64,
    pub(crate) at_us: u64,
    /// Row of the lane, see [`Moments::lanes`].
    pub(crate) row: usize,
    pub(crate) kind: Kind,
    pub(crate) object: Object,
    /// The printed line, as its place in the document.
    pub(crate) line: Option<usize>,
}

/// A lane in its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) lane: LaneId,
    pub(crate) kind: LaneKind,
    /// Empty for a lane the document does not name.
    pub(crate) name: String,
    pub(crate) pid: i32,
    pub(crate) tid: i32,
    pub(crate) parent: Option<LaneId>,
}

/// A run in its order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moments {
    pub(crate) all: Vec<Moment>,
    pub(crate) rows: Vec<Row>,
    row_of: HashMap<LaneId, usize>,
}

impl Moments {
    pub(crate) fn of(document: &Document) -> Moments {
        let mut moments = Moments::default();
        for lane in &document.lanes {
            moments.row_of.entry(lane.lane).or_insert_with(|| {
                moments.rows.push(Row {
                    lane: lane.lane,
                    kind: lane.kind,
                    name: lane.name.clone(),
                    pid: lane.pid,
                    tid: lane.tid,
                    parent: lane.parent,
                });
                moments.rows.len() - 1
            });
        }
        moments.gather(document);
        moments.sort_rows();
        moments
    }

    fn gather(&mut self, document: &Document) {
        let mut all = Vec::with_capacity(document.events.len() + document.lines.len());
        for event in &document.events {
            all.push(Moment {
                seq: event.seq,
                at_us: event.at_us,
                row: self.row_or_new(event.lane),
                kind: event.kind,
                object: event.object,
                line: None,
            });
        }
        for (number, line) in document.lines.iter().enumerate() {
            all.push(Moment {
                seq: line.seq,
                at_us: line.at_us,
                row: self.row_or_new(line.lane),
                kind: Kind::Print,
                object: Object::NONE,
                line: Some(number),
            });
        }
        // A stable sort: of a print and its line with the same number, the print comes first.
        all.sort_by_key(|moment| moment.seq);
        all.dedup_by(|line, print| {
            let same = line.seq == print.seq
                && print.kind == Kind::Print
                && print.line.is_none()
                && line.line.is_some();
            if same {
                print.line = line.line;
            }
            same
        });
        self.all = all;
    }

    fn row_or_new(&mut self, lane: LaneId) -> usize {
        *self.row_of.entry(lane).or_insert_with(|| {
            self.rows.push(Row {
                lane,
                kind: LaneKind::Thread,
                name: String::new(),
                pid: 0,
                tid: 0,
                parent: None,
            });
            self.rows.len() - 1
        })
    }

    /// Rows in the order in which the lanes were started.
    fn sort_rows(&mut self) {
        let mut born = vec![u64::MAX; self.rows.len()];
        for moment in &self.all {
            let mut note = |row: usize| born[row] = born[row].min(moment.seq);
            note(moment.row);
            if matches!(moment.kind, Kind::Spawn | Kind::Fork)
                && let Some(row) = self.row_about(moment.object)
            {
                note(row);
            }
        }
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|row| (born[*row], self.rows[*row].lane));
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        self.rows = order.iter().map(|old| self.rows[*old].clone()).collect();
        self.row_of.values_mut().for_each(|row| *row = place[*row]);
        self.all
            .iter_mut()
            .for_each(|moment| moment.row = place[moment.row]);
    }

    /// The row of the lane an object is.
    pub(crate) fn row_about(&self, object: Object) -> Option<usize> {
        if object.kind != ObjectKind::Lane {
            return None;
        }
        let lane = u32::try_from(object.id).ok().map(LaneId)?;
        self.row_of.get(&lane).copied()
    }

    /// When the first and the last of it happened, in microseconds; the run begins at 0.
    pub(crate) fn span(&self) -> (u64, u64) {
        let first = self
            .all
            .iter()
            .map(|moment| moment.at_us)
            .min()
            .unwrap_or(0);
        let last = self
            .all
            .iter()
            .map(|moment| moment.at_us)
            .max()
            .unwrap_or(0);
        // What little time passed before the first event is part of the picture.
        let first = if first < last / 20 { 0 } else { first };
        (first, last.max(first.saturating_add(1)))
    }
}
