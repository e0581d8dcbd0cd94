//! The ways a cell can fail, and their names.

use messages::{Language as Tongue, format, text};
use nix::sys::signal::Signal;
use serde_json::Value;

use crate::language::CellOutcome;

/// A panic ended the cell.
/// `file`: where its source comes from, if not from the cell itself.
pub(super) fn panicked(tongue: Tongue, report: &Value, file: Option<&str>) -> CellOutcome {
    let message = report["message"].as_str().unwrap_or_default();
    let place = match (report["line"].as_u64(), file) {
        (Some(line @ 1..), file) => {
            let column = report["column"].as_u64().unwrap_or(0);
            let mut arguments = vec![("line", line.into()), ("column", column.into())];
            let id = match file {
                Some(file) => {
                    arguments.push(("file", file.into()));
                    "file-panic-at"
                }
                None => "cell-panic-at",
            };
            format(tongue, id, &arguments)
        }
        (_, Some(file)) => format(tongue, "file-panic", &[("file", file.into())]),
        (_, None) => text(tongue, "cell-panic"),
    };
    CellOutcome::Error {
        ename: "panic".to_owned(),
        evalue: message.to_owned(),
        traceback: vec![format!("\u{1b}[31m{place}\u{1b}[0m"), message.to_owned()],
    }
}

/// The `?` operator ended the cell with this error.
pub(super) fn returned_early(tongue: Tongue, said: &str) -> CellOutcome {
    let note = text(tongue, "cell-returned-error");
    CellOutcome::Error {
        ename: "Error".to_owned(),
        evalue: said.to_owned(),
        traceback: vec![format!("\u{1b}[31mError\u{1b}[0m: {said}"), note],
    }
}

/// How a program ended, by name.
pub(crate) fn cause_of(status: std::process::ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt as _;
    let ended = Ended {
        signal: status.signal(),
        code: status.code(),
        ..Ended::default()
    };
    ended.cause()
}

/// The user interrupted the cell. `ended`: how its worker died, if it had come so far.
pub(super) fn interrupted(tongue: Tongue, ended: Option<&Ended>) -> CellOutcome {
    let said = match ended {
        Some(ended) if !ended.kept => text(tongue, "cell-interrupted-lost"),
        Some(ended) => with_lost_threads(tongue, text(tongue, "cell-interrupted"), ended),
        None => text(tongue, "cell-interrupted"),
    };
    error("Interrupted", said)
}

/// The interrupt came when the cell had ended, but cost threads of earlier cells.
pub(super) fn interrupted_late(tongue: Tongue, ended: &Ended) -> Option<String> {
    let has_lost = !ended.threads.is_empty();
    has_lost.then(|| with_lost_threads(tongue, text(tongue, "cell-interrupted-late"), ended))
}

/// The worker died while it ran the cell. `None`: nobody was left to say how.
pub(super) fn died(tongue: Tongue, ended: Option<&Ended>) -> CellOutcome {
    let lost = Ended::default();
    let ended = ended.unwrap_or(&lost);
    let cause = ended.cause();
    let id = if ended.kept {
        "cell-died-kept"
    } else {
        "cell-worker-died"
    };
    let said = format(tongue, id, &[("cause", cause.clone().into())]);
    error(&cause, with_lost_threads(tongue, said, ended))
}

/// The worker died between two cells, and its copy took over: nothing for an error, but to be known.
pub(super) fn died_between(tongue: Tongue, ended: &Ended) -> String {
    let said = format(
        tongue,
        "cell-died-between",
        &[("cause", ended.cause().into())],
    );
    with_lost_threads(tongue, said, ended)
}

fn with_lost_threads(tongue: Tongue, said: String, ended: &Ended) -> String {
    let unnamed = ended.threads.iter().filter(|name| name.is_empty()).count();
    let mut names: Vec<String> = ended.threads.clone();
    names.retain(|name| !name.is_empty());
    if unnamed > 0 {
        names.push(format(
            tongue,
            "cell-lost-unnamed",
            &[("count", unnamed.into())],
        ));
    }
    if names.is_empty() {
        return said;
    }
    let names = names.join(", ");
    let lost = format(tongue, "cell-lost-threads", &[("names", names.into())]);
    format!("{said} {lost}")
}

/// How a worker died: what the supervisor reports.
#[derive(Debug, Default, Clone, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Ended {
    signal: Option<i32>,
    code: Option<i32>,
    /// Whether it could get no more memory.
    out_of_memory: bool,
    /// Whether it was running a cell.
    pub(crate) running: bool,
    /// Whether a copy of it took over, with all variables.
    pub(crate) kept: bool,
    /// The threads that are lost; empty = without a name.
    threads: Vec<String>,
}

impl Ended {
    /// Its end by name: signals as signal(7) describes them, exit codes as `Exited(3)`.
    fn cause(&self) -> String {
        let signal = self.signal.and_then(|number| Signal::try_from(number).ok());
        match (signal, self.code) {
            (Some(Signal::SIGABRT), _) if self.out_of_memory => "OutOfMemory".to_owned(),
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
        let cause = |report| {
            serde_json::from_value::<Ended>(report)
                .expect("a report")
                .cause()
        };
        assert_eq!(cause(json!({"signal": 6})), "Aborted");
        assert_eq!(
            cause(json!({"signal": 6, "out_of_memory": true})),
            "OutOfMemory"
        );
        assert_eq!(cause(json!({"signal": 11})), "Segmentation fault");
        assert_eq!(cause(json!({"code": 3})), "Exited(3)");
        assert_eq!(cause(json!({})), "Lost");
    }

    #[test]
    fn lost_threads_are_named_and_counted() {
        let ended = Ended {
            code: Some(3),
            kept: true,
            threads: vec!["ticker".to_owned(), String::new(), String::new()],
            ..Ended::default()
        };
        let CellOutcome::Error { evalue, .. } = died(Tongue::En, Some(&ended)) else {
            panic!("not an error");
        };
        assert!(evalue.ends_with("ticker, 2 without a name."), "{evalue}");
    }
}
