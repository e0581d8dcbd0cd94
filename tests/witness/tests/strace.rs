//! The same run seen by us and by strace(1): what interposition can reach is the same for each thread, in the same
//! order. What it cannot reach is left out here, and listed in `recorder::interpose`:
//!
//! - futex calls that libc makes for itself: `pthread_join` waits for a thread on a word that is not private;
//! - futex calls that did nothing: a wait that found another value, a wake that found nobody (we take them back);
//! - `vfork` (the shell starts programs by it): the child is seen as soon as it is another program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use recorder::document::Document;
use recorder::{Journal, Kind, LaneId, ObjectKind, trace};

const PROGRAM: &str = env!("CARGO_BIN_EXE_witness");
const SLOTS: u32 = 1 << 16;
/// A wait as long as this must be seen, in seconds.
const LONG: f64 = 0.001;

/// What one thread did, as far as both can see it.
type Deeds = BTreeMap<i32, Vec<String>>;

fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("libweft_trace.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../recorder/src/preload.rs");
        let status = Command::new("rustc")
            .args([
                "--edition",
                "2024",
                "--crate-type",
                "cdylib",
                "--crate-name",
                "weft_trace",
            ])
            .args([
                "-Copt-level=3",
                "-Cpanic=abort",
                "-Clto",
                "-Ccodegen-units=1",
            ])
            .arg(source)
            .arg("-o")
            .arg(&library)
            .status()
            .expect("rustc");
        assert!(status.success());
        library
    })
}

/// Our document, strace's words, and the exit code as a shell tells it.
fn watch(name: &str) -> (Document, String, Option<i32>) {
    let said = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("strace-{name}"));
    let journal = Journal::create(SLOTS).expect("memory");
    let mut witness = Command::new("strace");
    // Its own environment stays free of the library: only the program gets it.
    let mut carrier = Command::new(PROGRAM);
    trace::record(&mut carrier, library(), &journal);
    witness.args(["-f", "-qq", "-y", "-T", "-s", "200", "-e", "signal=none", "-e"]).arg(
        "trace=futex,write,clone,clone3,fork,vfork,nanosleep,clock_nanosleep,read,recvfrom,epoll_wait,poll,wait4,waitid",
    );
    for (variable, value) in carrier.get_envs() {
        let mut set = variable.to_owned();
        set.push("=");
        set.push(value.expect("it is set"));
        witness.arg("-E").arg(set);
    }
    let output = witness
        .arg("-o")
        .arg(&said)
        .args([PROGRAM, name])
        .stdin(Stdio::null())
        .output()
        .expect("strace is installed");
    let document = trace::document(&journal, name, 0.0);
    let words = std::fs::read_to_string(said).expect("what strace wrote");
    (document, words, output.status.code())
}

/// What we saw.
fn ours(document: &Document) -> Deeds {
    let mut deeds = Deeds::new();
    for lane in document.lanes.iter().filter(|lane| lane.tid != 0) {
        let mut own = Vec::new();
        for event in document
            .events
            .iter()
            .filter(|event| event.lane == lane.lane)
        {
            let futex = event.object.kind == ObjectKind::Futex;
            // The upper bits tell processes apart.
            let address = event.object.id & 0xffff_ffff_ffff;
            own.push(match event.kind {
                Kind::SleepBegin => "sleep".to_owned(),
                Kind::WaitBegin if futex => format!("wait {address:#x}"),
                Kind::Signal if futex => format!("wake {address:#x}"),
                Kind::Spawn | Kind::Fork => "birth".to_owned(),
                Kind::Print => {
                    let line = document.lines.iter().find(|line| line.seq == event.seq);
                    let line = line.expect("a print has a line");
                    format!(
                        "print {} {}",
                        line.what,
                        line.text.as_deref().unwrap_or_default()
                    )
                }
                _ => continue,
            });
        }
        deeds.entry(lane.tid).or_default().extend(own);
    }
    deeds
}

/// One call, put together where it was interrupted by another thread's.
struct Call {
    tid: i32,
    text: String,
}

fn calls(words: &str) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    let mut open: BTreeMap<i32, usize> = BTreeMap::new();
    for row in words.lines() {
        let Some((tid, rest)) = row.split_once(char::is_whitespace) else {
            continue;
        };
        let (Ok(tid), rest) = (tid.parse(), rest.trim_start()) else {
            continue;
        };
        if let Some(begun) = rest.strip_suffix(" <unfinished ...>") {
            open.insert(tid, calls.len());
            calls.push(Call {
                tid,
                text: begun.to_owned(),
            });
        } else if let Some((_, end)) = rest.split_once(" resumed>") {
            if let Some(place) = open.remove(&tid) {
                calls[place].text.push_str(end);
            }
        } else {
            calls.push(Call {
                tid,
                text: rest.to_owned(),
            });
        }
    }
    calls
}

impl Call {
    fn name(&self) -> &str {
        self.text.split('(').next().unwrap_or_default()
    }

    fn argument(&self, place: usize) -> &str {
        let inside = self.text.split_once('(').map_or("", |(_, inside)| inside);
        inside.split(", ").nth(place).unwrap_or_default()
    }

    /// The number of a descriptor, without what strace says about it.
    fn descriptor(&self) -> &str {
        self.argument(0).split('<').next().unwrap_or_default()
    }

    /// Whether it waited for another thread or process, and long. A call that could go on may take as long on a busy
    /// machine; but then we have seen what came of it. Reading the end of a file is left out: nothing comes of it.
    fn waited_long(&self) -> bool {
        let what = self.argument(0);
        let waits = match self.name() {
            "read" | "recvfrom" => {
                (what.contains("pipe:") || what.contains("socket:")) && self.result() != "0"
            }
            "wait4" | "waitid" => !self.text.contains("WNOHANG"),
            "epoll_wait" => self.argument(3).split(')').next() != Some("0"),
            _ => false,
        };
        waits && self.seconds() >= LONG
    }

    /// What it gave: the word behind the last equals sign.
    fn result(&self) -> &str {
        let result = self
            .text
            .rsplit_once(" = ")
            .map_or("", |(_, result)| result);
        result.split_whitespace().next().unwrap_or_default()
    }

    fn seconds(&self) -> f64 {
        let time = self
            .text
            .rsplit_once('<')
            .and_then(|(_, time)| time.strip_suffix('>'));
        time.and_then(|time| time.parse().ok()).unwrap_or_default()
    }

    /// What both can see of it.
    fn deed(&self) -> Option<String> {
        match self.name() {
            "nanosleep" | "clock_nanosleep" => Some("sleep".to_owned()),
            // Not `vfork`: see above.
            "clone" | "clone3" | "fork" => Some("birth".to_owned()),
            "futex" => {
                let (address, operation) = (self.argument(0), self.argument(1));
                if operation.starts_with("FUTEX_WAKE") {
                    (self.result() != "0").then(|| format!("wake {address}"))
                } else {
                    let ours = operation.contains("PRIVATE") && !self.text.contains("EAGAIN");
                    ours.then(|| format!("wait {address}"))
                }
            }
            "write" => {
                let stream = match self.descriptor() {
                    "1" => "stdout",
                    "2" => "stderr",
                    _ => return None,
                };
                let text = self.text.split_once('"')?.1.rsplit_once('"')?.0;
                Some(format!("print {stream} {text}"))
            }
            _ => None,
        }
    }
}

/// Pieces of a line are one line, as a document has them.
fn join_pieces(deeds: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    for deed in deeds {
        let Some((stream, text)) = deed
            .strip_prefix("print ")
            .and_then(|print| print.split_once(' '))
        else {
            joined.push(deed);
            continue;
        };
        let complete = text.strip_suffix("\\n");
        let place = *open.entry(stream.to_owned()).or_insert_with(|| {
            joined.push(format!("print {stream} "));
            joined.len() - 1
        });
        joined[place].push_str(complete.unwrap_or(text));
        if complete.is_some() {
            open.remove(stream);
        }
    }
    joined
}

/// Compares the run of one program. Programs that are started by it, and traced as well, are compared too.
fn compare(name: &str) -> (Document, Option<i32>) {
    let (document, words, code) = watch(name);
    let calls = calls(&words);
    let mut theirs = Deeds::new();
    for call in &calls {
        let deeds = theirs.entry(call.tid).or_default();
        deeds.extend(call.deed());
    }
    let ours = ours(&document);
    for (tid, deeds) in theirs {
        let deeds = join_pieces(deeds);
        let mut seen = ours.get(&tid).cloned().unwrap_or_default();
        // The end of the program may catch a thread between what is written down and the call: then it is never made.
        let is_main = document.lanes.iter().any(|lane| lane.pid == tid);
        let is_begun = |deed: &String| deed.starts_with("wake ") || deed.starts_with("wait ");
        if !is_main && seen.len() == deeds.len() + 1 && seen.last().is_some_and(is_begun) {
            seen.pop();
        }
        assert_eq!(
            seen, deeds,
            "{name}: what thread {tid} did; strace said:\n{words}"
        );
    }
    // Whatever waited for long has a wait of ours, whatever it waited with.
    for lane in &document.lanes {
        let long = calls
            .iter()
            .filter(|call| call.tid == lane.tid && call.waited_long())
            .count();
        let seen = document
            .events
            .iter()
            .filter(|event| event.lane == lane.lane && event.object.kind != ObjectKind::Futex)
            .filter(|event| {
                matches!(
                    event.kind,
                    Kind::WaitBegin | Kind::JoinBegin | Kind::Receive
                )
            })
            .count();
        assert!(
            long <= seen,
            "{name}: {} waited long {long} times, seen {seen} times\n{words}",
            lane.name
        );
    }
    assert_eq!(document.lost, 0);
    (document, code)
}

macro_rules! programs {
    ($($test:ident: $name:literal, $lanes:literal lanes;)+) => {
        $(
            #[test]
            fn $test() {
                let (document, _) = compare($name);
                assert_eq!(document.lanes.len(), $lanes, "{:?}", document.lanes);
            }
        )+
    };
}

programs! {
    threads_with_names: "threads", 5 lanes;
    a_contended_mutex: "mutex", 4 lanes;
    a_bounded_channel: "channel", 2 lanes;
    a_condition: "condition", 2 lanes;
    a_barrier: "barrier", 4 lanes;
    a_reader_writer_lock: "reader-writer", 4 lanes;
    parked_threads: "park", 2 lanes;
    an_initialisation_once: "once", 4 lanes;
    scoped_threads: "scope", 2 lanes;
    a_detached_thread: "detached", 2 lanes;
    a_mutex_of_parking_lot: "parking-lot", 4 lanes;
    a_condition_of_parking_lot: "parking-lot-condition", 3 lanes;
    a_rendezvous_of_crossbeam: "crossbeam", 2 lanes;
    a_pool_of_rayon: "rayon", 3 lanes;
    tasks_of_tokio: "tokio", 3 lanes;
    a_child_and_a_pipe: "fork-pipe", 2 lanes;
    a_fork_of_a_process_with_threads: "fork-of-threads", 3 lanes;
    pipes_to_another_program: "spawn-with-pipes", 2 lanes;
    pieces_of_lines: "stderr", 1 lanes;
    sockets_between_threads: "sockets", 2 lanes;
}

#[test]
fn another_program_has_a_lane_and_its_exit_code() {
    let (document, _) = compare("spawn");
    assert!(
        document.lanes.iter().any(|lane| lane.name == "sh"),
        "{:?}",
        document.lanes
    );
    let shell = document
        .lanes
        .iter()
        .find(|lane| lane.name == "sh")
        .expect("seen above");
    assert_eq!(document.result["exits"][shell.lane.to_string()]["code"], 3);
    // Started by a `vfork` that we cannot see: the system's word says by whom.
    let sleep = document
        .lanes
        .iter()
        .find(|lane| lane.name == "sleep")
        .expect("it has a lane");
    assert_eq!(sleep.parent, Some(shell.lane));
}

#[test]
fn an_exit_code_is_kept() {
    let (document, code) = compare("exit-code");
    assert_eq!(code, Some(9));
    assert_eq!(document.result["exits"]["0"]["code"], 9);
}

#[test]
fn a_killed_process_leaves_what_it_did() {
    let (document, _) = compare("killed");
    let child = &document.lanes[1];
    assert_eq!(
        document.result["exits"][child.lane.to_string()]["signal"],
        9
    );
    let of_child: Vec<Kind> = document
        .events
        .iter()
        .filter(|event| event.lane == child.lane)
        .map(|event| event.kind)
        .collect();
    assert_eq!(
        of_child,
        [Kind::Start, Kind::Print, Kind::SleepBegin],
        "its last sleep has no end"
    );
    let signals = document
        .events
        .iter()
        .filter(|event| event.kind == Kind::Signal);
    assert_eq!(signals.count(), 2);
}

/// What was recorded of this lane.
fn kinds(document: &Document, lane: LaneId) -> Vec<Kind> {
    let events = document.events.iter().filter(|event| event.lane == lane);
    events.map(|event| event.kind).collect()
}

#[test]
fn a_connection_that_has_to_wait_is_a_wait_and_no_other_is() {
    // Without strace: a thread that it looks at waits in every call.
    let journal = Journal::create(SLOTS).expect("memory");
    let mut command = Command::new(PROGRAM);
    trace::record(&mut command, library(), &journal);
    let output = command.arg("connect").output().expect("it starts");
    assert!(output.status.success(), "{output:?}");
    let document = trace::document(&journal, "connect", 0.0);
    let [main, caller] = &document.lanes[..] else {
        panic!("{:?}", document.lanes)
    };
    let of_caller = kinds(&document, caller.lane);
    let waits: Vec<_> = of_caller
        .iter()
        .filter(|kind| matches!(kind, Kind::WaitBegin | Kind::WaitEnd))
        .collect();
    assert_eq!(waits, [&Kind::WaitBegin, &Kind::WaitEnd]);
    // The other connection was made before there was a thread.
    let of_main = kinds(&document, main.lane);
    assert_eq!(of_main[..2], [Kind::Start, Kind::Spawn], "{of_main:?}");
}

#[test]
fn a_process_made_by_clone_has_a_lane_and_its_exit_code() {
    let (document, _) = compare("clone");
    let [main, child] = &document.lanes[..] else {
        panic!("{:?}", document.lanes)
    };
    assert_eq!(child.parent, Some(main.lane));
    assert_eq!(document.result["exits"][child.lane.to_string()]["code"], 5);
    assert_eq!(
        kinds(&document, child.lane),
        [Kind::Start, Kind::Print, Kind::Exit]
    );
    assert_eq!(
        kinds(&document, main.lane)[..3],
        [Kind::Start, Kind::Fork, Kind::JoinBegin]
    );
}

#[test]
fn whoever_becomes_another_program_says_so_whatever_it_calls() {
    let (document, _) = compare("exec");
    let children = &document.lanes[1..];
    assert_eq!(children.len(), 4, "{children:?}");
    for child in children {
        assert_eq!(child.name, "true");
        assert_eq!(
            kinds(&document, child.lane),
            [Kind::Start, Kind::Exec, Kind::Exit]
        );
        assert_eq!(document.result["exits"][child.lane.to_string()]["code"], 0);
    }
}

#[test]
fn a_program_that_is_not_recorded_has_a_lane_a_name_and_its_exit_code() {
    let (document, _) = compare("unrecorded");
    let [main, shell] = &document.lanes[..] else {
        panic!("{:?}", document.lanes)
    };
    assert_eq!((&*shell.name, shell.parent), ("sh", Some(main.lane)));
    assert_eq!(document.result["exits"][shell.lane.to_string()]["code"], 6);
}
