//! `:time`

use std::time::Duration;

use messages::{Language as Tongue, format, text};
use serde_json::Value;

use super::{Definition, failure};
use crate::evaluate::{Session, Times};
use crate::language::{CellOutcome, MimeBundle};

pub(super) const DEFINITION: Definition = Definition {
    name: ":time",
    arguments: "[EXPRESSION]",
    summary: "command-time",
    run,
};

/// Runs an expression and shows how long it took; without one, does so for the rest of the cell.
fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    session.timed = true;
    if !argument.is_empty() {
        session.evaluate_and_show(cell, argument)?;
    }
    Ok(Vec::new())
}

/// `:time` stood over nothing.
pub(crate) fn nothing_to_time(tongue: Tongue) -> CellOutcome {
    failure("Usage", text(tongue, "command-time-usage"))
}

/// The two times of a cell.
pub(crate) fn shown(tongue: Tongue, times: Times) -> MimeBundle {
    let said = format(
        tongue,
        "time-taken",
        &[
            ("compiling", readable(times.compiling).into()),
            ("running", readable(times.running).into()),
        ],
    );
    MimeBundle::plain(said)
}

/// A duration with its unit: three digits are enough to compare.
fn readable(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    match seconds {
        ..0.001 => format!("{:.0} µs", seconds * 1e6),
        ..0.01 => format!("{:.2} ms", seconds * 1e3),
        ..1.0 => format!("{:.0} ms", seconds * 1e3),
        ..100.0 => format!("{seconds:.2} s"),
        _ => format!("{seconds:.0} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_the_unit_that_suits_it() {
        for (microseconds, text) in [
            (12, "12 µs"),
            (1_234, "1.23 ms"),
            (112_300, "112 ms"),
            (1_500_000, "1.50 s"),
            (200_000_000, "200 s"),
        ] {
            assert_eq!(readable(Duration::from_micros(microseconds)), text);
        }
    }
}
