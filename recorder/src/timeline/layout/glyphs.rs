//! A sign for every event, and a number where they stand too close.

use super::{PLOT_LEFT, PLOT_RIGHT, Scale};
use crate::event::Kind;
use crate::explanation::Moments;

/// What a glyph shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// Events of this kind.
    Kind(Kind),
    /// Events of different kinds.
    Several,
}

/// Events at one place of a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Where it stands. Events that are close together stand side by side where there is room, from
    /// the place of the first of them on.
    pub x: f64,
    /// What it shows.
    pub sign: Sign,
    /// How many events it stands for.
    pub count: usize,
}

/// Whether an event has a glyph of its own. Where a state begins or ends, the edge of the band shows it.
pub fn has_glyph(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::SleepBegin
            | Kind::SleepEnd
            | Kind::WaitBegin
            | Kind::WaitEnd
            | Kind::JoinBegin
            | Kind::JoinEnd
    )
}

/// Events closer together than a slot.
struct Cluster {
    x: f64,
    /// The first of them; more could not stand side by side.
    kinds: Vec<Kind>,
    same: bool,
    count: usize,
}

/// So many stand side by side.
const MOST_BESIDE: usize = 8;

/// The glyphs of each row, from left to right, half a slot apart or more.
pub(super) fn of(moments: &Moments, rows: usize, scale: &Scale, slot: f64) -> Vec<Vec<Glyph>> {
    let mut clusters: Vec<Vec<Cluster>> = Vec::new();
    clusters.resize_with(rows, Vec::new);
    for moment in &moments.all {
        let Some(row) = clusters.get_mut(moment.row) else {
            continue;
        };
        if !has_glyph(moment.kind) {
            continue;
        }
        let x = scale.x(moment.at_us);
        match row.last_mut() {
            Some(last) if x < last.x + slot => {
                last.count += 1;
                last.same &= last.kinds.first() == Some(&moment.kind);
                if last.kinds.len() <= MOST_BESIDE {
                    last.kinds.push(moment.kind);
                }
            }
            _ => row.push(Cluster {
                x,
                kinds: vec![moment.kind],
                same: true,
                count: 1,
            }),
        }
    }
    clusters.iter().map(|row| beside(row, slot / 2.0)).collect()
}

/// Spreads each cluster to the right as far as there is room, and at the right end to the left; where
/// there is none it becomes one glyph with a number.
fn beside(clusters: &[Cluster], step: f64) -> Vec<Glyph> {
    let mut glyphs: Vec<Glyph> = Vec::new();
    for (number, cluster) in clusters.iter().enumerate() {
        let count = cluster.count;
        let free_left = glyphs.last().map_or(PLOT_LEFT, |last| last.x + 2.0 * step);
        let free_right = clusters
            .get(number + 1)
            .map_or(PLOT_RIGHT + step / 2.0, |next| next.x);
        let width = count as f64 * step;
        let x = cluster
            .x
            .min(free_right - width)
            .max(free_left.min(cluster.x));
        if count <= MOST_BESIDE && x + width <= free_right + 0.01 {
            for (place, kind) in cluster.kinds.iter().enumerate() {
                let x = x + place as f64 * step;
                glyphs.push(Glyph {
                    x,
                    sign: Sign::Kind(*kind),
                    count: 1,
                });
            }
        } else {
            let same = cluster.kinds.first().filter(|_| cluster.same);
            let sign = same.map_or(Sign::Several, |kind| Sign::Kind(*kind));
            glyphs.push(Glyph {
                x: cluster.x,
                sign,
                count,
            });
        }
    }
    glyphs
}
