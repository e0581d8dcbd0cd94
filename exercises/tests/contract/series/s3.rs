//! Series 3, as anybody outside may rely on it.

use recorder::document::Document;

use super::{Count, Expected, Shape, Word, word};

/// The words of its lines, and the fields its result always has.
pub fn vocabulary(id: &str) -> Option<Expected> {
    const MAIN: &[&str] = &["main"];
    const THREADS: &[&str] = &["worker #"];
    const TASKS: &[&str] = &["task #"];
    Some(match id {
        "s3e1" => (
            vec![
                word(
                    "work",
                    &["worker #"],
                    Shape::Fields(&["pid", "process", "thread"]),
                ),
                word("elapsed", &["main"], Shape::Time),
            ],
            &["elapsed_ms"],
        ),
        "s3e2" => (
            vec![
                word(
                    "count",
                    &["worker #"],
                    Shape::Fields(&["pid", "process", "thread", "count"]),
                ),
                word("elapsed", &["main"], Shape::Time),
            ],
            &["elapsed_ms", "total"],
        ),
        "s3e3" => (verdicts(MAIN), &["heads", "gets", "notified"]),
        "s3e4" => (squirrel(MAIN), SUMS),
        "s3e5" => {
            let mut words = squirrel(THREADS);
            words.push(word("failed", THREADS, Shape::Fields(&["site", "address"])));
            words.push(word("blocked", MAIN, Shape::Count));
            (words, &["up", "down", "failed", "elapsed_ms"])
        }
        // In s3e7 the number is the worker's process id.
        "s3e6" | "s3e7" => (squirrel(THREADS), SUMS),
        "s3e8" => (squirrel(TASKS), SUMS),
        "s3e9" => {
            let mut words = squirrel(&["worker"]);
            words.push(word("queue", MAIN, Shape::Text));
            words.push(word("queued", MAIN, Shape::Count));
            words.push(word("waiting", MAIN, Shape::Count));
            words.push(word("unknown", MAIN, Shape::Count));
            (words, &["queue", "queued", "elapsed_ms"])
        }
        _ => return None,
    })
}

const SUMS: &[&str] = &[
    "up",
    "down",
    "sites",
    "requests",
    "most_at_once",
    "elapsed_ms",
];

/// What a check says.
fn verdicts(who: &'static [&'static str]) -> Vec<Word> {
    const UP: Shape = Shape::Fields(&["site", "address", "status"]);
    const DOWN: Shape = Shape::Fields(&["site", "address", "why"]);
    vec![
        word("up", who, UP),
        word("down", who, DOWN),
        word("notify", who, DOWN),
    ]
}

/// What every version of UptimeSquirrel says.
fn squirrel(who: &'static [&'static str]) -> Vec<Word> {
    let mut words = verdicts(who);
    words.push(word("total", &["main"], Shape::Fields(&["up", "down"])));
    words.push(word("elapsed", &["main"], Shape::Time));
    words
}

/// How many lines it prints with a count of n: at least, at most.
pub fn lines(document: &Document, n: usize) -> Option<(usize, usize)> {
    let exactly = |count: usize| (count, count);
    // Of the built-in list the fifth address of eleven is down, and its owner is notified.
    let down = (n + 6) / 11;
    Some(match (document.exercise.as_str(), document.scenario) {
        ("s3e1" | "s3e2", _) => exactly(n + 1),
        ("s3e3", 1) => exactly(2),
        ("s3e3", _) => exactly(6),
        ("s3e4", 2) => exactly(n + 2),
        ("s3e4", 3) => exactly(n + n.min(1) + 2),
        ("s3e5", 1 | 3) => exactly(n + down + 3),
        ("s3e4" | "s3e5" | "s3e6" | "s3e7" | "s3e8", _) => exactly(n + down + 2),
        ("s3e9", 2) => exactly(4),
        ("s3e9", _) => exactly(n + down + 4),
        _ => return None,
    })
}

/// Its count.
pub fn count(id: &str) -> Option<Count> {
    Some(match id {
        "s3e1" => Count {
            name: "workers",
            min: 0,
            max: 50,
            default: 4,
        },
        "s3e2" => Count {
            name: "workers",
            min: 0,
            max: 64,
            default: 4,
        },
        "s3e4" | "s3e5" | "s3e6" | "s3e7" | "s3e8" | "s3e9" => Count {
            name: "n_sites",
            min: 0,
            max: 64,
            default: 33,
        },
        _ => return None,
    })
}
