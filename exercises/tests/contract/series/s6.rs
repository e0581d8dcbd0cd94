//! Series 6, as anybody outside may rely on it.

use recorder::document::Document;

use super::{Count, Expected, Shape, result, word};

/// The words of its lines, and the fields its result always has.
pub fn vocabulary(id: &str) -> Option<Expected> {
    const THREADS: &[&str] = &["thread #"];
    const MAIN: &[&str] = &["main"];
    const COUNTER: &[&str] = &["counter"];
    const COUNTER_AND_MAIN: &[&str] = &["counter", "main"];
    const WAITER: &[&str] = &["waiter"];
    const WAITERS: &[&str] = &["waiter #"];
    const NAMED: Shape = Shape::Fields(&["name"]);
    const NAMED_VALUE: Shape = Shape::Fields(&["name", "value"]);
    Some(match id {
        "s6e1" => (
            vec![
                word("tick", THREADS, Shape::Count),
                word("current", MAIN, Shape::Count),
                word("active", MAIN, Shape::Count),
                word("list", MAIN, Shape::Text),
                word("alive", MAIN, Shape::Fields(&["thread", "alive"])),
                word("identity", MAIN, Shape::Fields(&["thread", "id"])),
                word("name", MAIN, NAMED),
                word("renamed", MAIN, NAMED),
                word("status", MAIN, Shape::Status),
            ],
            &["looks"],
        ),
        "s6e2" => (
            vec![
                word("round", THREADS, Shape::Count),
                word("finish", MAIN, Shape::Null),
            ],
            &[],
        ),
        "s6e3" => (
            vec![
                word("round", THREADS, Shape::Count),
                word("refused", MAIN, Shape::Null),
                word("finish", MAIN, Shape::Null),
                word("over", MAIN, Shape::Null),
            ],
            &["rounds"],
        ),
        "s6e4" => (
            vec![
                word("count", THREADS, Shape::Count),
                word("total", MAIN, Shape::Count),
            ],
            &["total", "lost"],
        ),
        "s6e5" => (
            vec![
                word("locking", THREADS, Shape::Null),
                word("locked", THREADS, Shape::Null),
                word("again", THREADS, Shape::Null),
                word("blocked", THREADS, Shape::Null),
                word("released", THREADS, Shape::Null),
                word("refused", THREADS, Shape::Null),
                word("held", MAIN, Shape::Fields(&["locked"])),
            ],
            &[],
        ),
        "s6e6" => (
            vec![
                word("main", MAIN, Shape::Count),
                word("test", &["timer"], Shape::Count),
                word("cancel", MAIN, Shape::Fields(&["in_time"])),
                word("finish", MAIN, Shape::Null),
            ],
            &["fired", "tests"],
        ),
        "s6e7" => (
            vec![
                word("set", THREADS, NAMED_VALUE),
                word("read", THREADS, NAMED_VALUE),
                word("missing", THREADS, Shape::Text),
            ],
            &[],
        ),
        "s6e8" => {
            const ALL: &[&str] = &["thread #", "main"];
            (
                vec![
                    word("set", ALL, Shape::Text),
                    word("read", ALL, Shape::Text),
                    word("missing", MAIN, Shape::Null),
                ],
                &[],
            )
        }
        "s6e9" => (
            vec![
                word("enter", THREADS, Shape::Null),
                word("leave", THREADS, Shape::Null),
                word("refused", MAIN, Shape::Count),
            ],
            &["max_inside", "permits_left"],
        ),
        "s6e10" => (
            vec![
                word("arrive", THREADS, Shape::Null),
                word("pass", THREADS, Shape::Null),
                word("timed_out", THREADS, Shape::Null),
                word("broken", THREADS, Shape::Null),
                word("reset", MAIN, Shape::Null),
            ],
            &["durations_ms", "leaders", "broken"],
        ),
        "s6e11" => (
            vec![
                word("wait", THREADS, Shape::Null),
                word("blocked", THREADS, Shape::Null),
                word("active", MAIN, Shape::Count),
                word("list", MAIN, Shape::Text),
                word("state", MAIN, Shape::Fields(&["set"])),
                word("pass", THREADS, Shape::Count),
                word("prepare", THREADS, Shape::Null),
                word("started", MAIN, Shape::Count),
                word("sent", THREADS, Shape::Null),
            ],
            &[],
        ),
        "s6e12" => (
            vec![
                word("count", COUNTER, Shape::Count),
                word("notify", COUNTER_AND_MAIN, Shape::Count),
                word("event", WAITER, Shape::Count),
                word("set", COUNTER_AND_MAIN, Shape::Null),
                word("lost", WAITER, Shape::Null),
                word("passed", WAITER, Shape::Null),
                word("notify_all", MAIN, Shape::Null),
                word("woken", WAITERS, Shape::Null),
            ],
            &["events"],
        ),
        _ => return None,
    })
}

/// How many lines it prints with a count of n: at least, at most.
pub fn lines(document: &Document, n: usize) -> Option<(usize, usize)> {
    let exactly = |count: usize| (count, count);
    let tens = n.div_ceil(10);
    Some(match (document.exercise.as_str(), document.scenario) {
        ("s6e1", 1) => exactly(5 + n + 6 * tens),
        ("s6e1", 2) => exactly(3 + 6 + 9 + n + 10 * tens),
        ("s6e1", 3) => exactly(3 + n + 6 * tens),
        ("s6e2", _) => exactly(n * n.saturating_sub(1) / 2 + 1),
        ("s6e3", 1) => exactly(n + 2),
        ("s6e3", 2) => (2, n + 2),
        ("s6e3", 3) => (3, n + 3),
        ("s6e4", _) => exactly(n * document.params["n_rounds"] as usize + 1),
        ("s6e5", 1) => exactly(5),
        ("s6e5", 2) => exactly(6),
        ("s6e5", 3) => exactly(8),
        ("s6e6", 1) => exactly(10 + 5 + 1),
        ("s6e6", 2) => exactly(3 + 1 + 1 + result(document, "tests")),
        ("s6e6", 3) => (7, 7 + 100),
        ("s6e7", 1 | 3) => exactly(4),
        ("s6e7", 2) => exactly(6),
        ("s6e8", 1) => exactly(4),
        ("s6e8", 2) => exactly(5),
        ("s6e8", 3) => exactly(7),
        ("s6e9", 1 | 2) => exactly(2 * n + 1),
        ("s6e9", 3) => exactly(4 * n + 1),
        ("s6e10", 1 | 2) => exactly(2 * n),
        ("s6e10", 3) => exactly(2 * n.saturating_sub(1) + 1),
        ("s6e11", 1) => exactly(2 * n + 3),
        ("s6e11", 2) => exactly(3 * n + 2),
        ("s6e11", 3) => exactly(3 * n),
        ("s6e12", 1) => exactly(n + tens),
        ("s6e12", 2) => (n, n + 50),
        ("s6e12", 3) => exactly(5 + tens),
        _ => return None,
    })
}

/// Its count.
pub fn count(id: &str) -> Option<Count> {
    let up_to = |name, max, default| Count {
        name,
        min: 0,
        max,
        default,
    };
    Some(match id {
        "s6e1" => up_to("n_rounds", 100, 100),
        "s6e2" => up_to("n_threads", 16, 4),
        "s6e3" => up_to("n_rounds", 64, 5),
        "s6e4" => up_to("n_threads", 64, 5),
        "s6e6" => Count::of("interval"),
        "s6e9" => Count::of("n_threads"),
        "s6e10" => up_to("n_parties", 64, 5),
        "s6e11" => Count::of("n_handlers"),
        "s6e12" => up_to("n_counts", 100, 100),
        _ => return None,
    })
}
