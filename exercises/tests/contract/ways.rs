//! What is special in the exercises about waiting together: their switches, and what they show.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use exercises::catalogue;
use exercises::lesson::Scene;
use recorder::document::Document;
use serde_json::Value;

use crate::alone::alone;
use crate::played::{kept, request};

fn played(id: &str, scene: Scene, seed: u64, params: &[(&str, i64)]) -> Document {
    let mut request = request(catalogue::find(id).expect(id), scene, seed);
    for (name, value) in params {
        request.params.insert((*name).to_owned(), *value);
    }
    kept(request)
}

fn events(document: &Document, kind: &str) -> usize {
    let events = document.events.iter();
    events.filter(|event| event.kind.word() == kind).count()
}

#[test]
fn the_interpreter_lock_breaks_no_promise_and_each_process_has_its_own() {
    let _alone = alone();
    for id in ["s3e1", "s3e2"] {
        for scene in Scene::ALL {
            let mut params = vec![("gil", 1), ("workers", 3)];
            if id == "s3e2" {
                params.push(("limit", 200_000));
            }
            let with = played(id, scene, 1, &params);
            params[0].1 = 0;
            let without = played(id, scene, 1, &params);
            assert!(
                events(&with, "acquire") > events(&without, "acquire"),
                "{id}"
            );
            if scene == Scene::Third {
                assert_eq!(
                    with.result["handovers"], 0,
                    "nobody waits for another process"
                );
            }
        }
    }
}

/// Does it while eight threads for each core have something else to do.
fn beside_others<T>(it: impl FnOnce() -> T) -> T {
    struct End<'a>(&'a AtomicBool);
    impl Drop for End<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let over = AtomicBool::new(false);
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 0..8 * cores {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        // Also where it panics.
        let _end = End(&over);
        it()
    })
}

#[test]
fn under_the_interpreter_lock_threads_that_count_hand_it_over() {
    let _alone = alone();
    // Nobody asks for the lock before a switch interval (5 ms) is over, and a fast machine that does nothing else is
    // done by then. One that has much else to do is not, whatever the machine.
    let params = [("gil", 1), ("workers", 24), ("limit", 20_000_000)];
    let document = beside_others(|| played("s3e2", Scene::Second, 1, &params));
    let handovers = document.result["handovers"].as_u64().expect("a number");
    assert!(handovers > 0, "{:?}", document.result);
    let params = [("gil", 0), ("workers", 2), ("limit", 20_000_000)];
    let document = played("s3e2", Scene::Second, 1, &params);
    assert_eq!(document.result["handovers"], 0);
}

#[test]
fn a_pool_of_processes_gives_the_same_roots() {
    let _alone = alone();
    for scene in Scene::ALL {
        let roots = |processes| {
            let params = [("processes", processes), ("n_values", 7)];
            let document = played("s4e10", scene, 1, &params);
            let workers = document.lanes.iter().skip(1);
            let kind = if processes == 1 { "process" } else { "thread" };
            for lane in workers {
                assert_eq!(serde_json::to_value(lane.kind).expect("a word"), kind);
            }
            document.result["roots"].clone()
        };
        assert_eq!(roots(0), roots(1));
        assert_eq!(roots(0)[3], 2.0);
    }
}

#[test]
fn dryers_nobody_tells_still_wait_when_all_is_dry() {
    let _alone = alone();
    let document = played("s4e9", Scene::First, 1, &[("dryers", 5), ("dishes", 6)]);
    let blocked = document.lines.iter().find(|line| line.what == "blocked");
    assert_eq!(blocked.expect("a line").value, 5);
    let dishes: Vec<Value> = document.result["dishes"]
        .as_array()
        .expect("a list")
        .clone();
    assert_eq!(dishes[0], "salad");
    assert_eq!(dishes[5], "bread 2");
}

#[test]
fn one_job_in_the_middle_fails_and_the_others_do_not() {
    let _alone = alone();
    for (n, failing) in [(1, "job 1"), (5, "job 3"), (6, "job 3")] {
        let document = played("s4e11", Scene::Third, 1, &[("n_values", n)]);
        let failed: Vec<&str> = document
            .lines
            .iter()
            .filter(|line| line.what == "failed")
            .map(|line| line.who.as_str())
            .collect();
        assert_eq!(failed, [failing]);
    }
}

#[test]
fn the_watchdog_reports_every_lookup_that_blocks_from_a_thread_of_its_own() {
    let _alone = alone();
    let document = played("s4e12", Scene::Third, 1, &[("n_hosts", 4)]);
    let lane = |what: &str| {
        let line = document.lines.iter().find(|line| line.what == what);
        line.expect(what).lane
    };
    assert_ne!(lane("stalled"), lane("ask"));
    let watchdog = document
        .lanes
        .iter()
        .find(|one| one.lane == lane("stalled"));
    assert_eq!(watchdog.expect("a lane").name, "watchdog");
    for stalled in document.lines.iter().filter(|line| line.what == "stalled") {
        // A twentieth of 50 ms.
        assert!(stalled.value.as_u64() >= Some(2), "{stalled:?}");
    }
}

#[test]
fn dialogues_on_one_thread_pass_together() {
    let _alone = alone();
    let params = [("n_clients", 20)];
    let one_by_one = played("s4e13", Scene::Second, 1, &params);
    let together = played("s4e13", Scene::Third, 1, &params);
    let first_echo = |document: &Document| {
        let lines = document.lines.iter();
        lines.take_while(|line| line.what != "echo").count()
    };
    assert_eq!(first_echo(&one_by_one), 3);
    // Twenty dialogues of 10 ms, one after the other, against all of them at once.
    assert!(one_by_one.elapsed_ms >= 200.0);
    assert!(
        first_echo(&together) > 3,
        "no dialogue ever began before another was over"
    );
}

#[test]
fn the_small_queue_is_never_deeper_than_its_room() {
    let _alone = alone();
    let mut deepest = 0;
    for seed in 0..5 {
        let mut request = request(catalogue::find("s4e15").expect("s4e15"), Scene::Third, seed);
        request.params.insert("load".to_owned(), 30);
        request.shake_ms = 2;
        let document = kept(request);
        let result = |field: &str| document.result[field].as_u64().expect("a number");
        deepest = deepest.max(result("deepest"));
        assert_eq!(result("accepted") + result("refused"), 30);
        assert!(result("accepted") >= 15, "the patient sender loses nothing");
    }
    assert_eq!(deepest, 3, "it was never full");
}
