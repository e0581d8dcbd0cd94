//! Numbers and paths, in few bytes.

use std::fmt::{self, Write as _};

use crate::timeline::layout::{Column, State};

/// A length with at most one digit after the point: a tenth of a pixel is not seen.
#[derive(Clone, Copy)]
pub(super) struct Number(pub(super) f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        let (whole, tenth) = (tenths / 10, (tenths % 10).abs());
        if tenths < 0 && whole == 0 {
            f.write_str("-")?;
        }
        write!(f, "{whole}")?;
        if tenth != 0 {
            write!(f, ".{tenth}")?;
        }
        Ok(())
    }
}

/// The outline of what columns spend in a state and in those below it; states are piled up, and
/// drawn from the top of the pile down, each covering the lower part of the one before.
pub(super) fn shares(columns: &[Column], state: State, base: f64, height: f64) -> String {
    let mut path = String::new();
    let mut at: Option<(f64, f64)> = None;
    for column in columns {
        let share = column.shares[state as usize];
        let piled: f64 = column.shares[..=state as usize].iter().sum();
        // What takes time is seen, if little of it.
        let level = (piled * height * 2.0).round() / 2.0;
        let level = if share > 0.0 {
            level.clamp(0.5, height)
        } else {
            0.0
        };
        at = match at {
            Some((end, before)) if (end - column.x).abs() < 0.05 => {
                if before != level {
                    let _ = write!(path, "v{}", Number(before - level));
                }
                let _ = write!(path, "h{}", Number(column.width));
                Some((end + rounded(column.width), level))
            }
            other => {
                if other.is_some() {
                    let _ = write!(path, "V{}z", Number(base));
                }
                let (x, y) = (Number(column.x), Number(base - level));
                let _ = write!(path, "M{x} {}V{y}h{}", Number(base), Number(column.width));
                Some((rounded(column.x) + rounded(column.width), level))
            }
        };
    }
    if at.is_some() {
        let _ = write!(path, "V{}z", Number(base));
    }
    // Nothing was spent in it.
    if columns
        .iter()
        .all(|column| column.shares[state as usize] == 0.0)
    {
        path.clear();
    }
    path
}

fn rounded(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_digit_after_the_point_at_most() {
        let written = [0.0, 1.0, 1.25, -0.31, -1.96, 800.04].map(|n| Number(n).to_string());
        assert_eq!(written, ["0", "1", "1.3", "-0.3", "-2", "800"]);
    }

    #[test]
    fn what_a_state_takes_is_piled_on_the_states_below_it() {
        let column = |x, shares| Column {
            x,
            width: 4.0,
            shares,
        };
        let columns = [
            column(10.0, [0.5, 0.0, 0.5, 0.0]),
            column(14.0, [0.25, 0.0, 0.75, 0.0]),
            column(50.0, [1.0, 0.0, 0.0, 0.0]),
        ];
        let running = shares(&columns, State::Running, 20.0, 8.0);
        assert_eq!(running, "M10 20V16h4v2h4V20zM50 20V12h4V20z");
        let waiting = shares(&columns, State::Waiting, 20.0, 8.0);
        assert_eq!(waiting, "M10 20V12h4h4V20zM50 20V20h4V20z");
        assert_eq!(shares(&columns, State::Blocked, 20.0, 8.0), "");
    }
}
