//! Events, as packets on the channel.
//!
//! There is no memory to write into: the order of events is the order in which the system took the packets, nothing
//! that was sent can be changed, and the system stamps each packet with the process it came from.

use crate::harness;
use crate::wire::{PACKET, Value, said, write_text};
use std::cell::Cell;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// Kinds of events; the numbers of the recorder's vocabulary.
#[derive(Clone, Copy)]
#[repr(u8)]
pub(crate) enum Kind {
    Spawn = 0,
    Start = 1,
    Exit = 2,
    JoinBegin = 3,
    JoinEnd = 4,
    SleepBegin = 5,
    SleepEnd = 6,
    WaitBegin = 7,
    WaitEnd = 8,
    Acquire = 9,
    Release = 10,
    Send = 11,
    Receive = 12,
    Signal = 16,
}

/// What an event is about; the numbers of the recorder's vocabulary.
#[derive(Clone, Copy)]
#[repr(u8)]
pub(crate) enum About {
    Nothing = 0,
    Lane = 1,
    Lock = 2,
    Condition = 3,
    Barrier = 4,
    Queue = 7,
}

static LANES: AtomicU32 = AtomicU32::new(1);
static OBJECTS: AtomicU64 = AtomicU64::new(1);

thread_local! {
    /// 0 is the main thread's; `u32::MAX`: not known yet.
    static LANE: Cell<u32> = const { Cell::new(u32::MAX) };
}

/// A number for an object.
pub(crate) fn object() -> u64 {
    OBJECTS.fetch_add(1, Ordering::Relaxed)
}

unsafe extern "C" {
    safe fn gettid() -> i32;
}

/// Says that this thread is this lane.
pub(crate) fn set_lane(lane: u32) {
    let _ = LANE.try_with(|cell| cell.set(lane));
    let mut packet = vec![said::BEGUN];
    packet.extend(lane.to_le_bytes());
    packet.extend(gettid().to_le_bytes());
    harness::tell(&packet);
}

fn lane() -> u32 {
    let known = LANE.try_with(Cell::get).unwrap_or(u32::MAX - 1);
    if known != u32::MAX {
        return known;
    }
    // A thread that was not started by this library.
    let lane = LANES.fetch_add(1, Ordering::Relaxed);
    tell_lane(lane, u32::MAX, std::thread::current().name().unwrap_or(""));
    set_lane(lane);
    lane
}

/// Opens the lane of a thread that this thread is about to start.
pub(crate) fn open_lane(name: &str) -> u32 {
    let parent = lane();
    let lane = LANES.fetch_add(1, Ordering::Relaxed);
    tell_lane(lane, parent, name);
    lane
}

fn tell_lane(lane: u32, parent: u32, name: &str) {
    let mut packet = vec![said::LANE];
    packet.extend(lane.to_le_bytes());
    packet.extend(parent.to_le_bytes());
    let mut length = name.len().min(100);
    while !name.is_char_boundary(length) {
        length -= 1;
    }
    write_text(&name[..length], &mut packet);
    harness::tell(&packet);
}

/// Records an event of this thread.
pub(crate) fn event(kind: Kind, about: About, id: u64) {
    let mut packet = vec![said::EVENT];
    packet.extend(lane().to_le_bytes());
    packet.extend([kind as u8, about as u8]);
    packet.extend(id.to_le_bytes());
    harness::tell(&packet);
}

/// Records a line of this thread.
pub(crate) fn line(who: &str, what: &str, value: &Value) {
    let mut packet = vec![said::LINE];
    packet.extend(lane().to_le_bytes());
    let line = Value::List(vec![Value::Text(who.to_owned()), Value::Text(what.to_owned()), value.clone()]);
    packet.extend(line.bytes());
    if packet.len() <= PACKET {
        harness::tell(&packet);
    } else {
        panic!("a line of {} bytes is too long", packet.len());
    }
}
