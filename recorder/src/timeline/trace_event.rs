//! A run as a file for trace viewers: the JSON object format of Chrome's trace events, which
//! Perfetto opens too.
//!
//! Each lane is a thread with the stretches of its life as slices (`X`), its events and printed
//! lines as instants (`i`), and arrows as flows (`s` to `f`). Times are microseconds.

use serde_json::{Value, json};

use super::layout::{ArrowKind, State};
use super::words::Words;
use super::{layout, plain};
use crate::document::Document;
use crate::event::{Kind, LaneKind};
use crate::explanation::{Cause, HappensBefore};

/// The whole run.
pub fn draw(document: &Document, words: &dyn Words) -> Value {
    let run = HappensBefore::of(document);
    let moments = &run.moments;
    let places = places(&run);
    let mut events = Vec::with_capacity(2 * moments.all.len());
    for (row, lane) in moments.rows.iter().enumerate() {
        let (pid, tid) = places[row];
        let name = plain::visible(&lane.name);
        let mut meta = |what: &str, args: Value| {
            events.push(json!({"ph": "M", "name": what, "pid": pid, "tid": tid, "args": args}));
        };
        if lane.kind == LaneKind::Process {
            meta("process_name", json!({"name": name}));
            meta("process_sort_index", json!({"sort_index": row}));
        }
        meta("thread_name", json!({"name": name}));
        meta("thread_sort_index", json!({"sort_index": row}));
    }
    let end_us = moments.span().1;
    let states = State::ALL.map(|state| words.text(layout::state_id(state)));
    for (row, life) in layout::lives(moments, &run.links.links, end_us)
        .iter()
        .enumerate()
    {
        let (pid, tid) = places[row];
        for stretch in &life.stretches {
            events.push(json!({
                "ph": "X", "cat": "state", "name": states[stretch.state as usize],
                "pid": pid, "tid": tid,
                "ts": stretch.from_us, "dur": stretch.to_us.saturating_sub(stretch.from_us),
                "args": {"object": stretch.object.to_string()},
            }));
        }
    }
    for moment in moments
        .all
        .iter()
        .filter(|moment| layout::has_glyph(moment.kind))
    {
        let (pid, tid) = places[moment.row];
        let line = moment.line.and_then(|line| document.lines.get(line));
        let name = match (moment.kind, line) {
            (Kind::Print, Some(line)) => plain::said(line),
            (kind, _) => words.kind(kind),
        };
        events.push(json!({
            "ph": "i", "s": "t", "cat": moment.kind.word(), "name": name,
            "pid": pid, "tid": tid, "ts": moment.at_us,
            "args": {"seq": moment.seq, "object": moment.object.to_string()},
        }));
    }
    for (id, link) in run.links.links.iter().enumerate() {
        let kind = match link.cause {
            Cause::Start => ArrowKind::Spawn,
            Cause::Join => ArrowKind::Join,
            Cause::Message => ArrowKind::Send,
            Cause::Wake => ArrowKind::Wake,
            Cause::Barrier | Cause::Flag | Cause::Handover => continue,
        };
        let name = words.text(layout::arrow_id(kind));
        for (phase, place) in [("s", link.from), ("f", link.to)] {
            let moment = &moments.all[place];
            let (pid, tid) = places[moment.row];
            let mut flow = json!({
                "ph": phase, "cat": "arrow", "name": name, "id": id,
                "pid": pid, "tid": tid, "ts": moment.at_us,
            });
            if phase == "f" {
                flow["bp"] = "e".into();
            }
            events.push(flow);
        }
    }
    json!({
        "traceEvents": events,
        "displayTimeUnit": "ms",
        "otherData": {
            "exercise": document.exercise,
            "scenario": document.scenario,
            "seed": document.seed,
            "lost": document.lost,
        },
    })
}

/// Process and thread of each row. Real numbers, unless the system has given one twice: then the
/// rows' own, for a viewer would take two lanes for one.
fn places(run: &HappensBefore) -> Vec<(i64, i64)> {
    let rows = &run.moments.rows;
    let mut processes: Vec<i32> = Vec::new();
    let mut threads: Vec<i32> = Vec::new();
    for row in rows {
        if row.kind == LaneKind::Process {
            processes.push(row.pid);
        }
        threads.push(row.tid);
    }
    let distinct = |numbers: &mut Vec<i32>| {
        let count = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.len() == count && numbers.first().is_none_or(|least| *least > 0)
    };
    let real = distinct(&mut processes) && distinct(&mut threads);
    let mut places: Vec<(i64, i64)> = Vec::with_capacity(rows.len());
    for (number, row) in rows.iter().enumerate() {
        let own = number as i64 + 1;
        let parent = rows[..number]
            .iter()
            .position(|known| Some(known.lane) == row.parent);
        let place = match (real, row.kind, parent) {
            (true, ..) => (row.pid.into(), row.tid.into()),
            (false, LaneKind::Thread, Some(parent)) => (places[parent].0, own),
            (false, ..) => (own, own),
        };
        places.push(place);
    }
    places
}
