//! Series 5, as anybody outside may rely on it.

use recorder::document::Document;

use super::{Count, Expected, Shape, word};

/// The words of its lines, and the fields its result always has.
pub fn vocabulary(id: &str) -> Option<Expected> {
    const WORKERS: &[&str] = &["p1", "p2"];
    const CONTENT: Shape = Shape::Fields(&["content"]);
    Some(match id {
        "s5e1" => (
            vec![
                word("cube", &["cube"], Shape::Count),
                word("square", &["square"], Shape::Count),
                word("done", &["main"], Shape::Null),
            ],
            &["cube", "square"],
        ),
        "s5e2" => (
            vec![
                word("pid", &["main"], Shape::Pid),
                word("worker", WORKERS, Shape::Process),
                word("child", &["main"], Shape::Fields(&["name", "pid"])),
                word("finished", &["main"], Shape::Null),
                word(
                    "alive",
                    &["main"],
                    Shape::Fields(&["name", "when", "alive"]),
                ),
            ],
            &["main_pid", "p1_pid", "p2_pid"],
        ),
        "s5e3" => (
            vec![
                word("value", &["child", "main"], Shape::Decimal),
                word("array", &["child", "main"], Shape::Text),
                word("add", &["writer #"], Shape::Fields(&["how", "adds"])),
                word(
                    "total",
                    &["main"],
                    Shape::Fields(&["how", "total", "wanted"]),
                ),
            ],
            &[],
        ),
        "s5e4" => (
            vec![
                word("change", &["child"], Shape::Fields(&["pid", "server"])),
                word("copy", &["child"], CONTENT),
                word("assign", &["child"], CONTENT),
                word("proxy", &["child"], CONTENT),
                word("append", &["child #"], Shape::Count),
                word("dict", &["main"], CONTENT),
                word("list", &["main"], CONTENT),
            ],
            &["list"],
        ),
        "s5e5" => (
            vec![
                word("work", &["worker #"], Shape::Square),
                word("result", &["main"], Shape::Text),
            ],
            &["outputs", "workers"],
        ),
        _ => return None,
    })
}

/// How many lines it prints with a count of n: at least, at most.
pub fn lines(document: &Document, n: usize) -> Option<(usize, usize)> {
    let exactly = |count: usize| (count, count);
    Some(match (document.exercise.as_str(), document.scenario) {
        ("s5e1", _) => exactly(3),
        ("s5e2", 2) => exactly(12),
        ("s5e2", 3) => exactly(7),
        ("s5e2", _) => exactly(8),
        ("s5e3", 3) => exactly(9),
        ("s5e3", _) => exactly(4),
        ("s5e4", 1) => exactly(3),
        ("s5e4", 2) => exactly(4),
        ("s5e4", _) => exactly(2 * n + 2),
        ("s5e5", _) => exactly(n + 1),
        _ => return None,
    })
}

/// Its count.
pub fn count(id: &str) -> Option<Count> {
    Some(match id {
        "s5e1" => Count::of("num"),
        "s5e3" => Count::of("length"),
        "s5e4" => Count::of("length"),
        "s5e5" => Count {
            default: 5,
            ..Count::of("n_inputs")
        },
        _ => return None,
    })
}
