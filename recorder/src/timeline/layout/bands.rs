//! What each lane did when: running, sleeping, waiting, blocked.

use super::{Measures, Scale};
use crate::event::{Kind, Object, ObjectKind};
use crate::explanation::{Cause, Link, Moments};

/// What a lane is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// It runs, or could run if there were a free core.
    Running,
    /// It sleeps for a time it has chosen.
    Sleeping,
    /// It waits for what another one does: its end, a message, an arrival, a signal.
    Waiting,
    /// It wants a lock that another one holds.
    Blocked,
}

impl State {
    /// All, in the order of the legend.
    pub const ALL: [State; 4] = [
        State::Running,
        State::Sleeping,
        State::Waiting,
        State::Blocked,
    ];

    /// The state a lane enters with this event, if it enters one.
    fn entered(kind: Kind, object: Object) -> Option<State> {
        match kind {
            Kind::SleepBegin => Some(State::Sleeping),
            Kind::JoinBegin => Some(State::Waiting),
            Kind::WaitBegin if object.kind == ObjectKind::Lock => Some(State::Blocked),
            Kind::WaitBegin => Some(State::Waiting),
            Kind::SleepEnd | Kind::JoinEnd | Kind::WaitEnd => Some(State::Running),
            _ => None,
        }
    }
}

/// A stretch of a lane's life in one state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Left end.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// Doing what.
    pub state: State,
    /// Waiting for what, where it waits.
    pub object: Object,
}

/// A part of a lane's life too full of changes to be drawn one by one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Left end.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// How much of it each state takes, from 0 to 1, in the order of [`State::ALL`].
    pub shares: [f64; 4],
}

/// A stretch in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::timeline) struct Stretch {
    pub(in crate::timeline) from_us: u64,
    pub(in crate::timeline) to_us: u64,
    pub(in crate::timeline) state: State,
    pub(in crate::timeline) object: Object,
}

/// A lane from its first moment to its last.
#[derive(Clone, Debug, Default)]
pub(in crate::timeline) struct Life {
    pub(in crate::timeline) from_us: u64,
    pub(in crate::timeline) to_us: u64,
    /// Without gaps, in order.
    pub(in crate::timeline) stretches: Vec<Stretch>,
}

impl Life {
    pub(super) fn spent_us(&self) -> [u64; 4] {
        let mut spent = [0; 4];
        for stretch in &self.stretches {
            spent[stretch.state as usize] += stretch.to_us.saturating_sub(stretch.from_us);
        }
        spent
    }
}

/// The lives of all lanes. One that was not seen to end goes on until the end of the picture, or
/// until somebody had waited for its end: it was killed.
pub(in crate::timeline) fn lives(moments: &Moments, links: &[Link], end_us: u64) -> Vec<Life> {
    let mut lives: Vec<Option<Life>> = vec![None; moments.rows.len()];
    let mut doing = vec![(State::Running, Object::NONE, 0); moments.rows.len()];
    let mut ended: Vec<Option<u64>> = vec![None; moments.rows.len()];
    for moment in &moments.all {
        let row = moment.row;
        let life = lives[row].get_or_insert_with(|| {
            doing[row].2 = moment.at_us;
            Life {
                from_us: moment.at_us,
                to_us: moment.at_us,
                stretches: Vec::new(),
            }
        });
        life.to_us = life.to_us.max(moment.at_us);
        match moment.kind {
            Kind::Exit => ended[row] = Some(moment.at_us),
            kind => {
                if let Some(state) = State::entered(kind, moment.object) {
                    let (was, object, since) = doing[row];
                    life.push(since, moment.at_us, was, object);
                    doing[row] = (state, moment.object, moment.at_us.max(since));
                }
            }
        }
    }
    for link in links.iter().filter(|link| link.cause == Cause::Join) {
        let row = moments.all[link.from].row;
        ended[row].get_or_insert(moments.all[link.to].at_us);
    }
    let lives = lives.into_iter().enumerate().map(|(row, life)| {
        let mut life = life.unwrap_or_default();
        let (state, object, since) = doing[row];
        life.to_us = life.to_us.max(ended[row].unwrap_or(end_us));
        life.push(since, life.to_us, state, object);
        life
    });
    lives.collect()
}

impl Life {
    fn push(&mut self, from_us: u64, to_us: u64, state: State, object: Object) {
        if to_us <= from_us {
            return;
        }
        let object = if state == State::Running {
            Object::NONE
        } else {
            object
        };
        match self.stretches.last_mut() {
            Some(last) if last.state == state && last.object == object && last.to_us == from_us => {
                last.to_us = to_us;
            }
            _ => self.stretches.push(Stretch {
                from_us,
                to_us,
                state,
                object,
            }),
        }
    }
}

/// The life as bands where a stretch is as wide as a column, and as columns elsewhere. A narrow
/// stretch between two wide ones is a band of its own.
pub(super) fn drawn(life: &Life, scale: &Scale, measures: &Measures) -> (Vec<Band>, Vec<Column>) {
    let mut bands: Vec<Band> = Vec::new();
    let mut columns = Vec::new();
    let mut narrow: Vec<(f64, f64, Stretch)> = Vec::new();
    let mut flush = |narrow: &mut Vec<(f64, f64, Stretch)>, bands: &mut Vec<Band>| {
        if let [(x, to, stretch)] = narrow.as_slice() {
            bands.push(band(*x, *to, stretch));
        } else {
            shared(narrow, measures.column, &mut columns);
        }
        narrow.clear();
    };
    for stretch in &life.stretches {
        let (x, to) = (scale.x(stretch.from_us), scale.x(stretch.to_us));
        if to - x >= measures.column {
            flush(&mut narrow, &mut bands);
            bands.push(band(x, to, stretch));
        } else {
            narrow.push((x, to, *stretch));
        }
    }
    flush(&mut narrow, &mut bands);
    (bands, columns)
}

fn band(x: f64, to: f64, stretch: &Stretch) -> Band {
    Band {
        x,
        width: to - x,
        state: stretch.state,
        object: stretch.object,
    }
}

/// Columns side by side over narrow stretches that follow each other.
fn shared(narrow: &[(f64, f64, Stretch)], width: f64, columns: &mut Vec<Column>) {
    let (Some(first), Some(last)) = (narrow.first(), narrow.last()) else {
        return;
    };
    let (from, to) = (first.0, last.1);
    let count = ((to - from) / width).floor().max(1.0);
    let width = (to - from) / count;
    if width <= 0.0 {
        return;
    }
    let begin = columns.len();
    for number in 0..count as usize {
        let x = from + number as f64 * width;
        columns.push(Column {
            x,
            width,
            shares: [0.0; 4],
        });
    }
    let here = &mut columns[begin..];
    for (x, to, stretch) in narrow {
        let mut x = *x;
        while x < *to {
            let number = (((x - from) / width) as usize).min(here.len() - 1);
            let edge = if number + 1 == here.len() {
                *to
            } else {
                here[number + 1].x
            };
            // Rounding may put x on the edge itself.
            let next = edge.min(*to).max(x + width / 1e6);
            here[number].shares[stretch.state as usize] += (next - x) / width;
            x = next;
        }
    }
}
