//! Series 4, as anybody outside may rely on it.

use recorder::document::Document;

use super::{Count, Expected, Shape, word};

/// The words of its lines, and the fields its result always has.
pub fn vocabulary(id: &str) -> Option<Expected> {
    const MAIN: &[&str] = &["main"];
    Some(match id {
        "s4e8" => {
            const IDENTITY: Shape = Shape::Fields(&["id", "tid", "ident"]);
            (
                vec![
                    word("whoami", &["main", "thread #"], IDENTITY),
                    word("again", &["thread #"], IDENTITY),
                ],
                &["used_again"],
            )
        }
        "s4e9" => (
            vec![
                word("wash", &["washer"], Shape::Text),
                word("dry", &["dryer #"], Shape::Text),
                word("blocked", &["main"], Shape::Count),
                word("leave", &["dryer #"], Shape::Null),
            ],
            &[],
        ),
        "s4e10" => (
            vec![
                word("begin", &["job #"], Shape::Null),
                word("end", &["job #"], Shape::Null),
                word("root", &["job #"], Shape::Time),
            ],
            &[],
        ),
        "s4e11" => (
            vec![
                word("begin", &["job #"], Shape::Null),
                word("root", &["job #"], Shape::Time),
                word("failed", &["job #"], Shape::Null),
            ],
            &["due_ms"],
        ),
        "s4e12" => (
            vec![
                word("ask", &["host #"], Shape::Null),
                word("stalled", &["host #"], Shape::Count),
                word("found", &["host #"], Shape::Text),
                word("missing", &["host #"], Shape::Null),
            ],
            &["found"],
        ),
        "s4e13" => (
            ["knock", "ask", "name", "echo", "gone", "blocked"]
                .map(|what| word(what, &["dialogue #"], Shape::Null))
                .into(),
            &["served"],
        ),
        "s4e14" => (
            vec![
                word("say", &["say #"], Shape::Fields(&["text", "ms"])),
                word("elapsed", &["main"], Shape::Time),
            ],
            &["elapsed_ms"],
        ),
        "s4e15" => (
            vec![
                word("fire", &["sender"], Shape::Count),
                word("handle", &["worker #"], Shape::Count),
                word("ask", &["client #"], Shape::Count),
                word("reply", &["client #"], Shape::Count),
                word("accept", &["patient", "hasty"], Shape::Count),
                word("refuse", &["hasty"], Shape::Count),
            ],
            &["accepted", "refused", "handled", "deepest"],
        ),
        "s4e1" => (
            vec![
                word("command", MAIN, Shape::Text),
                word("output", MAIN, Shape::Text),
                word("counts", MAIN, Shape::Fields(&["lines", "words", "bytes"])),
            ],
            &["exit_codes"],
        ),
        "s4e2" => (
            vec![
                word("command", MAIN, Shape::Text),
                word("bytes", MAIN, Shape::Fields(&["count", "last"])),
                word("answer", MAIN, Shape::Fields(&["code", "text"])),
                word("screen", MAIN, Shape::Text),
                word("code", MAIN, Shape::Whole),
            ],
            &["exit_code"],
        ),
        "s4e3" => (
            vec![
                word(
                    "run",
                    MAIN,
                    Shape::Fields(&["by", "command", "code", "output"]),
                ),
                word("missing", MAIN, Shape::Text),
            ],
            &["exit_codes"],
        ),
        "s4e4" => (
            vec![
                word("whoami", &["main", "child #"], Shape::Process),
                word("done", MAIN, Shape::Null),
            ],
            &[],
        ),
        "s4e5" => (
            vec![
                word("start", &["main", "loopy"], Shape::Pid),
                word("honk", &["loopy"], Shape::Count),
                word("terminate", MAIN, Shape::Null),
                word("alive", MAIN, Shape::Fields(&["alive"])),
                word("kill", MAIN, Shape::Null),
                word("ended", MAIN, Shape::Whole),
                word("over", MAIN, Shape::Null),
            ],
            &["exit_code"],
        ),
        "s4e6" => (
            vec![
                word("call", MAIN, Shape::Text),
                word("missing", &["mytime"], Shape::Text),
                word("time", &["mytime"], Shape::Text),
                word("ended", MAIN, Shape::Whole),
                word("list", MAIN, Shape::Text),
                word("unknown", MAIN, Shape::Fields(&["name", "near"])),
            ],
            &["commands"],
        ),
        "s4e7" => (
            vec![
                word("wash", &["washer"], Shape::Fields(&["number", "dish"])),
                word("dry", &["dryer #"], Shape::Fields(&["number", "dish"])),
                word("done", MAIN, Shape::Count),
                word("blocked", MAIN, Shape::Count),
            ],
            &["reports"],
        ),
        _ => return None,
    })
}

/// How many lines it prints with a count of n: at least, at most.
pub fn lines(document: &Document, n: usize) -> Option<(usize, usize)> {
    let exactly = |count: usize| (count, count);
    Some(match (document.exercise.as_str(), document.scenario) {
        ("s4e8", 1 | 2) => exactly(n + 1),
        ("s4e8", 3) => exactly(2 * n + 1),
        ("s4e9", scenario) => {
            let dryers = document.params["dryers"] as usize;
            exactly(match scenario {
                1 => 2 * n + 1 + dryers,
                2 => 2 * n + dryers,
                _ => 2 * n + 1,
            })
        }
        ("s4e10", _) => exactly(3 * n),
        ("s4e11", _) => exactly(2 * n),
        ("s4e12", 3) => exactly(3 * n),
        ("s4e12", _) => exactly(2 * n),
        ("s4e13", 1) => exactly(2 * n),
        ("s4e13", _) => exactly(5 * n),
        ("s4e14", _) => exactly(5),
        ("s4e15", 1) => exactly(2 * n),
        ("s4e15", 2) => exactly(3 * n),
        ("s4e15", _) => (n, 2 * n),
        ("s4e1" | "s4e2", _) => exactly(if document.exercise == "s4e2" && document.scenario == 3 {
            3
        } else {
            2
        }),
        ("s4e3", 3) => exactly(5),
        ("s4e3", _) => exactly(1),
        ("s4e4", 3) => exactly(n + 2),
        ("s4e4", _) => exactly(n + 1),
        // How often it honks is luck, but a hundred times at most.
        ("s4e5", 1) => (5, 105),
        ("s4e5", 2) => (4, 104),
        ("s4e5", _) => (6, 106),
        ("s4e6", 3) => exactly(4),
        ("s4e6", _) => exactly(3),
        ("s4e7", _) => exactly(2 * n + 1),
        _ => return None,
    })
}

/// Its count.
pub fn count(id: &str) -> Option<Count> {
    let count = |name, max, default| Count {
        name,
        min: 0,
        max,
        default,
    };
    Some(match id {
        "s4e8" => Count {
            name: "n_threads",
            min: 0,
            max: 64,
            default: 4,
        },
        "s4e9" => count("dishes", 50, 4),
        "s4e10" | "s4e11" => count("n_values", 50, 5),
        "s4e12" => count("n_hosts", 64, 3),
        "s4e13" => count("n_clients", 64, 20),
        "s4e14" => count("seconds", 10, 2),
        "s4e15" => count("load", 64, 10),
        "s4e4" => Count {
            default: 4,
            ..Count::of("n_process")
        },
        "s4e5" => Count {
            max: 20,
            default: 5,
            ..Count::of("seconds")
        },
        "s4e7" => Count {
            default: 4,
            ..Count::of("dishes")
        },
        _ => return None,
    })
}
