//! From a journal of unmodified code to a document, and how a program is started so that there is one.
//!
//! What the hooks of [`interpose`] write is raw: pieces of lines, numbers of processes that have
//! a lane, lanes without a name. Here it becomes what a reader expects.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::{CStr, CString, OsString};
use std::os::fd::AsRawFd as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};

use crate::document::{Document, OrderReport, Params, PrintedLine, Status};
use crate::event::{Event, Kind, Lane, LaneId, LaneKind, Object, ObjectKind};
use crate::interpose::futexes::SHARED;
use crate::interpose::heritage::{self, Heritage};
use crate::interpose::{self, KEPT_RUNS};
use crate::journal::{Journal, STDERR, STDOUT};

/// Names the path of the journal's memory. `preload.rs` has it as well.
const VARIABLE: &str = "WEFT_JOURNAL";
/// There is one run.
const RUN: u32 = 1;
/// What the dynamic linker loads first (ld.so(8)).
const PRELOAD: &str = "LD_PRELOAD";

/// Has a program, and every program it starts, record into this journal. The journal must be kept until they have
/// ended; `library` is the library for preloading. Nothing is recorded where the journal is [for
/// forks](Journal::for_forks): another program cannot reach it.
pub fn record(command: &mut Command, library: &Path, journal: &Journal) {
    journal.begin(RUN);
    let Some(memory) = journal.as_fd() else {
        return;
    };
    let number = memory.as_raw_fd();
    let mut preloaded = OsString::from(library);
    if let Some(others) = std::env::var_os(PRELOAD).filter(|others| !others.is_empty()) {
        preloaded.push(":");
        preloaded.push(others);
    }
    command.env(PRELOAD, preloaded).env(
        VARIABLE,
        format!("/proc/{}/fd/{number}", std::process::id()),
    );
}

/// Has this process, and every process it forks, record what it does from its next
/// [run](crate::interpose::begin_run) on. Run `n` is in journal `n % KEPT_RUNS`. To be called while the process has one
/// thread.
pub fn record_here(journals: [Journal; KEPT_RUNS]) {
    // For the whole life of the process: a thread may write at any moment.
    let journals: &'static [Journal] = Box::leak(Box::new(journals));
    interpose::prepare();
    for (place, journal) in journals.iter().enumerate() {
        interpose::use_ring(place, journal.ring());
    }
}

/// Has every program that a recorded thread of this process starts record into the same journal. These are the paths
/// of the journals of [`record_here`], for as long as this process lives; `library` is the library for preloading. To be
/// called while the process has one thread. Nothing happens where a path holds a NUL, or the dynamic linker would take
/// it for several.
pub fn record_programs(library: &Path, journals: [PathBuf; KEPT_RUNS]) {
    let kept = |path: &Path| -> Option<&'static CStr> {
        let text = CString::new(path.as_os_str().as_bytes()).ok()?;
        Some(Box::leak(text.into_boxed_c_str()))
    };
    let several = |byte: &u8| byte.is_ascii_whitespace() || *byte == b':';
    let Some(library) = kept(library).filter(|path| !path.to_bytes().iter().any(several)) else {
        return;
    };
    let journals = journals.each_ref().map(|path| kept(path));
    if journals.iter().all(Option::is_some) {
        let journals = journals.map(Option::unwrap_or_default);
        heritage::bequeath(Box::leak(Box::new(Heritage { library, journals })));
    }
}

/// What the journal of unmodified code says. `name` stands for what was run.
pub fn document(journal: &Journal, name: &str, elapsed_ms: f64) -> Document {
    let mut lanes = journal.lanes();
    let mut events = journal.events();
    let mut lines: Vec<PrintedLine> = journal.lines().into_iter().map(Into::into).collect();
    let seats = merge_announced(&mut lanes, &events);
    for event in &mut events {
        event.lane = *seats.get(&event.lane).unwrap_or(&event.lane);
        if event.object.kind == ObjectKind::Lane {
            let lane = LaneId(event.object.id as u32);
            event.object = (*seats.get(&lane).unwrap_or(&lane)).into();
        }
    }
    for lane in &mut lanes {
        lane.parent = lane
            .parent
            .map(|parent| *seats.get(&parent).unwrap_or(&parent));
    }
    for line in &mut lines {
        line.line.lane = *seats.get(&line.line.lane).unwrap_or(&line.line.lane);
    }
    name_processes_in(&mut events, &lanes);
    tell_futexes_apart(&mut events, &lanes);
    keep_last_exits(&mut events);
    name_the_nameless(&mut lanes);
    let joined = join_pieces(&mut lines, &lanes);
    events.retain(|event| event.kind != Kind::Print || !joined.contains(&event.seq));
    let exits: Map<String, Value> = lanes
        .iter()
        .filter_map(|lane| {
            let status = seats
                .iter()
                .filter(|(_, seat)| **seat == lane.lane)
                .map(|(announced, _)| *announced)
                .chain([lane.lane])
                .find_map(|lane| journal.ending(lane))?;
            Some((lane.lane.to_string(), ending(status)))
        })
        .collect();
    let mut result = Map::new();
    if !exits.is_empty() {
        result.insert("exits".to_owned(), exits.into());
    }
    Document {
        exercise: name.to_owned(),
        scenario: 0,
        params: Params::default(),
        seed: 0,
        lanes,
        lines,
        events,
        result,
        order: OrderReport::default(),
        status: Status::Ok,
        elapsed_ms,
        time_scale: 1.0,
        lost: journal.lost(),
        error: None,
        note: None,
    }
}

/// How a process ended: `{"code": 0}` or `{"signal": 9}`, from a status as wait(2) gives it.
fn ending(status: i32) -> Value {
    match status & 0x7f {
        0 => json!({"code": (status >> 8) & 0xff}),
        signal => json!({"signal": signal}),
    }
}

/// A process started by `posix_spawn` has two lanes: its parent opened one before there was a process, and the program
/// that runs there could not know it. Gives the lanes that are gone and which are in their place.
fn merge_announced(lanes: &mut Vec<Lane>, events: &[Event]) -> HashMap<LaneId, LaneId> {
    let active: BTreeSet<LaneId> = events.iter().map(|event| event.lane).collect();
    let announced: HashMap<i32, LaneId> = lanes
        .iter()
        .filter(|lane| lane.kind == LaneKind::Process && lane.pid != 0 && lane.tid == 0)
        .filter(|lane| !active.contains(&lane.lane))
        .map(|lane| (lane.pid, lane.lane))
        .collect();
    let seats: HashMap<LaneId, LaneId> = lanes
        .iter()
        .filter(|lane| lane.kind == LaneKind::Process && lane.tid != 0)
        .filter_map(|lane| Some((lane.lane, *announced.get(&lane.pid)?)))
        .collect();
    let known: Vec<Lane> = lanes
        .iter()
        .filter(|lane| seats.contains_key(&lane.lane))
        .cloned()
        .collect();
    for real in known {
        let seat = seats[&real.lane];
        if let Some(place) = lanes.iter_mut().find(|lane| lane.lane == seat) {
            (place.name, place.tid) = (real.name, real.tid);
        }
    }
    lanes.retain(|lane| !seats.contains_key(&lane.lane));
    seats
}

/// A process that has a lane is called by it.
fn name_processes_in(events: &mut [Event], lanes: &[Lane]) {
    let lane_of: HashMap<u64, LaneId> = lanes
        .iter()
        .filter(|lane| lane.kind == LaneKind::Process && lane.pid > 0)
        .map(|lane| (lane.pid as u64, lane.lane))
        .collect();
    for event in events {
        if event.object.kind == ObjectKind::Process
            && let Some(lane) = lane_of.get(&event.object.id)
        {
            event.object = Object::lane(*lane);
        }
    }
}

/// The same address in two processes is two words, unless the memory is shared: the processes after the first get their
/// place among all as the upper 16 bits of the identity.
fn tell_futexes_apart(events: &mut [Event], lanes: &[Lane]) {
    const PLACE: u32 = 48;
    let process: HashMap<LaneId, i32> = lanes.iter().map(|lane| (lane.lane, lane.pid)).collect();
    let mut users: BTreeMap<u64, Vec<i32>> = BTreeMap::new();
    for event in events {
        if event.object.kind != ObjectKind::Futex {
            continue;
        }
        if event.object.id & SHARED != 0 {
            event.object.id &= !SHARED;
            continue;
        }
        let pid = process.get(&event.lane).copied().unwrap_or_default();
        let users = users.entry(event.object.id).or_default();
        let place = users.iter().position(|user| *user == pid);
        let place = place.unwrap_or_else(|| {
            users.push(pid);
            users.len() - 1
        });
        event.object.id |= (place as u64) << PLACE;
    }
}

/// The main lane of a cell may come to its end more than once: its end is the last.
fn keep_last_exits(events: &mut Vec<Event>) {
    let last: HashMap<LaneId, u64> = events
        .iter()
        .filter(|event| event.kind == Kind::Exit)
        .map(|event| (event.lane, event.seq))
        .collect();
    events.retain(|event| {
        event.kind != Kind::Exit
            || event.object != event.lane.into()
            || last.get(&event.lane) == Some(&event.seq)
    });
}

/// Threads and processes without a name are counted, threads for each process.
fn name_the_nameless(lanes: &mut [Lane]) {
    let (mut processes, mut threads) = (0, HashMap::<i32, u32>::new());
    for lane in lanes {
        let (kind, number) = match lane.kind {
            LaneKind::Process => {
                processes += 1;
                // The first is the program itself.
                ("process", processes - 1)
            }
            LaneKind::Thread => {
                let count = threads.entry(lane.pid).or_default();
                *count += 1;
                ("thread", *count)
            }
        };
        if lane.name.is_empty() {
            lane.name = format!("{kind} {number}");
        }
    }
}

/// Pieces of one line become one, with the number of the first. Gives the numbers of the others.
fn join_pieces(lines: &mut Vec<PrintedLine>, lanes: &[Lane]) -> BTreeSet<u64> {
    let name: HashMap<LaneId, &str> = lanes.iter().map(|lane| (lane.lane, &*lane.name)).collect();
    let mut open: HashMap<(LaneId, String), usize> = HashMap::new();
    let mut joined = BTreeSet::new();
    let mut whole: Vec<PrintedLine> = Vec::with_capacity(lines.len());
    for mut line in lines.drain(..) {
        if line.what != STDOUT && line.what != STDERR {
            whole.push(line);
            continue;
        }
        let Value::String(text) = line.line.value.take() else {
            continue;
        };
        let (text, complete) = match text.strip_suffix('\n') {
            Some(text) => (text.to_owned(), true),
            None => (text, false),
        };
        let key = (line.lane, line.what.clone());
        let place = match open.get(&key) {
            Some(place) => {
                joined.insert(line.seq);
                *place
            }
            None => {
                line.line.who = name.get(&line.lane).copied().unwrap_or_default().to_owned();
                line.text = Some(String::new());
                whole.push(line);
                open.insert(key.clone(), whole.len() - 1);
                whole.len() - 1
            }
        };
        if let Some(so_far) = &mut whole[place].text {
            so_far.push_str(&text);
        }
        if complete {
            open.remove(&key);
        }
    }
    for line in &mut whole {
        if let Some(text) = line.text.as_ref().filter(|_| line.line.value.is_null()) {
            line.line.value = text.clone().into();
        }
    }
    *lines = whole;
    joined
}
