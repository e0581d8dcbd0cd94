//! Series 2, as anybody outside may rely on it.

use recorder::document::Document;

use super::{Count, Expected, Shape, word};

/// The words of its lines, and the fields its result always has.
pub fn vocabulary(id: &str) -> Option<Expected> {
    const NAMES: &[&str] = &["myFunc", "Process-2", "insider"];
    const BOTH: &[&str] = &["background", "normal"];
    Some(match id {
        "s2e1" => (
            vec![
                word("call", &["process #"], Shape::Null),
                word("loop", &["process #"], Shape::Count),
            ],
            &[],
        ),
        "s2e2" => (
            vec![
                word("start", NAMES, Shape::Process),
                word("exit", NAMES, Shape::Process),
            ],
            &[],
        ),
        "s2e3" => (
            vec![
                word("start", BOTH, Shape::Null),
                word("number", BOTH, Shape::Count),
                word("exit", BOTH, Shape::Null),
            ],
            &["background_exit_code"],
        ),
        "s2e4" => (
            vec![
                word("status", &["main"], Shape::Status),
                word("start", &["child"], Shape::Null),
                word("number", &["child"], Shape::Count),
                word("finish", &["child"], Shape::Null),
            ],
            &["exit_code"],
        ),
        "s2e5" => (vec![word("run", &["MyClass-#"], Shape::Pid)], &[]),
        "s2e6" => (
            vec![
                word("append", &["producer"], Shape::Count),
                word("pop", &["consumer"], Shape::Count),
                word("empty", &["consumer"], Shape::Null),
            ],
            &["popped", "appended"],
        ),
        "s2e7" => (
            vec![
                word("arrive", &["p1", "p2"], Shape::Pid),
                word("pass", &["p1", "p2", "p3", "p4"], Shape::Pid),
            ],
            &[],
        ),
        "s2e8" => (
            vec![word("square", &["main", "worker #"], Shape::Square)],
            &["outputs"],
        ),
        _ => return None,
    })
}

/// How many lines it prints with a count of n: at least, at most.
pub fn lines(document: &Document, n: usize) -> Option<(usize, usize)> {
    let exactly = |count: usize| (count, count);
    Some(match (document.exercise.as_str(), document.scenario) {
        ("s2e5" | "s2e8", _) => exactly(n),
        ("s2e1", _) => exactly(n + n * n.saturating_sub(1) / 2),
        ("s2e2", 3) => exactly(6),
        ("s2e2", _) => exactly(4),
        ("s2e3", 1) => (7, 13),
        ("s2e3", _) => exactly(14),
        ("s2e4", _) => (4, 15),
        ("s2e6", 2) => (n + 1, 2 * n + 1),
        ("s2e6", _) => exactly(2 * n + 1),
        ("s2e7", _) => exactly(6),
        _ => return None,
    })
}

/// Its count.
pub fn count(id: &str) -> Option<Count> {
    Some(match id {
        "s2e1" | "s2e5" => Count::of("n_process"),
        "s2e6" => Count::of("n_products"),
        "s2e8" => Count::of("n_inputs"),
        _ => return None,
    })
}
