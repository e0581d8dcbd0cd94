//! Series 7, as anybody outside may rely on it.

use recorder::document::Document;

use super::{Count, Expected, Shape, word};

/// The words of its lines, and the fields its result always has.
pub fn vocabulary(id: &str) -> Option<Expected> {
    const PROCESSES: &[&str] = &["process #"];
    const CONTENT: Shape = Shape::Fields(&["content"]);
    const TUPLE: Shape = Shape::Fields(&["a", "b", "c"]);
    Some(match id {
        "s7e1" => (
            vec![
                word("start", PROCESSES, Shape::Pid),
                word("tick", PROCESSES, Shape::Count),
                word("started", &["main"], Shape::Null),
                word(
                    "status",
                    &["main"],
                    Shape::Fields(&["when", "pid", "alive"]),
                ),
                word("ended", &["main"], Shape::Null),
            ],
            &["pid", "exit_code"],
        ),
        "s7e2" => (
            vec![
                word("round", PROCESSES, Shape::Count),
                word("ended", &["main"], Shape::Null),
            ],
            &[],
        ),
        "s7e3" => (
            vec![
                word("work", &["MyProcess-#"], Shape::Pid),
                word("data", &["MyProcess-#"], Shape::Count),
            ],
            &["data", "exit_codes"],
        ),
        "s7e4" => (
            vec![
                word("locked", PROCESSES, Shape::Pid),
                word("again", PROCESSES, Shape::Pid),
                word("released", PROCESSES, Shape::Pid),
                word("blocked", PROCESSES, Shape::Null),
                word("abandoned", PROCESSES, Shape::Pid),
                word("file", PROCESSES, Shape::Pid),
            ],
            &[],
        ),
        "s7e5" => (
            vec![
                word("begin", PROCESSES, Shape::Null),
                word("write", PROCESSES, Shape::Count),
                word("array", &["main"], Shape::Text),
                word("done", &["main"], Shape::Null),
            ],
            &["array", "durations_ms"],
        ),
        "s7e6" => (
            vec![
                word("put", &["producer"], Shape::Item),
                word("get", &["main"], Shape::Item),
                word("blocked", &["main"], Shape::Null),
                word("end", &["main"], Shape::Null),
            ],
            &["taken"],
        ),
        "s7e10" => (
            vec![
                word("wait", PROCESSES, Shape::Null),
                word("blocked", PROCESSES, Shape::Null),
                word("set", &["main"], Shape::Null),
                word("clear", &["main"], Shape::Null),
                word("work", PROCESSES, Shape::Count),
                word("pass", PROCESSES, Shape::Null),
            ],
            &["is_set"],
        ),
        "s7e11" => (
            vec![
                word("count", &["counter"], Shape::Count),
                word("notify", &["counter"], Shape::Count),
                word("event", &["waiter #"], Shape::Count),
                word("over", &["counter"], Shape::Null),
            ],
            &["events"],
        ),
        "s7e12" => (
            vec![
                word("arrive", PROCESSES, Shape::Count),
                word("pass", PROCESSES, Shape::Count),
            ],
            &["durations_ms"],
        ),
        "s7e15" => (
            vec![
                word("send", &["a", "b"], Shape::Fields(&["number", "word"])),
                word("receive", &["a", "b"], Shape::Fields(&["number", "word"])),
                word("say", &["child"], Shape::Text),
                word("data", &["main"], Shape::Text),
                word("end", &["a", "b", "main"], Shape::Null),
            ],
            &["received"],
        ),
        "s7e16" => (
            vec![
                word(
                    "send",
                    &["child #"],
                    Shape::Fields(&["sender", "number", "text"]),
                ),
                word(
                    "receive",
                    &["main"],
                    Shape::Fields(&["sender", "number", "text"]),
                ),
                word("blocked", &["main"], Shape::Null),
                word("end", &["main"], Shape::Null),
            ],
            &["received"],
        ),
        "s7e17" => (
            vec![
                word("closed", &["child #"], Shape::Null),
                word("send", &["child #", "setter"], Shape::Count),
                word("receive", &["main", "getter"], Shape::Count),
                word("blocked", &["main"], Shape::Null),
                word("end", &["getter"], Shape::Null),
            ],
            &["exit_codes"],
        ),
        "s7e7" => (
            vec![
                word("value", &["worker #"], Shape::Count),
                word("tuple", &["worker #"], TUPLE),
                word("result", &["main"], CONTENT),
            ],
            &["outputs", "workers", "chunk"],
        ),
        "s7e8" => (
            vec![
                word("value", &["worker #"], Shape::Count),
                word("tuple", &["worker #"], TUPLE),
                word("continue", &["main"], Shape::Null),
                word("callback", &["pool"], Shape::Fields(&["length"])),
                word("result", &["main"], CONTENT),
            ],
            &["outputs", "workers", "chunk"],
        ),
        "s7e9" => (
            vec![
                word("work", &["worker #"], Shape::Count),
                word("callback", &["pool"], Shape::Item),
                word("error", &["pool"], Shape::Count),
            ],
            &["workers"],
        ),
        "s7e13" => (
            vec![
                word(
                    "change",
                    &["child", "child #"],
                    Shape::Fields(&["pid", "server"]),
                ),
                word("copy", &["child"], CONTENT),
                word("assign", &["child"], CONTENT),
                word("proxy", &["child"], CONTENT),
                word("dict", &["main"], CONTENT),
                word("list", &["main"], CONTENT),
            ],
            &["dict"],
        ),
        "s7e14" => (
            vec![
                word("serve", &["server"], Shape::Fields(&["pid"])),
                word("ask", &["client"], Shape::Fields(&["pid"])),
                word("connect", &["client"], Shape::Null),
                word("refuse", &["client"], Shape::Null),
                word(
                    "answer",
                    &["client"],
                    Shape::Fields(&["function", "result", "pid"]),
                ),
                word("stop", &["main"], Shape::Null),
            ],
            &["served", "server_exit_code"],
        ),
        _ => return None,
    })
}

/// How many lines it prints with a count of n: at least, at most.
pub fn lines(document: &Document, n: usize) -> Option<(usize, usize)> {
    let exactly = |count: usize| (count, count);
    Some(match (document.exercise.as_str(), document.scenario) {
        ("s7e1", 1) => exactly(13),
        ("s7e1", 2) => (4, 4 + 64),
        ("s7e1", _) => exactly(9),
        ("s7e2", _) => exactly(10),
        ("s7e3", 1) => exactly(1),
        ("s7e3", 2) => exactly(2),
        ("s7e3", _) => exactly(16),
        ("s7e4", 1) => exactly(3),
        ("s7e4", 2) => exactly(4),
        ("s7e4", _) => exactly(7),
        ("s7e5", _) => exactly(2 * n + 2),
        ("s7e6", 1) => exactly(2),
        ("s7e6", 2) => exactly(2 * n + 2),
        ("s7e6", _) => exactly(2 * n + 1),
        ("s7e10", 1) => exactly(2),
        ("s7e10", 2) => (7, 7 + 12),
        ("s7e10", _) => exactly(9),
        // The counting, one line for each number; then what was noticed of the tenth ones.
        ("s7e11", 1) => (n + 1, n + 1 + tens(n)),
        ("s7e11", 2) => exactly(n + 1 + tens(n)),
        ("s7e11", _) => exactly(n + 1 + 3 * tens(n)),
        ("s7e12", 3) => exactly(4 * n),
        ("s7e12", _) => exactly(2 * n),
        ("s7e15", _) => exactly(3),
        ("s7e16", 1) => exactly(5),
        ("s7e16", 2) => exactly(8),
        ("s7e16", _) => exactly(9),
        ("s7e17", 1) => exactly(3),
        ("s7e17", 2) => exactly(4),
        ("s7e17", _) => exactly(2 * n + 1),
        ("s7e7", 1) => exactly(5 + 1),
        ("s7e7", 2) => exactly(100 + 1),
        ("s7e7", _) => exactly(2 + 1),
        ("s7e8", 1 | 2) => exactly(100 + 3),
        ("s7e8", _) => exactly(2 + 3),
        ("s7e9", _) => exactly(2 * n),
        ("s7e13", 1) => exactly(3),
        ("s7e13", 2) => exactly(4),
        ("s7e13", _) => exactly(4 + 2),
        ("s7e14", 1 | 3) => exactly(5),
        ("s7e14", _) => exactly(6),
        _ => return None,
    })
}

/// Its count.
pub fn count(id: &str) -> Option<Count> {
    Some(match id {
        "s7e5" => Count::of("n_process"),
        "s7e6" => Count::of("n_items"),
        "s7e11" => Count {
            max: 200,
            default: 100,
            ..Count::of("count")
        },
        "s7e12" => Count {
            max: 32,
            default: 5,
            ..Count::of("parties")
        },
        "s7e17" => Count {
            default: 5,
            ..Count::of("items")
        },
        "s7e7" | "s7e8" => Count {
            default: 0,
            ..Count::of("n_workers")
        },
        "s7e9" => Count::of("n_tasks"),
        _ => return None,
    })
}

/// The multiples of ten among 1, ..., n - 1.
fn tens(n: usize) -> usize {
    n.saturating_sub(1) / 10
}
