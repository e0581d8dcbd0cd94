//! Series 1, as anybody outside may rely on it.

use recorder::document::Document;

use super::{Count, Expected, Shape, result, word};

/// The words of its lines, and the fields its result always has.
pub fn vocabulary(id: &str) -> Option<Expected> {
    const RUNNERS: &[&str] = &["Reza", "Ali", "Hassan"];
    const RACERS: &[&str] = &["thread #"];
    const ABC: &[&str] = &["A", "B", "C"];
    Some(match id {
        "s1e1" => (vec![word("call", RACERS, Shape::Null)], &[]),
        "s1e2" => (
            vec![
                word("start", ABC, Shape::Null),
                word("exit", ABC, Shape::Null),
            ],
            &[],
        ),
        "s1e3" | "s1e4" => (
            vec![
                word("start", RACERS, Shape::Pid),
                word("exit", RACERS, Shape::Pid),
                word("elapsed", &["main"], Shape::Time),
            ],
            &["elapsed_ms"],
        ),
        "s1e5" => (
            vec![
                word("begin", &["adder", "remover"], Shape::Count),
                word("add", &["adder"], Shape::Count),
                word("remove", &["remover"], Shape::Count),
            ],
            &["total", "adds", "removes"],
        ),
        "s1e6" => (
            vec![
                word("wait", &["consumer #"], Shape::Null),
                word("consume", &["consumer #"], Shape::Count),
                word("produce", &["producer #"], Shape::Count),
            ],
            &["permits_left"],
        ),
        "s1e7" => (
            vec![
                word("begin", &["main"], Shape::Null),
                word("over", &["main"], Shape::Null),
                word("arrive", RUNNERS, Shape::Null),
                word("pass", RUNNERS, Shape::Null),
            ],
            &[],
        ),
        _ => return None,
    })
}

/// How many lines it prints with a count of n: at least, at most.
pub fn lines(document: &Document, n: usize) -> Option<(usize, usize)> {
    let exactly = |count: usize| (count, count);
    Some(match (document.exercise.as_str(), document.scenario) {
        ("s1e1", _) => exactly(n),
        ("s1e2", _) => exactly(6),
        ("s1e3" | "s1e4", _) => exactly(2 * n + 1),
        ("s1e5", _) => exactly(2 + result(document, "adds") + result(document, "removes")),
        ("s1e6", _) => (2 * n, 3 * n),
        ("s1e7", _) => exactly(8),
        _ => return None,
    })
}

/// Its count.
pub fn count(id: &str) -> Option<Count> {
    Some(match id {
        "s1e1" | "s1e3" | "s1e4" | "s1e6" => Count::of("n_threads"),
        _ => return None,
    })
}
