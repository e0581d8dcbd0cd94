//! The axis of time.

use super::{PLOT_LEFT, PLOT_RIGHT, Scale};

/// A time on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where.
    pub x: f64,
    /// The time with its unit.
    pub label: String,
}

/// Ticks are at least so far apart: the widest label, `1000 ms`, and some air.
const LEAST_DISTANCE: f64 = 80.0;

/// Ticks at round times: 1, 2 or 5 of a power of ten.
pub(super) fn ticks((from_us, to_us): (u64, u64), scale: &Scale) -> Vec<Tick> {
    let span = to_us.saturating_sub(from_us).max(1);
    let most = ((PLOT_RIGHT - PLOT_LEFT) / LEAST_DISTANCE) as u64;
    let step = step(span.div_ceil(most));
    let mut ticks = Vec::new();
    let mut at = from_us.div_ceil(step).saturating_mul(step);
    while at <= to_us && ticks.len() as u64 <= most {
        ticks.push(Tick {
            x: scale.x(at),
            label: label(at, step),
        });
        match at.checked_add(step) {
            Some(next) => at = next,
            None => break,
        }
    }
    ticks
}

/// The smallest round number that is not below this one.
fn step(least: u64) -> u64 {
    let mut power: u64 = 1;
    loop {
        for round in [1, 2, 5] {
            match power.checked_mul(round) {
                Some(step) if step >= least => return step,
                Some(_) => {}
                None => return u64::MAX,
            }
        }
        power = power.saturating_mul(10);
    }
}

/// A time in the unit of the step between ticks, with just the digits that tell ticks apart.
fn label(at_us: u64, step: u64) -> String {
    let (unit, name) = match step {
        0..=99 => (1, "µs"),
        100..=99_999 => (1_000, "ms"),
        _ => (1_000_000, "s"),
    };
    let digits = match (unit, step) {
        (1, _) => 0,
        (unit, step) if step >= unit => 0,
        (unit, step) if step * 10 >= unit => 1,
        _ => 2,
    };
    if at_us == 0 {
        return "0".to_owned();
    }
    format!("{:.digits$} {name}", at_us as f64 / unit as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(span: (u64, u64)) -> Vec<String> {
        let found = ticks(span, &Scale::new(span));
        for pair in found.windows(2) {
            assert!(pair[1].x - pair[0].x >= LEAST_DISTANCE * 0.9, "{span:?}");
        }
        found.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_and_have_a_unit() {
        assert_eq!(labels((0, 100))[..3], ["0", "10 µs", "20 µs"]);
        assert_eq!(labels((0, 3_000))[..3], ["0", "0.5 ms", "1.0 ms"]);
        assert_eq!(labels((0, 600_000))[..3], ["0", "0.1 s", "0.2 s"]);
        assert_eq!(labels((1_000_000, 3_000_000))[0], "1.0 s");
        assert_eq!(labels((0, 60_000_000))[1], "10 s");
    }

    #[test]
    fn any_span_has_a_few_ticks() {
        for span in [
            (0, 1),
            (7, 8),
            (0, u64::MAX),
            (u64::MAX - 5, u64::MAX),
            (0, 997),
        ] {
            let count = labels(span).len();
            assert!((1..=12).contains(&count), "{span:?}: {count}");
        }
    }
}
