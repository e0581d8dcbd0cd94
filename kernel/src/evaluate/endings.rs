//! The ways a cell can fail, and their names.

use messages::{Language as Tongue, format, text};
use nix::sys::signal::Signal;
use serde_json::Value;

use crate::language::CellOutcome;

/// A panic ended the cell.
pub(super) fn panicked(tongue: Tongue, report: &Value) -> CellOutcome {
    let message = report["message"].as_str().unwrap_or_default();
    let place = match report["line"].as_u64() {
        Some(line @ 1..) => format(
            tongue,
            "cell-panic-at",
            &[
                ("line", line.into()),
                ("column", report["column"].as_u64().unwrap_or(0).into()),
            ],
        ),
        _ => text(tongue, "cell-panic"),
    };
    CellOutcome::Error {
        ename: "panic".to_owned(),
        evalue: message.to_owned(),
        traceback: vec![format!("\u{1b}[31m{place}\u{1b}[0m"), message.to_owned()],
    }
}

/// The `?` operator ended the cell.
pub(super) fn returned_early(tongue: Tongue) -> CellOutcome {
    error("Error", text(tongue, "cell-returned-error"))
}

/// The user interrupted the cell.
pub(super) fn interrupted(tongue: Tongue, variables_lost: bool) -> CellOutcome {
    let id = if variables_lost {
        "cell-interrupted-lost"
    } else {
        "cell-interrupted"
    };
    error("Interrupted", text(tongue, id))
}

/// The worker died.
pub(super) fn died(tongue: Tongue, report: Option<&Value>) -> CellOutcome {
    let cause = cause(report);
    let explanation = format(
        tongue,
        "cell-worker-died",
        &[("cause", cause.clone().into())],
    );
    error(&cause, explanation)
}

/// The worker's end by name: signals as signal(7) describes them, exit codes as `Exited(3)`.
fn cause(report: Option<&Value>) -> String {
    let signal = report
        .and_then(|report| report["signal"].as_i64())
        .and_then(|number| Signal::try_from(number as i32).ok());
    match (signal, report.and_then(|report| report["code"].as_i64())) {
        (Some(Signal::SIGABRT), _) => "Aborted".to_owned(),
        (Some(Signal::SIGSEGV), _) => "Segmentation fault".to_owned(),
        (Some(Signal::SIGBUS), _) => "Bus error".to_owned(),
        (Some(Signal::SIGILL), _) => "Illegal instruction".to_owned(),
        (Some(Signal::SIGFPE), _) => "Arithmetic exception".to_owned(),
        (Some(Signal::SIGKILL), _) => "Killed".to_owned(),
        (Some(signal), _) => format!("Signal({signal})"),
        (None, Some(code)) => format!("Exited({code})"),
        (None, None) => "Lost".to_owned(),
    }
}

/// A failure in one sentence.
pub(super) fn error(name: &str, sentence: String) -> CellOutcome {
    CellOutcome::Error {
        ename: name.to_owned(),
        traceback: vec![format!("\u{1b}[31m{name}\u{1b}[0m: {sentence}")],
        evalue: sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn deaths_have_names() {
        assert_eq!(cause(Some(&json!({"signal": 6}))), "Aborted");
        assert_eq!(cause(Some(&json!({"signal": 11}))), "Segmentation fault");
        assert_eq!(cause(Some(&json!({"code": 3}))), "Exited(3)");
        assert_eq!(cause(None), "Lost");
    }
}
