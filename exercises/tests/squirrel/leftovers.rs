//! No program, process, socket or file stays behind, however a run ends.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use exercises::catalogue;
use exercises::lesson::Scene;
use exercises::run::{Request, run};
use recorder::document::Status;

use crate::alone::alone;
use crate::tasks::NoPrograms;
use crate::versions::played;

/// Programs that a run of ours has started carry this in their environment.
const MARK: &str = "SQUIRREL_TEST_RUN";

fn marked(mark: &str) -> Vec<String> {
    let wanted = format!("{MARK}={mark}");
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        // What has ended, or belongs to somebody else, cannot be read and is not ours.
        let Ok(environment) = fs::read(entry.path().join("environ")) else {
            continue;
        };
        let has = environment
            .split(|byte| *byte == 0)
            .any(|variable| variable == wanted.as_bytes());
        if has {
            let name = fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
            found.push(format!("{} {}", entry.file_name().display(), name.trim()));
        }
    }
    found
}

/// Our children, and theirs.
fn children() -> Vec<String> {
    let own = format!("/proc/self/task/{}/children", std::process::id());
    let listed = fs::read_to_string(own).unwrap_or_default();
    listed.split_whitespace().map(str::to_owned).collect()
}

fn folders() -> Vec<PathBuf> {
    fs::read_dir(std::env::temp_dir())
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&format!("weft-run-{}-", std::process::id()))
        })
        .collect()
}

#[track_caller]
fn soon(what: &str, is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_run_that_ends_takes_everything_along() {
    let _alone = alone();
    // SAFETY: the tests that read or write the environment run one at a time (`alone`).
    unsafe { std::env::set_var(MARK, "whole") };
    for (id, scene) in [
        ("s3e3", Scene::Third),
        ("s3e4", Scene::Third),
        ("s3e5", Scene::Third),
        ("s3e6", Scene::Third),
        ("s3e7", Scene::Third),
        ("s3e8", Scene::Third),
        ("s3e9", Scene::First),
        ("s3e9", Scene::Second),
        ("s3e9", Scene::Third),
    ] {
        let document = played(id, scene, |_| {});
        assert_eq!(document.status, Status::Ok, "{id}: {:?}", document.error);
        assert_eq!(children(), Vec::<String>::new(), "{id}");
        soon(&format!("{id}: {:?}", marked("whole")), || {
            marked("whole").is_empty()
        });
    }
    // SAFETY: as above.
    unsafe { std::env::remove_var(MARK) };
}

#[test]
fn a_run_that_is_cut_short_takes_its_redis_and_its_processes_along() {
    let _alone = alone();
    // SAFETY: as above.
    unsafe { std::env::set_var(MARK, "cut") };
    for limit in [30, 100, 300, 1000] {
        let document = played("s3e9", Scene::Second, |request| {
            // The lesson alone would wait for longer than that.
            request.time_scale = Some(20.0);
            request.limit = Duration::from_millis(limit);
        });
        assert_eq!(document.status, Status::TimedOut, "{:?}", document.error);
        soon(&format!("after {limit} ms: {:?}", marked("cut")), || {
            marked("cut").is_empty()
        });
    }
    // SAFETY: as above.
    unsafe { std::env::remove_var(MARK) };
}

#[test]
fn a_run_with_a_file_leaves_none_even_when_it_is_cut_short() {
    let _alone = alone();
    let _hidden = NoPrograms::begin();
    let before = folders();
    let seen = RefCell::new(false);
    for (time_scale, limit_s) in [(0.0, 60), (20.0, 2)] {
        let lesson = catalogue::find("s3e9").expect("s3e9");
        let mut request = Request::new(lesson, Scene::Second);
        request.time_scale = Some(time_scale);
        request.limit = Duration::from_secs(limit_s);
        // While it runs there is a folder, or this test would find nothing to be removed.
        let document = run(request, &mut |line| {
            if line.what == "queued" {
                *seen.borrow_mut() |= folders().len() > before.len();
            }
        })
        .expect("s3e9");
        let ended = match limit_s {
            60 => Status::Ok,
            _ => Status::TimedOut,
        };
        assert_eq!(document.status, ended, "{:?}", document.error);
        assert_eq!(folders(), before);
    }
    assert!(seen.take(), "no folder was there at any time");
}
