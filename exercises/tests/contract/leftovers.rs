//! A run leaves nothing behind: no process, thread or descriptor in the program that started it, no shared memory, no
//! file, and no program that still runs somewhere.

use std::collections::BTreeSet;
use std::path::Path;

use crate::alone::alone;
use crate::played::{kept, scenarios, sized};

/// What a run could leave, as it can be seen from outside.
#[derive(Debug, PartialEq, Eq)]
struct Surroundings {
    children: BTreeSet<String>,
    threads: usize,
    descriptors: usize,
    shared_memory: BTreeSet<String>,
    temporary: BTreeSet<String>,
}

impl Surroundings {
    fn now() -> Surroundings {
        Surroundings {
            children: children(),
            threads: names("/proc/self/task").len(),
            descriptors: names("/proc/self/fd").len(),
            shared_memory: names("/dev/shm"),
            temporary: names(std::env::temp_dir()),
        }
    }
}

fn names(folder: impl AsRef<Path>) -> BTreeSet<String> {
    std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// Children of any thread of this process, those that were never waited for included.
fn children() -> BTreeSet<String> {
    names("/proc/self/task")
        .iter()
        .filter_map(|task| std::fs::read_to_string(format!("/proc/self/task/{task}/children")).ok())
        .flat_map(|children| {
            children
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Processes that carry the mark of these tests in their environment, apart from this one.
fn marked_processes(mark: &str) -> Vec<String> {
    let own = std::process::id().to_string();
    names("/proc")
        .into_iter()
        .filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()) && *name != own)
        .filter(|pid| {
            std::fs::read(format!("/proc/{pid}/environ"))
                .is_ok_and(|environment| String::from_utf8_lossy(&environment).contains(mark))
        })
        .collect()
}

#[test]
fn a_run_leaves_nothing_behind() {
    let _alone = alone();
    // Other programs of this machine put things into its temporary folder: a run gets one of its own.
    let folder = std::env::temp_dir().join(format!("weft-leftovers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mark = format!("WEFT_LEFTOVERS={}", std::process::id());
    let (name, value) = mark.split_once('=').expect("a variable");
    // SAFETY: `alone` has waited until no other thread moves.
    unsafe {
        std::env::set_var("TMPDIR", &folder);
        std::env::set_var(name, value);
    }
    let mut last = Surroundings::now();
    for (lesson, scene) in scenarios("") {
        kept(sized(lesson, scene, 5, 3));
        // The harness may end a thread of its own meanwhile, but a run starts none.
        let now = Surroundings::now();
        let told = format!("{} scenario {}", lesson.id, scene.number());
        assert_eq!(now.children, last.children, "{told} leaves processes");
        assert!(now.threads <= last.threads, "{told} leaves threads");
        assert!(
            now.descriptors <= last.descriptors,
            "{told} leaves descriptors"
        );
        assert_eq!(now.temporary, last.temporary, "{told} leaves files");
        let shared: Vec<_> = now.shared_memory.difference(&last.shared_memory).collect();
        assert!(shared.is_empty(), "{told} leaves shared memory {shared:?}");
        assert_eq!(
            marked_processes(&mark),
            [""; 0],
            "{told} leaves processes somewhere"
        );
        last = now;
    }
    // SAFETY: as above.
    unsafe {
        std::env::remove_var("TMPDIR");
        std::env::remove_var(name);
    }
    std::fs::remove_dir_all(&folder).expect("an empty folder");
}

#[test]
fn no_run_has_more_participants_than_are_allowed() {
    let _alone = alone();
    for (lesson, scene) in scenarios("") {
        let most = lesson.parameters.first().map_or(0, |count| count.max);
        let mut request = sized(lesson, scene, 5, i64::from(most));
        request.time_scale = Some(0.0);
        let document = kept(request);
        let of = |kind| {
            document
                .lanes
                .iter()
                .filter(|lane| lane.kind == kind)
                .count()
        };
        let told = format!("{} scenario {}", lesson.id, scene.number());
        // The main lane is a process too.
        let processes = of(recorder::LaneKind::Process) - 1;
        assert!(processes <= 64, "{told} starts {processes} processes");
        let threads = of(recorder::LaneKind::Thread);
        assert!(threads <= 1024, "{told} starts {threads} threads");
        assert!(document.lines.len() <= 10_000, "{told} prints too much");
    }
}
